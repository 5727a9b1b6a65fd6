//! `/support/cases/{id}/preview`: the customer's page as it looks now. Read only: nothing on it can
//! be sent, no link is on it, and it counts as no visit.

use axum::response::Response;
use rebooking_core::ports::AsOf;
use rebooking_core::value::ids::CaseId;

use crate::error::ApiError;
use crate::extract::Id;
use crate::messages::text;
use crate::pages::customer::preview;
use crate::pages::layout::Preview;
use crate::pages::signed_in::{SignedIn, SupportName};

pub(super) async fn show(Id(id): Id, request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    let AsOf { value: shown, .. } = request.support().preview(CaseId::new(id)).await?;
    let (language, root) = (request.language(), request.app.pages());
    let preview = Preview {
        language,
        told: text!(language, "support-preview-told", id = id.to_string()),
        back: root.path(&format!("/support/cases/{id}{}", request.locale.elsewhere())),
        back_text: text!(language, "support-preview-back"),
    };
    let locale = request.locale.clone();
    Ok(preview::page(&request.app, locale, &request.params, &shown, preview))
}
