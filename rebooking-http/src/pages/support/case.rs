//! `/support/cases/{id}`: one case as a story, with its links, and the forms for what can be done
//! with it.

use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::effect::{Effect, EffectStatus};
use rebooking_core::error::Resource;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus, Holder, Timeline};
use rebooking_core::service::{SupportAction, allowed_actions};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::ids::CaseId;

use super::timeline::{self, Teller};
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
    let teller = Teller { language, zone, names: &names, case: &file };
    let Timeline { past, ahead, .. } = file.timeline();
    let is_dead = |effect: &&&Effect| effect.state.status() == EffectStatus::Dead;
    let failed = ahead.iter().filter(is_dead).count() as u64;
    let task = |one: &&Effect| effects::row(language, zone, one, entered);
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
        holder => holder(request, &file, zone),
        past => past.iter().map(|one| teller.happened(one)).collect::<Vec<_>>(),
        next => timeline::next(language, newest, now),
        failures => (failed > 0).then(|| text!(language, "support-dead-effects", count = failed)),
        ahead => ahead.iter().map(task).collect::<Vec<_>>(),
        note => newest.milestones().forgotten_at.is_none().then(|| note(newest, entered)),
    };
    Ok(request.page(entered.status(), "support/case.html", view))
}

/// `page.holder`: who looks after the case, and what the reader can do about that.
fn holder(request: &SignedIn<SupportName>, case: &CaseDetails, zone: VenueZone) -> Value {
    let language = request.language();
    let (told, act) = match case.holder() {
        None => (text!(language, "support-no-holder"), "take"),
        Some(Holder { name, since }) => {
            let act = if name == request.role.0 { "give-back" } else { "take-over" };
            let since = calendar::short_moment(language, zone, since);
            (text!(language, "support-holder-since", name, since), act)
        }
    };
    context! { told, act, button => text!(language, "support-holder-button", act) }
}

/// `page.note`: the form for one.
fn note(newest: &RebookingToken, entered: Entered<'_>) -> Value {
    let entered = entered.of_form("act", "note");
    let (typed, wrong) = (entered.typed("note"), entered.wrong_field());
    context! { seen => action::seen(newest), typed, wrong }
}
