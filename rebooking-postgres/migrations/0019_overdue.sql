-- When a partner who does not answer was reminded of a request, and since when support is told so.
ALTER TABLE miomente_partner_portal_rebooking_requests
    ADD COLUMN reminded_at timestamptz,
    ADD COLUMN silent_at timestamptz;

-- What the sweep looks through, and what support's worklist has: few wait at once.
CREATE INDEX rebooking_requests_unanswered ON miomente_partner_portal_rebooking_requests (opened_at)
    WHERE state = 'pending' AND answer_digest IS NOT NULL AND silent_at IS NULL;
CREATE INDEX rebooking_requests_silent ON miomente_partner_portal_rebooking_requests (opened_at)
    WHERE state = 'pending' AND silent_at IS NOT NULL;

-- A moment as a document has it; none for a text that is no moment, so that one row that makes no
-- sense keeps no other from being found.
CREATE FUNCTION miomente_partner_portal_rebooking_moment(told text) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE WHEN isfinite(told::timestamptz) THEN told::timestamptz END;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END
$$;
