//! *Take and give back*: who of support looks after a case. It keeps nobody from doing anything; it
//! tells the others.

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::error::{Conflict, RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::reports::CaseDetails;
use crate::service::{AsSupport, Decision};
use crate::value::ids::CaseId;

/// Decides that somebody takes a case. Whoever has it already keeps it. One that another has is
/// taken over only by who says so. The newest link is written as it is, so that of two who take a
/// case at once one sees the other.
///
/// # Errors
/// [`RebookError::Conflict`] where another has it, and [`RebookError::NotFound`].
pub fn take(
    seen: AsOf<CaseDetails>,
    name: &str,
    take_over: bool,
) -> Result<Decision<()>, RebookError> {
    match seen.value.holder() {
        Some(holder) if holder.name == name => Ok(Decision::unchanged(())),
        Some(_) if !take_over => Err(Conflict::CaseTaken.into()),
        Some(_) | None => note(seen, name, AuditEvent::CaseTaken),
    }
}

/// Decides that somebody gives back what they have taken. One that nobody has stays as it is.
///
/// # Errors
/// [`RebookError::Conflict`] where another has it, and [`RebookError::NotFound`].
pub fn give_back(seen: AsOf<CaseDetails>, name: &str) -> Result<Decision<()>, RebookError> {
    match seen.value.holder() {
        None => Ok(Decision::unchanged(())),
        Some(holder) if holder.name != name => Err(Conflict::CaseTaken.into()),
        Some(_) => note(seen, name, AuditEvent::CaseGivenBack),
    }
}

fn note(
    seen: AsOf<CaseDetails>,
    name: &str,
    event: AuditEvent,
) -> Result<Decision<()>, RebookError> {
    let AsOf { now, mut value } = seen;
    let newest = value.tokens.pop().ok_or(RebookError::NotFound(Resource::Case))?;
    let actor = Actor::Support(name.to_owned());
    let change = Change::at(now).audit(newest.id(), &actor, event).update(newest);
    Ok(Decision::commit(change, ()))
}

impl AsSupport<'_> {
    /// Takes a case, so that the worklist and its page tell the others who looks after it; nobody
    /// is kept from anything. `take_over` takes it from another, and the history says so. May be
    /// repeated: whoever has it keeps it.
    ///
    /// # Errors
    /// [`RebookError::Conflict`] where another has it and it is not taken over,
    /// [`RebookError::NotFound`], [`RebookError::NoReports`], and [`RebookError::TryLater`].
    pub async fn take(self, case: CaseId, take_over: bool) -> Result<(), RebookError> {
        let read = || async { take(self.case(case).await?, self.name, take_over) };
        self.rebookings.decided(read).await
    }

    /// Gives back a case that one has taken. May be repeated: what nobody has stays as it is.
    ///
    /// # Errors
    /// [`RebookError::Conflict`] where another has it, [`RebookError::NotFound`],
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`].
    pub async fn give_back(self, case: CaseId) -> Result<(), RebookError> {
        let read = || async { give_back(self.case(case).await?, self.name) };
        self.rebookings.decided(read).await
    }
}
