//! The layers before each floor, outermost first: an id, the span and the admission of a request,
//! the limit of its body, the deadline of its answer.

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use http::header::{ALLOW, HeaderValue};
use http::{Method, StatusCode};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};

use super::before::Before;
use super::deadline::answer_in_time;
use super::floor::{Floor, Rejection};
use super::observe::observe;

impl<F: Floor> Before<F> {
    /// Before every address that no route has.
    pub(crate) fn no_routes(self) -> Router {
        let floor = self.floor.clone();
        let reject = async move |request: Request| {
            floor.reject(Rejection::NoSuchRoute, &floor.reader(&request))
        };
        self.routes(Router::new().fallback(reject))
    }

    /// Before these routes.
    pub(crate) fn routes(self, routes: Router) -> Router {
        let (edge, floor) = (self.edge.clone(), self.floor.clone());
        let wrong_method = async move |request: Request| match *request.method() {
            // Every route answers it, which the framework does not know.
            Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
            _ => floor.reject(Rejection::WrongMethod, &floor.reader(&request)),
        };
        routes
            .method_not_allowed_fallback(wrong_method)
            .layer(from_fn_with_state(self.clone(), answer_in_time))
            .layer(RequestBodyLimitLayer::new(edge.body_limit))
            .layer(from_fn_with_state(self, observe))
            .layer((
                SetRequestIdLayer::x_request_id(edge.request_ids.clone()),
                PropagateRequestIdLayer::x_request_id(),
            ))
    }
}

/// Names `OPTIONS` among the methods of a route, once the framework has named the others.
pub(crate) fn allow_options<B>(mut answer: Response<B>) -> Response<B> {
    let allowed = answer.headers().get(ALLOW).and_then(|allow| allow.to_str().ok());
    let all = allowed.map(|allowed| HeaderValue::try_from(format!("{allowed},OPTIONS")));
    if let Some(Ok(all)) = all {
        answer.headers_mut().insert(ALLOW, all);
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::body::Body;
    use axum::routing::{get, post};
    use tokio_util::task::TaskTracker;
    use tower::ServiceExt as _;

    use super::super::before::Edge;
    use super::super::client_ip::TrustedProxies;
    use super::super::rate_limit::{Limits, RateLimits};
    use super::super::request_id::RequestIds;
    use super::super::trace::TraceIds;
    use super::*;

    /// Says nothing but which rejection it was.
    #[derive(Clone)]
    struct Plain;

    impl Floor for Plain {
        type Reader = ();

        fn reader(&self, _request: &Request) {}

        fn language((): &()) -> Option<HeaderValue> {
            Some(HeaderValue::from_static("en"))
        }

        fn reject(&self, rejection: Rejection, (): &()) -> Response {
            let status = match rejection {
                Rejection::NoSuchRoute => StatusCode::NOT_FOUND,
                Rejection::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
                Rejection::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                Rejection::BodyUnreadable => StatusCode::BAD_REQUEST,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, format!("ours: {rejection:?}")).into_response()
        }
    }

    fn before() -> Before<Plain> {
        let limits = RateLimits { per_address: None, per_link: None, wrong_tokens: None };
        Before::new(
            &Arc::new(Edge {
                limits: Arc::new(Limits::new(limits, [0; 16])),
                limited_parameter: "token",
                proxies: TrustedProxies::default(),
                origin: None,
                body_limit: 4,
                deadline: Duration::from_secs(1),
                request_ids: RequestIds::new(7),
                trace_ids: TraceIds::new(7),
                running: TaskTracker::new(),
            }),
            Plain,
        )
    }

    #[tokio::test]
    async fn an_error_that_is_not_ours_is_told_in_our_words() {
        let panicking = get(async || -> StatusCode { panic!("on purpose") });
        let routes = Router::new().route("/", post(async || "")).route("/panic", panicking);
        let routes = before().routes(routes).merge(before().no_routes());
        let broken_off = Body::from_stream(futures_util::stream::iter([Err::<&str, _>("gone")]));
        for (method, path, body, ours) in [
            ("POST", "/nowhere", Body::empty(), "NoSuchRoute"),
            ("GET", "/", Body::empty(), "WrongMethod"),
            ("POST", "/", Body::from("12345"), "BodyTooLarge"),
            ("POST", "/", broken_off, "BodyUnreadable"),
            ("GET", "/panic", Body::empty(), "Panicked"),
        ] {
            let request = Request::builder().method(method).uri(path).body(body).unwrap();
            let answer = routes.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.headers()["x-request-id"].len(), 18, "{path}");
            let body = axum::body::to_bytes(answer.into_body(), 100).await.unwrap();
            assert_eq!(body, format!("ours: {ours}"));
        }
    }
}
