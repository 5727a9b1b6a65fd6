//! What every page has around it: brand, style, the switch of languages.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::presentation::PhoneNumber;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::customer::Language;

use super::locale::PageLocale;
use super::visitor::Visitor;
use crate::auth::Principal;
use crate::messages::text;
use crate::settings::HttpSettings;

/// What is said above a customer's page that support looks at.
pub(super) struct Preview {
    /// The language that it is said in: not always that of the page.
    pub(super) language: Language,
    pub(super) told: String,
    /// Where the case is.
    pub(super) back: String,
    pub(super) back_text: String,
}

impl From<Preview> for Value {
    fn from(Preview { language, told, back, back_text }: Preview) -> Self {
        context! { language => language.as_str(), told, back, back_text }
    }
}

/// The part of it that is the same for all pages. The values are shared: a page costs no copy of
/// them.
pub(super) struct Layout {
    brand: Value,
    style: Value,
    root: Value,
    home: String,
}

impl Layout {
    /// `style` is the name of the style sheet.
    pub(super) fn new(settings: &HttpSettings, style: &str) -> Self {
        let (brand, home) = (&settings.presentation.brand, settings.presentation.base.path());
        Self {
            brand: context! {
                name => brand.name.to_string(),
                home => brand.home_page.to_string(),
                support_email => brand.support_email.expose(),
                phone => brand.phone.as_ref().map(ToString::to_string),
                phone_link => brand.phone.as_ref().map(PhoneNumber::tel_url),
            },
            style: format!("{home}/{style}").into(),
            root: home.into(),
            home: home.to_owned(),
        }
    }

    /// The path that the service is mounted under, without a slash at its end.
    pub(super) fn root(&self) -> &str {
        &self.home
    }

    /// What of `shell` is the same on every page of a language.
    pub(super) fn known(&self, language: Language) -> Value {
        let locales = Locales::of_process();
        let others = locales.languages().filter(|other| *other != language);
        let named =
            |other: Language| context! { code => other.as_str(), name => locales.name(other) };
        context! {
            language => language.as_str(),
            brand => self.brand.clone(),
            style => self.style.clone(),
            // The path that the service is mounted under, without a slash at its end.
            root => self.root.clone(),
            // The languages to switch to.
            languages => others.map(named).collect::<Vec<_>>(),
        }
    }

    /// All that the template of a customer's page sees where it is only looked at.
    pub(super) fn around_preview(
        &self,
        locale: &PageLocale,
        preview: Preview,
        page: Value,
    ) -> Value {
        self.frame(locale, None, Some(preview.into()), page)
    }

    /// All that a template sees; with the navigation for who is signed in.
    pub(super) fn around(
        &self,
        locale: &PageLocale,
        visitor: Option<&Visitor>,
        page: Value,
    ) -> Value {
        self.frame(locale, visitor, None, page)
    }

    fn frame(
        &self,
        locale: &PageLocale,
        visitor: Option<&Visitor>,
        preview: Option<Value>,
        page: Value,
    ) -> Value {
        let visitor = visitor.map(|visitor| {
            context! {
                name => visitor.name(locale.language()),
                nav => self.navigation(locale, visitor),
                // Whether our own sign-in can be ended.
                sign_out => visitor.session.is_some(),
                // Also of every other browser of theirs.
                sign_out_everywhere => visitor.everywhere,
                form_token => &visitor.form_token,
            }
        });
        let shell = context! {
            brand => self.brand.clone(),
            root => self.root.clone(),
            // What follows the language in the address of this page.
            rest => locale.rest(),
            // What the reader has switched to, for forms that lead to another address.
            switched => locale.switched().as_ref().map(Language::as_str),
            // Who is signed in; nobody on customers' pages.
            visitor,
            // What is said above a customer's page that is only looked at; nothing on their own.
            preview,
        };
        context! { shell, page }
    }

    fn navigation(&self, locale: &PageLocale, visitor: &Visitor) -> Vec<Value> {
        let places: &[(&str, &str)] = match visitor.principal {
            Principal::Partner(_) if visitor.calendars => &[
                ("/partner", "requests"),
                ("/partner/rebookings", "rebookings"),
                ("/partner/calendar", "calendar"),
            ],
            Principal::Partner(_) => {
                &[("/partner", "requests"), ("/partner/rebookings", "rebookings")]
            }
            Principal::Support(_) => &[
                ("/support", "cases"),
                ("/support/links", "send-link"),
                ("/support/effects", "effects"),
                ("/support/earnings", "earnings"),
                ("/support/people", "people"),
            ],
        };
        let place = |(path, page): &(&str, &str)| {
            context! {
                href => format!("{}{path}{}", self.home, locale.elsewhere()),
                text => text!(locale.language(), "portal-nav", page = *page),
                current => visitor.route == *path,
            }
        };
        places.iter().map(place).collect()
    }
}
