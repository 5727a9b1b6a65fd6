-- All effects of a change are asked for at one moment; their places tell them apart.
asked AS (
    WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at)
    INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place, created_at, since, due_at)
    SELECT v->>'key', (v->>'case_id')::bigint, (v->>'step')::bigint, v->>'lane', v->'kind', place, at, at, at
    FROM jsonb_array_elements($4::jsonb) WITH ORDINALITY AS given (v, place), moment
    WHERE {before}
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
)
