//! The HTTP API of rebooking: one tower service for customers, partners and support, and a small server for it.
//!
//! ```no_run
//! # async fn host(rebookings: rebooking_core::Rebookings) -> std::io::Result<()> {
//! use rebooking_core::ids::PartnerId;
//! use rebooking_http::{HttpSettings, Principal, StaticTokens};
//!
//! let tokens = StaticTokens::default().with("…", Principal::Partner(PartnerId::new(7)));
//! let service = rebooking_http::service(rebookings, HttpSettings::new(tokens));
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! rebooking_http::serve(listener, service, std::future::pending()).await;
//! # Ok(())
//! # }
//! ```
//!
//! Who has a server of their own calls [`RebookingService`] from it. The service answers every path; what it does not know is a
//! 404 in the shape of all errors.
#![doc = include_str!("../errors.md")]

mod csv;
mod customer;
mod guard;
mod health;
mod input;
mod language;
mod partner;
mod reply;
mod robots;
mod serve;
mod service;
mod settings;
mod sign_in;
mod support;
mod text;
mod wire;

pub use serve::{Connections, serve};
pub use service::{AnswerBody, Answering, RebookingService, service};
pub use settings::HttpSettings;
pub use sign_in::{Authenticator, Principal, StaticTokens};
