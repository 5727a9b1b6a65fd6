//! The shop: sign-in, permissions, an order and a course.

use std::sync::Arc;

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::Partners;
use rebooking_magento::{ShopFinding, ShopQuestions};
use rebooking_postgres::PostgresStore;

use super::finding::Finding;
use crate::config::{Config, DoctorConfig};

/// `store` names partners where the settings have no list of them.
pub(super) async fn look(
    config: &Config,
    doctor: &DoctorConfig,
    store: Option<PostgresStore>,
) -> Vec<Finding> {
    let Some(magento) = &config.magento else {
        return vec![Finding::not_asked("shop", "REBOOKING_MAGENTO_URL is not set")];
    };
    let shop = match magento.shop() {
        Ok(shop) => match partners(config, store) {
            Some(list) => shop.with_partners(list),
            None => shop,
        },
        Err(error) => return vec![Finding::missing("shop", error.to_string())],
    };
    let linked_orders = config.policy.orders == OrderStrategy::LinkedOrder;
    let (order, course) = (doctor.order.clone(), doctor.course);
    let asked = ShopQuestions { order, course, linked_orders };
    let mut findings: Vec<_> = shop.check(&asked).await.into_iter().map(finding).collect();
    if linked_orders {
        findings.push(Finding::not_asked(
            "shop, Magento_Sales::create",
            "whoever asks has made an order; see that Sales → Operations → Orders → Actions → \
             Create is ticked",
        ));
    }
    if asked.order.is_none() {
        let name = "name one that holds a course with --order, to see whether it can be read";
        findings.push(Finding::not_asked("shop, order", name));
    }
    if asked.course.is_none() {
        let name = "name one with --course, to see its dates and places";
        findings.push(Finding::not_asked("shop, course", name));
    }
    findings
}

fn partners(config: &Config, store: Option<PostgresStore>) -> Option<Arc<dyn Partners>> {
    match (&config.partners, store) {
        (Some(list), _) => Some(Arc::new(list.clone())),
        (None, Some(store)) => Some(Arc::new(store)),
        (None, None) => None,
    }
}

fn finding(found: ShopFinding) -> Finding {
    let about = format!("shop, {}", found.about);
    let finding = match found.found {
        Ok(said) => Finding::fine(about, said),
        Err(said) => Finding::missing(about, said),
    };
    found.details.into_iter().fold(finding, Finding::with)
}
