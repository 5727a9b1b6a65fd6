//! A server is set up, its database is saved and restored to an earlier moment, and its keys are
//! exchanged, as the document for operators says.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tests::process::Signal;
use tests::stack::Stack;
use tests::stack::database::{Database, OURS};
use tests::stack::line::Condition;
use tests::stack::shop::WEEK_LATER;
use tests::stack::wait::eventually;

use crate::blocks::{Block, of_document};
use crate::operator::{declined, shell_without};

const DOCUMENT: &str = "docs/operations.md";
const SET_UP: &str = "Starting, stopping, rolling out";
const SAVED: &str = "Backup and restore";
const KEYS: &str = "Keys";
/// A test of its own has a pooler.
const POOLER: &str = "Pooler";

/// The commands of a section.
fn section(heading: &str) -> Vec<Block> {
    let mut blocks = of_document(DOCUMENT);
    blocks.retain(|block| block.heading == heading);
    assert!(!blocks.is_empty(), "{heading}");
    blocks
}

/// What stands in no section that has a place of its own.
fn others() -> Vec<Block> {
    let mut blocks = of_document(DOCUMENT);
    blocks.retain(|block| ![SET_UP, SAVED, KEYS, POOLER].contains(&block.heading.as_str()));
    blocks
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_to_an_earlier_moment_nothing_is_done_twice() {
    let stack = Stack::on(Database::of_its_own().await, &[]).await;
    let (erika, _, link) = declined(&stack).await;
    stack.comes_to_rest().await;
    let owner = stack.database().url(stack.database().port());
    let restored = owner.replace("/stack", "/restored");
    let (mut shell, _) = shell_without(&stack, "REBOOKING_DATABASE_URL");
    let app = owner.replace("rebooking@", "app@");
    for (name, value) in [
        ("OWNER_URL", &owner),
        ("APP_URL", &app),
        ("RESTORED_URL", &restored),
        ("REBOOKING_DATABASE_URL", &app),
    ] {
        shell.environment.insert(name.to_owned(), value.clone());
    }
    let said = shell.carries_out(&section(SET_UP)).await;
    assert!(said.contains("ok         database, rights: this role has what the"), "{said}");
    let said = shell.carries_out(&others()).await;
    assert!(said.contains("rebooking_server_tasks "), "{said}");

    // The moment that is saved: she has chosen, and the shop has not heard of it.
    stack.lines.shop.is(Condition::Down).await;
    let chosen = stack.customer().chooses(&link, &erika, WEEK_LATER).await;
    assert_eq!(chosen.status, 200, "{chosen:?}");
    assert!(stack.server_ends_by(Signal::Term).await);
    stack.lines.shop.is(Condition::Up).await;
    let said = shell.carries_out(&section(SAVED)).await;
    assert!(said.contains("ok         database, migrations: up to date"), "{said}");
    stack.starts_a_server().await;
    stack.comes_to_rest().await;
    let seen = outside(&stack).await;

    assert!(stack.server_ends_by(Signal::Term).await);
    stack.is_told(&[("DATABASE_URL", &restored)]);
    stack.starts_a_server().await;
    let open = format!("SELECT count(*) FROM {OURS}effects WHERE over_at IS NULL");
    eventually("that all is delivered once more", || async {
        let mut connection = PgConnection::connect(&restored).await.unwrap();
        let open: i64 = sqlx::query_scalar(AssertSqlSafe(open.clone()))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        (open == 0).then_some(())
    })
    .await;

    assert_eq!(outside(&stack).await, seen);
}

/// What shop, helpdesk and people with mails have seen.
async fn outside(stack: &Stack) -> (String, String, BTreeSet<String>) {
    let (orders, tickets) = (stack.shop().orders().await, stack.helpdesk().tickets().await);
    let mails = stack.mails().all().into_iter().map(|mail| mail.id).collect();
    (format!("{orders:#?}"), format!("{tickets:#?}"), mails)
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_the_key_before_open_after_it_was_exchanged() {
    let stack = Stack::start().await;
    let (_, _, link) = declined(&stack).await;
    let (shell, key) = shell_without(&stack, "REBOOKING_LINK_KEY");
    let file = |name: &str| shell.folder.join("etc").join(name);
    std::fs::write(file("link-key"), &key[0].1).unwrap();

    shell.carries_out(&section(KEYS)).await;

    let read = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    let (new, retired) = (read("link-key"), read("retired-link-keys"));
    assert_ne!(new.trim(), key[0].1);
    assert!(stack.server_ends_by(Signal::Term).await);
    let told = [("LINK_KEY", new.trim()), ("LINK_KEY_ID", "2"), ("RETIRED_LINK_KEYS", &retired)];
    stack.is_told(&told);
    stack.starts_a_server().await;
    let opened = stack.customer().opens(&link).await;
    assert!(opened.status == 200 && opened.body.contains("Termin umbuchen"), "{opened:?}");
}

#[test]
fn each_section_has_its_place() {
    let named: BTreeSet<String> =
        of_document(DOCUMENT).into_iter().map(|block| block.heading).collect();
    for heading in [SET_UP, SAVED, KEYS, POOLER] {
        assert!(named.contains(heading), "{heading}");
    }
}
