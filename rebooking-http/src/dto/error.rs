//! The body of every error.

use rebooking_core::eligibility::Offer;
use rebooking_core::ports::store::CaseStatus;
use rebooking_core::service::Chosen;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

use super::customer::AvailableDate;
use super::words::ProgressWord;
use super::{Amount, day, hours};

#[derive(Serialize, ToSchema)]
pub(crate) struct Failure<'a> {
    success: bool,
    error: &'a ErrorData,
}

impl<'a> Failure<'a> {
    pub(crate) const fn new(error: &'a ErrorData) -> Self {
        Self { success: false, error }
    }
}

/// Code and message; and what else helps with this code.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorData {
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

impl ErrorData {
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The field that is wrong.
    pub(crate) fn field_name(&self) -> Option<&str> {
        self.field.as_deref()
    }

    pub(crate) const fn new(code: &'static str, message: String) -> Self {
        Self {
            code,
            message,
            field: None,
            attempts_left: None,
            new_link: None,
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

    /// Whether a new link is mailed to who asks for one.
    pub(crate) fn offers_new_link(&self) -> bool {
        self.new_link.unwrap_or_default()
    }

    pub(crate) fn new_link(self, is_sent: bool) -> Self {
        Self { new_link: Some(is_sent), ..self }
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
            new_order_number: Chosen::from_token(token.clone())
                .map(|chosen| chosen.order_number.to_string()),
            status: CaseStatus::from_token(token, rebooking.at).as_str(),
        });
        Self { rebooking, ..self }
    }
}
