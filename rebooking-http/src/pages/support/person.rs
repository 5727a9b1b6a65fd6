//! `/support/people`: what a person may ask of support, by their address: to hear what is stored
//! about them, and to be forgotten.

use axum::response::Response;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use minijinja::context;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::personal::CaseRecord;
use rebooking_core::service::Forget;
use rebooking_core::value::ids::CaseId;

use crate::dto::person::Person;
use crate::error::{ApiError, RequestError};
use crate::extract::{Fields, Id};
use crate::messages::text;
use crate::pages::form::Entered;
use crate::pages::notice::Notice;
use crate::pages::signed_in::{Sent, SignedIn, SupportName};

pub(super) async fn show(request: SignedIn<SupportName>) -> Result<Response, ApiError> {
    Ok(page(&request, Entered::default()))
}

pub(super) async fn act(Sent(request, form): Sent<SupportName>) -> Result<Response, ApiError> {
    match carry_out(&request, &form).await {
        Ok(answer) => Ok(answer),
        Err(refused) => {
            let why = request.mended(refused)?;
            Ok(page(&request, Entered::refused(&form, &why)))
        }
    }
}

/// What is stored of one case, as a file.
pub(super) async fn of_case(
    Id(id): Id,
    request: SignedIn<SupportName>,
) -> Result<Response, ApiError> {
    file(&[request.support().record(CaseId::new(id)).await?])
}

async fn carry_out(request: &SignedIn<SupportName>, form: &Fields) -> Result<Response, ApiError> {
    let email = form.email("email")?;
    match form.text("act") {
        Some("export") => file(&request.support().records_of(&email).await?),
        Some("forget") => {
            request.support().forget_person(&email, &wanted(form)?).await?;
            Ok(request.done("forget-person"))
        }
        Some(_) | None => Err(RequestError::field("act").into()),
    }
}

/// What a form to forget somebody asks for.
pub(super) fn wanted(form: &Fields) -> Result<Forget, RequestError> {
    let reason = form.free_text("reason")?;
    Ok(Forget { reason, cancel_open: form.text("cancelOpen").is_some() })
}

fn file(records: &[AsOf<CaseRecord>]) -> Result<Response, ApiError> {
    let json = serde_json::to_vec_pretty(&Person::new(records));
    let mut answer = Response::new(json.map_err(|_| RequestError::Broken)?.into());
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let name = "attachment; filename=\"person.json\"";
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(answer)
}

fn page(request: &SignedIn<SupportName>, entered: Entered<'_>) -> Response {
    let language = request.language();
    let act = entered.field("act").unwrap_or_default();
    let flash = || Notice::flash(text!(language, "support-told", said = request.flash()?));
    let view = context! {
        notice => entered.notice(&format!("-{act}")).or_else(flash),
        act,
        email => entered.typed("email"),
        reason => entered.typed("reason"),
        cancel_open => entered.field("cancelOpen").is_some(),
        wrong => entered.wrong_field(),
    };
    request.page(entered.status(), "support/people.html", view)
}
