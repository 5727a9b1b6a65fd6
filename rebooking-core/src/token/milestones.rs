//! What is noted on a token beside its state: the ticket of its case, and moments.

use chrono::{DateTime, Utc};

/// Which ticket the support system keeps for a case.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct TicketRef {
    /// Its key there (column `odoo_ticket_id`, at most 50 characters).
    pub id: String,
    /// The number that people say.
    pub number: String,
}

/// Moments that are noted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Milestones {
    /// The mail with the link was handed over.
    pub mailed_at: Option<DateTime<Utc>>,
    /// The reminder became due.
    pub reminded_at: Option<DateTime<Utc>>,
    /// The sweep wrote down that it had expired.
    pub expired_at: Option<DateTime<Utc>>,
    /// The shop refunded or cancelled the order: there is nothing left to move.
    pub order_gone_at: Option<DateTime<Utc>>,
    /// The shop refunded it: for the statistic.
    pub refunded_at: Option<DateTime<Utc>>,
    /// Personal data was purged.
    pub forgotten_at: Option<DateTime<Utc>>,
}
