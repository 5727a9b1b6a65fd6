//! Rows of the store that make no sense, as support reads them.

use chrono::{DateTime, Utc};
use rebooking_core::ports::FoundRow;

use super::{body, moment};

body! {
    pub(crate) struct MalformedRows(found: &[FoundRow]) {
        /// At most 1 000, the longest known first.
        rows: Vec<MalformedRowBody> = found.iter().map(MalformedRowBody::new).collect();
    }

    /// Where a row is and what is wrong with it; never the value, which may be personal.
    pub(crate) struct MalformedRowBody(found: &FoundRow) {
        table: String = found.row.table.clone(), like "miomente_partner_portal_rebooking_tokens";
        /// Its number, or whose it is where it has none.
        id: String = found.row.id.clone(), like "4711-1";
        column: String = found.row.column.clone(), like "zone";
        why: String = found.row.why.clone(), like "no such time zone";
        found_at: DateTime<Utc> = moment(found.found_at);
    }
}
