//! What the shop permits the integration, call by call.

use serde::de::IgnoredAny;
use serde_json::json;

use super::ShopFinding;
use crate::Magento;
use crate::client::{Call, Query};
use crate::settings::{Layout, StockSource};

/// A permission, where an administrator finds it, and a call that needs it and changes nothing.
struct Permission {
    resource: &'static str,
    menu: &'static str,
    call: Call,
    /// What is wrong when the shop permits the call and does not know what it is about.
    unknown: Option<String>,
}

/// No shop has an order, a cart or an article of this number.
const NONE: &str = "0";

impl Permission {
    const fn new(resource: &'static str, menu: &'static str, call: Call) -> Self {
        Self { resource, menu, call, unknown: None }
    }

    fn or_else(self, unknown: String) -> Self {
        Self { unknown: Some(unknown), ..self }
    }
}

/// Reads how many there are.
fn count(route: &'static str) -> Call {
    Call::get(route, &[]).query(Query::new().fields("total_count").page(1))
}

fn read(route: &'static str) -> Call {
    Call::get(route, &[NONE])
}

fn write(route: &'static str) -> Call {
    Call::post(route, &[NONE]).body(json!({}))
}

impl Magento {
    /// Whether the shop answers at all, and then each permission.
    pub(super) async fn check_permissions(&self, linked_orders: bool) -> Vec<ShopFinding> {
        let (mut findings, mut refused) = (Vec::new(), None);
        for Permission { resource, menu, call, unknown } in self.needed(linked_orders) {
            let granted = || Ok("granted".to_owned());
            let found = match self.client.session().send::<IgnoredAny>(call).await {
                Ok(_) => granted(),
                Err(fault) if fault.is_not_found() || fault.is_bad_request() => {
                    unknown.map_or_else(granted, Err)
                }
                Err(fault) if fault.is_refused() => {
                    refused = Some(fault);
                    Err(format!("tick {menu} for the integration"))
                }
                Err(fault) if fault.status().is_some() => Err(fault.to_string()),
                // Whoever does not answer this does not answer the rest.
                Err(fault) => return vec![ShopFinding::new("sign-in", Err(fault.to_string()))],
            };
            findings.push(ShopFinding::new(resource, found));
        }
        let lets_us_in = findings.iter().any(|finding| finding.found.is_ok());
        if let (false, Some(fault)) = (lets_us_in, refused) {
            let wrong = format!(
                "every call is refused: the credentials are wrong, the integration is not \
                 activated, or nothing is ticked for it ({fault})"
            );
            return vec![ShopFinding::new("sign-in", Err(wrong))];
        }
        findings.insert(0, ShopFinding::new("sign-in", Ok("the shop lets us in".to_owned())));
        findings
    }

    fn needed(&self, linked_orders: bool) -> Vec<Permission> {
        let mut needed = Vec::from(for_orders());
        if self.orders.refund_online {
            needed.push(Permission::new(
                "Magento_Sales::sales_invoice",
                "Sales → Operations → Invoices",
                count("/invoices"),
            ));
        }
        if linked_orders {
            needed.extend(for_linked_orders());
        }
        needed.extend(self.for_dates());
        needed
    }

    fn for_dates(&self) -> Vec<Permission> {
        let settings = &self.catalog.settings;
        let mut needed = vec![Permission::new(
            "Magento_Catalog::products",
            "Catalog → Inventory → Products",
            count("/products"),
        )];
        // What options are called stands in their product, and their places in our store alone.
        if matches!(settings.layout, Layout::Options { .. }) {
            needed.push(Permission::new(
                "Magento_Catalog::catalog",
                "Catalog → Inventory → Catalog",
                read("/products/{}/options"),
            ));
            return needed;
        }
        let labels = Call::get("/products/attributes/{}/options", &[&settings.date]);
        let labels = Permission::new(
            "Magento_Catalog::attributes_attributes",
            "Stores → Attributes → Product",
            labels,
        );
        needed.push(labels.or_else(format!("the shop has no attribute {}", settings.date)));
        needed.push(match settings.stock {
            StockSource::Msi => Permission::new(
                "Magento_InventorySalesApi::stock",
                "Stores → Inventory sales",
                Call::get("/inventory/stock-resolver/website/{}", &[&settings.website]),
            )
            .or_else(format!("the shop has no website {}", settings.website)),
            StockSource::StockItems => Permission::new(
                "Magento_Catalog::catalog_inventory",
                "Catalog → Inventory → Stock",
                read("/stockItems/{}"),
            ),
        });
        needed
    }
}

fn for_orders() -> [Permission; 5] {
    [
        Permission::new(
            "Magento_Backend::store",
            "Stores → Settings → All Stores",
            Call::get("/store/storeConfigs", &[]),
        ),
        Permission::new(
            "Magento_Sales::actions_view",
            "Sales → Operations → Orders → Actions → View",
            count("/orders"),
        ),
        Permission::new(
            "Magento_Sales::comment",
            "Sales → Operations → Orders → Actions → Comments",
            write("/orders/{}/comments"),
        ),
        Permission::new(
            "Magento_Sales::creditmemo",
            "Sales → Operations → Orders → Actions → Credit Memos",
            write("/order/{}/refund"),
        ),
        Permission::new(
            "Magento_Sales::sales_creditmemo",
            "Sales → Operations → Credit Memos",
            count("/creditmemos"),
        ),
    ]
}

/// But for `Magento_Sales::create`: whoever asks for that has made an order.
fn for_linked_orders() -> [Permission; 2] {
    [
        Permission::new("Magento_Cart::manage", "Carts → Manage carts", read("/carts/{}")),
        Permission::new(
            "Magento_Sales::cancel",
            "Sales → Operations → Orders → Actions → Cancel",
            write("/orders/{}/cancel"),
        ),
    ]
}
