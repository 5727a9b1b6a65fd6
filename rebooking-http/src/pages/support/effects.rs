//! `/support/effects`: what the outside world must still hear of, those that failed first; each can
//! be tried again or skipped. Above them the orders in the shop that no rebooking claims, the
//! partners who do not answer, and the rows of the store that make no sense.

use axum::response::Response;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::effect::{Effect, EffectState};
use rebooking_core::ports::{EventsState, FoundRow};
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{EffectId, OrderId};

use super::{composed, silent};
use crate::dto::effect::since;
use crate::error::{ApiError, RequestError};
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::{filters, paging};
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};

/// Without a word it is those that failed.
const FILTERS: [&str; 6] = ["dead", "waiting", "leased", "done", "skipped", "all"];

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    page(&request, Entered::default()).await
}

pub(super) async fn act(Sent(request, form): Sent<SupportName>) -> Result<Response, ApiError> {
    let done = match (form.text("dealtWith"), form.text("switchEventsOn")) {
        (Some(_), _) => deal(&request, &form).await,
        (None, Some(_)) => switch_events_on(&request).await,
        (None, None) => decide(&request, &form).await,
    };
    match done {
        Ok(flash) => Ok(request.done(flash)),
        Err(refused) => {
            let why = request.mended(refused)?;
            page(&request, Entered::refused(&form, &why)).await
        }
    }
}

/// Whether a form is about an effect.
pub(super) fn is_meant(form: &Fields) -> bool {
    form.text("retry").is_some() || form.text("skip").is_some()
}

/// Takes an order that nobody claims off the list.
async fn deal(request: &SignedIn<SupportName>, form: &Fields) -> Result<&'static str, ApiError> {
    request.support().dealt_with(OrderId::new(form.required("dealtWith")?)).await?;
    Ok("dealt_with")
}

async fn switch_events_on(request: &SignedIn<SupportName>) -> Result<&'static str, ApiError> {
    request.support().switch_events_on().await?;
    Ok("events_on")
}

/// Has one tried again, or skips it.
pub(super) async fn decide(
    request: &SignedIn<SupportName>,
    form: &Fields,
) -> Result<&'static str, ApiError> {
    if form.text("retry").is_some() {
        request.support().retry(EffectId::new(form.required("retry")?)).await?;
        return Ok("retry");
    }
    let reason = form.free_text("reason")?;
    request.support().skip(EffectId::new(form.required("skip")?), &reason).await?;
    Ok("skip")
}

async fn page(request: &SignedIn<SupportName>, entered: Entered<'_>) -> Result<Response, ApiError> {
    let (language, part) = (request.language(), request.params.page()?);
    let chosen = request.params.text("status").unwrap_or("dead");
    if !FILTERS.contains(&chosen) {
        return Err(RequestError::field("status").into());
    }
    // What no state is called is all of them.
    let found = request.support().effects(chosen.parse().ok(), part).await?;
    let unclaimed = request.support().unclaimed_orders().await?;
    let malformed = request.support().malformed_rows().await?;
    let events = request.support().events().await?;
    let silent = silent::rows(request).await?;
    let place = format!("-{}", entered.field("skip").unwrap_or_default());
    let flash = || Notice::flash(text!(language, "support-told", said = request.flash()?));
    let filter = |word: &'static str| (word, text!(language, "history-filter", state = word));
    let row = |effect| row(language, VenueZone::BERLIN, effect, entered);
    let view = context! {
        notice => entered.notice(&place).or_else(flash),
        unclaimed => unclaimed.orders.iter().map(|order| {
            let found = calendar::short_moment(language, VenueZone::BERLIN, order.found_at);
            let (id, number) = (order.order.value(), order.number.as_str());
            context! { id, number, key => order.key.as_str(), found }
        }).collect::<Vec<_>>(),
        malformed => malformed.iter().map(|FoundRow { row, found_at }| {
            let found = calendar::short_moment(language, VenueZone::BERLIN, *found_at);
            let (table, id, column, why) = (&row.table, &row.id, &row.column, &row.why);
            context! { table, id, column, why, found }
        }).collect::<Vec<_>>(),
        silent,
        events => events.as_ref().and_then(|state| outage(language, state)),
        unclaimed_cut => unclaimed.more.then(|| {
            text!(language, "support-unclaimed-cut", count = unclaimed.orders.len() as u64)
        }),
        filters => filters(&request.locale, chosen, FILTERS.map(filter)),
        effects => found.rows.iter().map(row).collect::<Vec<_>>(),
        paging => paging(&request.locale, part, found.total),
        empty => text!(language, "support-no-effects", state = chosen),
    };
    Ok(request.page(entered.status(), "support/effects.html", view))
}

/// Since when nobody takes events, and why.
fn outage(language: Language, state: &EventsState) -> Option<Value> {
    let moment = |at| calendar::short_moment(language, VenueZone::BERLIN, at);
    let (since, error, off) = match state {
        EventsState::On => return None,
        EventsState::Failing { since, error } => (*since, error, false),
        EventsState::SwitchedOff { since, error, .. } => (*since, error, true),
    };
    let told = match off {
        true => text!(language, "support-events-off-since", since = moment(since)),
        false => text!(language, "support-events-failing", since = moment(since)),
    };
    Some(context! { told, error => error.as_str() })
}

/// What `support/effect.html` and `support/task.html` show.
pub(super) fn row(
    language: Language,
    zone: VenueZone,
    effect: &Effect,
    entered: Entered<'_>,
) -> Value {
    let entered = entered.of_form("skip", &effect.id.to_string());
    let (idle, about) = (effect.state.is_idle(), effect.token);
    context! {
        id => effect.id.value(),
        case => about.is_link().then_some(about.case.value()),
        kind => composed::effect(language, effect.kind),
        step => if about.is_link() {
            text!(language, "support-step", step = about.step)
        } else {
            text!(language, "support-original", item = about.case.to_string())
        },
        state => text!(language, "history-state", state = effect.state.as_str()),
        mood => match effect.state {
            EffectState::Dead { .. } => "bad",
            EffectState::Done { .. } => "good",
            EffectState::Waiting { .. }
            | EffectState::Leased { .. }
            | EffectState::Skipped { .. } => "plain",
        },
        at => calendar::short_moment(language, zone, since(effect.state)),
        attempts => effect.attempts,
        error => effect.last_error.as_deref().unwrap_or_default(),
        can_retry => idle || effect.can_be_told_again(),
        can_skip => idle && effect.kind.can_be_skipped(),
        // The form that was sent and must be mended.
        opened => entered.why().is_some(),
        reason => entered.typed("reason"),
        wrong => entered.wrong_field(),
    }
}
