//! Who gives a course, as attributes of the date or else of the course say.

use rebooking_core::value::booking::Partner;
use rebooking_core::value::customer::{EmailAddress, Language};
use rebooking_core::value::ids::PartnerId;

use super::Catalog;
use crate::wire::Product;

impl Catalog {
    /// The partner of a date: all of one product, or the one who gives everything else. A number
    /// without an address is nobody who could be asked.
    pub(crate) fn partner(&self, products: &[Option<&Product>]) -> Option<Partner> {
        let named = products.iter().flatten().find_map(|product| self.named(product));
        named.or_else(|| self.settings.partner.fallback.clone())
    }

    fn named(&self, product: &Product) -> Option<Partner> {
        let attributes = &self.settings.partner;
        let of = |code: &Option<String>| product.attribute(code.as_deref()?);
        let id = of(&attributes.id)?.parse().ok()?;
        let email = EmailAddress::parse(of(&attributes.email)?).ok()?;
        let language = of(&attributes.language).and_then(Language::from_code).unwrap_or_default();
        Some(Partner { id: PartnerId::new(id), email, language })
    }
}
