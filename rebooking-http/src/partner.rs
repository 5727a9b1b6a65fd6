//! Routes for partners: their own bookings, and no others.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::customer::Language;
use rebooking_core::ids::{ConfirmationId, CourseDateId};
use rebooking_core::ports::store::{Asked, Page, Progressed};

use crate::csv::Table;
use crate::input::{Body, Id, Params};
use crate::language::Reads;
use crate::reply::{Answer, Refused, Success};
use crate::service::App;
use crate::sign_in::PartnerCaller;
use crate::wire::partner::{Answered, ConfirmationList, DateWithdrawn, DeclineForm, RebookingList, Row};
use crate::wire::support::ReasonForm;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/partner/rebookings", get(rebookings))
        .route("/api/partner/rebookings.csv", get(rebookings_csv))
        .route("/api/partner/confirmations", get(confirmations))
        .route("/api/partner/confirmations/{id}/confirm", post(confirm))
        .route("/api/partner/confirmations/{id}/decline", post(decline))
        .route("/api/partner/dates/{id}/withdraw", post(withdraw))
}

async fn rebookings(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    params: Params,
) -> Answer<RebookingList> {
    params.only(&["status", "page", "size"])?;
    let (progress, page) = (params.one_of("status", &Progressed::ALL, Progressed::name)?, params.page()?);
    let found = app.rebookings().rebookings(partner, progress, page).await?;
    Ok(Success(RebookingList::of(page, &found)))
}

async fn rebookings_csv(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    Reads(language): Reads,
    params: Params,
) -> Result<Response, Refused> {
    params.only(&["status"])?;
    let progress = params.one_of("status", &Progressed::ALL, Progressed::name)?;
    let separator = match language {
        Language::German => ';',
        Language::English => ',',
    };
    let mut table = Table::new(
        separator,
        [
            "id",
            "originalOrderNumber",
            "originalDate",
            "newOrderNumber",
            "newDate",
            "customerName",
            "status",
            "rebooked_at",
        ],
    );
    for number in 1.. {
        let found = app.rebookings().rebookings(partner, progress, Page::new(number, 100)).await?;
        for row in found.rows.iter().map(Row::of) {
            table.row([
                &row.id.to_string(),
                &row.original_order_number,
                &row.original_date,
                row.new_order_number.as_deref().unwrap_or_default(),
                row.new_date.as_deref().unwrap_or_default(),
                &row.customer_name,
                row.status,
                row.rebooked_at.as_deref().unwrap_or_default(),
            ]);
        }
        if u64::from(number) * 100 >= found.total {
            break;
        }
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, "attachment; filename=\"rebookings.csv\""),
    ];
    Ok((headers, table.into_text()).into_response())
}

async fn confirmations(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    params: Params,
) -> Answer<ConfirmationList> {
    const SHOWN: [ConfirmationState; 4] = [
        ConfirmationState::Pending,
        ConfirmationState::Confirmed,
        ConfirmationState::Declined,
        ConfirmationState::Withdrawn,
    ];
    params.only(&["status", "page", "size"])?;
    let (state, page) = (params.one_of("status", &SHOWN, ConfirmationState::name)?, params.page()?);
    let found = app.rebookings().requests(partner, state, page).await?;
    Ok(Success(ConfirmationList::of(page, &found)))
}

async fn confirm(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    Id(id): Id,
) -> Answer<Answered> {
    app.rebookings().confirm(partner, &Asked::Number(ConfirmationId::new(id))).await?;
    Ok(Success(Answered { id, status: ConfirmationState::Confirmed.name() }))
}

async fn decline(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    Id(id): Id,
    Body(decline): Body<DeclineForm>,
) -> Answer<Answered> {
    let asked = Asked::Number(ConfirmationId::new(id));
    app.rebookings().decline(partner, &asked, &decline.read()?).await?;
    Ok(Success(Answered { id, status: ConfirmationState::Declined.name() }))
}

async fn withdraw(
    State(app): State<App>,
    PartnerCaller(partner): PartnerCaller,
    Id(id): Id,
    Body(why): Body<ReasonForm>,
) -> Answer<DateWithdrawn> {
    let date = CourseDateId::new(id);
    let withdrawn = app.rebookings().withdraw(partner, date, &why.read()?).await?;
    Ok(Success(DateWithdrawn::of(date, withdrawn)))
}
