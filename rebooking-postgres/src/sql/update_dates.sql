-- Last, after all else is written: a sought-after date stays locked from here until the commit is
-- on disk.
update_dates AS (
    UPDATE miomente_partner_portal_rebooking_dates AS d SET
        taken = greatest(d.taken - x.back, 0) + x.take,
        withdrawal = CASE WHEN d.withdrawn_at IS NULL THEN coalesce(x.withdrawal, d.withdrawal)
            ELSE d.withdrawal END,
        withdrawn_at = CASE WHEN x.withdrawal IS NOT NULL
            THEN coalesce(d.withdrawn_at, clock_timestamp()) ELSE d.withdrawn_at END
    FROM (SELECT 0
            + (SELECT count(*) FROM insert_effects) -- with: insert_effects
            + (SELECT count(*) FROM insert_audit) -- with: insert_audit
        AS written) AS before
        CROSS JOIN {dates}
    WHERE d.id = x.date AND before.written >= 0 AND {before}
        AND (x.take = 0 OR d.withdrawn_at IS NULL AND d.offered -- guard: places
            AND d.capacity - greatest(d.taken - x.back, 0) >= x.take) -- guard: places
    RETURNING x.take > 0 AS taking
), dates_hold AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM update_dates WHERE taking) = $6::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost('places')
    END AS hold
)
