//! The HTTP API and the pages of rebooking: one tower service for customers, partners and support,
//! and a small server for it.
//!
//! ```
//! use http::{Request, StatusCode};
//! use rebooking_core::value::ids::PartnerId;
//! use rebooking_core::presentation::BaseUrl;
//! use rebooking_core::testing::World;
//! use rebooking_http::{HttpSettings, Principal, StaticTokens};
//! use tower::ServiceExt as _;
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! // The use cases on fakes; a host hands in its own adapters instead.
//! let world = World::new();
//! let declined = world.declined_booking().await;
//!
//! let base = BaseUrl::parse("https://example.com/umbuchen")?;
//! let tokens = StaticTokens::default().with("…", Principal::Partner(PartnerId::new(5)));
//! let settings = HttpSettings::new(base, tokens);
//! let service = rebooking_http::service(world.rebookings.clone(), settings);
//!
//! // One `tower::Service`: called by hand here, or by `rebooking_http::serve`, or by your server.
//! let path = format!("/api/rebook/{}", declined.link.expose());
//! let request = Request::get(path).body(String::new())?;
//! let answer = service.oneshot(request).await?;
//! assert_eq!(answer.status(), StatusCode::OK);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It has pages for people, too: `/rebook/{token}` for customers, `/partner/answer/{token}` for
//! partners who come from a mail, and behind the sign-in form at `/sign-in` the pages of partners
//! (`/partner`) and of support (`/support`). A host takes the parts that it wants: see
//! [`EnabledParts`]. Pages are the feature `pages`, on by default: without it the service is the
//! JSON API alone, and no template engine is compiled.
//!
//! # Who has opened a link
//!
//! A visit is noted when a person comes: on pages by what browsers say of a navigation
//! (`Sec-Fetch-Mode: navigate` and `Sec-Fetch-Dest: document`, or `iframe` where
//! [`HttpSettings::embedders`] names anybody), unless the page is fetched ahead of time or the name
//! is a robot's. Browsers say so over HTTPS. Everybody else is served alike and not noted, so no
//! scanner of a mail system opens a ticket. A page of the host's own, which gets the link from the
//! API, says it by the header `Rebooking-Viewed-By: person` of its `GET /api/rebook/{token}`.
//!
//! # In a server of your own
//!
//! [`RebookingService`] takes requests with any body and never fails; what it does not know is a
//! 404 in the shape of all errors. So any server on hyper calls it, axum and tonic included:
//!
//! ```
//! # use rebooking_core::{presentation::BaseUrl, testing::World};
//! # use rebooking_http::{HttpSettings, StaticTokens};
//! # let base = BaseUrl::parse("https://example.com/umbuchen")?;
//! # let settings = HttpSettings::new(base, StaticTokens::default());
//! # let service = rebooking_http::service(World::new().rebookings, settings);
//! // tonic's `Routes::into_axum_router` gives such a router, too.
//! let app: axum::Router = axum::Router::new().nest_service("/umbuchen", service);
//! # Ok::<(), rebooking_core::presentation::MalformedUrl>(())
//! ```
//!
//! Whoever mounts it takes the prefix off the path, as `nest_service` does, and names the same
//! prefix in [`HttpSettings::presentation`]: all that pages lead to begins with that. Put a
//! [`ClientAddress`] into the extensions of each request, or no limit by address holds. [`serve()`]
//! does so, and keeps callers to limits that hyper does not have by itself; see [`Connections`].
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `pages` (on by default) | the pages of customers, partners and support, with their sign-in |
//! | `openapi` | the API's description at `/openapi.json`, and with `pages` also at `/docs` |
//! | `metrics` | requests, choices and visits are counted by the facade of the `metrics` crate |
//! | `tls` | [`Connections`] with a certificate, which can be renewed while it serves |
//! | `webhooks` | events of cases go to an endpoint, signed: see [`Webhooks`] |
//! | `axum-router` | the service as an `axum::Router`, for hosts on the same axum |
//!
#![doc = include_str!("../errors.md")]

mod api;
mod auth;
mod caller;
mod dto;
mod edge;
mod error;
mod extract;
mod messages;
#[cfg(feature = "pages")]
mod pages;
mod service;
mod settings;
mod state;
mod usage;
#[cfg(feature = "webhooks")]
mod webhooks;

#[cfg(feature = "pages")]
pub use auth::session::{SessionKey, WeakSessionKey};
pub use auth::{Authenticator, Principal, StaticTokens};
pub use dto::person::person;
pub use edge::client_ip::{ClientAddress, ForwardedBy, Network, ParseNetworkError, TrustedProxies};
pub use edge::origin::{ParseOriginError, WebOrigin};
pub use edge::rate_limit::{Rate, RateLimits};
pub use edge::serve::{Connections, serve};
#[cfg(feature = "tls")]
pub use edge::tls::{ServerTls, TlsFault};
#[cfg(feature = "pages")]
pub use pages::{PageTemplateKind, Templates};
#[cfg(feature = "pages")]
pub use rebooking_core::presentation::templates::TemplateFault;
pub use service::{RebookingService, ResponseBody, ResponseFuture, service};
pub use settings::{EnabledParts, HttpSettings, MetricsPage};
#[cfg(feature = "webhooks")]
pub use webhooks::{
    MalformedWebhookSecret, VerifiedWebhook, WebhookRefused, WebhookSecret, WebhookSettings,
    Webhooks, sign_webhook, verify_webhook, webhook_client_builder,
};
