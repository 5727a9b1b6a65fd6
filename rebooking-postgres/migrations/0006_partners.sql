-- Who gives which course, where shop and schedule do not say. Feature 01's own list of partners is not known here: a host that has one
-- makes views of these two names and columns before it migrates, and they are read instead. Otherwise the host fills these tables, and
-- may leave them empty; we only read them.
DO $$
BEGIN
    IF to_regclass('miomente_partner_portal_rebooking_partners') IS NULL THEN
        CREATE TABLE miomente_partner_portal_rebooking_partners (
            id       bigint PRIMARY KEY,
            name     varchar(255) NOT NULL DEFAULT '',
            email    varchar(255) NOT NULL,
            language varchar(2) NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en'))
        );
    END IF;
    IF to_regclass('miomente_partner_portal_rebooking_partner_courses') IS NULL THEN
        -- By the shop's number of a course, or by its article number. The number goes first.
        CREATE TABLE miomente_partner_portal_rebooking_partner_courses (
            partner_id bigint NOT NULL,
            course_id  bigint UNIQUE,
            course_sku varchar(100) UNIQUE,
            CONSTRAINT rebooking_partner_courses_one CHECK (num_nonnulls(course_id, course_sku) = 1)
        );
        CREATE INDEX rebooking_partner_courses_partner ON miomente_partner_portal_rebooking_partner_courses (partner_id);
        IF (SELECT relkind FROM pg_class WHERE oid = 'miomente_partner_portal_rebooking_partners'::regclass) = 'r' THEN
            ALTER TABLE miomente_partner_portal_rebooking_partner_courses
                ADD CONSTRAINT rebooking_partner_courses_partner_id_fkey FOREIGN KEY (partner_id)
                    REFERENCES miomente_partner_portal_rebooking_partners (id);
        END IF;
    END IF;
END
$$;
