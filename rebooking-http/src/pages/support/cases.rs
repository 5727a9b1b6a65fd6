//! `/support`: the open cases, those that need something, and the search for any.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::StatusCode;
use rebooking_core::effect::EffectStatus;
use rebooking_core::ports::reports::{Attention, CaseFilter, CaseRow, CaseStatus, PageRequest};
use rebooking_core::value::customer::Language;
use rebooking_core::wish::{Wish, WishKind};
use serde::Serialize;

use crate::error::{ApiError, RequestError};
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::list::{Paging, Tick};
use crate::pages::locale::PageLocale;
use crate::pages::mood::mood;
use crate::pages::signed_in::{SignedIn, SupportName};
use crate::pages::state::PagesState;

/// The word for any state: without a word it is the open ones, or all that a search finds or that
/// need something.
const ALL: &str = "all";

/// `page` in `support/cases.html`.
#[derive(Serialize)]
struct Cases {
    q: String,
    states: Vec<Tick>,
    needs: Vec<Tick>,
    cases: Vec<Case>,
    paging: Paging,
    /// How many effects have failed.
    dead: Option<String>,
}

#[derive(Serialize)]
struct Case {
    id: i64,
    order_number: String,
    customer: String,
    email: String,
    course: String,
    date: String,
    new_date: Option<String>,
    step: String,
    status: String,
    mood: &'static str,
    issued: String,
    needs: Vec<Need>,
}

#[derive(Serialize)]
struct Need {
    text: String,
    mood: &'static str,
}

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(SupportName(name), visitor): SignedIn<SupportName>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let language = locale.language();
    let q = params.text("q").unwrap_or_default();
    let search = extract::text("q", q)?;
    // The form sends its usual choice as nothing: whoever looks for something means all cases,
    // whoever does not has work to do.
    let chosen = params.text("status").filter(|word| !word.is_empty());
    let needed = params.text("attention").filter(|word| !word.is_empty());
    let attention = needed
        .map(|word| one_of("attention", word, &Attention::ALL, Attention::as_str))
        .transpose()?;
    let progress = match chosen {
        Some(ALL) => None,
        None if search.is_empty() && attention.is_none() => Some(CaseStatus::Open),
        None => None,
        Some(word) => Some(one_of("status", word, &CaseStatus::ALL, CaseStatus::as_str)?),
    };
    let part = params.page()?;
    let shown = search.expose().to_owned();
    let support = app.rebookings().support(&name);
    let seen = support.cases(&CaseFilter { search, progress, attention }, part).await?;
    let dead = support.effects(Some(EffectStatus::Dead), PageRequest::new(1, 1)).await?.total;
    let usual = Tick {
        value: String::new(),
        name: text!(language, "support-usual-cases"),
        ticked: chosen.is_none(),
    };
    let all = Tick {
        value: ALL.into(),
        name: text!(language, "portal-all"),
        ticked: chosen == Some(ALL),
    };
    let state = |one: CaseStatus| Tick {
        value: one.as_str().into(),
        name: text!(language, "portal-status", status = one.as_str()),
        ticked: chosen == Some(one.as_str()),
    };
    let any = Tick {
        value: String::new(),
        name: text!(language, "support-any-need"),
        ticked: needed.is_none(),
    };
    let need = |one: Attention| Tick {
        value: one.as_str().into(),
        name: text!(language, "support-attention", attention = one.as_str()),
        ticked: attention == Some(one),
    };
    let view = Cases {
        q: shown,
        states: [usual, all].into_iter().chain(CaseStatus::ALL.into_iter().map(state)).collect(),
        needs: std::iter::once(any).chain(Attention::ALL.into_iter().map(need)).collect(),
        cases: seen.value.rows.iter().map(|row| Case::new(language, row, seen.now)).collect(),
        paging: Paging::new(&locale, part, seen.value.total),
        dead: (dead > 0).then(|| text!(language, "support-dead-effects", count = dead)),
    };
    Ok(app.pages().page_for(&visitor, StatusCode::OK, "support/cases.html", &locale, view))
}

/// The one whose word this is.
fn one_of<T: Copy>(
    field: &'static str,
    word: &str,
    known: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, RequestError> {
    known.iter().copied().find(|one| name(*one) == word).ok_or(RequestError::field(field))
}

impl Need {
    fn new(language: Language, row: &CaseRow, one: Attention) -> Self {
        let money = |wish: &Wish| wish.kind == WishKind::MoneyBack && wish.answered_at.is_none();
        match one {
            Attention::Wish if row.token.wishes().iter().any(money) => {
                Self { text: text!(language, "support-wants-money-back"), mood: "bad" }
            }
            Attention::Failed => Self {
                text: text!(language, "support-attention", attention = one.as_str()),
                mood: "bad",
            },
            Attention::Wish | Attention::NoDates => Self {
                text: text!(language, "support-attention", attention = one.as_str()),
                mood: "plain",
            },
        }
    }
}

impl Case {
    fn new(language: Language, row: &CaseRow, now: DateTime<Utc>) -> Self {
        let token = &row.token;
        let booking = token.booking();
        let progress = CaseStatus::from_token(token, now);
        Self {
            id: token.id().case.value(),
            order_number: booking.order_number.to_string(),
            customer: booking.customer.name.expose().to_owned(),
            email: booking.customer.email.expose().to_owned(),
            course: booking.course.name.clone(),
            date: calendar::start(language, &booking.slot),
            new_date: token.rebooking().map(|rebooking| calendar::start(language, &rebooking.slot)),
            step: text!(language, "support-step", step = token.id().step),
            status: text!(language, "portal-status", status = progress.as_str()),
            mood: mood(progress),
            issued: calendar::short_moment(language, booking.slot.zone, token.issued_at()),
            needs: row.attention.iter().map(|need| Need::new(language, row, *need)).collect(),
        }
    }
}
