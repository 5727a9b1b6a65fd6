-- What the application does and nothing more: history can be added to and read, and nothing of a
-- case can be deleted.
DO $$
DECLARE
    needed text;
BEGIN
    -- The schemas of the tables, ours and Feature 01's.
    FOR needed IN SELECT DISTINCT c.relnamespace::regnamespace::text FROM pg_class c
        WHERE c.oid IN ('miomente_partner_portal_rebooking_tokens'::regclass,
            'miomente_partner_portal_booking_confirmations'::regclass)
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %s TO rebooking_app', needed);
    END LOOP;
    -- What statements and triggers call with the rights of the caller.
    FOR needed IN SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.oid IN (to_regproc('miomente_partner_portal_rebooking_lost'),
            to_regproc('miomente_partner_portal_rebooking_claim'),
            to_regproc('miomente_partner_portal_rebooking_moment'),
            to_regproc('miomente_partner_portal_rebooking_ask'),
            to_regproc('miomente_partner_portal_rebooking_tell'),
            to_regproc('miomente_partner_portal_rebooking_forget'))
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO rebooking_app', needed);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON
    miomente_partner_portal_rebooking_tokens,
    miomente_partner_portal_rebooking_requests,
    miomente_partner_portal_rebooking_dates,
    miomente_partner_portal_rebooking_effects,
    miomente_partner_portal_rebooking_unclaimed_orders
    TO rebooking_app;
GRANT SELECT, INSERT ON miomente_partner_portal_rebooking_audit TO rebooking_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    miomente_partner_portal_rebooking_calendars,
    miomente_partner_portal_rebooking_sign_outs,
    miomente_partner_portal_rebooking_event_outage,
    miomente_partner_portal_rebooking_malformed_rows
    TO rebooking_app;
-- The host's list of partners.
GRANT SELECT ON
    miomente_partner_portal_rebooking_partners,
    miomente_partner_portal_rebooking_partner_courses
    TO rebooking_app;
-- To see at its start that nothing is to be migrated.
GRANT SELECT ON miomente_partner_portal_rebooking_migrations TO rebooking_app;
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
