-- Where a course takes place, where somebody says it: the name of the place and its address.
ALTER TABLE miomente_partner_portal_rebooking_dates
    ADD COLUMN venue_name varchar(255),
    ADD COLUMN venue_address varchar(255);
ALTER TABLE miomente_partner_portal_rebooking_tokens
    ADD COLUMN venue_name varchar(255),
    ADD COLUMN venue_address varchar(255);
