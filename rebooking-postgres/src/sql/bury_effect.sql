WITH buried AS (
    UPDATE miomente_partner_portal_rebooking_effects SET state = 'dead', dead = true,
        leased_until = NULL, over_at = clock_timestamp(), last_error = $3
    WHERE id = $1 AND fence = $2 AND state = 'leased' RETURNING case_id, step
) INSERT INTO miomente_partner_portal_rebooking_audit (
    subject, number, step, at, actor, event, note)
SELECT 'token', case_id, step, clock_timestamp(), 'system', $4, '' FROM buried
