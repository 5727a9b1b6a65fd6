//! The database's own rules of time zones, beside those that everything is shown by.

use chrono::{DateTime, NaiveDateTime, Utc};
use futures_util::FutureExt as _;
use rebooking_core::ports::PortError;
use rebooking_core::value::course_date::VenueZone;
use sqlx::postgres::PgConnection;

use super::{PostgresStore, repeatable};
use crate::error::Failure;

const CLOCKS: &str = include_str!("../sql/show_clocks.sql");

/// A zone in which the clock shows something else by the database's rules than by ours. Nothing
/// that people read comes from the database's; but one of the two is out of date, and whoever looks
/// into the tables with `AT TIME ZONE` reads other times than customers do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZoneDifference {
    /// The zone.
    pub zone: VenueZone,
    /// A moment, the first that was found: days may lie between it and the change of the clock.
    pub at: DateTime<Utc>,
    /// What the clock shows then by our rules.
    pub ours: NaiveDateTime,
    /// And by the database's.
    pub database: NaiveDateTime,
}

impl PostgresStore {
    /// Compares the rules for the zones of coming dates, day by day for two years. Changes nothing,
    /// and may be repeated.
    ///
    /// # Errors
    /// [`PortError::Transient`] while the database is out of reach or lets nobody in;
    /// [`PortError::Permanent`] where it does not know a zone that a date is in.
    pub async fn zone_differences(&self) -> Result<Vec<ZoneDifference>, PortError> {
        let shown = repeatable!(self, |db| shown(db)).await.map_err(Failure::into_reading)?;
        Ok(differences(shown.iter().map(|(zone, at, database)| (zone.as_str(), *at, *database))))
    }
}

type Row = (String, DateTime<Utc>, NaiveDateTime);

async fn shown(db: &mut PgConnection) -> Result<Vec<Row>, Failure> {
    Ok(sqlx::query_as(CLOCKS).bind(VenueZone::BERLIN.name()).fetch_all(db).await?)
}

/// The first of each zone.
fn differences<'a>(
    shown: impl Iterator<Item = (&'a str, DateTime<Utc>, NaiveDateTime)>,
) -> Vec<ZoneDifference> {
    let mut found: Vec<ZoneDifference> = Vec::new();
    for (zone, at, database) in shown {
        // The rows of such a date are told of where they are read.
        let Ok(zone) = VenueZone::parse(zone) else { continue };
        let ours = zone.local(at);
        if ours != database && found.iter().all(|before| before.zone != zone) {
            found.push(ZoneDifference { zone, at, ours, database });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_moment_at_which_two_clocks_differ_is_told_once_for_each_zone() {
        let moment = |day: u32| format!("2027-07-0{day}T12:00:00Z").parse().unwrap();
        let clock = |day: u32, hour: u32| format!("2027-07-0{day}T{hour}:00:00").parse().unwrap();
        let found = differences(
            [
                ("Europe/Berlin", moment(1), clock(1, 14)),
                ("Europe/Berlin", moment(2), clock(2, 13)),
                ("Europe/Berlin", moment(3), clock(3, 13)),
                ("Europe/London", moment(1), clock(1, 13)),
                ("Europe/Atlantis", moment(1), clock(1, 12)),
            ]
            .into_iter(),
        );
        let [found] = &found[..] else { panic!("{found:?}") };
        assert_eq!((found.zone, found.at), (VenueZone::BERLIN, moment(2)));
        assert_eq!((found.ours, found.database), (clock(2, 14), clock(2, 13)));
    }
}
