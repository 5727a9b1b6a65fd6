//! Another service takes the library in: under a prefix of its own axum application, with a sign-in
//! of its own, on fakes alone. `cargo run --bin embed` and read what it says.
//!
//! Where a fake stands, a service of yours hands in an adapter: `rebooking-postgres`,
//! `rebooking-smtp`, `rebooking-magento`, `rebooking-odoo`, or one of its own.

use std::{error::Error, net::SocketAddr, sync::Arc, time::Duration};

use axum::extract::{ConnectInfo, Request};
use axum::{Router, middleware::map_request, routing::get};
use chrono::TimeDelta;
use rebooking_core::memory::{MemoryMailer, MemoryShop, MemoryStore, MemoryTickets};
use rebooking_core::prelude::*;
use rebooking_core::testing::samples;
use rebooking_http::{Authenticator, ClientAddress, HttpSettings, Principal};

/// The host's own sign-in: its gateway has looked at the caller's cookie, says in a header who it
/// is, and lets nobody else set that.
struct Gateway;

#[async_trait]
impl Authenticator for Gateway {
    async fn authenticate(
        &self,
        parts: &http::request::Parts,
    ) -> Result<Option<Principal>, PortError> {
        let user = parts.headers.get("x-portal-user").and_then(|user| user.to_str().ok());
        Ok(user.and_then(|user| user.split_once(':')).and_then(|(role, who)| match role {
            "partner" => who.parse().ok().map(PartnerId::new).map(Principal::Partner),
            "support" => Some(Principal::Support(who.to_owned())),
            _ => None,
        }))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let base = BaseUrl::parse(&format!("http://{}/umbuchen", listener.local_addr()?))?;

    // What is outside, behind the ports of the core.
    let store = Arc::new(MemoryStore::new(Arc::new(SystemClock)));
    let (shop, mailer) = (MemoryShop::new(), MemoryMailer::new());
    let ports = Ports::builder()
        .database(store.clone())
        .orders(Arc::new(shop.clone()))
        .tickets(Arc::new(MemoryTickets::new()))
        .mailer(Arc::new(mailer.clone()));
    // A key of your own comes from where you keep your secrets: links in mails end when it is gone.
    let keys = LinkKeys::new(LinkKeyId(1), LinkKey::new(vec![7; 32])?);
    let policy = Policy { money_back: false, ..Policy::default() };
    let rebookings = Rebookings::new(ports.build()?, policy, keys)?;

    // Two people have booked a date; its partner declines by a call and not over HTTP, there are
    // two others to choose from, and the customer gets a mail with a link.
    let in_weeks = |weeks| SystemClock.now() + TimeDelta::weeks(weeks);
    let booking = Booking { slot: samples::slot(90, in_weeks(1)), ..samples::booking() };
    let dates = [(90, 1, 0), (91, 2, 5), (92, 3, 8)]
        .map(|(id, weeks, free)| samples::course_date(id, in_weeks(weeks), free));
    store.upsert_dates(&dates).await?;
    shop.put_booking(booking.clone());
    let request = ConfirmationKey::Id(store.open_confirmation(&booking).await?);
    let decline = Decline { reason: FreeText::parse("Der Koch ist krank.")?, proposed: Vec::new() };
    rebookings.partner(booking.partner.id).decline(&request, &decline).await?;
    rebookings.deliver().await?;
    let mail = mailer.last_to(&booking.customer.email).ok_or("no mail")?;
    let link = base.customer_link(&mail.message.link().ok_or("no link")?.secret);
    println!("listening on http://{}", listener.local_addr()?);
    println!("erika@example.com has a mail with this link: {link}");

    // The pages and the API, as one service of the host's application; mails, orders and tickets
    // are carried out beside the requests, in this process or in another one.
    let service = rebooking_http::service(rebookings.clone(), HttpSettings::new(base, Gateway));
    let worker = Worker::start(&rebookings, Duration::from_secs(60));
    // The limits by address hold once the service is told who calls.
    let told = |ConnectInfo(caller): ConnectInfo<SocketAddr>, mut request: Request| async move {
        request.extensions_mut().insert(ClientAddress::from(caller.ip()));
        request
    };
    let app = Router::new().route("/", get(async || "The host's own page.\n"));
    let app = app.nest_service("/umbuchen", service.clone()).layer(map_request(told));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    axum::serve(listener, app).with_graceful_shutdown(stop).await?;
    service.idle().await;
    worker.stop().await;
    Ok(())
}
