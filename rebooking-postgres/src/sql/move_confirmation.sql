move_confirmation AS (
    UPDATE miomente_partner_portal_rebooking_requests AS r SET
        state = coalesce(v->>'to', r.state),
        reason = CASE WHEN v->>'reason' = '' THEN r.reason ELSE v->>'reason' END,
        booking = coalesce(v->'booking', r.booking),
        order_id = coalesce((v->>'order_id')::bigint, r.order_id),
        item_id = coalesce((v->>'item_id')::bigint, r.item_id),
        date_id = coalesce((v->>'date_id')::bigint, r.date_id),
        partner_id = coalesce((v->>'partner_id')::bigint, r.partner_id),
        attempts = coalesce((v->>'attempts')::bigint, r.attempts),
        attempts_recent = CASE WHEN v ? 'attempts_recent'
            THEN ARRAY(SELECT jsonb_array_elements_text(v->'attempts_recent')::timestamptz)
            ELSE r.attempts_recent END,
        reminded_at = CASE v->>'note' WHEN 'reminded' THEN clock_timestamp() ELSE r.reminded_at END,
        silent_at = CASE v->>'note' WHEN 'silent' THEN clock_timestamp() ELSE r.silent_at END,
        in_stock = r.id = ANY ($11::bigint[])
            OR r.in_stock AND r.item_id <> ALL ($12::bigint[]),
        in_stock_since = CASE WHEN r.id = ANY ($11::bigint[]) THEN clock_timestamp()
            WHEN r.item_id <> ALL ($12::bigint[]) THEN r.in_stock_since END
    FROM jsonb_array_elements($9::jsonb) AS v
    WHERE r.id = (v->>'id')::bigint AND {before}
        AND (v->'from' ? r.state -- guard: confirmation
            OR r.attempts = (v->>'attempts_read')::bigint) -- guard: confirmation
        AND CASE v->>'note' WHEN 'reminded' THEN r.reminded_at IS NULL -- guard: confirmation
            WHEN 'silent' THEN r.silent_at IS NULL ELSE true END -- guard: confirmation
    RETURNING 1
), moves_hold AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM move_confirmation) = $4::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost('confirmation')
    END AS hold
)
