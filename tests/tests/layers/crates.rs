//! Which crate may know which, checked on what cargo resolves: arrows point inward, to the core.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use crate::workspace::cargo;

const CORE: &str = "rebooking-core";
/// What tests need of the machine; it knows nothing of ours, and is published for their sake.
const MACHINE: &str = "rebooking-machine";
/// Crates that only an adapter may stand on, each with its family: `sqlx` means `sqlx-core` too.
const OUTWARD: [&str; 7] = ["axum", "http", "hyper", "lettre", "reqwest", "rustls", "sqlx"];
/// What the core takes in with a feature, and not before.
const ON_REQUEST: [&str; 4] = ["icalendar", "minijinja", "rand", "tokio"];
const NONE: [&str; 0] = [];

/// Who depends on whom, by name: two versions of a crate are one node, so a rule can only be too
/// strict.
#[derive(Default)]
struct Graph {
    members: BTreeSet<String>,
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads `cargo tree --prefix depth`: a line is a depth, a name right behind it, and more that
    /// does not matter.
    fn parse(tree: &str) -> Result<Self, Box<dyn Error>> {
        let mut graph = Self::default();
        let mut path: Vec<String> = Vec::new();
        for line in tree.lines().filter(|line| !line.is_empty()) {
            let package = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let (name, _) = package.split_once(' ').ok_or("a line without a version")?;
            path.truncate(line.trim_end_matches(package).parse()?);
            match path.last() {
                Some(parent) => {
                    graph.edges.entry(parent.clone()).or_default().insert(name.to_owned())
                }
                None => graph.members.insert(name.to_owned()),
            };
            path.push(name.to_owned());
        }
        Ok(graph)
    }

    /// What `package` depends on itself.
    fn known_to<'a>(&'a self, package: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.edges.get(package).into_iter().flatten().map(String::as_str)
    }

    /// Everything else that `package` stands on, at any distance.
    fn below<'a>(&'a self, package: &str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.known_to(package).collect();
        while let Some(name) = open.pop() {
            if name != package && found.insert(name) {
                open.extend(self.known_to(name));
            }
        }
        found
    }

    fn adapters(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(String::as_str).filter(|member| is_adapter(member))
    }
}

fn is_adapter(package: &str) -> bool {
    package.starts_with("rebooking-") && ![CORE, MACHINE].contains(&package)
}

/// The crates of these families that the core stands on.
fn in_the_core<'a>(graph: &'a Graph, families: &[&str]) -> Vec<&'a str> {
    let belongs = |name: &str, family: &str| {
        let rest = name.strip_prefix(family);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let mut found: Vec<&str> = graph.below(CORE).into_iter().collect();
    found.retain(|name| families.iter().any(|family| belongs(name, family)));
    found
}

/// Each adapter that stands on another one.
fn entangled_adapters(graph: &Graph) -> Vec<&str> {
    graph.adapters().filter(|adapter| graph.below(adapter).into_iter().any(is_adapter)).collect()
}

/// Each member that names an adapter and is none of the two that put everything together.
fn unwanted_composers(graph: &Graph) -> Vec<&str> {
    let mut members: Vec<&str> = graph.members.iter().map(String::as_str).collect();
    members.retain(|member| !["examples", "tests"].contains(member));
    members
        .retain(|member| graph.known_to(member).any(|known| known != *member && is_adapter(known)));
    members
}

fn cargo_tree(arguments: &str) -> Result<String, Box<dyn Error>> {
    let tree = ["tree", "--locked", "--color", "never"];
    cargo(&[&tree[..], &arguments.split(' ').collect::<Vec<_>>()].concat())
}

fn core_with(features: &str) -> Result<Graph, Box<dyn Error>> {
    Graph::parse(&cargo_tree(&format!("-p {CORE} {features} --edges normal --prefix depth"))?)
}

fn workspace(edges: &str) -> Result<Graph, Box<dyn Error>> {
    Graph::parse(&cargo_tree(&format!(
        "--workspace --all-features --edges {edges} --prefix depth"
    ))?)
}

#[test]
fn the_core_as_it_comes_knows_no_outside_no_runtime_and_no_randomness() {
    let core = core_with("--features default").unwrap();
    assert_eq!(in_the_core(&core, &OUTWARD), NONE);
    assert_eq!(in_the_core(&core, &ON_REQUEST), NONE);
}

#[test]
fn the_core_with_every_feature_still_knows_no_sql_http_or_smtp() {
    assert_eq!(in_the_core(&core_with("--all-features").unwrap(), &OUTWARD), NONE);
}

#[test]
fn tokio_comes_to_the_core_with_the_feature_runtime_and_with_no_other() {
    comes_with("tokio", "runtime");
}

#[test]
fn calendar_files_and_templates_come_to_the_core_each_with_its_feature_and_with_no_other() {
    comes_with("icalendar", "ics");
    comes_with("minijinja", "templates");
}

fn comes_with(package: &str, its_feature: &str) {
    let features =
        cargo_tree(&format!("-p {CORE} --all-features --depth 0 --format {{f}} --edges normal"))
            .unwrap();
    for feature in features.trim().split(',') {
        let core = core_with(&format!("--no-default-features --features {feature}")).unwrap();
        let is_there = !in_the_core(&core, &[package]).is_empty();
        assert_eq!(is_there, feature == its_feature, "{package} with the feature {feature}");
    }
}

#[test]
fn every_adapter_stands_on_the_core() {
    let graph = workspace("normal").unwrap();
    let adapters: Vec<&str> = graph.adapters().collect();
    assert_ne!(adapters, NONE);
    assert!(
        adapters.iter().all(|adapter| graph.below(adapter).contains(CORE)),
        "one of {adapters:?}"
    );
}

/// There is one for all libraries of a process.
#[test]
fn mails_shop_and_tickets_leave_the_choice_of_tls_to_the_program() {
    for adapter in ["rebooking-magento", "rebooking-odoo", "rebooking-smtp"] {
        let tree = cargo_tree(&format!("-p {adapter} --edges normal --prefix depth")).unwrap();
        let graph = Graph::parse(&tree).unwrap();
        let below = graph.below(adapter);
        assert!(below.contains("rustls"), "{adapter}");
        for provider in ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "ring"] {
            assert!(!below.contains(provider), "{adapter} on {provider}");
        }
    }
}

#[test]
fn no_adapter_knows_another_adapter() {
    assert_eq!(entangled_adapters(&workspace("normal").unwrap()), NONE);
}

#[test]
fn only_the_examples_and_the_tests_name_adapters() {
    assert_eq!(unwanted_composers(&workspace("normal,build,dev").unwrap()), NONE);
}

/// The same rules on graphs with a planted fault: a check that cannot fail checks nothing.
#[cfg(test)]
mod planted {
    use super::*;

    /// One package a line, its depth before its name, as cargo prints it.
    fn graph<const N: usize>(lines: [&str; N]) -> Graph {
        Graph::parse(&lines.map(|line| format!("{line} v1.0.0 (/somewhere)\n")).concat()).unwrap()
    }

    #[test]
    fn an_outside_crate_behind_a_harmless_one_is_found() {
        let graph = graph(["0rebooking-core", "1serde", "1harmless", "2sqlx"]);
        assert_eq!(in_the_core(&graph, &OUTWARD), ["sqlx"]);
    }

    #[test]
    fn a_crate_is_found_by_its_family_and_not_by_its_first_letters() {
        let graph = graph(["0rebooking-core", "1httparse", "1http-body", "1tokio-util"]);
        assert_eq!(in_the_core(&graph, &OUTWARD), ["http-body"]);
        assert_eq!(in_the_core(&graph, &ON_REQUEST), ["tokio-util"]);
    }

    #[test]
    fn what_an_adapter_stands_on_is_not_held_against_the_core() {
        let graph =
            graph(["0rebooking-core", "1serde", "0rebooking-http", "1rebooking-core", "1hyper"]);
        assert_eq!(in_the_core(&graph, &OUTWARD), NONE);
    }

    #[test]
    fn what_cargo_prints_below_the_first_mention_only_counts_for_every_mention() {
        let graph = graph(["0examples", "1shared", "2tokio", "0rebooking-core", "1shared"]);
        assert_eq!(in_the_core(&graph, &ON_REQUEST), ["tokio"]);
    }

    #[test]
    fn an_adapter_that_reaches_another_through_a_third_crate_is_found() {
        let graph = graph(["0rebooking-http", "1between", "2rebooking-smtp", "0rebooking-smtp"]);
        assert_eq!(entangled_adapters(&graph), ["rebooking-http"]);
    }

    #[test]
    fn two_adapters_on_the_same_core_are_not_entangled() {
        let graph =
            graph(["0rebooking-http", "1rebooking-core", "0rebooking-smtp", "1rebooking-core"]);
        assert_eq!(entangled_adapters(&graph), NONE);
    }

    #[test]
    fn a_core_that_names_an_adapter_is_found_and_the_examples_may() {
        let graph = graph(["0examples", "1rebooking-smtp", "0rebooking-core", "1rebooking-smtp"]);
        assert_eq!(unwanted_composers(&graph), [CORE]);
    }

    #[test]
    fn an_adapter_may_name_itself_for_its_own_tests() {
        let graph = graph(["0rebooking-smtp", "1rebooking-core", "1rebooking-smtp"]);
        assert_eq!(unwanted_composers(&graph), NONE);
    }

    #[test]
    fn a_line_that_is_not_of_a_tree_is_refused() {
        assert!(Graph::parse("[dev-dependencies]\n").is_err());
    }
}
