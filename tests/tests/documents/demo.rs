//! What whoever tries the demo is told to paste.

use std::collections::BTreeMap;

use tests::demo::Demo;

use crate::blocks::of_document;
use crate::shell::Shell;

const SERVER: &str = env!("CARGO_BIN_EXE_demo-server");

#[tokio::test(flavor = "multi_thread")]
async fn what_the_readme_says_tells_the_whole_story_on_the_demo() {
    let demo = Demo::start(SERVER.as_ref(), &[]).await;
    let mut shell = Shell::new(BTreeMap::new());
    shell.here.push(("http://127.0.0.1:8080", demo.base.clone()));

    shell.carries_out(&of_document("README.md")).await;

    let case = demo.call("GET", "/api/support/cases/7001", "demo-support", "").await.json();
    let states: Vec<_> = case["data"]["tokens"].as_array().unwrap().iter().collect();
    assert_eq!(states.len(), 2, "declined twice: {case}");
    let audit = case.to_string();
    for event in ["declined", "chosen", "confirmed"] {
        assert!(audit.contains(event), "{event}: {audit}");
    }
    let controls = demo.call("GET", "/demo", "", "").await.json()["controls"].take();
    assert_eq!(controls["clock"]["aheadHours"], 168, "{controls}");
    assert_eq!(controls["systems"][0]["condition"], "off", "{controls}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_contributors_are_told_to_start_starts() {
    let shell = Shell::new(BTreeMap::new());
    shell.carries_out(&of_document("CONTRIBUTING.md")).await;
    assert!(of_document("docs/performance.md").is_empty(), "they are benches");
}
