//! What support can do with a case, by how its newest link stands.

use chrono::{DateTime, Utc};
use rebooking_core::eligibility::Offer;
use rebooking_core::service::{CaseVersion, SupportAction, SupportChoice, allowed_actions};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{CaseId, CourseDateId, TokenRef};
use serde::Serialize;

use super::composed;
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::form::typed_text;
use crate::pages::list::Tick;
use crate::pages::state::PagesState;

/// What `support/action.html` shows.
#[derive(Serialize)]
pub(super) struct Action {
    word: &'static str,
    /// How the newest link was when the page was made.
    seen: String,
    title: String,
    text: String,
    button: String,
    /// It asks for the number of days.
    days: Option<String>,
    /// It asks for a reason.
    reason: Option<String>,
    /// It asks for one of these dates.
    dates: Vec<Tick>,
    opened: bool,
    /// The field that is wrong.
    wrong: String,
}

impl Action {
    /// Everything that can be done with a case now, with what was typed before.
    pub(super) fn all(
        language: Language,
        token: &RebookingToken,
        offers: &[Offer],
        now: DateTime<Utc>,
        mistake: Option<(&Fields, &ErrorResponse)>,
    ) -> Vec<Self> {
        let actions = allowed_actions(token, now);
        let seen = format!("{}.{}", token.id().step, token.version());
        let form =
            |action: &SupportAction| Self::new(language, action.as_str(), &seen, offers, mistake);
        actions.iter().map(form).collect()
    }

    fn new(
        language: Language,
        word: &'static str,
        seen: &str,
        offers: &[Offer],
        mistake: Option<(&Fields, &ErrorResponse)>,
    ) -> Self {
        let mistake = mistake.filter(|(form, _)| form.text("act") == Some(word));
        let typed = |name| mistake.map(|(form, _)| typed_text(form, name)).unwrap_or_default();
        let picked = typed("dateId");
        let date = |offer: &Offer| {
            let (date, value) = (offer.date(), offer.date().id().to_string());
            Tick {
                name: format!(
                    "{} · {} · {}",
                    calendar::start(language, &date.slot),
                    text!(language, "portal-free-places", free = date.free()),
                    composed::price_difference(language, offer.consequence())
                ),
                ticked: value == picked,
                value,
            }
        };
        Self {
            word,
            seen: seen.to_owned(),
            title: text!(language, "support-action-title", action = word),
            text: text!(language, "support-action-effect", action = word),
            button: text!(language, "support-action-button", action = word),
            days: (word == "extend").then(|| typed("days")),
            reason: matches!(word, "choose" | "cancel").then(|| typed("reason")),
            dates: if word == "choose" { offers.iter().map(date).collect() } else { Vec::new() },
            opened: mistake.is_some(),
            wrong: mistake.and_then(|(_, told)| told.wrong_field()).unwrap_or_default().to_owned(),
        }
    }
}

/// Carries one of them out; its word says what happened.
pub(super) async fn carry_out(
    app: &PagesState,
    case: CaseId,
    support: &str,
    form: &Fields,
) -> Result<&'static str, ApiError> {
    let reason = || extract::text("reason", form.text("reason").unwrap_or_default());
    let support = app.rebookings().support(support);
    // What would happen anew each time happens once for each page that was made.
    let as_seen = || {
        let seen = form.text("seen").and_then(|seen| seen.split_once('.'));
        let seen =
            seen.and_then(|(step, version)| Some((step.parse().ok()?, version.parse().ok()?)));
        let (step, version) = seen.ok_or(RequestError::field("seen"))?;
        Ok::<_, RequestError>(CaseVersion::at(TokenRef { case, step }, version))
    };
    match form.text("act") {
        Some("resend") => {
            support.resend(as_seen()?).await?;
            Ok("resend")
        }
        Some("reissue") => {
            support.reissue(as_seen()?).await?;
            Ok("reissue")
        }
        Some("extend") => {
            let days = form
                .text("days")
                .and_then(|days| days.trim().parse().ok())
                .ok_or(RequestError::field("days"))?;
            support.extend(as_seen()?, days).await?;
            Ok("extend")
        }
        Some("cancel") => {
            support.cancel(case, &reason()?).await?;
            Ok("cancel")
        }
        Some("choose") => {
            let date = form
                .text("dateId")
                .and_then(|id| id.parse().ok())
                .ok_or(RequestError::field("dateId"))?;
            let choice = SupportChoice { date: CourseDateId::new(date), reason: reason()? };
            support.choose(case, &choice).await?;
            Ok("choose")
        }
        Some(_) | None => Err(RequestError::field("act").into()),
    }
}
