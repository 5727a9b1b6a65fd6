//! The floors inside a crate: groups of files, and which floor may import from which.

use crate::imports::Imports;
use crate::workspace;

mod core;

/// Files that belong together. Within a floor all may know each other.
struct Floor {
    name: &'static str,
    /// Modules: `token` is `token.rs` and all that is in `token/`.
    modules: &'static [&'static str],
    /// The floors that they may import from.
    below: &'static [&'static str],
}

impl Floor {
    fn holds(&self, file: &str) -> bool {
        let holds = |module: &&str| {
            let rest = file.strip_prefix(*module);
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        self.modules.iter().any(holds)
    }

    fn may_know(&self, other: &Self) -> bool {
        self.name == other.name || self.below.contains(&other.name)
    }
}

/// Each arrow that leads where it may not, and each file that is on no floor or on two.
fn faults(imports: &Imports, floors: &[Floor]) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, targets) in &imports.files {
        let [floor] = floors_of(file, floors)[..] else {
            faults.push(format!("{file} is not on one floor"));
            continue;
        };
        for target in targets {
            if floors_of(target, floors).iter().any(|other| !floor.may_know(other)) {
                faults.push(format!("{file} imports from {target}"));
            }
        }
    }
    faults
}

fn floors_of<'a>(file: &str, floors: &'a [Floor]) -> Vec<&'a Floor> {
    floors.iter().filter(|floor| floor.holds(file)).collect()
}

/// Each file below `module` that names the crate.
fn that_know<'a>(imports: &'a Imports, module: &str, crate_name: &str) -> Vec<&'a str> {
    let floor =
        |file: &str| file.strip_prefix(module).is_some_and(|rest| rest.starts_with(['.', '/']));
    let outside = imports.outside.iter();
    let found = outside.filter(|(file, names)| floor(file) && names.contains(crate_name));
    found.map(|(file, _)| file.as_str()).collect()
}

/// A floor that is named by another, and is none, allows nothing.
fn unknown(floors: &[Floor]) -> Vec<&str> {
    let named = floors.iter().flat_map(|floor| floor.below.iter().copied());
    named.filter(|name| floors.iter().all(|floor| floor.name != *name)).collect()
}

fn check(package: &str, floors: &[Floor]) {
    let imports = workspace::library(package).unwrap().imports().unwrap();
    let faults = faults(&imports, floors);
    assert!(faults.is_empty(), "in {package}:\n{}", faults.join("\n"));
    assert!(unknown(floors).is_empty(), "in {package}: {:?}", unknown(floors));
}

/// The same rules on graphs with a planted fault.
mod planted {
    use super::*;

    const FLOORS: [Floor; 3] = [
        Floor { name: "root", modules: &["lib"], below: &["upper", "lower"] },
        Floor { name: "upper", modules: &["api", "pages"], below: &["lower"] },
        Floor { name: "lower", modules: &["value"], below: &[] },
    ];

    fn imports<const N: usize>(arrows: [(&str, &str); N]) -> Imports {
        let mut imports = Imports::default();
        for (from, to) in arrows {
            imports.files.entry(from.to_owned()).or_default().insert(to.to_owned());
        }
        imports
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let imports = imports([("lib.rs", "api.rs"), ("value/ids.rs", "api/case.rs")]);
        assert_eq!(faults(&imports, &FLOORS), ["value/ids.rs imports from api/case.rs"]);
    }

    #[test]
    fn arrows_down_and_within_a_floor_are_allowed() {
        let imports = imports([("api.rs", "pages/case.rs"), ("pages.rs", "value/ids.rs")]);
        assert!(faults(&imports, &FLOORS).is_empty());
    }

    #[test]
    fn a_file_on_no_floor_is_found_and_a_name_is_not_taken_for_its_beginning() {
        let faults = faults(&imports([("values.rs", "value.rs")]), &FLOORS);
        assert_eq!(faults, ["values.rs is not on one floor"]);
    }

    #[test]
    fn a_floor_that_is_none_is_found() {
        let floors = [Floor { name: "upper", modules: &["api"], below: &["lowre"] }];
        assert_eq!(unknown(&floors), ["lowre"]);
    }

    #[test]
    fn a_file_that_names_a_crate_is_found_below_its_module_alone() {
        let mut imports = Imports::default();
        for file in ["edge.rs", "edge/serve.rs", "edges.rs", "edge/clean.rs"] {
            let names = if file == "edge/clean.rs" { ["std"] } else { ["core_crate"] };
            imports.outside.insert(file.to_owned(), names.map(str::to_owned).into());
        }
        assert_eq!(that_know(&imports, "edge", "core_crate"), ["edge.rs", "edge/serve.rs"]);
    }
}
