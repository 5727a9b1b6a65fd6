//! Self-service rebooking on a Magento shop: its orders and its course dates, over REST.
//!
//! [`Magento`] is the core's port [`Orders`](rebooking_core::ports::Orders), its port
//! [`Schedule`](rebooking_core::ports::Schedule) and its port [`Partners`]. It is made for Magento
//! Open Source and Adobe Commerce from 2.4.4 on. What an operator must set up in the shop is in
//! `docs/magento.md`.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use rebooking_core::ports::{Clock, SecretSource};
//! use rebooking_magento::{Magento, MagentoSettings, OAuthCredentials, ShopUrl, SignIn};
//!
//! # fn open(clock: Arc<dyn Clock>, secrets: Arc<dyn SecretSource>, four: OAuthCredentials)
//! # -> Result<Magento, Box<dyn std::error::Error>> {
//! let shop = ShopUrl::parse("https://shop.example.com")?;
//! let settings = MagentoSettings::new(shop, SignIn::OAuth1(four));
//! let http = rebooking_magento::client_builder().build()?;
//! let magento = Magento::new(settings, http, clock, secrets);
//! # Ok(magento)
//! # }
//! ```
//!
//! The program, not this library, installs the process's TLS provider, as there is one for all of
//! its libraries.
//!
//! # What becomes of an answer
//!
//! | the shop | the core is told |
//! |---|---|
//! | cannot be connected to; answers a read with 503 | [`PortError::Unavailable`]: the lane waits |
//! | answers 401 or 403 | [`PortError::Unauthorized`], with the permission to grant |
//! | answers 429; fails a read in any other way | [`PortError::Transient`] |
//! | answers a write with 5xx, unreadably or not at all | [`PortError::Unknown`]: looked up first |
//! | refuses for good, as no retry will change | [`PortError::Permanent`] |
//! | has no places left, or no such date any more | [`Refused`](rebooking_core::ports::Placement) |
//!
//! Nothing is decided by the text of an error, as shops translate it.
//!
//! # Exactly one order
//!
//! Magento knows no idempotency keys. A key of ours stands in a comment on the original order, in
//! the linked order's `ext_order_id` and in the comment of a credit memo, and is looked for before
//! anything is written. A linked order is made from the one cart that a comment on the original has
//! announced first: a cart becomes at most one order, so there is no twin, even if a worker was
//! frozen while another took over. A worker whose time is over sends nothing any more.
//!
//! # What people do in the shop
//!
//! [`Watcher`] looks at changed orders on a timer and tells the core of bookings that people
//! cancelled or paid back, and compares the orders that carry our keys with the rebookings.
//!
//! # Secrets
//!
//! No error, no log and no `Debug` of this crate names a credential, an address or a customer.
//! Comments on orders hold dates, order numbers, amounts and our key.
//!
//! # Features
//!
//! `testing` brings a Magento on loopback that answers as the real one does.

mod catalog;
mod check;
mod client;
mod orders;
mod schedule;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod watch;
mod watcher;
mod wire;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rebooking_core::ports::{Clock, Partners, SecretSource};

use self::catalog::Catalog;
use self::client::Client;

pub use check::{ShopFinding, ShopQuestions};
/// For the links of the table above.
#[cfg(doc)]
use rebooking_core::ports::PortError;
/// The client that a host hands in is of this version.
pub use reqwest;
pub use secrecy::SecretString;
pub use settings::{
    CatalogSettings, DateEnd, Layout, Limits, MagentoSettings, MalformedShopUrl, OAuthCredentials,
    OrderSettings, PartnerAttributes, ShopUrl, SignIn, StockSource, TaxView, VenueAttributes,
};
pub use watch::{Changes, Gone, GoneBooking, KeyedOrder};
pub use watcher::{Looked, Reconciled, WatchError, WatchSettings, Watched, Watcher};

/// How long the host's client should wait for a connection.
const CONNECT: Duration = Duration::from_secs(2);

/// What a host should make its client of: two seconds to connect, and no redirects, as a redirect
/// would carry the sign-in elsewhere. The program installs the TLS provider first.
pub fn client_builder() -> reqwest::ClientBuilder {
    let none = reqwest::redirect::Policy::none();
    reqwest::Client::builder().connect_timeout(CONNECT).redirect(none)
}

/// The ports of one shop. A clone is another handle to it.
#[derive(Clone)]
pub struct Magento {
    client: Client,
    catalog: Catalog,
    orders: Arc<OrderSettings>,
    partners: Option<Arc<dyn Partners>>,
}

impl Magento {
    /// Connects nowhere yet: the first call does. See [`client_builder`] for what the client should
    /// be like.
    #[must_use]
    pub fn new(
        settings: MagentoSettings,
        http: reqwest::Client,
        clock: Arc<dyn Clock>,
        secrets: Arc<dyn SecretSource>,
    ) -> Self {
        let MagentoSettings { shop, sign_in, limits, catalog, orders } = settings;
        Self {
            client: Client::new(http, shop, sign_in, limits, clock, secrets),
            catalog: Catalog::new(catalog),
            orders: Arc::new(orders),
            partners: None,
        }
    }

    /// A list that is asked where the shop's products do not say who gives a course. A booking
    /// whose partner nobody knows is refused for good, naming the product.
    #[must_use]
    pub fn with_partners(self, list: Arc<dyn Partners>) -> Self {
        Self { partners: Some(list), ..self }
    }
}

impl fmt::Debug for Magento {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Magento").field("client", &self.client).finish_non_exhaustive()
    }
}
