-- Support's worklist: cases by what they need. Few do, so each of these is small, however many cases there are.
-- In a new database our tables are still empty here, so Feature 01's writers, whom the ties keep waiting, do not wait for this.
CREATE INDEX rebooking_effects_failed ON miomente_partner_portal_rebooking_effects (case_id) WHERE dead;
CREATE INDEX idx_rebooking_wishes ON miomente_partner_portal_rebooking_tokens (created_at, case_id, step)
    WHERE status IN ('active', 'expired') AND forgotten_at IS NULL AND wishes @? '$[*] ? (@.answered_at == null)';
CREATE INDEX rebooking_audit_no_dates ON miomente_partner_portal_rebooking_audit (id, number, step)
    WHERE subject = 'token' AND event = 'no_dates_found';
