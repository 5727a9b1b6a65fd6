//! How the end of an effect is written down: in one commit with what follows from it.

use chrono::{DateTime, TimeDelta, Utc};

use super::act::Acted;
use super::count::End;
use super::order;
use super::outcome::{died, outcome, untold};
use crate::change::{Change, Commit, EffectWrite, Guard};
use crate::effect::{Claimed, EffectKind};
use crate::error::RebookError;
use crate::ports::store::CaseKey;
use crate::ports::{AsOf, PortError};
use crate::service::Rebookings;
use crate::service::decide::ROUNDS;
use crate::token::RebookingToken;

impl Rebookings {
    /// Commits the end of an effect together with what it changes, on whatever state the token has
    /// by then. What was `seen` before the call saves reading it again, but only for what its
    /// version guards or what it has no part in.
    pub(super) async fn settle(
        &self,
        claimed: &Claimed,
        mut seen: Option<AsOf<RebookingToken>>,
        acted: Result<Acted, PortError>,
        closed_for: TimeDelta,
    ) -> Result<End, RebookError> {
        let pause = self.pause(claimed, &acted, closed_for)?;
        let (outcome, end) = outcome(&acted, pause);
        for _ in 0..ROUNDS {
            let change = match seen.take().filter(|_| !concerns_case(&acted)) {
                Some(AsOf { now, value }) => {
                    let change = self.follow(claimed, value, &[], &acted, now)?;
                    if !holds_on_any_state(&change) {
                        continue;
                    }
                    change
                }
                None => match self.token_of(claimed).await? {
                    Some(AsOf { now, value }) => {
                        let case = self.case_of(&value, &acted).await?;
                        self.follow(claimed, value, &case, &acted, now)?
                    }
                    None => died(claimed, &acted, claimed.now),
                },
            };
            let change =
                change.note(EffectWrite::Settle { lease: claimed.lease, outcome: outcome.clone() });
            match self.commit(&change).await? {
                Commit::Applied => return Ok(end),
                Commit::Lost(Guard::Lease) => return Ok(End::Left),
                Commit::Lost(
                    Guard::Token
                    | Guard::Expiry
                    | Guard::Step
                    | Guard::Confirmation
                    | Guard::Places
                    | Guard::Effect,
                ) => {}
            }
        }
        Ok(End::Left)
    }

    /// All tokens of a case, where what follows depends on them.
    async fn case_of(
        &self,
        token: &RebookingToken,
        acted: &Result<Acted, PortError>,
    ) -> Result<Vec<RebookingToken>, PortError> {
        if !concerns_case(acted) {
            return Ok(Vec::new());
        }
        Ok(self.store().find(&CaseKey::Id(token.id().case)).await?.value.tokens)
    }

    /// What the end of an effect changes beside the effect.
    fn follow(
        &self,
        claimed: &Claimed,
        token: RebookingToken,
        case: &[RebookingToken],
        acted: &Result<Acted, PortError>,
        now: DateTime<Utc>,
    ) -> Result<Change, RebookError> {
        let id = token.id();
        match acted {
            Ok(acted) => self.after(claimed.effect.kind, token, case, acted, now),
            Err(error @ (PortError::Permanent(_) | PortError::InvalidRecipient(_))) => {
                let refused = matches!(error, PortError::InvalidRecipient(_));
                let mut change = died(claimed, acted, now);
                if claimed.effect.kind == EffectKind::UndoOrder {
                    // Until people have called it off.
                    change = order::held(change, &token);
                }
                Ok(match untold(claimed.effect.kind, refused) {
                    Some(fact) => {
                        change.effect_again(id, EffectKind::Ticket(fact), token.version())
                    }
                    None => change,
                })
            }
            Err(
                PortError::Transient(_)
                | PortError::Unknown(_)
                | PortError::Unavailable(_)
                | PortError::Unauthorized(_),
            ) => Ok(Change::at(now)),
        }
    }
}

/// Whether it depends on the other tokens of the case what the shop holds now.
const fn concerns_case(acted: &Result<Acted, PortError>) -> bool {
    matches!(acted, Ok(Acted::Undone(_) | Acted::Refused { .. }))
}

/// Whether a change may be committed whatever has become of the token since it was read: the
/// token's version decides, or there is nothing to decide.
fn holds_on_any_state(change: &Change) -> bool {
    !change.tokens.is_empty() || *change == Change::at(change.at)
}
