//! The body of every error.

use chrono::NaiveDate;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::rebooking::Rebooking;
use rebooking_core::service::Chosen;
use rebooking_core::token::RebookingToken;

use super::customer::{AvailableDate, available};
use super::person::CaseInTheWay;
use super::support::{OrderItem, order_items};
use super::words::ProgressWord;
use super::{Amount, body, day, hours};
use crate::error::ErrorResponse;

body! {
    pub(crate) struct Failure(response: ErrorResponse) {
        success: bool = false;
        error: ErrorData = ErrorData::new(response);
    }

    /// Code and message; and what else helps with this code.
    struct ErrorData(response: ErrorResponse)
    where
        details = response.details;
        currency = details.total.map(|total| total.currency().to_string());
        cases = details.open_cases;
        open_cases = cases.map(|all| all.iter().map(CaseInTheWay::new).collect());
        items = details.items.as_deref().map(order_items);
        offers = details.offers.as_deref().map(available);
        used = details.used.as_deref().and_then(booked);
    {
        code: &'static str = response.code.as_str(), like "token_expired";
        message: String = response.message;
        field: Option<String> = details.field, unless "Option::is_none";
        attempts_left: Option<u32> = details.attempts_left, unless "Option::is_none";
        new_link: Option<bool> = details.new_link, unless "Option::is_none";
        total: Option<Amount> = details.total.map(Amount), unless "Option::is_none";
        currency: Option<String> = currency, unless "Option::is_none";
        available_dates: Option<Vec<AvailableDate>> = offers, unless "Option::is_none";
        items: Option<Vec<OrderItem>> = items, unless "Option::is_none";
        open_cases: Option<Vec<CaseInTheWay>> = open_cases, unless "Option::is_none";
        rebooking: Option<BookedWithLink> = used, unless "Option::is_none";
    }

    /// What a used link was used for.
    struct BookedWithLink(token: &RebookingToken, rebooking: &Rebooking)
    where
        chosen = Chosen::from_token(token.clone());
    {
        course_name: String = rebooking.course.name.clone();
        new_date: NaiveDate = day(&rebooking.slot);
        time: String = hours(&rebooking.slot), like "18:00 - 21:00";
        participants: u32 = token.booking().participants.count();
        new_order_number: Option<String> = chosen.map(|chosen| chosen.order_number.to_string());
        status: ProgressWord = CaseStatus::from_token(token, rebooking.at).into();
    }
}

fn booked(token: &RebookingToken) -> Option<BookedWithLink> {
    Some(BookedWithLink::new(token, token.rebooking()?))
}
