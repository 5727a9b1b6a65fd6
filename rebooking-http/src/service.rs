//! The service itself: axum behind a newtype, so that nobody outside depends on its version.

mod tidy;
#[cfg(feature = "pages")]
mod unmatched;

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
#[cfg(feature = "pages")]
use axum::extract::State;
#[cfg(feature = "pages")]
use axum::middleware::{Next, from_fn_with_state};
#[cfg(feature = "pages")]
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::future::RouteFuture;
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use rebooking_core::Rebookings;
use tokio_util::task::TaskTracker;
use tower_service::Service;

#[cfg(feature = "pages")]
use unmatched::Unmatched;

use crate::api;
use crate::api::json::JsonFloor;
use crate::edge::before::{AddressLimit, Before, Edge};
use crate::edge::headers::protect;
use crate::edge::host;
use crate::edge::layers::allow_options;
use crate::edge::request_id::{REQUEST_ID, RequestIds};
use crate::edge::trace::TraceIds;
#[cfg(feature = "pages")]
use crate::pages::{self, floor::PageFloor, state::PagesState};
use crate::settings::HttpSettings;
use crate::state::AppState;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Answers every request, of the API and for pages. A clone is another handle to the same.
///
/// Its paths begin where it is mounted: whoever mounts it under a prefix takes that off the path
/// first, as axum's `nest_service` does, and says so in [`HttpSettings::presentation`].
#[derive(Clone, derive_more::Debug)]
pub struct RebookingService {
    #[debug(skip)]
    router: Router,
    #[debug("{}", running.len())]
    running: TaskTracker,
    #[cfg(feature = "pages")]
    #[debug(skip)]
    style_sheet: Arc<str>,
}

/// Ties the use cases to HTTP: each floor of routes with the edge before it.
#[must_use]
pub fn service(rebookings: Rebookings, settings: HttpSettings) -> RebookingService {
    let running = TaskTracker::new();
    let app = AppState::new(rebookings, settings);
    let edge = Arc::new(edge(&app, running.clone()));
    let json = JsonFloor(app.clone());
    let (watched, mut described) = api::watched(app.settings().metrics.as_ref()).split_for_parts();
    let (routes, described_routes) = api::routes(&app).split_for_parts();
    described.merge(described_routes);
    #[cfg(feature = "openapi")]
    let description = api::openapi::description(described, &app.settings().presentation.base);
    #[cfg(feature = "openapi")]
    let routes = routes.merge(api::openapi::routes(description.clone()));
    let router = Before { address_limit: AddressLimit::Exempt, ..Before::new(&edge, json.clone()) }
        .routes(watched.with_state(app.clone()))
        .merge(Before::new(&edge, json.clone()).routes(routes.with_state(app.clone())));

    #[cfg(feature = "pages")]
    {
        let routes = pages::routes(app.settings().enabled);
        let state = PagesState::new(app);
        #[cfg(feature = "openapi")]
        let routes = routes.merge(pages::docs::routes(description, &state));
        let style_sheet = state.pages().style_sheet().into();
        let (router, anybody) = with_pages(router, routes, &edge, state);
        let unmatched = Before::new(&edge, Unmatched { json, pages: anybody });
        RebookingService { router: router.merge(unmatched.no_routes()), running, style_sheet }
    }
    #[cfg(not(feature = "pages"))]
    {
        let router = router.merge(Before::new(&edge, json).no_routes());
        RebookingService { router, running }
    }
}

/// The pages for anybody beside the API, and those behind the sign-in.
#[cfg(feature = "pages")]
fn with_pages(
    api: Router,
    routes: Router<PagesState>,
    edge: &Arc<Edge>,
    state: PagesState,
) -> (Router, PageFloor) {
    let anybody = PageFloor::for_anybody(state.clone());
    let staff = PageFloor::for_staff(state.clone());
    let at_home = from_fn_with_state(state.clone(), at_its_own_address);
    let staff_routes = pages::staff_routes(&state).layer(at_home.clone());
    let routes = routes.layer(at_home).with_state(state.clone());
    let router = api
        .merge(Before::new(edge, anybody.clone()).routes(routes))
        .merge(Before::new(edge, staff).routes(staff_routes.with_state(state)));
    (router, anybody)
}

/// Sends a browser on whose address had dirt at its end, so that its reader has the right one.
#[cfg(feature = "pages")]
async fn at_its_own_address(
    State(app): State<PagesState>,
    request: Request<axum::body::Body>,
    next: Next,
) -> axum::response::Response {
    match request.uri().path_and_query() {
        Some(own) if tidy::was_tidied(request.extensions()) => {
            Redirect::permanent(&app.pages().path(own.as_str())).into_response()
        }
        _ => next.run(request).await,
    }
}

fn edge(app: &AppState, running: TaskTracker) -> Edge {
    let settings = app.settings();
    Edge {
        limits: app.limits().clone(),
        limited_parameter: "token",
        proxies: settings.proxies.clone(),
        origin: settings.presentation.base.as_str().parse().ok(),
        body_limit: settings.body_limit,
        deadline: settings.deadline,
        request_ids: RequestIds::new(app.process()),
        trace_ids: TraceIds::new(app.process()),
        running,
    }
}

impl RebookingService {
    /// Where browsers find the style sheet of the pages, seen from the host: for pages of a host's
    /// own that are to look the same. Its name changes with its content.
    #[cfg(feature = "pages")]
    #[must_use]
    pub fn style_sheet(&self) -> &str {
        &self.style_sheet
    }

    /// Resolves once no request is under way, those included whose callers have gone. Await it
    /// after the last request has been let in and before the process ends, so that no use case is
    /// broken off.
    pub async fn idle(&self) {
        self.running.close();
        self.running.wait().await;
    }
}

impl<B> Service<Request<B>> for RebookingService
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<ResponseBody>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> ResponseFuture {
        host::set_apart(request.extensions_mut());
        tidy::tidy(&mut request);
        // Nobody else chooses the id of a request.
        request.headers_mut().remove(REQUEST_ID);
        ResponseFuture(self.router.call(request))
    }
}

/// To nest it: `Router::new().nest("/umbuchen", service.into())`.
#[cfg(feature = "axum-router")]
impl From<RebookingService> for Router {
    fn from(service: RebookingService) -> Self {
        Self::new().fallback_service(service)
    }
}

/// An answer on its way.
#[derive(derive_more::Debug)]
#[debug("ResponseFuture(…)")]
#[must_use = "nothing happens until it is awaited"]
pub struct ResponseFuture(RouteFuture<Infallible>);

impl Future for ResponseFuture {
    type Output = Result<Response<ResponseBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answered = Pin::new(&mut self.0).poll(cx);
        answered.map_ok(|answer| protect(allow_options(answer)).map(ResponseBody))
    }
}

/// The body of an answer.
#[derive(derive_more::Debug)]
#[debug("ResponseBody(…)")]
pub struct ResponseBody(axum::body::Body);

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.0).poll_frame(cx).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
