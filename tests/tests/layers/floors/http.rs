//! The floors of the HTTP adapter: the edge by itself, what both sides share, and on top the API
//! and the pages, which do not know each other.

use super::{Floor, check, that_know};
use crate::workspace;

const CRATE: &str = "rebooking-http";

/// What both the API and the pages stand on.
const SHARED: [&str; 11] = [
    "usage", "dto", "caller", "auth", "extract", "state", "settings", "error", "messages", "codes",
    "edge",
];

/// The same, and what hosts hand in for pages.
const PAGES: [&str; 12] = [
    "page templates",
    "usage",
    "dto",
    "caller",
    "auth",
    "extract",
    "state",
    "settings",
    "error",
    "messages",
    "codes",
    "edge",
];

const FLOORS: [Floor; 17] = [
    // The front of the crate: nothing but re-exports.
    Floor { name: "root", modules: &["lib"], below: &[] },
    // Composes the routes, and is known to nobody.
    Floor {
        name: "service",
        modules: &["service"],
        below: &["api", "pages", "dto", "state", "settings", "edge"],
    },
    Floor { name: "api", modules: &["api"], below: &SHARED },
    Floor { name: "pages", modules: &["pages"], below: &PAGES },
    // The other way round: what calls an endpoint, and is called by nobody here.
    Floor { name: "webhooks", modules: &["webhooks"], below: &["dto"] },
    Floor { name: "usage", modules: &["usage"], below: &["state", "error", "edge"] },
    Floor { name: "dto", modules: &["dto"], below: &["extract", "settings", "error", "messages"] },
    // Who calls is looked up by what the state holds.
    Floor {
        name: "caller",
        modules: &["caller"],
        below: &["state", "auth", "extract", "error", "edge", "codes"],
    },
    Floor { name: "state", modules: &["state"], below: &["auth", "settings", "error", "edge"] },
    Floor {
        name: "settings",
        modules: &["settings"],
        below: &["auth", "edge", "codes", "page templates"],
    },
    // How somebody proves who they are, whoever keeps it.
    Floor { name: "auth", modules: &["auth"], below: &["codes"] },
    // What a host hands in for pages, and nothing of how they are made.
    Floor { name: "page templates", modules: &["pages/templates/kind"], below: &[] },
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
