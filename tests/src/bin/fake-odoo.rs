//! The fake Odoo of the tests as a program of its own: for a server that is tried out, and for
//! tests that start everything as processes.
//!
//! `cargo run -p tests --bin fake-odoo -- oca 127.0.0.1:8069`
//!
//! It prints where it listens and what to sign in with, does what `/control/…` says, and ends when
//! its input does.

use std::error::Error;
use std::io::{Write as _, stdin, stdout};

use rebooking_odoo::Flavour;
use rebooking_odoo::testing::{DATABASE, FakeOdoo, KEY, LOGIN};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let flavour: Flavour = arguments.next().as_deref().unwrap_or("oca").parse()?;
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let odoo = FakeOdoo::bind(address.parse()?, flavour).await?;
    println!("REBOOKING_ODOO_URL=http://{}", odoo.address());
    println!("REBOOKING_ODOO_FLAVOUR={}", flavour.as_str());
    println!("REBOOKING_ODOO_DATABASE={DATABASE}");
    println!("REBOOKING_ODOO_KEY={KEY}");
    println!("# for JSON-RPC: REBOOKING_ODOO_LOGIN={LOGIN}");
    stdout().flush()?;
    // Who starts it holds its input open.
    tokio::task::spawn_blocking(|| std::io::copy(&mut stdin(), &mut std::io::sink())).await??;
    for ticket in odoo.tickets() {
        let (number, notes) = (ticket.number, ticket.notes.len());
        println!("{number} {} ({}): {notes} notes", ticket.name, ticket.stage);
    }
    Ok(())
}
