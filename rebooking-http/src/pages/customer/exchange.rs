//! The form by which a customer takes another date in place of a backup, below what was booked.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, ExchangeOffers};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::super::form::Entered;
use super::super::notice::{ADDRESS, Notice};
use super::backups;
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::Fields;
use crate::messages::text;
use crate::pages::state::PagesState;
use crate::usage;

/// The button of the form.
pub(super) const EXCHANGE: &str = "exchange";
/// Its list of dates.
const INSTEAD: &str = "instead";
/// Its field for the address, by its id: a page has another one for backups.
const ITS_ADDRESS: &str = "exchangeEmail";

/// What the form says.
pub(super) async fn change(
    app: &PagesState,
    link: &LinkSecret,
    form: &Fields,
) -> Result<(), ApiError> {
    let email = form.email(ADDRESS);
    let chosen = form.text(INSTEAD).and_then(|chosen| chosen.split_once(':'));
    let chosen = chosen.and_then(|(date, total)| Some((date.parse().ok()?, total)));
    let (date, total) = chosen.ok_or(RequestError::field("dateId"))?;
    let choice = Choice {
        date: CourseDateId::new(date),
        email: email?,
        expected_total: Some(total.to_owned()),
    };
    usage::exchange(app, link, &choice).await?;
    Ok(())
}

/// What was wrong with the form, and where on the page to mend it.
pub(super) fn mistaken(response: &ErrorResponse) -> Notice {
    if response.is_about_the_address() {
        return Notice::bad(response.message.clone(), Some(ITS_ADDRESS.into()));
    }
    if response.wrong_field().is_none() {
        return Notice::bad(response.message.clone(), Some(INSTEAD.into()));
    }
    Notice::mistake(response, |field| match field {
        ADDRESS => Some(ITS_ADDRESS.to_owned()),
        "dateId" => Some(INSTEAD.to_owned()),
        _ => None,
    })
}

/// `page.exchange` in `customer/booked.html`; none where there is no other date.
pub(super) fn view(
    language: Language,
    shown: &ExchangeOffers,
    entered: Entered<'_>,
) -> Option<Value> {
    if shown.offers.is_empty() {
        return None;
    }
    let party = shown.token.booking().participants.count();
    let option = |offer| {
        let value = backups::value(offer);
        let ticked = entered.field(INSTEAD) == Some(value.as_str());
        context! { value, name => backups::label(language, party, offer), ticked }
    };
    let named = shown.token.rebooking().is_some_and(|made| !made.backups.is_empty());
    let again = named.then(|| text!(language, "page-exchange-backups"));
    let lead = [text!(language, "page-exchange-lead")].into_iter().chain(again);
    Some(context! {
        lead => lead.collect::<Vec<_>>().join(" "),
        options => shown.offers.iter().map(option).collect::<Vec<_>>(),
        typed => entered.typed_address(),
    })
}
