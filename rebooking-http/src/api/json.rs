//! The floor of the API: every answer is JSON, of success and of errors.

use std::pin::Pin;

use axum::body::Body;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, StatusCode};
use rebooking_core::value::customer::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::error::Failure;
use crate::edge::floor::{Floor, Rejection};
use crate::edge::route::Route;
use crate::error::{ApiError, ErrorAudience};
use crate::extract::handler::TryHandler;
use crate::extract::language;
use crate::state::AppState;

/// What a handler of the API answers.
pub(crate) type ApiResult<T> = Result<ApiSuccess<T>, ApiError>;

/// The answer of success, in its envelope.
pub(crate) struct ApiSuccess<T>(pub(crate) T);

/// What is around the data of every answer of success.
#[derive(Serialize, ToSchema)]
pub(crate) struct Envelope<T> {
    #[schema(example = true)]
    success: bool,
    data: T,
}

impl<T: Serialize> IntoResponse for ApiSuccess<T> {
    fn into_response(self) -> Response {
        written(&Envelope { success: true, data: self.0 })
    }
}

fn written(body: &impl Serialize) -> Response {
    // Room for most answers, so that none grows bit by bit.
    let mut json = Vec::with_capacity(2048);
    if let Err(error) = serde_json::to_writer(&mut json, body) {
        tracing::error!(%error, "an answer cannot be written");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    // The line's end is for whoever reads it in a shell.
    json.push(b'\n');
    let mut answer = Response::new(Body::from(json));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Tells errors as JSON.
#[derive(Clone)]
pub(crate) struct JsonFloor(pub(crate) AppState);

/// Who reads an error.
#[derive(Clone, Copy)]
pub(crate) struct JsonReader {
    language: Language,
    /// What was asked for is done anew each time.
    each_time: bool,
}

/// Mails go out, a link or an address is replaced, a time grows: whoever repeats such a request
/// should look first.
const NOT_IDEMPOTENT: [&str; 5] = [
    "/api/partner/calendar",
    "/api/support/links",
    "/api/support/cases/{id}/resend",
    "/api/support/cases/{id}/reissue",
    "/api/support/cases/{id}/extend",
];

impl Floor for JsonFloor {
    type Reader = JsonReader;

    fn reader(&self, request: &Request) -> JsonReader {
        let route = Route::from_extensions(request.extensions());
        JsonReader {
            language: language::asked_for(request.headers()),
            each_time: request.method() == Method::POST && NOT_IDEMPOTENT.contains(&route.name()),
        }
    }

    fn language(reader: &JsonReader) -> Option<HeaderValue> {
        language::header(reader.language)
    }

    fn reject(&self, rejection: Rejection, reader: &JsonReader) -> Response {
        self.error(&rejection.into(), reader)
    }
}

impl JsonFloor {
    fn error(&self, error: &ApiError, reader: &JsonReader) -> Response {
        let audience = self.0.caller(reader.language);
        let response = error.response(&ErrorAudience { each_time: reader.each_time, ..audience });
        let mut headers = http::HeaderMap::new();
        response.retry_in(&mut headers);
        let status = response.status;
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        (status, headers, written(&Failure::new(response))).into_response()
    }
}

/// A handler of the API, whose errors are told as JSON.
#[derive(Clone, Copy)]
pub(crate) struct Json<H>(pub(crate) H);

impl<T, H: TryHandler<T, AppState>> Handler<T, AppState> for Json<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: AppState) -> Self::Future {
        Box::pin(async move {
            let floor = JsonFloor(state);
            let reader = floor.reader(&request);
            let answer = self.0.answer(request, &floor.0).await;
            answer.unwrap_or_else(|error| floor.error(&error, &reader))
        })
    }
}

/// The routes of these handlers, with their description. Those of one path stand in brackets.
macro_rules! json_routes {
    (@path ($($handler:ident),+)) => {{
        $(let $handler = $crate::api::json::Json($handler);)+
        utoipa_axum::routes!($($handler),+)
    }};
    (@path $handler:ident) => {
        $crate::api::json::json_routes!(@path ($handler))
    };
    ($($handlers:tt),+) => {
        utoipa_axum::router::OpenApiRouter::default()
            $(.routes($crate::api::json::json_routes!(@path $handlers)))+
    };
}

pub(super) use json_routes;

#[cfg(test)]
mod tests {
    use rebooking_core::testing::World;

    use super::*;
    use crate::error::RequestError;
    use crate::{HttpSettings, StaticTokens};

    #[tokio::test]
    async fn a_description_that_cannot_be_made_is_an_error_as_any_other() {
        let settings = HttpSettings::new(
            rebooking_core::presentation::BaseUrl::default(),
            StaticTokens::default(),
        );
        let state = AppState::new(World::new().rebookings, settings);
        let show = async || Err::<Response, _>(RequestError::Broken.into());
        let answer = Json(show).call(Request::new(Body::empty()), state).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(answer.into_body(), 1000).await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains(r#""code":"internal""#), "{body:?}");
    }
}
