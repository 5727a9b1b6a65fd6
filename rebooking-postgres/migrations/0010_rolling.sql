-- What is written by servers of 0.1 that still run on this database: they do not know the columns of 0007 to 0009, so the columns are
-- filled in for them. For a newer server each of these triggers finds nothing to do. All of it is quick, however much there is: no row
-- is rewritten and none is looked at.
ALTER TABLE miomente_partner_portal_rebooking_requests
    -- Only while a row is written: whether who writes it says what the stock carries.
    ADD COLUMN in_stock_told boolean,
    ADD CONSTRAINT rebooking_requests_told CHECK (in_stock_told IS NULL) NOT VALID,
    -- Wrong addresses that were tried on the link in the mail about an original booking; one for a rebooking counts them on its token.
    ADD COLUMN attempts bigint NOT NULL DEFAULT 0,
    ADD COLUMN attempts_recent timestamptz[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT rebooking_requests_attempts CHECK (attempts >= 0) NOT VALID;

-- A request for a rebooking is carried by no stock until its order is made. What the party has paid for the new date is the list price
-- less the discount that it had.
CREATE FUNCTION miomente_partner_portal_rebooking_opened() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid bigint;
BEGIN
    NEW.in_stock := false;
    IF NOT NEW.booking ? 'paid' THEN
        SELECT greatest((NEW.booking#>>'{unit_price,minor}')::bigint * t.original_participants
                - round((t.original_price * t.original_participants - t.original_paid) * power(10, CASE
                    WHEN t.currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND',
                        'VUV', 'XAF', 'XOF', 'XPF') THEN 0
                    WHEN t.currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3 ELSE 2 END::numeric)), 0)
            INTO paid FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = NEW.token_case AND t.step = NEW.token_step AND t.original_paid IS NOT NULL;
        IF paid IS NOT NULL THEN
            NEW.booking := NEW.booking
                || jsonb_build_object('paid', jsonb_set(NEW.booking->'unit_price', '{minor}', to_jsonb(paid)));
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER opening_as_in_0_1 BEFORE INSERT ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (NEW.token_case IS NOT NULL AND (NEW.in_stock OR NOT NEW.booking ? 'paid'))
    EXECUTE FUNCTION miomente_partner_portal_rebooking_opened();

-- Whoever names the column says what it is to be. Triggers fire by name: this one is the first.
CREATE FUNCTION miomente_partner_portal_rebooking_stock_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.in_stock_told := true;
    RETURN NEW;
END
$$;
CREATE TRIGGER in_stock_1_told BEFORE UPDATE OF in_stock ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION miomente_partner_portal_rebooking_stock_told();
-- The stock carries a rebooking from its own order on, and nothing any more of what was withdrawn, as in 0007. A booking that is
-- written anew under that order was paid as before.
CREATE FUNCTION miomente_partner_portal_rebooking_stock_untold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.in_stock_told THEN
        NEW.in_stock_told := NULL;
    ELSIF OLD.state = 'waiting' AND NEW.state = 'pending' AND NEW.item_id <> OLD.item_id THEN
        NEW.in_stock := true;
        NEW.in_stock_since := clock_timestamp();
    ELSIF OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn' THEN
        NEW.in_stock := false;
        NEW.in_stock_since := NULL;
    END IF;
    IF OLD.booking ? 'paid' AND NOT NEW.booking ? 'paid' THEN
        NEW.booking := NEW.booking || jsonb_build_object('paid', OLD.booking->'paid');
        IF OLD.booking->'course' ? 'venue' AND OLD.date_id = NEW.date_id THEN
            NEW.booking := jsonb_set(NEW.booking, '{course,venue}', OLD.booking#>'{course,venue}');
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER in_stock_2_untold BEFORE UPDATE ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (NEW.in_stock_told OR OLD.state <> NEW.state OR NOT NEW.booking ? 'paid')
    EXECUTE FUNCTION miomente_partner_portal_rebooking_stock_untold();

-- What was bought in the shop counts as taken already: where the shop counts, its places are not in our figures yet.
CREATE FUNCTION miomente_partner_portal_rebooking_bought() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE miomente_partner_portal_rebooking_dates AS d
        SET capacity = d.capacity + (NEW.booking->>'participants')::bigint,
            taken = d.taken + (NEW.booking->>'participants')::bigint
        WHERE d.id = NEW.date_id AND d.free_there;
    RETURN NULL;
END
$$;
CREATE TRIGGER counting_what_was_bought AFTER INSERT ON miomente_partner_portal_rebooking_requests
    FOR EACH ROW WHEN (NEW.token_case IS NULL) EXECUTE FUNCTION miomente_partner_portal_rebooking_bought();

-- A link without a sum, and without a place, is for a booking that was moved, for the one of the link before, or for one that a
-- partner was asked about: there they stand.
CREATE FUNCTION miomente_partner_portal_rebooking_linked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known record;
BEGIN
    SELECT (doc.paid#>>'{minor}')::numeric / nullif((doc.unit_price#>>'{minor}')::numeric, 0) AS times, doc.venue INTO known
        FROM (
            SELECT t.rebooking->'paid' AS paid, t.rebooking->'unit_price' AS unit_price,
                t.rebooking#>'{course,venue}' AS venue, 1 AS place
            FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = NEW.case_id AND t.step = NEW.step - 1 AND (t.rebooking#>>'{slot,id}')::bigint = NEW.date_id
            UNION ALL
            SELECT r.booking->'paid', r.booking->'unit_price', r.booking#>'{course,venue}', 2
            FROM miomente_partner_portal_rebooking_requests AS r
            WHERE r.id = NEW.original_confirmation_id AND r.date_id = NEW.date_id
                AND (r.booking->>'participants')::bigint = NEW.original_participants) AS doc
        WHERE doc.paid IS NOT NULL ORDER BY doc.place LIMIT 1;
    IF known.times IS NOT NULL THEN
        NEW.original_paid := round(NEW.original_price * known.times, 3);
        NEW.venue_name := known.venue->>'name';
        NEW.venue_address := known.venue->>'address';
    ELSE
        SELECT t.original_paid, t.venue_name, t.venue_address INTO known
            FROM miomente_partner_portal_rebooking_tokens AS t
            WHERE t.case_id = NEW.case_id AND t.step = NEW.step - 1 AND t.date_id = NEW.date_id
                AND t.original_order_item_id = NEW.original_order_item_id
                AND (t.original_participants, t.original_price) = (NEW.original_participants, NEW.original_price);
        IF FOUND THEN
            NEW.original_paid := known.original_paid;
            NEW.venue_name := known.venue_name;
            NEW.venue_address := known.venue_address;
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER issuing_as_in_0_1 BEFORE INSERT ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW WHEN (NEW.original_paid IS NULL) EXECUTE FUNCTION miomente_partner_portal_rebooking_linked();

-- A rebooking that is written without a sum was paid as before, or as its request says.
CREATE FUNCTION miomente_partner_portal_rebooking_rebooked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known jsonb;
BEGIN
    IF OLD.rebooking ? 'paid' AND OLD.rebooking#>'{slot,id}' = NEW.rebooking#>'{slot,id}' THEN
        known := jsonb_build_object('paid', OLD.rebooking->'paid', 'list_total', OLD.rebooking->'list_total');
        IF OLD.rebooking->'course' ? 'venue' THEN
            NEW.rebooking := jsonb_set(NEW.rebooking, '{course,venue}', OLD.rebooking#>'{course,venue}');
        END IF;
    ELSE
        SELECT jsonb_build_object('paid', r.booking->'paid') INTO known
            FROM miomente_partner_portal_rebooking_requests AS r
            WHERE r.token_case = NEW.case_id AND r.token_step = NEW.step AND r.booking ? 'paid';
    END IF;
    NEW.rebooking := NEW.rebooking || coalesce(known, '{}');
    RETURN NEW;
END
$$;
CREATE TRIGGER rebooking_as_in_0_1 BEFORE UPDATE ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW WHEN (NOT NEW.rebooking ? 'paid') EXECUTE FUNCTION miomente_partner_portal_rebooking_rebooked();

-- The shop may close the original with the linked order that replaces it, and gives back the places of an order that is cancelled: from
-- then on they are what the shop says.
CREATE FUNCTION miomente_partner_portal_rebooking_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE miomente_partner_portal_rebooking_requests AS r SET in_stock = false, in_stock_since = NULL
        WHERE r.in_stock AND r.item_id = CASE TG_ARGV[0]
            WHEN 'linked' THEN NEW.original_order_item_id
            ELSE coalesce(NEW.new_order_item_id, NEW.original_order_item_id) END;
    RETURN NULL;
END
$$;
CREATE TRIGGER releasing_the_original AFTER UPDATE ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW WHEN (OLD.status <> 'used' AND NEW.status = 'used' AND NEW.rebooking->>'strategy' = 'linked_order')
    EXECUTE FUNCTION miomente_partner_portal_rebooking_released('linked');
CREATE TRIGGER releasing_what_was_cancelled AFTER UPDATE ON miomente_partner_portal_rebooking_tokens
    FOR EACH ROW WHEN (OLD.order_gone_at IS NULL AND NEW.order_gone_at IS NOT NULL AND NEW.refunded_at IS NULL)
    EXECUTE FUNCTION miomente_partner_portal_rebooking_released('cancelled');

-- A date that the shop hides is sold to nobody, whoever asks.
CREATE FUNCTION miomente_partner_portal_rebooking_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM miomente_partner_portal_rebooking_lost('places');
    RETURN NULL;
END
$$;
CREATE TRIGGER selling_a_hidden_date BEFORE UPDATE OF taken ON miomente_partner_portal_rebooking_dates
    FOR EACH ROW WHEN (NOT OLD.offered AND NEW.taken > OLD.taken AND NEW.capacity = OLD.capacity
        AND NEW.read_at IS NOT DISTINCT FROM OLD.read_at)
    EXECUTE FUNCTION miomente_partner_portal_rebooking_hidden();

-- Orders in the shop that carry a key of ours and that no rebooking claims: for support to look at. Nothing is deleted: what is claimed
-- or gone is noted so, and what support has dealt with.
CREATE TABLE miomente_partner_portal_rebooking_unclaimed_orders (
    order_id      bigint PRIMARY KEY,
    order_number  varchar(64) NOT NULL,
    key           varchar(32) NOT NULL,
    found_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    mended_at     timestamptz,
    dealt_with_at timestamptz,
    dealt_with_by text,
    CONSTRAINT rebooking_unclaimed_orders_dealt CHECK ((dealt_with_at IS NULL) = (dealt_with_by IS NULL))
);
CREATE INDEX rebooking_unclaimed_orders_open ON miomente_partner_portal_rebooking_unclaimed_orders (found_at, order_id)
    WHERE mended_at IS NULL AND dealt_with_at IS NULL;
