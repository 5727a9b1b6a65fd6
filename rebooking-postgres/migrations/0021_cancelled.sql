-- What a partner's calendar program is told of bookings that the partner had confirmed and that were
-- called off before their date, however many were answered before.
CREATE INDEX rebooking_requests_cancelled ON miomente_partner_portal_rebooking_requests
    (partner_id, ((booking#>>'{slot,ends_at}') COLLATE "C"), id)
    WHERE NOT live AND forgotten_at IS NULL;
