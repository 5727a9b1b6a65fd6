//! The body of every error.

use rebooking_core::eligibility::Offer;
use rebooking_core::money::Money;
use rebooking_core::ports::store::Progressed;
use rebooking_core::service::Chosen;
use rebooking_core::token::RebookingToken;
use serde::Serialize;

use super::customer::AvailableDate;
use super::{Amount, day, hours};

#[derive(Serialize)]
pub(crate) struct Failure {
    success: bool,
    error: ErrorData,
}

impl Failure {
    pub(crate) const fn new(error: ErrorData) -> Self {
        Self { success: false, error }
    }
}

/// Code and message; and what else helps with this code.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorData {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts_left: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_dates: Option<Vec<AvailableDate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rebooking: Option<Booked>,
}

/// What a used link was used for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Booked {
    course_name: String,
    new_date: String,
    time: String,
    participants: u32,
    new_order_number: Option<String>,
    status: &'static str,
}

impl ErrorData {
    pub(crate) const fn new(code: &'static str, message: String) -> Self {
        Self {
            code,
            message,
            field: None,
            attempts_left: None,
            total: None,
            currency: None,
            available_dates: None,
            rebooking: None,
        }
    }

    /// The field that is wrong.
    pub(crate) fn field(self, name: &str) -> Self {
        Self { field: Some(name.to_owned()), ..self }
    }

    /// How many more addresses may be tried for now.
    pub(crate) fn attempts_left(self, left: u32) -> Self {
        Self { attempts_left: Some(left), ..self }
    }

    /// The fresh list to choose from.
    pub(crate) fn offers(self, offers: &[Offer]) -> Self {
        Self { available_dates: Some(offers.iter().map(AvailableDate::of).collect()), ..self }
    }

    /// The total to agree to.
    pub(crate) fn total(self, total: Money) -> Self {
        Self { total: Some(Amount(total)), currency: Some(total.currency().to_string()), ..self }
    }

    /// What was booked with the link.
    pub(crate) fn booked(self, token: &RebookingToken) -> Self {
        let rebooking = token.rebooking().map(|rebooking| Booked {
            course_name: rebooking.course.name.clone(),
            new_date: day(&rebooking.slot),
            time: hours(&rebooking.slot),
            participants: token.booking.participants.count(),
            new_order_number: Chosen::of(token.clone()).map(|chosen| chosen.order_number.to_string()),
            status: Progressed::of(token, rebooking.at).name(),
        });
        Self { rebooking, ..self }
    }
}
