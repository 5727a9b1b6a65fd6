-- After the dates are locked, in a statement of its own: what was committed before the lock is seen
-- here, and what is committed after it counts on top.
WITH brought AS (
    SELECT x.* FROM jsonb_to_recordset($1::jsonb) AS x ({definitions})
), parties AS (
    SELECT date_id, (booking->>'participants')::bigint AS places, live,
        in_stock AND (in_stock_since IS NULL OR in_stock_since < $2) AS seen
    FROM miomente_partner_portal_rebooking_requests
    WHERE live AND date_id IN (SELECT id FROM brought)
    UNION ALL
    SELECT date_id, (booking->>'participants')::bigint, live,
        in_stock_since IS NULL OR in_stock_since < $2
    FROM miomente_partner_portal_rebooking_requests
    WHERE in_stock AND NOT live AND date_id IN (SELECT id FROM brought)
), held AS (
    SELECT date_id, coalesce(sum(places) FILTER (WHERE live), 0) AS live,
        coalesce(sum(places) FILTER (WHERE seen), 0) AS in_stock
    FROM parties GROUP BY date_id
), was AS (
    SELECT id, offered FROM miomente_partner_portal_rebooking_dates
    WHERE id IN (SELECT id FROM brought)
), taken_over AS (
    UPDATE miomente_partner_portal_rebooking_dates AS d SET
        ({scheduled}) = ({scheduled values}),
        capacity = CASE x.places
            WHEN 'free there' THEN x.capacity - x.taken + coalesce(h.in_stock, 0)
            WHEN 'unknown' THEN d.capacity ELSE x.capacity END,
        taken = CASE x.places WHEN 'free there' THEN coalesce(h.live, 0) ELSE d.taken END,
        free_there = x.places = 'free there',
        offered = x.offered,
        read_at = $2,
        withdrawn_at = coalesce(d.withdrawn_at, CASE WHEN x.withdrawn THEN clock_timestamp() END)
    FROM brought AS x JOIN was ON was.id = x.id LEFT JOIN held AS h ON h.date_id = x.id
    WHERE d.id = x.id AND (d.read_at IS NULL OR d.read_at <= $2)
    RETURNING was.offered AND NOT x.offered AS dropped
), gone AS (
    UPDATE miomente_partner_portal_rebooking_dates AS d SET offered = false, read_at = $2
    FROM (SELECT id, offered FROM miomente_partner_portal_rebooking_dates
            WHERE course_id = $3 AND read_at <= $2 AND ends_at > now()) AS was
    WHERE was.id = d.id AND d.id NOT IN (SELECT id FROM brought)
    RETURNING was.offered AS dropped
)
SELECT count(*) FILTER (WHERE dropped)
FROM (SELECT dropped FROM taken_over UNION ALL SELECT dropped FROM gone) AS all_of_them
