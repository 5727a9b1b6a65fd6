//! The example server: reads its settings, composes core, adapters and HTTP, and runs until it is told to stop.

mod config;
mod demo;
mod logs;
mod shutdown;
mod wiring;

use std::error::Error;
use std::process::ExitCode;

use rebooking_core::worker::Worker;
use tokio::net::TcpListener;

use config::Config;
use demo::Demo;

/// The whole program, for whoever starts it under another name.
#[tokio::main]
pub async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let config = Config::from_environment()?;
    logs::start(&config)?;
    // Whoever has installed one before has chosen.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if config.migrate_only {
        if let Some(database) = &config.database {
            wiring::database(database).await?;
            println!("the database is up to date");
        }
        return Ok(());
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let base = config.base_url(listener.local_addr()?)?;
    let wired = wiring::wire(config, &base).await?;
    let demo = Demo::seed(&wired, &base).await?;
    println!("{}", demo.greeting(wired.random_key));

    let worker = Worker::start(&wired.rebookings, wired.sweep_every);
    wired.connections.serve(listener, demo.beside(wired.service.clone()), shutdown::signal()).await;
    // Callers may have gone before their requests were carried through.
    wired.service.idle().await;
    worker.stop().await;
    drop(wired.listening);
    Ok(())
}
