//! The server with a shop of its own: outside the demo, on a database, with a helpdesk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Days;
use rebooking_core::ports::{Clock as _, RebookingStore as _};
use rebooking_core::system::SystemClock;
use rebooking_core::value::ids::CourseDateId;
use rebooking_magento::testing::{FakeMagento, NewDate, NewOrder};
use rebooking_odoo::Flavour;
use rebooking_odoo::testing::{DATABASE, FakeOdoo, KEY};
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Settings};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tokio::time::sleep;

use crate::mails::{files, link_in};
use crate::process::{Server, command, eventually};

const COURSE: i64 = 40;
const OLD: i64 = 90;
const NEW: i64 = 91;
const SUPPORT: &str = "geheim";
const PARTNER: &str = "kueche";

/// Shop, helpdesk, database and mails of one server.
struct Outside {
    shop: FakeMagento,
    odoo: FakeOdoo,
    database: TestDatabase,
    mails: PathBuf,
}

impl Outside {
    /// A shop that sells two dates of a course.
    async fn with(name: &str) -> Self {
        let shop = FakeMagento::start().await.unwrap();
        shop.add_course(Some(COURSE), "SUSHI", "Sushi-Kurs");
        for (id, sku, days) in [(OLD, "SUSHI-1", 30), (NEW, "SUSHI-2", 37)] {
            let label = (SystemClock.now() + Days::new(days)).format("%Y-%m-%d 18:00").to_string();
            let attributes = &[("partner_id", "5"), ("partner_email", "kueche@example.org")];
            let (id, label) = (Some(id), label.as_str());
            let date = NewDate { id, sku, label, price: 8_900, places: 10, attributes };
            shop.add_date(COURSE, &date);
        }
        let odoo = FakeOdoo::start(Flavour::Oca).await.unwrap();
        let database = TestDatabase::migrated().await.unwrap();
        let mails = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&mails);
        Self { shop, odoo, database, mails }
    }

    /// The server outside the demo.
    fn server(&self, options: &[&str]) -> Server {
        let mut command = command(options);
        let four = self.shop.credentials();
        for (name, secret) in [
            ("CONSUMER_KEY", four.consumer_key),
            ("CONSUMER_SECRET", four.consumer_secret),
            ("ACCESS_TOKEN", four.access_token),
            ("ACCESS_TOKEN_SECRET", four.access_token_secret),
        ] {
            command.env(format!("REBOOKING_MAGENTO_OAUTH_{name}"), secret.expose_secret());
        }
        for (name, value) in [
            ("MAGENTO_URL", self.shop.url()),
            ("ODOO_URL", format!("http://{}", self.odoo.address())),
            ("ODOO_DATABASE", DATABASE.to_owned()),
            ("ODOO_KEY", KEY.to_owned()),
            ("ODOO_FLAVOUR", "oca".to_owned()),
            ("DATABASE_URL", self.database.url()),
            ("MAIL_FOLDER", self.mails.display().to_string()),
            ("MAIL_FROM", "buchung@example.com".to_owned()),
            ("BASE_URL", "http://umbuchen.example.com".to_owned()),
            ("LINK_KEY", "00".repeat(32)),
            ("SUPPORT_TOKENS", format!("susi={SUPPORT}")),
            ("PARTNER_TOKENS", format!("5={PARTNER}")),
        ] {
            command.env(format!("REBOOKING_{name}"), value);
        }
        Server::run(&mut command)
    }

    /// Waits until the new date is in the database.
    async fn imported(&self) {
        let settings = Settings::default();
        let pool = rebooking_postgres::connect(&self.database.url(), &settings).await.unwrap();
        let store = PostgresStore::with(&pool, settings);
        for _ in 0..600 {
            let date = store.date(CourseDateId::new(NEW)).await.unwrap();
            if date.is_some_and(|date| date.value.date.free() == 10) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("its dates never came");
    }

    /// Erika buys two places on the old date, and pays.
    fn sell(&self) -> (i64, i64) {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let (count, discount) = (2, 0);
        let order = NewOrder { course: COURSE, date: OLD, count, discount, name, email };
        let (order, item) = self.shop.sell(&order);
        self.shop.pay(order, None);
        (order, item)
    }
}

/// Support sends her a link; she looks at its page, which has the dates imported, and takes the
/// other date.
async fn moves(outside: &Outside, server: &Server, item: i64) {
    let body = json!({"orderItemId": item, "reason": "Der Koch ist krank."});
    server.post("/api/support/links", SUPPORT, body);
    let mail = eventually(|| files(&outside.mails).pop());
    let link = link_in(&fs::read_to_string(mail).unwrap(), "umbuchen.example.com");
    server.get(&format!("/api/rebook/{link}"), "");
    outside.imported().await;
    let choice = json!({"selectedDateId": NEW, "customerEmail": "erika@example.com"});
    server.post(&format!("/api/rebook/{link}"), "", choice);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_is_written_on_the_order_in_the_shop_and_into_the_helpdesk() {
    let outside = Outside::with("magento-keep-order").await;
    let server = outside.server(&[]);
    let (order, item) = outside.sell();
    moves(&outside, &server, item).await;
    let marker = format!("[rebooking:reb-{item}-1]");
    let comment = eventually(|| {
        let order = outside.shop.order(order)?;
        order.comments.into_iter().find(|comment| comment.contains(&marker))
    });
    assert!(!comment.contains("erika") && !comment.contains("/rebook/"), "{comment}");
    assert_eq!(outside.shop.orders().len(), 1, "the order stays");
    eventually(|| outside.odoo.tickets().pop().filter(|ticket| ticket.notes.len() == 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_makes_a_linked_order_where_that_is_the_strategy() {
    let outside = Outside::with("magento-linked-order").await;
    let server = outside.server(&["--orders=linked-order"]);
    let (_, item) = outside.sell();
    moves(&outside, &server, item).await;
    let key = Some(format!("reb-{item}-1"));
    let linked = eventually(|| outside.shop.orders().into_iter().find(|order| order.key == key));
    assert_eq!(linked.items[0].1, "SUSHI-2");
    assert_eq!(outside.shop.orders().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_order_asks_the_partner_until_people_pay_it_back_in_the_shop() {
    let outside = Outside::with("magento-watched").await;
    let watched = ["--magento-watch-every=100ms", "--magento-open-requests=true"];
    let server = outside.server(&watched);
    let pending = || {
        let found = server.get("/api/partner/confirmations?status=pending", PARTNER);
        found["data"]["confirmations"].as_array().unwrap().clone()
    };
    assert_eq!(pending().len(), 0);
    let (order, _) = outside.sell();
    let asked = eventually(|| pending().pop());
    assert_eq!(
        (&asked["orderNumber"], &asked["participants"]),
        (&json!(format!("{order:09}")), &json!(2))
    );
    outside.shop.close(order);
    eventually(|| pending().is_empty().then_some(()));
}
