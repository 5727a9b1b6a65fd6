//! `server doctor`: looks whether everything around the server is as its settings want it, and says
//! in plain words what is missing. It changes nothing, sends nothing, and names no secret, no link
//! and no customer.

mod database;
mod events;
mod finding;
mod helpdesk;
mod mail;
mod shop;
mod tls;
mod zones;

use std::process::ExitCode;

use rebooking_http::Principal;

use self::finding::{Finding, Status};
use crate::config::{Arguments, Config, DoctorConfig};
use crate::output::say;

/// From how many characters on nobody guesses a token.
const LONG_TOKEN: usize = 16;

/// The settings cannot be read.
const UNREADABLE: u8 = 2;

/// Looks, and prints a line for each thing that was looked at.
pub(crate) async fn run(arguments: &Arguments) -> ExitCode {
    let config = match Config::read(arguments) {
        Ok(config) => config,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::from(UNREADABLE);
        }
    };
    let Some(doctor) = &config.doctor else { return ExitCode::from(UNREADABLE) };
    let (of_database, store) = database::look(&config).await;
    let of_zones = zones::look(store.as_ref()).await;
    let mut findings = settings(&config, doctor);
    findings.push(tls::look(&config));
    findings.extend(shop::look(&config, doctor, store).await);
    findings.push(helpdesk::look(&config).await);
    findings.push(events::look(&config).await);
    findings.extend(of_database);
    findings.extend(of_zones);
    findings.push(mail::look(&config).await);
    let told = findings.iter().try_for_each(say);
    match findings.iter().any(|finding| finding.status == Status::Missing) || told.is_err() {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

/// Whether the server would start.
fn settings(config: &Config, doctor: &DoctorConfig) -> Vec<Finding> {
    if !doctor.lacking.is_empty() {
        let missing = |fault: &String| Finding::missing("settings", fault.clone());
        return doctor.lacking.iter().map(missing).collect();
    }
    let finding = Finding::fine("settings", "the server starts with them");
    let finding = match config.secrets.session_key {
        Some(_) => finding,
        None => finding.with("without REBOOKING_SESSION_KEY sign-ins on pages end with the server"),
    };
    let is_short = |token: &str| token.chars().count() < LONG_TOKEN;
    let short = config.secrets.tokens.iter().filter(|(token, _)| is_short(token));
    vec![short.fold(finding, |finding, (_, whose)| finding.with(short_token(whose)))]
}

fn short_token(whose: &Principal) -> String {
    let whose = match whose {
        Principal::Partner(partner) => format!("partner {partner}"),
        Principal::Support(name) => format!("{name} of support"),
        _ => "somebody".to_owned(),
    };
    format!(
        "the token of {whose} has fewer than {LONG_TOKEN} characters and may be guessed: \
         `openssl rand -hex 16` makes one"
    )
}
