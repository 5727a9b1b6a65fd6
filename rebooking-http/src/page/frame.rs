//! What every page has around it: brand, style, the switch of languages.

use minijinja::value::{Serde, Value};
use rebooking_core::customer::Language;
use serde::Serialize;

use super::Spoken;
use super::staff::Visitor;
use super::style::Style;
use crate::settings::HttpSettings;
use crate::text::portal as text;

/// The part of it that is the same for all pages.
pub(super) struct Frame {
    brand: Brand,
    style: String,
    home: String,
}

#[derive(Clone, Serialize)]
struct Brand {
    name: String,
    home: String,
    support_email: String,
    phone: Option<String>,
    /// `tel:…`
    phone_link: Option<String>,
}

/// `shell` in the templates.
#[derive(Serialize)]
struct Shell<'a> {
    language: &'static str,
    brand: &'a Brand,
    style: &'a str,
    /// The path that the service is mounted under, without a slash at its end.
    root: &'a str,
    other_language: Other,
    /// What the reader has switched to, for forms that lead to another address.
    switched: Option<&'static str>,
    /// Who is signed in; nobody on customers' pages.
    visitor: Option<Signed<'a>>,
}

/// What a page shows of who is signed in.
#[derive(Serialize)]
struct Signed<'a> {
    name: String,
    nav: Vec<Place>,
    /// Whether our own sign-in can be ended.
    sign_out: bool,
    form_token: &'a str,
}

/// One entry of the navigation.
#[derive(Serialize)]
struct Place {
    href: String,
    text: String,
    current: bool,
}

#[derive(Serialize)]
struct Other {
    code: &'static str,
    name: &'static str,
    href: String,
}

impl Frame {
    pub(super) fn of(settings: &HttpSettings, style: &Style) -> Self {
        let brand = &settings.brand;
        Self {
            brand: Brand {
                name: brand.name.to_string(),
                home: brand.home_page.to_string(),
                support_email: brand.support_email.expose().to_owned(),
                phone: brand.phone.as_ref().map(ToString::to_string),
                phone_link: brand.phone.as_ref().map(rebooking_core::brand::PhoneNumber::dial),
            },
            style: format!("{}/{}", settings.base.path(), style.name()),
            home: settings.base.path().to_owned(),
        }
    }

    /// The path that the service is mounted under, without a slash at its end.
    pub(super) fn root(&self) -> &str {
        &self.home
    }

    /// All that a template sees; with the navigation for who is signed in.
    pub(super) fn around(&self, spoken: &Spoken, visitor: Option<&Visitor>, view: impl Serialize) -> Value {
        let (other, href) = spoken.other();
        let visitor = visitor.map(|visitor| Signed {
            name: visitor.name(spoken.language()),
            nav: self.places(spoken, visitor),
            sign_out: visitor.session.is_some(),
            form_token: &visitor.form_token,
        });
        let name = match other {
            Language::German => "Deutsch",
            Language::English => "English",
        };
        let shell = Shell {
            language: spoken.language().code(),
            brand: &self.brand,
            style: &self.style,
            root: &self.home,
            other_language: Other { code: other.code(), name, href },
            switched: spoken.switched().map(Language::code),
            visitor,
        };
        super::context_of(Value::from(Serde(shell)), spoken.language(), view)
    }

    fn places(&self, spoken: &Spoken, visitor: &Visitor) -> Vec<Place> {
        let place = |(path, text): (&str, String)| Place {
            href: format!("{}{path}{}", self.home, spoken.elsewhere()),
            text,
            current: visitor.route == path,
        };
        text::places(spoken.language(), &visitor.principal).into_iter().map(place).collect()
    }
}
