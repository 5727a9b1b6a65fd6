//! A Magento to test against: a server on a free port of this machine that answers as a running
//! 2.4.7 did, keeps what it is told, and makes a second order when it is told twice.
//!
//! It forgets nothing and forgives nothing: stock is reserved and runs out, a cart becomes one
//! order, refunds add up to what was paid, a nonce is taken once, an unknown field is refused. What
//! goes wrong is scripted, call by call, with [`Fault`].

mod answer;
mod carts;
mod catalog;
mod control;
mod crowd;
mod faults;
mod money;
mod orders;
mod request;
mod routes;
mod search;
mod seed;
mod seen;
mod server;
mod sign_in;
mod spoil;
mod state;
mod stock;

pub use faults::Fault;
pub use request::SeenCall;
pub use seed::{NewDate, NewOrder};
pub use seen::{SeenMemo, SeenOrder};
pub use server::FakeMagento;
