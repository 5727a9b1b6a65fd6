-- What the shop's stock carries beside the requests that move on, which say so themselves.
note_stock AS (
    UPDATE miomente_partner_portal_rebooking_requests AS r SET
        in_stock = r.id = ANY ($11::bigint[]),
        in_stock_since = CASE WHEN r.id = ANY ($11::bigint[]) THEN clock_timestamp() END
    WHERE (r.id = ANY ($11::bigint[]) OR r.item_id = ANY ($12::bigint[])) AND {before}
        AND NOT EXISTS (SELECT FROM jsonb_array_elements($9::jsonb) AS v
            WHERE (v->>'id')::bigint = r.id)
    RETURNING 1
)
