//! `/support`: the open cases, those that need something, and the search for any.

use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::effect::EffectStatus;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{
    Attention, CaseFilter, CaseOrder, CaseRow, CaseStatus, HeldBy, PageRequest,
};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::service::{SilentList, UnclaimedList};
use rebooking_core::value::booking::OrderNumber;
use rebooking_core::value::customer::Language;
use rebooking_core::wish::{Wish, WishKind};

use super::takers::{self, Takers};
use crate::error::{ApiError, RequestError};
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::list::{choices, paging};
use crate::pages::mood::mood;
use crate::pages::signed_in::{SignedIn, SupportName};

/// The word for any state: without a word it is the open ones, or all that a search finds or that
/// need something.
const ALL: &str = "all";

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let (language, params, support) = (request.language(), &request.params, request.support());
    let own = request.role.0.as_str();
    let takers = Takers::read(params, own)?;
    let (filter, part) = (filter(params, takers.held_by(own))?, params.page()?);
    let q = filter.search.expose();
    let attention = filter.attention.map_or("", Attention::as_str);
    let AsOf { now, value: found } = support.cases(&filter, part).await?;
    let dead = support.effects(Some(EffectStatus::Dead), PageRequest::new(1, 1)).await?.total;
    let stray = support.unclaimed_orders().await?;
    let malformed = support.malformed_rows().await?.len();
    let silent = support.silent_partners().await?;
    let is_off = support.events().await?.is_some_and(|state| state.is_off());
    let view = context! {
        q,
        states => choices(params.text("status").unwrap_or_default(), states(language)),
        needs => choices(attention, needs(language)),
        takers => takers.choices(language, &found.rows, own),
        orders => choices(filter.order.as_str(), orders(language)),
        cases => found.rows.iter().map(|row| view(language, row, now)).collect::<Vec<_>>(),
        // Where no case has it, a link can be sent for it.
        order => order(q).filter(|_| found.rows.is_empty()),
        paging => paging(&request.locale, part, found.total),
        // How many effects have failed, orders nobody claims, and rows make no sense.
        dead => (dead > 0).then(|| text!(language, "support-dead-effects", count = dead)),
        unclaimed => unclaimed(language, &stray),
        malformed => (malformed > 0)
            .then(|| text!(language, "support-malformed", count = malformed as u64)),
        silent => silent_partners(language, &silent),
        events_off => is_off.then(|| text!(language, "support-events-off")),
    };
    Ok(request.page(StatusCode::OK, "support/cases.html", view))
}

/// What is sought, where it can be the number of an order.
fn order(q: &str) -> Option<Value> {
    let number = OrderNumber::parse(q).ok()?.to_string();
    let query: String = form_urlencoded::byte_serialize(number.as_bytes()).collect();
    let is_one = number.contains(|sign: char| sign.is_ascii_digit());
    is_one.then(|| context! { number, query })
}

/// How many there are, as far as they are listed; nothing where there is none.
fn unclaimed(language: Language, list: &UnclaimedList) -> Option<String> {
    let count = list.orders.len() as u64;
    match (count, list.more) {
        (0, _) => None,
        (_, true) => Some(text!(language, "support-unclaimed-more", count)),
        (_, false) => Some(text!(language, "support-unclaimed", count)),
    }
}

/// How many sold bookings have a silent partner, as far as they are listed.
fn silent_partners(language: Language, list: &SilentList) -> Option<String> {
    let count = list.requests.len() as u64;
    let more = list.more;
    (count > 0).then(|| text!(language, "support-silent", count, more))
}

/// The form sends its usual choice as nothing: whoever looks for something, or for what somebody
/// has taken, means all cases, whoever does not has work to do.
fn filter(params: &Fields, held_by: Option<HeldBy>) -> Result<CaseFilter, RequestError> {
    // As the pages show a number, somebody may have copied it.
    let q = params.text("q").unwrap_or_default().trim_start_matches('#');
    let search = extract::text("q", q)?;
    let attention = params.one_of("attention", &Attention::ALL, Attention::as_str)?;
    let order = params.one_of("sort", &CaseOrder::ALL, CaseOrder::as_str)?.unwrap_or_default();
    let of_one = matches!(held_by, Some(HeldBy::Name(_)));
    let is_usual = search.is_empty() && attention.is_none() && !of_one;
    let progress = match params.text("status") {
        Some(ALL) => None,
        None if is_usual => Some(CaseStatus::Open),
        None => None,
        Some(_) => params.one_of("status", &CaseStatus::ALL, CaseStatus::as_str)?,
    };
    Ok(CaseFilter { search, progress, attention, held_by, order })
}

fn states(language: Language) -> impl Iterator<Item = (&'static str, String)> {
    let usual = ("", text!(language, "support-usual-cases"));
    let all = (ALL, text!(language, "portal-all"));
    let state = move |one: CaseStatus| (one.as_str(), status(language, one));
    [usual, all].into_iter().chain(CaseStatus::ALL.into_iter().map(state))
}

fn status(language: Language, status: CaseStatus) -> String {
    text!(language, "portal-status", status = status.as_str())
}

fn needs(language: Language) -> impl Iterator<Item = (&'static str, String)> {
    let any = ("", text!(language, "support-any-need"));
    let need = move |one: Attention| (one.as_str(), attention(language, one));
    std::iter::once(any).chain(Attention::ALL.into_iter().map(need))
}

fn orders(language: Language) -> impl Iterator<Item = (&'static str, String)> {
    let order = move |one: CaseOrder| {
        (one.as_str(), text!(language, "support-order", order = one.as_str()))
    };
    CaseOrder::ALL.into_iter().map(order)
}

fn attention(language: Language, need: Attention) -> String {
    text!(language, "support-attention", attention = need.as_str())
}

/// One of the needs of a case.
fn need(language: Language, row: &CaseRow, need: Attention) -> Value {
    let money = |wish: &Wish| wish.kind == WishKind::MoneyBack && wish.answered_at.is_none();
    let (text, mood) = match need {
        Attention::Wish if row.token.wishes().iter().any(money) => {
            (text!(language, "support-wants-money-back"), "bad")
        }
        Attention::Failed | Attention::PartnerSilent => (attention(language, need), "bad"),
        Attention::Wish | Attention::NoDates => (attention(language, need), "plain"),
    };
    context! { text, mood }
}

/// For how long somebody has waited: in hours for two days, then in days.
fn waits(language: Language, span: TimeDelta) -> String {
    let hours = span.num_hours().max(1).unsigned_abs();
    if hours < 48 {
        text!(language, "support-waits-hours", count = hours)
    } else {
        text!(language, "support-waits-days", count = hours / 24)
    }
}

/// One of `page.cases`.
fn view(language: Language, row: &CaseRow, now: DateTime<Utc>) -> Value {
    let (token, booking) = (&row.token, row.token.booking());
    let progress = CaseStatus::from_token(token, now);
    let new_date = |rebooking: &Rebooking| calendar::start(language, &rebooking.slot);
    context! {
        id => token.id().case.value(),
        order_number => booking.order_number.to_string(),
        customer => booking.customer.name.expose(),
        email => booking.customer.email.expose(),
        course => &booking.course.name,
        date => calendar::start(language, &booking.slot),
        new_date => token.rebooking().map(new_date),
        step => text!(language, "support-step", step = token.id().step),
        status => status(language, progress),
        mood => mood(progress),
        issued => calendar::short_moment(language, booking.slot.zone, token.issued_at()),
        waits => row.waits_since.map(|since| waits(language, now - since)),
        holder => row.holder.as_ref().map(|holder| {
            text!(language, "support-held-by", name = holder.name.as_str())
        }),
        // What `taken` is for all cases of theirs.
        holder_query => row.holder.as_ref().map(|holder| takers::query(&holder.name)),
        needs => row.attention.iter().map(|one| need(language, row, *one)).collect::<Vec<_>>(),
    }
}
