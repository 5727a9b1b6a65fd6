//! The floors of the HTTP adapter: the edge by itself, what both sides share, and on top the API
//! and the pages, which do not know each other.

use super::{Floor, check, that_know};
use crate::workspace;

const CRATE: &str = "rebooking-http";

/// What both the API and the pages stand on.
const SHARED: [&str; 10] =
    ["usage", "dto", "auth", "extract", "state", "settings", "error", "messages", "codes", "edge"];

const FLOORS: [Floor; 14] = [
    // The front of the crate: nothing but re-exports.
    Floor { name: "root", modules: &["lib"], below: &[] },
    // Composes the routes, and is known to nobody.
    Floor {
        name: "service",
        modules: &["service"],
        below: &["api", "pages", "dto", "state", "settings", "edge"],
    },
    Floor { name: "api", modules: &["api"], below: &SHARED },
    Floor { name: "pages", modules: &["pages"], below: &SHARED },
    Floor { name: "usage", modules: &["usage"], below: &["state", "error", "edge"] },
    Floor { name: "dto", modules: &["dto"], below: &["extract", "settings", "error", "messages"] },
    // Who calls is looked up in the state, which holds the sessions.
    Floor {
        name: "auth",
        modules: &["auth"],
        below: &["state", "extract", "error", "edge", "codes"],
    },
    Floor { name: "state", modules: &["state"], below: &["auth", "settings", "error", "edge"] },
    Floor { name: "settings", modules: &["settings"], below: &["auth", "edge", "codes", "pages"] },
    Floor { name: "extract", modules: &["extract"], below: &["error", "edge"] },
    Floor { name: "error", modules: &["error"], below: &["messages", "codes", "edge"] },
    Floor { name: "messages", modules: &["messages"], below: &["codes"] },
    // Plain values that texts are written for.
    Floor { name: "codes", modules: &["error/code", "auth/principal"], below: &[] },
    Floor { name: "edge", modules: &["edge"], below: &[] },
];

#[test]
fn the_http_adapter_is_built_of_floors_and_api_and_pages_know_nothing_of_each_other() {
    check(CRATE, &FLOORS);
}

#[test]
fn the_edge_knows_nothing_of_rebooking() {
    let imports = workspace::library(CRATE).unwrap().imports().unwrap();
    assert!(imports.files.keys().any(|file| file.starts_with("edge/")));
    assert_eq!(that_know(&imports, "edge", "rebooking_core"), Vec::<&str>::new());
}
