//! Who has signed out, in memory: right for one process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::ports::{Clock, PortError, SignOuts};

/// Who has signed out, in memory. A clone is another handle to the same.
#[derive(Clone)]
pub(super) struct MemorySignOuts {
    clock: Arc<dyn Clock>,
    ended: Arc<Mutex<Ended>>,
}

/// By who and which sign-in, an empty one for all: those that began up to then, and until when that
/// is remembered.
type Ended = BTreeMap<(String, String), (DateTime<Utc>, DateTime<Utc>)>;

impl MemorySignOuts {
    /// Nobody yet.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ended: Arc::default() }
    }

    fn note(&self, who: &str, sign_in: &str, began: DateTime<Utc>, until: DateTime<Utc>) {
        let now = self.clock.now();
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, (_, until)| now < *until);
        let kept = ended.entry((who.to_owned(), sign_in.to_owned())).or_insert((began, until));
        *kept = (kept.0.max(began), kept.1.max(until));
    }
}

impl std::fmt::Debug for MemorySignOuts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemorySignOuts(…)")
    }
}

#[async_trait]
impl SignOuts for MemorySignOuts {
    async fn end(&self, who: &str, sign_in: &str, until: DateTime<Utc>) -> Result<(), PortError> {
        self.note(who, sign_in, DateTime::<Utc>::MAX_UTC, until);
        Ok(())
    }

    async fn end_all(
        &self,
        who: &str,
        began: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), PortError> {
        self.note(who, "", began, until);
        Ok(())
    }

    async fn is_ended(
        &self,
        who: &str,
        sign_in: &str,
        began: DateTime<Utc>,
    ) -> Result<bool, PortError> {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ended = |sign_in: &str| {
            let kept = ended.get(&(who.to_owned(), sign_in.to_owned()));
            kept.is_some_and(|(up_to, _)| began <= *up_to)
        };
        Ok(is_ended(sign_in) || is_ended(""))
    }
}
