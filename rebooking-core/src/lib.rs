//! Self-service rebooking of declined bookings: pure rules, use cases and ports.
//!
//! A partner declines a booking; the customer gets a secret link by mail, opens a page without
//! signing in, sees the dates that really are possible, and picks one with one click. The order,
//! the partner's request, the support ticket and the mails follow by themselves, exactly once,
//! whatever crashes.
//!
//! ```
//! use rebooking_core::ports::RebookingStore as _;
//! use rebooking_core::ports::store::ConfirmationKey;
//! use rebooking_core::service::{Confirmed, Decline, Declined};
//! use rebooking_core::testing::{World, samples};
//! use rebooking_core::value::text::FreeText;
//!
//! # futures_util::FutureExt::now_or_never(async {
//! // The use cases on in-memory ports; a service hands in its own adapters instead (see `Ports`).
//! let world = World::new();
//! let rebookings = &world.rebookings;
//! world.seed().await?;
//! let booking = samples::booking();
//! let request = ConfirmationKey::Id(world.store.open_confirmation(&booking).await?);
//!
//! // The partner declines. The change is committed; the mail is an effect of it, which a worker delivers.
//! let decline = Decline { reason: FreeText::parse("Der Koch ist krank.")?, proposed: vec![] };
//! let declined = rebookings.decline(booking.partner.id, &request, &decline).await?;
//! assert!(matches!(declined, Declined::LinkIssued(_)));
//! rebookings.deliver().await?;
//!
//! // The customer opens the link from the mail. Reading changes nothing, so mail scanners may read it too.
//! let mail = world.mailer.last_to(&booking.customer.email).ok_or("no mail")?;
//! let link = mail.message.link().ok_or("no link")?.secret.clone();
//! let shown = rebookings.show(&link).await?;
//! let first = shown.offers.first().ok_or("no date")?.date().id();
//!
//! // One click. The same click again gives the same answer and does nothing.
//! let chosen = rebookings.choose(&link, &samples::choice(first)).await?;
//! let again = rebookings.choose(&link, &samples::choice(first)).await?;
//! assert_eq!(chosen.order_number, again.order_number);
//!
//! // The shop is told, then the customer, the partner and the ticket.
//! world.deliver_all().await?;
//! let token = world.token(chosen.token.id()).await;
//! let request = token.rebooking().and_then(|rebooking| rebooking.confirmation).ok_or("no request")?;
//!
//! // The partner confirms the new date.
//! let confirmed = rebookings.confirm(booking.partner.id, &ConfirmationKey::Id(request)).await?;
//! assert_eq!(confirmed, Confirmed::Now);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("nothing waits")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A whole host, with pages and a sign-in of its own, is `examples/src/bin/embed.rs`.
//!
//! # Decide, commit, deliver
//!
//! Every use case has the same three steps. A pure function ([`service::decisions`]) *decides*: the
//! state, the request and the store's moment in, a refusal or a [`change::Change`] out. The store
//! *commits* the whole change in one transaction, guarded by the state that it was decided on, or
//! nothing of it. A worker *delivers* the [`effect::Effect`]s of committed changes, each with its
//! own key, lease and retries. No remote system is called inside a request, so a customer can
//! rebook while shop, support system and mail are all down.
//!
//! # The map
//!
//! | where | what |
//! |---|---|
//! | [`value`] | the values; personal ones do not print themselves |
//! | [`link`] | secret links, derived and never stored |
//! | [`brand`] | whose name, colours and support the customer sees |
//! | [`calendar_entry`] | what the customer's calendar is told |
//! | [`mod@format`] | dates, times and amounts as people read them |
//! | [`policy`] | the embedder's rules and every default number |
//! | [`eligibility`] | which dates are offered, at which terms, and why others are not |
//! | [`token`], [`rebooking`], [`confirmation`] | the state machines |
//! | [`change`], [`effect`], [`audit`], [`notice`] | what a decision asks for |
//! | [`ports`] | what an adapter promises |
//! | [`service`] | the use cases |
//! | `worker`, `system` (feature `runtime`) | the background loop on tokio, the machine's clock and randomness |
//! | `presentation` (features `presentation`, `ics`, `templates`) | what pages and mails share: brand, URLs, formats, calendar files, templates |
//! | `testing` (feature `testing`) | memory adapters, fakes, samples, and the contract suite of every port |

pub mod attempts;
pub mod audit;
pub mod change;
pub mod confirmation;
mod digits;
pub mod effect;
pub mod eligibility;
pub mod error;
pub mod link;
pub mod notice;
pub mod policy;
pub mod ports;
#[cfg(feature = "presentation")]
pub mod presentation;
pub mod proposal;
pub mod reason;
pub mod rebooking;
pub mod service;
#[cfg(feature = "runtime")]
pub mod system;
#[cfg(feature = "testing")]
pub mod testing;
pub mod token;
pub mod value;
pub mod wish;
#[cfg(feature = "runtime")]
pub mod worker;

pub use error::RebookError;
pub use policy::Policy;
pub use service::{Ports, Rebookings};
