-- Since when nobody has taken events, and whether they are switched off: one row while there is an outage, for all processes.
CREATE TABLE miomente_partner_portal_rebooking_event_outage (
    only_one boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_one),
    since    timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    off_at   timestamptz,
    error    text NOT NULL
);
