//! How many places are left, as the shop counts them.

use rebooking_core::ports::PortError;

use super::Catalog;
use crate::client::{Call, Is, Query, Session};
use crate::settings::StockSource;
use crate::wire::{Decimal, Product, Salability, StockItem};

/// Whether a party fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fits {
    Yes,
    /// The shop would not sell so many.
    No,
    /// The product is gone, or switched off.
    Gone,
}

impl Catalog {
    /// How many can still be bought of a product that is switched on. `None` when the shop does
    /// not offer it.
    pub(crate) async fn free(
        &self,
        session: &Session,
        sku: &str,
    ) -> Result<Option<u32>, PortError> {
        match self.settings.stock {
            StockSource::Msi => {
                let stock = self.stock(session).await?.to_string();
                let route = "/inventory/get-product-salable-quantity/{}/{}";
                match session.send::<Decimal>(Call::get(route, &[sku, &stock])).await {
                    Ok(free) => Ok(Some(free.floor())),
                    // So the shop answers for a SKU that its stock does not know.
                    Err(fault) if fault.status().is_some_and(|status| status == 500) => {
                        let offered = self.is_offered(session, sku).await?;
                        if offered { Err(fault.into()) } else { Ok(None) }
                    }
                    Err(fault) => Err(fault.into()),
                }
            }
            StockSource::StockItems => {
                match session.send::<StockItem>(Call::get("/stockItems/{}", &[sku])).await {
                    Ok(item) if item.is_in_stock.0 => {
                        Ok(Some(item.qty.minus(item.min_qty).floor()))
                    }
                    Ok(_) => Ok(Some(0)),
                    Err(fault) if fault.is_not_found() => Ok(None),
                    Err(fault) => Err(fault.into()),
                }
            }
        }
    }

    /// Whether so many can be bought, with what the shop's stock does not know of the date: the
    /// right question before an order, as it honours smallest and largest quantities.
    pub(crate) async fn fits(
        &self,
        session: &Session,
        sku: &str,
        count: u32,
        correction: i64,
    ) -> Result<Fits, PortError> {
        if !self.is_offered(session, sku).await? {
            return Ok(Fits::Gone);
        }
        // So many must be free there. Places that the shop still holds for parties that are gone
        // are enough for a party that is no larger.
        let count = match u32::try_from(i64::from(count).saturating_sub(correction)) {
            Ok(0) | Err(_) => return Ok(Fits::Yes),
            Ok(count) => count,
        };
        let fits = match self.settings.stock {
            StockSource::Msi => {
                let (stock, count) = (self.stock(session).await?.to_string(), count.to_string());
                let route = "/inventory/is-product-salable-for-requested-qty/{}/{}/{}";
                let call = Call::get(route, &[sku, &stock, &count]);
                let answer = session.send::<Salability>(call).await?;
                if !answer.salable.0 {
                    let codes = answer.errors.iter().filter_map(|reason| reason.code.get());
                    let codes: Vec<&str> = codes.collect();
                    tracing::info!(sku, count, ?codes, "the shop would not sell so many");
                }
                answer.salable.0
            }
            StockSource::StockItems => {
                self.free(session, sku).await?.is_some_and(|free| count <= free)
            }
        };
        Ok(if fits { Fits::Yes } else { Fits::No })
    }

    /// Whether a SKU is a product that is switched on. Searched for, as a SKU with a slash does not
    /// get through in a path.
    async fn is_offered(&self, session: &Session, sku: &str) -> Result<bool, PortError> {
        let query = Query::new().filter("sku", Is::Equal, sku);
        let found = self.search(session, query).await?;
        Ok(found.iter().any(Product::is_enabled))
    }
}
