asked AS (
    INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place)
    SELECT v->>'key', (v->>'case_id')::bigint, (v->>'step')::bigint, v->>'lane', v->'kind', place
    FROM jsonb_array_elements($4::jsonb) WITH ORDINALITY AS given (v, place)
    WHERE {before}
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
)
