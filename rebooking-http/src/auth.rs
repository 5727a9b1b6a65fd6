//! How somebody proves who they are: the port that hosts fill, fixed tokens, and on pages a
//! session.

mod authenticator;
mod bearer;
#[cfg(feature = "pages")]
mod csrf;
mod principal;
#[cfg(feature = "pages")]
pub(crate) mod session;

pub use authenticator::Authenticator;
pub use bearer::StaticTokens;
pub use principal::Principal;
