//! The helpdesk: sign-in, fields, team and stages.

use rebooking_core::ports::PortError;

use super::finding::Finding;
use crate::config::Config;

pub(super) async fn look(config: &Config) -> Finding {
    let Some(odoo) = &config.odoo else {
        return Finding::not_asked("helpdesk", "REBOOKING_ODOO_URL is not set");
    };
    let http = rebooking_odoo::client_builder().build();
    let tickets = http.map_err(|error| error.to_string()).and_then(|http| {
        let tickets = odoo.tickets(http);
        tickets.map_err(|wrong| wrong.to_string())
    });
    match tickets {
        Err(wrong) => Finding::missing("helpdesk", wrong),
        Ok(tickets) => match tickets.check().await {
            Ok(()) => Finding::fine("helpdesk", "its fields, the team and the stages are there"),
            Err(error) => Finding::missing("helpdesk", error.phrase()).with(advice(&error)),
        },
    }
}

/// What to do about it.
const fn advice(error: &PortError) -> &'static str {
    match error {
        PortError::Unauthorized(_) => {
            "look at the key, the login, the database, the names of team and stages, and whether \
             the user may read all tickets (Helpdesk: User)"
        }
        PortError::Permanent(_) | PortError::InvalidRecipient(_) => {
            "look whether it is Odoo that answers at REBOOKING_ODOO_URL"
        }
        _ => "look whether REBOOKING_ODOO_URL can be reached from here, and try again",
    }
}
