//! What came of a used token, and what its customer wished, inside documents.

use chrono::{DateTime, Utc, Weekday};
use rebooking_core::backup::Backup;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::MalformedRow;
use rebooking_core::rebooking::{ChosenBy, PlacedOrder, Rebooking, RebookingState};
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::{OrderNumber, Participants};
use rebooking_core::value::ids::{ConfirmationId, CourseDateId, OrderId, OrderItemId};
use rebooking_core::wish::{Wish, WishKind};
use serde::{Deserialize, Serialize};

use super::booking::{CourseDoc, MoneyDoc, PartnerDoc, SlotDoc, paid_or_list};
use super::{LinkDoc, Place};

const COLUMN: &str = "rebooking";

/// A rebooking in column `rebooking`, but for what has columns of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RebookingDoc {
    by: ChosenBy,
    slot: SlotDoc,
    course: CourseDoc,
    partner: PartnerDoc,
    /// Not in what was written before discounts were known: then it was the total.
    list_total: Option<MoneyDoc>,
    total: MoneyDoc,
    consequence: ConsequenceDoc,
    unit_price: MoneyDoc,
    /// As in a booking.
    paid: Option<MoneyDoc>,
    answer: LinkDoc,
    strategy: OrderStrategy,
    cancelled: Option<CancelReason>,
    since: DateTime<Utc>,
    /// Both are left out where there is nothing to say: most rebookings have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    backups: Vec<BackupDoc>,
    #[serde(default, skip_serializing_if = "is_not")]
    is_backup: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct BackupDoc {
    slot: SlotDoc,
    total: MoneyDoc,
    consequence: ConsequenceDoc,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_not(told: &bool) -> bool {
    !*told
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConsequenceDoc {
    Same,
    Absorbed(MoneyDoc),
    Refund(MoneyDoc),
    ToPay(MoneyDoc),
}

/// The columns beside the document.
pub(crate) struct RebookingColumns<'a> {
    pub(crate) state: &'a str,
    pub(crate) participants: Participants,
    pub(crate) at: DateTime<Utc>,
    pub(crate) confirmation: Option<i64>,
    pub(crate) order: Option<i64>,
    pub(crate) order_item: Option<i64>,
    pub(crate) order_number: Option<&'a str>,
}

impl From<&Rebooking> for RebookingDoc {
    fn from(rebooking: &Rebooking) -> Self {
        Self {
            by: rebooking.by,
            slot: SlotDoc::from(&rebooking.slot),
            course: CourseDoc::from(&rebooking.course),
            partner: PartnerDoc::from(&rebooking.partner),
            list_total: Some(MoneyDoc::from(rebooking.list_total)),
            total: MoneyDoc::from(rebooking.total),
            consequence: ConsequenceDoc::from(rebooking.consequence),
            unit_price: MoneyDoc::from(rebooking.unit_price),
            paid: Some(MoneyDoc::from(rebooking.paid)),
            answer: LinkDoc::from(&rebooking.answer),
            strategy: rebooking.strategy,
            cancelled: match rebooking.state {
                RebookingState::Cancelled(why) => Some(why),
                RebookingState::Ordering
                | RebookingState::AwaitingPartner
                | RebookingState::Confirmed
                | RebookingState::DeclinedAgain
                | RebookingState::Rejected => None,
            },
            since: rebooking.since,
            backups: rebooking.backups.iter().map(BackupDoc::from).collect(),
            is_backup: rebooking.is_backup,
        }
    }
}

impl From<&Backup> for BackupDoc {
    fn from(backup: &Backup) -> Self {
        Self {
            slot: SlotDoc::from(&backup.slot),
            total: MoneyDoc::from(backup.total),
            consequence: ConsequenceDoc::from(backup.consequence),
        }
    }
}

impl BackupDoc {
    fn restore(&self, place: &Place) -> Result<Backup, MalformedRow> {
        Ok(Backup {
            slot: self.slot.restore(place, COLUMN)?,
            total: self.total.restore(place, COLUMN)?,
            consequence: self.consequence.restore(place)?,
        })
    }
}

impl From<PriceAdjustment> for ConsequenceDoc {
    fn from(consequence: PriceAdjustment) -> Self {
        match consequence {
            PriceAdjustment::Same => Self::Same,
            PriceAdjustment::Absorbed(money) => Self::Absorbed(MoneyDoc::from(money)),
            PriceAdjustment::Refund(money) => Self::Refund(MoneyDoc::from(money)),
            PriceAdjustment::ToPay(money) => Self::ToPay(MoneyDoc::from(money)),
        }
    }
}

impl ConsequenceDoc {
    fn restore(&self, place: &Place) -> Result<PriceAdjustment, MalformedRow> {
        let money = |doc: &MoneyDoc| doc.restore(place, COLUMN);
        Ok(match self {
            Self::Same => PriceAdjustment::Same,
            Self::Absorbed(doc) => PriceAdjustment::Absorbed(money(doc)?),
            Self::Refund(doc) => PriceAdjustment::Refund(money(doc)?),
            Self::ToPay(doc) => PriceAdjustment::ToPay(money(doc)?),
        })
    }
}

impl RebookingDoc {
    pub(crate) fn restore(
        &self,
        place: &Place,
        columns: &RebookingColumns<'_>,
    ) -> Result<Rebooking, MalformedRow> {
        let money = |doc: &MoneyDoc| doc.restore(place, COLUMN);
        let unit_price = money(&self.unit_price)?;
        let party = columns.participants;
        let paid = paid_or_list(place, COLUMN, self.paid.as_ref(), unit_price, party)?;
        Ok(Rebooking {
            at: columns.at,
            by: self.by,
            slot: self.slot.restore(place, COLUMN)?,
            course: self.course.restore(),
            partner: self.partner.restore(place, COLUMN)?,
            list_total: money(self.list_total.as_ref().unwrap_or(&self.total))?,
            total: money(&self.total)?,
            consequence: self.consequence.restore(place)?,
            unit_price,
            paid,
            answer: self.answer.restore(place, COLUMN)?,
            strategy: self.strategy,
            confirmation: columns.confirmation.map(ConfirmationId::new),
            order: placed(place, columns)?,
            state: self.state(place, columns.state)?,
            since: self.since,
            backups: self
                .backups
                .iter()
                .map(|backup| backup.restore(place))
                .collect::<Result<_, _>>()?,
            is_backup: self.is_backup,
        })
    }

    fn state(&self, place: &Place, word: &str) -> Result<RebookingState, MalformedRow> {
        use RebookingState as S;
        let unless_cancelled =
            [S::Ordering, S::AwaitingPartner, S::Confirmed, S::DeclinedAgain, S::Rejected];
        let state = match self.cancelled {
            Some(why) => Some(S::Cancelled(why)).filter(|state| state.as_str() == word),
            None => unless_cancelled.into_iter().find(|state| state.as_str() == word),
        };
        state.ok_or_else(|| {
            place.bad("rebooking_state", "no such state, or one that the document contradicts")
        })
    }
}

/// An order has its three columns, or none of them.
fn placed(
    place: &Place,
    columns: &RebookingColumns<'_>,
) -> Result<Option<PlacedOrder>, MalformedRow> {
    let Some(id) = columns.order else {
        place.absent("new_order_item_id", &columns.order_item)?;
        place.absent("new_order_number", &columns.order_number)?;
        return Ok(None);
    };
    let item = place.present("new_order_item_id", columns.order_item)?;
    let number = place.present("new_order_number", columns.order_number)?;
    Ok(Some(PlacedOrder {
        id: OrderId::new(id),
        number: place.read("new_order_number", OrderNumber::parse(number))?,
        item: OrderItemId::new(item),
    }))
}

/// A wish in column `wishes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct WishDoc {
    kind: WishKind,
    text: String,
    /// From Monday, 0, to Sunday, 6.
    weekdays: Vec<u8>,
    months: Vec<u32>,
    known: Vec<CourseDateId>,
    at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
}

impl From<&Wish> for WishDoc {
    fn from(wish: &Wish) -> Self {
        let day = |day: &Weekday| u8::try_from(day.num_days_from_monday()).unwrap_or_default();
        Self {
            kind: wish.kind,
            text: wish.text.expose().to_owned(),
            weekdays: wish.weekdays.iter().map(day).collect(),
            months: wish.months.clone(),
            known: wish.known.clone(),
            at: wish.at,
            answered_at: wish.answered_at,
        }
    }
}

impl WishDoc {
    pub(crate) fn restore(&self, place: &Place) -> Result<Wish, MalformedRow> {
        let day =
            |day: &u8| Weekday::try_from(*day).map_err(|_| place.bad("wishes", "no such weekday"));
        Ok(Wish {
            kind: self.kind,
            text: place.text("wishes", &self.text)?,
            weekdays: self.weekdays.iter().map(day).collect::<Result<_, _>>()?,
            months: self.months.clone(),
            known: self.known.clone(),
            at: self.at,
            answered_at: self.answered_at,
        })
    }
}
