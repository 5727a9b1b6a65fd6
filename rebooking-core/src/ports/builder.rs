//! All ports of one installation, put together step by step, so that a port that is new in a later
//! version breaks no host.

use std::sync::Arc;

use super::{
    Clock, DateImports, EffectQueue, EventSink, EventSwitch, Mailer, Orders, PartnerCalendars,
    Partners, PersonalData, RebookingStore, Reports, Schedule, SecretSource, SignOuts, Tickets,
    UnclaimedOrders,
};

/// Everything outside that the use cases need.
#[derive(Clone)]
#[non_exhaustive]
pub struct Ports {
    /// Tokens, places, confirmation requests, effects and history.
    pub store: Arc<dyn RebookingStore>,
    /// The effects in that store, as workers claim them.
    pub queue: Arc<dyn EffectQueue>,
    /// Lists of what is in that store; a host with lists of its own leaves them out.
    pub reports: Option<Arc<dyn Reports>>,
    /// What of that store is about whom; a host that leaves it out answers for that by other means.
    pub personal: Option<Arc<dyn PersonalData>>,
    /// Who has signed out; without it signing out takes nothing but the browser's own cookie.
    pub sign_outs: Option<Arc<dyn SignOuts>>,
    /// The addresses of partners' calendars; without it there are none.
    pub calendars: Option<Arc<dyn PartnerCalendars>>,
    /// Where dates come from when they are not kept in the store alone.
    pub schedule: Option<OuterSchedule>,
    /// Who gives a course that the schedule says nothing of.
    pub partners: Option<Arc<dyn Partners>>,
    /// The list of orders that nobody claims; without it who watches the shop logs them alone.
    pub unclaimed: Option<Arc<dyn UnclaimedOrders>>,
    /// Where events go; without it there are none.
    pub events: Option<Arc<dyn EventSink>>,
    /// Whether they are sent; without it an endpoint that has failed for days is tried still.
    pub event_switch: Option<Arc<dyn EventSwitch>>,
    /// The shop.
    pub orders: Arc<dyn Orders>,
    /// The support system.
    pub tickets: Arc<dyn Tickets>,
    /// The mail.
    pub mailer: Arc<dyn Mailer>,
    /// Time for what the store does not see.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub secrets: Arc<dyn SecretSource>,
}

impl Ports {
    /// Begins with no port at all.
    pub fn builder() -> PortsBuilder {
        PortsBuilder::default()
    }
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// Dates that are kept elsewhere, and the store that takes them over.
#[derive(Clone)]
#[non_exhaustive]
pub struct OuterSchedule {
    /// Where they are kept.
    pub schedule: Arc<dyn Schedule>,
    /// The store's side.
    pub imports: Arc<dyn DateImports>,
}

/// A port that every installation needs and that nobody has given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {0} among the ports")]
pub struct MissingPort(&'static str);

/// Collects [`Ports`]. With the feature `runtime`, clock and secrets are the machine's unless
/// others are given.
#[derive(Clone, Default)]
#[must_use]
pub struct PortsBuilder {
    store: Option<Arc<dyn RebookingStore>>,
    queue: Option<Arc<dyn EffectQueue>>,
    reports: Option<Arc<dyn Reports>>,
    personal: Option<Arc<dyn PersonalData>>,
    sign_outs: Option<Arc<dyn SignOuts>>,
    calendars: Option<Arc<dyn PartnerCalendars>>,
    schedule: Option<Arc<dyn Schedule>>,
    partners: Option<Arc<dyn Partners>>,
    imports: Option<Arc<dyn DateImports>>,
    unclaimed: Option<Arc<dyn UnclaimedOrders>>,
    events: Option<Arc<dyn EventSink>>,
    event_switch: Option<Arc<dyn EventSwitch>>,
    orders: Option<Arc<dyn Orders>>,
    tickets: Option<Arc<dyn Tickets>>,
    mailer: Option<Arc<dyn Mailer>>,
    clock: Option<Arc<dyn Clock>>,
    secrets: Option<Arc<dyn SecretSource>>,
}

impl PortsBuilder {
    /// One adapter that is all sides of the store: what is decided on, the effects, the lists, what
    /// is about whom, who has signed out, partners' calendars, and the orders that nobody claims.
    /// What one installation keeps elsewhere is named after it.
    pub fn database<D>(self, database: Arc<D>) -> Self
    where
        D: RebookingStore
            + EffectQueue
            + Reports
            + PersonalData
            + SignOuts
            + PartnerCalendars
            + UnclaimedOrders
            + 'static,
    {
        self.store(database.clone())
            .queue(database.clone())
            .reports(database.clone())
            .personal(database.clone())
            .sign_outs(database.clone())
            .calendars(database.clone())
            .unclaimed(database)
    }

    /// What use cases decide on and commit to.
    pub fn store(mut self, store: Arc<dyn RebookingStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// The effects in the same data.
    pub fn queue(mut self, queue: Arc<dyn EffectQueue>) -> Self {
        self.queue = Some(queue);
        self
    }

    /// Lists of the same data; optional.
    pub fn reports(mut self, reports: Arc<dyn Reports>) -> Self {
        self.reports = Some(reports);
        self
    }

    /// What of the same data is about whom; optional. Without it support can answer no request for
    /// one's data, nor wipe somebody's.
    pub fn personal(mut self, personal: Arc<dyn PersonalData>) -> Self {
        self.personal = Some(personal);
        self
    }

    /// Who has signed out of the pages; optional. Without it a cookie that was copied is good until
    /// it ends by itself.
    pub fn sign_outs(mut self, sign_outs: Arc<dyn SignOuts>) -> Self {
        self.sign_outs = Some(sign_outs);
        self
    }

    /// The addresses of partners' calendars, in the same data; optional, and off without it.
    pub fn calendars(mut self, calendars: Arc<dyn PartnerCalendars>) -> Self {
        self.calendars = Some(calendars);
        self
    }

    /// Where dates are kept elsewhere; optional. It needs [`imports`](Self::imports), too.
    pub fn schedule(mut self, schedule: Arc<dyn Schedule>) -> Self {
        self.schedule = Some(schedule);
        self
    }

    /// Who gives a course, where dates are imported that do not say it; optional. An adapter for a
    /// shop asks its own.
    pub fn partners(mut self, partners: Arc<dyn Partners>) -> Self {
        self.partners = Some(partners);
        self
    }

    /// The side of the store that takes over dates which are kept elsewhere.
    pub fn imports(mut self, imports: Arc<dyn DateImports>) -> Self {
        self.imports = Some(imports);
        self
    }

    /// The list of orders in the shop that nobody claims, in the same data; optional.
    pub fn unclaimed(mut self, unclaimed: Arc<dyn UnclaimedOrders>) -> Self {
        self.unclaimed = Some(unclaimed);
        self
    }

    /// Where events of cases go; optional, and off without it. Give it to every process on the same
    /// store, or to none: one without it records no events.
    pub fn events(mut self, events: Arc<dyn EventSink>) -> Self {
        self.events = Some(events);
        self
    }

    /// What switches events off that nobody has taken for days; optional.
    pub fn event_switch(mut self, switch: Arc<dyn EventSwitch>) -> Self {
        self.event_switch = Some(switch);
        self
    }

    /// The shop.
    pub fn orders(mut self, orders: Arc<dyn Orders>) -> Self {
        self.orders = Some(orders);
        self
    }

    /// The support system.
    pub fn tickets(mut self, tickets: Arc<dyn Tickets>) -> Self {
        self.tickets = Some(tickets);
        self
    }

    /// The mail.
    pub fn mailer(mut self, mailer: Arc<dyn Mailer>) -> Self {
        self.mailer = Some(mailer);
        self
    }

    /// Another clock than the machine's.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Another source of randomness than the machine's.
    pub fn secrets(mut self, secrets: Arc<dyn SecretSource>) -> Self {
        self.secrets = Some(secrets);
        self
    }

    /// The ports, complete.
    ///
    /// # Errors
    /// [`MissingPort`] names the first one that is needed and was not given.
    pub fn build(self) -> Result<Ports, MissingPort> {
        #[cfg(feature = "runtime")]
        let this = self.with_the_machines();
        #[cfg(not(feature = "runtime"))]
        let this = self;
        let outer = |schedule| {
            let imports = this.imports.ok_or(MissingPort("imports"))?;
            Ok(OuterSchedule { schedule, imports })
        };
        Ok(Ports {
            store: this.store.ok_or(MissingPort("store"))?,
            queue: this.queue.ok_or(MissingPort("queue"))?,
            reports: this.reports,
            personal: this.personal,
            sign_outs: this.sign_outs,
            calendars: this.calendars,
            schedule: this.schedule.map(outer).transpose()?,
            partners: this.partners,
            unclaimed: this.unclaimed,
            events: this.events,
            event_switch: this.event_switch,
            orders: this.orders.ok_or(MissingPort("orders"))?,
            tickets: this.tickets.ok_or(MissingPort("tickets"))?,
            mailer: this.mailer.ok_or(MissingPort("mailer"))?,
            clock: this.clock.ok_or(MissingPort("clock"))?,
            secrets: this.secrets.ok_or(MissingPort("secrets"))?,
        })
    }

    #[cfg(feature = "runtime")]
    fn with_the_machines(mut self) -> Self {
        use crate::system::{SystemClock, SystemSecrets};
        self.clock.get_or_insert_with(|| Arc::new(SystemClock));
        self.secrets.get_or_insert_with(|| Arc::new(SystemSecrets));
        self
    }
}

impl std::fmt::Debug for PortsBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PortsBuilder").finish_non_exhaustive()
    }
}
