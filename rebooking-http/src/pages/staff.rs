//! Pages for who is signed in: partners and support. Who is not is sent to the sign-in and comes
//! back from there.

pub(super) mod sign_in;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use http::header::SET_COOKIE;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::error::Resource;
use rebooking_core::ports::PortError;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use super::floor::PagesState;
use super::notice::Notice;
use super::{PageLocale, partner, see_other, support};
use crate::auth::session::Session;
use crate::auth::{Principal, sender};
use crate::edge::route::Route;
use crate::error::{ApiError, ErrorAudience, ErrorResponse, RequestError};
use crate::extract::handler::{Buffered, Extract};
use crate::extract::{Fields, Form};
use crate::messages::portal as text;
use crate::settings::EnabledParts;
use crate::state::AppState;

/// The pages of the parts that are served, behind a sign-in where there is anything to sign in for.
pub(super) fn routes(app: &PagesState) -> Router<PagesState> {
    let EnabledParts { partner, support, .. } = app.settings().enabled;
    let part = |served: bool, routes: fn() -> Router<PagesState>| {
        if served { routes() } else { Router::new() }
    };
    part(partner || support, sign_in::routes)
        .merge(part(partner, partner::routes))
        .merge(part(support, support::routes))
        .layer(from_fn_with_state(app.clone(), renewed))
}

/// Gives a session that is in use a fresh cookie now and then.
async fn renewed(State(app): State<PagesState>, request: Request, next: Next) -> Response {
    let now = app.rebookings().ports().clock.now();
    let session = app.sessions().shown(request.headers(), now);
    let fresh = session.and_then(|session| app.sessions().cookie(&session.renewed(now)?));
    let mut answer = next.run(request).await;
    if let Some(cookie) = fresh {
        answer.headers_mut().entry(SET_COOKIE).or_insert(cookie);
    }
    answer
}

/// Without any randomness there is no key to sign with.
fn no_randomness() -> ApiError {
    ApiError::Core(RebookError::TryLater(PortError::Transient("no randomness".into())))
}

/// Who looks at a page.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(super) principal: Principal,
    /// Our own sign-in; none for who is known by their host's.
    pub(super) session: Option<Session>,
    /// What the forms of the page carry.
    pub(super) form_token: String,
    /// The page, as its route.
    pub(super) route: String,
}

impl Visitor {
    /// `None` for who is not signed in.
    pub(super) async fn of(parts: &mut Parts, app: &AppState) -> Result<Option<Self>, ApiError> {
        let now = app.rebookings().ports().clock.now();
        let session = app.sessions().shown(&parts.headers, now);
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
        let route = Route::of(&parts.extensions).name().to_owned();
        Ok(Some(Self { principal, session, form_token, route }))
    }

    /// The one with a session of ours, as long as there is one.
    pub(super) fn by_session(cookies: &HeaderMap, route: &Route, app: &AppState) -> Option<Self> {
        let session = app.sessions().shown(cookies, app.rebookings().ports().clock.now())?;
        let principal = session.principal.clone();
        let form_token = app.sessions().form_token(&principal, Some(&session))?;
        Some(Self { principal, session: Some(session), form_token, route: route.name().to_owned() })
    }

    pub(super) fn name(&self, language: Language) -> String {
        match &self.principal {
            Principal::Partner(id) => text::partner(language, *id),
            Principal::Support(name) => name.clone(),
        }
    }

    /// Somebody of each role, to try templates with.
    pub(super) fn samples() -> [Self; 2] {
        let visitor = |principal, route: &str| Self {
            principal,
            session: None,
            form_token: "…".into(),
            route: route.into(),
        };
        [
            visitor(Principal::Partner(PartnerId::new(5)), "/partner"),
            visitor(Principal::Support("Susi".into()), "/support"),
        ]
    }
}

/// What somebody is signed in as.
pub(super) trait Role: Send + Sized {
    /// `None` for who is signed in as something else.
    fn of(principal: &Principal) -> Option<Self>;
}

/// Either.
impl Role for Principal {
    fn of(principal: &Principal) -> Option<Self> {
        Some(principal.clone())
    }
}

/// A partner.
impl Role for PartnerId {
    fn of(principal: &Principal) -> Option<Self> {
        match principal {
            Principal::Partner(id) => Some(*id),
            Principal::Support(_) => None,
        }
    }
}

/// Somebody of support, by the name that the history keeps.
pub(super) struct SupportName(pub(super) String);

impl Role for SupportName {
    fn of(principal: &Principal) -> Option<Self> {
        match principal {
            Principal::Support(name) => Some(Self(name.clone())),
            Principal::Partner(_) => None,
        }
    }
}

/// Somebody who may read a page.
pub(super) struct SignedIn<R>(pub(super) R, pub(super) Visitor);

impl<R: Role> Extract<PagesState> for SignedIn<R> {
    async fn extract(request: &mut Buffered, _app: &PagesState) -> Result<Self, ApiError> {
        let visitor: Visitor =
            request.parts.extensions.get().cloned().ok_or(RequestError::NotSignedIn)?;
        let role = R::of(&visitor.principal).ok_or(RequestError::WrongRole)?;
        Ok(Self(role, visitor))
    }
}

/// A form of somebody who may, from a page of ours that was made for them.
pub(super) struct Sent<R>(pub(super) R, pub(super) Visitor, pub(super) Fields);

impl<R: Role> Extract<PagesState> for Sent<R> {
    async fn extract(request: &mut Buffered, app: &PagesState) -> Result<Self, ApiError> {
        let SignedIn(role, visitor) = SignedIn::extract(request, app).await?;
        let Form(form) = Form::extract(request, app).await?;
        let given = form.text("csrf").unwrap_or_default();
        if app.sessions().is_form_token(given, &visitor.principal, visitor.session.as_ref()) {
            Ok(Self(role, visitor, form))
        } else {
            Err(RequestError::StaleForm.into())
        }
    }
}

/// What a form that cannot be carried out comes back with: its page once more, with what is to be
/// mended. Everything else ends it.
pub(super) fn mended(refused: ApiError, to: &ErrorAudience<'_>) -> Result<ErrorResponse, ApiError> {
    let told = match &refused {
        ApiError::Core(
            RebookError::Invalid { .. }
            | RebookError::Conflict(_)
            // On a form that is a wrong number, not a page that is missing.
            | RebookError::NotFound(Resource::Booking)
            | RebookError::ChooseAgain { .. }
            | RebookError::WrongEmail { .. }
            | RebookError::TooManyAttempts { .. },
        )
        | ApiError::Http(RequestError::Field { .. }) => refused.response(to),
        ApiError::Core(_) | ApiError::Http(_) | ApiError::Edge(_) => return Err(refused),
    };
    Ok(told)
}

/// What was wrong, with the field that it is about. `place` tells apart several forms of one page.
pub(super) fn mistaken(told: &ErrorResponse, place: &str) -> Notice {
    const FIELDS: [&str; 5] = ["reason", "proposedDateIds", "days", "dateId", "orderItemId"];
    Notice::mistake(told, |field| FIELDS.contains(&field).then(|| format!("{field}{place}")))
}

/// What somebody typed, as much of it as is shown again.
pub(super) fn typed_text(form: &Fields, name: &str) -> String {
    form.text(name).unwrap_or_default().chars().take(2000).collect()
}

/// Shows a page once more, with its status.
pub(super) fn status(told: Option<&ErrorResponse>) -> StatusCode {
    told.map_or(StatusCode::OK, |told| told.status)
}

/// Sends a browser back to the page that a form was on.
pub(super) fn done(spoken: &PageLocale, said: &str) -> Response {
    see_other(&spoken.with("said", said))
}

/// Every template for who is signed in, with something to fill it with.
pub(super) fn samples(language: Language) -> Vec<(&'static str, Value)> {
    let mut samples = sign_in::samples(language);
    samples.extend(partner::samples(language));
    samples.extend(support::samples(language));
    samples
}
