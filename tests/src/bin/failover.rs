//! Plays the changes of a database's leader under load: `failover [how often] [name of a play]`.

use std::process::ExitCode;

use tests::failover::{Play, play};

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let times = arguments.next().map_or(Ok(1), |times| times.parse());
    let name = arguments.next().unwrap_or_default();
    let plays: Vec<Play> =
        Play::ALL.into_iter().filter(|play| play.name().contains(&name)).collect();
    match times {
        Ok(times) if !plays.is_empty() => {
            play(&plays, times).await;
            ExitCode::SUCCESS
        }
        Ok(_) | Err(_) => {
            let names = Play::ALL.map(Play::name).join(", ");
            eprintln!("failover [how often] [{names}]");
            ExitCode::from(2)
        }
    }
}
