//! A fake Odoo with an adapter before it, as the contract suite wants it.

use std::sync::Arc;
use std::sync::Once;
use std::time::Duration;

use chrono::Weekday;
use rebooking_core::effect::{EffectKey, EffectKind, TicketFact};
use rebooking_core::ports::{TicketNote, TicketStage, Tickets, async_trait};
use rebooking_core::testing::contract::tickets::{DeskUnderTest, SeenTicket as SeenByCore};
use rebooking_core::testing::samples;
use rebooking_core::token::TicketRef;
use rebooking_core::value::ids::{CaseId, TokenRef};
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::{Wish, WishKind};
use rebooking_odoo::reqwest::Client;
use rebooking_odoo::testing::{Dialect, FakeOdoo, SeenTicket, Symptom, Trouble};
use rebooking_odoo::{Flavour, OdooSettings, OdooTickets, client_builder};

pub(crate) const CASE: CaseId = CaseId::new(7001);
pub(crate) const ALL: [(Dialect, Flavour); 4] = [
    (Dialect::Json2, Flavour::Oca),
    (Dialect::Json2, Flavour::Enterprise),
    (Dialect::JsonRpc, Flavour::Oca),
    (Dialect::JsonRpc, Flavour::Enterprise),
];

pub(crate) struct Desk {
    pub(crate) odoo: FakeOdoo,
    pub(crate) settings: OdooSettings,
    pub(crate) tickets: Arc<OdooTickets>,
    pub(crate) http: Client,
}

impl Desk {
    pub(crate) async fn new(dialect: Dialect, flavour: Flavour) -> Self {
        Self::with_client(client(), dialect, flavour).await
    }

    /// With a client that others use too.
    pub(crate) async fn with_client(http: Client, dialect: Dialect, flavour: Flavour) -> Self {
        let odoo = FakeOdoo::start(flavour).await.unwrap();
        let settings = odoo.settings(dialect);
        let tickets = adapter(&http, &settings);
        Self { odoo, settings, tickets, http }
    }

    /// With other settings.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut OdooSettings)) -> Self {
        change(&mut self.settings);
        self.restart();
        self
    }

    /// The process ends, and another begins.
    pub(crate) fn restart(&mut self) {
        self.tickets = adapter(&self.http, &self.settings);
    }

    pub(crate) async fn record(&self, note: &TicketNote) -> TicketRef {
        self.tickets.record(note).await.unwrap()
    }

    /// The one ticket that there is.
    pub(crate) fn ticket(&self) -> SeenTicket {
        let mut tickets = self.odoo.tickets();
        assert_eq!(tickets.len(), 1, "one ticket");
        tickets.remove(0)
    }
}

fn adapter(http: &Client, settings: &OdooSettings) -> Arc<OdooTickets> {
    Arc::new(OdooTickets::new(http.clone(), settings.clone()).unwrap())
}

/// A client that is no other test's.
pub(crate) fn client() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the first");
    });
    client_builder().no_proxy().build().unwrap()
}

pub(crate) fn note(fact: TicketFact) -> TicketNote {
    let token = TokenRef::first(CASE);
    TicketNote {
        key: EffectKey::new(token, EffectKind::Ticket(fact), 0),
        token,
        ticket: None,
        booking: samples::booking(),
        rebooking: None,
        fact,
        reason: FreeText::line("Der Koch ist krank.", 100),
        wish: None,
        stage: fact.stage(),
    }
}

/// A wish, with what the customer wrote.
pub(crate) fn wish(place: u32, kind: WishKind, text: &str) -> TicketNote {
    let wish = Wish {
        kind,
        text: FreeText::line(text, 100),
        weekdays: vec![Weekday::Sat, Weekday::Sun],
        months: vec![3],
        known: Vec::new(),
        at: samples::now(),
        answered_at: None,
    };
    TicketNote { wish: Some(wish), ..note(TicketFact::Wish(place)) }
}

/// Long enough for a busy machine, short enough to be waited for.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

fn stage(ticket: &SeenTicket) -> Option<TicketStage> {
    match ticket.stage.as_str() {
        _ if ticket.closed && ticket.moved_by_people => None,
        "Awaiting" | "Waiting" => Some(TicketStage::AwaitingCustomer),
        "In Progress" => Some(TicketStage::AwaitingPartner),
        "New" => Some(TicketStage::NeedsSupport),
        "Done" | "Solved" => Some(TicketStage::Solved),
        other => panic!("a stage that we never use: {other}"),
    }
}

#[async_trait]
impl DeskUnderTest for Desk {
    fn tickets(&self) -> Arc<dyn Tickets> {
        self.tickets.clone()
    }

    async fn of_case(&self, case: CaseId) -> Vec<SeenByCore> {
        let number = samples::booking_of(case.value()).order_number;
        let tickets = self.odoo.tickets().into_iter();
        let ours = tickets.filter(|ticket| ticket.name == format!("Umbuchung {number}"));
        let seen = ours.map(|ticket| SeenByCore {
            id: TicketRef { id: ticket.id.to_string(), number: ticket.number.clone() },
            notes: ticket.notes.len(),
            stage: stage(&ticket),
        });
        seen.collect()
    }

    async fn close(&self, case: CaseId) {
        for ticket in self.of_case(case).await {
            self.odoo.close(ticket.id.id.parse().unwrap());
        }
    }

    async fn lose_next_answer(&self) {
        let trouble = Trouble { symptom: Symptom::Reset, done: true };
        self.odoo.trouble_with_next_write(trouble);
    }
}
