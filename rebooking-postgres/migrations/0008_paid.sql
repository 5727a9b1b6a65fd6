-- What was paid is a sum of the party: a discounted order has no price for each that adds up to it. original_price stays the price of
-- one place by the list. Rows from before have no sum; nothing was known of discounts then, so it is original_price times
-- original_participants for them, and nothing is rewritten here while customers wait.
ALTER TABLE miomente_partner_portal_rebooking_tokens
    ADD COLUMN original_paid numeric(20, 3) CHECK (original_paid >= 0);
COMMENT ON COLUMN miomente_partner_portal_rebooking_tokens.original_paid IS
    'What the party has paid in all, refunds taken off; where it is null, original_price * original_participants.';
