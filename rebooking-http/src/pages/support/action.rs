//! What support can do with a case, by how its newest link stands.

use chrono::{DateTime, Utc};
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::eligibility::Offer;
use rebooking_core::service::{CaseVersion, SupportAction, SupportChoice, allowed_actions};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{CaseId, CourseDateId, TokenRef};

use super::{composed, person};
use crate::error::{ApiError, RequestError};
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::tick;
use crate::pages::signed_in::{SignedIn, SupportName};

/// Everything that can be done with a case now, with what was entered before.
pub(super) fn all(
    language: Language,
    token: &RebookingToken,
    offers: &[Offer],
    now: DateTime<Utc>,
    entered: Entered<'_>,
) -> Vec<Value> {
    let actions = allowed_actions(token, now);
    let seen = seen(token);
    let view = |action: &SupportAction| view(language, action.as_str(), &seen, offers, entered);
    actions.iter().map(view).collect()
}

/// How the newest link was when a page was made.
pub(super) fn seen(token: &RebookingToken) -> String {
    format!("{}.{}", token.id().step, token.version())
}

/// What `support/action.html` shows.
fn view(
    language: Language,
    word: &str,
    seen: &str,
    offers: &[Offer],
    entered: Entered<'_>,
) -> Value {
    let entered = entered.of_form("act", word);
    let date = |offer: &Offer| {
        let (date, id) = (offer.date(), offer.date().id().to_string());
        let name = format!(
            "{} · {} · {}",
            calendar::start(language, &date.slot),
            text!(language, "portal-free-places", free = date.free()),
            composed::price_difference(language, offer.consequence())
        );
        tick(&id, name, entered.is_ticked("dateId", &id))
    };
    let offers = if word == "choose" { offers } else { &[] };
    context! {
        word,
        seen,
        title => text!(language, "support-action-title", action = word),
        text => text!(language, "support-action-effect", action = word),
        button => text!(language, "support-action-button", action = word),
        // What it asks for: the number of days, a reason, one of these dates.
        days => (word == "extend").then(|| entered.typed("days")),
        reason => wants_reason(word).then(|| entered.typed("reason")),
        cancel_open => (word == "forget").then(|| entered.field("cancelOpen").is_some()),
        dates => offers.iter().map(date).collect::<Vec<_>>(),
        opened => entered.why().is_some(),
        wrong => entered.wrong_field(),
    }
}

/// Carries one of them out; its word says what happened.
pub(super) async fn carry_out(
    request: &SignedIn<SupportName>,
    case: CaseId,
    form: &Fields,
) -> Result<&'static str, ApiError> {
    let support = request.support();
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
            support.extend(as_seen()?, form.required("days")?).await?;
            Ok("extend")
        }
        Some("settle") => {
            support.settle(as_seen()?, &form.free_text("reason")?).await?;
            Ok("settle")
        }
        // What is the same each time.
        Some(word @ ("take" | "take-over")) => {
            support.take(case, word == "take-over").await?;
            Ok("take")
        }
        Some("give-back") => {
            support.give_back(case).await?;
            Ok("give-back")
        }
        Some("note") => {
            support.note(as_seen()?, &form.free_text("note")?).await?;
            Ok("note")
        }
        Some("cancel") => {
            support.cancel(case, &form.free_text("reason")?).await?;
            Ok("cancel")
        }
        Some("choose") => {
            let date = CourseDateId::new(form.required("dateId")?);
            let choice = SupportChoice { date, reason: form.free_text("reason")? };
            support.choose(case, &choice).await?;
            Ok("choose")
        }
        Some("forget") => {
            support.forget(case, &person::wanted(form)?).await?;
            Ok("forget")
        }
        Some(_) | None => Err(RequestError::field("act").into()),
    }
}

fn wants_reason(word: &str) -> bool {
    matches!(word, "choose" | "cancel" | "forget" | "settle")
}
