//! The HTTP API and the pages of rebooking: one tower service for customers, partners and support, and a small server for it.
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
//! It has pages for people, too: `/rebook/{token}` for customers, `/partner/answer/{token}` for partners who come from a mail, and
//! behind the sign-in form at `/sign-in` the pages of partners (`/partner`) and of support (`/support`).
//!
//! Who has a server of their own calls [`RebookingService`] from it. The service answers every path; what it does not know is a
//! 404 in the shape of all errors.
#![doc = include_str!("../errors.md")]

mod client_address;
mod csv;
mod customer;
mod guard;
mod health;
mod input;
mod language;
mod limits;
#[cfg(feature = "openapi")]
mod openapi;
mod origin;
mod page;
mod partner;
mod reply;
mod robots;
mod serve;
mod service;
mod session;
mod settings;
mod sign_in;
mod support;
mod text;
mod wire;

pub use client_address::{ClientAddress, ForwardedBy, Network, NoNetwork, TrustedProxies};
pub use limits::{Rate, RateLimits};
pub use origin::{NoOrigin, WebOrigin};
pub use page::{TemplateFault, Templates};
pub use serve::{Connections, serve};
pub use service::{AnswerBody, Answering, RebookingService, service};
pub use session::{SessionKey, WeakSessionKey};
pub use settings::HttpSettings;
pub use sign_in::{Authenticator, Principal, StaticTokens};
