//! What one would write with hyper and sqlx alone: the straightforward statements behind two
//! routes. No rules, no history of attempts, no mails: something to compare with.

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rebooking_core::link::LinkSecret;
use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio::net::TcpListener;

/// The word that has this program be the bare server.
pub const ROLE: &str = "bare";

const TOKEN: &str = "SELECT course_product_id, course_name, order_number, starts_at, \
    original_participants, customer_name, token_expires_at, status \
    FROM miomente_partner_portal_rebooking_tokens WHERE token = $1";
const DATES: &str = "SELECT id, starts_at, capacity - taken AS free, price, currency \
    FROM miomente_partner_portal_rebooking_dates WHERE course_id = $1 AND ends_at > now()";
const SEEN: &str = "SELECT case_id, original_order_id, original_order_item_id, customer_email \
    FROM miomente_partner_portal_rebooking_tokens \
    WHERE token = $1 AND status = 'active' AND token_expires_at > now()";
const USED: &str = "UPDATE miomente_partner_portal_rebooking_tokens SET status = 'used', \
    rebooking_state = 'ordering', rebooked_at = now(), new_date = current_date, \
    rebooking = '{\"by\": \"customer\"}', version = version + 1 \
    WHERE case_id = $1 AND step = 1 AND status = 'active' AND token_expires_at > now()";
const ASKED: &str = "INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, \
    date_id, partner_id, state, booking, token_case, token_step) \
    VALUES ($1, $2, $3, 5, 'waiting', '{\"order\": 1}', $2, 1)";
const EFFECT: &str = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, \
    lane, kind, place) VALUES ($1::bigint || '-1-order-place', $1, 1, 'orders', \
    '\"place_order\"', 1)";
const NOTED: &str = "INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, \
    at, actor, event, note) VALUES ('token', $1, 1, now(), 'customer', 'chosen', '')";
const TAKEN: &str = "UPDATE miomente_partner_portal_rebooking_dates SET taken = taken + 1 \
    WHERE id = $1 AND capacity - taken >= 1 AND withdrawn_at IS NULL";

async fn show(pool: &PgPool, digest: &str) -> Result<Value, sqlx::Error> {
    let mut db = pool.acquire().await?;
    let token = sqlx::query(TOKEN).bind(digest).fetch_one(&mut *db).await?;
    let course: i64 = token.get("course_product_id");
    let dates = sqlx::query(DATES).bind(course).fetch_all(&mut *db).await?;
    drop(db);
    let time = |row: &sqlx::postgres::PgRow, name: &str| {
        row.get::<chrono::DateTime<chrono::Utc>, _>(name).to_rfc3339()
    };
    let dates: Vec<Value> = dates
        .iter()
        .map(|date| {
            json!({
                "id": date.get::<i64, _>("id"),
                "startsAt": time(date, "starts_at"),
                "spotsAvailable": date.get::<i64, _>("free"),
                "price": date.get::<i64, _>("price"),
                "currency": date.get::<&str, _>("currency"),
            })
        })
        .collect();
    Ok(json!({
        "status": token.get::<&str, _>("status"),
        "orderNumber": token.get::<&str, _>("order_number"),
        "courseName": token.get::<&str, _>("course_name"),
        "customerName": token.get::<&str, _>("customer_name"),
        "participants": token.get::<i64, _>("original_participants"),
        "startsAt": time(&token, "starts_at"),
        "expiresAt": time(&token, "token_expires_at"),
        "dates": dates,
    }))
}

async fn choose(pool: &PgPool, digest: &str, choice: &Value) -> Result<Value, sqlx::Error> {
    let date = choice["selectedDateId"].as_i64().unwrap();
    let mut work = pool.begin().await?;
    let token = sqlx::query(SEEN).bind(digest).fetch_one(&mut *work).await?;
    let (case, order): (i64, i64) = (token.get("case_id"), token.get("original_order_id"));
    let item: i64 = token.get("original_order_item_id");
    let email: &str = token.get("customer_email");
    assert!(email.eq_ignore_ascii_case(choice["customerEmail"].as_str().unwrap()));
    let used = sqlx::query(USED).bind(case).execute(&mut *work).await?;
    assert_eq!(used.rows_affected(), 1);
    sqlx::query(ASKED).bind(order).bind(item).bind(date).execute(&mut *work).await?;
    sqlx::query(EFFECT).bind(case).execute(&mut *work).await?;
    sqlx::query(NOTED).bind(case).execute(&mut *work).await?;
    let taken = sqlx::query(TAKEN).bind(date).execute(&mut *work).await?;
    assert_eq!(taken.rows_affected(), 1);
    work.commit().await?;
    Ok(json!({ "case": case, "date": date }))
}

async fn answer(pool: Arc<PgPool>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let link = request.uri().path().rsplit('/').next().unwrap_or_default();
    let digest = LinkSecret::parse(link).unwrap().digest();
    let said = match *request.method() {
        Method::GET => show(&pool, digest.as_str()).await,
        _ => {
            let body = request.into_body().collect().await.unwrap().to_bytes();
            choose(&pool, digest.as_str(), &serde_json::from_slice(&body).unwrap()).await
        }
    };
    let (status, body) = match said {
        Ok(data) => (200, json!({ "success": true, "data": data }).to_string()),
        Err(error) => (500, error.to_string()),
    };
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Full::new(body.into())).unwrap()
}

/// Serves until it is killed, on so many connections to the database.
pub async fn serve(connections: &str, database: &str) {
    let connections = connections.parse().unwrap();
    let options = PgPoolOptions::new().max_connections(connections).test_before_acquire(false);
    let pool = Arc::new(options.connect(database).await.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("listening on http://{}", listener.local_addr().unwrap());
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let pool = Arc::clone(&pool);
        let service = service_fn(move |request| {
            let pool = Arc::clone(&pool);
            async move { Ok::<_, Infallible>(answer(pool, request).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move { drop(connection.await) });
    }
}
