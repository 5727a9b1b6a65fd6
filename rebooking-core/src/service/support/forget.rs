//! *Forget*: the personal data of a case, or of every case of a person, is wiped before its time;
//! and what is stored about them is handed out.
//!
//! What is wiped is what the purge of the sweep wipes. Money, dates and counts stay, as the books
//! and the statistics need them, and so does that it was done, by whom, when and why.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::Change;
use crate::confirmation::Confirmation;
use crate::error::{InvalidInput, OpenCase, RebookError, Resource, StillOpen};
use crate::ports::personal::CaseRecord;
use crate::ports::store::{CaseKey, CaseState};
use crate::ports::{AsOf, PersonalData};
use crate::service::{AsSupport, Decision, Rebookings};
use crate::token::{RebookingToken, TokenState};
use crate::value::customer::EmailAddress;
use crate::value::ids::CaseId;
use crate::value::text::FreeText;

/// What support asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Forget {
    /// Why. It stays in the history, so it names nobody.
    pub reason: FreeText,
    /// Whether a case that somebody still waits for is cancelled first. Without it such a case is
    /// in the way.
    pub cancel_open: bool,
}

/// What of a case is still open, where anything is. `None` for a case that is over, whether or not
/// it is forgotten.
#[must_use]
pub fn still_open(state: &CaseState, now: DateTime<Utc>) -> Option<StillOpen> {
    let expected = |one: &Confirmation| one.token.is_none() && now < one.booking.slot.ends_at;
    if state.confirmation.as_ref().is_some_and(|one| one.state.is_live() && expected(one)) {
        return Some(StillOpen::Booking);
    }
    let token = state.newest()?;
    match token.state() {
        TokenState::Active => token.usable(now).is_ok().then_some(StillOpen::Link),
        TokenState::Used(rebooking) => {
            (rebooking.state.is_live() && now < token.ends_at()).then_some(StillOpen::Rebooking)
        }
        TokenState::Cancelled { .. } => None,
    }
}

/// What wipes a case, its newest token being this one: the same for the purge and for support.
pub(in crate::service) fn wipe(
    token: RebookingToken,
    actor: &Actor,
    reason: FreeText,
    now: DateTime<Utc>,
) -> Change {
    let id = token.id();
    let mut change = Change::at(now).audit_why(id, actor, AuditEvent::Forgotten, reason);
    if token.milestones().forgotten_at.is_none() {
        change = change.update(token.forgotten(now));
    }
    change.forget = Some(id.case);
    change
}

/// Decides how a case is forgotten that is not [open](still_open) any more; `known` says that the
/// store has something of it, be it only a request. A case that is forgotten stays as it is.
///
/// # Errors
/// [`RebookError::OpenCases`], and [`RebookError::NotFound`] when nothing is known of it.
pub fn decide(
    seen: AsOf<CaseState>,
    case: CaseId,
    known: bool,
    reason: &FreeText,
    actor: &Actor,
) -> Result<Decision<()>, RebookError> {
    let AsOf { now, value: state } = seen;
    if let Some(open) = still_open(&state, now) {
        return Err(RebookError::OpenCases(vec![OpenCase { case, open }]));
    }
    let asked = state.confirmation.is_some();
    match state.into_newest() {
        Some(token) if token.milestones().forgotten_at.is_some() && !known => {
            Ok(Decision::unchanged(()))
        }
        Some(token) => Ok(Decision::commit(wipe(token, actor, reason.clone(), now), ())),
        None if known || asked => {
            let (subject, event) = (Subject::Booking(case), AuditEvent::Forgotten);
            let mut change = Change::at(now).audit_why(subject, actor, event, reason.clone());
            change.forget = Some(case);
            Ok(Decision::commit(change, ()))
        }
        None => Err(RebookError::NotFound(Resource::Case)),
    }
}

/// How many cases of a person are asked for at once.
const PART: u32 = 100;

impl AsSupport<'_> {
    /// Wipes the personal data of a case before its time: in its links, its requests and the notes
    /// of its history. An open one is cancelled first, where the request says so; then the customer
    /// hears of that only if the mail goes out in between. Mails to the customer that are still to
    /// be sent are left out; what the shop, the partner or the support system must hear is told.
    /// A case that is forgotten already stays as it is, so the call may be repeated, and must be
    /// after an error.
    ///
    /// # Errors
    /// [`RebookError::OpenCases`] for one that is open, [`RebookError::NotFound`],
    /// [`RebookError::Invalid`] without a reason, and [`RebookError::TryLater`].
    pub async fn forget(self, case: CaseId, request: &Forget) -> Result<(), RebookError> {
        check(request)?;
        self.forget_one(case, false, request).await
    }

    /// The same for every case of a person, and for what is kept of bookings of theirs that are no
    /// case. Nothing is changed while one of them is in the way when this begins. Returns the cases
    /// that were forgotten. After an error some may be forgotten (another case of theirs may have
    /// come up meanwhile), and the same call forgets the others.
    ///
    /// # Errors
    /// [`RebookError::OpenCases`] names all that are in the way, [`RebookError::NotFound`] when
    /// nothing is stored about the person (any more), [`RebookError::Invalid`] without a reason,
    /// [`RebookError::NoReports`] where the host has left [`PersonalData`] out, and
    /// [`RebookError::TryLater`].
    pub async fn forget_person(
        self,
        address: &EmailAddress,
        request: &Forget,
    ) -> Result<Vec<CaseId>, RebookError> {
        check(request)?;
        let cases = self.cases_of(address).await?;
        let mut open = Vec::new();
        for case in &cases {
            let AsOf { now, value } = self.rebookings.whole_case(*case).await?;
            let in_the_way = |one: &StillOpen| !(request.cancel_open && one.ends_with_the_case());
            let found = still_open(&value, now).filter(in_the_way);
            open.extend(found.map(|open| OpenCase { case: *case, open }));
        }
        if !open.is_empty() {
            return Err(RebookError::OpenCases(open));
        }
        for case in &cases {
            self.forget_one(*case, true, request).await?;
        }
        Ok(cases)
    }

    async fn forget_one(
        self,
        case: CaseId,
        known: bool,
        request: &Forget,
    ) -> Result<(), RebookError> {
        let (rebookings, actor) = (self.rebookings, self.actor());
        let AsOf { now, value } = rebookings.whole_case(case).await?;
        let open = still_open(&value, now);
        if request.cancel_open && open.is_some_and(StillOpen::ends_with_the_case) {
            self.cancel(case, &request.reason).await?;
        }
        rebookings
            .decided(|| async {
                let seen = rebookings.whole_case(case).await?;
                decide(seen, case, known, &request.reason, &actor)
            })
            .await
    }

    /// Everything that is stored of one case, to hand it out. Without secrets of links it is what a
    /// customer may ask for.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::NoReports`] where the host has left
    /// [`PersonalData`] out, and [`RebookError::TryLater`].
    pub async fn record(self, case: CaseId) -> Result<AsOf<CaseRecord>, RebookError> {
        let record = self.rebookings.personal()?.record(case).await?;
        record.ok_or(RebookError::NotFound(Resource::Case))
    }

    /// The same of every case of a person.
    ///
    /// # Errors
    /// As [`record`](Self::record); [`RebookError::NotFound`] when nothing is stored about them.
    pub async fn records_of(
        self,
        address: &EmailAddress,
    ) -> Result<Vec<AsOf<CaseRecord>>, RebookError> {
        let mut records = Vec::new();
        for case in self.cases_of(address).await? {
            records.extend(self.rebookings.personal()?.record(case).await?);
        }
        Ok(records)
    }

    async fn cases_of(self, address: &EmailAddress) -> Result<Vec<CaseId>, RebookError> {
        let (personal, mut cases) = (self.rebookings.personal()?, Vec::new());
        loop {
            let part = personal.cases_of(address, cases.last().copied(), PART).await?;
            if part.is_empty() {
                break;
            }
            cases.extend(part);
        }
        if cases.is_empty() {
            return Err(RebookError::NotFound(Resource::Person));
        }
        Ok(cases)
    }
}

fn check(request: &Forget) -> Result<(), RebookError> {
    if request.reason.is_empty() { Err(InvalidInput::NoReason.into()) } else { Ok(()) }
}

impl Rebookings {
    /// A case with the live request for its booking. Its number is that of its first item.
    async fn whole_case(&self, case: CaseId) -> Result<AsOf<CaseState>, RebookError> {
        let item = CaseKey::Item(case.original());
        let found = self.store().find(&item).await?;
        match found.value.newest() {
            // The item that a case has moved to is no case of its own.
            Some(token) if token.id().case != case => {
                Ok(self.store().find(&CaseKey::Id(case)).await?)
            }
            Some(_) | None => Ok(found),
        }
    }

    fn personal(&self) -> Result<&dyn PersonalData, RebookError> {
        self.ports().personal.as_deref().ok_or(RebookError::NoReports)
    }
}
