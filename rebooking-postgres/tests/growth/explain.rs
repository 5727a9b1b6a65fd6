//! How many pages a statement touches.

use rebooking_postgres::testing::HotStatement;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{AssertSqlSafe, Executor as _};

/// More pages than any look-up touches, and fewer than a whole index of a hundred thousand rows
/// has.
pub(crate) const FEW_PAGES: i64 = 400;

/// How many pages a statement touches, planned for whatever arguments as it is after the first few
/// times; and its plan. What it writes is undone.
pub(crate) async fn pages(pool: &PgPool, hot: &HotStatement) -> (i64, String) {
    let mut connection = pool.begin().await.unwrap();
    let seen = explain(&mut connection, hot).await;
    connection.rollback().await.unwrap();
    seen
}

async fn explain(connection: &mut PgConnection, hot: &HotStatement) -> (i64, String) {
    plan(connection, "hot", hot).await;
    let seen = explain_planned(connection, "hot", hot).await;
    connection.execute("DEALLOCATE hot").await.unwrap();
    seen
}

// Nothing between brackets is no SQL.
fn list(all: &str) -> String {
    if all.is_empty() { String::new() } else { format!("({all})") }
}

/// Prepares it, and runs it once: the first time in its session a function reads the catalog for
/// its plan. What it writes is undone.
pub(crate) async fn plan(connection: &mut PgConnection, prepared: &str, hot: &HotStatement) {
    connection.execute("SET LOCAL plan_cache_mode = force_generic_plan").await.unwrap();
    let (types, arguments) = (list(&hot.types), list(&hot.arguments));
    let prepare = format!("PREPARE {prepared} {types} AS {}", hot.sql);
    connection.execute(AssertSqlSafe(prepare)).await.unwrap();
    let first = format!("SAVEPOINT first; EXECUTE {prepared} {arguments}; ROLLBACK TO first");
    connection.execute(AssertSqlSafe(first)).await.unwrap();
}

pub(crate) async fn explain_planned(
    connection: &mut PgConnection,
    prepared: &str,
    HotStatement { name, arguments, .. }: &HotStatement,
) -> (i64, String) {
    let arguments = list(arguments);
    let explain = format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE {prepared} {arguments}");
    let plan = sqlx::query_scalar::<_, serde_json::Value>(AssertSqlSafe(explain)).persistent(false);
    let plan =
        plan.fetch_one(&mut *connection).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    (blocks(&plan[0]["Plan"]).max(most_written(&plan[0]["Plan"])), plan.to_string())
}

fn blocks(node: &serde_json::Value) -> i64 {
    ["Shared Hit Blocks", "Shared Read Blocks"]
        .map(|name| node[name].as_i64().unwrap())
        .iter()
        .sum()
}

/// What the writing part touches that touches most: one that no other part asks for runs at the
/// very end, when the top of the plan has been counted already.
fn most_written(node: &serde_json::Value) -> i64 {
    let parts = node["Plans"].as_array().into_iter().flatten();
    let own = |part: &serde_json::Value| {
        if part["Node Type"] == "ModifyTable" { blocks(part) } else { 0 }
    };
    parts.map(|part| own(part).max(most_written(part))).max().unwrap_or_default()
}

/// The same without some indexes, which come back afterwards.
pub(crate) async fn pages_without(pool: &PgPool, hot: &HotStatement, indexes: &str) -> i64 {
    let mut connection = pool.begin().await.unwrap();
    for index in indexes.split(' ') {
        let drop: String = sqlx::query_scalar(
            "SELECT coalesce((SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', \
             conrelid::regclass, conname) FROM pg_constraint \
                 WHERE conname = $1), format('DROP INDEX %I', $1))",
        )
        .bind(index)
        .fetch_one(&mut *connection)
        .await
        .unwrap();
        connection.execute(AssertSqlSafe(drop)).await.unwrap();
    }
    let (pages, _) = explain(&mut connection, hot).await;
    connection.rollback().await.unwrap();
    pages
}
