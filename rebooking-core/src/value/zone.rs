//! The zone of a venue's clock, and which rules say what it shows.

mod database;
mod files;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike as _, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use database::Database;

/// The zone of the venue's clock on the wall; dates and times are shown in it, whatever the
/// reader's own zone. Two are the same when their names are.
///
/// Its rules are those of the machine's own zone files, so that a new law needs no new program but
/// a restart after the system's update; see [`ZoneRules`].
#[derive(Clone, Copy)]
pub struct VenueZone(&'static Zone);

/// A zone, kept as long as the process: there are only so many names.
struct Zone {
    name: &'static str,
    rules: OnceLock<TimeZone>,
}

static BERLIN: Zone = Zone { name: "Europe/Berlin", rules: OnceLock::new() };

impl VenueZone {
    /// Where courses take place unless somebody says otherwise.
    pub const BERLIN: Self = Self(&BERLIN);

    /// Reads an IANA name such as `Europe/Berlin`.
    ///
    /// # Errors
    /// [`UnknownZone`] when neither the machine's zone files nor the built-in ones have it.
    pub fn parse(name: &str) -> Result<Self, UnknownZone> {
        Database::of_process().zone(name).map(Self).ok_or(UnknownZone)
    }

    /// The IANA name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// What the clock on the venue's wall shows at a moment.
    #[must_use]
    pub fn local(self, moment: DateTime<Utc>) -> NaiveDateTime {
        let end = if moment.timestamp() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let at = Timestamp::from_second(moment.timestamp()).unwrap_or(end);
        let offset = TimeDelta::seconds(self.rules().to_offset(at).seconds().into());
        let utc = moment.naive_utc();
        utc.checked_add_signed(offset).unwrap_or(utc)
    }

    /// The moment at which the venue's clock shows a time. Of two (the hour that autumn repeats) it
    /// is the first; `None` for a time that spring skips.
    #[must_use]
    pub fn moment(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        let shown = civil::DateTime::new(
            local.year().try_into().ok()?,
            local.month().try_into().ok()?,
            local.day().try_into().ok()?,
            local.hour().try_into().ok()?,
            local.minute().try_into().ok()?,
            local.second().try_into().ok()?,
            0,
        );
        let offset = match self.rules().to_ambiguous_timestamp(shown.ok()?).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Fold { before, .. } => before,
            AmbiguousOffset::Gap { .. } => return None,
        };
        let offset = TimeDelta::seconds(offset.seconds().into());
        local.checked_sub_signed(offset).map(|utc| utc.and_utc())
    }

    fn rules(self) -> &'static TimeZone {
        self.0.rules.get_or_init(|| Database::of_process().rules(self.0.name))
    }
}

impl Default for VenueZone {
    fn default() -> Self {
        Self::BERLIN
    }
}

impl PartialEq for VenueZone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for VenueZone {}

impl Hash for VenueZone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl fmt::Debug for VenueZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VenueZone({})", self.0.name)
    }
}

/// A zone that the time zone database does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an IANA time zone is needed, like Europe/Berlin")]
pub struct UnknownZone;

/// Where the rules of zones come from: the machine's zone files in the folder that `TZDIR` names,
/// else in `/usr/share/zoneinfo` or another usual place; and what the program was built with for
/// every zone that is not there. They are read once, when the process first needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ZoneRules {
    /// The machine's folder; none where the machine has no zone files.
    pub folder: Option<&'static Path>,
    /// The version of those files, like `2025b`, where they say it.
    pub version: Option<String>,
    /// The version of the rules that the program was built with.
    pub built_in: &'static str,
}

impl ZoneRules {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> &'static Self {
        Database::of_process().source()
    }

    /// `system`, or `built_in`.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        if self.folder.is_some() { "system" } else { "built_in" }
    }

    /// The version of the rules in use; `unknown` where the machine's files do not say it.
    #[must_use]
    pub fn version(&self) -> &str {
        match self.folder {
            Some(_) => self.version.as_deref().unwrap_or("unknown"),
            None => self.built_in,
        }
    }

    /// Whether the machine's files are older than what the program was built with.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        // Versions are a year and a letter: `2025b`.
        self.version.as_deref().is_some_and(|version| version < self.built_in)
    }
}

impl fmt::Display for ZoneRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.folder {
            Some(folder) => write!(f, "{} in {}", self.version(), folder.display()),
            None => write!(f, "{} as built in, the machine has none", self.built_in),
        }
    }
}
