-- A lane for events, which stays empty where the host has not switched them on.
CREATE OR REPLACE FUNCTION miomente_partner_portal_rebooking_effect_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    broken constant text := CASE
        WHEN NOT (NEW.attempts >= 0)
            THEN 'miomente_partner_portal_rebooking_effects_attempts_check'
        WHEN NOT (NEW.fence >= 0)
            THEN 'miomente_partner_portal_rebooking_effects_fence_check'
        WHEN NOT (NEW.lane IN ('orders', 'mail', 'tickets', 'events'))
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
