-- All effects of a change begin at one moment; their places tell them apart. What follows an effect
-- of its case that was put off waits with it, so that no claim has to pass it by.
insert_effects AS (
    WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at)
    INSERT INTO miomente_partner_portal_rebooking_effects (
        key, case_id, step, lane, kind, place, created_at, since, due_at, put_off)
    SELECT x.key, x.case_id, x.step, x.lane, x.kind, x.place, at, at,
        CASE WHEN oldest.put_off THEN greatest(oldest.due_at, at) ELSE at END,
        coalesce(oldest.put_off, false)
    FROM {effects} CROSS JOIN moment
        LEFT JOIN LATERAL (
            SELECT e.put_off, e.due_at FROM miomente_partner_portal_rebooking_effects AS e
            WHERE e.case_id = x.case_id AND e.lane = x.lane AND e.over_at IS NULL AND e.step >= 0
            ORDER BY e.created_at, e.place, e.id LIMIT 1) AS oldest ON true
    WHERE {before}
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
)
