//! Where a course takes place, as attributes of the date or else of the course say.

use rebooking_core::value::booking::Venue;

use super::Catalog;
use crate::client::{Fault, Session};
use crate::wire::Product;

impl Catalog {
    /// The place of a date: all of the first product that says anything of it.
    pub(crate) async fn venue(
        &self,
        session: &Session,
        products: &[Option<&Product>],
    ) -> Result<Option<Venue>, Fault> {
        let attributes = &self.settings.venue;
        for product in products.iter().flatten() {
            let name = self.said(session, product, attributes.name.as_deref()).await?;
            let address = self.said(session, product, attributes.address.as_deref()).await?;
            if let Some(venue) = Venue::new(&name, &address) {
                return Ok(Some(venue));
            }
        }
        Ok(None)
    }

    async fn said(
        &self,
        session: &Session,
        product: &Product,
        attribute: Option<&str>,
    ) -> Result<String, Fault> {
        match attribute {
            Some(attribute) => {
                Ok(self.value(session, product, attribute).await?.unwrap_or_default())
            }
            None => Ok(String::new()),
        }
    }
}
