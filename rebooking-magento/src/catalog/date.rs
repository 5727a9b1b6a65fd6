//! When a date takes place, read strictly: what does not parse is named and left out.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rebooking_core::ports::PortError;
use rebooking_core::value::course_date::{Slot, VenueZone};
use rebooking_core::value::ids::CourseDateId;

use super::Catalog;
use crate::client::Session;
use crate::settings::DateEnd;
use crate::wire::{CustomOption, OptionValue, Product};

/// Why a product is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Undated {
    #[error("it has no date")]
    Missing,
    #[error("its date is not written in the format that is set")]
    Malformed,
    #[error("the clock skips its time")]
    Skipped,
    #[error("it ends before it begins")]
    Backwards,
}

impl Catalog {
    /// The slot of a product that is a date.
    pub(crate) async fn slot(
        &self,
        session: &Session,
        product: &Product,
        zone: VenueZone,
    ) -> Result<Result<Slot, Undated>, PortError> {
        let begins = self.value(session, product, &self.settings.date).await?;
        let ends = match &self.settings.end {
            DateEnd::After(_) => None,
            DateEnd::Attribute(code, _) => self.value(session, product, code).await?,
        };
        let id = CourseDateId::new(product.id.0);
        Ok(self.read(id, begins.as_deref(), ends.as_deref(), zone))
    }

    /// The slot of a value of an option, whose title is its date.
    pub(crate) fn option_slot(
        &self,
        value: &OptionValue,
        zone: VenueZone,
    ) -> Result<Slot, Undated> {
        let id = CourseDateId::new(value.option_type_id.0);
        self.read(id, value.title.get(), None, zone)
    }

    fn read(
        &self,
        id: CourseDateId,
        begins: Option<&str>,
        ends: Option<&str>,
        zone: VenueZone,
    ) -> Result<Slot, Undated> {
        let starts_at = moment(begins.ok_or(Undated::Missing)?, &self.settings.format, zone)?;
        let length = match &self.settings.end {
            DateEnd::After(length) | DateEnd::Attribute(_, length) => *length,
        };
        let ends_at = match ends {
            Some(ends) => moment(ends, &self.settings.format, zone)?,
            None => starts_at + length,
        };
        if ends_at - starts_at <= TimeDelta::zero() {
            return Err(Undated::Backwards);
        }
        Ok(Slot { id, starts_at, ends_at, zone })
    }
}

fn moment(text: &str, format: &str, zone: VenueZone) -> Result<DateTime<Utc>, Undated> {
    let local = NaiveDateTime::parse_from_str(text, format).map_err(|_| Undated::Malformed)?;
    zone.moment(local).ok_or(Undated::Skipped)
}

/// The option whose values are dates. Options of other kinds than lists cannot be trusted.
pub(crate) fn date_option<'a>(
    options: &'a [CustomOption],
    title: &str,
) -> Option<&'a CustomOption> {
    let is_list = |option: &&CustomOption| matches!(option.kind.or_empty(), "drop_down" | "radio");
    options.iter().filter(is_list).find(|option| option.title.get() == Some(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CatalogSettings;

    fn read(begins: Option<&str>, ends: Option<&str>) -> Result<Slot, Undated> {
        let catalog = Catalog::new(CatalogSettings::default());
        catalog.read(CourseDateId::new(1), begins, ends, VenueZone::BERLIN)
    }

    #[test]
    fn a_date_is_on_the_venues_clock() {
        let slot = read(Some("2027-01-25 18:00"), Some("2027-01-25 21:30")).unwrap();
        assert_eq!(slot.starts_at.to_rfc3339(), "2027-01-25T17:00:00+00:00");
        assert_eq!(slot.ends_at - slot.starts_at, TimeDelta::minutes(210));
        let slot = read(Some("2027-07-25 18:00"), None).unwrap();
        assert_eq!(slot.ends_at.to_rfc3339(), "2027-07-25T19:00:00+00:00");
    }

    #[test]
    fn what_does_not_parse_is_not_guessed() {
        for (begins, ends, wrong) in [
            (None, None, Undated::Missing),
            (Some("25.01.2027 18:00"), None, Undated::Malformed),
            (Some("2027-01-25"), None, Undated::Malformed),
            (Some("2027-01-25 18:00 Uhr"), None, Undated::Malformed),
            (Some("2027-03-28 02:30"), None, Undated::Skipped),
            (Some("2027-01-25 18:00"), Some("2027-01-25 18:00"), Undated::Backwards),
        ] {
            assert_eq!(read(begins, ends), Err(wrong), "{begins:?}");
        }
    }
}
