insert_audit AS (
    INSERT INTO miomente_partner_portal_rebooking_audit (
        subject, number, step, at, actor, partner_id, support, event, note, change)
    SELECT x.*, $1::uuid FROM {audit}
    WHERE {before}
    ON CONFLICT (number, step, event)
        WHERE subject = 'token' AND event IN ('page_opened', 'no_dates_found') DO NOTHING
    RETURNING 1
)
