//! Whose name, colours and support pages and mails show.

use std::fmt::Display;

use clap::Args;
use rebooking_core::presentation::{Brand, BrandName, Color, PhoneNumber, WebUrl};
use rebooking_core::value::customer::EmailAddress;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Brand, on pages and in mails")]
pub(super) struct Arguments {
    /// The marketplace's name
    #[arg(long, env = "REBOOKING_BRAND_NAME", default_value = "Miomente")]
    brand_name: String,
    /// Where customers and partners write to
    #[arg(long, env = "REBOOKING_SUPPORT_EMAIL", default_value = "support@miomente.de")]
    support_email: String,
    /// Where they call; without it no number is shown
    #[arg(long, env = "REBOOKING_SUPPORT_PHONE")]
    support_phone: Option<String>,
    /// The home page
    #[arg(long, env = "REBOOKING_HOME_PAGE", default_value = "https://www.miomente.de")]
    home_page: String,
    /// The colour of buttons and links on a light ground
    #[arg(long, env = "REBOOKING_COLOR", default_value = "#a32a4a")]
    color: String,
    /// The same on a dark ground
    #[arg(long, env = "REBOOKING_COLOR_DARK", default_value = "#f49aae")]
    color_dark: String,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Brand {
        let mut brand = Brand::default();
        set(&mut brand.name, "brand-name", BrandName::parse(&self.brand_name), reader);
        set(
            &mut brand.support_email,
            "support-email",
            EmailAddress::parse(&self.support_email),
            reader,
        );
        let phone = self.support_phone.as_deref().map(PhoneNumber::parse).transpose();
        set(&mut brand.phone, "support-phone", phone, reader);
        set(&mut brand.home_page, "home-page", WebUrl::parse(&self.home_page), reader);
        set(&mut brand.primary_light, "color", Color::parse(&self.color), reader);
        set(&mut brand.primary_dark, "color-dark", Color::parse(&self.color_dark), reader);
        brand
    }

    /// Says what is still another marketplace's under a name of one's own.
    pub(super) fn demand(&self, reader: &mut Reader) {
        let own = Brand::default();
        if self.brand_name == own.name.as_str() {
            return;
        }
        let needed = "needed beside --brand-name: the default is another marketplace's";
        let theirs = self.support_email == own.support_email.expose();
        reader.demand(!theirs, "support-email", needed);
        reader.demand(self.home_page != own.home_page.as_str(), "home-page", needed);
    }
}

fn set<T, E: Display>(place: &mut T, name: &str, parsed: Result<T, E>, reader: &mut Reader) {
    match parsed {
        Ok(parsed) => *place = parsed,
        Err(wrong) => reader.fault(name, &wrong.to_string()),
    }
}
