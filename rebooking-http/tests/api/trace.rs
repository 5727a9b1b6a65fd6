//! The trace that a request belongs to: in its log, and in what is asked elsewhere for it.

use std::sync::{Arc, Mutex};

use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use rebooking_core::ports::{
    CheckpointStore, OrderChange, OrderUndo, Orders, Placement, PortError, Refund, TraceParent,
    Undone, async_trait,
};
use rebooking_core::testing::{MemoryShop, World, samples};
use rebooking_core::value::booking::{BookableItem, Booking, OrderNumber};
use rebooking_core::value::ids::OrderItemId;
use rebooking_core::{Policy, Rebookings};
use tracing::instrument::WithSubscriber as _;

use crate::api::{Api, SUPPORT};
use crate::pages::browser::Browser;
use crate::secrets::Log;

const CALLERS: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A shop that notes in which trace it is asked.
struct TracedShop {
    shop: MemoryShop,
    traces: Mutex<Vec<Option<TraceParent>>>,
}

impl TracedShop {
    fn note(&self) {
        self.traces.lock().unwrap().push(TraceParent::current());
    }
}

#[async_trait]
impl Orders for TracedShop {
    async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
        self.note();
        self.shop.booking(item).await
    }

    async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
        self.note();
        self.shop.find(number).await
    }

    async fn place(
        &self,
        change: &OrderChange,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Placement, PortError> {
        self.shop.place(change, checkpoints).await
    }

    async fn undo(
        &self,
        undo: &OrderUndo,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<Undone, PortError> {
        self.shop.undo(undo, checkpoints).await
    }

    async fn refund(
        &self,
        refund: &Refund,
        checkpoints: &dyn CheckpointStore,
    ) -> Result<(), PortError> {
        self.shop.refund(refund, checkpoints).await
    }
}

/// An API whose shop has a booking that nobody has declined.
async fn with_a_shop() -> (Api, Arc<TracedShop>) {
    let mut world = World::new();
    world.seed().await.unwrap();
    world.shop.put_booking(samples::booking());
    let asked = Arc::new(TracedShop { shop: world.shop.clone(), traces: Mutex::default() });
    let mut ports = world.rebookings.ports().clone();
    ports.orders = asked.clone();
    world.rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap();
    (Api::on(world, |_| {}), asked)
}

/// Support sends a link for an order that the shop must be asked for. Answers in which traces it
/// was asked, and what was logged meanwhile.
async fn asked_for_a_link(parents: &[&str]) -> (Vec<String>, String) {
    let (api, asked) = with_a_shop().await;
    let mut request = Request::post("/api/support/links")
        .header(AUTHORIZATION, format!("Bearer {SUPPORT}"))
        .header(CONTENT_TYPE, "application/json");
    for parent in parents {
        request = request.header("traceparent", *parent);
    }
    let body = r#"{"orderItemId":7001,"reason":"Kundin hat angerufen"}"#;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).finish();
    let answer = api.call(request.body(body.to_owned()).unwrap());
    answer.with_subscriber(subscriber).await.ok();
    let traces = asked.traces.lock().unwrap().clone();
    (traces.iter().map(|trace| trace.unwrap().to_string()).collect(), log.text())
}

#[tokio::test]
async fn the_trace_of_the_caller_is_in_the_log_and_in_what_is_asked_for_it() {
    let (traces, log) = asked_for_a_link(&[CALLERS]).await;
    assert!(log.contains("trace_id=0af7651916cd43dd8448eb211c80319c span_id="), "{log}");
    assert!(!traces.is_empty());
    for trace in traces {
        let (begin, end) = ("00-0af7651916cd43dd8448eb211c80319c-", "-01");
        let span = trace.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end)).unwrap();
        assert_ne!(span, "b7ad6b7169203331", "the request is a part of its own");
        assert!(log.contains(&format!("span_id={span}")), "{span}: {log}");
    }
}

#[tokio::test]
async fn a_request_without_a_trace_that_can_be_read_begins_one() {
    for parents in [&[][..], &["00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"]] {
        let (traces, log) = asked_for_a_link(parents).await;
        assert!(!log.contains("0af7651916cd43dd8448eb211c80319c"), "{log}");
        assert!(!traces.is_empty());
        for trace in traces {
            let id = trace.split('-').nth(1).unwrap();
            assert!(log.contains(&format!("trace_id={id}")), "{id}: {log}");
        }
    }
}

#[tokio::test]
async fn what_a_page_of_support_asks_the_shop_for_belongs_to_its_request() {
    let (api, asked) = with_a_shop().await;
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    let form = "orderNumber=&orderItemId=7001&reason=Anruf";
    support.submit("/support/links", form).await;
    let traces = asked.traces.lock().unwrap();
    assert!(!traces.is_empty() && traces.iter().all(Option::is_some), "{traces:?}");
}
