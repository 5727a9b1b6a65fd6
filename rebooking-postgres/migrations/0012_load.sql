-- Claims of effects, which every worker asks for all the time. In a function of its own, as one session plans it once: planned anew
-- each time it takes far longer than the claim itself. The plan that is kept must be right for a queue that is empty one moment and
-- long the next, so it goes by the indexes even where the table still fits on a page.
-- Two workers never wait for each other: what one is about to lease, the other skips. Among the effects of one case in one lane only
-- the oldest that is not over is taken. It is looked for one by one: as a join it would go through all of a long queue for each row.
CREATE FUNCTION miomente_partner_portal_rebooking_claim(in_lane text, at_most bigint, lease interval)
RETURNS SETOF miomente_partner_portal_rebooking_effects LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    RETURN QUERY
    WITH fresh AS MATERIALIZED (
        SELECT e.id, e.created_at, e.place FROM miomente_partner_portal_rebooking_effects AS e
        WHERE e.lane = in_lane AND e.over_at IS NULL AND NOT e.put_off
            AND e.due_at <= now() AND (e.leased_until IS NULL OR e.leased_until <= now())
            AND e.id = (SELECT oldest.id FROM miomente_partner_portal_rebooking_effects AS oldest
                WHERE oldest.case_id = e.case_id AND oldest.lane = e.lane AND oldest.over_at IS NULL AND oldest.step >= 0
                ORDER BY oldest.created_at, oldest.place, oldest.id LIMIT 1)
        ORDER BY e.created_at, e.place, e.id LIMIT at_most FOR UPDATE SKIP LOCKED
    ), put_off AS MATERIALIZED (
        SELECT e.id, e.created_at, e.place FROM miomente_partner_portal_rebooking_effects AS e
        WHERE e.lane = in_lane AND e.over_at IS NULL AND e.put_off
            AND e.due_at <= now() AND (e.leased_until IS NULL OR e.leased_until <= now())
            AND e.id = (SELECT oldest.id FROM miomente_partner_portal_rebooking_effects AS oldest
                WHERE oldest.case_id = e.case_id AND oldest.lane = e.lane AND oldest.over_at IS NULL AND oldest.step >= 0
                ORDER BY oldest.created_at, oldest.place, oldest.id LIMIT 1)
        ORDER BY e.due_at LIMIT at_most FOR UPDATE SKIP LOCKED
    ), ready AS (
        SELECT due.id FROM (SELECT * FROM fresh UNION ALL SELECT * FROM put_off) AS due
        ORDER BY due.created_at, due.place, due.id LIMIT at_most
    )
    UPDATE miomente_partner_portal_rebooking_effects AS e SET state = 'leased', fence = e.fence + 1, attempts = e.attempts + 1,
        leased_until = now() + lease
    FROM ready WHERE e.id = ready.id RETURNING e.*;
END
$$;



-- What a row may hold, asked in functions that a session prepares once. A statement reads every CHECK of its table anew, whatever it
-- writes, and there were sixty of them in the way of a choice: a third of its time. CHECK is what the portal's own column has, and what
-- stands behind the places of a date. What is refused is refused under the same name as before.

-- What is written of a link when it is issued, and what changes.
CREATE FUNCTION miomente_partner_portal_rebooking_link_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.original_participants >= 1 AND NEW.original_participants <= 1000)
            THEN 'miomente_partner_portal_rebooking_t_original_participants_check'
        WHEN NOT (NEW.customer_language IN ('de', 'en'))
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
        WHEN NOT (NEW.partner_language IN ('de', 'en'))
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
CREATE FUNCTION miomente_partner_portal_rebooking_link_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.attempts >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_attempts_check'
        WHEN NOT (NEW.cancel_reason IN ('support', 'refunded', 'order_cancelled', 'superseded'))
            THEN 'miomente_partner_portal_rebooking_tokens_cancel_reason_check'
        WHEN NOT (NEW.rebooking_state IN ('ordering', 'awaiting_partner', 'confirmed', 'declined_again', 'rejected', 'cancelled'))
            THEN 'miomente_partner_portal_rebooking_tokens_rebooking_state_check'
        WHEN NOT (NEW.renewals >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_renewals_check'
        WHEN NOT (NEW.version >= 0)
            THEN 'miomente_partner_portal_rebooking_tokens_version_check'
        WHEN NOT (((NEW.status = 'cancelled') = (NEW.cancelled_at IS NOT NULL))
            AND ((NEW.cancelled_at IS NULL) = (NEW.cancel_reason IS NULL)))
            THEN 'rebooking_tokens_cancelled'
        WHEN NOT (NEW.status <> 'expired' OR (NEW.expired_at IS NOT NULL))
            THEN 'rebooking_tokens_expired'
        WHEN NOT (NEW.forgotten_at IS NULL OR NEW.customer_email = '' AND NEW.customer_name = '' AND NEW.sought_email = ''
            AND NEW.sought_name = '' AND NEW.reason = '')
            THEN 'rebooking_tokens_forgotten'
        WHEN NOT ((NEW.odoo_ticket_id IS NULL) = (NEW.ticket_number IS NULL))
            THEN 'rebooking_tokens_ticket'
        WHEN NOT (((NEW.status = 'used') = (NEW.rebooking IS NOT NULL))
            AND ((NEW.status = 'used') = (NEW.rebooking_state IS NOT NULL))
            AND ((NEW.status = 'used') = (NEW.rebooked_at IS NOT NULL))
            AND ((NEW.status = 'used') = (NEW.new_date IS NOT NULL)))
            THEN 'rebooking_tokens_used'
        WHEN NOT (NEW.rebooked_at < NEW.token_expires_at)
            THEN 'rebooking_tokens_used_in_time'
        WHEN NOT (least(NEW.token_expires_at, NEW.rebooked_at, NEW.cancelled_at, NEW.mailed_at, NEW.reminded_at, NEW.expired_at,
            NEW.forgotten_at, NEW.order_gone_at, NEW.refunded_at, NEW.over_at) >= '0001-01-01 00:00+00'::timestamptz
            AND greatest(NEW.token_expires_at, NEW.rebooked_at, NEW.cancelled_at, NEW.mailed_at, NEW.reminded_at, NEW.expired_at,
            NEW.forgotten_at, NEW.order_gone_at, NEW.refunded_at, NEW.over_at) < '10000-01-01 00:00+00'::timestamptz)
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
CREATE TRIGGER verifying_state BEFORE INSERT OR UPDATE ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_link_state();

CREATE FUNCTION miomente_partner_portal_rebooking_request_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (octet_length(NEW.answer_nonce) = 16)
            THEN 'miomente_partner_portal_rebooking_requests_answer_nonce_check'
        WHEN NOT (NEW.state IN ('waiting', 'pending', 'confirmed', 'declined', 'withdrawn'))
            THEN 'miomente_partner_portal_rebooking_requests_state_check'
        WHEN NOT (NEW.in_stock OR (NEW.in_stock_since IS NULL))
            THEN 'rebooking_requests_in_stock'
        WHEN NOT (((NEW.answer_key IS NULL) = (NEW.answer_digest IS NULL))
            AND ((NEW.answer_key IS NULL) = (NEW.answer_nonce IS NULL)))
            THEN 'rebooking_requests_stamp'
        WHEN NOT ((NEW.token_case IS NULL) = (NEW.token_step IS NULL))
            THEN 'rebooking_requests_token'
        END;
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verifying_state BEFORE INSERT OR UPDATE ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_request_state();

CREATE FUNCTION miomente_partner_portal_rebooking_effect_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.attempts >= 0)
            THEN 'miomente_partner_portal_rebooking_effects_attempts_check'
        WHEN NOT (NEW.fence >= 0)
            THEN 'miomente_partner_portal_rebooking_effects_fence_check'
        WHEN NOT (NEW.lane IN ('orders', 'mail', 'tickets'))
            THEN 'miomente_partner_portal_rebooking_effects_lane_check'
        WHEN NOT (NEW.place > 0)
            THEN 'miomente_partner_portal_rebooking_effects_place_check'
        WHEN NOT (octet_length(NEW.progress) <= 4096)
            THEN 'miomente_partner_portal_rebooking_effects_progress_check'
        WHEN NOT (NEW.state IN ('waiting', 'leased', 'done', 'dead', 'skipped'))
            THEN 'miomente_partner_portal_rebooking_effects_state_check'
        WHEN NOT (NEW.step >= 0)
            THEN 'miomente_partner_portal_rebooking_effects_step_check'
        WHEN NOT ((NEW.state = 'leased') = (NEW.leased_until IS NOT NULL))
            THEN 'rebooking_effects_leased'
        WHEN NOT (((NEW.over_at IS NULL) = (NEW.state IN ('waiting', 'leased'))) AND (NEW.dead = (NEW.state = 'dead')))
            THEN 'rebooking_effects_over'
        WHEN NOT ((least(NEW.created_at, NEW.since, NEW.due_at, NEW.leased_until, NEW.over_at) >= '0001-01-01 00:00+00'::timestamptz)
            AND (greatest(NEW.created_at, NEW.since, NEW.due_at, NEW.leased_until, NEW.over_at) < '10000-01-01 00:00+00'::timestamptz))
            THEN 'rebooking_effects_times'
        END;
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verifying_state BEFORE INSERT OR UPDATE ON miomente_partner_portal_rebooking_effects
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_effect_state();

CREATE FUNCTION miomente_partner_portal_rebooking_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.actor IN ('customer', 'partner', 'support', 'shop', 'system'))
            THEN 'miomente_partner_portal_rebooking_audit_actor_check'
        WHEN NOT (NEW.subject IN ('token', 'booking', 'date'))
            THEN 'miomente_partner_portal_rebooking_audit_subject_check'
        WHEN NOT (((NEW.actor = 'partner') = (NEW.partner_id IS NOT NULL))
            AND ((NEW.actor = 'support') = (NEW.support IS NOT NULL)))
            THEN 'rebooking_audit_actor'
        WHEN NOT ((NEW.subject = 'token') = (NEW.step IS NOT NULL))
            THEN 'rebooking_audit_step'
        END;
BEGIN
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'new row for relation "%" violates check constraint "%"', TG_TABLE_NAME, broken
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = broken;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verifying_state BEFORE INSERT OR UPDATE ON miomente_partner_portal_rebooking_audit
    FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_rebooking_entry();

-- A choice, which takes places, runs nothing here.
CREATE FUNCTION miomente_partner_portal_rebooking_date_facts() RETURNS trigger LANGUAGE plpgsql AS $$
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
        WHEN NOT (NEW.partner_language IN ('de', 'en'))
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

DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint WHERE contype = 'c' AND (conrelid, conname) IN (
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_t_original_participants_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_token_customer_language_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_attempts_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_cancel_reason_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_cause_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_currency_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_declines_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_nonce_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_original_paid_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_original_price_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_partner_language_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_rebooking_state_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_renewals_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_step_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_token_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'miomente_partner_portal_rebooking_tokens_version_check'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_cancelled'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_expired'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_forgotten'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_span'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_ticket'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_times'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_used'),
        ('miomente_partner_portal_rebooking_tokens'::regclass, 'rebooking_tokens_used_in_time'),
        ('miomente_partner_portal_rebooking_requests'::regclass, 'miomente_partner_portal_rebooking_requests_answer_nonce_check'),
        ('miomente_partner_portal_rebooking_requests'::regclass, 'miomente_partner_portal_rebooking_requests_state_check'),
        ('miomente_partner_portal_rebooking_requests'::regclass, 'rebooking_requests_in_stock'),
        ('miomente_partner_portal_rebooking_requests'::regclass, 'rebooking_requests_stamp'),
        ('miomente_partner_portal_rebooking_requests'::regclass, 'rebooking_requests_token'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_capacity_check'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_check'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_check1'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_currency_check'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_partner_language_check'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'miomente_partner_portal_rebooking_dates_price_check'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'rebooking_dates_partner'),
        ('miomente_partner_portal_rebooking_dates'::regclass, 'rebooking_dates_times'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_attempts_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_fence_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_lane_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_place_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_progress_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_state_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'miomente_partner_portal_rebooking_effects_step_check'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'rebooking_effects_leased'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'rebooking_effects_over'),
        ('miomente_partner_portal_rebooking_effects'::regclass, 'rebooking_effects_times'),
        ('miomente_partner_portal_rebooking_audit'::regclass, 'miomente_partner_portal_rebooking_audit_actor_check'),
        ('miomente_partner_portal_rebooking_audit'::regclass, 'miomente_partner_portal_rebooking_audit_subject_check'),
        ('miomente_partner_portal_rebooking_audit'::regclass, 'rebooking_audit_actor'),
        ('miomente_partner_portal_rebooking_audit'::regclass, 'rebooking_audit_step'))
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', old.of_table, old.conname);
    END LOOP;
END
$$;
