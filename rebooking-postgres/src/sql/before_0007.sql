-- 0007_stock asks of each request whether its booking has moved to an order of its own, and finds
-- no index for that: it would read all links for each request.
DO $$
BEGIN
    IF to_regclass('miomente_partner_portal_rebooking_tokens') IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_attribute WHERE attname = 'in_stock'
            AND attrelid = to_regclass('miomente_partner_portal_rebooking_requests')) THEN
        CREATE INDEX rebooking_tokens_before_0007
            ON miomente_partner_portal_rebooking_tokens (original_order_item_id)
            WHERE new_order_item_id <> original_order_item_id;
    END IF;
END
$$;
