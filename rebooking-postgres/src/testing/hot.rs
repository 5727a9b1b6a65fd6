//! The statements that run all the time, as PostgreSQL's `PREPARE` and `EXECUTE` take them, with
//! the indexes that they live on.

use rebooking_core::change::Change;

use super::SetupError;
use crate::calendars;
use crate::commit;
use crate::commit::Payload;
use crate::personal::CASES_OF;
use crate::queue::claim;
use crate::reports::addresses::Kept;
use crate::reports::cases as search;
use crate::reports::silent::SILENT as SILENT_OF_SOLD;
use crate::store::{cases, confirmations, dates, due, open, overdue};

/// A statement that must stay a look-up by index, however much there is.
#[derive(Clone, Debug)]
// Exhaustive: tests of adapters write it as a literal.
pub struct HotStatement {
    /// What it is for.
    pub name: &'static str,
    /// Its text.
    pub sql: String,
    /// The types of its parameters.
    pub types: String,
    /// Some arguments.
    pub arguments: String,
    /// The indexes without which it goes through a whole table; where two serve the same, both in
    /// one entry.
    pub indexes: &'static [&'static str],
}

const SWEEP: &str = "bigint, bigint, bigint, bigint";
const WORKLIST: &str = "text, bigint, bigint, text, text[], bool";
const STEPS: &str = "rebooking_tokens_one_a_step";
const COURSE: &str = "rebooking_dates_course";
const REQUEST_ID: &str = "miomente_partner_portal_rebooking_requests_pkey";
const DATE_ID: &str = "miomente_partner_portal_rebooking_dates_pkey";
const EFFECT_ID: &str = "miomente_partner_portal_rebooking_effects_pkey";

/// What reads and what claims; for the link with this digest, of the first step of case 1. There
/// should be requests for the items 1 and 2, mails that are due, and mails that were put off.
#[must_use]
pub fn hot_statements(digest: &str) -> Vec<HotStatement> {
    let hot = |name, sql: &str, types: &str, arguments: &str, indexes: &'static [&'static str]| {
        HotStatement {
            name,
            sql: sql.to_owned(),
            types: types.to_owned(),
            arguments: arguments.to_owned(),
            indexes,
        }
    };
    let link = format!("'{digest}'");
    let (one, two) = ("bigint", "bigint, bigint");
    vec![
        hot("show", open::BY_LINK, "text", &link, &["idx_rebooking_token", COURSE]),
        hot(
            "read for a choice",
            open::FOR_CHOICE,
            "text, bigint",
            &format!("{link}, 1"),
            &["idx_rebooking_token"],
        ),
        hot("show without dates", open::LINK_ALONE, "text", &link, &["idx_rebooking_token"]),
        hot("token", open::BY_NAME, two, "1, 1", &[STEPS, COURSE]),
        hot("token alone", open::ALONE, two, "1, 1", &[STEPS]),
        hot("newest", open::NEWEST, one, "1", &[STEPS, COURSE]),
        hot("case", cases::TOKENS_OF_CASE, one, "1", &[STEPS]),
        hot(
            "links of an order",
            cases::TOKENS_OF_ORDER,
            one,
            "10001",
            &["idx_rebooking_original_order", "idx_rebooking_new_order"],
        ),
        hot(
            "requests of an order",
            cases::REQUESTS_OF_ORDER,
            one,
            "10001",
            &["rebooking_requests_order"],
        ),
        hot(
            "links of an item",
            cases::TOKENS_OF_ITEM,
            one,
            "1",
            &[STEPS, "idx_rebooking_moved_item", "idx_rebooking_new_order_item"],
        ),
        hot(
            "request of an item",
            cases::REQUEST_OF_ITEM,
            one,
            "1",
            &["rebooking_requests_item", "rebooking_requests_one_a_token"],
        ),
        hot("request by number", cases::REQUEST_BY_NUMBER, one, "1", &[REQUEST_ID]),
        hot(
            "request by link",
            cases::REQUEST_BY_LINK,
            "text",
            &link,
            &["rebooking_requests_answer"],
        ),
        hot(
            "live on a date",
            confirmations::LIVE_ON_DATE,
            two,
            "10, 100",
            &["rebooking_requests_date"],
        ),
        hot(
            "live on withdrawn dates",
            confirmations::LIVE_ON_WITHDRAWN,
            one,
            "100",
            &["rebooking_dates_withdrawn"],
        ),
        hot("dates", dates::DATES, one, "1", &[COURSE]),
        hot("date", dates::DATE, one, "10", &[DATE_ID, "rebooking_requests_date"]),
        hot(
            "live request",
            confirmations::LIVE_REQUEST,
            one,
            "1",
            &["rebooking_requests_one_an_item rebooking_requests_item"],
        ),
        hot(
            "claim",
            claim::CLAIM,
            "text, bigint, bigint",
            "'mail', 10, 1000",
            &[
                "rebooking_effects_open",
                "rebooking_effects_put_off",
                "rebooking_effects_open_of_case rebooking_effects_case",
            ],
        ),
        hot("save a checkpoint", claim::SAVE, "bigint, bigint, text", "1, 1, 'x'", &[EFFECT_ID]),
        hot(
            "find a change",
            commit::TRACES,
            "bigint[], bigint, text",
            "'{1}', 1, '00000000000000000000000000000000'",
            &["rebooking_audit_subject", STEPS, EFFECT_ID],
        ),
        hot("expired", due::EXPIRED, SWEEP, "-1, 0, 100, 0", &["idx_rebooking_expiry"]),
        hot(
            "reminders",
            due::REMINDER,
            SWEEP,
            "-1, 0, 100, 604800000000",
            &["idx_rebooking_expiry"],
        ),
        hot(
            "partners to remind",
            overdue::REMINDER,
            "bigint, bigint, bigint, int",
            "-1, 100, 172800000000, 2",
            &["rebooking_requests_unanswered"],
        ),
        hot(
            "partners who are silent",
            overdue::SUPPORT,
            "bigint, bigint, bigint, int",
            "-1, 100, 345600000000, 3",
            &["rebooking_requests_unanswered"],
        ),
        hot("whose calendar", calendars::OWNER, "text", &link, &["rebooking_calendars_digest"]),
        hot(
            "a partner's calendar",
            calendars::BOOKINGS,
            "bigint, text, bigint",
            "7, '2026-01-01T00:00:00Z', 1000",
            &["rebooking_requests_calendar"],
        ),
        hot(
            "what left a partner's calendar",
            calendars::CANCELLED,
            "bigint, text, bigint",
            "7, '2026-01-01T00:00:00Z', 1000",
            &["rebooking_requests_cancelled"],
        ),
        hot("who waits", due::WAITING, SWEEP, "-1, 0, 100, 0", &["idx_rebooking_waits"]),
        hot(
            "purge of whom",
            due::PURGE,
            SWEEP,
            "-1, 0, 100, 7776000000000",
            &["idx_rebooking_over"],
        ),
        hot(
            "search",
            search::EXACT,
            "text, bigint, bigint, text, text[], bool, text, text[]",
            "NULL, 25, 0, NULL, NULL, false, '100000001x', '{erika@example.org}'",
            &[
                "idx_rebooking_sought",
                "idx_rebooking_sought_number",
                "idx_rebooking_sought_new_number",
            ],
        ),
        hot("addresses", Kept::InLinks.unicode(), "", "", &["idx_rebooking_sought_unicode"]),
        hot(
            "addresses in requests",
            Kept::InRequests.unicode(),
            "",
            "",
            &["rebooking_requests_customer_unicode"],
        ),
        hot(
            "cases of a person",
            CASES_OF,
            "text[], bigint, bigint",
            "'{erika@example.org,erika@example.org.}', NULL, 100",
            &["idx_rebooking_sought", "rebooking_requests_customer"],
        ),
        hot(
            "cases that failed",
            search::FAILED,
            WORKLIST,
            "NULL, 25, 0, 'failed', NULL, false",
            &["rebooking_effects_dead rebooking_effects_failed"],
        ),
        hot(
            "cases with a silent partner",
            search::SILENT,
            WORKLIST,
            "NULL, 25, 0, 'partner_silent', NULL, false",
            &["rebooking_requests_silent"],
        ),
        hot(
            "silent partners of sold bookings",
            SILENT_OF_SOLD,
            "bigint",
            "101",
            &["rebooking_requests_silent"],
        ),
        hot(
            "cases with wishes",
            search::WISHES,
            WORKLIST,
            "NULL, 25, 0, 'wish', NULL, false",
            &["idx_rebooking_wishes"],
        ),
        hot(
            "cases without a date",
            search::NO_DATES,
            WORKLIST,
            "NULL, 25, 0, 'no_dates', NULL, false",
            &["rebooking_audit_no_dates"],
        ),
    ]
}

/// The commit of a change. Its guards fail unless it writes what it is to write.
///
/// # Errors
/// [`SetupError`] for a change that no decision asks for.
pub fn hot_change(
    name: &'static str,
    change: &Change,
    indexes: &'static [&'static str],
) -> Result<HotStatement, SetupError> {
    let payload = Payload::new(change)?;
    let sql = commit::Statement::default().for_change(&payload).as_str().to_owned();
    let (types, arguments) = payload.literals()?;
    Ok(HotStatement { name, sql, types, arguments, indexes })
}
