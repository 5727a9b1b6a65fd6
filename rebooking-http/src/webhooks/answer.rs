//! What an answer, or none, says about the endpoint and about the event.

use http::StatusCode;
use rebooking_core::ports::PortError;

/// Why an event was not taken. Without the address of the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum WebhookFault {
    #[error("no connection to the endpoint")]
    NoConnection,
    #[error("no answer in time")]
    TimedOut,
    #[error("the connection broke before there was an answer")]
    Broken,
    #[error("the request could not be made")]
    Unsendable,
    #[error("the endpoint answered {}", .0.as_u16())]
    Status(StatusCode),
}

impl From<&reqwest::Error> for WebhookFault {
    fn from(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NoConnection
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_builder() {
            Self::Unsendable
        } else {
            Self::Broken
        }
    }
}

impl From<WebhookFault> for PortError {
    fn from(fault: WebhookFault) -> Self {
        let sort = match fault {
            WebhookFault::NoConnection => Self::Unavailable,
            WebhookFault::TimedOut | WebhookFault::Broken => Self::Unknown,
            WebhookFault::Unsendable => Self::Permanent,
            WebhookFault::Status(status) => match status.as_u16() {
                // Whatever were sent: people must look at address or sign-in of the endpoint.
                300..=399 | 401 | 403 | 404 | 405 | 410 => Self::Unauthorized,
                // Too much for it, or it is away.
                429 | 502..=504 => Self::Unavailable,
                // This event; a version to come may take it.
                _ => Self::Transient,
            },
        };
        sort(Box::new(fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_says_whether_it_is_the_endpoint_or_the_event() {
        let whole = |status| matches!(sorted(status), PortError::Unauthorized(_));
        assert!([301, 302, 308, 401, 403, 404, 405, 410].into_iter().all(whole));
        let away = |status| matches!(sorted(status), PortError::Unavailable(_));
        assert!([429, 502, 503, 504].into_iter().all(away));
        let this_one = |status| matches!(sorted(status), PortError::Transient(_));
        assert!([400, 409, 413, 415, 422, 500, 501].into_iter().all(this_one));
    }

    fn sorted(status: u16) -> PortError {
        WebhookFault::Status(StatusCode::from_u16(status).unwrap()).into()
    }
}
