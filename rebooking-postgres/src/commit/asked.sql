-- All effects of a change are asked for at one moment; their places tell them apart. What follows an effect of its case that was put
-- off waits with it, so that no claim has to pass it by.
asked AS (
    WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at)
    INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place, created_at, since, due_at, put_off)
    SELECT v->>'key', (v->>'case_id')::bigint, (v->>'step')::bigint, v->>'lane', v->'kind', place, at, at,
        CASE WHEN oldest.put_off THEN greatest(oldest.due_at, at) ELSE at END, coalesce(oldest.put_off, false)
    FROM jsonb_array_elements($4::jsonb) WITH ORDINALITY AS given (v, place) CROSS JOIN moment
        LEFT JOIN LATERAL (
            SELECT e.put_off, e.due_at FROM miomente_partner_portal_rebooking_effects AS e
            WHERE e.case_id = (v->>'case_id')::bigint AND e.lane = v->>'lane' AND e.over_at IS NULL AND e.step >= 0
            ORDER BY e.created_at, e.place, e.id LIMIT 1) AS oldest ON true
    WHERE {before}
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
)
