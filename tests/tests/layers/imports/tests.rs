//! The graph of small crates: what is an arrow and what is none.

use super::{Imports, Sources};

fn read<const N: usize>(files: [(&str, &str); N]) -> Imports {
    let sources: Sources = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    Imports::read(&sources, "lib.rs").unwrap()
}

/// The arrows of `file`, in one line.
fn arrows(imports: &Imports, file: &str) -> String {
    imports.files[file].iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_use_and_a_path_are_arrows_to_where_the_thing_is_defined() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B; fn f(_: super::c::C) {}"),
        ("b.rs", "pub struct B;"),
        ("c.rs", "pub struct C;"),
    ];
    assert_eq!(arrows(&read(files), "a.rs"), "b.rs c.rs");
}

#[test]
fn a_re_export_is_followed_and_is_no_arrow_itself() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod inner; pub use inner::Thing; pub(crate) use inner::*;"),
        ("a/inner.rs", "pub struct Thing; pub struct Other;"),
        ("b.rs", "use crate::a::{Other, Thing as Renamed}; fn f(_: Renamed, _: Other) {}"),
    ];
    let imports = read(files);
    assert_eq!(arrows(&imports, "a.rs"), "");
    assert_eq!(arrows(&imports, "b.rs"), "a/inner.rs");
}

#[test]
fn a_child_imports_from_its_parent_only_what_the_parent_defines() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a.rs", "mod one; mod two; pub use two::Two; pub struct Own;"),
        ("a/one.rs", "use super::Two; fn f(_: Two) {}"),
        ("a/two.rs", "use super::*; pub struct Two(Own);"),
    ];
    let imports = read(files);
    assert_eq!(arrows(&imports, "a/one.rs"), "a/two.rs");
    assert_eq!(arrows(&imports, "a/two.rs"), "a.rs");
}

#[test]
fn a_module_in_scope_is_no_arrow_until_something_of_it_is_named() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b; use crate::b as again; fn f() { let b = 1; b.call(); }"),
        ("b.rs", "pub fn call() {}"),
    ];
    assert_eq!(arrows(&read(files), "a.rs"), "");
    let named = [files[0], ("a.rs", "use crate::b; fn f() { b::call(); }"), files[2]];
    assert_eq!(arrows(&read(named), "a.rs"), "b.rs");
}

#[test]
fn macros_are_read_and_what_they_make_belongs_to_their_file() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "fn f() { assert!(x.c::<u8>(), \"crate::c::C\", crate::b::Made::new()); }"),
        ("b.rs", "make!(Made);"),
        ("c.rs", "pub struct C;"),
    ];
    assert_eq!(arrows(&read(files), "a.rs"), "b.rs");
}

#[test]
fn tests_and_comments_are_left_out() {
    let a = "//! [`crate::b::B`]\n#[cfg(test)] mod tests { use crate::b::B; }\n\
             #[cfg(test)] mod absent; /// [`crate::b::B`]\nfn f() {}";
    let imports = read([("lib.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", "pub struct B;")]);
    assert_eq!(arrows(&imports, "a.rs"), "");
}

#[test]
fn modules_inside_a_file_are_that_file() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod inner { use super::super::b::B; pub struct Here(B); } use inner::Here;"),
        ("b.rs", "use crate::a::inner::Here; pub struct B;"),
    ];
    let imports = read(files);
    assert_eq!(arrows(&imports, "a.rs"), "b.rs");
    assert_eq!(arrows(&imports, "b.rs"), "a.rs");
}

#[test]
fn another_crate_is_named_by_its_first_word() {
    let lib = "use std::fmt; fn f() { format!(\"{}\", other::thing()); }";
    let imports = read([("lib.rs", lib)]);
    assert!(imports.outside["lib.rs"].contains("other"));
    assert!(imports.outside["lib.rs"].contains("std"));
}

#[test]
fn names_that_lead_in_a_ring_come_to_an_end() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub use crate::b::Thing; pub use crate::b::*; fn f(_: Thing, _: Lost) {}"),
        ("b.rs", "pub use crate::a::Thing; pub use crate::a::*;"),
    ];
    assert_eq!(arrows(&read(files), "a.rs"), "");
}

#[test]
fn a_file_that_is_missing_or_is_no_rust_is_refused() {
    let refused = |text: &str| {
        let sources: Sources = [("lib.rs".to_owned(), text.to_owned())].into();
        Imports::read(&sources, "lib.rs").is_err()
    };
    assert!(refused("mod absent;"));
    assert!(refused("fn {"));
}
