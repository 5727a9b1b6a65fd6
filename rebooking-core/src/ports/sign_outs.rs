//! Sign-outs: which sign-ins are over before their time, wherever somebody has kept a copy.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::PortError;

/// Remembers who has signed out. Sign-ins themselves are kept nowhere: each carries its own proof,
/// which would be good until its end in whoever's hands. A host without this port has nothing but
/// that end.
///
/// What several processes serve together shares one: what is ended through one of them is over in
/// all, durably, from the answer on.
#[async_trait]
pub trait SignOuts: Send + Sync {
    /// Ends one sign-in of `who`, by its number. It is remembered at least up to `until`, when it
    /// would have ended by itself. May be repeated.
    async fn end(&self, who: &str, sign_in: &str, until: DateTime<Utc>) -> Result<(), PortError>;

    /// Ends every sign-in of `who` that began up to `began`; remembered up to `until` in the same
    /// way. A later call of an earlier moment takes nothing back.
    async fn end_all(
        &self,
        who: &str,
        began: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), PortError>;

    /// Whether a sign-in of `who` that began then is over.
    async fn is_ended(
        &self,
        who: &str,
        sign_in: &str,
        began: DateTime<Utc>,
    ) -> Result<bool, PortError>;
}
