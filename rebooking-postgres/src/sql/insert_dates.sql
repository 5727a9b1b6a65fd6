-- Dates that are new, with places as a schedule counts them that leaves the counting to us.
INSERT INTO miomente_partner_portal_rebooking_dates AS d
    ({scheduled}, id, capacity, taken, offered, withdrawn_at)
SELECT {scheduled values}, x.id, x.capacity, x.taken, x.offered,
    CASE WHEN x.withdrawn THEN clock_timestamp() END
FROM jsonb_to_recordset($1::jsonb) AS x ({definitions})
ORDER BY x.id
ON CONFLICT (id) DO NOTHING
