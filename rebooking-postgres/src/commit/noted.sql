noted AS (
    UPDATE miomente_partner_portal_rebooking_effects AS e SET
        state = v->>'to',
        dead = v->>'to' = 'dead',
        due_at = CASE WHEN v->>'to' = 'waiting'
            THEN clock_timestamp() + (v->>'after')::bigint * interval '1 microsecond' ELSE e.due_at END,
        over_at = CASE WHEN v->>'to' = 'waiting' THEN NULL ELSE clock_timestamp() END,
        since = CASE WHEN v->>'op' IN ('retry', 'give back') THEN clock_timestamp() ELSE e.since END,
        attempts = CASE v->>'op' WHEN 'retry' THEN 0 WHEN 'give back' THEN greatest(e.attempts - 1, 0) ELSE e.attempts END,
        last_error = coalesce(v->>'error', e.last_error),
        failed = e.failed OR v->>'op' = 'settle' AND v->>'to' = 'waiting',
        settled_by = $7::uuid
    FROM (SELECT $3::jsonb AS v) AS n
    WHERE e.id = (v->>'id')::bigint AND {before}
        AND (v->>'op' IN ('retry', 'skip') OR e.state = 'leased' AND e.fence = (v->>'fence')::bigint) -- guard: lease
        AND (v->>'op' IN ('settle', 'give back') OR e.state IN ('waiting', 'dead')) -- guard: effect
    RETURNING 1
), note_holds AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM noted) = $11::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost(CASE WHEN $3::jsonb->>'op' IN ('retry', 'skip') THEN 'effect' ELSE 'lease' END)
    END AS hold
)
