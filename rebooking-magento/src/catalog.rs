//! What products mean: dates, courses, partners. What seldom changes is remembered.

mod date;
mod partner;
mod price;
mod stock;
mod venue;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use rebooking_core::ports::PortError;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use tokio::sync::RwLock;
use tokio::time::Instant;

use crate::client::{Call, Fault, Is, Query, Session};
use crate::settings::CatalogSettings;
use crate::wire::{AttributeLabel, CustomOption, Found, Id, Product, Stock, StoreConfig};

pub(crate) use self::date::{Undated, date_option};
pub(crate) use self::stock::Fits;

/// The shop's catalog.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    pub(crate) settings: Arc<CatalogSettings>,
    known: Arc<RwLock<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    stores: Vec<StoreConfig>,
    labels: HashMap<String, (Instant, HashMap<i64, String>)>,
    stock: Option<Id>,
}

/// The language that the shop means, or the nearest that there are texts in.
fn spoken(code: &str) -> Language {
    Locales::of_process().of_code(code).unwrap_or_default()
}

/// A store view.
#[derive(Clone, Debug)]
pub(crate) struct StoreView {
    pub(crate) code: String,
    pub(crate) language: Language,
    pub(crate) zone: VenueZone,
    /// What products are priced in.
    pub(crate) currency: String,
}

/// How long labels are remembered: people may rename a date.
const LABELS_HOLD: Duration = Duration::from_secs(60);

/// What is asked of a product.
const PRODUCT: &str = "id,sku,name,price,status,type_id,custom_attributes[attribute_code,value]";

impl Catalog {
    pub(crate) fn new(settings: CatalogSettings) -> Self {
        Self { settings: Arc::new(settings), known: Arc::default() }
    }

    /// Products by their numbers: the SKU in an order is not always one of a product.
    pub(crate) async fn products(
        &self,
        session: &Session,
        ids: &[i64],
    ) -> Result<Vec<Product>, Fault> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let query = Query::new().filter("entity_id", Is::In, ids.join(","));
        self.search(session, query).await
    }

    /// Every product that a search finds, page by page.
    pub(crate) async fn search(
        &self,
        session: &Session,
        query: Query,
    ) -> Result<Vec<Product>, Fault> {
        let mut found = Vec::new();
        for page in 1.. {
            let query = query.clone().ascending("entity_id").page(page);
            let query = query.fields(&format!("items[{PRODUCT}],total_count"));
            let part: Found<Product> =
                session.send(Call::get("/products", &[]).query(query)).await?;
            let (empty, total) = (part.items.is_empty(), part.total_count);
            found.extend(part.items.0);
            if empty || found.len() as u64 >= total {
                break;
            }
        }
        Ok(found)
    }

    /// The options of a product whose dates are values of one.
    pub(crate) async fn options(
        &self,
        session: &Session,
        sku: &str,
    ) -> Result<Vec<CustomOption>, Fault> {
        session.send(Call::get("/products/{}/options", &[sku])).await
    }

    /// The store view of an order.
    pub(crate) async fn store(
        &self,
        session: &Session,
        id: Option<Id>,
    ) -> Result<StoreView, PortError> {
        let wanted = id.unwrap_or(Id(1));
        if let Some(view) = self.known_store(wanted).await? {
            return Ok(view);
        }
        let fields = "id,code,locale,timezone,base_currency_code";
        let call = Call::get("/store/storeConfigs", &[]);
        let stores = session.send(call.query(Query::new().fields(fields))).await?;
        self.known.write().await.stores = stores;
        let unknown = || permanent(format!("the shop has no store view {wanted}"));
        self.known_store(wanted).await?.ok_or_else(unknown)
    }

    async fn known_store(&self, id: Id) -> Result<Option<StoreView>, PortError> {
        let known = self.known.read().await;
        let Some(store) = known.stores.iter().find(|store| store.id == id) else {
            return Ok(None);
        };
        let zone = match self.settings.zone {
            Some(zone) => zone,
            None => VenueZone::parse(store.timezone.or_empty())
                .map_err(|_| permanent("the shop's own time zone is unknown"))?,
        };
        Ok(Some(StoreView {
            code: store.code.get().unwrap_or("default").to_owned(),
            language: spoken(store.locale.or_empty()),
            zone,
            currency: store.base_currency_code.or_empty().to_owned(),
        }))
    }

    /// What an attribute of a product says: its text, or the label of the option that it names.
    async fn value(
        &self,
        session: &Session,
        product: &Product,
        code: &str,
    ) -> Result<Option<String>, Fault> {
        let Some(value) = product.attribute(code) else { return Ok(None) };
        match value.parse::<i64>() {
            Ok(option) => {
                let label = self.label(session, code, option).await?;
                Ok(Some(label.unwrap_or_else(|| value.to_owned())))
            }
            Err(_) => Ok(Some(value.to_owned())),
        }
    }

    /// The label of an option. One that is not known yet may be new.
    async fn label(
        &self,
        session: &Session,
        code: &str,
        option: i64,
    ) -> Result<Option<String>, Fault> {
        let known = self.known.read().await;
        let young = known.labels.get(code).filter(|(read, _)| read.elapsed() < LABELS_HOLD);
        let label = young.and_then(|(_, labels)| labels.get(&option)).cloned();
        drop(known);
        if label.is_some() {
            return Ok(label);
        }
        let call = Call::get("/products/attributes/{}/options", &[code]);
        let labels: Vec<AttributeLabel> = session.send(call).await?;
        let labels = labels.iter().filter_map(|label| {
            Some((label.value.get()?.parse().ok()?, label.label.get()?.to_owned()))
        });
        let labels: HashMap<i64, String> = labels.collect();
        let label = labels.get(&option).cloned();
        self.known.write().await.labels.insert(code.to_owned(), (Instant::now(), labels));
        Ok(label)
    }

    /// The stock that the website sells from.
    async fn stock(&self, session: &Session) -> Result<Id, Fault> {
        if let Some(stock) = self.known.read().await.stock {
            return Ok(stock);
        }
        let website = self.settings.website.as_str();
        let call = Call::get("/inventory/stock-resolver/website/{}", &[website]);
        let stock: Stock = session.send(call).await?;
        self.known.write().await.stock = Some(stock.stock_id);
        Ok(stock.stock_id)
    }
}

/// People must look: the same call will never work.
pub(crate) fn permanent(why: impl Into<String>) -> PortError {
    PortError::Permanent(why.into().into())
}
