//! What pages and mails share: brand, base URL and the places of courses. Set once by the host, and
//! handed to both.

use std::fmt;
use std::sync::Arc;

use super::brand::Brand;
use super::url::BaseUrl;
use crate::value::booking::Booking;
use crate::value::text::FreeText;

/// Where the course of a booking takes place, which the core does not know: a street, a house. It
/// is called while a mail or a page is rendered, so it answers from memory and waits for nothing.
/// `None`, or only blanks, leaves the line out.
pub type Places = Arc<dyn Fn(&Booking) -> Option<String> + Send + Sync>;

/// How the marketplace shows itself, on pages and in mails alike. One value serves both, so that
/// they cannot differ.
#[derive(Clone)]
#[non_exhaustive]
pub struct Presentation {
    /// What every link begins with. Its host also names calendar events, so that those of pages
    /// and of mails are one.
    pub base: BaseUrl,
    /// Name, colours and support of the marketplace.
    pub brand: Brand,
    /// Where courses take place, for mails and calendar files; without it they name no place.
    pub places: Option<Places>,
}

impl Presentation {
    /// The brand of the specification at a base URL, and no places.
    #[must_use]
    pub fn new(base: BaseUrl) -> Self {
        Self { base, brand: Brand::default(), places: None }
    }

    /// The same under another brand.
    #[must_use]
    pub fn with_brand(self, brand: Brand) -> Self {
        Self { brand, ..self }
    }

    /// The same with the places of courses.
    #[must_use]
    pub fn with_places(
        self,
        places: impl Fn(&Booking) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { places: Some(Arc::new(places)), ..self }
    }

    /// Where the course of a booking takes place, as one line.
    #[must_use]
    pub fn place_of(&self, booking: &Booking) -> Option<String> {
        let place = self.places.as_ref()?(booking)?;
        let line = FreeText::line(&place, 255).expose().to_owned();
        Some(line).filter(|line| !line.is_empty())
    }
}

/// A base URL alone: the rest is the default.
impl From<BaseUrl> for Presentation {
    fn from(base: BaseUrl) -> Self {
        Self::new(base)
    }
}

impl fmt::Debug for Presentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { base, brand, places: _ } = self;
        f.debug_struct("Presentation")
            .field("base", base)
            .field("brand", brand)
            .finish_non_exhaustive()
    }
}
