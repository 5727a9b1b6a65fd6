//! The alert rules and the dashboard ask for metrics that the code has, and each rule is explained.

use std::collections::BTreeSet;

use crate::files::{self, named};

const PREFIX: &str = "rebooking_";

/// The names of metrics in a text. What a recorder adds to a histogram's name is no part of it.
fn metrics_in(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let names = words.filter(|word| word.starts_with(PREFIX));
    names.map(|name| name.strip_suffix("_bucket").unwrap_or(name)).collect()
}

#[test]
fn every_metric_of_the_alert_rules_and_the_dashboard_is_measured_somewhere() {
    let sources = files::with_extension(&["rs"]).unwrap();
    let is_measured = |name: &str| {
        let quoted = format!("!(\"{name}\"");
        let broken = format!("\"{name}\",");
        sources.iter().any(|file| {
            !file.name.contains("/tests/")
                && (file.text.contains(&quoted) || file.text.contains(&broken))
        })
    };
    for document in ["docs/monitoring/alerts.yml", "docs/monitoring/dashboard.json"] {
        let text = named(document).unwrap().text;
        let asked = metrics_in(&text);
        let unknown: Vec<_> = asked.iter().filter(|name| !is_measured(name)).collect();
        assert!(asked.len() > 5, "{document}: {asked:?}");
        assert!(unknown.is_empty(), "{document}: {unknown:?}");
    }
}

#[test]
fn every_alert_is_explained_where_operators_look() {
    let rules = named("docs/monitoring/alerts.yml").unwrap().text;
    let operations = named("docs/operations.md").unwrap().text;
    let alerts = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: "));
    let unexplained: Vec<_> =
        alerts.filter(|alert| !operations.contains(&format!("`{alert}`"))).collect();
    assert!(rules.contains("- alert: "));
    assert!(unexplained.is_empty(), "{unexplained:?}");
}
