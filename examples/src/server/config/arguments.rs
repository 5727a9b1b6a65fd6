//! Every setting by name: as an option, and as a variable of the environment. Read as text, so that all faults can be told at once.

use std::path::PathBuf;

use clap::{Args, Parser};

/// Self-service rebooking: the example server with demo data, in memory or on PostgreSQL.
///
/// Times are written like 30d, 24h, 15m, 60s or 500ms.
#[derive(Parser)]
#[command(name = "server")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) http: Http,
    #[command(flatten)]
    pub(crate) database: Database,
    #[command(flatten)]
    pub(crate) mail: Mail,
    #[command(flatten)]
    pub(crate) secrets: Secrets,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) delivery: DeliveryNumbers,
}

#[derive(Args)]
#[command(next_help_heading = "Server")]
pub(crate) struct Http {
    /// Where to listen
    #[arg(long, env = "REBOOKING_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,
    /// What links in mails begin with; without it, where the server listens
    #[arg(long, env = "REBOOKING_BASE_URL")]
    pub(crate) base_url: Option<String>,
    /// The longest body of a request, in bytes
    #[arg(long, env = "REBOOKING_BODY_LIMIT", default_value = "16384")]
    pub(crate) body_limit: String,
    /// How long a caller waits for an answer
    #[arg(long, env = "REBOOKING_REQUEST_DEADLINE", default_value = "20s")]
    pub(crate) request_deadline: String,
    /// How long a caller may take for the head of a request
    #[arg(long, env = "REBOOKING_HEADER_TIMEOUT", default_value = "10s")]
    pub(crate) header_timeout: String,
    /// How many connections are open at once
    #[arg(long, env = "REBOOKING_CONNECTIONS", default_value = "1024")]
    pub(crate) connections: String,
    /// How long requests under way may take once the server is told to stop
    #[arg(long, env = "REBOOKING_DRAIN", default_value = "25s")]
    pub(crate) drain: String,
    /// Proxies that are believed about for whom they ask: addresses or networks like 10.0.0.0/8, separated by commas. Behind a proxy
    /// that is not named, all callers share one limit
    #[arg(long, env = "REBOOKING_TRUSTED_PROXIES", default_value = "")]
    pub(crate) trusted_proxies: String,
    /// The header in which they say it: x-forwarded-for or forwarded
    #[arg(long, env = "REBOOKING_FORWARDED_BY", default_value = "x-forwarded-for")]
    pub(crate) forwarded_by: String,
    /// How many requests an address may send at once, and then how many a minute; off for no limit
    #[arg(long, env = "REBOOKING_ADDRESS_LIMIT", default_value = "240,240")]
    pub(crate) address_limit: String,
    /// How many requests about one link there may be at once, and then how many a minute; off for no limit
    #[arg(long, env = "REBOOKING_LINK_LIMIT", default_value = "30,30")]
    pub(crate) link_limit: String,
    /// What to log, as tracing's filter directives
    #[arg(long, env = "REBOOKING_LOG", default_value = "info")]
    pub(crate) log: String,
    /// text or json
    #[arg(long, env = "REBOOKING_LOG_FORMAT", default_value = "text")]
    pub(crate) log_format: String,
}

#[derive(Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Database {
    /// Where PostgreSQL is: postgres://user:password@host/name; without it everything is kept in memory
    #[arg(long, env = "REBOOKING_DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    #[arg(long, env = "REBOOKING_DATABASE_URL_FILE")]
    pub(crate) database_url_file: Option<PathBuf>,
    /// The schema that holds the tables; without it, where the role's search path points
    #[arg(long, env = "REBOOKING_DATABASE_SCHEMA")]
    pub(crate) database_schema: Option<String>,
    /// How many connections this server opens
    #[arg(long, env = "REBOOKING_DATABASE_CONNECTIONS", default_value = "8")]
    pub(crate) database_connections: String,
    /// Bring the database up to date, and end
    #[arg(long)]
    pub(crate) migrate_only: bool,
    /// Start without bringing the database up to date
    #[arg(long, env = "REBOOKING_NO_MIGRATION")]
    pub(crate) no_migration: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Mail")]
pub(crate) struct Mail {
    /// The mail server: smtp://user:password@host:587, or smtps:// for port 465; without it the demo catches all mails
    #[arg(long, env = "REBOOKING_SMTP_URL", hide_env_values = true)]
    pub(crate) smtp_url: Option<String>,
    #[arg(long, env = "REBOOKING_SMTP_URL_FILE")]
    pub(crate) smtp_url_file: Option<PathBuf>,
    /// starttls, implicit or none (to this machine only); without it, what the address says
    #[arg(long, env = "REBOOKING_SMTP_TLS")]
    pub(crate) smtp_tls: Option<String>,
    /// Certificates in PEM that are trusted beside those of the system
    #[arg(long, env = "REBOOKING_SMTP_CA_FILE")]
    pub(crate) smtp_ca_file: Option<PathBuf>,
    /// A folder that mails are written into as .eml files, instead of being sent
    #[arg(long, env = "REBOOKING_MAIL_FOLDER")]
    pub(crate) mail_folder: Option<PathBuf>,
    /// The address that mails come from; needed with a mail server or a folder
    #[arg(long, env = "REBOOKING_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// Where answers go; without it, the brand's support
    #[arg(long, env = "REBOOKING_MAIL_REPLY_TO")]
    pub(crate) mail_reply_to: Option<String>,
    /// Where reports of failed delivery go; without it, the address that mails come from
    #[arg(long, env = "REBOOKING_MAIL_BOUNCES")]
    pub(crate) mail_bounces: Option<String>,
}

/// Each of them also from a file.
#[derive(Args)]
#[command(next_help_heading = "Secrets, each also from a file")]
pub(crate) struct Secrets {
    /// What links are derived from: at least 64 hex digits (openssl rand -hex 32); without it a random one
    #[arg(long, env = "REBOOKING_LINK_KEY", hide_env_values = true)]
    pub(crate) link_key: Option<String>,
    #[arg(long, env = "REBOOKING_LINK_KEY_FILE")]
    pub(crate) link_key_file: Option<PathBuf>,
    /// The number of that key; a new key takes a new number
    #[arg(long, env = "REBOOKING_LINK_KEY_ID", default_value = "1")]
    pub(crate) link_key_id: String,
    /// Keys that links in the mail were derived from before: number=key, separated by commas or lines
    #[arg(long, env = "REBOOKING_RETIRED_LINK_KEYS", hide_env_values = true)]
    pub(crate) retired_link_keys: Option<String>,
    #[arg(long, env = "REBOOKING_RETIRED_LINK_KEYS_FILE")]
    pub(crate) retired_link_keys_file: Option<PathBuf>,
    /// What sign-ins on pages are signed with: at least 64 hex digits, the same for every server; without it a random one
    #[arg(long, env = "REBOOKING_SESSION_KEY", hide_env_values = true)]
    pub(crate) session_key: Option<String>,
    #[arg(long, env = "REBOOKING_SESSION_KEY_FILE")]
    pub(crate) session_key_file: Option<PathBuf>,
    /// Bearer tokens of partners: partner-number=token, separated by commas or lines
    #[arg(long, env = "REBOOKING_PARTNER_TOKENS", hide_env_values = true)]
    pub(crate) partner_tokens: Option<String>,
    #[arg(long, env = "REBOOKING_PARTNER_TOKENS_FILE")]
    pub(crate) partner_tokens_file: Option<PathBuf>,
    /// Bearer tokens of support: name=token, separated by commas or lines
    #[arg(long, env = "REBOOKING_SUPPORT_TOKENS", hide_env_values = true)]
    pub(crate) support_tokens: Option<String>,
    #[arg(long, env = "REBOOKING_SUPPORT_TOKENS_FILE")]
    pub(crate) support_tokens_file: Option<PathBuf>,
}

#[derive(Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct Rules {
    /// How long a link works
    #[arg(long, env = "REBOOKING_VALIDITY", default_value = "30d")]
    pub(crate) validity: String,
    /// A date is offered no later than this before its start
    #[arg(long, env = "REBOOKING_MINIMUM_NOTICE", default_value = "24h")]
    pub(crate) minimum_notice: String,
    /// A date is offered no earlier than this before its start
    #[arg(long, env = "REBOOKING_HORIZON", default_value = "365d")]
    pub(crate) horizon: String,
    /// How many declines of one case are answered with a link
    #[arg(long, env = "REBOOKING_STEP_LIMIT", default_value = "3")]
    pub(crate) step_limit: String,
    /// How many expired links of one case the customer may replace
    #[arg(long, env = "REBOOKING_RENEWAL_LIMIT", default_value = "3")]
    pub(crate) renewal_limit: String,
    /// How many wrong e-mail addresses a link forgives within the window
    #[arg(long, env = "REBOOKING_ATTEMPTS_IN_WINDOW", default_value = "5")]
    pub(crate) attempts_in_window: String,
    /// That window
    #[arg(long, env = "REBOOKING_ATTEMPTS_WINDOW", default_value = "15m")]
    pub(crate) attempts_window: String,
    /// How many wrong e-mail addresses a link forgives in all
    #[arg(long, env = "REBOOKING_ATTEMPTS_IN_ALL", default_value = "20")]
    pub(crate) attempts_in_all: String,
    /// When the new date has another price: equal-only, absorb or settle
    #[arg(long, env = "REBOOKING_PRICE_RULE", default_value = "absorb")]
    pub(crate) price_rule: String,
    /// How the shop carries a rebooking: keep-order or linked-order
    #[arg(long, env = "REBOOKING_ORDERS", default_value = "keep-order")]
    pub(crate) orders: String,
    /// Whether customers may ask for their money back: true or false
    #[arg(long, env = "REBOOKING_MONEY_BACK", default_value = "true")]
    pub(crate) money_back: String,
    /// How long before its expiry an unused link is recalled to mind; 0s for never
    #[arg(long, env = "REBOOKING_REMINDER_BEFORE", default_value = "7d")]
    pub(crate) reminder_before: String,
    /// How long after the end of a case its personal data is kept
    #[arg(long, env = "REBOOKING_PURGE_AFTER", default_value = "90d")]
    pub(crate) purge_after: String,
    /// How long an answer waits for the number of a linked order
    #[arg(long, env = "REBOOKING_ORDER_WAIT", default_value = "2s")]
    pub(crate) order_wait: String,
}

#[derive(Args)]
#[command(next_help_heading = "Delivery of mails, orders and tickets")]
pub(crate) struct DeliveryNumbers {
    /// How long an effect belongs to the worker that claimed it
    #[arg(long, env = "REBOOKING_LEASE", default_value = "60s")]
    pub(crate) lease: String,
    /// How long one call to the outside may take
    #[arg(long, env = "REBOOKING_DEADLINE", default_value = "30s")]
    pub(crate) deadline: String,
    /// How often to look for work when nobody wakes the worker
    #[arg(long, env = "REBOOKING_POLL", default_value = "1s")]
    pub(crate) poll: String,
    /// How many effects of one lane are under way at once
    #[arg(long, env = "REBOOKING_AT_ONCE", default_value = "10")]
    pub(crate) at_once: String,
    /// The first pause before trying again; it doubles each time
    #[arg(long, env = "REBOOKING_BACKOFF_BASE", default_value = "2s")]
    pub(crate) backoff_base: String,
    /// The longest pause
    #[arg(long, env = "REBOOKING_BACKOFF_CAP", default_value = "15m")]
    pub(crate) backoff_cap: String,
    /// How long a lane is closed whose other side refuses us, as after a changed password
    #[arg(long, env = "REBOOKING_BARRED_PAUSE", default_value = "60s")]
    pub(crate) barred_pause: String,
    /// The least pause after an outcome that is unknown
    #[arg(long, env = "REBOOKING_GRACE", default_value = "60s")]
    pub(crate) grace: String,
    /// After so many tries support must look
    #[arg(long, env = "REBOOKING_TRIES", default_value = "20")]
    pub(crate) tries: String,
    /// After this time support must look
    #[arg(long, env = "REBOOKING_GIVE_UP_AFTER", default_value = "5d")]
    pub(crate) give_up_after: String,
    /// How often to look for what time has brought about: expiry, reminders, the purge
    #[arg(long, env = "REBOOKING_SWEEP_EVERY", default_value = "60s")]
    pub(crate) sweep_every: String,
}
