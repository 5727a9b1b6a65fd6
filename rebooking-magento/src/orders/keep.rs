//! *Keep order*: the order stays, and a comment says for which date. The shop moves no stock: the
//! old date keeps its reservation and the new one gets none.

use rebooking_core::ports::{Placement, PortError};

use super::note::Note;
use super::step::Step;
use super::{Rebook, is_live, refused, stays};
use crate::catalog::Fits;
use crate::settings::Layout;
use crate::wire::{Id, Product};

impl Rebook<'_> {
    pub(super) async fn keep(&mut self) -> Result<Placement, PortError> {
        if !is_live(&self.original) {
            return Ok(refused("the order was cancelled or paid back in the shop"));
        }
        if let Some(why) = self.does_not_fit(self.change.correction).await? {
            return Ok(refused(why));
        }
        let text = Note::Moved(self.change).text(self.store.language, &self.change.key);
        self.save(&Step::Begun).await?;
        self.shop.comment(&self.session, &self.original, &text).await?;
        Ok(Placement::Made(stays(self.change)))
    }

    /// Why the party does not fit on the new date, as the shop counts with what it does not know.
    /// Where it counts no places for dates, our store has done so.
    pub(super) async fn does_not_fit(
        &self,
        correction: i64,
    ) -> Result<Option<&'static str>, PortError> {
        match self.shop.catalog.settings.layout {
            Layout::Options { .. } => return Ok(None),
            Layout::Variants | Layout::Products { .. } => {}
        }
        let after = &self.change.after;
        let date = after.slot.id.value();
        let products = self.shop.catalog.products(&self.session, &[date]).await?;
        let product = products.iter().find(|product| product.id == Id(date));
        let Some(product) = product.filter(|product| Product::is_enabled(product)) else {
            return Ok(Some(GONE));
        };
        let (sku, count) = (product.sku.or_empty(), after.participants.count());
        Ok(match self.shop.catalog.fits(&self.session, sku, count, correction).await? {
            Fits::Yes => None,
            Fits::No => Some("the new date is sold out in the shop"),
            Fits::Gone => Some(GONE),
        })
    }
}

const GONE: &str = "the shop does not offer the new date any more";
