//! The row of an effect.

use rebooking_core::effect::{Effect, EffectKey, EffectState};
use rebooking_core::ports::MalformedRow;
use rebooking_core::value::ids::{CaseId, EffectId, TokenRef};

use super::Place;
use crate::columns::EffectRow;

impl TryFrom<EffectRow> for Effect {
    type Error = MalformedRow;

    fn try_from(row: EffectRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::EFFECTS, row.id);
        Ok(Self {
            id: EffectId::new(row.id),
            state: row.state(&place)?,
            key: EffectKey::restore(&row.key),
            token: TokenRef {
                case: CaseId::new(row.case_id),
                step: place.count("step", row.step)?,
            },
            kind: row.kind.0,
            attempts: place.count("attempts", row.attempts)?,
            last_error: row.last_error,
            created_at: row.created_at,
            since: row.since,
        })
    }
}

impl EffectRow {
    fn state(&self, place: &Place) -> Result<EffectState, MalformedRow> {
        if self.state != "leased" {
            place.absent("leased_until", &self.leased_until)?;
        }
        let open = |state| place.absent("over_at", &self.over_at).map(|()| state);
        let over = || place.present("over_at", self.over_at);
        match self.state.as_str() {
            "waiting" => open(EffectState::Waiting { due_at: self.due_at }),
            "leased" => open(EffectState::Leased {
                until: place.present("leased_until", self.leased_until)?,
            }),
            "done" => over().map(|at| EffectState::Done { at }),
            "dead" => over().map(|at| EffectState::Dead { at }),
            "skipped" => over().map(|at| EffectState::Skipped { at }),
            _ => Err(place.bad("state", "no such state")),
        }
    }
}
