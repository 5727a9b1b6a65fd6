entered AS (
    INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, at, actor, partner_id, support, event, note, change)
    SELECT v->>'subject', (v->>'number')::bigint, (v->>'step')::bigint, (v->>'at')::timestamptz, v->>'actor',
        (v->>'partner_id')::bigint, v->>'support', v->>'event', v->>'note', $7::uuid
    FROM jsonb_array_elements($5::jsonb) AS v
    WHERE {before}
    ON CONFLICT (number, step, event) WHERE subject = 'token' AND event IN ('page_opened', 'no_dates_found') DO NOTHING
    RETURNING 1
)
