//! `/support/effects`: what the outside world must still hear of, those that failed first; each can
//! be tried again or skipped.

use axum::extract::State;
use axum::response::Response;
use rebooking_core::effect::{Effect, EffectState};
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::EffectId;
use serde::Serialize;

use super::composed;
use crate::dto::effect::since;
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::form::{done, mended, mistaken, status, typed_text};
use crate::pages::list::{Filter, Paging};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};
use crate::pages::state::PagesState;
use crate::pages::visitor::Visitor;

/// Without a word it is those that failed.
const FILTERS: [&str; 6] = ["dead", "waiting", "leased", "done", "skipped", "all"];

/// `page` in `support/effects.html`.
#[derive(Serialize)]
struct Effects {
    notice: Option<Notice>,
    filters: Vec<Filter>,
    effects: Vec<Row>,
    paging: Paging,
    empty: String,
}

/// What `support/effect.html` shows.
#[derive(Serialize)]
pub(super) struct Row {
    id: i64,
    case: i64,
    kind: String,
    step: String,
    state: String,
    mood: &'static str,
    at: String,
    attempts: u32,
    error: String,
    can_retry: bool,
    can_skip: bool,
    /// The form that was sent and must be mended.
    opened: bool,
    reason: String,
    wrong: String,
}

pub(super) async fn show(
    State(app): State<PagesState>,
    SignedIn(SupportName(name), visitor): SignedIn<SupportName>,
    locale: PageLocale,
    params: Fields,
) -> Result<Response, ApiError> {
    let said = params.text("said").map(|said| text!(locale.language(), "support-told", said));
    page(&app, &name, &visitor, &locale, &params, said.and_then(Notice::said), None).await
}

pub(super) async fn act(
    State(app): State<PagesState>,
    locale: PageLocale,
    params: Fields,
    Sent(SupportName(name), visitor, form): Sent<SupportName>,
) -> Result<Response, ApiError> {
    match decide(&app, &name, &form).await {
        Ok(said) => Ok(done(&locale, said)),
        Err(refused) => {
            let told = mended(refused, &app.reader(locale.language()))?;
            let place = form.text("skip").unwrap_or_default();
            let notice = mistaken(&told, &format!("-{place}"));
            page(&app, &name, &visitor, &locale, &params, Some(notice), Some((&form, &told))).await
        }
    }
}

/// Whether a form is about an effect.
pub(super) fn is_meant(form: &Fields) -> bool {
    form.text("retry").is_some() || form.text("skip").is_some()
}

/// Has one tried again, or skips it.
pub(super) async fn decide(
    app: &PagesState,
    support: &str,
    form: &Fields,
) -> Result<&'static str, ApiError> {
    let support = app.rebookings().support(support);
    let effect = |field: &'static str| {
        let id = form.text(field).and_then(|id| id.parse().ok());
        id.map(EffectId::new).ok_or(RequestError::field(field))
    };
    if form.text("retry").is_some() {
        support.retry(effect("retry")?).await?;
        return Ok("retry");
    }
    let reason = extract::text("reason", form.text("reason").unwrap_or_default())?;
    support.skip(effect("skip")?, &reason).await?;
    Ok("skip")
}

async fn page(
    app: &PagesState,
    support: &str,
    visitor: &Visitor,
    locale: &PageLocale,
    params: &Fields,
    notice: Option<Notice>,
    mistake: Option<(&Fields, &ErrorResponse)>,
) -> Result<Response, ApiError> {
    let (language, part) = (locale.language(), params.page()?);
    let chosen = params.text("status").unwrap_or("dead");
    if !FILTERS.contains(&chosen) {
        return Err(RequestError::field("status").into());
    }
    // What no state is called is all of them.
    let wanted = chosen.parse().ok();
    let found = app.rebookings().support(support).effects(wanted, part).await?;
    let filter = |one: &'static str| {
        Filter::new(locale, one, text!(language, "history-filter", state = one), one == chosen)
    };
    let view = Effects {
        notice,
        filters: FILTERS.into_iter().map(filter).collect(),
        effects: found
            .rows
            .iter()
            .map(|row| Row::new(language, VenueZone::BERLIN, row, mistake))
            .collect(),
        paging: Paging::new(locale, part, found.total),
        empty: text!(language, "support-no-effects", state = chosen),
    };
    let status = status(mistake.map(|(_, told)| told));
    Ok(app.pages().page_for(visitor, status, "support/effects.html", locale, view))
}

impl Row {
    pub(super) fn new(
        language: Language,
        zone: VenueZone,
        effect: &Effect,
        mistake: Option<(&Fields, &ErrorResponse)>,
    ) -> Self {
        let id = effect.id.value();
        let mistake = mistake.filter(|(form, _)| form.text("skip") == Some(&id.to_string()));
        let idle = effect.state.is_idle();
        Self {
            id,
            case: effect.token.case.value(),
            kind: composed::effect(language, effect.kind),
            step: text!(language, "support-step", step = effect.token.step),
            state: text!(language, "history-state", state = effect.state.as_str()),
            mood: match effect.state {
                EffectState::Dead { .. } => "bad",
                EffectState::Done { .. } => "good",
                EffectState::Waiting { .. }
                | EffectState::Leased { .. }
                | EffectState::Skipped { .. } => "plain",
            },
            at: calendar::short_moment(language, zone, since(effect.state)),
            attempts: effect.attempts,
            error: effect.last_error.clone().unwrap_or_default(),
            can_retry: idle,
            can_skip: idle && effect.kind.can_be_skipped(),
            opened: mistake.is_some(),
            reason: mistake.map(|(form, _)| typed_text(form, "reason")).unwrap_or_default(),
            wrong: mistake.and_then(|(_, told)| told.wrong_field()).unwrap_or_default().to_owned(),
        }
    }
}
