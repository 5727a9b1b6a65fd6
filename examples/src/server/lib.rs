//! The example server: reads its settings, composes core, adapters and HTTP, and runs until it is
//! told to stop.

mod background;
mod config;
#[cfg(feature = "demo")]
mod demo;
mod doctor;
mod logs;
mod metrics;
mod output;
mod person;
mod shutdown;
mod tls;
mod unconnected;
mod wiring;
mod zones;

/// What the README shows in Rust is compiled.
#[cfg(all(doctest, feature = "hosts"))]
#[doc = include_str!("../../../README.md")]
mod readme {}

use std::error::Error;
use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use rebooking_odoo::OdooTickets;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::timeout;

use background::Background;
use config::{Arguments, Config};
#[cfg(feature = "demo")]
use demo::{Demo, WithDemo};
use wiring::Wired;

/// The whole program, for whoever starts it under another name.
#[tokio::main]
pub async fn main() -> ExitCode {
    // Whoever has installed one before has chosen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments = Arguments::from_environment();
    if arguments.asks_for_doctor() {
        return doctor::run(&arguments).await;
    }
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// How long the worker may take to end what it has begun, before it is cut off.
const TO_DELIVER: Duration = Duration::from_secs(7);
/// How long it may take to write down how that ended.
const TO_END: Duration = Duration::from_secs(9);
/// How long what callers do not wait for may take, once the last connection is closed.
const TO_CARRY_THROUGH: Duration = Duration::from_secs(2);

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    if let Some(rights) = arguments.rights() {
        output::say(rights?.trim_end())?;
        return Ok(());
    }
    let mut config = Config::read(arguments)?;
    logs::start(&config.logs)?;
    if config.migrate_only {
        if let Some(database) = &config.database {
            wiring::database(database).await?;
            output::say("the database is up to date")?;
        }
        return Ok(());
    }
    if let Some(asked) = config.person.take() {
        let base = config.http.base_url(config.http.listen)?;
        let wired = wiring::wire(&mut config, &base).await?;
        return person::run(&wired.rebookings, &asked).await;
    }
    let listener = TcpListener::bind(config.http.listen).await.map_err(|error| {
        format!("--listen or REBOOKING_LISTEN: cannot listen on {}: {error}", config.http.listen)
    })?;
    let listening = listener.local_addr()?;
    let base = config.http.base_url(listening)?;
    let wired = wiring::wire(&mut config, &base).await?;
    let service = wired.service.clone();
    #[cfg(feature = "demo")]
    let demo = match config.demo {
        true => Some(Demo::seed(&wired, &config, &base).await?),
        false => None,
    };
    if let Some(odoo) = wired.odoo.clone() {
        tokio::spawn(look_for(odoo));
    }
    let stop = shutdown::signal()?;
    if let Some(certificate) = config.certificate.take() {
        tokio::spawn(certificate.watch(tls::HangUps::listen()?));
    }
    output::say(format_args!("listening on {}://{listening}", config.http.scheme()))?;
    zones::tell(wired.postgres.clone());
    let background = Background::start(&config, &wired);
    let (tell, told) = oneshot::channel::<()>();
    // Told, or nobody is left who could tell.
    let told = async { drop(told.await) };
    let connections = config.http.connections.clone();
    #[cfg(feature = "demo")]
    if let Some(demo) = demo {
        output::say(demo.greeting())?;
        let serving = connections.serve(listener, WithDemo::new(demo, service), told);
        until_stopped(stop, tell, serving, wired, background).await;
        return Ok(());
    }
    warn_of_what_waits(&config, &wired);
    let serving = connections.serve(listener, service, told);
    until_stopped(stop, tell, serving, wired, background).await;
    Ok(())
}

/// Serves until the signal to stop; then callers get their answers while the worker ends what it
/// has begun, and nothing new begins on either side.
async fn until_stopped(
    stop: impl Future<Output = ()>,
    tell: oneshot::Sender<()>,
    serving: impl Future<Output = ()>,
    wired: Wired,
    background: Background,
) {
    let ending = async {
        stop.await;
        drop(tell);
        timeout(TO_END, background.stop_within(TO_DELIVER)).await
    };
    let answering = async {
        serving.await;
        // Callers may have gone before their requests were carried through.
        timeout(TO_CARRY_THROUGH, wired.service.idle()).await
    };
    let (ended, answered) = tokio::join!(ending, answering);
    if ended.is_err() || answered.is_err() {
        // The lease of each runs out, and the next worker takes over.
        tracing::warn!("stopped before everything under way had ended");
    }
    drop(wired.listening);
}

fn warn_of_what_waits(config: &Config, wired: &Wired) {
    if wired.magento.is_none() {
        tracing::warn!("no shop is connected: orders wait for it");
    }
    if wired.odoo.is_none() {
        tracing::warn!("no support system is connected: tickets wait for it");
    }
    if config.secrets.session_key.is_none() {
        tracing::warn!(
            "no session key is set (REBOOKING_SESSION_KEY): sign-ins end with this server"
        );
    }
}

/// Says whether Odoo has what the settings name. Nobody waits for it: notes do that, and none is
/// lost.
async fn look_for(odoo: Arc<OdooTickets>) {
    match odoo.check().await {
        Ok(()) => tracing::info!("Odoo has the helpdesk, the team and the stages"),
        Err(error) => tracing::warn!(error = error.phrase(), "Odoo: tickets wait"),
    }
}
