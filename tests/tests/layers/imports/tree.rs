//! The modules of a crate as its files declare them, each with the names that are defined in it.

use std::collections::BTreeMap;
use std::error::Error;

use syn::{Attribute, Item, Meta, UseTree, Visibility};

use super::Sources;

/// A file of the crate, with its items.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) module: usize,
    pub(crate) items: Vec<Item>,
}

/// What a name in a module stands for.
pub(crate) enum Named {
    Module(usize),
    /// Anything else that is defined in the module's file.
    Item,
    /// The path of a `use`.
    Alias(Vec<String>),
}

#[derive(Default)]
pub(crate) struct Module {
    pub(crate) file: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) names: BTreeMap<String, Vec<Named>>,
    /// The paths of each `use path::*`.
    pub(crate) globs: Vec<Vec<String>>,
}

/// Module 0 is the root.
#[derive(Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
    pub(crate) modules: Vec<Module>,
}

impl Tree {
    pub(crate) fn read(sources: &Sources, root: &str) -> Result<Self, Box<dyn Error>> {
        let mut tree = Self::default();
        tree.file(sources, root.to_owned(), "", None)?;
        Ok(tree)
    }

    /// The module of this name that `module` declares.
    pub(crate) fn child(&self, module: usize, name: &str) -> Option<usize> {
        self.modules[module].names.get(name)?.iter().find_map(|named| match named {
            Named::Module(child) => Some(*child),
            Named::Item | Named::Alias(_) => None,
        })
    }

    /// Takes in a file and the modules that it declares; their files are in `folder`.
    fn file(
        &mut self,
        sources: &Sources,
        name: String,
        folder: &str,
        parent: Option<usize>,
    ) -> Result<usize, Box<dyn Error>> {
        let text = sources.get(&name).ok_or_else(|| format!("{name} is missing"))?;
        let items = syn::parse_file(text).map_err(|error| format!("{name}: {error}"))?.items;
        let (file, module) = (self.files.len(), self.modules.len());
        self.files.push(File { name, module, items: Vec::new() });
        self.module(sources, folder, file, parent, &items)?;
        self.files[file].items = items;
        Ok(module)
    }

    fn module(
        &mut self,
        sources: &Sources,
        folder: &str,
        file: usize,
        parent: Option<usize>,
        items: &[Item],
    ) -> Result<usize, Box<dyn Error>> {
        let module = self.modules.len();
        self.modules.push(Module { file, parent, ..Module::default() });
        for item in items.iter().filter(|item| !for_tests(item)) {
            match item {
                Item::Mod(declared) => {
                    let name = declared.ident.to_string();
                    let inner = format!("{folder}{name}/");
                    let child = match &declared.content {
                        Some((_, items)) => {
                            self.module(sources, &inner, file, Some(module), items)?
                        }
                        None => self.file(sources, path(sources, &inner), &inner, Some(module))?,
                    };
                    self.name(module, name, Named::Module(child));
                }
                Item::Use(used) => self.use_tree(module, &used.tree),
                other => {
                    if let Some(name) = defined(other) {
                        self.name(module, name, Named::Item);
                    }
                }
            }
        }
        Ok(module)
    }

    fn name(&mut self, module: usize, name: String, named: Named) {
        self.modules[module].names.entry(name).or_default().push(named);
    }

    fn use_tree(&mut self, module: usize, tree: &UseTree) {
        for (name, path) in leaves(Vec::new(), tree) {
            match name {
                Some(name) => self.name(module, name, Named::Alias(path)),
                None => self.modules[module].globs.push(path),
            }
        }
    }
}

/// Each name that a `use` brings in, with its whole path. A glob has no name.
pub(crate) fn leaves(mut path: Vec<String>, tree: &UseTree) -> Vec<(Option<String>, Vec<String>)> {
    match tree {
        UseTree::Path(step) => {
            path.push(step.ident.to_string());
            leaves(path, &step.tree)
        }
        UseTree::Name(name) if name.ident == "self" => vec![(path.last().cloned(), path)],
        UseTree::Name(name) => {
            path.push(name.ident.to_string());
            vec![(path.last().cloned(), path)]
        }
        UseTree::Rename(rename) => {
            if rename.ident != "self" {
                path.push(rename.ident.to_string());
            }
            vec![(Some(rename.rename.to_string()), path)]
        }
        UseTree::Glob(_) => vec![(None, path)],
        UseTree::Group(group) => {
            group.items.iter().flat_map(|tree| leaves(path.clone(), tree)).collect()
        }
    }
}

/// The file of the module whose children are in `folder`: `name.rs`, or `name/mod.rs`.
fn path(sources: &Sources, folder: &str) -> String {
    let beside = format!("{}.rs", folder.trim_end_matches('/'));
    if sources.contains_key(&beside) { beside } else { format!("{folder}mod.rs") }
}

/// A `use` that others may go through.
pub(crate) fn is_signpost(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// Whether an item is built for tests only.
pub(crate) fn for_tests(item: &Item) -> bool {
    attributes(item).iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        meta => meta.path().is_ident("test"),
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
