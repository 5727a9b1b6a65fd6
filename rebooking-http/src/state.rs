//! What every route shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rebooking_core::Rebookings;
use rebooking_core::ports::PortError;
use rebooking_core::value::customer::Language;
use sha2::{Digest as _, Sha256};
use tokio_util::task::TaskTracker;

use crate::auth::session::Sessions;
use crate::edge::cached_for::CachedFor;
use crate::edge::origin::WebOrigin;
use crate::edge::rate_limit::Limits;
use crate::error::ErrorAudience;
use crate::pages::Pages;
use crate::settings::HttpSettings;

/// What every route shares.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Shared>);

struct Shared {
    rebookings: Rebookings,
    settings: HttpSettings,
    limits: Limits,
    origin: Option<WebOrigin>,
    pages: Pages,
    sessions: Sessions,
    running: TaskTracker,
    /// Tells the requests of this process from those of others: the beginning of their ids.
    process: String,
    served: AtomicU64,
    readiness: CachedFor<Result<(), Arc<PortError>>>,
    looked: CachedFor<()>,
}

impl AppState {
    pub(crate) fn new(
        rebookings: Rebookings,
        settings: HttpSettings,
        running: TaskTracker,
    ) -> Self {
        // Without randomness requests are still told apart within the process, which is better than
        // not starting.
        let random = rebookings.ports().secrets.bytes().unwrap_or_default();
        // Every answer shows the number of the process: it tells nothing of what the limits hash
        // with.
        let process = Sha256::new_with_prefix("process").chain_update(random).finalize();
        let process = process.first_chunk().copied().map(u64::from_le_bytes).unwrap_or_default();
        let process = format!("{process:016x}-");
        let limits = Limits::new(settings.limits, random);
        let pages = Pages::new(&settings);
        let secrets = rebookings.ports().secrets.clone();
        let sessions = Sessions::new(settings.session_key.clone(), &settings.base, secrets);
        let origin = settings.base.as_str().parse().ok();
        Self(Arc::new(Shared {
            rebookings,
            settings,
            limits,
            origin,
            pages,
            sessions,
            running,
            process,
            served: AtomicU64::new(0),
            readiness: CachedFor::default(),
            looked: CachedFor::default(),
        }))
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Where pages of ours come from.
    pub(crate) fn origin(&self) -> Option<&WebOrigin> {
        self.0.origin.as_ref()
    }

    /// Somebody who is told something.
    pub(crate) fn caller(&self, language: Language) -> ErrorAudience<'_> {
        ErrorAudience {
            language,
            policy: self.0.rebookings.policy(),
            each_time: false,
            on_page: false,
        }
    }

    /// Somebody who reads a page.
    pub(crate) fn reader(&self, language: Language) -> ErrorAudience<'_> {
        ErrorAudience { on_page: true, ..self.caller(language) }
    }

    pub(crate) fn rebookings(&self) -> &Rebookings {
        &self.0.rebookings
    }

    pub(crate) fn settings(&self) -> &HttpSettings {
        &self.0.settings
    }

    pub(crate) fn pages(&self) -> &Pages {
        &self.0.pages
    }

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

    pub(crate) fn running(&self) -> &TaskTracker {
        &self.0.running
    }

    pub(crate) fn next_request_id(&self) -> String {
        self.0.process.clone()
            + itoa::Buffer::new().format(self.0.served.fetch_add(1, Ordering::Relaxed))
    }
}
