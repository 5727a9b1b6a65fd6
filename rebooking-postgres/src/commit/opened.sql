-- Nothing is opened for a token that has visibly moved on; whether it really has not, the update below decides.
opened AS (
    INSERT INTO miomente_partner_portal_rebooking_requests (
        order_id, item_id, date_id, partner_id, state, booking, token_case, token_step, answer_key, answer_nonce, answer_digest)
    SELECT r.order_id, r.item_id, r.date_id, r.partner_id, r.state, r.booking, r.token_case, r.token_step,
        r.answer_key, r.answer_nonce, r.answer_digest
    FROM jsonb_array_elements($2::jsonb) AS v
        CROSS JOIN LATERAL jsonb_populate_record(NULL::miomente_partner_portal_rebooking_requests, v->'row') AS r
    WHERE v->>'op' = 'open'
        AND EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = r.token_case AND t.step = r.token_step
                AND t.version = (v->>'version')::bigint -- guard: token
            )
    RETURNING id, token_case, token_step
)
