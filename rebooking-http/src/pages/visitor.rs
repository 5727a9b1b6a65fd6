//! Who looks at a page.

use http::HeaderMap;
use http::request::Parts;
use rebooking_core::RebookError;
use rebooking_core::ports::PortError;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::auth::Principal;
use crate::auth::session::Session;
use crate::caller::sender;
use crate::edge::route::Route;
use crate::error::ApiError;
use crate::messages::text;
use crate::state::AppState;

/// Without any randomness there is no key to sign with.
pub(super) fn no_randomness() -> ApiError {
    ApiError::Core(RebookError::TryLater(PortError::Transient("no randomness".into())))
}

/// Whether somebody has signed out of a session, wherever a copy of its cookie is.
async fn is_ended(session: &Session, app: &AppState) -> Result<bool, ApiError> {
    match app.rebookings().ports().sign_outs.as_deref() {
        Some(port) => {
            let ended = session.sign_in().is_ended(port).await;
            Ok(ended.map_err(RebookError::from)?)
        }
        None => Ok(false),
    }
}

/// Where the pages of somebody begin.
pub(super) const fn home(principal: &Principal) -> &'static str {
    match principal {
        Principal::Partner(_) => "/partner",
        Principal::Support(_) => "/support",
    }
}

/// Who looks at a page.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(super) principal: Principal,
    /// What people call a partner, where that is known.
    pub(super) called: Option<String>,
    /// Our own sign-in; none for who is known by their host's.
    pub(super) session: Option<Session>,
    /// Whether it can be ended wherever it is.
    pub(super) everywhere: bool,
    /// Whether partners have calendars here.
    pub(super) calendars: bool,
    /// What the forms of the page carry.
    pub(super) form_token: String,
    /// The page, as its route.
    pub(super) route: String,
}

impl Visitor {
    /// `None` for who is not signed in.
    pub(super) async fn new(parts: &mut Parts, app: &AppState) -> Result<Option<Self>, ApiError> {
        let now = app.rebookings().ports().clock.now();
        let session = match app.sessions().shown(&parts.headers, now) {
            Some(session) if is_ended(&session, app).await? => None,
            session => session,
        };
        let principal = match &session {
            Some(session) => Some(session.principal.clone()),
            None => sender(app, parts).await?,
        };
        let Some(principal) = principal.filter(|principal| app.settings().enabled.has(principal))
        else {
            return Ok(None);
        };
        let form_token = app.sessions().form_token(&principal, session.as_ref());
        let form_token = form_token.ok_or_else(no_randomness)?;
        let route = Route::from_extensions(&parts.extensions).name().to_owned();
        let everywhere = app.rebookings().ports().sign_outs.is_some();
        let called = match &principal {
            Principal::Partner(id) => {
                app.rebookings().partner_names([*id]).await.get(*id).map(str::to_owned)
            }
            Principal::Support(_) => None,
        };
        let calendars = app.has_calendars();
        Ok(Some(Self { principal, called, session, everywhere, calendars, form_token, route }))
    }

    /// The one with a session of ours, as long as there is one.
    pub(super) fn by_session(cookies: &HeaderMap, route: &Route, app: &AppState) -> Option<Self> {
        let session = app.sessions().shown(cookies, app.rebookings().ports().clock.now())?;
        let principal = session.principal.clone();
        let form_token = app.sessions().form_token(&principal, Some(&session))?;
        Some(Self {
            principal,
            called: None,
            session: Some(session),
            everywhere: app.rebookings().ports().sign_outs.is_some(),
            calendars: app.has_calendars(),
            form_token,
            route: route.name().to_owned(),
        })
    }

    pub(super) fn name(&self, language: Language) -> String {
        match &self.principal {
            Principal::Partner(id) => match &self.called {
                Some(name) => name.clone(),
                None => text!(language, "portal-partner", id = id.to_string()),
            },
            Principal::Support(name) => name.clone(),
        }
    }

    /// Somebody of each role, to try templates with.
    pub(super) fn samples() -> [Self; 2] {
        let visitor = |principal, route: &str| Self {
            principal,
            called: None,
            session: None,
            everywhere: false,
            calendars: true,
            form_token: "…".into(),
            route: route.into(),
        };
        [
            visitor(Principal::Partner(PartnerId::new(5)), "/partner"),
            visitor(Principal::Support("Susi".into()), "/support"),
        ]
    }
}
