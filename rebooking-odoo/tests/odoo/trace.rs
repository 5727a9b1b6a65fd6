//! Which trace the helpdesk is told that a call belongs to.

use rebooking_core::effect::TicketFact;
use rebooking_core::ports::{Tickets as _, TraceParent};

use crate::desk::{ALL, Desk, note};

#[tokio::test]
async fn each_call_says_which_trace_it_belongs_to_and_none_where_there_is_none() {
    let parent = TraceParent::new(7, 8, true).unwrap();
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.record(&note(TicketFact::Declined)).await;
        let without = desk.odoo.traces().len();
        parent.scope(desk.tickets.record(&note(TicketFact::NoDates))).await.unwrap();

        let traces = desk.odoo.traces();
        let (before, within) = traces.split_at(without);
        assert!(!before.is_empty() && before.iter().all(Option::is_none), "{before:?}");
        let told = Some("00-00000000000000000000000000000007-0000000000000008-01".to_owned());
        assert!(!within.is_empty() && within.iter().all(|trace| *trace == told), "{within:?}");
    }
}
