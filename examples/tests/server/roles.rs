//! Processes that share the work: some answer, some deliver.

use std::path::Path;

use rebooking_postgres::testing::TestDatabase;
use serde_json::json;

use crate::mails::{files, link_in};
use crate::on_postgres::{demo, oldest_request};
use crate::process::{Server, command, eventually};
use crate::{PARTNER, SUPPORT};

/// A process of one role, whose mails are files in a folder of this test.
fn process(database: &TestDatabase, role: &str, folder: &str) -> Server {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let mut command = demo(&database.url(), &["--role", role]);
    command
        .env("REBOOKING_MAIL_FOLDER", folder)
        .env("REBOOKING_MAIL_FROM", "buchung@example.com")
        .env("REBOOKING_BASE_URL", "http://umbuchen.example.com");
    Server::run(&mut command)
}

#[tokio::test]
async fn what_is_committed_by_a_web_process_is_delivered_by_a_worker_elsewhere() {
    let database = TestDatabase::migrated().await.unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("role-mails");
    let _ = std::fs::remove_dir_all(&folder);
    let web = process(&database, "web", "role-mails");
    web.decline(oldest_request(&web), json!([]));
    let effects = web.get("/api/support/effects?state=waiting", SUPPORT);
    assert!(effects["data"]["total"].as_u64() > Some(0), "a web process delivers nothing");
    assert_eq!(files(&folder), Vec::<std::path::PathBuf>::new());

    let _worker = process(&database, "worker", "role-mails");
    let mail = eventually(|| files(&folder).pop());
    let link = link_in(&std::fs::read_to_string(mail).unwrap(), "umbuchen.example.com");
    let shown = web.get(&format!("/api/rebook/{link}"), "");
    assert_eq!(shown["data"]["originalBooking"]["orderNumber"], json!("100012345"));
}

#[tokio::test]
async fn a_worker_says_that_it_is_alive_and_serves_nobody() {
    let database = TestDatabase::migrated().await.unwrap();
    let worker = process(&database, "worker", "worker-mails");
    let status = |path: &str, token: &str| {
        let headers = format!("authorization: Bearer {token}\r\n");
        let (head, body) = worker.send("GET", path, &headers, "");
        (head.split(' ').nth(1).map(str::to_owned), body)
    };
    for path in ["/healthz", "/readyz"] {
        assert_eq!(status(path, "").0.as_deref(), Some("200"), "{path}");
    }
    for path in ["/support", "/partner", "/api/support/cases", "/api/partner/rebookings"] {
        assert_eq!(status(path, PARTNER).0.as_deref(), Some("404"), "{path}");
    }
    // What waits in each lane is there to be watched.
    let measured = eventually(|| {
        let (code, body) = status("/metrics", SUPPORT);
        assert_eq!(code.as_deref(), Some("200"));
        body.contains("rebooking_effects{lane=\"mail\",state=\"waiting\"} 0").then_some(body)
    });
    assert!(measured.contains("rebooking_lane_closed{lane=\"orders\"} 0"), "{measured}");
}

#[test]
fn in_memory_there_is_nobody_to_share_the_work_with() {
    for role in ["web", "worker"] {
        let refused = command(&["--role", role]).output().unwrap();
        assert!(!refused.status.success(), "{refused:?}");
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(told.contains("--role or REBOOKING_ROLE"), "{told}");
    }
}
