//! A browser without scripts: it keeps the cookie, follows after a form, and sends the hidden
//! fields that a page has.

use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, StatusCode};
use scraper::{Html, Selector};

use crate::api::{Answer, Api, by_a_person};

/// One of a person's browsers.
pub(crate) struct Browser<'a> {
    api: &'a Api,
    /// `name=value`
    pub(crate) cookie: Option<String>,
    language: &'static str,
    site: &'static str,
}

impl<'a> Browser<'a> {
    /// Nobody is signed in.
    pub(crate) fn new(api: &'a Api) -> Self {
        Self { api, cookie: None, language: "de", site: "same-origin" }
    }

    /// Somebody who has signed in with a token.
    pub(crate) async fn signed_in(api: &'a Api, token: &str) -> Self {
        let mut browser = Self::new(api);
        let answer = browser.post("/sign-in", &format!("token={token}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }

    pub(crate) fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// What it says of the page that a form is on.
    pub(crate) fn on_site(self, site: &'static str) -> Self {
        Self { site, ..self }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    /// A form with these fields and no others.
    pub(crate) async fn post(&mut self, path: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", self.site);
        self.send(request, form.to_owned()).await
    }

    /// A form of the page at `path`, with what is hidden in the forms of that page.
    pub(crate) async fn submit(&mut self, path: &str, form: &str) -> Answer {
        let hidden = self.get(path).await.hidden();
        self.post(path, &format!("{hidden}&{form}")).await
    }

    /// Signs out by the form of a page of support.
    pub(crate) async fn submit_sign_out(&mut self, more: &str) {
        let token = self.get("/support").await.form_token();
        let sent = self.post("/sign-out", &format!("csrf={token}{more}")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }

    /// The same, and the page that it leads to.
    pub(crate) async fn submit_and_follow(&mut self, path: &str, form: &str) -> Answer {
        let sent = self.submit(path, form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let to = sent.header(LOCATION).to_owned();
        let to = if to.starts_with('?') {
            format!("{}{to}", path.split('?').next().unwrap())
        } else {
            to
        };
        self.get(&to).await.ok()
    }

    async fn send(&mut self, request: http::request::Builder, body: String) -> Answer {
        let mut request = by_a_person(request).header(ACCEPT_LANGUAGE, self.language);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let answer = self.api.call(request.body(body).unwrap()).await;
        let set = answer.header(SET_COOKIE);
        if set.contains("Max-Age=0") {
            self.cookie = None;
        } else if let Some((pair, _)) = set.split_once(';') {
            self.cookie = Some(pair.to_owned());
        }
        answer
    }
}

/// What tests look at on a page.
pub(crate) trait Page {
    /// The token of its forms; nothing where there is none.
    fn form_token(&self) -> String;
    /// That token, and how the case was that the page shows.
    fn hidden(&self) -> String {
        let seen = self.attributes("input[name=seen]", "value").into_iter().next();
        format!(
            "csrf={}{}",
            self.form_token(),
            seen.map(|seen| format!("&seen={seen}")).unwrap_or_default()
        )
    }
    /// The texts of what a selector finds, blanks joined.
    fn texts(&self, selector: &str) -> Vec<String>;
    /// The values of an attribute.
    fn attributes(&self, selector: &str, name: &str) -> Vec<String>;
    /// What it tells of the form that was sent.
    fn told(&self) -> String {
        self.texts("#notice").concat()
    }
}

impl Page for Answer {
    fn form_token(&self) -> String {
        self.attributes("input[name=csrf]", "value").into_iter().next().unwrap_or_default()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let (page, selector) =
            (Html::parse_document(&self.text), Selector::parse(selector).unwrap());
        let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
        page.select(&selector)
            .map(|e| text(e).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let (page, selector) =
            (Html::parse_document(&self.text), Selector::parse(selector).unwrap());
        page.select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }
}
