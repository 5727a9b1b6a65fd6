forget_case AS (
    UPDATE miomente_partner_portal_rebooking_tokens AS t SET
        customer_name = '', customer_email = '', sought_name = '', sought_email = '', reason = '',
        wishes = (SELECT coalesce(jsonb_agg(wish || '{"text": ""}' ORDER BY place), '[]')
            FROM jsonb_array_elements(t.wishes) WITH ORDINALITY AS said (wish, place)),
        waits = false, forgotten_at = clock_timestamp(), version = t.version + 1,
        written_by = $1::uuid
    WHERE t.case_id = $8::bigint AND t.forgotten_at IS NULL AND {before}
        -- What this change writes itself comes without personal data already.
        AND NOT EXISTS (SELECT FROM {tokens} WHERE x.case_id = t.case_id AND x.step = t.step)
    RETURNING 1
), items AS (
    SELECT $8::bigint AS item
    UNION SELECT original_order_item_id FROM miomente_partner_portal_rebooking_tokens
        WHERE case_id = $8::bigint
    UNION SELECT new_order_item_id FROM miomente_partner_portal_rebooking_tokens
        WHERE case_id = $8::bigint
), forget_confirmations AS (
    UPDATE miomente_partner_portal_rebooking_requests AS r SET
        booking =
            jsonb_set(jsonb_set(r.booking, '{customer,name}', '""'), '{customer,email}', '""'),
        reason = '',
        forgotten_at = coalesce(r.forgotten_at, clock_timestamp())
    WHERE (r.token_case IS NULL OR r.token_case = $8::bigint) AND {before} AND r.id IN (
        SELECT id FROM miomente_partner_portal_rebooking_requests
            WHERE item_id IN (SELECT item FROM items)
        UNION SELECT id FROM miomente_partner_portal_rebooking_requests
            WHERE token_case = $8::bigint
        UNION SELECT original_confirmation_id FROM miomente_partner_portal_rebooking_tokens
            WHERE case_id = $8::bigint
        UNION SELECT holds_confirmation_id FROM miomente_partner_portal_rebooking_tokens
            WHERE case_id = $8::bigint)
    RETURNING 1
)
