//! PostgreSQL's own load generator with the straightforward statements: what there is to gain at
//! most.

use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::ground::{COURSES, Ground};
use crate::links::Unused;
use crate::sample::Sample;

/// Two statements for a page. The link is found by its name here, which is a little less work than
/// by its digest.
const SHOW: &str = "\\set item random(:from, :to)
\\set course :item % :courses
SELECT * FROM miomente_partner_portal_rebooking_tokens WHERE case_id = :item AND step = 1;
SELECT * FROM miomente_partner_portal_rebooking_dates WHERE course_id = :course AND ends_at > now();
";

/// Seven statements for a choice: begin, use the link up, ask the partner, note the effect, note
/// who did it, take the place, commit. They write the same rows and leave out everything that the
/// flow does not need to be straightforward.
const CHOOSE: &str = "\\set item :from + :walked * :clients + :client_id
\\set walked :walked + 1
\\set any random(0, 9)
\\set date case when :one_date >= 0 then :one_date else 10 * (:item % :courses) + :any end
BEGIN;
UPDATE miomente_partner_portal_rebooking_tokens SET status = 'used', rebooking_state = 'ordering', \
rebooked_at = now(),
    new_date = current_date, rebooking = '{\"by\": \"customer\"}', version = version + 1
    WHERE case_id = :item AND step = 1 AND status = 'active' AND token_expires_at > now();
INSERT INTO miomente_partner_portal_rebooking_requests (order_id, item_id, date_id, partner_id, \
state, booking, token_case, token_step)
    VALUES (:item + 10000, :item, :date, 5, 'waiting', '{\"order\": 1}', :item, 1);
INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place)
    VALUES (:item || '-1-order-place', :item, 1, 'orders', '\"place_order\"', 1);
INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, at, actor, event, note)
    VALUES ('token', :item, 1, now(), 'customer', 'chosen', '');
UPDATE miomente_partner_portal_rebooking_dates SET taken = taken + 1
    WHERE id = :date AND capacity - taken >= 1 AND withdrawn_at IS NULL;
COMMIT;
";

/// Ten effects are claimed by one statement, and each is settled by one of its own.
const CLAIM: &str = "WITH due AS (
        SELECT id FROM miomente_partner_portal_rebooking_effects
        WHERE lane = 'mail' AND over_at IS NULL AND NOT put_off AND due_at <= now() AND \
        (leased_until IS NULL OR leased_until <= now())
        ORDER BY created_at, place, id LIMIT 10 FOR UPDATE SKIP LOCKED
    ), leased AS (
        UPDATE miomente_partner_portal_rebooking_effects AS e SET state = 'leased', fence = \
        e.fence + 1,
            attempts = e.attempts + 1, leased_until = now() + interval '60 seconds'
        FROM due WHERE e.id = due.id RETURNING e.id
    ), taken AS (SELECT array_agg(id) AS ids FROM leased)
    SELECT {names} FROM taken \\gset
";

/// Where fewer than ten were claimed this is no number, and pgbench gives up.
const SETTLE: &str =
    "UPDATE miomente_partner_portal_rebooking_effects SET state = 'done', over_at = \
     clock_timestamp(), leased_until = NULL
    WHERE id = :{name} AND state = 'leased';
";

pub fn show(ground: &Ground, clients: usize, time: Duration) -> Sample {
    let Range { start, end } = ground.shown.items;
    run(ground, clients, time, SHOW, &[("from", start), ("to", end - 1)])
}

pub async fn choose(ground: &Ground, links: &Unused, clients: usize, time: Duration) -> Sample {
    let from = links.rest();
    let several = i64::try_from(clients).unwrap();
    let variables = [
        ("from", from),
        ("walked", 0),
        ("clients", several),
        ("one_date", links.date.unwrap_or(-1)),
    ];
    let sample = run(ground, clients, time, CHOOSE, &variables);
    let sql = "SELECT count(*), max(case_id) FROM miomente_partner_portal_rebooking_tokens \
        WHERE case_id >= $1 AND case_id < $2 AND status = 'used'";
    let used =
        sqlx::query_as(sql).bind(from).bind(links.items.end).fetch_one(&ground.pool).await.unwrap();
    let (used, last): (i64, i64) = used;
    assert_eq!(usize::try_from(used).unwrap(), sample.count, "a choice of pgbench's was none");
    links.skip_to(last + 1);
    sample
}

pub fn claim(ground: &Ground, clients: usize, time: Duration) -> Sample {
    let names: Vec<String> = (1..=10).map(|n| format!("id{n}")).collect();
    let picked: Vec<String> =
        names.iter().enumerate().map(|(n, name)| format!("ids[{}] AS {name}", n + 1)).collect();
    let mut script = CLAIM.replace("{names}", &picked.join(", "));
    script.extend(names.iter().map(|name| SETTLE.replace("{name}", name)));
    run(ground, clients, time, &script, &[])
}

/// Runs a script. What each transaction took stands in pgbench's log.
fn run(
    ground: &Ground,
    clients: usize,
    time: Duration,
    script: &str,
    variables: &[(&str, i64)],
) -> Sample {
    let folder = std::env::temp_dir().join(format!("rebooking-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("script.sql");
    std::fs::write(&file, script).unwrap();
    let mut command = Command::new(ground.cluster.program("pgbench"));
    command.args(["--no-vacuum", "--protocol=prepared", "--username=rebooking", "--jobs=2"]);
    command
        .arg("--host")
        .arg(ground.cluster.socket())
        .arg("--port")
        .arg(ground.cluster.port().to_string());
    command
        .arg("--client")
        .arg(clients.to_string())
        .arg("--time")
        .arg(time.as_secs().max(1).to_string());
    for (name, value) in variables.iter().chain(&[("courses", COURSES)]) {
        command.arg("--define").arg(format!("{name}={value}"));
    }
    command.arg("--log").arg("--log-prefix").arg(folder.join("log"));
    let output = command.arg("--file").arg(&file).arg("load").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !complained.contains("aborted"), "{said}\n{complained}");
    let sample = Sample { rate: rate(&said), ..Sample::from_durations(logged(&folder), time) };
    std::fs::remove_dir_all(&folder).unwrap();
    sample
}

fn rate(said: &str) -> f64 {
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))
        .expect("pgbench says how fast it was");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

/// One line a transaction, whose third word says how long it took.
fn logged(folder: &Path) -> Vec<Duration> {
    let logs = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let logs = logs.filter(|path| path.extension().is_none_or(|extension| extension != "sql"));
    let took = |line: &str| {
        line.split(' ').nth(2).and_then(|took| took.parse().ok()).map(Duration::from_micros)
    };
    logs.flat_map(|log| {
        let log = std::fs::read_to_string(log).unwrap();
        log.lines().map(|line| took(line).expect("a line of pgbench's log")).collect::<Vec<_>>()
    })
    .collect()
}
