//! Which route a request has come to.

use axum::extract::MatchedPath;
use http::Extensions;

/// A route as it is written in the code, wherever the service is mounted; or none. The path itself
/// may hold a link, the route never does.
#[derive(Clone)]
pub(crate) struct Route(Option<MatchedPath>);

impl Route {
    pub(crate) fn from_extensions(extensions: &Extensions) -> Self {
        Self(extensions.get().cloned())
    }

    /// `/api/rebook/{token}`; `none` where nothing is.
    pub(crate) fn name(&self) -> &str {
        self.0.as_ref().map_or("none", MatchedPath::as_str)
    }
}
