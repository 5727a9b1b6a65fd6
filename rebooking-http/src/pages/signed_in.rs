//! What only who is signed in may read and send.

use rebooking_core::value::ids::PartnerId;

use super::state::PagesState;
use super::visitor::Visitor;
use crate::auth::Principal;
use crate::error::{ApiError, RequestError};
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

/// Somebody who may read a page.
pub(super) struct SignedIn<R>(pub(super) R, pub(super) Visitor);

impl<R: Role> Extract<PagesState> for SignedIn<R> {
    async fn extract(request: &mut Buffered, _app: &PagesState) -> Result<Self, ApiError> {
        let visitor: Visitor =
            request.parts.extensions.get().cloned().ok_or(RequestError::NotSignedIn)?;
        let role = R::from_principal(&visitor.principal).ok_or(RequestError::WrongRole)?;
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
