//! Course dates out of products. A date that does not parse is named by its SKU and left out;
//! nothing is guessed.

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use rebooking_core::ports::{
    AsOf, CourseSchedule, LeftOut, Places, PortError, Schedule, ScheduledDate,
};
use rebooking_core::value::booking::Course;
use rebooking_core::value::course_date::{CourseDate, Slot};
use rebooking_core::value::ids::CourseId;
use rebooking_core::value::money::Currency;

use crate::Magento;
use crate::catalog::{StoreView, date_option, permanent};
use crate::client::{Call, Is, Query, Session};
use crate::settings::Layout;
use crate::wire::{Decimal, OptionValue, Product};

/// What all dates of a course share.
struct Read<'a> {
    shop: &'a Magento,
    session: Session,
    store: StoreView,
    currency: Currency,
    course: CourseId,
    now: chrono::DateTime<chrono::Utc>,
}

#[async_trait]
impl Schedule for Magento {
    /// As of our clock: the shop does not tell its own. The shop counts its reservations by itself,
    /// so it says what is still free there; the values of an option have no stock, and their places
    /// are the store's own.
    async fn dates(&self, course: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        let session = self.client.session();
        let now = self.client.now();
        let store = self.catalog.store(&session, None).await?;
        let currency = Currency::parse(&store.currency)
            .map_err(|_| permanent("the shop's own currency is unknown"))?;
        let read = Read { shop: self, session, store, currency, course, now };
        let found = match &self.catalog.settings.layout {
            Layout::Variants => read.variants().await?,
            Layout::Options { title, capacity } => read.options(title, *capacity).await?,
            Layout::Products { course } => read.products(course).await?,
        };
        Ok(AsOf { now, value: sorted(found) })
    }
}

/// A date, or why a product is none.
type Found = Result<ScheduledDate, LeftOut>;

fn sorted(found: Vec<Found>) -> CourseSchedule {
    let mut schedule = CourseSchedule::default();
    for one in found {
        match one {
            Ok(date) => schedule.dates.push(date),
            Err(left_out) => schedule.left_out.push(left_out),
        }
    }
    schedule
}

impl Read<'_> {
    async fn variants(&self) -> Result<Vec<Found>, PortError> {
        let Some(course) = self.course_product().await? else { return Ok(Vec::new()) };
        let sku = course.sku.or_empty();
        let call = Call::get("/configurable-products/{}/children", &[sku]);
        let children: Vec<Product> = match self.session.send(call).await {
            Ok(children) => children,
            Err(fault) if fault.is_not_found() => return Ok(Vec::new()),
            Err(fault) => return Err(fault.into()),
        };
        let named = self.named(&course);
        self.each(&children, Some(&course), &named).await
    }

    async fn products(&self, attribute: &str) -> Result<Vec<Found>, PortError> {
        let query = Query::new().filter(attribute, Is::Equal, self.course);
        let dates = self.shop.catalog.search(&self.session, query).await?;
        let Some(first) = dates.first() else { return Ok(Vec::new()) };
        let named = self.named(first);
        self.each(&dates, None, &named).await
    }

    /// The dates that are values of an option: no stock stands behind them.
    async fn options(&self, title: &str, capacity: u32) -> Result<Vec<Found>, PortError> {
        let Some(course) = self.course_product().await? else { return Ok(Vec::new()) };
        let sku = course.sku.or_empty();
        let options = self.shop.catalog.options(&self.session, sku).await?;
        let Some(option) = date_option(&options, title) else { return Ok(Vec::new()) };
        let (places, offered) = (Places::Unknown, course.is_enabled());
        let mut dates = Vec::new();
        for value in option.values.iter() {
            let name = format!("{sku}, value {}", value.option_type_id);
            let slot = match self.shop.catalog.option_slot(value, self.store.zone) {
                Ok(slot) => self.running(slot),
                Err(why) => {
                    dates.push(Err(self.left_out(&name, &why)));
                    None
                }
            };
            let Some(slot) = slot else { continue };
            let price = self.price(&course).and_then(|price| with(price, value));
            let date = self.date(&name, slot, capacity, price, self.named(&course));
            let scheduled = |date| ScheduledDate { date, places, offered };
            dates.push(self.given(date, &[Some(&course)]).await?.map(scheduled));
        }
        Ok(dates)
    }

    async fn course_product(&self) -> Result<Option<Product>, PortError> {
        let ids = [self.course.value()];
        Ok(self.shop.catalog.products(&self.session, &ids).await?.into_iter().next())
    }

    /// Places are asked for date by date; the client bounds how many at once.
    async fn each(
        &self,
        dates: &[Product],
        course: Option<&Product>,
        named: &Course,
    ) -> Result<Vec<Found>, PortError> {
        let read: Vec<_> = dates.iter().map(|date| self.one(date, course, named.clone())).collect();
        let read: Vec<Option<Found>> = stream::iter(read).buffered(8).try_collect().await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// `None` for a date that has ended.
    async fn one(
        &self,
        date: &Product,
        course: Option<&Product>,
        named: Course,
    ) -> Result<Option<Found>, PortError> {
        let sku = date.sku.or_empty();
        let slot = match self.shop.catalog.slot(&self.session, date, self.store.zone).await? {
            Ok(slot) => slot,
            Err(why) => return Ok(Some(Err(self.left_out(sku, &why)))),
        };
        let Some(slot) = self.running(slot) else { return Ok(None) };
        // What is switched off is still a date, on which nobody can be booked; so is what the
        // shop's stock does not know.
        let enabled = date.is_enabled() && course.is_none_or(Product::is_enabled);
        let free = match enabled {
            true => self.shop.catalog.free(&self.session, sku).await?,
            false => None,
        };
        let (offered, free) = (free.is_some(), free.unwrap_or_default());
        let found = self.date(sku, slot, free, self.price(date), named);
        let scheduled = |date| ScheduledDate { date, places: Places::FreeThere, offered };
        Ok(Some(self.given(found, &[Some(date), course]).await?.map(scheduled)))
    }

    /// A date with who gives it and where, as far as that is said.
    async fn given(
        &self,
        date: Result<CourseDate, LeftOut>,
        products: &[Option<&Product>],
    ) -> Result<Result<CourseDate, LeftOut>, PortError> {
        let date = match date {
            Ok(date) => date,
            Err(left_out) => return Ok(Err(left_out)),
        };
        let entry = self.shop.who_gives(products, &date.course, date.id()).await?;
        let venue = self.shop.catalog.venue(&self.session, products).await?;
        let (course, partner) = (date.course.at(venue), entry.map(|entry| entry.partner));
        Ok(Ok(CourseDate { course, partner, ..date }))
    }

    /// A date that has not ended.
    fn running(&self, slot: Slot) -> Option<Slot> {
        (self.now < slot.ends_at).then_some(slot)
    }

    fn left_out(&self, sku: &str, why: &dyn std::fmt::Display) -> LeftOut {
        tracing::warn!(course = %self.course, sku, %why, "a product is left out of the dates");
        LeftOut { what: sku.to_owned(), why: why.to_string() }
    }

    fn price(&self, product: &Product) -> Option<Decimal> {
        let today = self.store.zone.local(self.now).date();
        self.shop.catalog.price(product, today)
    }

    fn date(
        &self,
        sku: &str,
        slot: Slot,
        capacity: u32,
        price: Option<Decimal>,
        course: Course,
    ) -> Result<CourseDate, LeftOut> {
        let price = price.and_then(|price| self.shop.catalog.shown(price, self.currency));
        let Some(unit_price) = price else {
            return Err(self.left_out(sku, &"it has no price"));
        };
        Ok(CourseDate {
            slot,
            course,
            partner: None,
            capacity,
            taken: 0,
            unit_price,
            withdrawn: false,
        })
    }

    fn named(&self, product: &Product) -> Course {
        let sku = product.sku.or_empty();
        Course::new(self.course, sku, product.name.get().unwrap_or(sku))
    }
}

/// What a value of an option puts on top of its product's price.
fn with(price: Decimal, value: &OptionValue) -> Option<Decimal> {
    match value.price_type.or_empty() {
        "percent" => {
            let hundred = Decimal::from_count(100);
            price.times(value.price).over(hundred).map(|extra| price.plus(extra))
        }
        _ => Some(price.plus(value.price)),
    }
}
