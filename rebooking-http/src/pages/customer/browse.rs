//! What the address of the customer's page asks for where there are many dates: which of them, and
//! whether as a list or as a calendar.

use rebooking_core::presentation::dates::{DateFilter, TimeOfDay};

use crate::dto::customer::WEEK;
use crate::error::RequestError;
use crate::extract::Fields;

/// The parameters of the address.
pub(super) const VIEW: &str = "view";
pub(super) const WEEKDAY: &str = "weekday";
pub(super) const TIME: &str = "time";

/// How the dates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DatesView {
    #[default]
    List,
    Calendar,
}

impl DatesView {
    pub(super) const ALL: [Self; 2] = [Self::List, Self::Calendar];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Calendar => "calendar",
        }
    }
}

/// Which dates are shown, and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Browse {
    pub(super) view: DatesView,
    pub(super) filter: DateFilter,
}

impl Browse {
    /// Anybody can write anything into an address: a word that is none of ours is refused by the
    /// name of its parameter.
    pub(super) fn read(params: &Fields) -> Result<Self, RequestError> {
        let given = |name| params.all(name).filter(|word: &&str| !word.is_empty());
        let weekday = |word| {
            let found = WEEK.iter().find(|(_, known)| *known == word).map(|(day, _)| *day);
            found.ok_or(RequestError::field(WEEKDAY))
        };
        let time = |word: &str| word.parse().map_err(|_| RequestError::field(TIME));
        Ok(Self {
            view: params.one_of(VIEW, &DatesView::ALL, DatesView::as_str)?.unwrap_or_default(),
            filter: DateFilter {
                weekdays: given(WEEKDAY).map(weekday).collect::<Result<_, _>>()?,
                times: given(TIME).map(time).collect::<Result<Vec<TimeOfDay>, _>>()?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn read(query: &str) -> Result<Browse, RequestError> {
        Browse::read(&Fields::from_encoded(query.as_bytes()))
    }

    #[test]
    fn an_address_asks_for_weekdays_times_and_a_view_and_may_hold_what_else_it_likes() {
        assert_eq!(read("utm_source=mail&view=&weekday="), Ok(Browse::default()));
        let asked = read("weekday=saturday&time=evening&weekday=sunday&view=calendar").unwrap();
        assert_eq!(asked.filter.weekdays, [Weekday::Sat, Weekday::Sun]);
        assert_eq!(asked.filter.times, [TimeOfDay::Evening]);
        assert_eq!(asked.view, DatesView::Calendar);
    }

    #[test]
    fn a_word_that_is_none_of_ours_is_refused_by_its_parameter() {
        for (query, name) in [
            ("weekday=someday", WEEKDAY),
            ("weekday=saturday&weekday=%00", WEEKDAY),
            ("time=night", TIME),
            ("time=%FF", TIME),
            ("view=grid", VIEW),
        ] {
            assert_eq!(read(query), Err(RequestError::field(name)), "{query}");
        }
    }
}
