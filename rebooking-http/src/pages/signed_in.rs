//! What only who is signed in may read and send.

use axum::response::Response;
use http::StatusCode;
use minijinja::value::Value;
use rebooking_core::service::{AsPartner, AsSupport};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use super::form::mended;
use super::locale::PageLocale;
use super::renderer::see_other;
use super::state::PagesState;
use super::visitor::Visitor;
use crate::auth::Principal;
use crate::auth::session::Session;
use crate::error::{ApiError, ErrorResponse, RequestError};
use crate::extract::handler::{Buffered, Extract};
use crate::extract::{Fields, Form};

/// What somebody is signed in as.
pub(super) trait Role: Send + Sized {
    /// `None` for who is signed in as something else.
    fn from_principal(principal: &Principal) -> Option<Self>;
}

/// Either.
impl Role for Principal {
    fn from_principal(principal: &Principal) -> Option<Self> {
        Some(principal.clone())
    }
}

/// A partner.
impl Role for PartnerId {
    fn from_principal(principal: &Principal) -> Option<Self> {
        match principal {
            Principal::Partner(id) => Some(*id),
            Principal::Support(_) => None,
        }
    }
}

/// Somebody of support, by the name that the history keeps.
pub(super) struct SupportName(pub(super) String);

impl Role for SupportName {
    fn from_principal(principal: &Principal) -> Option<Self> {
        match principal {
            Principal::Support(name) => Some(Self(name.clone())),
            Principal::Partner(_) => None,
        }
    }
}

/// The request of somebody who is signed in and may make it.
pub(super) struct SignedIn<R> {
    pub(super) app: PagesState,
    pub(super) role: R,
    pub(super) locale: PageLocale,
    pub(super) params: Fields,
    visitor: Visitor,
}

impl<R> SignedIn<R> {
    pub(super) fn language(&self) -> Language {
        self.locale.language()
    }

    /// Our own sign-in of theirs; none for who is known by their host's.
    pub(super) const fn session(&self) -> Option<&Session> {
        self.visitor.session.as_ref()
    }

    /// A page for them.
    pub(super) fn page(&self, status: StatusCode, template: &str, view: Value) -> Response {
        self.app.pages().page_for(Some(&self.visitor), status, template, &self.locale, view)
    }

    /// The word for what the last form led to, which the address of a page carries.
    pub(super) fn flash(&self) -> Option<&str> {
        self.params.text("said")
    }

    /// Sends the browser back to the page that a form was on, with a word for what it led to.
    pub(super) fn done(&self, flash: &str) -> Response {
        see_other(&self.locale.with("said", flash))
    }

    /// What the page of a form says once more; an error that ends it goes on.
    pub(super) fn mended(&self, refused: ApiError) -> Result<ErrorResponse, ApiError> {
        mended(refused, &self.app.reader(self.language()))
    }
}

impl SignedIn<PartnerId> {
    /// What they may do.
    pub(super) fn partner(&self) -> AsPartner<'_> {
        self.app.rebookings().partner(self.role)
    }
}

impl SignedIn<SupportName> {
    /// What they may do.
    pub(super) fn support(&self) -> AsSupport<'_> {
        self.app.rebookings().support(&self.role.0)
    }
}

impl<R: Role> Extract<PagesState> for SignedIn<R> {
    async fn extract(request: &mut Buffered, app: &PagesState) -> Result<Self, ApiError> {
        let visitor: Visitor =
            request.parts.extensions.get().cloned().ok_or(RequestError::NotSignedIn)?;
        let role = R::from_principal(&visitor.principal).ok_or(RequestError::WrongRole)?;
        Ok(Self {
            app: app.clone(),
            role,
            locale: PageLocale::extract(request, app).await?,
            params: Fields::extract(request, app).await?,
            visitor,
        })
    }
}

/// A form of somebody who may, from a page of ours that was made for them.
pub(super) struct Sent<R>(pub(super) SignedIn<R>, pub(super) Fields);

impl<R: Role> Extract<PagesState> for Sent<R> {
    async fn extract(request: &mut Buffered, app: &PagesState) -> Result<Self, ApiError> {
        let by = SignedIn::extract(request, app).await?;
        let Form(form) = Form::extract(request, app).await?;
        let given = form.text("csrf").unwrap_or_default();
        let Visitor { principal, session, .. } = &by.visitor;
        if app.sessions().is_form_token(given, principal, session.as_ref()) {
            Ok(Self(by, form))
        } else {
            Err(RequestError::StaleForm.into())
        }
    }
}
