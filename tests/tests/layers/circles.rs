//! No import circle of more than two files: in a larger one nothing can be moved by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::Imports;
use crate::workspace;

const MAX_FILES: usize = 2;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Everything that `file` reaches; itself only if there is a way back.
fn reach<'a>(graph: &'a Graph, file: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![file];
    while let Some(next) = open.pop() {
        for target in graph.get(next).into_iter().flatten() {
            if found.insert(target.as_str()) {
                open.push(target);
            }
        }
    }
    found
}

/// The largest groups of files that all reach each other: the strongly connected components.
fn circles(graph: &Graph) -> Vec<Vec<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|file| (file.as_str(), reach(graph, file))).collect();
    let mut circles: Vec<Vec<&str>> = Vec::new();
    for (file, ahead) in reached.iter().filter(|(file, ahead)| ahead.contains(**file)) {
        let mut known = circles.iter_mut();
        match known.find(|circle| ahead.contains(circle[0]) && reached[circle[0]].contains(file)) {
            Some(circle) => circle.push(file),
            None => circles.push(vec![file]),
        }
    }
    circles
}

fn too_large(graph: &Graph) -> Vec<Vec<&str>> {
    circles(graph).into_iter().filter(|circle| circle.len() > MAX_FILES).collect()
}

#[test]
fn no_crate_has_a_circle_of_more_than_two_files() {
    for target in workspace::targets().unwrap() {
        let Imports { files, .. } = target.imports().unwrap();
        assert_eq!(too_large(&files), Vec::<Vec<&str>>::new(), "in {}", target.root.display());
    }
}

/// The same rule on graphs with a planted fault.
mod planted {
    use super::*;

    fn graph<const N: usize>(arrows: [(&str, &str); N]) -> Graph {
        let mut graph = Graph::new();
        for (from, to) in arrows {
            graph.entry(from.to_owned()).or_default().insert(to.to_owned());
            graph.entry(to.to_owned()).or_default();
        }
        graph
    }

    #[test]
    fn a_circle_of_three_is_found_and_what_only_leads_to_it_is_not() {
        let graph = graph([("a", "b"), ("b", "c"), ("c", "a"), ("in", "a"), ("c", "out")]);
        assert_eq!(too_large(&graph), [["a", "b", "c"]]);
    }

    #[test]
    fn two_circles_that_share_a_file_are_one() {
        let graph = graph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]);
        assert_eq!(too_large(&graph), [["a", "b", "c"]]);
    }

    #[test]
    fn two_files_may_know_each_other() {
        let graph = graph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c")]);
        assert_eq!(circles(&graph), [["a", "b"], ["c", "d"]]);
        assert!(too_large(&graph).is_empty());
    }
}
