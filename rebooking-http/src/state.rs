//! What every route shares.

use std::sync::Arc;

use rebooking_core::Rebookings;
use rebooking_core::ports::PortError;
use rebooking_core::value::customer::Language;
use sha2::{Digest as _, Sha256};

#[cfg(feature = "pages")]
use crate::auth::session::Sessions;
use crate::edge::cached_for::CachedFor;
use crate::edge::rate_limit::Limits;
use crate::error::ErrorAudience;
use crate::settings::HttpSettings;

/// What every route shares.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Shared>);

struct Shared {
    rebookings: Rebookings,
    settings: HttpSettings,
    limits: Arc<Limits>,
    #[cfg(feature = "pages")]
    sessions: Sessions,
    /// Tells this process from others.
    process: u64,
    readiness: CachedFor<Result<(), Arc<PortError>>>,
    looked: CachedFor<()>,
}

impl AppState {
    pub(crate) fn new(rebookings: Rebookings, settings: HttpSettings) -> Self {
        // Without randomness requests are still told apart within the process, which is better than
        // not starting.
        let random = rebookings.ports().secrets.bytes().unwrap_or_default();
        // Every answer shows the number of the process: it tells nothing of what the limits hash
        // with.
        let process = Sha256::new_with_prefix("process").chain_update(random).finalize();
        let process = process.first_chunk().copied().map(u64::from_le_bytes).unwrap_or_default();
        #[cfg(feature = "pages")]
        let sessions = {
            let secrets = rebookings.ports().secrets.clone();
            Sessions::new(settings.session_key.clone(), &settings.presentation.base, secrets)
        };
        Self(Arc::new(Shared {
            rebookings,
            limits: Arc::new(Limits::new(settings.limits, random)),
            settings,
            #[cfg(feature = "pages")]
            sessions,
            process,
            readiness: CachedFor::default(),
            looked: CachedFor::default(),
        }))
    }

    pub(crate) fn limits(&self) -> &Arc<Limits> {
        &self.0.limits
    }

    /// Tells this process from others.
    pub(crate) fn process(&self) -> u64 {
        self.0.process
    }

    /// A program that is told of an error.
    pub(crate) fn caller(&self, language: Language) -> ErrorAudience<'_> {
        let policy = self.0.rebookings.policy();
        ErrorAudience { language, policy, each_time: false, on_page: false }
    }

    /// Somebody who reads a page.
    #[cfg(feature = "pages")]
    pub(crate) fn reader(&self, language: Language) -> ErrorAudience<'_> {
        ErrorAudience { on_page: true, ..self.caller(language) }
    }

    pub(crate) fn rebookings(&self) -> &Rebookings {
        &self.0.rebookings
    }

    pub(crate) fn settings(&self) -> &HttpSettings {
        &self.0.settings
    }

    /// Whether partners have calendars here to subscribe to.
    pub(crate) fn has_calendars(&self) -> bool {
        let settings = self.settings();
        let is_on = settings.enabled.partner && settings.partner_calendars;
        is_on && self.rebookings().ports().calendars.is_some()
    }

    #[cfg(feature = "pages")]
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// Whether the store answers.
    pub(crate) fn readiness(&self) -> &CachedFor<Result<(), Arc<PortError>>> {
        &self.0.readiness
    }

    /// When what is only known by looking was looked at.
    pub(crate) fn looked(&self) -> &CachedFor<()> {
        &self.0.looked
    }
}
