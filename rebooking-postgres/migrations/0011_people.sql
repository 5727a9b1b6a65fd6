-- Addresses are searched by one spelling for all that name a mailbox. Rows from before have theirs in small letters only, which differs
-- where it is not ASCII: few, and all of them are looked at.
CREATE INDEX idx_rebooking_sought_unicode ON miomente_partner_portal_rebooking_tokens (sought_email)
    WHERE octet_length(sought_email) > char_length(sought_email);
