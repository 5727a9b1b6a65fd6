//! The service itself: axum behind a newtype, so that nobody outside depends on its version.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::future::RouteFuture;
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use rebooking_core::Rebookings;
use rebooking_core::ports::PortError;
use rebooking_core::value::customer::Language;
use sha2::{Digest as _, Sha256};
use tokio_util::task::TaskTracker;
use tower_service::Service;
use utoipa_axum::router::OpenApiRouter;

use crate::guard::{allow_options, guard};
use crate::health::seldom::Seldom;
use crate::limits::Limits;
use crate::origin::WebOrigin;
use crate::page::Pages;
use crate::reply::{Caller, Fault, Refused};
use crate::session::Sessions;
use crate::settings::HttpSettings;
use crate::{customer, health, host, page, partner, support};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Answers every request, of the API and for pages. A clone is another handle to the same.
///
/// Its paths begin where it is mounted: whoever mounts it under a prefix takes that off the path
/// first, as axum's `nest_service` does, and says so in [`HttpSettings::base`].
#[derive(Clone)]
pub struct RebookingService {
    router: Router,
    running: TaskTracker,
    style_sheet: Arc<str>,
}

/// Ties the use cases to HTTP.
#[must_use]
pub fn service(rebookings: Rebookings, settings: HttpSettings) -> RebookingService {
    let running = TaskTracker::new();
    let app = App::new(rebookings, settings, running.clone());
    let style_sheet: Arc<str> = app.pages().style_sheet().into();
    let serves = app.settings().serves;
    let part = |served: bool, routes: fn() -> OpenApiRouter<App>| {
        if served { routes() } else { OpenApiRouter::default() }
    };
    let (routes, described) = health::routes()
        .merge(part(serves.customer, customer::routes))
        .merge(part(serves.partner, partner::routes))
        .merge(part(serves.support, support::routes))
        .split_for_parts();
    #[cfg(feature = "openapi")]
    let routes =
        routes.merge(crate::openapi::routes(described, &app.settings().base, &style_sheet));
    #[cfg(not(feature = "openapi"))]
    drop(described);
    let customer_pages = if serves.customer { page::customer::routes() } else { Router::new() };
    let router = routes
        .merge(customer_pages)
        .merge(page::style_routes())
        .merge(page::staff::routes(&app))
        .fallback(|| async { Refused::from(Fault::NoSuchRoute) })
        .method_not_allowed_fallback(|| async { Refused::from(Fault::WrongMethod) })
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app);
    RebookingService { router, running, style_sheet }
}

impl RebookingService {
    /// Where browsers find the style sheet of the pages, seen from the host: for pages of a host's
    /// own that are to look the same. Its name changes with its content.
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

impl fmt::Debug for RebookingService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RebookingService")
            .field("running", &self.running.len())
            .finish_non_exhaustive()
    }
}

impl<B> Service<Request<B>> for RebookingService
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<AnswerBody>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<B>) -> Answering {
        host::set_apart(request.extensions_mut());
        Answering(self.router.call(request))
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
#[must_use = "nothing happens until it is awaited"]
pub struct Answering(RouteFuture<Infallible>);

impl Future for Answering {
    type Output = Result<Response<AnswerBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answered = Pin::new(&mut self.0).poll(cx);
        answered.map_ok(|answer| allow_options(answer).map(AnswerBody))
    }
}

impl fmt::Debug for Answering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answering(…)")
    }
}

/// The body of an answer.
pub struct AnswerBody(axum::body::Body);

impl Body for AnswerBody {
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

impl fmt::Debug for AnswerBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerBody(…)")
    }
}

/// What every route shares.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

struct Shared {
    rebookings: Rebookings,
    settings: HttpSettings,
    limits: Limits,
    origin: Option<WebOrigin>,
    pages: Pages,
    sessions: Sessions,
    running: TaskTracker,
    /// Tells the requests of this process from those of others: the beginning of their ids.
    process: String,
    served: AtomicU64,
    readiness: Seldom<Result<(), Arc<PortError>>>,
    looked: Seldom<()>,
}

impl App {
    fn new(rebookings: Rebookings, settings: HttpSettings, running: TaskTracker) -> Self {
        // Without randomness requests are still told apart within the process, which is better than
        // not starting.
        let random = rebookings.ports().secrets.bytes().unwrap_or_default();
        // Every answer shows the number of the process: it tells nothing of what the limits hash
        // with.
        let process = Sha256::new_with_prefix("process").chain_update(random).finalize();
        let process = process.first_chunk().copied().map(u64::from_le_bytes).unwrap_or_default();
        let process = format!("{process:016x}-");
        let limits = Limits::new(settings.limits, random);
        let pages = Pages::new(&settings);
        let secrets = rebookings.ports().secrets.clone();
        let sessions = Sessions::new(settings.session_key.clone(), &settings.base, secrets);
        let origin = settings.base.as_str().parse().ok();
        Self(Arc::new(Shared {
            rebookings,
            settings,
            limits,
            origin,
            pages,
            sessions,
            running,
            process,
            served: AtomicU64::new(0),
            readiness: Seldom::default(),
            looked: Seldom::default(),
        }))
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Where pages of ours come from.
    pub(crate) fn origin(&self) -> Option<&WebOrigin> {
        self.0.origin.as_ref()
    }

    /// Somebody who is told something.
    pub(crate) fn caller(&self, language: Language) -> Caller<'_> {
        Caller { language, policy: self.0.rebookings.policy(), each_time: false, on_page: false }
    }

    /// Somebody who reads a page.
    pub(crate) fn reader(&self, language: Language) -> Caller<'_> {
        Caller { on_page: true, ..self.caller(language) }
    }

    pub(crate) fn rebookings(&self) -> &Rebookings {
        &self.0.rebookings
    }

    pub(crate) fn settings(&self) -> &HttpSettings {
        &self.0.settings
    }

    pub(crate) fn pages(&self) -> &Pages {
        &self.0.pages
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// Whether the store answers.
    pub(crate) fn readiness(&self) -> &Seldom<Result<(), Arc<PortError>>> {
        &self.0.readiness
    }

    /// When what is only known by looking was looked at.
    pub(crate) fn looked(&self) -> &Seldom<()> {
        &self.0.looked
    }

    pub(crate) fn running(&self) -> &TaskTracker {
        &self.0.running
    }

    pub(crate) fn next_request_id(&self) -> String {
        self.0.process.clone()
            + itoa::Buffer::new().format(self.0.served.fetch_add(1, Ordering::Relaxed))
    }
}
