//! The check of a shop names each permission that is missing, reads what it is asked for, and
//! changes nothing.

use rebooking_core::testing::samples;
use rebooking_core::value::ids::CourseId;
use rebooking_magento::testing::{FakeMagento, Fault};
use rebooking_magento::{
    OAuthCredentials, SecretString, ShopFinding, ShopQuestions, SignIn, StockSource,
};

use crate::shop::{COURSE, Shop, adapter};

fn everything(order: i64) -> ShopQuestions {
    ShopQuestions {
        order: Some(samples::order_number(&format!("{order:09}"))),
        course: Some(CourseId::new(COURSE)),
        linked_orders: true,
    }
}

fn missing(findings: &[ShopFinding]) -> Vec<(&str, &str)> {
    let missing = findings.iter().filter_map(|finding| {
        let why = finding.found.as_ref().err()?;
        Some((finding.about.as_str(), why.as_str()))
    });
    missing.collect()
}

#[tokio::test]
async fn a_shop_with_everything_is_all_right_and_as_it_was() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(2, 0);
    let before = shop.fake.orders();
    let findings = shop.magento.check(&everything(order)).await;
    assert_eq!(missing(&findings), []);
    let about: Vec<_> = findings.iter().map(|finding| finding.about.as_str()).collect();
    let number = format!("order {order:09}");
    assert_eq!(
        about,
        [
            "sign-in",
            "Magento_Backend::store",
            "Magento_Sales::actions_view",
            "Magento_Sales::comment",
            "Magento_Sales::creditmemo",
            "Magento_Sales::sales_creditmemo",
            "Magento_Sales::sales_invoice",
            "Magento_Cart::manage",
            "Magento_Sales::cancel",
            "Magento_Catalog::products",
            "Magento_Catalog::attributes_attributes",
            "Magento_InventorySalesApi::stock",
            number.as_str(),
            "course 40",
        ]
    );
    let [.., order, course] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(
        order.details,
        [format!(
            "item {item}: SUSHI of course 40, 2027-01-25 18:00 to 21:00 (Europe/Berlin), for 2 \
             people, given by partner 5"
        )]
    );
    assert_eq!(
        course.details,
        [
            "date 90: 2027-01-25 18:00 to 21:00 (Europe/Berlin), 8 places free, given by partner 5",
            "date 91: 2027-02-01 18:00 to 21:00 (Europe/Berlin), 10 places free, given by \
             partner 5",
            "date 92: 2027-02-08 18:00 to 21:00 (Europe/Berlin), 10 places free, given by \
             partner 5",
        ]
    );
    assert_eq!(shop.fake.orders(), before, "no comment, no refund, nothing cancelled");
    let told = format!("{findings:?}");
    assert!(!told.contains("Mustermann") && !told.contains("erika"), "{told}");
}

#[tokio::test]
async fn each_permission_that_is_missing_has_its_place_in_the_menu() {
    let shop = Shop::open().await;
    for (resource, menu) in [
        ("Magento_Backend::store", "Stores → Settings → All Stores"),
        ("Magento_Sales::actions_view", "Sales → Operations → Orders → Actions → View"),
        ("Magento_Sales::comment", "Sales → Operations → Orders → Actions → Comments"),
        ("Magento_Sales::creditmemo", "Sales → Operations → Orders → Actions → Credit Memos"),
        ("Magento_Sales::sales_creditmemo", "Sales → Operations → Credit Memos"),
        ("Magento_Sales::sales_invoice", "Sales → Operations → Invoices"),
        ("Magento_Cart::manage", "Carts → Manage carts"),
        ("Magento_Sales::cancel", "Sales → Operations → Orders → Actions → Cancel"),
        ("Magento_Catalog::products", "Catalog → Inventory → Products"),
        ("Magento_Catalog::attributes_attributes", "Stores → Attributes → Product"),
        ("Magento_InventorySalesApi::stock", "Stores → Inventory sales"),
    ] {
        shop.fake.revoke(resource);
        let asked = ShopQuestions { linked_orders: true, ..ShopQuestions::default() };
        let findings = shop.magento.check(&asked).await;
        let advice = format!("tick {menu} for the integration");
        assert_eq!(missing(&findings), [(resource, advice.as_str())]);
        shop.fake.grant_all();
    }
    shop.fake.revoke("Magento_Cart::manage");
    let findings = shop.magento.check(&ShopQuestions::default()).await;
    assert_eq!(missing(&findings), [], "an order that stays needs no cart");
}

#[tokio::test]
async fn wrong_credentials_are_told_once_and_so_is_a_shop_that_is_down() {
    let fake = FakeMagento::start().await.unwrap();
    let secret = || SecretString::from("hunter2-hunter2-hunter2-hunter2");
    let wrong = OAuthCredentials { access_token_secret: secret(), ..fake.credentials() };
    for sign_in in [SignIn::OAuth1(wrong), SignIn::Bearer(secret())] {
        let magento = adapter(&fake, |settings| settings.sign_in = sign_in);
        let findings = magento.check(&everything(1)).await;
        let told = missing(&findings);
        assert_eq!((told.len(), told[0].0), (1, "sign-in"), "{findings:?}");
        let begins = "every call is refused: the credentials are wrong";
        assert!(told[0].1.starts_with(begins) && !told[0].1.contains("hunter2"), "{findings:?}");
    }
    let magento = adapter(&fake, |_| {});
    fake.fail_always(Fault::Refused).await;
    let findings = magento.check(&everything(1)).await;
    let down = "GET /V1/store/storeConfigs: no connection to the shop";
    assert_eq!(missing(&findings), [("sign-in", down)]);
}

#[tokio::test]
async fn what_the_settings_name_and_the_shop_has_not_is_told() {
    let shop = Shop::open_with(|settings| {
        settings.catalog.website = "kochen".to_owned();
        settings.catalog.date = "begins".to_owned();
    })
    .await;
    let unknown = ShopQuestions {
        order: Some(samples::order_number("000004711")),
        course: Some(CourseId::new(4711)),
        linked_orders: false,
    };
    let findings = shop.magento.check(&unknown).await;
    let told: Vec<_> = missing(&findings).into_iter().map(|(about, _)| about).collect();
    assert_eq!(
        told,
        [
            "Magento_Catalog::attributes_attributes",
            "Magento_InventorySalesApi::stock",
            "order 000004711",
            "course 4711",
        ]
    );
    assert_eq!(missing(&findings)[0].1, "the shop has no attribute begins");
    assert_eq!(missing(&findings)[1].1, "the shop has no website kochen");
    let older = Shop::open_with(|settings| settings.catalog.stock = StockSource::StockItems).await;
    assert_eq!(missing(&older.magento.check(&ShopQuestions::default()).await), []);
    older.fake.revoke("Magento_Catalog::catalog_inventory");
    let findings = older.magento.check(&ShopQuestions::default()).await;
    assert_eq!(missing(&findings)[0].0, "Magento_Catalog::catalog_inventory");
}
