update_tokens AS (
    UPDATE miomente_partner_portal_rebooking_tokens AS t SET (
        {updated},
        new_confirmation_id, version, written_by
    ) = (
        {updated values},
        coalesce(x.new_confirmation_id, o.id), -- with: open_confirmation
        x.new_confirmation_id, -- without: open_confirmation
        t.version + 1, $1::uuid
    )
    FROM {tokens}
        LEFT JOIN open_confirmation AS o -- with: open_confirmation
            ON o.token_case = x.case_id AND o.token_step = x.step -- with: open_confirmation
    WHERE x.op = 'update' AND t.case_id = x.case_id AND t.step = x.step
        AND t.version = x.version -- guard: token
        AND (NOT x.unexpired OR clock_timestamp() < t.token_expires_at) -- guard: expiry
    RETURNING 1
), updates_hold AS MATERIALIZED (
    SELECT CASE
        WHEN (SELECT count(*) FROM update_tokens) = $2::bigint
            AND (SELECT count(*) FROM open_confirmation) = $7::bigint -- with: open_confirmation
            THEN true
        WHEN EXISTS (
            SELECT FROM {tokens}
                JOIN miomente_partner_portal_rebooking_tokens AS t
                    ON t.case_id = x.case_id AND t.step = x.step
            WHERE x.op = 'update' AND t.version = x.version
                AND x.unexpired AND clock_timestamp() >= t.token_expires_at)
            THEN miomente_partner_portal_rebooking_lost('expiry')
        ELSE miomente_partner_portal_rebooking_lost('token')
    END AS hold
)
