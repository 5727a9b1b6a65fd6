//! The floors of the core: values, rules, ports, use cases, and on top the fakes and suites.

use super::{Floor, check};

const FLOORS: [Floor; 11] = [
    Floor {
        name: "root",
        modules: &["lib"],
        below: &[
            "value",
            "rules",
            "presentation",
            "ports",
            "error",
            "service",
            "runtime",
            "testing",
        ],
    },
    Floor { name: "value", modules: &["value", "digits"], below: &[] },
    Floor {
        name: "rules",
        modules: &[
            "attempts",
            "audit",
            "backup",
            "change",
            "confirmation",
            "effect",
            "eligibility",
            "event",
            "link",
            "notice",
            "policy",
            "proposal",
            "reason",
            "rebooking",
            "token",
            "wish",
        ],
        below: &["value"],
    },
    // What pages and mails share. No other floor of the core may name it.
    Floor {
        name: "presentation",
        modules: &["brand", "calendar_entry", "format", "presentation"],
        below: &["rules", "value"],
    },
    // With what the machine itself provides: its clock and its randomness.
    Floor { name: "ports", modules: &["ports", "system"], below: &["rules", "value"] },
    Floor { name: "error", modules: &["error"], below: &["ports", "rules", "value"] },
    Floor { name: "service", modules: &["service"], below: &["error", "ports", "rules", "value"] },
    Floor {
        name: "runtime",
        modules: &["importer", "worker"],
        below: &["service", "error", "ports", "rules", "value"],
    },
    Floor { name: "memory", modules: &["memory"], below: &["error", "ports", "rules", "value"] },
    // What hosts import with one line.
    Floor {
        name: "prelude",
        modules: &["prelude"],
        below: &["root", "service", "error", "ports", "rules", "value"],
    },
    // The macros of the contract suites are at the root of the crate.
    Floor {
        name: "testing",
        modules: &["testing"],
        below: &["root", "memory", "service", "error", "ports", "rules", "value"],
    },
];

#[test]
fn the_core_is_built_of_values_then_rules_then_ports_then_use_cases() {
    check("rebooking-core", &FLOORS);
}
