-- A choice with a linked order whose order was still to be made when 0007 was applied: the shop may close the original with it, so from the
-- choice on its places are what the shop says. 0007 went by orders that were made, and the triggers of 0010 by choices that came later.
UPDATE miomente_partner_portal_rebooking_requests AS r SET in_stock = false, in_stock_since = NULL
FROM miomente_partner_portal_rebooking_tokens AS t
WHERE r.in_stock AND r.item_id = t.original_order_item_id
    AND t.status = 'used' AND t.rebooking_state = 'ordering' AND t.rebooking->>'strategy' = 'linked_order';
