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
