-- Ties to Feature 01's table. Each stops its writers until this migration is committed, so they come last, when nothing slow is left.
ALTER TABLE miomente_partner_portal_rebooking_requests
    ADD CONSTRAINT rebooking_requests_id_fkey FOREIGN KEY (id) REFERENCES miomente_partner_portal_booking_confirmations (id);
ALTER TABLE miomente_partner_portal_rebooking_tokens
    ADD CONSTRAINT rebooking_tokens_original_confirmation_id_fkey FOREIGN KEY (original_confirmation_id)
        REFERENCES miomente_partner_portal_booking_confirmations (id),
    ADD CONSTRAINT rebooking_tokens_new_confirmation_id_fkey FOREIGN KEY (new_confirmation_id)
        REFERENCES miomente_partner_portal_booking_confirmations (id);
