-- Nothing is opened for a token that has visibly moved on; whether it really has not, the update
-- below decides. One that is issued as used has no version yet; whether it is new is decided below
-- as well.
open_confirmation AS (
    INSERT INTO miomente_partner_portal_rebooking_requests (
        order_id, item_id, date_id, partner_id, state, booking, token_case, token_step,
        answer_key, answer_nonce, answer_digest, in_stock)
    SELECT x.order_id, x.item_id, x.date_id, x.partner_id, 'waiting', x.booking, x.token_case,
        x.token_step, x.answer_key, x.answer_nonce, x.answer_digest, false
    FROM {confirmations}
    WHERE x.version IS NULL OR EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = x.token_case AND t.step = x.token_step
                AND t.version = x.version -- guard: token
            )
    RETURNING id, token_case, token_step
)
