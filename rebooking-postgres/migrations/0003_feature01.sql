-- The one place where we write Feature 01's table, fitted to the columns that it has. A host whose Feature 01 needs more makes
-- functions of its own before it migrates, and they are used instead: miomente_partner_portal_rebooking_ask(request jsonb), which
-- opens a request and returns its number, miomente_partner_portal_rebooking_tell(number bigint, state text), which says how it
-- stands, and miomente_partner_portal_rebooking_forget(number bigint), which wipes the name and the address from what ask has made.
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
                USING ERRCODE = 'RBL03', HINT = 'create a function miomente_partner_portal_rebooking_ask(jsonb) of your own first';
        END IF;
        wanted := format('INSERT INTO %s %s RETURNING id INTO NEW.id;', theirs,
            CASE WHEN names = '' THEN 'DEFAULT VALUES' ELSE format('(%s) VALUES (%s)', names, values) END);
    END IF;
    EXECUTE format(
        'CREATE FUNCTION miomente_partner_portal_rebooking_asked() RETURNS trigger LANGUAGE plpgsql AS $fn$
        BEGIN
            NEW.asked_by_us := true;
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
    IF to_regproc('miomente_partner_portal_rebooking_forget') IS NULL THEN
        SELECT string_agg(format('%I = %s', a.attname, CASE WHEN a.attnotnull THEN '''''' ELSE 'NULL' END), ', ') INTO wanted
            FROM pg_attribute a
            WHERE a.attrelid = theirs AND a.attname IN ('customer_name', 'customer_email') AND NOT a.attisdropped;
        EXECUTE format(
            'CREATE FUNCTION miomente_partner_portal_rebooking_forget(number bigint) RETURNS void LANGUAGE plpgsql AS $fn$
            BEGIN
                %s
            END
            $fn$',
            CASE WHEN wanted IS NULL THEN 'NULL;' ELSE format('UPDATE %s SET %s WHERE id = number;', theirs, wanted) END);
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

-- What Feature 01 made itself is its own to keep or to wipe.
CREATE FUNCTION miomente_partner_portal_rebooking_wiped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM miomente_partner_portal_rebooking_forget(NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER forgetting AFTER UPDATE ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL AND NEW.asked_by_us)
    EXECUTE FUNCTION miomente_partner_portal_rebooking_wiped();

-- Once through everything that will be written there, on a sample that is taken back at once: a Feature 01 that refuses it is to
-- stop this migration and not the first customer.
DO $$
DECLARE
    first  bigint;
    second bigint;
    booked constant jsonb := '{"order_number": "0", "participants": 1,
        "course": {"id": 0, "sku": "sample", "name": "sample"},
        "customer": {"name": "sample", "email": "sample@example.com", "language": "de"},
        "partner": {"id": 0, "email": "sample@example.com", "language": "de"},
        "slot": {"id": 0, "starts_at": "2000-01-01T00:00:00Z", "ends_at": "2000-01-01T01:00:00Z", "zone": "Europe/Berlin"}}';
BEGIN
    INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, date_id, partner_id, state, booking)
        VALUES (0, 0, 0, 0, 'pending', booked) RETURNING id INTO first;
    UPDATE miomente_partner_portal_rebooking_requests SET state = 'declined' WHERE id = first;
    INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, date_id, partner_id, state, booking, token_case, token_step)
        VALUES (0, 0, 0, 0, 'waiting', booked, 0, 1) RETURNING id INTO second;
    UPDATE miomente_partner_portal_rebooking_requests SET state = 'pending' WHERE id = second;
    UPDATE miomente_partner_portal_rebooking_requests SET state = 'confirmed' WHERE id = second;
    UPDATE miomente_partner_portal_rebooking_requests SET state = 'withdrawn' WHERE id = second;
    UPDATE miomente_partner_portal_rebooking_requests SET forgotten_at = clock_timestamp() WHERE id IN (first, second);
    RAISE EXCEPTION USING ERRCODE = 'RBL02', MESSAGE = 'taken back';
EXCEPTION
    WHEN SQLSTATE 'RBL02' THEN NULL;
    -- The sample names orders and partners that there are not; what a real one meets behind that cannot be tried here.
    WHEN foreign_key_violation THEN NULL;
    WHEN OTHERS THEN
        RAISE EXCEPTION 'Feature 01 refuses what rebooking-postgres writes there: %', SQLERRM
            USING ERRCODE = 'RBL03', HINT = 'create functions ..._rebooking_ask(jsonb), ..._rebooking_tell(bigint, text) and '
                '..._rebooking_forget(bigint) of your own first';
END
$$;
