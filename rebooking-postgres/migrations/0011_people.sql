-- Addresses are searched by one spelling for all that name a mailbox. Rows from before have theirs in small letters only, which differs
-- where it is not ASCII: few, and all of them are looked at.
CREATE INDEX idx_rebooking_sought_unicode ON miomente_partner_portal_rebooking_tokens (sought_email)
    WHERE octet_length(sought_email) > char_length(sought_email);

-- Who asks to be forgotten, or what is stored about them, may have bookings that never became a case. "C" knows the letters of ASCII.
CREATE INDEX rebooking_requests_customer ON miomente_partner_portal_rebooking_requests
    ((lower((booking#>>'{customer,email}') COLLATE "C"))) WHERE token_case IS NULL;
CREATE INDEX rebooking_requests_customer_unicode ON miomente_partner_portal_rebooking_requests
    ((lower((booking#>>'{customer,email}') COLLATE "C")))
    WHERE token_case IS NULL AND octet_length(booking#>>'{customer,email}') > char_length(booking#>>'{customer,email}');

-- Why a case was forgotten stays when its notes are blanked.
CREATE OR REPLACE FUNCTION miomente_partner_portal_rebooking_forgotten() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens WHERE case_id = NEW.case_id AND forgotten_at IS NULL) THEN
        UPDATE miomente_partner_portal_rebooking_audit SET note = ''
            WHERE number = NEW.case_id AND subject <> 'date' AND note <> '' AND event <> 'forgotten';
    END IF;
    RETURN NULL;
END
$$;
-- The same for a booking that never became a case.
CREATE FUNCTION miomente_partner_portal_rebooking_request_forgotten() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens WHERE case_id = NEW.item_id AND forgotten_at IS NULL) THEN
        UPDATE miomente_partner_portal_rebooking_audit SET note = ''
            WHERE number = NEW.item_id AND subject = 'booking' AND note <> '' AND event <> 'forgotten';
    END IF;
    RETURN NULL;
END
$$;
DO $$
BEGIN
    -- With the rights of the owner no other path may be searched than the one that found our tables.
    EXECUTE format('ALTER FUNCTION miomente_partner_portal_rebooking_forgotten() SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION miomente_partner_portal_rebooking_request_forgotten() SET search_path = %I, pg_temp', current_schema());
END
$$;
CREATE TRIGGER forgetting_request_notes AFTER UPDATE ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL AND NEW.token_case IS NULL)
    EXECUTE FUNCTION miomente_partner_portal_rebooking_request_forgotten();

-- Who has signed out of the pages, until their sign-in would have ended by itself: one of them, or all that began up to a moment.
CREATE TABLE miomente_partner_portal_rebooking_sign_outs (
    who              text NOT NULL,
    sign_in          text NOT NULL,
    began_up_to      timestamptz,
    remembered_until timestamptz NOT NULL,
    PRIMARY KEY (who, sign_in)
);
