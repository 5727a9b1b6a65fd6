INSERT INTO miomente_partner_portal_rebooking_dates AS d ({scheduled}, id, taken, withdrawn_at)
SELECT {scheduled values}, x.id, x.taken, CASE WHEN x.withdrawn THEN clock_timestamp() END
FROM jsonb_to_recordset($1::jsonb) AS x ({definitions})
ORDER BY x.id
ON CONFLICT (id) DO UPDATE SET
    ({scheduled}, withdrawn_at, free_there, offered, read_at)
        = ({excluded values}, coalesce(d.withdrawn_at, excluded.withdrawn_at), false, true, NULL)
