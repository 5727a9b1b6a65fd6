-- Dates that a shop counts, too: what its stock carries of our parties, and what an import has said of each date.
ALTER TABLE miomente_partner_portal_rebooking_requests
    -- Whether the shop's stock carries the party, on it or gone; and since when, for one that was not bought there.
    ADD COLUMN in_stock boolean NOT NULL DEFAULT true,
    ADD COLUMN in_stock_since timestamptz,
    ADD CONSTRAINT rebooking_requests_in_stock CHECK (in_stock OR in_stock_since IS NULL);
-- A rebooking has taken places of the shop's where it has an order of its own there. The shop has given back those of an order that
-- was cancelled, and of one that a linked order stands in for. Where it has not, a place too few is on offer for a while.
UPDATE miomente_partner_portal_rebooking_requests AS r SET in_stock = false
    WHERE r.state = 'withdrawn'
        OR EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = r.token_case AND t.step = r.token_step
                AND (t.new_order_item_id IS NULL OR t.new_order_item_id = t.original_order_item_id))
        OR NOT r.live AND EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.original_order_item_id = r.item_id AND t.new_order_item_id <> t.original_order_item_id);
CREATE INDEX rebooking_requests_left ON miomente_partner_portal_rebooking_requests (date_id) WHERE in_stock AND NOT live;

ALTER TABLE miomente_partner_portal_rebooking_dates
    -- Whether `capacity` follows what is still free in the shop, whether the shop offers it, and when the reading began that was
    -- imported last; none for a date of the host's own.
    ADD COLUMN free_there boolean NOT NULL DEFAULT false,
    ADD COLUMN offered boolean NOT NULL DEFAULT true,
    ADD COLUMN read_at timestamptz;
