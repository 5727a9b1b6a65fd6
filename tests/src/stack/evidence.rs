//! Everything that database, shop, helpdesk, mails and servers show once all is delivered, at one
//! moment.

use serde_json::Value;

use super::Stack;
use super::customer::Acknowledged;
use super::database::OURS;
use super::doors::As;
use super::helpdesk::Ticket;
use super::mails::Mail;
use super::people::{CELLAR, KITCHEN, Link};
use super::shop::{ShopOrder, ShopProduct};
use super::wait::eventually;
use crate::http::Answer;

/// What is looked at again and again is looked at for the newest of so many.
const PROBES: usize = 40;

/// What there is to be seen. Rows are as the tables have them.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Each link.
    pub tokens: Vec<Value>,
    /// Each request to a partner.
    pub requests: Vec<Value>,
    /// Each date.
    pub dates: Vec<Value>,
    /// Each effect.
    pub effects: Vec<Value>,
    /// The history.
    pub audit: Vec<Value>,
    /// The shop's books.
    pub orders: Vec<ShopOrder>,
    /// The shop's stock.
    pub products: Vec<ShopProduct>,
    /// The helpdesk's tickets.
    pub tickets: Vec<Ticket>,
    /// All mails.
    pub mails: Vec<Mail>,
    /// How often a mail may have been sent twice.
    pub mishaps: u32,
    /// Every choice that was answered with success, and what it is answered with now.
    pub acknowledged: Vec<(Acknowledged, Option<Answer>)>,
    /// What could have changed, before everything was read and asked again, and afterwards.
    pub around_reading: [Vec<Value>; 2],
    /// Each partner's list of what was rebooked.
    pub portals: Vec<(i64, Vec<Value>)>,
    /// The secrets of partners' calendars.
    pub calendars: Vec<String>,
    /// What was said in places where no link belongs, by place.
    pub said: Vec<(&'static str, String)>,
}

impl Evidence {
    /// Waits until all is delivered and the shop's stock is known, and gathers it.
    pub async fn gather(stack: &Stack) -> Self {
        stack.comes_to_rest().await;
        imported(stack).await;
        let before = may_not_change(stack).await;
        let mails = stack.mails().all();
        read_everything(stack, &mails).await;
        let acknowledged = asked_again(stack).await;
        let mut portals = Vec::new();
        for giver in [KITCHEN, CELLAR] {
            portals.push((giver.id, stack.partner_who_is(giver).rebookings().await));
        }
        let calendars = calendars(stack).await;
        let after = may_not_change(stack).await;
        let table = |name, order| stack.database().table(name, order);
        let (shop, helpdesk) = (stack.shop(), stack.helpdesk());
        Self {
            tokens: table("tokens", "case_id, step").await,
            requests: table("requests", "id").await,
            dates: table("dates", "id").await,
            effects: table("effects", "id").await,
            audit: table("audit", "id").await,
            orders: shop.orders().await,
            products: shop.products().await,
            tickets: helpdesk.tickets().await,
            mails,
            mishaps: stack.mishaps(),
            acknowledged,
            around_reading: [before, after],
            portals,
            calendars,
            said: said(stack).await,
        }
    }

    /// The link of this step of a case.
    #[must_use]
    pub fn token(&self, case: &Value, step: &Value) -> Option<&Value> {
        self.tokens.iter().find(|token| token["case_id"] == *case && token["step"] == *step)
    }

    /// All links that were mailed, to customers and partners.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        links(&self.mails)
    }
}

fn links(mails: &[Mail]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for link in mails.iter().flat_map(|mail| [mail.link(), mail.answer_link()]).flatten() {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Waits until every date was read from the shop after all was at rest.
async fn imported(stack: &Stack) {
    let now = stack.database().rows("SELECT clock_timestamp()::text AS now").await;
    let now = now[0]["now"].as_str().unwrap();
    let old = format!("SELECT id FROM {OURS}dates WHERE free_there AND read_at < '{now}'");
    eventually("that every date is read", || async {
        stack.database().rows(&old).await.is_empty().then_some(())
    })
    .await;
}

/// All that reading must leave as it is; who opened a page, and found nothing, is noted elsewhere.
async fn may_not_change(stack: &Stack) -> Vec<Value> {
    let visits = "('page_opened', 'no_dates_found')";
    let parts = [
        format!("SELECT case_id, step, version, attempts, status FROM {OURS}tokens ORDER BY 1, 2"),
        format!("SELECT id, state FROM {OURS}requests ORDER BY 1"),
        format!("SELECT id, taken FROM {OURS}dates ORDER BY 1"),
        format!("SELECT key FROM {OURS}effects WHERE key NOT LIKE '%-no-dates' ORDER BY 1"),
        format!("SELECT id FROM {OURS}audit WHERE event NOT IN {visits} ORDER BY 1"),
    ];
    let mut rows = Vec::new();
    for part in &parts {
        rows.extend(stack.database().rows(part).await);
    }
    rows
}

/// Every link is opened, by people and by machines.
async fn read_everything(stack: &Stack, mails: &[Mail]) {
    let links = links(mails);
    for link in links.iter().rev().take(PROBES) {
        for (who, method) in [(As::Browser, "GET"), (As::Anybody, "GET"), (As::Anybody, "HEAD")] {
            stack.doors().ask(who, method, &link.page, "").await;
        }
        if link.page.starts_with("/rebook/") {
            stack.doors().ask(As::Anybody, "GET", &link.api(), "").await;
        }
    }
    for path in ["/support", "/partner", "/metrics", "/openapi.json"] {
        stack.doors().ask(As::Bearer(super::people::SUSI), "GET", path, "").await;
    }
}

/// Each partner subscribes to a calendar, reads it, and takes the address of it back.
async fn calendars(stack: &Stack) -> Vec<String> {
    let mut secrets = Vec::new();
    for giver in [KITCHEN, CELLAR] {
        let partner = stack.partner_who_is(giver);
        let made = partner.asks("POST", "/api/partner/calendar", &Value::Null).await;
        let made = made.json();
        let (_, file) = made["data"]["url"].as_str().unwrap().rsplit_once('/').unwrap();
        let path = format!("/partner/calendar/{file}");
        let read = stack.doors().ask(As::Anybody, "GET", &path, "").await;
        assert!(read.status == 200 && read.body.contains("BEGIN:VCALENDAR"), "{read:?}");
        if giver == CELLAR {
            partner.asks("POST", "/api/partner/calendar/revoke", &Value::Null).await;
            assert_eq!(stack.doors().ask(As::Anybody, "GET", &path, "").await.status, 404);
        }
        secrets.push(file.strip_suffix(".ics").unwrap().to_owned());
    }
    secrets
}

/// The newest choices are sent once more.
async fn asked_again(stack: &Stack) -> Vec<(Acknowledged, Option<Answer>)> {
    let told = stack.acknowledged().all();
    let old = told.len().saturating_sub(PROBES);
    let mut again = Vec::new();
    for (place, told) in told.into_iter().enumerate() {
        let answer = match place < old {
            true => None,
            false => Some(stack.customer().sends(&told.link, &told.email, told.date).await),
        };
        again.push((told, answer));
    }
    again
}

async fn said(stack: &Stack) -> Vec<(&'static str, String)> {
    let metrics = stack.doors().ask(As::Bearer(super::people::SUSI), "GET", "/metrics", "").await;
    let mut tables = String::new();
    for (table, order) in [
        ("tokens", "id"),
        ("requests", "id"),
        ("dates", "id"),
        ("effects", "id"),
        ("audit", "id"),
        ("calendars", "partner_id"),
    ] {
        for row in stack.database().table(table, order).await {
            tables.push_str(&row.to_string());
            tables.push('\n');
        }
    }
    vec![
        ("logs", stack.logs().await),
        ("metrics", metrics.body),
        ("shop", stack.shop().heard().await),
        ("helpdesk", stack.helpdesk().heard().await),
        ("database", tables),
    ]
}
