//! What a used link shows: the new booking and how it stands.

use chrono::TimeDelta;
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::Policy;
use rebooking_core::presentation::{google_calendar_url, outlook_calendar_url};
use rebooking_core::rebooking::{Rebooking, RebookingState};
use rebooking_core::service::Chosen;
use rebooking_core::value::customer::Language;

use crate::dto::calendar::entry;
use crate::messages::{self, calendar, text};
use crate::pages::locale::PageLocale;
use crate::pages::notice::Notice;
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
    let waits = messages::outcome(rebooking.state, true) == "open";
    let by = rebooking.at.checked_add_signed(after).filter(|_| waits)?;
    let slot = rebooking.slot;
    let day = calendar::day(language, slot.zone.local(by.min(slot.starts_at)));
    Some(text!(language, "page-ask-by", day))
}

/// `page` in `customer/booked.html`. `before`: whether the reader wanted to use the link that
/// somebody had used already.
pub(super) fn view(
    locale: &PageLocale,
    settings: &HttpSettings,
    chosen: &Chosen,
    policy: &Policy,
    before: bool,
) -> Option<Value> {
    let (language, token) = (locale.language(), &chosen.token);
    let rebooking = token.rebooking()?;
    let state = rebooking.state;
    let live = state.is_live();
    let mut lines = next(language, state, token.is_followed_by_a_link(policy));
    lines.extend(ask_by(language, settings, rebooking));
    if live {
        let difference = rebooking.consequence.as_str();
        let amount = messages::difference(language, rebooking.consequence);
        let paid = calendar::amount(language, token.booking().paid);
        lines.push(text!(language, "page-paid", difference, amount, paid));
    }
    let outcome = messages::outcome(state, true);
    Some(context! {
        notice => (before && live).then(|| Notice::good(text!(language, "page-booked-before"))),
        heading => text!(language, "page-booked-heading", outcome),
        lead => text!(language, "page-booked-lead", live),
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
