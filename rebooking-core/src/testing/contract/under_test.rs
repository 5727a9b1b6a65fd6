//! A store as the suites look at it: two ports, or three.

use std::ops::Deref;
use std::sync::Arc;

use crate::policy::Policy;
use crate::ports::{
    EffectQueue, PartnerCalendars, PersonalData, Ports, PortsBuilder, RebookingStore, Reports,
};
use crate::testing::{MemoryEvents, SettableClock, World, samples};

/// What the suites of store, queue and reports test: fresh and empty. It acts as its store.
///
/// One adapter that is all three comes by `From`. A store whose host has lists of its own comes
/// [without reports](Self::without_reports): then the suites of store and queue look at it by these
/// two alone.
#[derive(Clone)]
pub struct StoreUnderTest {
    store: Arc<dyn RebookingStore>,
    pub(super) queue: Arc<dyn EffectQueue>,
    pub(super) reports: Option<Arc<dyn Reports>>,
    pub(super) personal: Option<Arc<dyn PersonalData>>,
    pub(super) calendars: Option<Arc<dyn PartnerCalendars>>,
}

impl StoreUnderTest {
    /// A store that is a queue, and no reports.
    #[must_use]
    pub fn without_reports<S: RebookingStore + EffectQueue + 'static>(store: S) -> Self {
        let store = Arc::new(store);
        let queue = store.clone();
        Self { store, queue, reports: None, personal: None, calendars: None }
    }

    /// Three adapters on the same data.
    #[must_use]
    pub fn new(
        store: Arc<dyn RebookingStore>,
        queue: Arc<dyn EffectQueue>,
        reports: Arc<dyn Reports>,
    ) -> Self {
        Self { store, queue, reports: Some(reports), personal: None, calendars: None }
    }

    /// One adapter that is all of these, and knows whose data it keeps.
    #[must_use]
    pub fn with_personal<S>(store: S) -> Self
    where
        S: RebookingStore + EffectQueue + Reports + PersonalData + 'static,
    {
        let store = Arc::new(store);
        let personal: Option<Arc<dyn PersonalData>> = Some(store.clone());
        Self { personal, ..Self::new(store.clone(), store.clone(), store) }
    }

    /// One adapter that is all of these, and keeps partners' calendars.
    #[must_use]
    pub fn with_calendars<S>(store: S) -> Self
    where
        S: RebookingStore + EffectQueue + Reports + PartnerCalendars + 'static,
    {
        let store = Arc::new(store);
        let calendars: Option<Arc<dyn PartnerCalendars>> = Some(store.clone());
        Self { calendars, ..Self::new(store.clone(), store.clone(), store) }
    }

    pub(super) fn reports(&self) -> &dyn Reports {
        self.reports.as_deref().expect("the suite of reports tests reports")
    }

    /// The use cases on this store.
    pub(super) fn world(&self, clock: SettableClock, policy: Policy) -> World<dyn RebookingStore> {
        self.world_with(Ports::builder(), clock, policy)
    }

    /// The same, with events switched on.
    pub(super) fn world_with_events(&self, events: &MemoryEvents) -> World<dyn RebookingStore> {
        let ports = Ports::builder().events(Arc::new(events.clone()));
        self.world_with(ports, SettableClock::at(samples::now()), Policy::default())
    }

    fn world_with(
        &self,
        ports: PortsBuilder,
        clock: SettableClock,
        policy: Policy,
    ) -> World<dyn RebookingStore> {
        let mut ports = ports.store(self.store.clone()).queue(self.queue.clone());
        if let Some(reports) = &self.reports {
            ports = ports.reports(reports.clone());
        }
        if let Some(personal) = &self.personal {
            ports = ports.personal(personal.clone());
        }
        World::with_ports(self.store.clone(), ports, clock, policy)
    }
}

impl<S: RebookingStore + EffectQueue + Reports + 'static> From<S> for StoreUnderTest {
    fn from(store: S) -> Self {
        let store = Arc::new(store);
        Self::new(store.clone(), store.clone(), store)
    }
}

impl Deref for StoreUnderTest {
    type Target = dyn RebookingStore;

    fn deref(&self) -> &Self::Target {
        self.store.as_ref()
    }
}

impl std::fmt::Debug for StoreUnderTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreUnderTest").finish_non_exhaustive()
    }
}
