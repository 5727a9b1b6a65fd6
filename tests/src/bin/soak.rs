//! Lets the server run for long while things outside fail: `soak [minutes]`, 30 unless it is said.

use std::process::ExitCode;

use tests::soak::{grown, soak};

#[tokio::main]
async fn main() -> ExitCode {
    let minutes = std::env::args().nth(1).map_or(Ok(30), |minutes| minutes.parse());
    let Ok(minutes) = minutes else {
        eprintln!("soak [minutes]");
        return ExitCode::from(2);
    };
    let grown = grown(&soak(minutes).await);
    for what in &grown {
        eprintln!("has grown: {what}");
    }
    if grown.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
