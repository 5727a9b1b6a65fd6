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
//! // The partner declines. The change is committed; its mail is an effect that a worker delivers.
//! let decline = Decline { reason: FreeText::parse("Der Koch ist krank.")?, proposed: vec![] };
//! let partner = rebookings.partner(booking.partner.id);
//! let declined = partner.decline(&request, &decline).await?;
//! assert!(matches!(declined, Declined::LinkIssued(_)));
//! rebookings.deliver().await?;
//!
//! // The customer opens the link from the mail. Reading changes nothing: mail scanners may do it.
//! let mail = world.mailer.last_to(&booking.customer.email).ok_or("no mail")?;
//! let link = mail.message.link().ok_or("no link")?.secret.clone();
//! let customer = rebookings.customer(&link);
//! let shown = customer.show().await?.into_offers()?;
//! let first = shown.offers.first().ok_or("no date")?.date().id();
//!
//! // One click. The same click again gives the same answer and does nothing.
//! let chosen = customer.choose(&samples::choice(first)).await?;
//! let again = customer.choose(&samples::choice(first)).await?;
//! assert_eq!(chosen.order_number, again.order_number);
//!
//! // The shop is told, then the customer, the partner and the ticket.
//! world.deliver_all().await?;
//! let token = world.token(chosen.token.id()).await;
//! let request = token.rebooking().and_then(|rebooking| rebooking.confirmation);
//! let request = request.ok_or("no request")?;
//!
//! // The partner confirms the new date.
//! let confirmed = partner.confirm(&ConfirmationKey::Id(request)).await?;
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
//! own key, lease and retries. No remote system is called inside a request of customers or
//! partners, so a customer can rebook while shop, support system and mail are all down. Support
//! alone may ask the shop, by a reading.
//!
//! # Features
//!
//! None is on by default: the rules, the use cases and the ports need no runtime.
//!
//! | feature | what it adds |
//! |---|---|
//! | `runtime` | the worker and the importer on tokio, the machine's clock and randomness |
//! | `memory` | store, shop, support system and mailbox in memory, which keep the whole contract |
//! | `testing` | samples, a settable clock, and the contract suite of every port |
//! | `presentation` | brand, URLs, texts, days and amounts as people read them |
//! | `ics`, `templates` | calendar files, templates |
//!
//! # The map
//!
//! | where | what |
//! |---|---|
//! | [`value`] | ids, money, texts, customers, bookings, dates; personal ones do not print |
//! | [`link`] | secret links: derived, mailed, never stored |
//! | [`policy`] | the host's rules, and every default number |
//! | [`eligibility`], [`proposal`] | which dates are offered or may be proposed, or why not |
//! | [`token`], [`rebooking`], [`confirmation`] | the state machines |
//! | [`attempts`], [`reason`], [`wish`] | wrong addresses, reasons, and what a customer asks for |
//! | [`backup`] | further dates in case the partner declines the chosen one |
//! | [`change`], [`effect`], [`audit`], [`notice`] | what a decision asks for |
//! | [`event`] | what others are told of a case, where the host has switched that on |
//! | [`error`] | errors, sorted by what the caller does next |
//! | [`ports`] | what an adapter promises |
//! | [`service`] | the use cases, by role: customer, partner, support, host |
//! | [`prelude`] | what a host names, by one line |
//! | `worker`, `importer`, `system` (feature `runtime`) | tokio tasks, system clock, randomness |
//! | `presentation` (feature) | what pages and mails share, with features of its own |
//! | `memory` (feature `memory`) | store, shop, support system and mailbox in memory |
//! | `testing` (feature `testing`) | samples, a settable clock, the contract suite of every port |
//!
//! # What may grow
//!
//! Errors, and what the library alone makes, are `#[non_exhaustive]`: a new variant or field breaks
//! no host. What is not stays whole on purpose: states, whose new variant everybody must handle;
//! inputs that hosts write as literals, the large ones with `..Default::default()`; and rows, of
//! which a store must keep every field. A change of these is a new major version.
//!
//! # Promises
//!
//! Comments and contract cases name them by number.
//!
//! - **I1** A token leads to at most one rebooking.
//! - **I2** Places taken and free are the capacity of a date; none stays taken without a live
//!   reason.
//! - **I3** Every rebooking ends with exactly one order under its key, or with that order undone.
//! - **I4** A committed change has all of its effects and history, and no effect is without one.
//! - **I5** Every effect ends done, dead or skipped; none stays leased beyond its lease.
//! - **I6** An answer of success is durable.
//! - **I7** The same request again gives the same answer and does nothing.
//! - **I8** The secret of a link is in the mail and the customer's own request, and nowhere else.
//! - **I9** Nobody is charged an amount that they did not see.
//! - **I10** A partner sees their own bookings only.
//! - **I11** Reading changes nothing.
//!
//! # Glossary
//!
//! - **booking**: what a customer bought: order, item, course, date, party, partner, the **list
//!   price** of one place, and what was **paid**: one sum of the party, less discounts and refunds.
//! - **course date**: one run of a course, with its places and price; its **slot** is id and time.
//! - **venue**: where a course takes place, per date: name and address, where somebody says it.
//! - **partner**: who gives a course. **Support**: the marketplace's own people.
//! - **host**: the program that embeds this library. **Port**: a trait that the host implements;
//!   what implements it is an **adapter**, and a **fake** where it keeps everything in memory.
//! - **confirmation**: what a partner is asked for each booking, and the answer to it.
//! - **decline**: a partner's no to a booking. **Withdraw**: to take a course date off sale.
//!   **Cancel**: what support or the shop calls off.
//! - **token**: one link with its state: active, used or cancelled. An active one whose time is
//!   over is **expired**; no event makes it so.
//! - **case**: one original booking with all of its tokens, which are numbered by **step**.
//! - **link secret**: the part of the link that nobody can guess. **Digest**: its SHA-256, which is
//!   what a store finds a token by.
//! - **offer**: a date that a customer may choose, with its price difference. **Refusal**: why
//!   another date is not offered.
//! - **proposal**: a date that a partner names when declining; it is offered first.
//! - **rebooking**: what comes of a used token, from the order at the shop to the partner's answer.
//! - **backup**: a further date that a customer names after the choice; it is booked at once when
//!   the partner declines the chosen one.
//! - **wish**: what a customer asks for when no date fits.
//! - **change**: what a decision asks the store to write, in one transaction. **Guard**: one of its
//!   conditions, checked by one conditional write.
//! - **as of**: together with the store's moment at which it was read.
//! - **effect**: something that the outside must still be told. **Lane**: the effects of one kind
//!   (mails, orders, tickets, events), delivered apart from the others.
//! - **lease**: the time for which a worker may deliver an effect. **Fence**: its number, so that a
//!   worker who comes late changes nothing.
//! - **checkpoint**: how far an effect of several remote steps has come.
//! - **event**: something that has happened to a case, as other systems are told of it.
//! - **notice**: a mail as data. **Mail**: what is sent.

pub mod attempts;
pub mod audit;
pub mod backup;
pub mod change;
pub mod confirmation;
mod digits;
pub mod effect;
pub mod eligibility;
pub mod error;
pub mod event;
#[cfg(feature = "runtime")]
pub mod importer;
pub mod link;
#[cfg(feature = "memory")]
pub mod memory;
pub mod notice;
pub mod policy;
pub mod ports;
pub mod prelude;
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
pub use ports::Ports;
pub use service::Rebookings;
