//! What is logged, and how it is written.

use clap::Args;
use tracing_subscriber::EnvFilter;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Logs, to standard error")]
pub(super) struct Arguments {
    /// What to log, as tracing's filter directives, like info,rebooking_core=debug
    #[arg(long, env = "REBOOKING_LOG", default_value = "info")]
    log: String,
    /// text or json
    #[arg(long, env = "REBOOKING_LOG_FORMAT", default_value = "text")]
    log_format: String,
}

/// Where logs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogConfig {
    pub(crate) filter: String,
    pub(crate) format: LogFormat,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> LogConfig {
        reader.demand(
            EnvFilter::try_new(&self.log).is_ok(),
            "log",
            "filter directives like info,rebooking_core=debug",
        );
        let mut format = LogFormat::Text;
        reader.set(&mut format, "log-format", &self.log_format);
        LogConfig { filter: self.log.clone(), format }
    }
}
