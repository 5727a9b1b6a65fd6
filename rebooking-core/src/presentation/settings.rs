//! What pages and mails share: brand, base URL and the places of courses. Set once by the host, and
//! handed to both.

use std::fmt;
use std::sync::Arc;

use super::brand::Brand;
use super::url::BaseUrl;
use crate::value::booking::Booking;
use crate::value::text::FreeText;

/// Where the course of a booking takes place, in place of what the course says itself: a street, a
/// house. It is called while a mail or a page is rendered, so it answers from memory and waits for
/// nothing. `None`, or only blanks, leaves it to the course.
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
    /// Where courses take place that do not say it themselves, or that the host knows better.
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

    /// Where the course of a booking takes place, as one line: as the host says, or else the course
    /// itself. Nothing is shown where neither does.
    #[must_use]
    pub fn place_of(&self, booking: &Booking) -> Option<String> {
        let of_host = self.places.as_ref().and_then(|places| places(booking));
        let line = of_host.map(|place| FreeText::line(&place, 255).expose().to_owned());
        line.filter(|line| !line.is_empty())
            .or_else(|| booking.course.venue.as_ref().map(ToString::to_string))
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
