//! How products are course dates: Magento itself has no notion of them.

use chrono::TimeDelta;
use rebooking_core::value::course_date::VenueZone;

/// How products are course dates.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct CatalogSettings {
    /// Which products are courses and which are dates.
    pub layout: Layout,
    /// The attribute that says when a date begins, as a text or as a list of options:
    /// `course_date`.
    pub date: String,
    /// How it is written (see chrono's `format::strftime`): `%Y-%m-%d %H:%M`.
    pub format: String,
    /// When a date ends.
    pub end: DateEnd,
    /// The clock of the venue. `None` takes the shop's.
    pub zone: Option<VenueZone>,
    /// Where places are counted.
    pub stock: StockSource,
    /// The code of the website whose stock is sold: `base`.
    pub website: String,
    /// Whether tax is in the products' prices.
    pub tax: TaxView,
    /// Who gives the course.
    pub partner: PartnerAttributes,
    /// Where it takes place.
    pub venue: VenueAttributes,
}

/// Which products are courses and which are dates.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Layout {
    /// A configurable product is the course, its variants are the dates. Each date has its own
    /// stock.
    Variants,
    /// A simple or virtual product is the course, the values of one of its custom options are the
    /// dates. The shop counts no places for them: so many fit on each, and our store counts.
    Options {
        /// What the option is called: `Termin`.
        title: String,
        /// How many fit on a date that is new; from then on its places are our store's.
        capacity: u32,
    },
    /// Each date is a product; an attribute ties those of a course together. Its value is a whole
    /// number, or an option of a list.
    Products {
        /// The attribute: `course_code`.
        course: String,
    },
}

/// When a date ends.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub enum DateEnd {
    /// So long after its beginning.
    After(TimeDelta),
    /// As an attribute says, written like the beginning; where a date lacks it, so long after its
    /// beginning.
    Attribute(String, TimeDelta),
}

/// Where places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StockSource {
    /// By MSI, reservations taken off.
    Msi,
    /// By the older stock items, for a shop whose MSI modules are off.
    StockItems,
}

/// Whether tax is in the products' prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaxView {
    /// Prices are as customers see them.
    Included,
    /// So much is added, in hundredths of a percent: 1900 for 19 %.
    Added(u32),
}

/// Attributes of a date, or else of its course, that say who gives it. The first of both that has a
/// number decides. Where neither has one, and where the number comes without an address, the host's
/// own list is asked: see [`Magento::with_partners`](crate::Magento::with_partners).
#[derive(Clone, Debug, Default)]
// Exhaustive: hosts write it as a literal.
pub struct PartnerAttributes {
    /// Holds the partner's number in the portal: `partner_id`.
    pub id: Option<String>,
    /// Holds where requests go: `partner_email`.
    pub email: Option<String>,
    /// Holds `de` or `en`.
    pub language: Option<String>,
    /// Holds what people call the partner: `partner_name`.
    pub name: Option<String>,
}

/// Attributes of a date, or else of its course, that say where it takes place: texts, or lists of
/// options. Where they are empty nothing is shown.
#[derive(Clone, Debug, Default)]
// Exhaustive: hosts write it as a literal.
pub struct VenueAttributes {
    /// Holds what the place is called: `venue_name`.
    pub name: Option<String>,
    /// Holds how it is found, in one line: `venue_address`.
    pub address: Option<String>,
}

impl Default for CatalogSettings {
    fn default() -> Self {
        let three_hours = TimeDelta::hours(3);
        Self {
            layout: Layout::Variants,
            date: "course_date".to_owned(),
            format: "%Y-%m-%d %H:%M".to_owned(),
            end: DateEnd::Attribute("course_end".to_owned(), three_hours),
            zone: None,
            stock: StockSource::Msi,
            website: "base".to_owned(),
            tax: TaxView::Included,
            partner: PartnerAttributes {
                id: Some("partner_id".to_owned()),
                email: Some("partner_email".to_owned()),
                language: Some("partner_language".to_owned()),
                name: Some("partner_name".to_owned()),
            },
            venue: VenueAttributes {
                name: Some("venue_name".to_owned()),
                address: Some("venue_address".to_owned()),
            },
        }
    }
}
