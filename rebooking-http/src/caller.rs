//! Who calls, and whether they may.

use http::header::AUTHORIZATION;
use http::request::Parts;
use rebooking_core::value::ids::PartnerId;

use crate::auth::Principal;
use crate::edge::host;
use crate::edge::rate_limit::KnownAddress;
use crate::error::{ApiError, RequestError};
use crate::extract::handler::{Buffered, Extract};
use crate::state::AppState;

/// Who sends a request: nobody, unless it proves who they are and there is something here for them.
pub(crate) async fn sender(
    app: &AppState,
    parts: &mut Parts,
) -> Result<Option<Principal>, ApiError> {
    let found = authenticated(app, parts).await?;
    Ok(found.filter(|principal| app.settings().enabled.has(principal)))
}

/// Refuses whoever is not of support, also where support has no part of the service: a process that
/// only delivers can be watched all the same.
pub(crate) async fn demand_support(request: &mut Buffered, app: &AppState) -> Result<(), ApiError> {
    match authenticated(app, &mut request.parts).await? {
        Some(Principal::Support(_)) => Ok(()),
        Some(Principal::Partner(_)) => Err(RequestError::WrongRole.into()),
        None => Err(RequestError::NotSignedIn.into()),
    }
}

async fn authenticated(app: &AppState, parts: &mut Parts) -> Result<Option<Principal>, ApiError> {
    let address = KnownAddress::from_extensions(&parts.extensions);
    let shows_token = parts.headers.contains_key(AUTHORIZATION);
    if shows_token {
        app.limits().may_show_token(address)?;
    }
    let asked = host::as_handed_in(parts);
    let found = app.settings().authenticator.authenticate(asked.parts()).await;
    drop(asked);
    let found = found.map_err(|error| ApiError::Core(error.into()))?;
    if shows_token && found.is_none() {
        app.limits().wrong_token(address);
    }
    Ok(found)
}

/// A caller who is a partner, and what they act on.
pub(crate) struct PartnerCaller {
    pub(crate) app: AppState,
    pub(crate) partner: PartnerId,
}

impl Extract<AppState> for PartnerCaller {
    async fn extract(request: &mut Buffered, app: &AppState) -> Result<Self, ApiError> {
        match signed_in(request, app).await? {
            Principal::Partner(partner) => Ok(Self { app: app.clone(), partner }),
            Principal::Support(_) => Err(RequestError::WrongRole.into()),
        }
    }
}

/// A caller who is of support, and what they act on.
pub(crate) struct SupportCaller {
    pub(crate) app: AppState,
    pub(crate) name: String,
}

impl Extract<AppState> for SupportCaller {
    async fn extract(request: &mut Buffered, app: &AppState) -> Result<Self, ApiError> {
        match signed_in(request, app).await? {
            Principal::Support(name) => Ok(Self { app: app.clone(), name }),
            Principal::Partner(_) => Err(RequestError::WrongRole.into()),
        }
    }
}

async fn signed_in(request: &mut Buffered, app: &AppState) -> Result<Principal, ApiError> {
    sender(app, &mut request.parts).await?.ok_or_else(|| RequestError::NotSignedIn.into())
}
