//! What a person may ask of support: to be forgotten, and to hear what is stored about them. An
//! address is in no URL.

use rebooking_core::value::ids::CaseId;
use utoipa_axum::router::OpenApiRouter;

use crate::api::json::{ApiResult, ApiSuccess, Envelope, json_routes};
use crate::caller::SupportCaller;
use crate::dto::person::{ForgetForm, ForgetPersonForm, Forgotten, Person, PersonForm};
use crate::extract::{Body, Id};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    json_routes![forget, forget_person, export, export_person]
}

#[utoipa::path(
    post,
    path = "/api/support/cases/{id}/forget",
    summary = "Wipes the personal data of a case",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    request_body = ForgetForm,
    responses((status = 200, description = "done", body = Envelope<Forgotten>)),
    extensions(("x-codes" = json!(["not_found", "case_open"]))),
)]
async fn forget(
    SupportCaller { app, name }: SupportCaller,
    Id(id): Id,
    Body(form): Body<ForgetForm>,
) -> ApiResult<Forgotten> {
    let case = CaseId::new(id);
    app.rebookings().support(&name).forget(case, &form.read()?).await?;
    Ok(ApiSuccess(Forgotten::new(vec![case])))
}

#[utoipa::path(
    post,
    path = "/api/support/forget",
    summary = "Wipes the personal data of every case of a person",
    request_body = ForgetPersonForm,
    responses((status = 200, description = "done", body = Envelope<Forgotten>)),
    extensions(("x-codes" = json!(["not_found", "case_open", "reports_left_out"]))),
)]
async fn forget_person(
    SupportCaller { app, name }: SupportCaller,
    Body(form): Body<ForgetPersonForm>,
) -> ApiResult<Forgotten> {
    let (email, forget) = form.read()?;
    let cases = app.rebookings().support(&name).forget_person(&email, &forget).await?;
    Ok(ApiSuccess(Forgotten::new(cases)))
}

#[utoipa::path(
    get,
    path = "/api/support/cases/{id}/export",
    summary = "All that is stored of a case, to hand it out",
    params(("id" = i64, Path, minimum = 0, description = "The number of the case")),
    responses((status = 200, description = "done", body = Envelope<Person>)),
    extensions(("x-codes" = json!(["not_found", "reports_left_out"]))),
)]
async fn export(SupportCaller { app, name }: SupportCaller, Id(id): Id) -> ApiResult<Person> {
    let record = app.rebookings().support(&name).record(CaseId::new(id)).await?;
    Ok(ApiSuccess(Person::new(&[record])))
}

#[utoipa::path(
    post,
    path = "/api/support/export",
    summary = "All that is stored about a person, to hand it out",
    request_body = PersonForm,
    responses((status = 200, description = "done", body = Envelope<Person>)),
    extensions(("x-codes" = json!(["not_found", "reports_left_out"]))),
)]
async fn export_person(
    SupportCaller { app, name }: SupportCaller,
    Body(form): Body<PersonForm>,
) -> ApiResult<Person> {
    let records = app.rebookings().support(&name).records_of(&form.read()?).await?;
    Ok(ApiSuccess(Person::new(&records)))
}
