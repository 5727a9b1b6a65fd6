//! Where a path leads: to a module, or to the file that defines the thing.

use super::tree::{Named, Tree};

/// More re-exports than any name goes through, so that two which name each other come to an end.
const MAX_STEPS: usize = 16;

enum Found {
    Module(usize),
    Item(usize),
}

/// The file that defines what `path` names in `module`. None for a module, for what is another
/// crate's, and for what is not a module's name at all, such as a local variable.
pub(crate) fn home<'a>(tree: &'a Tree, module: usize, path: &[String]) -> Option<&'a str> {
    match follow(tree, module, path, MAX_STEPS)? {
        Found::Item(file) => Some(tree.files[file].name.as_str()),
        Found::Module(_) => None,
    }
}

fn follow(tree: &Tree, module: usize, path: &[String], steps: usize) -> Option<Found> {
    let (first, mut rest) = path.split_first()?;
    let mut here = match first.as_str() {
        "crate" => Found::Module(0),
        "self" => Found::Module(module),
        "super" => Found::Module(tree.modules[module].parent?),
        name => look_up(tree, module, name, rest.is_empty(), steps)?,
    };
    while let (Found::Module(at), Some((name, after))) = (&here, rest.split_first()) {
        here = step(tree, *at, name, after.is_empty(), steps)?;
        rest = after;
    }
    Some(here)
}

/// One word further in a path. What is named in a module without being declared there was made by a
/// macro.
fn step(tree: &Tree, module: usize, name: &str, last: bool, steps: usize) -> Option<Found> {
    if name == "super" {
        return Some(Found::Module(tree.modules[module].parent?));
    }
    let found = look_up(tree, module, name, last, steps);
    let declared = tree.modules[module].names.contains_key(name);
    if found.is_none() && !declared {
        return Some(Found::Item(tree.modules[module].file));
    }
    found
}

/// A name may stand for a module and a function at once: the last word of a path means the thing.
fn look_up(tree: &Tree, module: usize, name: &str, last: bool, steps: usize) -> Option<Found> {
    let steps = steps.checked_sub(1)?;
    let here = &tree.modules[module];
    let mut found: Vec<Found> = match here.names.get(name) {
        Some(named) => {
            named.iter().filter_map(|named| resolve(tree, module, named, steps)).collect()
        }
        None => {
            let globs = here.globs.iter();
            globs.filter_map(|glob| through(tree, module, glob, name, last, steps)).collect()
        }
    };
    let wanted = |found: &Found| matches!(found, Found::Item(_)) == last;
    let at = found.iter().position(wanted).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at))
}

fn resolve(tree: &Tree, module: usize, named: &Named, steps: usize) -> Option<Found> {
    match named {
        Named::Module(child) => Some(Found::Module(*child)),
        Named::Item => Some(Found::Item(tree.modules[module].file)),
        Named::Alias(path) => follow(tree, module, path, steps),
    }
}

fn through(
    tree: &Tree,
    module: usize,
    glob: &[String],
    name: &str,
    last: bool,
    steps: usize,
) -> Option<Found> {
    match follow(tree, module, glob, steps)? {
        Found::Module(at) if at != module => look_up(tree, at, name, last, steps),
        Found::Module(_) | Found::Item(_) => None,
    }
}
