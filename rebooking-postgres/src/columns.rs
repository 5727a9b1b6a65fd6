//! The columns that are read, in one place: text that is put together when the crate is compiled.

/// Every column of a token `t` that means something to the core.
macro_rules! token_columns {
    () => {
        "t.original_confirmation_id, t.original_order_id, t.original_order_item_id, \
         t.course_product_id, t.course_sku, \
        t.customer_email, t.customer_name, t.original_participants, t.original_price::text AS \
        original_price, t.token, \
        t.token_expires_at, t.status, t.new_confirmation_id, t.new_order_id, t.new_date, \
        t.rebooked_at, \
        t.odoo_ticket_id, t.created_at, t.case_id, t.step, t.version, t.holds_confirmation_id, \
        t.cause, t.reason, \
        t.declines, t.renewals, t.lost, t.proposed, t.key_id, t.nonce, t.order_number, \
        t.course_name, t.date_id, \
        t.starts_at, t.ends_at, t.zone, t.partner_id, t.partner_email, t.partner_language, \
        t.customer_language, \
        t.currency, t.attempts, t.attempts_recent, t.wishes, t.ticket_number, t.cancelled_at, \
        t.cancel_reason, \
        t.rebooking_state, t.new_order_item_id, t.new_order_number, t.rebooking, t.mailed_at, \
        t.reminded_at, t.expired_at, t.forgotten_at, t.order_gone_at, t.refunded_at "
    };
}

/// Every column of a request `r`, under names that stand beside those of a token.
macro_rules! request_columns {
    () => {
        "r.id AS request_id, r.booking, r.state AS request_state, r.token_case, r.token_step, \
         r.answer_key, \
         r.answer_nonce, r.answer_digest, r.reason AS request_reason, r.opened_at AS \
         request_opened_at "
    };
}

/// Every column of a date `d`.
macro_rules! date_columns {
    () => {
        "d.id AS d_id, d.course_id AS d_course_id, d.course_sku AS d_course_sku, d.course_name AS \
         d_course_name, \
         d.starts_at AS d_starts_at, d.ends_at AS d_ends_at, d.zone AS d_zone, d.partner_id AS \
         d_partner_id, \
         d.partner_email AS d_partner_email, d.partner_language AS d_partner_language, d.capacity \
         AS d_capacity, \
         d.taken AS d_taken, d.price AS d_price, d.currency AS d_currency, \
         d.withdrawn_at IS NOT NULL AS d_withdrawn "
    };
}

/// The same as one value: the fields of `DateRow` in their order.
macro_rules! date_record {
    () => {
        "ROW(d.id, d.course_id, d.course_sku, d.course_name, d.starts_at, d.ends_at, d.zone, \
         d.partner_id, d.partner_email, \
         d.partner_language, d.capacity, d.taken, d.price, d.currency, d.withdrawn_at IS NOT NULL) "
    };
}

/// Every column of an effect `e`.
macro_rules! effect_columns {
    () => {
        "e.id, e.key, e.case_id, e.step, e.kind, e.state, e.due_at, e.leased_until, e.over_at, \
         e.attempts, e.last_error, e.created_at, e.since "
    };
}

/// That a token `t` is the newest of its case.
macro_rules! newest {
    () => {
        "NOT EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS later \
            WHERE later.case_id = t.case_id AND later.step > t.step) "
    };
}

/// How far a token `t` has come, in the words of the core's `CaseStatus::as_str`.
macro_rules! progress {
    () => {
        "CASE WHEN t.status IN ('active', 'expired') \
             THEN CASE WHEN now() < t.token_expires_at THEN 'open' ELSE 'expired' END \
         WHEN t.status = 'cancelled' THEN 'cancelled' \
         ELSE CASE t.rebooking_state WHEN 'ordering' THEN 'rebooked' WHEN 'declined_again' THEN \
         'declined' \
             ELSE t.rebooking_state END END "
    };
}

/// That a token `t` still waits for somebody to find a date: the core's
/// `RebookingToken::is_undecided`.
macro_rules! undecided {
    () => {
        "t.status IN ('active', 'expired') AND t.forgotten_at IS NULL "
    };
}

/// That a token `t` holds a wish that nobody has answered; word for word the condition of its
/// index.
macro_rules! wishes {
    () => {
        "t.wishes @? '$[*] ? (@.answered_at == null)' "
    };
}

/// That an effect of the case of a token `t` has failed for good. Looked up case by case (`OFFSET
/// 0`), not in a table of all.
macro_rules! has_failed {
    () => {
        "EXISTS (SELECT FROM miomente_partner_portal_rebooking_effects AS e WHERE e.case_id = \
         t.case_id AND e.dead OFFSET 0) "
    };
}

/// That somebody found no date at the page of a token `t`; looked up in the same way.
macro_rules! found_no_dates {
    () => {
        "EXISTS (SELECT FROM miomente_partner_portal_rebooking_audit AS a WHERE a.subject = \
         'token' AND a.number = t.case_id \
            AND a.step = t.step AND a.event = 'no_dates_found' OFFSET 0) "
    };
}

pub(crate) use {
    date_columns, date_record, effect_columns, found_no_dates, has_failed, newest, progress,
    request_columns, token_columns, undecided, wishes,
};
