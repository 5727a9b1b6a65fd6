//! The body of every error.

use rebooking_core::eligibility::Offer;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::Chosen;
use rebooking_core::token::RebookingToken;
use serde::Serialize;
use utoipa::ToSchema;

use super::customer::AvailableDate;
use super::words::ProgressWord;
use super::{Amount, day, hours};
use crate::error::ErrorResponse;

#[derive(Serialize, ToSchema)]
pub(crate) struct Failure {
    success: bool,
    error: ErrorData,
}

/// Code and message; and what else helps with this code.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ErrorData {
    #[schema(example = "token_expired")]
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attempts_left: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    new_link: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    total: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    available_dates: Option<Vec<AvailableDate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rebooking: Option<Booked>,
}

/// What a used link was used for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BookedWithLink)]
struct Booked {
    course_name: String,
    #[schema(format = Date)]
    new_date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    participants: u32,
    new_order_number: Option<String>,
    #[schema(value_type = ProgressWord)]
    status: &'static str,
}

impl From<ErrorResponse> for Failure {
    fn from(response: ErrorResponse) -> Self {
        let details = response.details;
        let offers = |offers: Vec<Offer>| offers.iter().map(AvailableDate::from_offer).collect();
        let error = ErrorData {
            code: response.code.as_str(),
            message: response.message,
            field: details.field,
            attempts_left: details.attempts_left,
            new_link: details.new_link,
            total: details.total.map(Amount),
            currency: details.total.map(|total| total.currency().to_string()),
            available_dates: details.offers.map(offers),
            rebooking: details.used.and_then(|token| Booked::new(&token)),
        };
        Self { success: false, error }
    }
}

impl Booked {
    fn new(token: &RebookingToken) -> Option<Self> {
        let rebooking = token.rebooking()?;
        let chosen = Chosen::from_token(token.clone());
        Some(Self {
            course_name: rebooking.course.name.clone(),
            new_date: day(&rebooking.slot),
            time: hours(&rebooking.slot),
            participants: token.booking().participants.count(),
            new_order_number: chosen.map(|chosen| chosen.order_number.to_string()),
            status: CaseStatus::from_token(token, rebooking.at).as_str(),
        })
    }
}
