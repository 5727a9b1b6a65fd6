//! A long day of a server that logs everything: what was asked, by whom, and what came back.

use tests::demo::Demo;
use tests::http::{Answer, call};

const SERVER: &str = env!("CARGO_BIN_EXE_demo-server");
const PARTNER: &str = "demo-partner";
const SUPPORT: &str = "demo-support";

/// All that could have told something.
pub(crate) struct Day {
    pub(crate) secrets: Vec<String>,
    /// Of the address of the partner's calendar, which no mail has.
    pub(crate) calendar: String,
    pub(crate) log: String,
    pub(crate) mails: String,
    pub(crate) metrics: String,
    pub(crate) errors: Vec<(String, Answer)>,
    pub(crate) of_customers: Vec<(String, Answer)>,
    pub(crate) of_partners: Vec<(String, Answer)>,
    pub(crate) of_support: Vec<(String, Answer)>,
}

struct Asking {
    demo: Demo,
    errors: Vec<(String, Answer)>,
    of_customers: Vec<(String, Answer)>,
    of_partners: Vec<(String, Answer)>,
    of_support: Vec<(String, Answer)>,
}

impl Asking {
    async fn ask(&mut self, method: &str, path: &str, token: &str, json: &str) -> Answer {
        let answer = self.demo.call(method, path, token, json).await;
        let asked = (format!("{method} {path} {json}"), answer.clone());
        match (answer.status, token) {
            (400.., _) => self.errors.push(asked),
            (_, PARTNER) => self.of_partners.push(asked),
            (_, SUPPORT) => self.of_support.push(asked),
            _ => self.of_customers.push(asked),
        }
        answer
    }

    async fn fine(&mut self, method: &str, path: &str, token: &str, json: &str) -> Answer {
        let answer = self.ask(method, path, token, json).await;
        assert_eq!(answer.status, 200, "{method} {path} {json}: {answer:?}");
        answer
    }

    /// As a browser opens a page, and sends one of its forms.
    async fn page(&mut self, path: &str, form: &str) {
        let headers = [
            ("accept", "text/html"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("traceparent", "00-erika@example.com-b7ad6b7169203331-01"),
            ("tracestate", "shop=erika@example.com"),
        ];
        let method = if form.is_empty() { "GET" } else { "POST" };
        let answer = call(&self.demo.base, method, path, &headers, form).await;
        let errors = answer.status >= 400;
        let list = if errors { &mut self.errors } else { &mut self.of_customers };
        list.push((format!("{method} {path} {form}"), answer));
    }

    /// The number of the newest request to the partner.
    async fn newest_request(&mut self) -> i64 {
        let requests =
            self.fine("GET", "/api/partner/confirmations?status=pending", PARTNER, "").await.json();
        requests["data"]["confirmations"][0]["id"].as_i64().unwrap()
    }

    /// The secret of the newest mailed link of a kind.
    async fn newest(&self, kind: &str) -> String {
        let mailed = self.demo.mailed().await;
        mailed.iter().rev().find_map(|page| page.strip_prefix(kind)).unwrap().to_owned()
    }
}

/// The customer, the partner and support go about their work, and make mistakes.
pub(crate) async fn long_day(settings: &[(&str, &str)]) -> Day {
    let settings: Vec<_> = settings.iter().copied().chain([("REBOOKING_LOG", "trace")]).collect();
    let demo = Demo::start(SERVER.as_ref(), &settings).await;
    let empty = Vec::new;
    let mut asking = Asking {
        demo,
        errors: empty(),
        of_customers: empty(),
        of_partners: empty(),
        of_support: empty(),
    };
    let mut secrets = vec![declined_and_chosen(&mut asking).await];
    secrets.extend(answered_and_declined_again(&mut asking).await);
    secrets.extend(helped_by_support(&mut asking).await);
    let calendar = subscribed(&mut asking).await;
    let metrics = asking.demo.call("GET", "/metrics", "", "").await.body;
    let mails = asking.demo.call("GET", "/demo/mails", "", "").await.body;
    let Asking { demo, errors, of_customers, of_partners, of_support } = asking;
    let log = demo.log();
    Day { secrets, calendar, log, mails, metrics, errors, of_customers, of_partners, of_support }
}

/// The partner's calendar program reads, and goes on asking when the address is no longer theirs.
async fn subscribed(asking: &mut Asking) -> String {
    let made = asking.fine("POST", "/api/partner/calendar", PARTNER, "").await.json();
    let (_, file) = made["data"]["url"].as_str().unwrap().rsplit_once('/').unwrap();
    let path = format!("/partner/calendar/{file}");
    asking.fine("GET", &path, "", "").await;
    asking.ask("GET", &format!("{path}x"), "", "").await;
    asking.ask("DELETE", &path, "", "").await;
    asking.fine("GET", "/api/partner/calendar", PARTNER, "").await;
    asking.fine("POST", "/api/partner/calendar/revoke", PARTNER, "").await;
    asking.ask("GET", &path, "", "").await;
    file.strip_suffix(".ics").unwrap().to_owned()
}

async fn declined_and_chosen(asking: &mut Asking) -> String {
    let first = asking.fine("GET", "/api/partner/confirmations", PARTNER, "").await.json();
    let requests = first["data"]["confirmations"].as_array().unwrap();
    let of_erika =
        requests.iter().find(|request| request["customerName"] == "Erika Mustermann").unwrap();
    let decline = format!("/api/partner/confirmations/{}/decline", of_erika["id"]);
    asking.fine("POST", &decline, PARTNER, r#"{"reason":"Der Koch ist krank."}"#).await;
    let link = asking.newest("/rebook/").await;
    let (page, api) = (format!("/rebook/{link}"), format!("/api/rebook/{link}"));
    asking.page(&page, "").await;
    asking.page(&page, "customerEmail=wrong%40example.net&choice=402%3A178.00").await;
    asking.page(&page, "customerEmail=erika%40example.com").await;
    asking.fine("GET", &api, "", "").await;
    for (method, path, json) in [
        ("POST", api.clone(), "{"),
        ("POST", api.clone(), r#"{"selectedDateId":402}"#),
        ("POST", api.clone(), r#"{"selectedDateId":402,"customerEmail":"wrong@example.net"}"#),
        ("POST", api.clone(), r#"{"selectedDateId":403,"customerEmail":"erika@example.com"}"#),
        (
            "POST",
            api.clone(),
            r#"{"selectedDateId":402,"customerEmail":"erika@example.com","erika@example.com":1}"#,
        ),
        ("DELETE", api.clone(), ""),
        ("GET", format!("{api}/nothing"), ""),
        ("GET", format!("{api}x"), ""),
    ] {
        asking.ask(method, &path, "", json).await;
    }
    let wish = r#"{"customerEmail":"erika@example.com","kind":"other","text":"Lieber sonntags"}"#;
    asking.fine("POST", &format!("{api}/wishes"), "", wish).await;
    let choice = r#"{"selectedDateId":402,"customerEmail":"erika@example.com"}"#;
    asking.fine("POST", &api, "", choice).await;
    asking.fine("POST", &api, "", choice).await;
    asking.page(&page, "").await;
    asking.ask("GET", &api, "", "").await;
    link
}

async fn answered_and_declined_again(asking: &mut Asking) -> Vec<String> {
    let answer = asking.newest("/partner/answer/").await;
    let page = format!("/partner/answer/{answer}");
    asking.page(&page, "").await;
    asking.page(&page, "answer=confirm&partnerEmail=wrong%40example.net").await;
    asking.page(&page, "answer=confirm&partnerEmail=kueche%40example.org").await;
    asking.page(&page, "").await;
    asking.page(&format!("{page}x"), "").await;
    let confirmed =
        asking.fine("GET", "/api/partner/confirmations?status=confirmed", PARTNER, "").await.json();
    let request = confirmed["data"]["confirmations"][0]["id"].as_i64().unwrap();
    let path = format!("/api/partner/confirmations/{request}/decline");
    asking.fine("POST", &path, PARTNER, r#"{"reason":"Rohrbruch","proposedDateIds":[404]}"#).await;
    let second = asking.newest("/rebook/").await;
    let choice = r#"{"selectedDateId":404,"customerEmail":"erika@example.com"}"#;
    asking.fine("POST", &format!("/api/rebook/{second}"), "", choice).await;
    asking.newest("/partner/answer/").await;
    let request = asking.newest_request().await;
    asking
        .fine("POST", &format!("/api/partner/confirmations/{request}/confirm"), PARTNER, "")
        .await;
    for path in ["/api/partner/rebookings", "/api/partner/rebookings.csv"] {
        asking.fine("GET", path, PARTNER, "").await;
    }
    asking.ask("GET", "/api/partner/rebookings?status=erika@example.com", PARTNER, "").await;
    asking.ask("GET", "/api/partner/rebookings", "erika@example.com", "").await;
    vec![answer, second]
}

async fn helped_by_support(asking: &mut Asking) -> Vec<String> {
    let by_hand = r#"{"orderItemId":7002,"reason":"Am Telefon besprochen"}"#;
    asking.fine("POST", "/api/support/links", SUPPORT, by_hand).await;
    let first = asking.newest("/rebook/").await;
    for act in ["resend", "reissue"] {
        asking.fine("POST", &format!("/api/support/cases/7002/{act}"), SUPPORT, "").await;
    }
    let second = asking.newest("/rebook/").await;
    assert_ne!(first, second);
    asking.ask("GET", &format!("/api/rebook/{first}"), "", "").await;
    for path in [
        "/api/support/cases?q=erika@example.com",
        "/api/support/cases?q=J%C3%BCrgen",
        "/api/support/cases/7001",
        "/api/support/cases/7002",
        "/api/support/effects",
        "/api/support/earnings",
    ] {
        asking.fine("GET", path, SUPPORT, "").await;
    }
    asking.ask("GET", &format!("/api/support/cases?q={second}&status=x"), SUPPORT, "").await;
    asking.ask("GET", "/api/support/cases?erika@example.com=1", SUPPORT, "").await;
    vec![first, second]
}
