//! The endpoint of events: whether it can be reached. It is sent none.

use std::time::Duration;

use rebooking_core::ports::PortError;

use super::finding::Finding;
use crate::config::Config;

const ABOUT: &str = "events";
const NOT_REACHED: &str = "look whether REBOOKING_WEBHOOK_URL can be reached from here, and \
                           whether its certificate is trusted";

pub(super) async fn look(config: &Config) -> Finding {
    let Some(webhooks) = &config.webhooks else {
        return Finding::not_asked(ABOUT, "REBOOKING_WEBHOOK_URL is not set");
    };
    let webhooks = match webhooks.webhooks() {
        Ok(webhooks) => webhooks,
        Err(wrong) => return Finding::missing(ABOUT, wrong.to_string()),
    };
    let deadline = config.policy.delivery.deadline.to_std().unwrap_or(Duration::MAX);
    match tokio::time::timeout(deadline, webhooks.reach()).await {
        Ok(Ok(status)) => answered(status.as_u16()),
        Ok(Err(error)) => not_reached(&error),
        Err(_late) => Finding::missing(ABOUT, "no answer in time").with(NOT_REACHED),
    }
}

fn not_reached(error: &PortError) -> Finding {
    Finding::missing(ABOUT, error.phrase()).with(NOT_REACHED)
}

/// What an answer says that was no event's: only a refusal of whoever asks is one of events, too.
fn answered(status: u16) -> Finding {
    match status {
        300..=399 => Finding::missing(ABOUT, format!("the endpoint redirects ({status})"))
            .with("events follow nowhere: name the address that it leads to"),
        502..=504 => Finding::missing(ABOUT, format!("the endpoint is away ({status})"))
            .with("events wait until it is back"),
        404 | 410 => Finding::fine(ABOUT, "the endpoint can be reached").with(format!(
            "it answers {status} to a HEAD: events wait if it answers a POST so, too"
        )),
        _ => Finding::fine(ABOUT, "the endpoint can be reached"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Status;
    use super::*;

    #[test]
    fn who_takes_posts_alone_is_there_and_who_redirects_or_is_away_is_not() {
        for status in [200, 204, 400, 401, 403, 404, 405, 410, 500, 501] {
            assert_eq!(answered(status).status, Status::Fine, "{status}");
        }
        for status in [301, 302, 308, 502, 503, 504] {
            assert_eq!(answered(status).status, Status::Missing, "{status}");
        }
    }
}
