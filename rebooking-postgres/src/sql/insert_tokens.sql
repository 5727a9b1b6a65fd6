insert_tokens AS (
    INSERT INTO miomente_partner_portal_rebooking_tokens (
        {inserted},
        new_confirmation_id, written_by
    ) SELECT
        {inserted values},
        coalesce(x.new_confirmation_id, o.id), -- with: open_confirmation
        x.new_confirmation_id, -- without: open_confirmation
        $1::uuid
    FROM {tokens}
        LEFT JOIN open_confirmation AS o -- with: open_confirmation
            ON o.token_case = x.case_id AND o.token_step = x.step -- with: open_confirmation
    WHERE x.op = 'issue' AND {before}
    ON CONFLICT DO NOTHING
    RETURNING 1
), issues_hold AS MATERIALIZED (
    SELECT CASE
        WHEN NOT {before} THEN false
        WHEN (SELECT count(*) FROM insert_tokens) = $3::bigint THEN true
        ELSE miomente_partner_portal_rebooking_lost('step')
    END AS hold
)
