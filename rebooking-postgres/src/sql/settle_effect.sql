settle_effect AS (
    UPDATE miomente_partner_portal_rebooking_effects AS e SET
        state = v->>'to',
        dead = v->>'to' = 'dead',
        leased_until = NULL,
        due_at = CASE WHEN v->>'to' = 'waiting'
            THEN clock_timestamp() + (v->>'after')::bigint * interval '1 microsecond'
            ELSE e.due_at END,
        over_at = CASE WHEN v->>'to' = 'waiting' THEN NULL ELSE clock_timestamp() END,
        since = CASE WHEN v->>'op' IN ('retry', 'again', 'give back') THEN clock_timestamp()
            ELSE e.since END,
        attempts = CASE WHEN v->>'op' IN ('retry', 'again') THEN 0
            WHEN v->>'op' = 'give back' THEN greatest(e.attempts - 1, 0) ELSE e.attempts END,
        last_error = coalesce(v->>'error', e.last_error),
        put_off = e.put_off
            OR v->>'op' IN ('settle', 'give back') AND v->>'to' = 'waiting',
        settled_by = $1::uuid
    FROM (SELECT $10::jsonb AS v) AS n
    WHERE e.id = (v->>'id')::bigint AND {before}
        AND (v->>'op' IN ('retry', 'again', 'skip') -- guard: lease
            OR e.state = 'leased' AND e.fence = (v->>'fence')::bigint) -- guard: lease
        AND CASE -- guard: effect
            WHEN v->>'op' IN ('settle', 'give back') THEN true -- guard: effect
            WHEN v->>'op' = 'again' THEN e.state = 'done' AND e.lane = 'events' -- guard: effect
            ELSE e.state IN ('waiting', 'dead') END -- guard: effect
        -- The same change again, after its answer was lost.
        AND e.settled_by IS DISTINCT FROM $1::uuid
    RETURNING e.id, e.case_id, e.lane, e.due_at,
        v->>'op' IN ('settle', 'give back') AND v->>'to' = 'waiting' AS put_off,
        v->>'op' IN ('retry', 'skip') AS hurried
), put_off_followers AS (
    -- What follows it in its case waits as long as it does, and no longer. Looked up by its case
    -- and apart (OFFSET 0): a plan made while nothing waited would go through all that waits.
    UPDATE miomente_partner_portal_rebooking_effects AS f SET put_off = true,
        due_at = CASE WHEN s.put_off THEN greatest(f.due_at, s.due_at)
            ELSE least(f.due_at, clock_timestamp()) END
    FROM settle_effect AS s CROSS JOIN LATERAL (
        SELECT o.id FROM miomente_partner_portal_rebooking_effects AS o
        WHERE o.case_id = s.case_id AND o.lane = s.lane AND o.over_at IS NULL AND o.step >= 0
            AND o.id <> s.id AND o.state = 'waiting'
            AND (s.put_off OR s.hurried AND o.put_off)
        OFFSET 0) AS follower
    WHERE f.id = follower.id AND f.state = 'waiting'
), settlement_holds AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM settle_effect) = $5::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost(
            CASE WHEN $10::jsonb->>'op' IN ('settle', 'give back') THEN 'lease' ELSE 'effect' END)
    END AS hold
)
