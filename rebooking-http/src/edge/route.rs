//! Which route a request has come to, and what holds for it because of that.

use axum::extract::MatchedPath;
use http::{Extensions, Method};

/// A route as it is written in the code, wherever the service is mounted; or none. The path itself
/// may hold a link, the route never does.
#[derive(Clone)]
pub(crate) struct Route(Option<MatchedPath>);

impl Route {
    pub(crate) fn of(extensions: &Extensions) -> Self {
        Self(extensions.get().cloned())
    }

    /// `/api/rebook/{token}`; `none` where nothing is.
    pub(crate) fn name(&self) -> &str {
        self.0.as_ref().map_or("none", MatchedPath::as_str)
    }

    /// Whether only programs read its answers. `None` where it cannot be known, as there is no
    /// route.
    pub(crate) fn is_for_programs(&self) -> Option<bool> {
        let route = self.0.as_ref()?.as_str();
        Some(
            route.starts_with("/api/")
                || matches!(route, "/healthz" | "/readyz" | "/metrics" | "/openapi.json"),
        )
    }

    /// Whether those ask for it who watch the process: often, and from one address.
    pub(crate) fn is_watched(&self) -> bool {
        matches!(self.name(), "/healthz" | "/readyz" | "/metrics")
    }

    /// Whether it happens anew each time that it is asked for: mails go out, a link is replaced, a
    /// time grows. The forms of a case are carried out once, but whoever opens the case anew gets a
    /// new form.
    pub(crate) fn does_it_each_time(&self, method: &Method) -> bool {
        method == Method::POST
            && matches!(
                self.name(),
                "/support/cases/{id}"
                    | "/api/support/links"
                    | "/api/support/cases/{id}/resend"
                    | "/api/support/cases/{id}/reissue"
                    | "/api/support/cases/{id}/extend"
            )
    }
}
