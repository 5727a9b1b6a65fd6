//! Where logs go: to standard error, as lines for people or as JSON for machines.

use std::error::Error;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Begins to log.
pub(crate) fn start(config: &Config) -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_new(&config.log)?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => logs.with_target(false).init(),
        LogFormat::Json => logs.json().init(),
    }
    Ok(())
}
