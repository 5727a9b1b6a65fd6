//! Personal data: what a store keeps about a customer, found by their address and read whole.

use async_trait::async_trait;

use super::{AsOf, PortError};
use crate::audit::AuditEntry;
use crate::confirmation::Confirmation;
use crate::effect::Effect;
use crate::token::RebookingToken;
use crate::value::customer::EmailAddress;
use crate::value::ids::CaseId;

/// Finds what a [`RebookingStore`](super::RebookingStore) keeps about one person, to hand it out or
/// to have it forgotten. A host that leaves it out can forget single cases all the same, and all
/// other use cases work as ever.
///
/// Reading changes nothing (promise I11). Neither leaves out a row that it cannot read: what the
/// law asks for is whole or fails.
#[async_trait]
pub trait PersonalData: Send + Sync {
    /// Every case in which the address stands, [however it is
    /// spelled](EmailAddress::same_address), be it in one of its links or in a confirmation request
    /// for its booking; by number, at most `limit`, beginning after `after`. A booking that has not
    /// become a case stands under the number that its case would have. What is forgotten is not
    /// found any more.
    async fn cases_of(
        &self,
        address: &EmailAddress,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, PortError>;

    /// Everything that is kept of a case, or of a booking that has not become one. `None` when
    /// nothing is. What changes during the read may be seen in part.
    async fn record(&self, case: CaseId) -> Result<Option<AsOf<CaseRecord>>, PortError>;
}

/// Everything that is kept of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct CaseRecord {
    /// Its number.
    pub case: CaseId,
    /// Its tokens by step.
    pub tokens: Vec<RebookingToken>,
    /// Every confirmation request for its booking, live or closed, by number.
    pub confirmations: Vec<Confirmation>,
    /// Its effects by age.
    pub effects: Vec<Effect>,
    /// Its history by time.
    pub audit: Vec<AuditEntry>,
}
