-- A standby answers, but cannot be written.
SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') <> 'off',
    current_setting('synchronous_commit') <> 'off', (
        SELECT bool_and(coalesce(has_table_privilege(
            to_regclass('miomente_partner_portal_rebooking_' || name), needed), false))
        FROM (VALUES
                ('tokens', 'SELECT,INSERT,UPDATE'), ('requests', 'SELECT,INSERT,UPDATE'),
                ('dates', 'SELECT,INSERT,UPDATE'), ('effects', 'SELECT,INSERT,UPDATE'),
                ('audit', 'SELECT,INSERT'), ('migrations', 'SELECT')) AS tables (name, all_needed),
            unnest(string_to_array(all_needed, ',')) AS needed)
