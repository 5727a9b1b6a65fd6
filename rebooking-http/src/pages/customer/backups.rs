//! The form by which a customer names backups, below what was booked.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::backup::Backup;
use rebooking_core::eligibility::Offer;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{BackupChoice, BackupOffers, NewBackup};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::super::form::Entered;
use super::super::notice::{ADDRESS, Notice};
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::Fields;
use crate::messages::{self, calendar, text};
use crate::pages::state::PagesState;

/// The field for each place in the list, the one to try first in front.
pub(super) const FIELDS: [&str; 5] = ["backup1", "backup2", "backup3", "backup4", "backup5"];

/// What the form says; gives how many dates are named now.
pub(super) async fn name(
    app: &PagesState,
    link: &LinkSecret,
    form: &Fields,
) -> Result<usize, ApiError> {
    let email = form.email("customerEmail");
    let backups: Vec<NewBackup> =
        FIELDS.iter().filter_map(|field| form.text(field).map(read)).collect::<Result<_, _>>()?;
    let choice = BackupChoice { email: email?, backups };
    let named = app.rebookings().customer(link).name_backups(&choice).await?;
    Ok(named.len())
}

fn read(chosen: &str) -> Result<NewBackup, RequestError> {
    let parts = chosen.split_once(':').and_then(|(date, total)| Some((date.parse().ok()?, total)));
    let (date, total) = parts.ok_or(RequestError::field("backups"))?;
    Ok(NewBackup { date: CourseDateId::new(date), expected_total: Some(total.to_owned()) })
}

/// What was wrong with the form, and where on the page to mend it.
pub(super) fn mistaken(response: &ErrorResponse) -> Notice {
    if response.is_about_the_address() {
        return Notice::bad(response.message.clone(), Some(ADDRESS.into()));
    }
    Notice::mistake(response, |field| match field {
        ADDRESS => Some(ADDRESS.to_owned()),
        "backups" => Some("backup1".to_owned()),
        _ => None,
    })
}

/// `page.backups` in `customer/booked.html`; none where there is nothing to name.
pub(super) fn view(
    language: Language,
    shown: &BackupOffers,
    entered: Entered<'_>,
) -> Option<Value> {
    let named = shown.named();
    if shown.offers.is_empty() && named.is_empty() {
        return None;
    }
    let offered = u32::try_from(shown.offers.len()).unwrap_or(u32::MAX);
    let count = offered.clamp(1, shown.most.max(1));
    let field = |(place, (number, name)): (usize, (u32, &&'static str))| {
        let ticked = entered.field(name).map(str::to_owned);
        let ticked = if entered.field("backups").is_some() {
            ticked
        } else {
            named.get(place).and_then(|backup| chosen_before(shown, backup))
        };
        let party = shown.token.booking().participants.count();
        let option = |offer: &Offer| {
            let value = value(offer);
            let is_ticked = ticked.as_ref() == Some(&value);
            context! { value, name => label(language, party, offer), ticked => is_ticked }
        };
        context! {
            name => *name,
            label => text!(language, "page-backup-place", place = number, count),
            options => shown.offers.iter().map(option).collect::<Vec<_>>(),
        }
    };
    Some(context! {
        heading => text!(language, "page-backups-heading"),
        lead => text!(language, "page-backups-lead", count),
        named => named.iter().map(|backup| self::named(language, backup)).collect::<Vec<_>>(),
        standing => text!(language, "page-backups-standing", count = named.len() as u64),
        fields => (1..=count).zip(&FIELDS).enumerate().map(field).collect::<Vec<_>>(),
        none => text!(language, "page-backup-none"),
        hint => text!(language, "page-backups-address-hint"),
        button => text!(language, "page-backups-save", count),
        typed => entered.typed_address(),
    })
}

/// What somebody has named before, as it is offered now: at another total it must be agreed to
/// anew.
fn chosen_before(shown: &BackupOffers, backup: &Backup) -> Option<String> {
    shown.offers.iter().find(|offer| backup.was_shown_as(offer)).map(value)
}

pub(super) fn value(offer: &Offer) -> String {
    format!("{}:{}", offer.date().id(), offer.total().decimal())
}

/// Day, time and what it costs in one line, as an option holds nothing else.
pub(super) fn label(language: Language, people: u32, offer: &Offer) -> String {
    let date = offer.date();
    let difference = offer.consequence().as_str();
    let amount = messages::difference(language, offer.consequence());
    let total = calendar::amount(language, offer.total());
    let total = text!(language, "page-for-people", total, people);
    let day = calendar::start(language, &date.slot);
    text!(language, "page-backup-option", difference, day, total, amount)
}

fn named(language: Language, backup: &Backup) -> Value {
    let total = calendar::amount(language, backup.total);
    context! { day => calendar::start(language, &backup.slot), total }
}
