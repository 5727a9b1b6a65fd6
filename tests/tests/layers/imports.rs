//! Which file of a crate imports from which: the graph that the checks of circles and floors read.
//!
//! A node is one file. File A has an arrow to file B when code in A names something that is
//! *defined* in B, by a path or by a `use`. Names are followed through re-exports to their
//! definition, so:
//!
//! - `pub use child::Thing` (`pub(crate)` and `pub(super)` too) is a signpost, not an arrow. A
//!   parent that gathers its children has no arrow to them unless its own code uses them, and a
//!   child has one to its parent only if it takes something that the parent's file defines.
//! - `mod child;`, and a `use` that only brings a module into scope, are no arrows either.
//! - Naming a type is an arrow to the file that defines it, wherever its `impl`s are. Calling a
//!   method is none.
//! - Tests (`#[cfg(test)]`) and comments are left out. Macros are read token by token; a name that
//!   no file defines is made by a macro and belongs to the file of its module.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

mod names;
mod paths;
#[cfg(test)]
mod tests;
mod tree;

use tree::Tree;

/// The text of each file, by its path in the folder of the crate's root.
pub(crate) type Sources = BTreeMap<String, String>;

/// The files of a crate, each with the files or crates that it imports from.
#[derive(Default)]
pub(crate) struct Imports {
    pub(crate) files: BTreeMap<String, BTreeSet<String>>,
    /// The first words of paths that lead out of the crate (`serde`), or are no imports (`value`).
    pub(crate) outside: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    /// Reads a crate from its root, such as `lib.rs`.
    pub(crate) fn read(sources: &Sources, root: &str) -> Result<Self, Box<dyn Error>> {
        let tree = Tree::read(sources, root)?;
        let mut imports = Self::default();
        for file in &tree.files {
            imports.files.entry(file.name.clone()).or_default();
            for (module, path) in paths::in_file(&tree, file) {
                imports.add(&tree, &file.name, module, &path);
            }
        }
        Ok(imports)
    }

    fn add(&mut self, tree: &Tree, from: &str, module: usize, path: &[String]) {
        match names::home(tree, module, path) {
            Some(file) if file == from => {}
            Some(file) => {
                self.files.entry(from.to_owned()).or_default().insert(file.to_owned());
            }
            None => {
                let first = path.first().into_iter().cloned();
                self.outside.entry(from.to_owned()).or_default().extend(first);
            }
        }
    }
}
