-- A case counts once in every column that it reached, and one that came to a later step came to
-- those before: a choice implies an opening, be it by a program or by support. The first link says
-- where and when it belongs, the newest how it stands. Few cases have more than one link: those are
-- put together by an index of their own.
WITH later AS (
    SELECT DISTINCT ON (case_id) case_id, step, rebooking_state, status, refunded_at,
        token_expires_at, rebooking, original_participants,
        bool_or(mailed_at IS NOT NULL) OVER whole AS mailed,
        bool_or(status = 'used') OVER whole AS rebooked,
        min(rebooked_at) OVER whole AS chosen_at, original_price, original_paid
    FROM miomente_partner_portal_rebooking_tokens WHERE step > 1
    WINDOW whole AS (PARTITION BY case_id) ORDER BY case_id, step DESC
), counted AS (
    SELECT t.partner_id, t.currency, t.course_product_id AS course, t.course_name, t.created_at,
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
            ELSE l.original_participants END AS party,
        CASE WHEN l.step IS NULL
            THEN coalesce(t.original_paid, t.original_price * t.original_participants)
            ELSE coalesce(l.original_paid, l.original_price * l.original_participants)
            END AS paid_before,
        -- The earlier one; least() passes over what is not known.
        least(t.rebooked_at, l.chosen_at) AS chosen_at
    FROM miomente_partner_portal_rebooking_tokens AS t
        LEFT JOIN later AS l ON l.case_id = t.case_id
    WHERE t.step = 1 AND t.created_at >= $1 AND t.created_at < $2
        -- Where a row makes no sense its case is left out.
        AND t.case_id <> ALL ($3::bigint[])
), adjusted AS (
    SELECT *, state = 'confirmed' AS is_confirmed,
        state = 'confirmed' AND rebooking#>>'{unit_price,currency}' = currency AS is_kept,
        -- Whole minutes; a clock that was set back makes none of them negative. greatest() passes
        -- over what is not known, so a case without the step is kept out before.
        CASE WHEN chosen_at IS NOT NULL THEN
            greatest(floor(extract(epoch FROM chosen_at - created_at) / 60), 0)::bigint
            END AS to_choice,
        CASE WHEN state = 'confirmed' AND rebooking ? 'since' THEN greatest(
            floor(extract(epoch FROM (rebooking->>'since')::timestamptz - created_at) / 60), 0
            )::bigint END AS to_confirmation
    FROM counted
) SELECT now(), partner_id, course, max(course_name COLLATE "C") AS course_name, year, month,
    currency, count(*) AS declined,
    count(*) FILTER (WHERE mailed OR opened OR rebooked) AS mailed,
    count(*) FILTER (WHERE opened OR rebooked) AS opened,
    count(*) FILTER (WHERE rebooked) AS rebooked,
    count(*) FILTER (WHERE is_confirmed) AS confirmed,
    count(*) FILTER (WHERE refunded_at IS NOT NULL) AS refunded,
    count(*) FILTER (WHERE status IN ('active', 'expired') AND expires_at <= now()) AS expired,
    coalesce(sum(coalesce((rebooking#>>'{paid,minor}')::bigint,
        (rebooking#>>'{unit_price,minor}')::bigint * party)) FILTER (WHERE is_kept), 0)::bigint
        AS kept,
    coalesce(sum((rebooking#>>'{consequence,absorbed,minor}')::bigint)
        FILTER (WHERE is_kept), 0)::bigint AS absorbed,
    coalesce(sum((rebooking#>>'{consequence,refund,minor}')::bigint)
        FILTER (WHERE is_kept), 0)::bigint AS given_back,
    coalesce(sum((rebooking#>>'{consequence,to_pay,minor}')::bigint)
        FILTER (WHERE is_kept), 0)::bigint AS paid_more,
    coalesce(sum(paid_before) FILTER (WHERE refunded_at IS NOT NULL), 0)::text AS refunds,
    coalesce(array_agg(to_choice ORDER BY to_choice) FILTER (WHERE to_choice IS NOT NULL), '{}')
        AS to_choice,
    coalesce(array_agg(to_confirmation ORDER BY to_confirmation)
        FILTER (WHERE to_confirmation IS NOT NULL), '{}') AS to_confirmation
FROM adjusted GROUP BY partner_id, year, month, currency, course
ORDER BY partner_id, year, month, currency COLLATE "C", course
