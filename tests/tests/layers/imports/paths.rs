//! Every path that the code of a file names, each with the module that it stands in.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro};

use super::tree::{File, Tree, for_tests, is_signpost, leaves};

pub(crate) fn in_file(tree: &Tree, file: &File) -> Vec<(usize, Vec<String>)> {
    let mut paths = Paths { tree, module: file.module, found: Vec::new() };
    for item in &file.items {
        paths.visit_item(item);
    }
    paths.found
}

struct Paths<'a> {
    tree: &'a Tree,
    module: usize,
    found: Vec<(usize, Vec<String>)>,
}

impl Visit<'_> for Paths<'_> {
    fn visit_item(&mut self, item: &Item) {
        if !for_tests(item) {
            visit::visit_item(self, item);
        }
    }

    /// A module of its own inside the file.
    fn visit_item_mod(&mut self, item: &ItemMod) {
        if item.content.is_some() {
            let outer = self.module;
            self.module = self.tree.child(outer, &item.ident.to_string()).unwrap_or(outer);
            visit::visit_item_mod(self, item);
            self.module = outer;
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        if !is_signpost(&item.vis) {
            self.found.extend(
                leaves(Vec::new(), &item.tree).into_iter().map(|(_, path)| (self.module, path)),
            );
        }
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let words = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.found.push((self.module, words));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &Macro) {
        self.visit_path(&called.path);
        self.tokens(called.tokens.clone());
    }

    /// Comments are attributes, too.
    fn visit_attribute(&mut self, _: &Attribute) {}
}

impl Paths<'_> {
    /// The paths in the tokens of a macro: words with `::` between them, but no methods and fields.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut after_dot) = (0, false);
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                    colons += 1
                }
                TokenTree::Ident(ident) if colons == 2 => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                other => {
                    self.keep(std::mem::take(&mut path));
                    colons = 0;
                    match other {
                        TokenTree::Ident(ident) if !after_dot => path.push(ident.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Punct(punct) => {
                            after_dot = punct.as_char() == '.';
                            continue;
                        }
                        _ => {}
                    }
                }
            }
            after_dot = false;
        }
        self.keep(path);
    }

    fn keep(&mut self, path: Vec<String>) {
        if !path.is_empty() {
            self.found.push((self.module, path));
        }
    }
}
