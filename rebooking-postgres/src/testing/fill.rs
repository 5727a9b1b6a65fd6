//! Many rows at once, for tests and benchmarks of size.

use std::fmt::Write as _;

use rebooking_core::link::StoredLink;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{AssertSqlSafe, Executor as _};

use super::SetupError;

/// How much there is to be.
#[derive(Clone, Copy, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct Size {
    /// Links, of the order items from 1 on, all of them unused.
    pub tokens: i64,
    /// How many of them, the last ones, are all of course 0.
    pub hot: i64,
    /// Courses; the other links are spread over them. Course `n` has the ten dates from `10 n` on.
    pub courses: i64,
    /// Requests that were declined.
    pub requests: i64,
    /// Effects that are done.
    pub done: i64,
}

const TOKENS: &str = "INSERT INTO miomente_partner_portal_rebooking_tokens ( \
        original_order_id, original_order_item_id, course_product_id, course_sku, customer_email, \
        customer_name, \
        original_participants, original_price, token, token_expires_at, status, created_at, \
        case_id, step, version, cause, \
        reason, declines, renewals, lost, proposed, key_id, nonce, order_number, course_name, \
        date_id, starts_at, ends_at, \
        zone, partner_id, partner_email, partner_language, customer_language, currency, attempts, \
        attempts_recent, wishes, \
        waits, over_at, sought_email, sought_name) \
    SELECT item + 10000, item, CASE WHEN item > $2 THEN 0 ELSE item % $1 END, 'SUSHI', \
    'erika@example.com', 'Erika Mustermann', \
        1, 89.00, digest, now() + interval '30 days', 'active', now(), item, 1, 0, 'declined', \
        'Der Koch ist krank.', 1, 0, '{}', '{}', key_id, nonce, (100000000 + item)::text, \
        'Sushi-Kurs', -1, \
        now() + interval '3 days', now() + interval '3 days 3 hours', 'Europe/Berlin', item % 50, \
        'kueche@example.org', \
        'de', 'de', 'EUR', 0, '{}', '[]', false, now() + interval '30 days', 'erika@example.com', \
        'erika mustermann' \
    FROM filling";

const DATES: &str = "INSERT INTO miomente_partner_portal_rebooking_dates ( \
        id, course_id, course_sku, course_name, starts_at, ends_at, zone, partner_id, \
        partner_email, partner_language, \
        capacity, taken, places_limit, price, currency) \
    SELECT 10 * course + n, course, 'SUSHI', 'Sushi-Kurs', now() + (7 + n) * interval '1 day', \
        now() + (7 + n) * interval '1 day' + interval '3 hours', 'Europe/Berlin', course % 50, \
        'kueche@example.org', 'de', \
        1000000000, 0, 1000000000, 8900, 'EUR' \
    FROM generate_series(0, $1 - 1) AS course, generate_series(0, 9) AS n ON CONFLICT DO NOTHING";

const DONE: &str = "INSERT INTO miomente_partner_portal_rebooking_effects ( \
        key, case_id, step, lane, kind, created_at, since, place, state, due_at, over_at, fence, \
        attempts) \
    SELECT n || '-1-mail-declined', n, 1, 'mail', '{\"mail\": \"declined\"}', now() - interval '1 \
    hour', now(), 1, 'done', \
        now(), now(), 1, 1 \
    FROM generate_series(1, $1) AS n ON CONFLICT DO NOTHING";

const REQUESTS: &str = "INSERT INTO miomente_partner_portal_rebooking_requests ( \
        order_id, item_id, date_id, partner_id, state, booking) \
    SELECT item + 10000, item, -1, item % 50, 'declined', '{}' FROM generate_series(1, $1) AS item";

const INDEXES: &str = "SELECT indexname, indexdef FROM pg_indexes AS i WHERE tablename = $1 \
    AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = (quote_ident(i.schemaname) \
    || '.' || quote_ident(indexname))::regclass)";

/// Fills an empty database. `link` is what is stored of the link of an order item.
///
/// # Errors
/// [`SetupError`] when the database refuses.
pub async fn fill(
    pool: &PgPool,
    size: Size,
    link: impl Fn(i64) -> StoredLink,
) -> Result<(), SetupError> {
    let mut connection = pool.acquire().await?;
    connection.execute("SET statement_timeout = 0").await?;
    connection
        .execute("CREATE TEMP TABLE filling (item bigint, key_id bigint, nonce bytea, digest text)")
        .await?;
    let mut copy = connection.copy_in_raw("COPY filling FROM STDIN").await?;
    let mut rows = String::new();
    for item in 1..=size.tokens {
        let stamp = link(item);
        let nonce =
            stamp.nonce.0.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        writeln!(rows, "{item}\t{}\t\\\\x{nonce}\t{}", stamp.key.0, stamp.digest.as_str())?;
        if rows.len() > 1 << 20 {
            copy.send(rows.as_bytes()).await?;
            rows.clear();
        }
    }
    copy.send(rows.as_bytes()).await?;
    copy.finish().await?;
    // Indexes are built faster than they are kept.
    let indexes: Vec<(String, String)> =
        sqlx::query_as(INDEXES).bind(crate::TOKENS).fetch_all(&mut *connection).await?;
    for (name, _) in &indexes {
        connection.execute(AssertSqlSafe(format!("DROP INDEX {name}"))).await?;
    }
    sqlx::query(TOKENS)
        .bind(size.courses)
        .bind(size.tokens - size.hot)
        .execute(&mut *connection)
        .await?;
    for (_, definition) in &indexes {
        connection.execute(AssertSqlSafe(definition.as_str().to_owned())).await?;
    }
    fill_dates(&mut connection, size.courses).await?;
    sqlx::query(REQUESTS).bind(size.requests).execute(&mut *connection).await?;
    sqlx::query(DONE).bind(size.done).execute(&mut *connection).await?;
    connection.execute("DROP TABLE filling").await?;
    connection.execute("VACUUM (ANALYZE)").await?;
    Ok(())
}

/// Writes those dates of the courses that are not there, ten each, with places for everybody.
///
/// # Errors
/// [`SetupError`] when the database refuses.
pub async fn fill_dates(connection: &mut PgConnection, courses: i64) -> Result<(), SetupError> {
    sqlx::query(DATES).bind(courses).execute(connection).await?;
    Ok(())
}
