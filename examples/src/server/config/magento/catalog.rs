//! How the shop's products are course dates.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use clap::Args;
use rebooking_core::value::course_date::VenueZone;
use rebooking_magento::{CatalogSettings, DateEnd, Layout, StockSource, TaxView};

use crate::config::read::{Reader, Setting};

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Which products are courses and dates: variants (of a configurable product), products (one
    /// for each date) or options (of a product); without it, variants
    #[arg(long, env = "REBOOKING_MAGENTO_LAYOUT")]
    magento_layout: Option<String>,
    /// With products: the attribute that says which course a date belongs to; without it,
    /// course_code
    #[arg(long, env = "REBOOKING_MAGENTO_COURSE_ATTRIBUTE")]
    magento_course_attribute: Option<String>,
    /// With options: what the option is called whose values are the dates
    #[arg(long, env = "REBOOKING_MAGENTO_OPTION_TITLE")]
    magento_option_title: Option<String>,
    /// With options: how many fit on each date
    #[arg(long, env = "REBOOKING_MAGENTO_OPTION_CAPACITY")]
    magento_option_capacity: Option<String>,
    /// The attribute that says when a date begins; without it, course_date
    #[arg(long, env = "REBOOKING_MAGENTO_DATE_ATTRIBUTE")]
    magento_date_attribute: Option<String>,
    /// How it is written, day and time by strftime's letters; without it, %Y-%m-%d %H:%M
    #[arg(long, env = "REBOOKING_MAGENTO_DATE_FORMAT")]
    magento_date_format: Option<String>,
    /// The attribute that says when a date ends, or none; without it, course_end
    #[arg(long, env = "REBOOKING_MAGENTO_END_ATTRIBUTE")]
    magento_end_attribute: Option<String>,
    /// How long a date takes that does not say when it ends; without it, 3h
    #[arg(long, env = "REBOOKING_MAGENTO_DURATION")]
    magento_duration: Option<String>,
    /// The clock of the venues, like Europe/Berlin; without it, that of the store view
    #[arg(long, env = "REBOOKING_MAGENTO_ZONE")]
    magento_zone: Option<String>,
    /// Where places are counted: msi or stock-items (where MSI is off); without it, msi
    #[arg(long, env = "REBOOKING_MAGENTO_STOCK")]
    magento_stock: Option<String>,
    /// The code of the website whose stock is sold; without it, base
    #[arg(long, env = "REBOOKING_MAGENTO_WEBSITE")]
    magento_website: Option<String>,
    /// Whether tax is in the prices of products: included, or the percent that is added; without
    /// it, included
    #[arg(long, env = "REBOOKING_MAGENTO_TAX")]
    magento_tax: Option<String>,
    /// The attribute with the number of the partner who gives a course, or none; without it,
    /// partner_id
    #[arg(long, env = "REBOOKING_MAGENTO_PARTNER_ID_ATTRIBUTE")]
    magento_partner_id_attribute: Option<String>,
    /// The attribute with the partner's address, or none; without it, partner_email
    #[arg(long, env = "REBOOKING_MAGENTO_PARTNER_EMAIL_ATTRIBUTE")]
    magento_partner_email_attribute: Option<String>,
    /// The attribute with the partner's language, or none; without it, partner_language
    #[arg(long, env = "REBOOKING_MAGENTO_PARTNER_LANGUAGE_ATTRIBUTE")]
    magento_partner_language_attribute: Option<String>,
    /// The attribute with what the venue is called, or none; without it, venue_name
    #[arg(long, env = "REBOOKING_MAGENTO_VENUE_NAME_ATTRIBUTE")]
    magento_venue_name_attribute: Option<String>,
    /// The attribute with the venue's address, or none; without it, venue_address
    #[arg(long, env = "REBOOKING_MAGENTO_VENUE_ADDRESS_ATTRIBUTE")]
    magento_venue_address_attribute: Option<String>,
}

const CODE: &str = "a code of small letters, digits and underscores that begins with a letter";
const CODE_OR_NONE: &str =
    "a code of small letters, digits and underscores that begins with a letter, or none";

/// Whether Magento would take it as the code of an attribute, a website or a way to pay.
pub(super) fn is_code(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.len() <= 60 && text.chars().all(fits)
}

/// Replaces what is there by the code that is given.
fn set_code(place: &mut String, name: &str, given: Option<&str>, reader: &mut Reader) {
    if let Some(code) = given.map(str::trim) {
        reader.demand(is_code(code), name, CODE);
        code.clone_into(place);
    }
}

/// The same where `none` is a choice, too.
fn set_optional(place: &mut Option<String>, name: &str, given: Option<&str>, reader: &mut Reader) {
    if let Some(code) = given.map(str::trim) {
        reader.demand(is_code(code), name, CODE_OR_NONE);
        *place = Some(code).filter(|code| *code != "none").map(ToOwned::to_owned);
    }
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<CatalogSettings> {
        let mut catalog = CatalogSettings::default();
        let layout = self.layout(reader);
        let date = self.magento_date_attribute.as_deref();
        set_code(&mut catalog.date, "magento-date-attribute", date, reader);
        if let Some(format) = &self.magento_date_format {
            let wanted = "the day and the time by strftime's letters, like %d.%m.%Y %H:%M";
            reader.demand(is_whole(format.trim()), "magento-date-format", wanted);
            format.trim().clone_into(&mut catalog.format);
        }
        self.set_end(&mut catalog, reader);
        let zone = self.magento_zone.as_deref();
        catalog.zone = zone.and_then(|zone| reader.read("magento-zone", zone));
        if let Some(stock) = &self.magento_stock {
            reader.set(&mut catalog.stock, "magento-stock", stock);
        }
        let website = self.magento_website.as_deref();
        set_code(&mut catalog.website, "magento-website", website, reader);
        if let Some(tax) = &self.magento_tax {
            reader.set(&mut catalog.tax, "magento-tax", tax);
        }
        self.set_people_and_places(&mut catalog, reader);
        Some(CatalogSettings { layout: layout?, ..catalog })
    }

    fn layout(&self, reader: &mut Reader) -> Option<Layout> {
        let word = self.magento_layout.as_deref().unwrap_or("variants").trim();
        for (given, name, of) in [
            (self.magento_course_attribute.is_some(), "magento-course-attribute", "products"),
            (self.magento_option_title.is_some(), "magento-option-title", "options"),
            (self.magento_option_capacity.is_some(), "magento-option-capacity", "options"),
        ] {
            let wanted = format!("only with --magento-layout={of}");
            reader.demand(!given || word == of, name, &wanted);
        }
        match word {
            "variants" => Some(Layout::Variants),
            "products" => {
                let mut course = "course_code".to_owned();
                let given = self.magento_course_attribute.as_deref();
                set_code(&mut course, "magento-course-attribute", given, reader);
                Some(Layout::Products { course })
            }
            "options" => self.options(reader),
            _ => {
                reader.fault("magento-layout", "variants, products or options");
                None
            }
        }
    }

    fn options(&self, reader: &mut Reader) -> Option<Layout> {
        let title = self.magento_option_title.as_deref().unwrap_or_default().trim();
        let wanted = "what the option is called whose values are the dates, like Termin";
        reader.demand(!title.is_empty(), "magento-option-title", wanted);
        let (name, capacity) = ("magento-option-capacity", self.magento_option_capacity.as_deref());
        let capacity = reader.read(name, capacity.unwrap_or_default())?;
        reader.demand(capacity > 0, name, "1 or more");
        Some(Layout::Options { title: title.to_owned(), capacity })
    }

    fn set_end(&self, catalog: &mut CatalogSettings, reader: &mut Reader) {
        let (mut code, mut length) = match &catalog.end {
            DateEnd::Attribute(code, length) => (Some(code.clone()), *length),
            DateEnd::After(length) => (None, *length),
        };
        let given = self.magento_end_attribute.as_deref();
        set_optional(&mut code, "magento-end-attribute", given, reader);
        if let Some(duration) = &self.magento_duration {
            reader.set(&mut length, "magento-duration", duration);
            reader.demand(length > TimeDelta::zero(), "magento-duration", "more than nothing");
        }
        catalog.end = match code {
            Some(code) => DateEnd::Attribute(code, length),
            None => DateEnd::After(length),
        };
    }

    fn set_people_and_places(&self, catalog: &mut CatalogSettings, reader: &mut Reader) {
        let (partner, venue) = (&mut catalog.partner, &mut catalog.venue);
        for (place, name, given) in [
            (&mut partner.id, "magento-partner-id-attribute", &self.magento_partner_id_attribute),
            (
                &mut partner.email,
                "magento-partner-email-attribute",
                &self.magento_partner_email_attribute,
            ),
            (
                &mut partner.language,
                "magento-partner-language-attribute",
                &self.magento_partner_language_attribute,
            ),
            (&mut venue.name, "magento-venue-name-attribute", &self.magento_venue_name_attribute),
            (
                &mut venue.address,
                "magento-venue-address-attribute",
                &self.magento_venue_address_attribute,
            ),
        ] {
            set_optional(place, name, given.as_deref(), reader);
        }
    }

    pub(super) const fn given(&self) -> [(bool, &'static str); 17] {
        [
            (self.magento_layout.is_some(), "magento-layout"),
            (self.magento_course_attribute.is_some(), "magento-course-attribute"),
            (self.magento_option_title.is_some(), "magento-option-title"),
            (self.magento_option_capacity.is_some(), "magento-option-capacity"),
            (self.magento_date_attribute.is_some(), "magento-date-attribute"),
            (self.magento_date_format.is_some(), "magento-date-format"),
            (self.magento_end_attribute.is_some(), "magento-end-attribute"),
            (self.magento_duration.is_some(), "magento-duration"),
            (self.magento_zone.is_some(), "magento-zone"),
            (self.magento_stock.is_some(), "magento-stock"),
            (self.magento_website.is_some(), "magento-website"),
            (self.magento_tax.is_some(), "magento-tax"),
            (self.magento_partner_id_attribute.is_some(), "magento-partner-id-attribute"),
            (self.magento_partner_email_attribute.is_some(), "magento-partner-email-attribute"),
            (
                self.magento_partner_language_attribute.is_some(),
                "magento-partner-language-attribute",
            ),
            (self.magento_venue_name_attribute.is_some(), "magento-venue-name-attribute"),
            (self.magento_venue_address_attribute.is_some(), "magento-venue-address-attribute"),
        ]
    }
}

/// Whether a moment that is written like this can be read again, to the minute.
fn is_whole(format: &str) -> bool {
    use std::fmt::Write as _;
    let moment = NaiveDate::from_ymd_opt(2027, 11, 25).and_then(|day| day.and_hms_opt(18, 45, 0));
    let Some(moment) = moment else { return false };
    let mut written = String::new();
    // A letter that strftime does not know is an error of writing.
    let is_written = write!(written, "{}", moment.format(format)).is_ok();
    is_written && NaiveDateTime::parse_from_str(&written, format) == Ok(moment)
}

impl Setting for VenueZone {
    const WANTED: &'static str = "the name of a time zone, like Europe/Berlin";

    fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

impl Setting for StockSource {
    const WANTED: &'static str = "msi or stock-items";

    fn read(text: &str) -> Option<Self> {
        match text {
            "msi" => Some(Self::Msi),
            "stock-items" => Some(Self::StockItems),
            _ => None,
        }
    }
}

impl Setting for TaxView {
    const WANTED: &'static str =
        "included, or the percent that is added, with up to two decimals, like 19 or 7.5";

    fn read(text: &str) -> Option<Self> {
        if text == "included" {
            return Some(Self::Included);
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 {
            return None;
        }
        let hundredths: u32 = format!("{part:0<2}").parse().ok()?;
        let all = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        (all <= 10_000).then_some(Self::Added(all))
    }
}
