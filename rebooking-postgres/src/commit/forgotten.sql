forgotten AS (
    UPDATE miomente_partner_portal_rebooking_tokens AS t SET
        customer_name = '', customer_email = '', sought_name = '', sought_email = '', reason = '',
        wishes = (SELECT coalesce(jsonb_agg(wish || '{"text": ""}' ORDER BY place), '[]')
            FROM jsonb_array_elements(t.wishes) WITH ORDINALITY AS said (wish, place)),
        waits = false, forgotten_at = clock_timestamp(), version = t.version + 1, written_by = $7::uuid
    WHERE t.case_id = $13::bigint AND t.forgotten_at IS NULL AND {before}
        -- What this change writes itself comes without personal data already.
        AND NOT EXISTS (SELECT FROM jsonb_array_elements($1::jsonb) AS v
            WHERE (v#>>'{row,case_id}')::bigint = t.case_id AND (v#>>'{row,step}')::bigint = t.step)
    RETURNING 1
), items AS (
    SELECT $13::bigint AS item
    UNION SELECT original_order_item_id FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $13::bigint
    UNION SELECT new_order_item_id FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $13::bigint
), wiped AS (
    UPDATE miomente_partner_portal_rebooking_requests AS r SET
        booking = jsonb_set(jsonb_set(r.booking, '{customer,name}', '""'), '{customer,email}', '""'), reason = '',
        forgotten_at = coalesce(r.forgotten_at, clock_timestamp())
    WHERE (r.token_case IS NULL OR r.token_case = $13::bigint) AND {before} AND r.id IN (
        SELECT id FROM miomente_partner_portal_rebooking_requests WHERE item_id IN (SELECT item FROM items)
        UNION SELECT id FROM miomente_partner_portal_rebooking_requests WHERE token_case = $13::bigint
        UNION SELECT original_confirmation_id FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $13::bigint
        UNION SELECT holds_confirmation_id FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $13::bigint)
    RETURNING 1
)
