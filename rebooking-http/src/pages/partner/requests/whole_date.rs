//! All open requests for one date, confirmed at once.

use axum::response::Response;
use http::StatusCode;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::service::{DateConfirmed, NotConfirmed};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{CourseDateId, PartnerId};

use crate::error::ApiError;
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::notice::Notice;
use crate::pages::signed_in::SignedIn;

/// What a request offers whose date has more that wait; at the first of them alone.
pub(super) fn view(
    language: Language,
    requests: &[Confirmation],
    request: &Confirmation,
) -> Option<Value> {
    let slot = &request.booking.slot;
    let waits = |one: &&Confirmation| {
        one.booking.slot.id == slot.id && one.state == ConfirmationState::Pending
    };
    let mut waiting = requests.iter().filter(waits);
    let is_first = waiting.next().is_some_and(|first| first.id == request.id);
    let button = || {
        let date = calendar::start(language, slot);
        context! { id => slot.id.value(), text => text!(language, "portal-confirm-all", date) }
    };
    (is_first && waiting.next().is_some()).then(button)
}

/// Where some could not be confirmed, the page itself says which and why.
pub(super) async fn confirm(
    request: &SignedIn<PartnerId>,
    form: &Fields,
) -> Result<Response, ApiError> {
    let date = CourseDateId::new(form.required("confirmDate")?);
    let DateConfirmed { confirmed, refused, .. } = request.partner().confirm_date(date).await?;
    if refused.is_empty() {
        let nothing = confirmed.is_empty();
        return Ok(request.done(if nothing { "nothing_to_confirm" } else { "date_confirmed" }));
    }
    let language = request.language();
    let why: Vec<_> = refused.into_iter().map(|one| reason(request, one)).collect();
    let told = text!(
        language,
        "portal-confirmed-in-part",
        confirmed = confirmed.len() as u64,
        why = why.join(" ")
    );
    let notice = Some(Notice::bad(told, None));
    super::page_that_says(request, StatusCode::CONFLICT, notice, Entered::default()).await
}

fn reason(request: &SignedIn<PartnerId>, refused: NotConfirmed) -> String {
    let language = request.language();
    let why = ApiError::from(refused.why).response(&request.app.reader(language)).message;
    match refused.request {
        Some(found) => {
            let order = found.booking.order_number.to_string();
            text!(language, "portal-not-confirmed", order, why)
        }
        None => why,
    }
}
