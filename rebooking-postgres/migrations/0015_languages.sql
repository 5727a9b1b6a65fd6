-- A language is a tag (BCP 47) of at most 35 letters, and no longer one of two. The usual ones are asked for first: reading a pattern
-- takes longer. A trigger that names a column keeps its type, so it is made anew.
DROP TRIGGER verifying_facts ON miomente_partner_portal_rebooking_tokens;
ALTER TABLE miomente_partner_portal_rebooking_tokens
    ALTER COLUMN partner_language TYPE varchar(35), ALTER COLUMN customer_language TYPE varchar(35);
CREATE OR REPLACE FUNCTION miomente_partner_portal_rebooking_link_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.original_participants >= 1 AND NEW.original_participants <= 1000)
            THEN 'miomente_partner_portal_rebooking_t_original_participants_check'
        WHEN NOT (NEW.customer_language IN ('de', 'en', 'fr') OR NEW.customer_language ~ '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$')
            THEN 'miomente_partner_portal_rebooking_token_customer_language_check'
        WHEN NOT (NEW.cause IN ('declined', 'date_withdrawn', 'by_hand', 'replaced', 'order_refused'))
            THEN 'miomente_partner_portal_rebooking_tokens_cause_check'
        WHEN NOT ((NEW.starts_at AT TIME ZONE NEW.zone) IS NOT NULL)
            THEN 'miomente_partner_portal_rebooking_tokens_check'
        WHEN NOT (NEW.currency ~ '^[A-Z]{3}$')
            THEN 'miomente_partner_portal_rebooking_tokens_currency_check'
        WHEN NOT (NEW.declines >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_declines_check'
        WHEN NOT (octet_length(NEW.nonce) = 16)
            THEN 'miomente_partner_portal_rebooking_tokens_nonce_check'
        WHEN NOT (NEW.original_paid >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_original_paid_check'
        WHEN NOT (NEW.original_price >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_original_price_check'
        WHEN NOT (NEW.partner_language IN ('de', 'en', 'fr') OR NEW.partner_language ~ '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$')
            THEN 'miomente_partner_portal_rebooking_tokens_partner_language_check'
        WHEN NOT (NEW.step > 0)
            THEN 'miomente_partner_portal_rebooking_tokens_step_check'
        WHEN NOT (NEW.token ~ '^[0-9a-f]{64}$')
            THEN 'miomente_partner_portal_rebooking_tokens_token_check'
        WHEN NOT (NEW.ends_at >= NEW.starts_at)
            THEN 'rebooking_tokens_span'
        WHEN NOT (least(NEW.created_at, NEW.starts_at, NEW.ends_at) >= '0001-01-01 00:00+00'::timestamptz
            AND greatest(NEW.created_at, NEW.starts_at, NEW.ends_at) < '10000-01-01 00:00+00'::timestamptz)
            THEN 'rebooking_tokens_times'
        END;
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verifying_facts BEFORE INSERT OR UPDATE OF
    original_participants, original_price, token, created_at, step, cause, declines, nonce, starts_at, ends_at, zone,
    partner_language, customer_language, currency, original_paid ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_link_facts();

DROP TRIGGER verifying_facts ON miomente_partner_portal_rebooking_dates;
ALTER TABLE miomente_partner_portal_rebooking_dates ALTER COLUMN partner_language TYPE varchar(35);
CREATE OR REPLACE FUNCTION miomente_partner_portal_rebooking_date_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.capacity >= 0)
            THEN 'miomente_partner_portal_rebooking_dates_capacity_check'
        WHEN NOT (NEW.ends_at >= NEW.starts_at)
            THEN 'miomente_partner_portal_rebooking_dates_check'
        WHEN NOT ((NEW.starts_at AT TIME ZONE NEW.zone) IS NOT NULL)
            THEN 'miomente_partner_portal_rebooking_dates_check1'
        WHEN NOT (NEW.currency ~ '^[A-Z]{3}$')
            THEN 'miomente_partner_portal_rebooking_dates_currency_check'
        WHEN NOT (NEW.partner_language IN ('de', 'en', 'fr') OR NEW.partner_language ~ '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$')
            THEN 'miomente_partner_portal_rebooking_dates_partner_language_check'
        WHEN NOT (NEW.price >= 0)
            THEN 'miomente_partner_portal_rebooking_dates_price_check'
        WHEN NOT (((NEW.partner_id IS NULL) = (NEW.partner_email IS NULL))
            AND ((NEW.partner_id IS NULL) = (NEW.partner_language IS NULL)))
            THEN 'rebooking_dates_partner'
        WHEN NOT ((NEW.starts_at >= '0001-01-01 00:00+00'::timestamptz)
            AND (NEW.ends_at < '10000-01-01 00:00+00'::timestamptz))
            THEN 'rebooking_dates_times'
        END;
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verifying_facts BEFORE INSERT OR UPDATE OF
    starts_at, ends_at, zone, partner_id, partner_email, partner_language, capacity, price, currency
    ON miomente_partner_portal_rebooking_dates
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_date_facts();

-- The list of partners where it is ours, as 0006_partners made it; a host's own has its own rules.
DO $$
DECLARE
    ours constant text := 'miomente_partner_portal_rebooking_partners_language_check';
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('miomente_partner_portal_rebooking_partners') AND conname = ours) THEN
        EXECUTE format('ALTER TABLE miomente_partner_portal_rebooking_partners DROP CONSTRAINT %I', ours);
        ALTER TABLE miomente_partner_portal_rebooking_partners ALTER COLUMN language TYPE varchar(35);
        EXECUTE format('ALTER TABLE miomente_partner_portal_rebooking_partners ADD CONSTRAINT %I CHECK (language ~ %L)', ours,
            '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$');
    END IF;
END
$$;
