-- What an operator wants to know of a database: the tables and rights of grant_rights.sql, one by
-- one.
WITH needs (name, all_needed) AS (VALUES
    ('miomente_partner_portal_rebooking_tokens', 'SELECT,INSERT,UPDATE'),
    ('miomente_partner_portal_rebooking_requests', 'SELECT,INSERT,UPDATE'),
    ('miomente_partner_portal_rebooking_dates', 'SELECT,INSERT,UPDATE'),
    ('miomente_partner_portal_rebooking_effects', 'SELECT,INSERT,UPDATE'),
    ('miomente_partner_portal_rebooking_unclaimed_orders', 'SELECT,INSERT,UPDATE'),
    ('miomente_partner_portal_rebooking_audit', 'SELECT,INSERT'),
    ('miomente_partner_portal_rebooking_calendars', 'SELECT,INSERT,UPDATE,DELETE'),
    ('miomente_partner_portal_rebooking_sign_outs', 'SELECT,INSERT,UPDATE,DELETE'),
    ('miomente_partner_portal_rebooking_malformed_rows', 'SELECT,INSERT,UPDATE,DELETE'),
    ('miomente_partner_portal_rebooking_event_outage', 'SELECT,INSERT,UPDATE,DELETE'),
    ('miomente_partner_portal_rebooking_partners', 'SELECT'),
    ('miomente_partner_portal_rebooking_partner_courses', 'SELECT'),
    ('miomente_partner_portal_rebooking_migrations', 'SELECT'),
    ('miomente_partner_portal_booking_confirmations', 'SELECT,INSERT,UPDATE'))
SELECT current_setting('server_version'), current_setting('server_version_num')::int,
    pg_is_in_recovery() OR current_setting('default_transaction_read_only') <> 'off',
    current_setting('synchronous_commit') <> 'off',
    ARRAY(
        SELECT name FROM needs WHERE to_regclass(name) IS NULL ORDER BY name),
    ARRAY(
        SELECT needed || ' on ' || name FROM needs,
            unnest(string_to_array(all_needed, ',')) AS needed
            WHERE NOT has_table_privilege(to_regclass(name), needed)
            ORDER BY name, needed)
