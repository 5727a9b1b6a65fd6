//! Who gives a course: as attributes of the date or else of the course say, or else the host's
//! list.

use async_trait::async_trait;
use rebooking_core::ports::{Partners, PortError};
use rebooking_core::value::booking::{Course, Partner, PartnerEntry};
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::{CourseDateId, PartnerId};

use super::{Catalog, spoken};
use crate::Magento;
use crate::client::{Is, Query};
use crate::settings::Layout;
use crate::wire::Product;

/// What the attributes of a product say.
enum Named {
    /// All that is needed.
    Whole(PartnerEntry),
    /// A number alone: the address stands elsewhere.
    ById(PartnerId),
    /// Something that cannot be read: nobody is guessed in its place.
    Unreadable,
}

impl Catalog {
    /// The first product that names somebody decides.
    fn named(&self, products: &[Option<&Product>]) -> Option<Named> {
        products.iter().flatten().find_map(|product| self.named_by(product))
    }

    fn named_by(&self, product: &Product) -> Option<Named> {
        let attributes = &self.settings.partner;
        let of = |code: &Option<String>| product.attribute(code.as_deref()?);
        let Ok(id) = of(&attributes.id)?.parse().map(PartnerId::new) else {
            return Some(Named::Unreadable);
        };
        let Some(email) = of(&attributes.email) else { return Some(Named::ById(id)) };
        let Ok(email) = EmailAddress::parse(email) else { return Some(Named::Unreadable) };
        let language = of(&attributes.language).map(spoken).unwrap_or_default();
        let partner = Partner { id, email, language };
        Some(Named::Whole(PartnerEntry::new(partner, of(&attributes.name).unwrap_or_default())))
    }
}

impl Magento {
    /// Who gives a date, whose products are its own and that of its course.
    pub(crate) async fn who_gives(
        &self,
        products: &[Option<&Product>],
        course: &Course,
        date: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError> {
        match (self.catalog.named(products), &self.partners) {
            (Some(Named::Whole(entry)), _) => Ok(Some(entry)),
            (Some(Named::ById(id)), Some(list)) => list.partner(id).await,
            (None, Some(list)) => list.giving(course, date).await,
            (Some(Named::ById(_) | Named::Unreadable) | None, _) => Ok(None),
        }
    }
}

/// As the shop's products say, and what they do not say, as the host's own list does.
#[async_trait]
impl Partners for Magento {
    async fn giving(
        &self,
        course: &Course,
        date: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError> {
        let ids = match &self.catalog.settings.layout {
            Layout::Variants => vec![date.value(), course.id.value()],
            Layout::Options { .. } => vec![course.id.value()],
            Layout::Products { .. } => vec![date.value()],
        };
        let products = self.catalog.products(&self.client.session(), &ids).await?;
        let of = |id: &i64| products.iter().find(|product| product.id.0 == *id);
        let products: Vec<_> = ids.iter().map(of).collect();
        self.who_gives(&products, course, date).await
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError> {
        let Some(attribute) = &self.catalog.settings.partner.id else {
            return self.in_the_list(id).await;
        };
        let query = Query::new().filter(attribute, Is::Equal, id);
        let products = self.catalog.search(&self.client.session(), query).await?;
        let known = products.iter().find_map(|product| match self.catalog.named_by(product)? {
            Named::Whole(entry) => Some(entry),
            Named::ById(_) | Named::Unreadable => None,
        });
        match known {
            Some(entry) => Ok(Some(entry)),
            None => self.in_the_list(id).await,
        }
    }
}

impl Magento {
    async fn in_the_list(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError> {
        match &self.partners {
            Some(list) => list.partner(id).await,
            None => Ok(None),
        }
    }
}
