//! What every page of the demo says at its end, those of the service included.

use rebooking_core::presentation::templates::TemplateFault;
use rebooking_http::Templates;

use super::fakes::is_play;
use crate::config::Config;

/// The template that all pages of the service extend.
const BASE: &str = "base.html";
const END: &str = "</footer>";

/// Says that nothing is kept, and where mails go.
const IN_MEMORY: &str = include_str!("pages/nothing_is_kept.html");
/// Where the settings connect it with something.
const CONNECTED: &str = include_str!("pages/connected.html");

/// The templates of the pages, with that line at the end of each. A host's own template without a
/// footer stays as it is.
pub(crate) fn with_footer(config: &Config) -> Result<Templates, TemplateFault> {
    let pages = config.templates.pages.clone();
    let line = if is_play(config) { IN_MEMORY } else { CONNECTED };
    let base = pages.source(BASE).filter(|_| config.demo);
    match base.map(|base| base.replacen(END, &format!("{line}{END}"), 1)) {
        Some(base) => pages.with(BASE, &base),
        None => Ok(pages),
    }
}
