updated AS (
    UPDATE miomente_partner_portal_rebooking_tokens AS t SET (
        original_confirmation_id, original_order_id, original_order_item_id, course_product_id, course_sku,
        customer_email, customer_name, original_participants, original_price, token, token_expires_at, status,
        new_confirmation_id, new_order_id, new_date, rebooked_at, odoo_ticket_id, created_at, holds_confirmation_id,
        cause, reason, declines, renewals, lost, proposed, key_id, nonce, order_number, course_name, date_id, starts_at,
        ends_at, zone, partner_id, partner_email, partner_language, customer_language, currency, attempts,
        attempts_recent, wishes, ticket_number, cancelled_at, cancel_reason, rebooking_state, new_order_item_id,
        new_order_number, rebooking, mailed_at, reminded_at, expired_at, forgotten_at, order_gone_at,
        refunded_at, waits,
        over_at, sought_email, sought_name, version, written_by
    ) = (
        x.original_confirmation_id, x.original_order_id, x.original_order_item_id, x.course_product_id, x.course_sku,
        x.customer_email, x.customer_name, x.original_participants, x.original_price::numeric, x.token, x.token_expires_at,
        x.status,
        coalesce(x.new_confirmation_id, o.id), -- with: opened
        x.new_confirmation_id, -- without: opened
        x.new_order_id, x.new_date, x.rebooked_at, x.odoo_ticket_id,
        x.created_at, x.holds_confirmation_id, x.cause, x.reason, x.declines, x.renewals, x.lost, x.proposed, x.key_id,
        x.nonce, x.order_number, x.course_name, x.date_id, x.starts_at, x.ends_at, x.zone, x.partner_id,
        x.partner_email, x.partner_language, x.customer_language, x.currency, x.attempts, x.attempts_recent, x.wishes,
        x.ticket_number, x.cancelled_at, x.cancel_reason, x.rebooking_state, x.new_order_item_id, x.new_order_number,
        x.rebooking, x.mailed_at, x.reminded_at, x.expired_at, x.forgotten_at, x.order_gone_at,
        x.refunded_at, x.waits,
        x.over_at, x.sought_email, x.sought_name, t.version + 1, $1::uuid
    )
    FROM {tokens}
        LEFT JOIN opened AS o ON o.token_case = x.case_id AND o.token_step = x.step -- with: opened
    WHERE x.op = 'update' AND t.case_id = x.case_id AND t.step = x.step
        AND t.version = x.version -- guard: token
        AND (NOT x.unexpired OR clock_timestamp() < t.token_expires_at) -- guard: expiry
    RETURNING 1
), updates_hold AS MATERIALIZED (
    SELECT CASE
        WHEN (SELECT count(*) FROM updated) = $2::bigint
            AND (SELECT count(*) FROM opened) = $7::bigint -- with: opened
            THEN true
        WHEN EXISTS (
            SELECT FROM {tokens}
                JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = x.case_id AND t.step = x.step
            WHERE x.op = 'update' AND t.version = x.version
                AND x.unexpired AND clock_timestamp() >= t.token_expires_at)
            THEN miomente_partner_portal_rebooking_lost('expiry')
        ELSE miomente_partner_portal_rebooking_lost('token')
    END AS hold
)
