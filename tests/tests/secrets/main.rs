//! Promise I8: the secret of a link is in the mail and in the customer's own request, and addresses
//! are where the spec puts them. A server that logs everything it can is led through the whole
//! story, in memory and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod day;

use std::collections::BTreeSet;

use rebooking_postgres::testing::TestDatabase;
use serde_json::Value;
use tests::stack::promises::said;

use day::{Day, long_day};

const ADDRESSES: [&str; 4] =
    ["erika@example.com", "juergen@example.com", "kueche@example.org", "wrong@example.net"];
const NAMES: [&str; 2] = ["Mustermann", "Jürgen"];
const TOKENS: [&str; 2] = ["demo-partner", "demo-support"];

/// From so many letters on a text is sought as it may be written, too: less is found anywhere.
const LONG: usize = 12;

/// What of these is in a text, as it is or as it may be written, whatever the case.
fn found(text: &str, sought: &[String]) -> Vec<String> {
    let (long, short): (Vec<&str>, Vec<&str>) =
        sought.iter().map(String::as_str).partition(|sought| sought.len() >= LONG);
    let long = said(&long, text);
    let text = text.to_lowercase();
    let is_in = |sought: &&String| {
        long.contains(sought.as_str())
            || short.contains(&sought.as_str()) && text.contains(&sought.to_lowercase())
    };
    sought.iter().filter(is_in).cloned().collect()
}

fn sought(day: &Day, more: &[&[&str]]) -> Vec<String> {
    let more = more.iter().flat_map(|more| more.iter().map(|word| (*word).to_owned()));
    day.secrets.iter().cloned().chain(more).collect()
}

/// What is sought in the texts of a document, but not under the names that may have it.
fn found_beside(document: &Value, may: &[&str], sought: &[String]) -> Vec<String> {
    found(&texts_beside(document, may), sought)
}

fn texts_beside(document: &Value, may: &[&str]) -> String {
    let texts: Vec<String> = match document {
        Value::Object(fields) => {
            let others = fields.iter().filter(|(name, _)| !may.contains(&name.as_str()));
            others.map(|(_, value)| texts_beside(value, may)).collect()
        }
        Value::Array(values) => values.iter().map(|value| texts_beside(value, may)).collect(),
        other => vec![other.to_string()],
    };
    texts.join("\n")
}

/// All but the addresses that a form was sent with: its page shows what was typed once more, so
/// that nobody has to type it again.
fn not_typed(asked: &str, sought: &[String]) -> Vec<String> {
    let form = asked.strip_prefix("POST /rebook/").or(asked.strip_prefix("POST /partner/answer/"));
    let typed =
        found(form.and_then(|form| form.split_once(' ')).map_or("", |(_, form)| form), sought);
    sought.iter().filter(|sought| !typed.contains(sought)).cloned().collect()
}

fn is_told(line: &str, leaks: &[String]) -> bool {
    !found(line, leaks).is_empty()
}

fn nothing_leaks(day: &Day) {
    let everything = sought(day, &[&ADDRESSES, &NAMES, &TOKENS, &[day.calendar.as_str()]]);
    let personal = sought(day, &[&ADDRESSES]);
    assert!(day.log.contains("route=\"/api/rebook/{token}\""), "requests are logged: {}", day.log);
    let leaks = found(&day.log, &everything);
    let lines = day.log.lines().filter(|line| !leaks.is_empty() && is_told(line, &leaks));
    assert_eq!(lines.collect::<Vec<_>>(), [""; 0], "{leaks:?}");
    assert_eq!(leaks, [""; 0]);
    assert_eq!(found(&day.metrics, &everything), [""; 0]);
    assert!(day.errors.len() >= 10, "{:?}", day.errors);
    for (asked, answer) in &day.errors {
        assert_eq!(found(&answer.head, &personal), [""; 0], "{asked}");
        assert_eq!(found(&answer.body, &not_typed(asked, &personal)), [""; 0], "{asked}");
    }
    for (asked, answer) in &day.of_customers {
        assert_eq!(found(&answer.head, &personal), [""; 0], "{asked}");
        // The JSON of a link says its token, as the contract wants.
        let body = answer.body.replace(&format!("\"token\":\"{}\"", day.secrets[0]), "");
        assert_eq!(found(&body, &personal), [""; 0], "{asked}");
    }
    for (asked, answer) in &day.of_partners {
        assert_eq!(found(&answer.head, &personal), [""; 0], "{asked}");
        assert_eq!(found(&answer.body, &personal), [""; 0], "{asked}");
    }
    for (asked, answer) in &day.of_support {
        assert_eq!(found(&answer.head, &personal), [""; 0], "{asked}");
        assert_eq!(found(&answer.body, &sought(day, &[&[day.calendar.as_str()]])), [""; 0]);
        assert_eq!(found_beside(&answer.json(), &["customerEmail"], &personal), [""; 0], "{asked}");
    }
}

#[tokio::test]
async fn no_link_and_no_address_is_where_it_does_not_belong() {
    nothing_leaks(&long_day(&[]).await);
}

#[tokio::test]
async fn nor_on_postgres() {
    let database = TestDatabase::empty().await.unwrap();
    let day =
        long_day(&[("REBOOKING_DATABASE_URL", &database.url()), ("REBOOKING_DEMO", "true")]).await;
    assert!(day.log.contains("db.statement="), "even the driver speaks: {}", day.log);
    nothing_leaks(&day);
}

/// A search that would not find them proves nothing.
#[tokio::test]
async fn the_same_search_finds_them_where_they_belong() {
    let day = long_day(&[]).await;
    let everything = sought(&day, &[&ADDRESSES[..3], &NAMES]);
    assert_eq!(found(&day.mails, &everything), everything, "in the mails");
    assert_eq!(found("GET /support?q=ERIKA%40example.com", &everything), ["erika@example.com"]);
    let (asked, case) =
        day.of_support.iter().find(|(asked, _)| asked.contains("/cases/7001")).unwrap();
    let found: BTreeSet<_> = found_beside(&case.json(), &[], &everything).into_iter().collect();
    assert_eq!(
        found,
        BTreeSet::from(["erika@example.com", "Mustermann"].map(str::to_owned)),
        "{asked}"
    );
}
