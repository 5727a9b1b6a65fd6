issued AS (
    INSERT INTO miomente_partner_portal_rebooking_tokens (
        original_confirmation_id, original_order_id, original_order_item_id, course_product_id, course_sku,
        customer_email, customer_name, original_participants, original_price, token, token_expires_at, status,
        new_confirmation_id, new_order_id, new_date, rebooked_at, odoo_ticket_id, created_at, case_id, step, version,
        holds_confirmation_id, cause, reason, declines, renewals, lost, proposed, key_id, nonce, order_number,
        course_name, date_id, starts_at, ends_at, zone, partner_id, partner_email, partner_language, customer_language,
        currency, attempts, attempts_recent, wishes, ticket_number, cancelled_at, cancel_reason, rebooking_state,
        new_order_item_id, new_order_number, rebooking, mailed_at, reminded_at, expired_at,
        forgotten_at, order_gone_at,
        refunded_at, waits, over_at, sought_email, sought_name, written_by
    ) SELECT
        x.original_confirmation_id, x.original_order_id, x.original_order_item_id, x.course_product_id, x.course_sku,
        x.customer_email, x.customer_name, x.original_participants, x.original_price::numeric, x.token, x.token_expires_at,
        x.status, x.new_confirmation_id, x.new_order_id, x.new_date, x.rebooked_at, x.odoo_ticket_id, x.created_at,
        x.case_id, x.step, x.version, x.holds_confirmation_id, x.cause, x.reason, x.declines, x.renewals, x.lost,
        x.proposed, x.key_id, x.nonce, x.order_number, x.course_name, x.date_id, x.starts_at, x.ends_at, x.zone,
        x.partner_id, x.partner_email, x.partner_language, x.customer_language, x.currency, x.attempts,
        x.attempts_recent, x.wishes, x.ticket_number, x.cancelled_at, x.cancel_reason, x.rebooking_state,
        x.new_order_item_id, x.new_order_number, x.rebooking, x.mailed_at, x.reminded_at,
        x.expired_at, x.forgotten_at, x.order_gone_at,
        x.refunded_at, x.waits, x.over_at, x.sought_email, x.sought_name, $1::uuid
    FROM {tokens}
    WHERE x.op = 'issue' AND {before}
    ON CONFLICT DO NOTHING
    RETURNING 1
), issues_hold AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM issued) = $3::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost('step')
    END AS hold
)
