//! Everything at once, from outside: the built server on a throwaway PostgreSQL, a mail server of
//! another make, and the fakes of shop and helpdesk, each a process of its own.
//!
//! The server is told everything by its environment, as an operator does, and reaches the others
//! over lines that a test can cut. People act through their doors: the shop's and the helpdesk's
//! own, the partner's and support's API, the customer's browser.

mod control;
pub mod customer;
pub mod database;
pub mod doors;
pub mod evidence;
pub mod helpdesk;
pub mod line;
pub mod mails;
pub mod people;
pub mod promises;
pub mod shop;
pub mod staff;
pub mod wait;
pub mod way;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use rebooking_core::ports::Clock as _;
use rebooking_core::system::SystemClock;
use serde_json::Value;

use crate::process::{Process, Signal, program};
use customer::{Acknowledgements, Customer};
use database::Database;
use doors::Doors;
use helpdesk::Helpdesk;
use line::Line;
use mails::Mails;
use people::{CELLAR, Giver, KITCHEN, SUSI};
use shop::{Offered, Shop};
use staff::{Partner, Support};
use wait::eventually;

/// The lines from the servers to everything outside.
#[derive(Debug)]
pub struct Lines {
    /// To the shop.
    pub shop: Line,
    /// To the helpdesk.
    pub helpdesk: Line,
    /// To the mail server.
    pub mail: Line,
    /// To the database.
    pub database: Line,
}

/// A server that runs.
#[derive(Debug)]
struct Server {
    base: String,
    process: Process,
}

/// Everything at once. What it has started ends when it is dropped.
#[derive(Debug)]
pub struct Stack {
    /// The lines from the servers to everything outside.
    pub lines: Lines,
    /// What the servers are told, without `REBOOKING_`.
    settings: Mutex<BTreeMap<String, String>>,
    servers: tokio::sync::Mutex<Vec<Server>>,
    /// What servers logged that are gone.
    logged: Mutex<String>,
    mishaps: AtomicU32,
    doors: Doors,
    told: Acknowledgements,
    shop: Shop,
    helpdesk: Helpdesk,
    mails: Mails,
    database: Database,
    _fakes: [Process; 2],
}

impl Stack {
    /// With one server, the courses in the shop, and nothing sold.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// The same with more settings, without `REBOOKING_`.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::on(Database::shared().await, settings).await
    }

    /// The same on a database of its own.
    pub async fn on(database: Database, settings: &[(&str, &str)]) -> Self {
        let nothing = BTreeMap::new();
        let fake_shop = Process::start(&program("fake-magento"), &[], &nothing);
        let fake_helpdesk = Process::start(&program("fake-odoo"), &["oca"], &nothing);
        let mails = Mails::start(&folder());
        let shop_said: Value = serde_json::from_str(&fake_shop.says("").await).unwrap();
        let helpdesk_at = fake_helpdesk.says("REBOOKING_ODOO_URL=").await;
        fake_helpdesk.says("REBOOKING_ODOO_DATABASE=").await;
        let helpdesk_key = fake_helpdesk.says("REBOOKING_ODOO_KEY=").await;
        let shop_at = shop_said["url"].as_str().unwrap();
        let lines = Lines {
            shop: Line::to(port(shop_at)).await,
            helpdesk: Line::to(port(&helpdesk_at)).await,
            mail: Line::to(mails.port()).await,
            database: Line::to(database.port()).await,
        };
        let shop = Shop::at(shop_at.to_owned());
        shop.opens(SystemClock.now()).await;
        let (doors, told) = (Doors::default(), Acknowledgements::default());
        let stack = Self {
            settings: Mutex::default(),
            servers: tokio::sync::Mutex::default(),
            logged: Mutex::default(),
            mishaps: AtomicU32::new(0),
            doors,
            told,
            shop,
            helpdesk: Helpdesk::at(helpdesk_at),
            mails,
            database,
            lines,
            _fakes: [fake_shop, fake_helpdesk],
        };
        stack.knows_the_outside(&shop_said, &helpdesk_key);
        stack.is_told(settings);
        stack.starts_a_server().await;
        stack
    }

    /// What an operator writes into the server's environment.
    fn knows_the_outside(&self, shop: &Value, helpdesk_key: &str) {
        let at = |line: &Line| format!("http://127.0.0.1:{}", line.port());
        let credential = |name: &str| shop[name].as_str().unwrap().to_owned();
        let lines = &self.lines;
        let settings = [
            ("LISTEN", "127.0.0.1:0".to_owned()),
            ("DATABASE_URL", self.database.url(lines.database.port())),
            ("BASE_URL", "https://umbuchen.example.com".to_owned()),
            ("LINK_KEY", "00".repeat(32)),
            ("SESSION_KEY", "11".repeat(32)),
            ("SUPPORT_TOKENS", format!("susi={SUSI}")),
            ("PARTNER_TOKENS", [KITCHEN, CELLAR].map(with_token).join(",")),
            ("SMTP_URL", self.mails.url(lines.mail.port())),
            ("SMTP_CA_FILE", self.mails.certificate.clone()),
            ("MAIL_FROM", "buchung@example.com".to_owned()),
            ("MAGENTO_URL", at(&lines.shop)),
            ("MAGENTO_OAUTH_CONSUMER_KEY", credential("consumerKey")),
            ("MAGENTO_OAUTH_CONSUMER_SECRET", credential("consumerSecret")),
            ("MAGENTO_OAUTH_ACCESS_TOKEN", credential("accessToken")),
            ("MAGENTO_OAUTH_ACCESS_TOKEN_SECRET", credential("accessTokenSecret")),
            ("ODOO_URL", at(&lines.helpdesk)),
            ("ODOO_DATABASE", "shop".to_owned()),
            ("ODOO_KEY", helpdesk_key.to_owned()),
            ("ODOO_FLAVOUR", "oca".to_owned()),
        ];
        // A bare shop has no portal of its own, and a test is quicker than a day.
        let quick = [
            ("MAGENTO_OPEN_REQUESTS", "true"),
            ("MAGENTO_WATCH_EVERY", "150ms"),
            ("MAGENTO_RECONCILE_EVERY", "1s"),
            ("SCHEDULE_INTERVAL", "500ms"),
            ("SCHEDULE_MAX_AGE", "200ms"),
            ("POLL", "100ms"),
            ("SWEEP_EVERY", "200ms"),
            ("BACKOFF_BASE", "100ms"),
            ("BACKOFF_CAP", "500ms"),
            ("BARRED_PAUSE", "200ms"),
            ("GRACE", "300ms"),
            ("ADDRESS_LIMIT", "off"),
            ("LINK_LIMIT", "off"),
            ("WRONG_TOKEN_LIMIT", "off"),
        ];
        let quick = quick.map(|(name, value)| (name, value.to_owned()));
        let all = settings.into_iter().chain(quick);
        let all = all.map(|(name, value)| (format!("REBOOKING_{name}"), value));
        self.settings.lock().unwrap().extend(all);
    }

    /// The next server is told so.
    pub fn is_told(&self, settings: &[(&str, &str)]) {
        let more = settings.iter();
        let more = more.map(|(name, value)| (format!("REBOOKING_{name}"), (*value).to_owned()));
        self.settings.lock().unwrap().extend(more);
    }

    /// What the next server is told, by its variables.
    #[must_use]
    pub fn settings(&self) -> BTreeMap<String, String> {
        self.settings.lock().unwrap().clone()
    }

    /// One more server, on the same database.
    pub async fn starts_a_server(&self) {
        let settings = self.settings();
        // `server` of the examples, as it is now.
        let process = Process::start(&program("demo-server"), &[], &settings);
        let base = process.says("listening on ").await;
        process.let_it_talk();
        let mut servers = self.servers.lock().await;
        servers.push(Server { base, process });
        self.open_doors(&servers);
    }

    fn open_doors(&self, servers: &[Server]) {
        self.doors.set(servers.iter().map(|server| server.base.clone()).collect());
    }

    /// The oldest server gets a signal that ends it; returns whether it says that it ended well.
    pub async fn server_ends_by(&self, signal: Signal) -> bool {
        let mut servers = self.servers.lock().await;
        let mut oldest = servers.remove(0);
        self.open_doors(&servers);
        oldest.process.signal(signal).await;
        let status = oldest.process.ended().await;
        self.logged.lock().unwrap().push_str(&oldest.process.log());
        if signal == Signal::Kill {
            self.mishap();
        }
        status.success()
    }

    /// By which number the system knows the oldest server.
    pub async fn server_id(&self) -> u32 {
        self.servers.lock().await[0].process.id()
    }

    /// The oldest server stands still, and nobody asks it, until it is woken.
    pub async fn server_freezes(&self) {
        let servers = self.servers.lock().await;
        servers[0].process.signal(Signal::Stop).await;
        self.doors.set(servers.iter().skip(1).map(|server| server.base.clone()).collect());
        self.mishap();
    }

    /// It goes on.
    pub async fn server_wakes(&self) {
        let servers = self.servers.lock().await;
        servers[0].process.signal(Signal::Continue).await;
        self.open_doors(&servers);
    }

    /// Something has gone wrong after which a mail may have been sent twice.
    pub fn mishap(&self) {
        self.mishaps.fetch_add(1, Ordering::SeqCst);
    }

    /// How often.
    #[must_use]
    pub fn mishaps(&self) -> u32 {
        self.mishaps.load(Ordering::SeqCst)
    }

    /// Waits until there is nothing that somebody must still be told.
    pub async fn comes_to_rest(&self) {
        eventually("that everything is delivered", || async {
            (self.database.undelivered().await == 0).then_some(())
        })
        .await;
    }

    /// Waits until dates of the shop have been read.
    pub async fn knows_the_dates(&self) {
        eventually("the dates of the shop", || async {
            (!self.database.table("dates", "id").await.is_empty()).then_some(())
        })
        .await;
    }

    /// The shop.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The shop offers a date from now on, or changes it.
    pub async fn shop_offers(&self, date: Offered) {
        self.shop.offers(&date, SystemClock.now()).await;
    }

    /// The helpdesk.
    #[must_use]
    pub const fn helpdesk(&self) -> &Helpdesk {
        &self.helpdesk
    }

    /// The mails.
    #[must_use]
    pub const fn mails(&self) -> &Mails {
        &self.mails
    }

    /// The database.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Where the servers are.
    #[must_use]
    pub const fn doors(&self) -> &Doors {
        &self.doors
    }

    /// Every choice that was answered with success.
    #[must_use]
    pub const fn acknowledged(&self) -> &Acknowledgements {
        &self.told
    }

    /// Somebody with a link.
    #[must_use]
    pub fn customer(&self) -> Customer {
        Customer::at(self.doors.clone(), self.told.clone())
    }

    /// Who gives the sushi course.
    #[must_use]
    pub fn partner(&self) -> Partner {
        self.partner_who_is(KITCHEN)
    }

    /// Somebody who gives courses.
    #[must_use]
    pub fn partner_who_is(&self, giver: Giver) -> Partner {
        Partner::at(self.doors.clone(), giver)
    }

    /// Support.
    #[must_use]
    pub fn support(&self) -> Support {
        Support::at(self.doors.clone())
    }

    /// All that servers have logged so far.
    pub async fn logs(&self) -> String {
        let mut logs = self.logged.lock().unwrap().clone();
        for server in self.servers.lock().await.iter() {
            logs.push_str(&server.process.log());
        }
        logs
    }
}

fn with_token(giver: Giver) -> String {
    format!("{}={}", giver.id, giver.token)
}

fn port(url: &str) -> u16 {
    url.rsplit(':').next().unwrap().parse().unwrap()
}

/// For the files of one stack.
fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = machine::folder().join(format!("stack-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
