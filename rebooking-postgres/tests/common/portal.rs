//! The schema as text, and a walk through everything that writes.

use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::service::Decline;
use rebooking_core::testing::samples;
use rebooking_core::value::ids::CourseDateId;
use rebooking_postgres::PostgresStore;
use sqlx::postgres::PgPool;

use super::{link, offer, site, token};

/// Everything that a schema holds, as text to compare.
pub async fn schema(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM \
         information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '%migrations' \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT \
         LIKE '%migrations' \
         UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE \
         conname NOT LIKE '%migrations%' \
             AND connamespace = 'public'::regnamespace \
         UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal \
         UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER \
         BY 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

/// One link from decline to choice, through everything that writes.
pub async fn rebook(store: PostgresStore, item: i64) {
    let site = site(store);
    offer(&site.store, &[(90, 1_000), (1, 1_000)]).await;
    let booking = token(item, 2, super::now(&site.store).await).booking().clone();
    let asked = site.store.open_confirmation(&booking).await.unwrap();
    let asked = ConfirmationKey::Id(asked);
    site.rebookings.decline_unchecked(&asked, &Decline::default()).await.unwrap();
    let token = site
        .store
        .find(&CaseKey::Id(booking.item.into()))
        .await
        .unwrap()
        .value
        .into_newest()
        .unwrap();
    let choice = samples::choice(CourseDateId::new(1));
    site.rebookings.customer(&link(&token)).choose(&choice).await.unwrap();
    site.rebookings.deliver().await.unwrap();
    site.rebookings.sweep().await.unwrap();
}

/// A Feature 01 as it might be, with a thousand rows.
pub const FEATURE_01: &str = "
    CREATE FUNCTION miomente_partner_portal_update_timestamp() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$;
    CREATE TYPE portal_language AS ENUM ('de', 'en');
    CREATE TABLE miomente_partner_portal_booking_confirmations (
        id SERIAL PRIMARY KEY, order_id INTEGER NOT NULL, order_item_id INTEGER NOT NULL, \
        partner_id INTEGER NOT NULL,
        course_product_id INTEGER NOT NULL, course_sku VARCHAR(100), customer_email VARCHAR(255) \
        NOT NULL,
        customer_name VARCHAR(255), participants INTEGER NOT NULL, course_date DATE NOT NULL,
        confirmation_token VARCHAR(64) UNIQUE NOT NULL,
        status VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'confirmed', \
        'declined', 'expired')),
        created_at TIMESTAMP DEFAULT now(), updated_at TIMESTAMP DEFAULT now());
    CREATE TRIGGER touched BEFORE UPDATE ON miomente_partner_portal_booking_confirmations
        FOR EACH ROW EXECUTE FUNCTION miomente_partner_portal_update_timestamp();
    INSERT INTO miomente_partner_portal_booking_confirmations
        (order_id, order_item_id, partner_id, course_product_id, customer_email, participants, \
        course_date, confirmation_token)
        SELECT n, n, 5, 40, 'someone@example.com', 2, '2026-01-01', md5(n::text) FROM \
        generate_series(1, 1000) AS n;";
