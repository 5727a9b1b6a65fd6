//! What the outside shows of the promises: the shop's orders, the mails, the tickets.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckResult, Checker, Violation};
use crate::world::World;

impl Checker {
    /// I3, on the way: never two live orders under one key.
    pub(super) fn orders(&self, world: &World) -> CheckResult {
        for token in self.tokens.values() {
            let key = token.order_key();
            let live = world.shop.carrying(&key).len();
            promise!(live <= 1, "I3: {live} live orders carry {key}");
        }
        Ok(())
    }

    /// Mails come twice only after a mishap, and a note stands once in a ticket whatever happens.
    pub(super) fn mails(world: &World) -> CheckResult {
        let mut sent: BTreeMap<String, u32> = BTreeMap::new();
        for notice in world.mailer.sent() {
            *sent.entry(notice.key.to_string()).or_default() += 1;
        }
        let calm = world.gate.mishaps() == 0;
        for (key, count) in &sent {
            promise!(!calm || *count <= 1, "mail {key} was sent {count} times without a mishap");
        }
        let mut notes = BTreeSet::new();
        let mut cases = BTreeSet::new();
        for ticket in world.tickets.tickets() {
            promise!(cases.insert(ticket.case), "case {} has two tickets", ticket.case);
            for note in &ticket.notes {
                promise!(notes.insert(note.key.clone()), "note {} stands twice", note.key);
            }
        }
        Ok(())
    }
}
