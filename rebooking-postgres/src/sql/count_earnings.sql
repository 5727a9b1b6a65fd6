-- A case counts once in every column that it reached; the first link says where and when it
-- belongs, the newest how it stands. Few cases have more than one link: those are put together by
-- an index of their own.
WITH later AS (
    SELECT DISTINCT ON (case_id) case_id, step, rebooking_state, status, refunded_at,
        token_expires_at, rebooking, original_participants,
        bool_or(mailed_at IS NOT NULL) OVER whole AS mailed,
        bool_or(status = 'used') OVER whole AS rebooked
    FROM miomente_partner_portal_rebooking_tokens WHERE step > 1
    WINDOW whole AS (PARTITION BY case_id) ORDER BY case_id, step DESC
), counted AS (
    SELECT t.partner_id, t.currency,
        extract(year FROM t.created_at AT TIME ZONE 'UTC')::int AS year,
        extract(month FROM t.created_at AT TIME ZONE 'UTC')::int AS month,
        t.mailed_at IS NOT NULL OR l.mailed AS mailed,
        EXISTS (SELECT FROM miomente_partner_portal_rebooking_audit AS a
            WHERE a.subject = 'token' AND a.event = 'page_opened'
                AND a.number = t.case_id) AS opened,
        t.status = 'used' OR l.rebooked AS rebooked,
        CASE WHEN l.step IS NULL THEN t.rebooking_state ELSE l.rebooking_state END AS state,
        CASE WHEN l.step IS NULL THEN t.status ELSE l.status END AS status,
        CASE WHEN l.step IS NULL THEN t.refunded_at ELSE l.refunded_at END AS refunded_at,
        CASE WHEN l.step IS NULL THEN t.token_expires_at ELSE l.token_expires_at END AS expires_at,
        CASE WHEN l.step IS NULL THEN t.rebooking ELSE l.rebooking END AS rebooking,
        CASE WHEN l.step IS NULL THEN t.original_participants
            ELSE l.original_participants END AS party
    FROM miomente_partner_portal_rebooking_tokens AS t
        LEFT JOIN later AS l ON l.case_id = t.case_id
    WHERE t.step = 1 AND t.created_at >= $1 AND t.created_at < $2
) SELECT now(), partner_id, year, month, currency, count(*) AS declined,
    count(*) FILTER (WHERE mailed) AS mailed,
    count(*) FILTER (WHERE opened) AS opened,
    count(*) FILTER (WHERE rebooked) AS rebooked,
    count(*) FILTER (WHERE state = 'confirmed') AS confirmed,
    count(*) FILTER (WHERE refunded_at IS NOT NULL) AS refunded,
    count(*) FILTER (WHERE status IN ('active', 'expired') AND expires_at <= now()) AS expired,
    coalesce(sum(coalesce((rebooking#>>'{paid,minor}')::bigint,
        (rebooking#>>'{unit_price,minor}')::bigint * party)) FILTER (
        WHERE state = 'confirmed' AND rebooking#>>'{unit_price,currency}' = currency
    ), 0)::bigint AS kept
FROM counted GROUP BY partner_id, year, month, currency ORDER BY partner_id, year, month, currency
