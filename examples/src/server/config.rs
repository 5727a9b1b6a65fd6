//! The settings, from options and environment, checked before anything starts; every fault is told
//! at once.

mod brand;
mod database;
mod delivery;
mod doctor;
mod http;
mod locales;
mod logs;
mod magento;
mod mail;
mod odoo;
mod partners;
mod person;
mod read;
mod rights;
mod role;
mod rules;
mod schedule;
mod secrets;
mod templates;
#[cfg(test)]
mod tests;
mod tls;
mod webhooks;
mod without;

use std::time::Duration;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use rebooking_core::Policy;
use rebooking_core::importer::ImportSettings;
use rebooking_core::ports::partners::PartnerTable;
use rebooking_core::presentation::Brand;

use crate::tls::Certificate;
use read::Reader;

pub(crate) use database::DatabaseConfig;
pub(crate) use doctor::DoctorConfig;
pub(crate) use http::HttpConfig;
pub(crate) use logs::{LogConfig, LogFormat};
pub(crate) use magento::MagentoConfig;
pub(crate) use mail::MailConfig;
pub(crate) use odoo::OdooConfig;
pub(crate) use person::{PersonConfig, Whose};
pub(crate) use role::Role;
pub(crate) use secrets::SecretsConfig;
pub(crate) use templates::TemplatesConfig;
pub(crate) use webhooks::WebhookConfig;

/// Whether the demo is built in (feature `demo`).
const HAS_DEMO: bool = cfg!(feature = "demo");

/// Self-service rebooking: the example server, as a demo in memory, or on PostgreSQL.
///
/// Each setting is an option, and a variable of the environment. Times are written like 30d, 24h,
/// 15m, 60s or 500ms.
#[derive(Parser)]
#[command(name = "server")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// With demo data, and tokens that everybody knows: true or false; without it, true in memory
    /// on this machine, else false
    #[arg(
        long,
        env = "REBOOKING_DEMO",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    demo: Option<String>,
    #[command(flatten)]
    without: without::Arguments,
    #[command(flatten)]
    role: role::Arguments,
    #[command(flatten)]
    http: http::Arguments,
    #[command(flatten)]
    tls: tls::Arguments,
    #[command(flatten)]
    logs: logs::Arguments,
    #[command(flatten)]
    brand: brand::Arguments,
    #[command(flatten)]
    locales: locales::Arguments,
    #[command(flatten)]
    templates: templates::Arguments,
    #[command(flatten)]
    database: database::Arguments,
    #[command(flatten)]
    mail: mail::Arguments,
    #[command(flatten)]
    magento: magento::Arguments,
    #[command(flatten)]
    odoo: odoo::Arguments,
    #[command(flatten)]
    webhooks: webhooks::Arguments,
    #[command(flatten)]
    partners: partners::Arguments,
    #[command(flatten)]
    secrets: secrets::Arguments,
    #[command(flatten)]
    rules: rules::Arguments,
    #[command(flatten)]
    delivery: delivery::Arguments,
    #[command(flatten)]
    schedule: schedule::Arguments,
}

/// What there is beside running.
#[derive(Subcommand)]
enum Command {
    /// Looks whether shop, helpdesk, database and mail server are as the settings want them, and
    /// says what is missing. Changes nothing, sends nothing.
    ///
    /// Ends with 0 when nothing is missing, with 1 when something is, and with 2 when the settings
    /// cannot be read.
    Doctor(doctor::Arguments),
    /// Wipes the personal data of a case, or of every case of a person, and says which. Beside a
    /// server that runs, with its settings.
    Forget(person::ForgetArguments),
    /// Prints all that is stored of a case, or about a person, as JSON. With the settings of the
    /// server.
    Export(person::Arguments),
    /// Prints what the server's role needs in the database, as SQL. The owner of the tables runs it
    /// after each migration; what is granted already stays.
    Rights(rights::Arguments),
}

/// All settings.
pub(crate) struct Config {
    /// Whether there are demo data, and tokens that everybody knows.
    #[cfg(feature = "demo")]
    pub(crate) demo: bool,
    pub(crate) role: Role,
    pub(crate) http: HttpConfig,
    /// Without it a proxy speaks HTTPS.
    pub(crate) certificate: Option<Certificate>,
    pub(crate) logs: LogConfig,
    /// On pages and in mails.
    pub(crate) brand: Brand,
    pub(crate) templates: TemplatesConfig,
    /// Without it everything is kept in memory.
    pub(crate) database: Option<DatabaseConfig>,
    pub(crate) migrate_only: bool,
    /// Without it the demo catches all mails.
    pub(crate) mail: Option<MailConfig>,
    /// Without it the demo has a shop in memory, and elsewhere orders wait.
    pub(crate) magento: Option<MagentoConfig>,
    /// Without it the demo keeps tickets in memory, and elsewhere they wait.
    pub(crate) odoo: Option<OdooConfig>,
    /// Without it there are no events.
    pub(crate) webhooks: Option<WebhookConfig>,
    /// Who gives which course; without it the database's tables say.
    pub(crate) partners: Option<PartnerTable>,
    pub(crate) secrets: SecretsConfig,
    pub(crate) policy: Policy,
    pub(crate) sweep_every: Duration,
    pub(crate) imports: ImportSettings,
    /// What is to be looked at in place of running.
    pub(crate) doctor: Option<DoctorConfig>,
    /// Whose data are to be forgotten or handed out in place of running.
    pub(crate) person: Option<PersonConfig>,
}

/// Settings that make no sense, all of them.
#[derive(Debug, thiserror::Error)]
#[error("the server cannot start with these settings:\n  {}", .0.join("\n  "))]
pub(crate) struct Faults(Vec<String>);

impl Config {
    /// Reads all of it.
    ///
    /// # Errors
    /// [`Faults`], all of them.
    pub(crate) fn read(arguments: &Arguments) -> Result<Self, Faults> {
        let mut reader = Reader::default();
        arguments.locales.install(&mut reader);
        let mut http = arguments.http.read(&mut reader);
        let certificate = arguments.tls.read(&mut reader);
        http.show(certificate.as_ref(), &mut reader);
        let logs = arguments.logs.read(&mut reader);
        let brand = arguments.brand.read(&mut reader);
        let templates = arguments.templates.read(&mut reader);
        let database = arguments.database.read(&mut reader);
        let role = arguments.role.read(arguments.database.is_given(), &mut reader);
        let secrets = arguments.secrets.read(&mut reader);
        let mut policy = Policy::default();
        arguments.rules.read(&mut policy, &mut reader);
        let sweep_every = arguments.delivery.read(&mut policy.delivery, &mut reader);
        let imports = arguments.schedule.read(&mut reader);
        let mail = arguments.mail.read(policy.delivery.deadline, &brand, &templates, &mut reader);
        let magento = arguments.magento.read(policy.delivery.deadline, &mut reader);
        let odoo = arguments.odoo.read(policy.delivery.deadline, &mut reader);
        let webhooks = arguments.webhooks.read(&mut reader);
        let partners = arguments.partners.read(&mut reader);
        reader.policy(&policy.check());
        let migrate_only = arguments.database.migrate_only;
        let demo = arguments.demo.as_deref().and_then(|demo| reader.read("demo", demo));
        if demo == Some(true) && !HAS_DEMO {
            reader.fault("demo", "false: this server is built without the demo");
        }
        let mut doctor = arguments.doctor(&mut reader);
        let person = arguments.person(&mut reader);
        let mut lacking = Reader::default();
        let chosen = HAS_DEMO && demo.unwrap_or(!arguments.is_serious());
        match (chosen, demo) {
            // It brings the tables up to date and lets nobody in.
            _ if migrate_only => {}
            (true, Some(_)) => reader.demand(
                !arguments.magento.is_given(),
                "magento-url",
                "not in the demo, whose bookings no shop has",
            ),
            (true, None) => http.demand_this_machine(&mut reader),
            (false, _) if doctor.is_some() => arguments.demand_all(&secrets, &mut lacking),
            (false, _) => {
                arguments.demand_all(&secrets, &mut lacking);
                let is_complete = !lacking.any();
                reader.append(std::mem::take(&mut lacking));
                reader.demand(
                    !HAS_DEMO || arguments.demo.is_some() || is_complete,
                    "demo",
                    "true for a demo with data, and tokens that everybody knows",
                );
            }
        }
        if let Some(doctor) = &mut doctor {
            doctor.lacking = lacking.faults();
        }
        let faults = reader.faults();
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        Ok(Self {
            #[cfg(feature = "demo")]
            demo: chosen,
            role,
            http,
            certificate,
            logs,
            brand,
            templates,
            database,
            migrate_only,
            mail,
            magento,
            odoo,
            webhooks,
            partners,
            secrets,
            policy,
            sweep_every,
            imports,
            doctor,
            person,
        })
    }
}

impl Arguments {
    /// Options and environment. Ends the process after `--help`, and at an option that does not
    /// exist.
    pub(crate) fn from_environment() -> Self {
        Self::from_arg_matches(&Self::everywhere().get_matches()).unwrap_or_else(|e| e.exit())
    }

    /// Each option may also stand behind the name of a command.
    fn everywhere() -> clap::Command {
        Self::command().mut_args(|argument| argument.global(true))
    }

    /// Whether they ask for a look in place of running.
    pub(crate) const fn asks_for_doctor(&self) -> bool {
        matches!(self.command, Some(Command::Doctor(_)))
    }

    /// The SQL that they ask for in place of running.
    pub(crate) fn rights(&self) -> Option<Result<String, Faults>> {
        match self.command.as_ref()? {
            Command::Rights(arguments) => Some(arguments.sql(self.database.schema())),
            Command::Doctor(_) | Command::Forget(_) | Command::Export(_) => None,
        }
    }

    fn doctor(&self, reader: &mut Reader) -> Option<DoctorConfig> {
        match self.command.as_ref()? {
            Command::Doctor(arguments) => Some(arguments.read(reader)),
            Command::Forget(_) | Command::Export(_) | Command::Rights(_) => None,
        }
    }

    fn person(&self, reader: &mut Reader) -> Option<PersonConfig> {
        match self.command.as_ref()? {
            Command::Doctor(_) | Command::Rights(_) => None,
            Command::Forget(arguments) => arguments.read(reader),
            Command::Export(arguments) => arguments.read(reader),
        }
    }

    /// Whether they name what a demo is not for.
    fn is_serious(&self) -> bool {
        self.database.is_given() || self.magento.is_given()
    }

    /// Outside the demo nothing is made up: no key that ends with the process, no mail that only
    /// the demo shows, nobody let in by a token that everybody knows.
    fn demand_all(&self, secrets: &SecretsConfig, reader: &mut Reader) {
        let outside = "needed outside the demo";
        if !self.database.is_given() {
            reader.fault(
                "database-url",
                &format!("{outside}: nothing that is kept in memory outlasts the server"),
            );
        }
        if self.http.base_url.is_none() {
            reader.fault("base-url", &format!("{outside}: where customers reach the pages"));
        }
        if !self.secrets.has_link_key() {
            reader.fault(
                "link-key",
                &format!("{outside}: links of a random key would end with the server"),
            );
        }
        if !self.mail.has_a_way() {
            reader.fault("smtp-url", &format!("{outside}, or --mail-folder"));
        }
        if !self.secrets.has_tokens() && secrets.tokens.is_empty() {
            reader.fault(
                "support-tokens",
                &format!("{outside}, or --partner-tokens: nobody could sign in"),
            );
        }
        self.without.demand(self.magento.is_given(), self.odoo.is_given(), reader);
        self.brand.demand(reader);
    }
}
