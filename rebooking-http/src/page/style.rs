//! The style sheet: one file, the brand's colours before it, named by its content so that browsers may keep it for good.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use rebooking_core::brand::Brand;
use sha2::{Digest as _, Sha256};

use crate::input::Name;
use crate::reply::{Fault, Refused};
use crate::service::App;

const SHEET: &str = include_str!("../../pages/style.css");

/// The sheet in the brand's colours.
pub(super) struct Style {
    sheet: String,
    name: String,
}

impl Style {
    pub(super) fn of(brand: &Brand) -> Self {
        let (light, dark) = (brand.primary_light, brand.primary_dark);
        let sheet = format!(
            ":root{{--brand-light:{light};--on-brand-light:{};--brand-dark:{dark};--on-brand-dark:{}}}\n{SHEET}",
            light.ink(),
            dark.ink()
        );
        let digest = Sha256::digest(&sheet);
        let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { sheet, name: format!("style/{digest}.css") }
    }

    /// Seen from where the service is mounted.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/style/{name}", get(sheet))
}

async fn sheet(State(app): State<App>, Name(name): Name) -> Result<Response, Refused> {
    let style = &app.pages().style;
    if style.name() != format!("style/{name}") {
        return Err(Fault::NoSuchRoute.into());
    }
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((headers, style.sheet.clone()).into_response())
}
