//! Where support's tickets are kept.

use std::path::PathBuf;

use chrono::TimeDelta;
use clap::Args;
use rebooking_core::value::customer::Language;
use rebooking_odoo::{
    Flavour, OdooAddress, OdooSettings, OdooTickets, Protocol, RecordRef, SecretString, reqwest,
};

use super::locales::spoken;
use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Tickets in Odoo")]
pub(super) struct Arguments {
    /// Where Odoo is: https://odoo.example.com, or http on this machine; without it a demo keeps
    /// tickets in memory, and elsewhere they wait
    #[arg(long, env = "REBOOKING_ODOO_URL")]
    odoo_url: Option<String>,
    /// Whether the key may go in clear (http) over a network that is yours from end to end: true or
    /// false
    #[arg(
        long,
        env = "REBOOKING_ODOO_TRUSTED_NETWORK",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true"
    )]
    odoo_trusted_network: String,
    /// The database; from Odoo 19 on only where it has several
    #[arg(long, env = "REBOOKING_ODOO_DATABASE")]
    odoo_database: Option<String>,
    /// The login of the user whose key it is: for Odoo 17 and 18, which are spoken to by JSON-RPC
    #[arg(long, env = "REBOOKING_ODOO_LOGIN")]
    odoo_login: Option<String>,
    /// An API key of the user that writes the tickets
    #[arg(long, env = "REBOOKING_ODOO_KEY", hide_env_values = true)]
    odoo_key: Option<String>,
    #[arg(long, env = "REBOOKING_ODOO_KEY_FILE")]
    odoo_key_file: Option<PathBuf>,
    /// Which helpdesk it has: oca (helpdesk_mgmt) or enterprise
    #[arg(long, env = "REBOOKING_ODOO_FLAVOUR")]
    odoo_flavour: Option<String>,
    /// The team of new tickets: its number, its external id, or its name; needed with enterprise
    #[arg(long, env = "REBOOKING_ODOO_TEAM")]
    odoo_team: Option<String>,
    /// The stage of tickets that wait for the customer, named like a team
    #[arg(long, env = "REBOOKING_ODOO_STAGE_AWAITING_CUSTOMER")]
    odoo_stage_awaiting_customer: Option<String>,
    /// The stage of tickets that wait for the partner
    #[arg(long, env = "REBOOKING_ODOO_STAGE_AWAITING_PARTNER")]
    odoo_stage_awaiting_partner: Option<String>,
    /// The stage of tickets that need support
    #[arg(long, env = "REBOOKING_ODOO_STAGE_NEEDS_SUPPORT")]
    odoo_stage_needs_support: Option<String>,
    /// The stage of tickets that are solved
    #[arg(long, env = "REBOOKING_ODOO_STAGE_SOLVED")]
    odoo_stage_solved: Option<String>,
    /// The language of tickets: de, en, fr or one of --locales-dir; without it, the customer's
    #[arg(long, env = "REBOOKING_ODOO_LANGUAGE")]
    odoo_language: Option<String>,
    /// The longest that all calls for one note may take; shorter than --deadline
    #[arg(long, env = "REBOOKING_ODOO_DEADLINE", default_value = "25s")]
    odoo_deadline: String,
}

/// The Odoo that tickets are written into.
pub(crate) struct OdooConfig(pub(super) OdooSettings);

impl Arguments {
    pub(super) const fn is_given(&self) -> bool {
        self.odoo_url.is_some()
    }

    /// `deadline` is that of the worker around each call.
    pub(super) fn read(&self, deadline: TimeDelta, reader: &mut Reader) -> Option<OdooConfig> {
        let (key, file) = (self.odoo_key.as_deref(), self.odoo_key_file.as_deref());
        let key = reader.secret("odoo-key", key, file);
        let Some(url) = &self.odoo_url else {
            self.demand_nothing(reader);
            return None;
        };
        if self.odoo_key.is_none() && self.odoo_key_file.is_none() {
            reader.fault("odoo-key", "an API key of the user that writes the tickets");
        }
        let address = self.address(url, reader);
        let flavour = self.flavour(reader);
        let protocol = self.protocol(reader);
        let (address, key, flavour) = (address?, key?, flavour?);
        let mut settings = OdooSettings::new(address, protocol?, SecretString::from(key), flavour);
        settings.team = reference("odoo-team", self.odoo_team.as_deref(), reader);
        if flavour == Flavour::Enterprise {
            reader.demand(self.odoo_team.is_some(), "odoo-team", "needed with enterprise");
        }
        self.set_stages(&mut settings, reader);
        settings.language = self.language(reader);
        let total: TimeDelta = reader.read("odoo-deadline", &self.odoo_deadline)?;
        // Calls that are cut short by the worker would not say how far they had come.
        reader.demand(
            total > TimeDelta::zero() && total < deadline,
            "odoo-deadline",
            "more than nothing, and shorter than --deadline, which is shorter than --lease",
        );
        settings.limits.total = total.to_std().unwrap_or_default();
        let config = OdooConfig(settings);
        if let Err(wrong) = config.tickets(reqwest::Client::new()) {
            reader.fault("odoo-key", &wrong.to_string());
        }
        Some(config)
    }

    fn demand_nothing(&self, reader: &mut Reader) {
        for (given, name) in [
            (self.odoo_database.is_some(), "odoo-database"),
            (self.odoo_login.is_some(), "odoo-login"),
            (self.odoo_key.is_some() || self.odoo_key_file.is_some(), "odoo-key"),
            (self.odoo_flavour.is_some(), "odoo-flavour"),
            (self.odoo_team.is_some(), "odoo-team"),
            (self.odoo_stage_awaiting_customer.is_some(), "odoo-stage-awaiting-customer"),
            (self.odoo_stage_awaiting_partner.is_some(), "odoo-stage-awaiting-partner"),
            (self.odoo_stage_needs_support.is_some(), "odoo-stage-needs-support"),
            (self.odoo_stage_solved.is_some(), "odoo-stage-solved"),
            (self.odoo_language.is_some(), "odoo-language"),
        ] {
            reader.demand(!given, name, "only with --odoo-url");
        }
    }

    fn address(&self, url: &str, reader: &mut Reader) -> Option<OdooAddress> {
        let trusted = reader.read("odoo-trusted-network", &self.odoo_trusted_network)?;
        let address = if trusted { OdooAddress::in_trusted_network(url) } else { url.parse() };
        address.map_err(|wrong| reader.fault("odoo-url", &wrong.to_string())).ok()
    }

    fn flavour(&self, reader: &mut Reader) -> Option<Flavour> {
        let flavour = self.odoo_flavour.as_deref().unwrap_or_default().trim().parse();
        let wanted = "oca (helpdesk_mgmt) or enterprise";
        flavour.map_err(|_| reader.fault("odoo-flavour", wanted)).ok()
    }

    /// A login is for JSON-RPC alone, which also needs the database.
    fn protocol(&self, reader: &mut Reader) -> Option<Protocol> {
        let database = self.odoo_database.clone();
        let Some(login) = self.odoo_login.clone() else {
            return Some(Protocol::Json2 { database });
        };
        reader.demand(database.is_some(), "odoo-database", "needed with --odoo-login");
        Some(Protocol::JsonRpc { database: database?, login })
    }

    fn set_stages(&self, settings: &mut OdooSettings, reader: &mut Reader) {
        let stages = &mut settings.stages;
        for (place, name, text) in [
            (
                &mut stages.awaiting_customer,
                "odoo-stage-awaiting-customer",
                &self.odoo_stage_awaiting_customer,
            ),
            (
                &mut stages.awaiting_partner,
                "odoo-stage-awaiting-partner",
                &self.odoo_stage_awaiting_partner,
            ),
            (&mut stages.needs_support, "odoo-stage-needs-support", &self.odoo_stage_needs_support),
            (&mut stages.solved, "odoo-stage-solved", &self.odoo_stage_solved),
        ] {
            if let Some(stage) = reference(name, text.as_deref(), reader) {
                *place = Some(stage);
            }
        }
    }

    fn language(&self, reader: &mut Reader) -> Option<Language> {
        let code = self.odoo_language.as_deref()?;
        spoken(code).map_err(|wanted| reader.fault("odoo-language", &wanted)).ok()
    }
}

impl OdooConfig {
    /// The tickets there. Calls nobody yet.
    ///
    /// # Errors
    /// What reading the settings has told already.
    pub(crate) fn tickets(
        &self,
        http: reqwest::Client,
    ) -> Result<OdooTickets, rebooking_odoo::UnusableSettings> {
        OdooTickets::new(http, self.0.clone())
    }
}

fn reference(name: &str, text: Option<&str>, reader: &mut Reader) -> Option<RecordRef> {
    let reference = text?.parse::<RecordRef>();
    reference.map_err(|wrong| reader.fault(name, &wrong.to_string())).ok()
}
