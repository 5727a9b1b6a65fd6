//! Fills templates, with the headers that hold a browser to what a page needs.

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION};
use minijinja::value::Value;
use rebooking_core::presentation::templates::TemplateFault;

use super::csp;
use super::layout::{Layout, Preview};
use super::locale::PageLocale;
use super::preview_note::PreviewNote;
use super::style::Style;
use super::templates::precompiled::PrecompiledTemplates;
use super::visitor::Visitor;
use crate::messages::text;
use crate::settings::HttpSettings;

/// Fills the templates. One for the whole service.
pub(crate) struct Pages {
    pub(super) templates: PrecompiledTemplates,
    pub(super) layout: Layout,
    pub(super) style: Style,
    policy: HeaderValue,
    preview_policy: HeaderValue,
}

impl Pages {
    pub(crate) fn new(settings: &HttpSettings) -> Self {
        let style = Style::from_brand(&settings.presentation.brand);
        let layout = Layout::new(settings, style.name());
        Self {
            templates: PrecompiledTemplates::new(&settings.templates, &layout),
            layout,
            policy: csp::page(&settings.embedders),
            preview_policy: csp::preview(&settings.embedders),
            style,
        }
    }

    /// One page in the caller's language. `view` is what the template calls `page`.
    pub(crate) fn page(
        &self,
        status: StatusCode,
        template: &str,
        locale: &PageLocale,
        view: Value,
    ) -> Response {
        self.page_for(None, status, template, locale, view)
    }

    /// The same in the frame of who is signed in.
    pub(crate) fn page_for(
        &self,
        visitor: Option<&Visitor>,
        status: StatusCode,
        template: &str,
        locale: &PageLocale,
        view: Value,
    ) -> Response {
        self.filled(status, template, locale, self.layout.around(locale, visitor, view))
    }

    /// A customer's page for who only looks at it: it says so and sends nothing, also in the frame
    /// of a host's own.
    pub(super) fn preview(
        &self,
        template: &str,
        locale: &PageLocale,
        view: Value,
        preview: Preview,
    ) -> Response {
        let note = PreviewNote::new(&preview);
        let shown = self.layout.around_preview(locale, preview, view);
        let mut response = match self.fill(template, locale, shown) {
            Some(html) => self.html(StatusCode::OK, note.above(html)),
            None => self.bare(locale),
        };
        let policy = self.preview_policy.clone();
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        response
    }

    fn filled(
        &self,
        status: StatusCode,
        template: &str,
        locale: &PageLocale,
        shown: Value,
    ) -> Response {
        match self.fill(template, locale, shown) {
            Some(html) => self.html(status, html),
            None => self.bare(locale),
        }
    }

    /// `None` where a host's own template fails: the log says why.
    fn fill(&self, template: &str, locale: &PageLocale, shown: Value) -> Option<String> {
        let filled = self.templates.fill(template, locale.language(), shown);
        let log = |error: &minijinja::Error| {
            let fault = TemplateFault::in_data(template, error);
            tracing::error!(%fault, "a template cannot be filled");
        };
        filled.inspect_err(log).ok()
    }

    /// Where a page of ours is, seen from the host: `/portal/sign-in`.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.layout.root())
    }

    /// The same of the style sheet.
    pub(crate) fn style_sheet(&self) -> String {
        self.path(&format!("/{}", self.style.name()))
    }

    fn html(&self, status: StatusCode, html: String) -> Response {
        let mut response = Response::new(Body::from(html));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        response
    }

    /// What is left to say when a host's own template fails.
    fn bare(&self, locale: &PageLocale) -> Response {
        let message = text!(locale.language(), "errors-broken");
        let html = format!(
            "<!doctype html><html lang=\"{}\"><meta \
             charset=\"utf-8\"><title>500</title><p>{message}</p></html>",
            locale.language().as_str()
        );
        self.html(StatusCode::INTERNAL_SERVER_ERROR, html)
    }
}

/// Sends a browser on after a form, so that a reload repeats nothing. `to` is seen from the page
/// itself, or begins where the host does, and holds no link.
pub(crate) fn see_other(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::try_from(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}
