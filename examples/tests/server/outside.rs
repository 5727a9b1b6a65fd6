//! What a server outside the demo stands between: a shop, a helpdesk, a database and mails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
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
use tokio::time::sleep;

use crate::process::{Server, command};

pub(crate) const COURSE: i64 = 40;
pub(crate) const OLD: i64 = 90;
pub(crate) const NEW: i64 = 91;
pub(crate) const SUPPORT: &str = "geheim";
pub(crate) const PARTNER: &str = "kueche";

/// Shop, helpdesk, database and mails of one server.
pub(crate) struct Outside {
    pub(crate) shop: FakeMagento,
    pub(crate) odoo: FakeOdoo,
    pub(crate) database: TestDatabase,
    pub(crate) mails: PathBuf,
}

impl Outside {
    /// A shop that sells two dates of a course.
    pub(crate) async fn with(name: &str) -> Self {
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
    pub(crate) fn server(&self, options: &[&str]) -> Server {
        Server::run(&mut self.command(options))
    }

    /// Its program with its settings.
    pub(crate) fn command(&self, options: &[&str]) -> Command {
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
        command
    }

    /// Waits until the new date is in the database.
    pub(crate) async fn imported(&self) {
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
    pub(crate) fn sell(&self) -> (i64, i64) {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let (count, discount) = (2, 0);
        let order = NewOrder { course: COURSE, date: OLD, count, discount, name, email };
        let (order, item) = self.shop.sell(&order);
        self.shop.pay(order, None);
        (order, item)
    }
}
