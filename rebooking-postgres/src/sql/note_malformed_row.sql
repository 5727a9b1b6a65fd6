-- Met again and again, it is written once an hour. True where it is new, or wrong in another way.
WITH known AS (
    SELECT FROM miomente_partner_portal_rebooking_malformed_rows AS m
    WHERE (m.table_name, m.row_id, m.column_name, m.why) = ($1, $2, $3, $4)
        AND m.seen_at > now() - interval '1 hour'
)
INSERT INTO miomente_partner_portal_rebooking_malformed_rows AS m (
    table_name, row_id, column_name, why, found_at, seen_at)
SELECT $1, $2, $3, $4, now(), now() WHERE NOT EXISTS (SELECT FROM known)
ON CONFLICT (table_name, row_id) DO UPDATE SET
    column_name = excluded.column_name, why = excluded.why, seen_at = excluded.seen_at,
    found_at = CASE WHEN (m.column_name, m.why) = (excluded.column_name, excluded.why)
        THEN m.found_at ELSE excluded.found_at END
RETURNING found_at = now()
