//! A host of one's own on PostgreSQL, with mails over the relay of its machine. It is told what it
//! needs by the variables below, and names all that are missing; shop and helpdesk are yours to
//! hand in: `rebooking_core::prelude` has an example.

use std::{env, error::Error, sync::Arc, time::Duration};

use chrono::TimeDelta;
use rebooking_core::memory::{MemoryShop, MemoryTickets};
use rebooking_core::{prelude::*, presentation::Presentation, testing::samples};
use rebooking_http::{HttpSettings, Principal, StaticTokens};
use rebooking_postgres::{PostgresStore, Settings, connect, listen, migrate};
use rebooking_smtp::{MailSettings, Relay, Renderer, SmtpMailer, Tls};

const TOLD: [&str; 7] =
    ["BASE_URL", "DATABASE_URL", "LINK_KEY", "LISTEN", "PARTNER_TOKEN", "SENDER", "SMTP_URL"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let missing: Vec<_> = TOLD.into_iter().filter(|name| env::var(name).is_err()).collect();
    if !missing.is_empty() {
        return Err(format!("not set: {}", missing.join(", ")).into());
    }
    let told = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let presentation = Presentation::new(BaseUrl::parse(&told("BASE_URL")?)?);

    let (database, settings) = (told("DATABASE_URL")?, Settings::default());
    let pool = connect(&database, &settings).await?;
    migrate(&pool, settings.schema.as_ref()).await?;
    let store = Arc::new(PostgresStore::with(&pool, settings));

    let sender = EmailAddress::parse(&told("SENDER")?)?;
    let mails = Renderer::new(MailSettings::new(presentation.clone(), sender));
    let relay = Relay::parse(&told("SMTP_URL")?)?.with_tls(Tls::None)?;

    let shop = MemoryShop::new();
    let ports = Ports::builder()
        .database(store.clone())
        .orders(Arc::new(shop.clone()))
        .tickets(Arc::new(MemoryTickets::new()))
        .mailer(Arc::new(SmtpMailer::new(mails, relay)?));
    // 64 hex digits, as `openssl rand -hex 32` makes them: keep them, or mailed links end.
    let keys = LinkKeys::new(LinkKeyId(1), LinkKey::from_hex(&told("LINK_KEY")?)?);
    let rebookings = Rebookings::new(ports.build()?, Policy::default(), keys)?;
    let _listening = listen(&store, &rebookings);
    let worker = Worker::start(&rebookings, Duration::from_secs(60));

    // What your shop does once: it says which dates there are, and which booking waits for a yes.
    let in_weeks = |weeks| SystemClock.now() + TimeDelta::weeks(weeks);
    let booking = Booking { slot: samples::slot(90, in_weeks(1)), ..samples::booking() };
    let dates = [(90, 1, 0), (91, 2, 5), (92, 3, 8)]
        .map(|(id, weeks, free)| samples::course_date(id, in_weeks(weeks), free));
    store.upsert_dates(&dates).await?;
    shop.put_booking(booking.clone());
    rebookings.open_request(&booking).await?;

    let partner = Principal::Partner(booking.partner.id);
    let tokens = StaticTokens::default().with(&told("PARTNER_TOKEN")?, partner);
    let service = rebooking_http::service(rebookings, HttpSettings::new(presentation, tokens));
    let listener = tokio::net::TcpListener::bind(told("LISTEN")?).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    rebooking_http::serve(listener, service.clone(), stop).await;
    service.idle().await;
    worker.stop_within(Duration::from_secs(7)).await;
    Ok(())
}
