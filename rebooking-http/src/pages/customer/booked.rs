//! What a used link shows: the new booking and how it stands.

use axum::response::Response;
use chrono::TimeDelta;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::link::LinkSecret;
use rebooking_core::presentation::{google_calendar_url, outlook_calendar_url};
use rebooking_core::rebooking::{Rebooking, RebookingState};
use rebooking_core::service::{BackupOffers, Chosen, ExchangeOffers};
use rebooking_core::value::customer::Language;
use rebooking_core::{Policy, RebookError};

use super::super::error_page;
use super::super::form::Entered;
use super::ask::ask_within;
use super::backups;
use super::exchange::{self, EXCHANGE};
use super::flash::Flash;
use crate::dto::calendar::entry;
use crate::error::ApiError;
use crate::messages::{self, calendar, text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
use crate::pages::state::PagesState;
use crate::settings::HttpSettings;

/// The parameter that asks for the date as a file. The link to it is seen from the page itself, so
/// that no page holds the link.
pub(super) const CALENDAR: &str = "calendar";

/// What comes next, line by line.
fn next(language: Language, state: RebookingState, another_link: bool) -> Vec<String> {
    let waiting = matches!(state, RebookingState::Ordering | RebookingState::AwaitingPartner);
    let mail = waiting.then(|| text!(language, "page-mail-follows"));
    let outcome = messages::outcome(state, another_link);
    mail.into_iter().chain([text!(language, "page-what-is-next", outcome)]).collect()
}

/// By when to ask, where the partner has not answered: never after the date itself.
fn ask_by(language: Language, settings: &HttpSettings, rebooking: &Rebooking) -> Option<String> {
    let after = TimeDelta::from_std(settings.ask_after?).ok()?;
    let by = rebooking.at.checked_add_signed(after)?;
    let slot = rebooking.slot;
    let day = calendar::day(language, slot.zone.local(by.min(slot.starts_at)));
    Some(text!(language, "page-ask-by", day))
}

/// What the last form led to, above the page.
fn notice(language: Language, chosen: &Chosen, flash: Flash) -> Option<Notice> {
    let rebooking = chosen.token.rebooking().filter(|rebooking| rebooking.state.is_live())?;
    let text = match flash {
        Flash::BookedBefore => text!(language, "page-booked-before"),
        Flash::Backups => {
            text!(language, "page-backups-saved", count = rebooking.backups.len() as u64)
        }
        Flash::NoBackups => text!(language, "page-backups-taken-back"),
        Flash::Exchanged => text!(language, "page-exchanged"),
        Flash::Booked | Flash::Wish(_) | Flash::NewLink => return None,
    };
    Some(Notice::good(text))
}

/// What the page offers to do, where it can be done.
#[derive(Clone, Copy)]
pub(super) struct Forms<'a> {
    pub(super) backups: Option<&'a BackupOffers>,
    pub(super) exchange: Option<&'a ExchangeOffers>,
}

/// The page as it is now, with the forms for what can be done.
pub(super) async fn page(
    app: &PagesState,
    link: &LinkSecret,
    locale: &PageLocale,
    chosen: &Chosen,
    flash: Option<Flash>,
    entered: Entered<'_>,
) -> Result<Response, ApiError> {
    let (policy, customer) = (app.rebookings().policy(), app.rebookings().customer(link));
    let backups = match chosen.token.takes_backups(policy) {
        true => customer.backup_offers().await?,
        false => None,
    };
    let is_backup = chosen.token.rebooking().is_some_and(|rebooking| rebooking.is_backup);
    let exchange = match is_backup {
        true => customer.exchange_offers().await?,
        false => None,
    };
    let forms = Forms { backups: backups.as_ref(), exchange: exchange.as_ref() };
    Ok(match shown(app, locale, chosen, forms, flash, entered) {
        Some(view) => app.pages().page(entered.status(), "customer/booked.html", locale, view),
        None => error_page::page(app, &RebookError::UnknownLink.into(), locale),
    })
}

/// `page` in `customer/booked.html`.
pub(super) fn shown(
    app: &PagesState,
    locale: &PageLocale,
    chosen: &Chosen,
    forms: Forms<'_>,
    flash: Option<Flash>,
    entered: Entered<'_>,
) -> Option<Value> {
    let (language, policy) = (locale.language(), app.rebookings().policy());
    let nothing = Entered::default();
    let (for_exchange, for_backups) = match entered.field(EXCHANGE) {
        Some(_) => (entered, nothing),
        None => (nothing, entered),
    };
    let exchange = forms.exchange.and_then(|it| exchange::view(language, it, for_exchange));
    let backups = forms.backups.and_then(|it| backups::view(language, it, for_backups));
    let led = || flash.and_then(|flash| notice(language, chosen, flash));
    let mistaken = match entered.why() {
        // Meanwhile the form may have nothing left to mend.
        Some(why) if entered.field(EXCHANGE).is_some() && exchange.is_some() => {
            Some(exchange::mistaken(why))
        }
        Some(why) if entered.field(EXCHANGE).is_none() && backups.is_some() => {
            Some(backups::mistaken(why))
        }
        Some(why) => Some(Notice::bad(why.message.clone(), None)),
        None => None,
    };
    let notice = mistaken.or_else(led);
    let before = flash == Some(Flash::BookedBefore);
    let asks = exchange.is_none();
    let view = view(locale, app.settings(), chosen, policy, before, asks)?;
    Some(context! { notice, backups, exchange, ..view })
}

/// What `page` in `customer/booked.html` says of the booking. `before`: it is not what the last
/// form asked for, since somebody had used the link meanwhile. `asks`: whom a backup does not suit
/// has to ask for another date.
fn view(
    locale: &PageLocale,
    settings: &HttpSettings,
    chosen: &Chosen,
    policy: &Policy,
    before: bool,
    asks: bool,
) -> Option<Value> {
    let (language, token) = (locale.language(), &chosen.token);
    let rebooking = token.rebooking()?;
    let state = rebooking.state;
    let live = state.is_live();
    let another_link = token.is_followed_by_a_link(policy);
    let mut lines = next(language, state, another_link);
    lines.extend(match messages::outcome(state, another_link) {
        "open" => ask_by(language, settings, rebooking),
        "lost_for_good" => ask_within(language, settings),
        _ => None,
    });
    if live {
        let difference = rebooking.consequence.as_str();
        let amount = messages::difference(language, rebooking.consequence);
        let paid = calendar::amount(language, token.booking().paid);
        lines.push(text!(language, "page-paid", difference, amount, paid));
    }
    if live && rebooking.is_backup && asks {
        lines.push(text!(language, "page-backup-another-way"));
    }
    let outcome = match messages::outcome(state, true) {
        "open" if before => "before",
        outcome => outcome,
    };
    Some(context! {
        heading => text!(language, "page-booked-heading", outcome),
        lead => if live && rebooking.is_backup {
            text!(language, "page-booked-as-backup")
        } else {
            text!(language, "page-booked-lead", live)
        },
        mood => if live { "good" } else { "bad" },
        course => &rebooking.course.name,
        date_label => text!(language, "page-date-label", live),
        date => calendar::start(language, &rebooking.slot),
        place => token.moved_booking().and_then(|booking| settings.presentation.place_of(&booking)),
        participants => token.booking().participants.count(),
        order_number => chosen.order_number.to_string(),
        order_pending => live && chosen.order_pending,
        lines,
        // Where the date is as a file.
        calendar => live.then(|| locale.with(CALENDAR, "file")),
        calendars => calendars(locale, settings, chosen),
    })
}

/// Where the date goes into a calendar: as a file, and as a form of calendars on the web.
fn calendars(locale: &PageLocale, settings: &HttpSettings, chosen: &Chosen) -> Vec<Value> {
    let language = locale.language();
    let Some(entry) = entry(&settings.presentation, language, &chosen.token) else {
        return Vec::new();
    };
    let file = ("file", locale.with(CALENDAR, "file"));
    let web = [("google", google_calendar_url(&entry)), ("outlook", outlook_calendar_url(&entry))];
    let offered = settings.web_calendars.then_some(web).into_iter().flatten();
    let link = |(calendar, href): (&str, String)| {
        let name = text!(language, "page-calendar", calendar);
        context! { name, href, elsewhere => calendar != "file" }
    };
    [file].into_iter().chain(offered).map(link).collect()
}
