//! Many dates on the customer's page: what narrows them down, the nearest first, then month by
//! month, or as a calendar.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::eligibility::Offer;
use rebooking_core::presentation::dates::{
    DateFilter, Day, Month, TimeOfDay, Week, arrange, by_month,
};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::browse::{Browse, DatesView, TIME, VIEW, WEEKDAY};
use crate::dto::customer::WEEK;
use crate::messages::{calendar, text};
use crate::pages::list::tick;
use crate::pages::locale::PageLocale;

/// How many stand first, before those of each month: two rows on a desktop.
const FIRST: usize = 4;

/// What a page with many dates is made from.
pub(super) struct Many<'a> {
    pub(super) locale: &'a PageLocale,
    pub(super) offers: &'a [Offer],
    /// When the date that was lost begins.
    pub(super) lost: DateTime<Utc>,
    pub(super) browse: &'a Browse,
}

/// The cards of all dates.
type Cards<'a> = BTreeMap<CourseDateId, &'a Value>;

impl Many<'_> {
    /// `page.many` in `customer/many.html`. `cards` are those of `offers`, in the same order.
    pub(super) fn view(&self, cards: &[Value]) -> Value {
        let (language, filter) = (self.locale.language(), &self.browse.filter);
        let all: Cards<'_> = self.offers.iter().map(|offer| offer.date().id()).zip(cards).collect();
        let admitted = |offer: &&Offer| filter.admits(&offer.date().slot);
        let shown: Vec<&Offer> = self.offers.iter().filter(admitted).collect();
        let (nearest, months) = match self.browse.view {
            DatesView::List => {
                let arranged = arrange(&shown, self.lost, FIRST);
                (arranged.nearest, arranged.months)
            }
            DatesView::Calendar => (Vec::new(), by_month(&shown)),
        };
        let proposed = nearest.iter().any(|offer| offer.proposed());
        context! {
            found => found(language, filter, shown.len(), self.offers.len()),
            narrowed => !filter.is_empty(),
            none => shown.is_empty(),
            view => self.browse.view.as_str(),
            views => DatesView::ALL.map(|view| self.to_view(view)),
            everything => self.anew(&self.locale.without(WEEKDAY).without(TIME)),
            weekdays => weekdays(language, self.offers, filter),
            times => times(language, self.offers, filter),
            nearest => picked(&nearest, &all),
            nearest_title => text!(language, "page-many-nearest", proposed),
            months => months
                .iter()
                .map(|month| self.month(month, &nearest, &all))
                .collect::<Vec<_>>(),
            labels => labels(language),
        }
    }

    fn to_view(&self, view: DatesView) -> Value {
        let href = match view {
            DatesView::List => self.locale.without(VIEW).anew(),
            DatesView::Calendar => self.locale.with(VIEW, view.as_str()),
        };
        context! {
            name => text!(self.locale.language(), "page-many-view", view = view.as_str()),
            href => format!("{href}#dates"),
            current => view == self.browse.view,
        }
    }

    fn anew(&self, locale: &PageLocale) -> String {
        format!("{}#dates", locale.anew())
    }

    /// One of `page.many.months`.
    fn month(&self, month: &Month<'_>, nearest: &[&Offer], all: &Cards<'_>) -> Value {
        let language = self.locale.language();
        let of_month = |offer: &&&Offer| {
            let begins = offer.date().slot.local_start().date().with_day(1);
            begins == Some(month.begins)
        };
        let above = count(nearest.iter().filter(of_month).count());
        let as_calendar = self.browse.view == DatesView::Calendar;
        context! {
            id => month.begins.format("month-%Y-%m").to_string(),
            title => calendar::month(language, month.begins),
            count => month.dates.len(),
            above => (above > 0).then(|| text!(language, "page-many-above", count = above)),
            dates => picked(&month.dates, all),
            weeks => as_calendar
                .then(|| month.weeks().iter().map(|week| sheet_row(week, all)).collect::<Vec<_>>()),
        }
    }
}

/// How many dates there are, and how many of them suit.
fn found(language: Language, filter: &DateFilter, shown: usize, all: usize) -> String {
    let (shown, all) = (count(shown), count(all));
    if filter.is_empty() {
        text!(language, "page-many-count", count = all)
    } else {
        text!(language, "page-many-narrowed", count = shown, all)
    }
}

/// The weekdays that have dates, and those that were asked for.
fn weekdays(language: Language, offers: &[Offer], filter: &DateFilter) -> Vec<Value> {
    let choice = |(day, word): (chrono::Weekday, &str)| {
        let on = |offer: &&Offer| offer.date().slot.local_start().weekday() == day;
        let name = calendar::weekday(language, day);
        choice(word, name, offers.iter().filter(on).count(), filter.weekdays.contains(&day))
    };
    WEEK.into_iter().filter_map(choice).collect()
}

/// The times of day that have dates, and those that were asked for.
fn times(language: Language, offers: &[Offer], filter: &DateFilter) -> Vec<Value> {
    let choice = |time: TimeOfDay| {
        let then = |offer: &&Offer| TimeOfDay::at(offer.date().slot.local_start()) == time;
        let name = text!(language, "page-many-time", time = time.as_str());
        let dates = offers.iter().filter(then).count();
        choice(time.as_str(), &name, dates, filter.times.contains(&time))
    };
    TimeOfDay::ALL.into_iter().filter_map(choice).collect()
}

/// One box to tick, with how many dates it has; none where it has none.
fn choice(value: &str, name: &str, dates: usize, ticked: bool) -> Option<Value> {
    (dates > 0 || ticked).then(|| tick(value, format!("{name} ({dates})"), ticked))
}

/// A week of a calendar sheet.
fn sheet_row(week: &Week<'_>, all: &Cards<'_>) -> Vec<Value> {
    let cell = |day: &Option<Day<'_>>| match day {
        Some(day) => context! { number => day.day.day(), dates => picked(&day.dates, all) },
        None => Value::from(()),
    };
    week.iter().map(cell).collect()
}

fn picked(offers: &[&Offer], all: &Cards<'_>) -> Vec<Value> {
    let card = |offer: &&Offer| all.get(&offer.date().id()).map(|card| (*card).clone());
    offers.iter().filter_map(card).collect()
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

/// What stands around the dates, whichever they are.
fn labels(language: Language) -> Value {
    let weekday = |(day, word): (chrono::Weekday, &str)| {
        context! {
            short => text!(language, "page-many-weekday", weekday = word),
            name => calendar::weekday(language, day),
        }
    };
    context! {
        filter => text!(language, "page-many-filter"),
        weekdays => text!(language, "page-many-weekdays"),
        times => text!(language, "page-many-times"),
        apply => text!(language, "page-many-apply"),
        show_all => text!(language, "page-many-show-all"),
        views => text!(language, "page-many-views"),
        jump => text!(language, "page-many-jump"),
        nearest_jump => text!(language, "page-many-nearest-jump"),
        proposed => text!(language, "page-many-proposed"),
        same_price => text!(language, "page-many-same-price"),
        calendar_hint => text!(language, "page-many-calendar-hint"),
        kept => text!(language, "page-many-kept"),
        kept_hint => text!(language, "page-many-kept-hint"),
        week => WEEK.map(weekday),
    }
}
