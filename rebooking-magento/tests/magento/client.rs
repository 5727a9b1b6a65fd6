//! Signing in, bounds, and what becomes of failures.

use std::time::Duration;

use rebooking_core::ports::{Orders as _, PortError, Schedule as _};
use rebooking_core::testing::contract::orders::ShopUnderTest as _;
use rebooking_core::value::ids::{CourseId, OrderItemId};
use rebooking_magento::SignIn;
use rebooking_magento::testing::{Fault, NewDate};
use secrecy::SecretString;

use crate::shop::{COURSE, Shop, adapter};

#[tokio::test]
async fn every_call_is_signed_with_a_nonce_of_its_own() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    shop.fake.fail_at(2, Fault::Json500).await;
    assert!(shop.magento.booking(booking.item).await.is_err());
    // What the shop did not carry out used up no nonce; the next try is signed anew all the same.
    for _ in 0..2 {
        assert_eq!(shop.magento.booking(booking.item).await.unwrap(), Some(booking.clone()));
    }
    assert_eq!(shop.fake.nonces() + 1, shop.fake.calls().len());
}

#[tokio::test]
async fn wrong_credentials_close_the_lane() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    let wrong = adapter(&shop.fake, |settings| {
        let mut credentials = shop.fake.credentials();
        credentials.consumer_secret = SecretString::from("wrong");
        settings.sign_in = SignIn::OAuth1(credentials);
    });
    let refused = wrong.booking(booking.item).await.unwrap_err();
    assert!(matches!(refused, PortError::Unauthorized(_)), "{refused:?}");
    assert!(refused.phrase().contains("The signature is invalid."), "{}", refused.phrase());
}

#[tokio::test]
async fn a_bearer_is_taken_where_the_shop_takes_it() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    let bearer = adapter(&shop.fake, |settings| {
        settings.sign_in = SignIn::Bearer(shop.fake.credentials().access_token);
    });
    assert!(matches!(bearer.booking(booking.item).await, Err(PortError::Unauthorized(_))));
    shop.fake.take_bearer();
    assert_eq!(bearer.booking(booking.item).await.unwrap(), Some(booking));
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    shop.fake.revoke("Magento_Catalog::products");
    let refused = shop.magento.booking(booking.item).await.unwrap_err();
    assert!(matches!(refused, PortError::Unauthorized(_)), "{refused:?}");
    let said = refused.phrase();
    assert!(said.contains("lacks the permission Magento_Catalog::products"), "{said}");
    assert!(said.contains("GET /V1/products: answered 401"), "{said}");
}

#[tokio::test]
async fn each_failure_of_a_read_is_sorted() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    for fault in Fault::ALL {
        shop.fake.calm_down().await;
        shop.fake.fail_at(1, fault).await;
        let failed = shop.magento.booking(booking.item).await;
        let sort = match &failed {
            Err(PortError::Transient(_)) => "transient",
            Err(PortError::Unavailable(_)) => "unavailable",
            Err(PortError::Unauthorized(_)) => "unauthorized",
            Ok(None) => "none",
            Err(_) | Ok(Some(_)) => "other",
        };
        let expected = match fault {
            Fault::Refused | Fault::Html503 => "unavailable",
            Fault::Unauthorized => "unauthorized",
            // The first call asks for the item, which may well be none.
            Fault::NotFound => "none",
            Fault::Dropped
            | Fault::Reset
            | Fault::Json500
            | Fault::Json500Done
            | Fault::Text500
            | Fault::TooMany
            | Fault::SilentBefore
            | Fault::SilentAfter
            | Fault::Huge
            | Fault::WrongJson
            | Fault::Trickle => "transient",
        };
        assert_eq!(sort, expected, "{fault:?}: {failed:?}");
    }
}

#[tokio::test]
async fn all_calls_together_have_an_end() {
    let shop = Shop::open().await;
    let booking = shop.booking().await;
    let hasty = adapter(&shop.fake, |settings| settings.limits.total = Duration::ZERO);
    let late = hasty.booking(booking.item).await.unwrap_err();
    assert!(matches!(late, PortError::Transient(_)), "{late:?}");
    assert_eq!(shop.fake.calls().len(), 0, "nothing was sent");
}

#[tokio::test]
async fn an_unknown_item_is_no_error() {
    let shop = Shop::open().await;
    assert_eq!(shop.magento.booking(OrderItemId::new(4711)).await.unwrap(), None);
}

#[tokio::test]
async fn eight_calls_are_under_way_at_once_and_no_more() {
    let shop = Shop::open().await;
    for day in 1..=28 {
        let (sku, label) = (format!("SUSHI-M{day}"), format!("2027-03-{day:02} 18:00"));
        let (sku, label) = (sku.as_str(), label.as_str());
        let (id, price, places, attributes) = (None, 8_900, 10, &[]);
        shop.fake.add_date(COURSE, &NewDate { id, sku, label, price, places, attributes });
    }
    let courses = [(); 3].map(|()| shop.magento.dates(CourseId::new(COURSE)));
    let found = futures_util::future::join_all(courses).await;
    assert!(
        found.iter().all(|dates| dates.as_ref().is_ok_and(|dates| dates.value.dates.len() == 31))
    );
    let most = shop.fake.most_at_once();
    assert!((2..=8).contains(&most), "{most}");
}
