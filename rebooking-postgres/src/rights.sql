-- What the application does and nothing more: history can be added to and read, and nothing can be deleted.
GRANT SELECT, INSERT, UPDATE ON
    miomente_partner_portal_rebooking_tokens,
    miomente_partner_portal_rebooking_requests,
    miomente_partner_portal_rebooking_dates,
    miomente_partner_portal_rebooking_effects
    TO rebooking_app;
GRANT SELECT, INSERT ON miomente_partner_portal_rebooking_audit TO rebooking_app;
GRANT SELECT, INSERT, UPDATE ON miomente_partner_portal_booking_confirmations TO rebooking_app;
REVOKE UPDATE, DELETE, TRUNCATE ON miomente_partner_portal_rebooking_audit FROM rebooking_app;
-- Feature 01 may number its rows by a sequence of its own.
DO $$
DECLARE
    numbers text := pg_get_serial_sequence('miomente_partner_portal_booking_confirmations', 'id');
BEGIN
    IF numbers IS NOT NULL THEN
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO rebooking_app', numbers);
    END IF;
END
$$;
