//! The price of a product by itself: rules of the catalog and of the cart are not in it.

use chrono::{NaiveDate, NaiveDateTime};
use rebooking_core::value::money::{Currency, Money};

use super::Catalog;
use crate::settings::TaxView;
use crate::wire::{Decimal, Product};

impl Catalog {
    /// What one costs on a day of the shop: its price, or its special price while that holds.
    pub(crate) fn price(&self, product: &Product, today: NaiveDate) -> Option<Decimal> {
        let special = product.attribute("special_price").and_then(Decimal::parse);
        let from = product.attribute("special_from_date").and_then(day);
        let to = product.attribute("special_to_date").and_then(day);
        let holds = from.is_none_or(|from| from <= today) && to.is_none_or(|to| today <= to);
        special.filter(|_| holds).or(product.price)
    }

    /// As customers see it.
    pub(crate) fn shown(&self, price: Decimal, currency: Currency) -> Option<Money> {
        let shown = match self.settings.tax {
            TaxView::Included => price,
            TaxView::Added(hundredths) => {
                let whole = Decimal::from_count(10_000);
                let share = Decimal::from_count(10_000_u32.saturating_add(hundredths));
                price.times(share).over(whole)?
            }
        };
        shown.money(currency)
    }
}

/// `2027-01-25 00:00:00`, or the day alone.
fn day(text: &str) -> Option<NaiveDate> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .map(|at| at.date())
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CatalogSettings;

    #[test]
    fn a_special_price_holds_on_its_days() {
        let catalog = Catalog::new(CatalogSettings::default());
        let product: Product = serde_json::from_str(
            r#"{"id":1,"price":89,"custom_attributes":[
            {"attribute_code":"special_price","value":"79.0000"},
            {"attribute_code":"special_from_date","value":"2027-01-10 00:00:00"},
            {"attribute_code":"special_to_date","value":"2027-01-12 00:00:00"}]}"#,
        )
        .unwrap();
        for (day, price) in [(9, "89"), (10, "79"), (12, "79"), (13, "89")] {
            let today = NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
            assert_eq!(catalog.price(&product, today).unwrap().to_string(), price, "{day}");
        }
    }

    #[test]
    fn tax_is_added_where_prices_come_without_it() {
        let settings = CatalogSettings { tax: TaxView::Added(1900), ..CatalogSettings::default() };
        let catalog = Catalog::new(settings);
        let net = Decimal::parse("74.7899").unwrap();
        assert_eq!(catalog.shown(net, Currency::EUR).unwrap().minor(), 8900);
    }
}
