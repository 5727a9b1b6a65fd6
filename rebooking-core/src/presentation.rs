//! What pages and mails share and the rules do not know: brand and colours, URLs, dates and amounts
//! as people read them, the customer's calendar entry, the texts and the templates. Nothing else in
//! this crate imports it.
//!
//! | feature | adds |
//! |---|---|
//! | `presentation` | everything but the two below |
//! | `ics` | the one writer of calendar files |
//! | `templates` | the one machine that overrides and checks templates |

mod brand;
pub mod calendar_entry;
pub mod catalogue;
mod color;
pub mod dates;
pub mod format;
#[cfg(feature = "ics")]
pub mod ics;
pub mod locales;
mod mailto;
mod settings;
#[cfg(feature = "templates")]
pub mod templates;
mod url;
mod web_calendar;

pub use brand::{Brand, BrandName, MalformedBrand, PhoneNumber};
pub use color::{Color, MalformedColor};
pub use mailto::mailto_url;
pub use settings::{Places, Presentation};
pub use url::{BaseUrl, MalformedUrl, WebUrl};
pub use web_calendar::{google_calendar_url, outlook_calendar_url};
