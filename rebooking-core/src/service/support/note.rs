//! *Note*: what support keeps about a case for whoever looks at it next. It stands in the history,
//! and is wiped with the case.

use chrono::{DateTime, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::error::{Conflict, InvalidInput, RebookError};
use crate::service::{AsSupport, CaseVersion, Decision};
use crate::token::RebookingToken;
use crate::value::text::FreeText;

/// Decides on a note about the case of this newest token, however that stands. The token is written
/// as it is: whoever forgets the case at this very moment must see the note, or be seen.
///
/// # Errors
/// [`RebookError::Invalid`] for one that says nothing; [`RebookError::Conflict`] for a case that is
/// forgotten.
pub fn decide(
    newest: RebookingToken,
    note: &FreeText,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    if note.is_empty() {
        return Err(InvalidInput::EmptyNote.into());
    }
    if newest.milestones().forgotten_at.is_some() {
        return Err(Conflict::Forgotten.into());
    }
    let change = Change::at(now)
        .audit_why(newest.id(), actor, AuditEvent::Noted, note.clone())
        .update(newest);
    Ok(Decision::commit(change, ()))
}

impl AsSupport<'_> {
    /// Notes something about a case, whatever became of it: the history keeps it with the name of
    /// who wrote it and when, until the case is forgotten. No customer, partner or other system is
    /// told; who asks what is stored about them is handed it. Each time it is called with a
    /// [`CaseId`](crate::value::ids::CaseId), once for a [`CaseVersion`].
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Invalid`] for a note that says nothing,
    /// [`RebookError::Conflict`] for a case that is forgotten or has changed since it was seen, and
    /// [`RebookError::TryLater`].
    pub async fn note(
        self,
        case: impl Into<CaseVersion>,
        note: &FreeText,
    ) -> Result<(), RebookError> {
        let (case, actor) = (case.into(), self.actor());
        self.rebookings
            .decided(|| async {
                let (newest, now) = self.newest(case).await?;
                decide(newest, note, &actor, now)
            })
            .await
    }
}
