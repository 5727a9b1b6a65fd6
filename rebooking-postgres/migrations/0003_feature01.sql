-- The one place where we write Feature 01's table, fitted to the columns that it has. A host whose Feature 01 needs more makes
-- functions of its own before it migrates, and they are used instead: miomente_partner_portal_rebooking_ask(request jsonb), which
-- opens a request and returns its number, and miomente_partner_portal_rebooking_tell(number bigint, state text).
DO $$
DECLARE
    theirs regclass := 'miomente_partner_portal_booking_confirmations'::regclass;
    ours   boolean := obj_description(theirs, 'pg_class') LIKE 'Made by rebooking-postgres%';
    known  constant text[] := ARRAY[
        ['order_id', 'NEW.order_id'], ['order_item_id', 'NEW.item_id'], ['item_id', 'NEW.item_id'], ['partner_id', 'NEW.partner_id'],
        ['order_number', 'NEW.booking->>''order_number'''], ['order_increment_id', 'NEW.booking->>''order_number'''],
        ['course_product_id', 'NEW.booking#>>''{course,id}'''], ['product_id', 'NEW.booking#>>''{course,id}'''],
        ['course_sku', 'NEW.booking#>>''{course,sku}'''], ['product_sku', 'NEW.booking#>>''{course,sku}'''],
        ['sku', 'NEW.booking#>>''{course,sku}'''],
        ['course_name', 'NEW.booking#>>''{course,name}'''], ['product_name', 'NEW.booking#>>''{course,name}'''],
        ['customer_email', 'NEW.booking#>>''{customer,email}'''], ['customer_name', 'NEW.booking#>>''{customer,name}'''],
        ['participants', 'NEW.booking->>''participants'''], ['quantity', 'NEW.booking->>''participants'''],
        ['partner_email', 'NEW.booking#>>''{partner,email}'''],
        ['course_date', 'date_trunc(''day'', (NEW.booking#>>''{slot,starts_at}'')::timestamptz AT TIME ZONE (NEW.booking#>>''{slot,zone}''))'],
        ['booking_date', 'date_trunc(''day'', (NEW.booking#>>''{slot,starts_at}'')::timestamptz AT TIME ZONE (NEW.booking#>>''{slot,zone}''))'],
        ['confirmation_token', 'coalesce(NEW.answer_digest, md5(random()::text) || md5(random()::text))'],
        ['token', 'coalesce(NEW.answer_digest, md5(random()::text) || md5(random()::text))'],
        ['token_expires_at', '(NEW.booking#>>''{slot,starts_at}'')::timestamptz'],
        ['expires_at', '(NEW.booking#>>''{slot,starts_at}'')::timestamptz'],
        ['status', CASE WHEN ours THEN 'NEW.state' ELSE '''pending''' END]];
    names  text := '';
    values text := '';
    needed text;
    said   text;
    i      int;
    wanted text;
BEGIN
    FOR i IN 1 .. array_length(known, 1) LOOP
        SELECT format('%I', a.attname), format('(%s)::%s', known[i][2], format_type(a.atttypid, a.atttypmod))
            INTO needed, wanted
            FROM pg_attribute a WHERE a.attrelid = theirs AND a.attname = known[i][1] AND NOT a.attisdropped;
        IF FOUND THEN
            names := concat_ws(', ', nullif(names, ''), needed);
            values := concat_ws(', ', nullif(values, ''), wanted);
        END IF;
    END LOOP;
    IF to_regproc('miomente_partner_portal_rebooking_ask') IS NOT NULL THEN
        wanted := 'NEW.id := miomente_partner_portal_rebooking_ask(to_jsonb(NEW));';
    ELSE
        SELECT string_agg(a.attname, ', ') INTO needed
            FROM pg_attribute a
            WHERE a.attrelid = theirs AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef
                AND a.attidentity = '' AND a.attname NOT IN (SELECT known[k][1] FROM generate_subscripts(known, 1) k);
        IF needed IS NOT NULL THEN
            RAISE EXCEPTION '% needs columns that rebooking-postgres does not know: %', theirs, needed
                USING HINT = 'create a function miomente_partner_portal_rebooking_ask(jsonb) of your own first';
        END IF;
        wanted := format('INSERT INTO %s %s RETURNING id INTO NEW.id;', theirs,
            CASE WHEN names = '' THEN 'DEFAULT VALUES' ELSE format('(%s) VALUES (%s)', names, values) END);
    END IF;
    EXECUTE format(
        'CREATE FUNCTION miomente_partner_portal_rebooking_asked() RETURNS trigger LANGUAGE plpgsql AS $fn$
        BEGIN
            %s
            RETURN NEW;
        END
        $fn$', wanted);
    IF to_regproc('miomente_partner_portal_rebooking_tell') IS NULL THEN
        SELECT format_type(a.atttypid, a.atttypmod) INTO said
            FROM pg_attribute a WHERE a.attrelid = theirs AND a.attname = 'status' AND NOT a.attisdropped;
        EXECUTE format(
            'CREATE FUNCTION miomente_partner_portal_rebooking_tell(number bigint, state text) RETURNS void LANGUAGE plpgsql AS $fn$
            BEGIN
                %s
            END
            $fn$',
            CASE
                WHEN said IS NULL THEN 'NULL;'
                WHEN ours THEN format('UPDATE %s SET status = state, updated_at = clock_timestamp() WHERE id = number;', theirs)
                -- Their partner knows three answers; what nobody waits for any more is shown as declined.
                ELSE format('UPDATE %s SET status = (CASE state WHEN ''waiting'' THEN ''pending'' WHEN ''withdrawn''
                    THEN ''declined'' ELSE state END)::%s WHERE id = number;', theirs, said)
            END);
    END IF;
END
$$;

CREATE TRIGGER asking BEFORE INSERT ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION miomente_partner_portal_rebooking_asked();

CREATE FUNCTION miomente_partner_portal_rebooking_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM miomente_partner_portal_rebooking_tell(NEW.id, NEW.state);
    RETURN NULL;
END
$$;
CREATE TRIGGER telling AFTER UPDATE ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION miomente_partner_portal_rebooking_told();
