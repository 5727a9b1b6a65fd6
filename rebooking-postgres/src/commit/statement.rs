//! The SQL of a commit, put together from the parts in `sql/` that a change needs. It is built once
//! for each shape of a change.
//!
//! Lock order: tokens, confirmations, the effect that is settled, and dates last. Each part waits
//! for the verdict on the one before, which also keeps PostgreSQL from running them in another
//! order. What a change does not need is left out, as PostgreSQL would set it up each time all the
//! same.
//!
//! Rows of one table are locked in the order in which its part happens to meet them. Should two
//! changes that each write several rows meet crosswise, PostgreSQL ends one of them as a deadlock,
//! and that one is tried again.
//!
//! Marks at the end of a line of a part say when it is kept: `-- with: part` and `-- without: part`
//! where that part is needed or not, `-- guard: word` unless a test has taken that guard off.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rebooking_core::change::Guard;
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use super::audit::NewEntry;
use super::confirmations::NewConfirmation;
use super::dates::WrittenDate;
use super::effects::NewEffect;
use super::payload::Payload;
use super::rows::{RowCount, all, table};
use super::tokens::{WrittenToken, changes, inserted, updated};
use crate::columns::{names, values};

/// One part, in its place: what it is called, its text, and the verdict that later parts wait for.
struct Part {
    name: &'static str,
    text: &'static str,
    verdict: Option<&'static str>,
}

macro_rules! part {
    ($name:literal, $verdict:expr) => {
        Part {
            name: $name,
            text: include_str!(concat!("../sql/", $name, ".sql")),
            verdict: $verdict,
        }
    };
}

const PARTS: [Part; 10] = [
    part!("open_confirmation", None),
    part!("update_tokens", Some("updates_hold")),
    part!("insert_tokens", Some("issues_hold")),
    part!("move_confirmation", Some("moves_hold")),
    part!("note_stock", None),
    part!("settle_effect", Some("settlement_holds")),
    part!("insert_effects", None),
    part!("forget_case", None),
    part!("insert_audit", None),
    part!("update_dates", Some("dates_hold")),
];

/// What a change needs of the statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// Which parts, in the order of [`PARTS`].
    pub(super) parts: [bool; PARTS.len()],
    pub(super) tokens: RowCount,
    pub(super) opens: RowCount,
    pub(super) effects: RowCount,
    pub(super) audit: RowCount,
    pub(super) dates: RowCount,
}

impl Shape {
    /// The columns that are sent of a token: what was written when it was issued is not sent again.
    pub(super) fn token_columns(&self) -> fn(&str) -> bool {
        if self.needs("insert_tokens") { all } else { changes }
    }

    fn needs(&self, name: &str) -> bool {
        PARTS.iter().zip(self.parts).any(|(part, needed)| needed && part.name == name)
    }

    /// What stands for the columns of a token, and for the rows of each kind in the order of their
    /// parameters.
    fn placeholders(&self) -> [(&'static str, String); 9] {
        let mut next = Payload::PARAMETERS + 1;
        [
            ("{inserted}", names(&inserted())),
            ("{inserted values}", values(&inserted())),
            ("{updated}", names(&updated())),
            ("{updated values}", values(&updated())),
            ("{tokens}", table::<WrittenToken>(self.tokens, self.token_columns(), &mut next)),
            ("{confirmations}", table::<NewConfirmation>(self.opens, all, &mut next)),
            ("{effects}", table::<NewEffect>(self.effects, all, &mut next)),
            ("{audit}", table::<NewEntry>(self.audit, all, &mut next)),
            ("{dates}", table::<WrittenDate>(self.dates, all, &mut next)),
        ]
    }
}

/// The texts by shape. Each is made of our own parts and nothing else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statement {
    /// Guards that are off, in tests only. The parts mark each by its word.
    off: Vec<Guard>,
    known: Arc<Mutex<HashMap<Shape, SqlStr>>>,
}

impl Statement {
    /// Without some guards, so that a test can show what they are for.
    #[cfg(feature = "testing")]
    pub(crate) fn without(guards: &[Guard]) -> Self {
        Self { off: guards.to_vec(), known: Arc::default() }
    }

    /// Whether a guard is on, which all are but in tests.
    pub(super) fn has(&self, guard: Guard) -> bool {
        !self.off.contains(&guard)
    }

    pub(crate) fn for_change(&self, payload: &Payload) -> SqlStr {
        let shape = payload.shape();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(shape).or_insert_with(|| AssertSqlSafe(self.text(shape)).into_sql_str()).clone()
    }

    fn text(&self, shape: Shape) -> String {
        let needed: Vec<&Part> = PARTS
            .iter()
            .zip(shape.parts)
            .filter_map(|(part, needed)| needed.then_some(part))
            .collect();
        let is_needed = |name: &str| needed.iter().any(|part| part.name == name);
        let is_kept = |line: &str| {
            let mark = line
                .rsplit_once(" -- ")
                .map_or(("", ""), |(_, mark)| mark.split_once(": ").unwrap_or_default());
            match mark {
                ("with", name) => is_needed(name),
                ("without", name) => !is_needed(name),
                ("guard", guard) => !self.off.iter().any(|off| off.as_str() == guard),
                _ => true,
            }
        };
        let (mut parts, mut before, placeholders) =
            (Vec::new(), "true".to_owned(), shape.placeholders());
        for part in &needed {
            let kept: Vec<&str> = part.text.lines().filter(|line| is_kept(line)).collect();
            let text = kept.join("\n").replace("{before}", &before);
            parts.push(placeholders.iter().fold(text, |text, (name, sql)| text.replace(name, sql)));
            if let Some(verdict) = part.verdict {
                before = format!("(SELECT hold FROM {verdict})");
            }
        }
        let with = if parts.is_empty() { "" } else { "WITH " };
        format!("{with}{}\nSELECT {before}", parts.join(",\n"))
    }
}
