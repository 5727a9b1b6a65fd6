//! `/support/cases/{id}`: one case with its links, effects and history, and the forms for what can
//! be done with it.

use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::audit::{AuditEntry, Subject};
use rebooking_core::error::Resource;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::{PartnerNames, SupportAction, allowed_actions};
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CaseId;

use super::{action, composed, effects, step};
use crate::dto::case::partners;
use crate::error::ApiError;
use crate::extract::Id;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::mood::mood;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};

pub(super) async fn show(Id(id): Id, request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    page(&request, CaseId::new(id), Entered::default()).await
}

pub(super) async fn act(
    Id(id): Id,
    Sent(request, form): Sent<SupportName>,
) -> Result<Response, ApiError> {
    let case = CaseId::new(id);
    let outcome = if effects::is_meant(&form) {
        effects::decide(&request, &form).await
    } else {
        action::carry_out(&request, case, &form).await
    };
    match outcome {
        Ok(flash) => Ok(request.done(flash)),
        Err(refused) => {
            let why = request.mended(refused)?;
            page(&request, case, Entered::refused(&form, &why)).await
        }
    }
}

async fn page(
    request: &SignedIn<SupportName>,
    id: CaseId,
    entered: Entered<'_>,
) -> Result<Response, ApiError> {
    let AsOf { now, value: file } = request.support().case(id).await?;
    let offers = request.support().offers(id).await?;
    let names = request.app.rebookings().partner_names(partners(&file)).await;
    let language = request.language();
    let newest = file.tokens.last().ok_or(RebookError::NotFound(Resource::Case))?;
    let (booking, status) = (newest.booking(), CaseStatus::from_token(newest, now));
    let zone = booking.slot.zone;
    let place = entered.field("act").or(entered.field("skip")).unwrap_or_default();
    let flash = || Notice::flash(text!(language, "support-told", said = request.flash()?));
    let newest_first = || file.tokens.iter().rev();
    let effect = |effect| effects::row(language, zone, effect, entered);
    let view = context! {
        notice => entered.notice(&format!("-{place}")).or_else(flash),
        heading => text!(language, "support-case", id = id.to_string()),
        status => text!(language, "portal-status", status = status.as_str()),
        mood => mood(status),
        customer => booking.customer.name.expose(),
        email => booking.customer.email.expose(),
        order_number => booking.order_number.to_string(),
        partner => composed::partner(language, &names, booking.partner.id),
        ticket => newest_first().find_map(|token| token.ticket()).map(|ticket| &ticket.number),
        // The order item, where a link may be sent by hand.
        item => id.value(),
        // Nothing but to be forgotten.
        over => allowed_actions(newest, now).iter().all(|one| *one == SupportAction::Forget),
        actions => action::all(language, newest, &offers, now, entered),
        steps => newest_first()
            .map(|token| step::view(language, &file, token, now))
            .collect::<Vec<_>>(),
        effects => file.effects.iter().rev().map(effect).collect::<Vec<_>>(),
        history => file
            .audit
            .iter()
            .rev()
            .map(|happened| entry(language, zone, &names, happened))
            .collect::<Vec<_>>(),
    };
    Ok(request.page(entered.status(), "support/case.html", view))
}

/// One of `page.history`.
fn entry(language: Language, zone: VenueZone, names: &PartnerNames, entry: &AuditEntry) -> Value {
    context! {
        at => calendar::short_moment(language, zone, entry.at),
        step => match entry.subject {
            Subject::Token(token) => text!(language, "support-step", step = token.step),
            Subject::Booking(_) | Subject::Date(_) => "–".to_owned(),
        },
        actor => composed::actor(language, names, &entry.actor),
        event => text!(language, "history-event", event = entry.event.as_str()),
        note => entry.note.expose(),
    }
}
