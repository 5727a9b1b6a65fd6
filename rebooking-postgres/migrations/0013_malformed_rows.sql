-- Rows that make no sense, so that people hear of each once, in whichever process it was met, and see what is still to be mended.
CREATE TABLE miomente_partner_portal_rebooking_malformed_rows (
    table_name  text NOT NULL,
    row_id      text NOT NULL,
    column_name text NOT NULL,
    why         text NOT NULL,
    found_at    timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    PRIMARY KEY (table_name, row_id)
);
