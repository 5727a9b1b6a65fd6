//! The fake shop as a process of its own, for tests of a whole system.
//!
//! `fake-magento [ADDRESS]` listens on `127.0.0.1:0`, or on the address that is given, sells the
//! sushi course of the samples, and prints one line of JSON: its address and the integration's
//! credentials. It does what `/control/…` says (sells, is paid, cancels, fails), and ends when its
//! input does.

use std::error::Error;
use std::io::{Write as _, stdin, stdout};
use std::sync::Arc;

use rebooking_core::system::SystemClock;
use rebooking_magento::testing::{FakeMagento, NewDate};
use secrecy::ExposeSecret as _;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let fake = FakeMagento::start_on(&address, Arc::new(SystemClock)).await?;
    let course = fake.add_course(Some(40), "SUSHI", "Sushi-Kurs für Einsteiger");
    for (id, sku, label, price) in [
        (90, "SUSHI-2027-01-25", "2027-01-25 18:00", 8_900),
        (91, "SUSHI-2027-02-01", "2027-02-01 18:00", 8_900),
        (92, "SUSHI-2027-02-08", "2027-02-08 18:00", 7_900),
    ] {
        let attributes = &[("partner_id", "5"), ("partner_email", "kueche@example.org")];
        let id = Some(id);
        fake.add_date(course, &NewDate { id, sku, label, price, places: 10, attributes });
    }
    let credentials = fake.credentials();
    let line = serde_json::json!({
        "url": fake.url(),
        "consumerKey": credentials.consumer_key.expose_secret(),
        "consumerSecret": credentials.consumer_secret.expose_secret(),
        "accessToken": credentials.access_token.expose_secret(),
        "accessTokenSecret": credentials.access_token_secret.expose_secret(),
    });
    println!("{line}");
    stdout().flush()?;
    // Who starts it holds its input open.
    tokio::task::spawn_blocking(|| std::io::copy(&mut stdin(), &mut std::io::sink())).await??;
    Ok(())
}
