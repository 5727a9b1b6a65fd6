//! What the same database does for pgbench with the straightforward statements, and for bare sqlx.

use std::path::Path;
use std::process::Command;

use sqlx::Row as _;
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::{Ground, Results, measure, somewhere, stamp};

const TOKEN: &str = "SELECT * FROM miomente_partner_portal_rebooking_tokens WHERE token = $1";
const DATES: &str =
    "SELECT * FROM miomente_partner_portal_rebooking_dates WHERE course_id = $1 AND ends_at > now()";

/// Two statements for a page. The link is found by its name here, which is a little less work than by its digest.
const SHOW: &str = "\\set item random(:from, :to)
SELECT * FROM miomente_partner_portal_rebooking_tokens WHERE case_id = :item AND step = 1;
SELECT * FROM miomente_partner_portal_rebooking_dates WHERE course_id = :item % 1000 AND ends_at > now();
";

/// Seven statements for a choice: begin, use the link up, ask the partner, note the effect, note who did it, take the place, commit.
/// They write the same rows and leave out everything that the flow does not need to be straightforward.
const CHOOSE: &str = "BEGIN;
UPDATE miomente_partner_portal_rebooking_tokens SET status = 'used', rebooking_state = 'ordering', rebooked_at = now(),
    new_date = current_date, rebooking = '{\"by\": \"customer\"}', version = version + 1
    WHERE case_id = :item AND step = 1 AND status = 'active' AND token_expires_at > now();
INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, date_id, partner_id, state, booking, token_case, token_step)
    VALUES (:item + 10000, :item, :date, 5, 'waiting', '{\"order\": 1}', :item, 1);
INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place)
    VALUES (:item || '-1-order-place', :item, 1, 'orders', '\"place_order\"', 1);
INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, at, actor, event, note)
    VALUES ('token', :item, 1, now(), 'customer', 'chosen', '');
UPDATE miomente_partner_portal_rebooking_dates SET taken = taken + 1
    WHERE id = :date AND capacity - taken >= 1 AND withdrawn_at IS NULL;
COMMIT;
";

pub async fn run(ground: &Ground, clients: usize, results: &mut Results) {
    let url = ground.cluster.url("load");
    let connections = u32::try_from(clients).unwrap();
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .connect_lazy(&url)
        .unwrap();
    for (what, one) in [("show, sqlx one statement", true), ("show, sqlx two statements", false)] {
        let (pool, links) = (pool.clone(), ground.shown());
        let show = measure(clients, ground.time, move |client| {
            let (pool, digest) = (pool.clone(), stamp(somewhere(&links, client)).digest);
            async move {
                if one {
                    one_statement(&pool, digest.as_str()).await;
                } else {
                    two_statements(&pool, digest.as_str()).await;
                }
            }
        });
        results.insert((what, clients), show.await);
    }
    pool.close().await;
    let links = ground.shown();
    let range = [("from", links.start), ("to", links.end - 1)];
    results.insert(("show, pgbench two statements", clients), pgbench(ground, clients, SHOW, &range));
    let dates = [
        ("choose, pgbench seven spread", "10 * (:item % 1000) + random(0, 9)"),
        ("choose, pgbench seven one date", "0"),
    ];
    for (place, (what, date)) in dates.into_iter().enumerate() {
        // Each client of each run walks through links of its own, so that none is used twice.
        let links = ground.for_pgbench(clients, place);
        let each = (links.end - links.start) / i64::try_from(clients).unwrap();
        let script = format!(
            "\\set item {} + :client_id * {each} + :walked\n\\set walked :walked + 1\n\\set date {date}\n{CHOOSE}",
            links.start
        );
        results.insert((what, clients), pgbench(ground, clients, &script, &[("walked", 0)]));
    }
}

async fn one_statement(pool: &PgPool, digest: &str) {
    let row = sqlx::query(rebooking_postgres::testing::SHOW).bind(digest).fetch_one(pool).await.unwrap();
    assert!(row.len() > 60);
}

async fn two_statements(pool: &PgPool, digest: &str) {
    let mut connection = pool.acquire().await.unwrap();
    let token = sqlx::query(TOKEN).bind(digest).fetch_one(&mut *connection).await.unwrap();
    let course: i64 = token.get("course_product_id");
    let dates = sqlx::query(DATES).bind(course).fetch_all(&mut *connection).await.unwrap();
    assert_eq!(dates.len(), 10);
}

/// Runs a script; transactions a second, and the mean latency in microseconds.
fn pgbench(ground: &Ground, clients: usize, script: &str, variables: &[(&str, i64)]) -> (f64, f64) {
    let file = std::env::temp_dir().join(format!("rebooking-bench-{}.sql", std::process::id()));
    std::fs::write(&file, script).unwrap();
    let mut command = Command::new(ground.cluster.program("pgbench"));
    command.args(["--no-vacuum", "--protocol=prepared", "--username=rebooking", "--jobs=2"]);
    command.arg("--host").arg(ground.cluster.socket()).arg("--port").arg(ground.cluster.port().to_string());
    command.arg("--client").arg(clients.to_string()).arg("--time").arg(ground.time.as_secs().to_string());
    for (name, value) in variables {
        command.arg("--define").arg(format!("{name}={value}"));
    }
    let output = command.arg("--file").arg(&file).arg("load").output().unwrap();
    std::fs::remove_file(Path::new(&file)).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let number = |before: &str| -> f64 {
        let line = said.lines().find(|line| line.starts_with(before)).unwrap_or_default();
        line.trim_start_matches(before)
            .split_whitespace()
            .next()
            .and_then(|word| word.parse().ok())
            .unwrap_or(f64::NAN)
    };
    (number("tps = "), number("latency average = ") * 1e3)
}
