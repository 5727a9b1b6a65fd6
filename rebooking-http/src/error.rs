//! Why a request got no answer of success: each error with its code, its status and its message.
//! How it is answered is up to the API and to the pages, each in its own way.

mod api_error;
mod code;
mod response;

pub(crate) use api_error::{ApiError, RequestError, Wanted};
pub(crate) use code::Code;
pub(crate) use response::{ErrorAudience, ErrorResponse};
