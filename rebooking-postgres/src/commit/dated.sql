-- Last, after all else is written: a sought-after date stays locked from here until the commit is on disk.
dated AS (
    UPDATE miomente_partner_portal_rebooking_dates AS d SET
        taken = greatest(d.taken - (v->>'back')::bigint, 0) + (v->>'take')::bigint,
        withdrawal = CASE WHEN d.withdrawn_at IS NULL THEN coalesce(v->>'withdrawal', d.withdrawal) ELSE d.withdrawal END,
        withdrawn_at = CASE WHEN v ? 'withdrawal' THEN coalesce(d.withdrawn_at, clock_timestamp()) ELSE d.withdrawn_at END
    FROM (SELECT 0
            + (SELECT count(*) FROM asked) -- with: asked
            + (SELECT count(*) FROM entered) -- with: entered
        AS written) AS before
        CROSS JOIN jsonb_array_elements($6::jsonb) AS v
    WHERE v->>'op' = 'write' AND d.id = (v->>'date')::bigint AND before.written >= 0 AND {before}
        AND ((v->>'take')::bigint = 0 OR d.withdrawn_at IS NULL AND d.capacity - greatest(d.taken - (v->>'back')::bigint, 0) >= (v->>'take')::bigint) -- guard: places
    RETURNING (v->>'take')::bigint > 0 AS taking
), dates_hold AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM dated WHERE taking) = $12::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost('places')
    END AS hold
)
