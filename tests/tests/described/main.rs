//! The API does what its description says, as schemathesis sees it: with everything that the
//! description allows, and with much that it does not. `target/machine/schemathesis/<run>.txt`
//! keeps what each run said; the same seed sends the same requests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

use std::path::{Path, PathBuf};
use std::process::Output;

use tests::checks::PYTHON;
use tests::demo::Demo;
use tokio::process::Command;

const SERVER: &str = env!("CARGO_BIN_EXE_demo-server");

/// A server on which three customers have a link, and others wait for their partner.
async fn server() -> Demo {
    let limits = [("REBOOKING_ADDRESS_LIMIT", "off"), ("REBOOKING_LINK_LIMIT", "off")];
    let demo = Demo::start(SERVER.as_ref(), &limits).await;
    for request in 1..=3 {
        let path = format!("/api/partner/confirmations/{request}/decline");
        let declined =
            demo.call("POST", &path, "demo-partner", r#"{"reason":"Der Koch ist krank."}"#).await;
        assert_eq!(declined.status, 200, "{declined:?}");
    }
    demo
}

/// Runs schemathesis on the routes that a pattern fits.
async fn run(
    name: &str,
    description: &str,
    base: &str,
    pattern: &str,
    token: &str,
    link: &str,
) -> Output {
    let home = tokio::task::spawn_blocking(|| PYTHON.home()).await.unwrap().unwrap();
    let values = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/described/schemathesis.toml");
    let mut command = Command::new(home.join("bin/schemathesis"));
    command.arg("--config-file").arg(values).args([
        "--no-color",
        "run",
        description,
        "--url",
        base,
    ]);
    command.args([
        "--include-path-regex",
        pattern,
        "--checks",
        "all",
        "--seed",
        "1",
        "--max-examples",
        "12",
    ]);
    if !token.is_empty() {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let output = command.env("LINK", link).current_dir(folder()).output().await.unwrap();
    std::fs::write(folder().join(format!("{name}.txt")), &output.stdout).unwrap();
    output
}

/// Where schemathesis keeps what it likes to keep.
fn folder() -> PathBuf {
    let folder = machine::folder().join("schemathesis");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test]
async fn every_route_does_what_its_description_says() {
    let demo = server().await;
    let description = format!("{}/openapi.json", demo.base);
    let mailed = demo.mailed().await;
    // Those of the three that were declined just now.
    let newest = &mailed[mailed.len() - 3..];
    let links: Vec<_> = newest.iter().map(|page| page.strip_prefix("/rebook/").unwrap()).collect();
    let customers = "^/(api/rebook|healthz|readyz)";
    let made = demo.call("POST", "/api/partner/calendar", "demo-partner", "").await.json();
    let calendar = made["data"]["url"].as_str().unwrap().rsplit('/').next().unwrap();
    for (name, pattern, token, link) in [
        ("a calendar program", "^/partner/calendar/", "", calendar),
        // Her address is the example of the description, so that one of the requests is a choice.
        ("a customer who books", customers, "", links[0]),
        ("a customer with a wrong address", customers, "", links[1]),
        ("a customer without a link", customers, "", "unknown"),
        ("a partner", "^/api/partner/", "demo-partner", ""),
        ("support", "^/api/support/", "demo-support", ""),
    ] {
        let output = run(name, &description, &demo.base, pattern, token, link).await;
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        assert!(said.contains(" passed"), "{name}: {said}");
    }
    assert!(!demo.log().contains("ERROR"), "{}", demo.log());
}

/// A description that promises what is not kept: a check that cannot fail checks nothing.
#[tokio::test]
async fn a_promise_that_is_not_kept_is_noticed() {
    let demo = server().await;
    let mut promised = demo.call("GET", "/openapi.json", "", "").await.json();
    let answers = promised["paths"]["/healthz"]["get"]["responses"].as_object_mut();
    assert!(answers.unwrap().remove("200").is_some());
    let file = folder().join("promised.json");
    std::fs::write(&file, promised.to_string()).unwrap();
    let output = run("planted", &file.display().to_string(), &demo.base, "^/healthz", "", "").await;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Undocumented"), "{output:?}");
}
