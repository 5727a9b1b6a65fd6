insert_tokens AS (
    INSERT INTO miomente_partner_portal_rebooking_tokens (
        {inserted},
        written_by
    ) SELECT
        {inserted values},
        $1::uuid
    FROM {tokens}
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
