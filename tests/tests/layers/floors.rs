//! The floors inside a crate: groups of files, and which floor may import from which.

use crate::imports::Imports;
use crate::workspace;

mod core;
mod http;

/// Files that belong together. Within a floor all may know each other.
struct Floor {
    name: &'static str,
    /// Modules: `token` is `token.rs` and all that is in `token/`.
    modules: &'static [&'static str],
    /// The floors that they may import from.
    below: &'static [&'static str],
}

impl Floor {
    /// How closely the floor names the file: by the length of the longest module that holds it.
    fn holds(&self, file: &str) -> Option<usize> {
        let holds = |module: &&&str| {
            let rest = file.strip_prefix(**module);
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        self.modules.iter().filter(holds).map(|module| module.len()).max()
    }

    fn may_know(&self, other: &Self) -> bool {
        self.name == other.name || self.below.contains(&other.name)
    }
}

/// Each arrow that leads where it may not, and each file that is on no floor.
fn faults(imports: &Imports, floors: &[Floor]) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, targets) in &imports.files {
        let Some(floor) = floor_of(file, floors) else {
            faults.push(format!("{file} is on no floor"));
            continue;
        };
        for target in targets {
            if floor_of(target, floors).is_some_and(|other| !floor.may_know(other)) {
                faults.push(format!("{file} imports from {target}"));
            }
        }
    }
    faults
}

/// The floor that names the file most closely: `error/code` goes before `error`.
fn floor_of<'a>(file: &str, floors: &'a [Floor]) -> Option<&'a Floor> {
    let named = floors.iter().filter_map(|floor| Some((floor.holds(file)?, floor)));
    named.max_by_key(|(length, _)| *length).map(|(_, floor)| floor)
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
        assert_eq!(faults, ["values.rs is on no floor"]);
    }

    #[test]
    fn a_file_belongs_to_the_floor_that_names_it_most_closely() {
        let floors = [
            Floor { name: "error", modules: &["error"], below: &[] },
            Floor { name: "codes", modules: &["error/code"], below: &[] },
        ];
        let faults = faults(&imports([("error/code.rs", "error/response.rs")]), &floors);
        assert_eq!(faults, ["error/code.rs imports from error/response.rs"]);
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
