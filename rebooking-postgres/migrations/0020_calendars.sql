-- The secret address at which a partner's calendar program reads what they have confirmed. From its
-- digest no address can be made.
CREATE TABLE miomente_partner_portal_rebooking_calendars (
    partner_id bigint PRIMARY KEY,
    digest     varchar(64) NOT NULL CONSTRAINT rebooking_calendars_digest UNIQUE
        CHECK (digest ~ '^[0-9a-f]{64}$'),
    since      timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What such a program reads every hour, however much its partner has ever confirmed. Moments of a
-- document are all written alike, in UTC, so that their texts have the same order.
CREATE INDEX rebooking_requests_calendar ON miomente_partner_portal_rebooking_requests
    (partner_id, ((booking#>>'{slot,ends_at}') COLLATE "C"), id)
    WHERE state = 'confirmed' AND forgotten_at IS NULL;
