-- An event that was taken may be told once more: whoever takes it knows it by its id. All else that is done or skipped stays so.
DROP TRIGGER turning_an_effect_back ON miomente_partner_portal_rebooking_effects;
CREATE TRIGGER turning_an_effect_back BEFORE UPDATE ON miomente_partner_portal_rebooking_effects
    FOR EACH ROW WHEN (NEW.fence < OLD.fence OR OLD.state <> NEW.state AND (OLD.state = 'skipped'
        OR OLD.state = 'done' AND (NEW.state <> 'waiting' OR OLD.lane <> 'events')
        OR OLD.state = 'dead' AND NEW.state NOT IN ('waiting', 'skipped') OR NEW.state = 'leased' AND NEW.fence <= OLD.fence))
    EXECUTE FUNCTION miomente_partner_portal_rebooking_never();
