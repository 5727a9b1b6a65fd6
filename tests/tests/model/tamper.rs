//! Faults planted between the decisions and the ports: what a wrong decision would ask for. Off
//! unless a test plants one.

mod backup;
mod exchange;

use rebooking_core::change::{Change, ConfirmationWrite, DateWrite, TokenWrite};
use rebooking_core::effect::{EffectKind, EventKind, MailKind, NewEffect};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::ports::store::TokenWithDates;
use rebooking_core::ports::{AsOf, PortError, RebookingStore, Refund};
use rebooking_core::rebooking::ChosenBy;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::ids::PartnerId;
use rebooking_core::value::money::Money;

/// One wrong decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tamper {
    #[default]
    Nothing,
    /// Places are never given back (I2).
    KeepsPlaces,
    /// A choice takes one place, whatever the party (I2).
    TakesOnePlace,
    /// The request of a lost rebooking stays open (I2).
    KeepsRequests,
    /// A choice forgets its order (I3, I4).
    ForgetsOrder,
    /// A cancelled rebooking's order is not undone (I3).
    ForgetsUndo,
    /// A link is issued but never mailed (I4).
    ForgetsLinkMail,
    /// The customer is not told of the order (I4).
    ForgetsConfirmationMail,
    /// Nothing is written into the history (I4).
    ForgetsHistory,
    /// Who is to be forgotten is forgotten in the newest link alone.
    KeepsOldNames,
    /// The refund is twice the difference (I9).
    RefundsTwice,
    /// A dearer date becomes due though nobody agreed (I9).
    ChargesUnseen,
    /// A choice takes the list price for what was paid (I9).
    ForgetsDiscount,
    /// The next link of a case starts from the list price (I9).
    ForgetsWhatWasPaid,
    /// A backup is booked on the very date that was declined.
    BooksLostDate,
    /// A backup is booked at another total than the one that was shown (I9).
    BooksUnseenPrice,
    /// A backup is booked and takes no places (I2).
    BooksWithoutPlaces,
    /// A backup is exchanged for no date at all (I1).
    ForgetsTheNewDate,
    /// A partner reads the lists of another (I10).
    ReadsForeignLists,
    /// Opening a link uses up one of its attempts (I11).
    WritesOnReading,
    /// A partner is noted as reminded, and gets no mail (I4).
    ForgetsReminder,
    /// Nobody is told of an order (I4).
    ForgetsEvent,
    /// A choice is told twice, under two ids (I4).
    DoublesEvent,
    /// Events name the customer, whom nobody asked for (I8).
    NamesCustomers,
    /// A used token is shown to decisions as if it were active (I1, I7).
    HidesUse,
}

impl Tamper {
    pub(crate) fn change(self, mut change: Change) -> Change {
        match self {
            Self::Nothing
            | Self::RefundsTwice
            | Self::ReadsForeignLists
            | Self::WritesOnReading
            | Self::NamesCustomers
            | Self::HidesUse => {}
            Self::ForgetsEvent => {
                let made = EffectKind::Event(EventKind::OrderMade);
                change.effects.retain(|effect| effect.kind != made);
            }
            Self::DoublesEvent => {
                let chosen = EffectKind::Event(EventKind::RebookingChosen);
                let found = change.effects.iter().find(|effect| effect.kind == chosen);
                let again = found.map(|effect| NewEffect::again(effect.token, chosen, 1));
                change.effects.extend(again);
            }
            Self::KeepsPlaces => {
                change.dates.retain(|date| !matches!(date, DateWrite::GiveBack { .. }))
            }
            Self::TakesOnePlace => {
                for date in &mut change.dates {
                    if let DateWrite::Take { places, .. } = date {
                        *places = 1;
                    }
                }
            }
            Self::KeepsRequests => change.confirmations.retain(
                |write| !matches!(write, ConfirmationWrite::Move { to, .. } if !to.is_live()),
            ),
            Self::ForgetsOrder => {
                change.effects.retain(|effect| effect.kind != EffectKind::PlaceOrder)
            }
            Self::ForgetsUndo => {
                change.effects.retain(|effect| effect.kind != EffectKind::UndoOrder)
            }
            Self::ForgetsLinkMail => {
                change.effects.retain(
                    |effect| !matches!(effect.kind, EffectKind::Mail(mail) if mail.carries_link()),
                );
            }
            Self::ForgetsConfirmationMail => {
                change.effects.retain(|effect| effect.kind != EffectKind::Mail(MailKind::Rebooked));
            }
            Self::ForgetsReminder => {
                let reminder = EffectKind::Mail(MailKind::PartnerReminder);
                change.effects.retain(|effect| effect.kind != reminder);
            }
            Self::ForgetsHistory => change.audit.clear(),
            Self::KeepsOldNames => change.forget = None,
            Self::ChargesUnseen => charge_unseen(&mut change),
            Self::ForgetsDiscount => forget_discount(&mut change),
            Self::ForgetsWhatWasPaid => forget_what_was_paid(&mut change),
            Self::BooksLostDate => backup::on_the_lost_date(&mut change),
            Self::BooksUnseenPrice => backup::at_another_total(&mut change),
            Self::ForgetsTheNewDate => exchange::forgets_the_new_date(&mut change),
            Self::BooksWithoutPlaces => backup::without_places(&mut change),
        }
        change
    }

    pub(crate) fn refund(self, mut refund: Refund) -> Refund {
        if self == Self::RefundsTwice {
            refund.amount = refund.amount.times(2);
        }
        refund
    }

    pub(crate) fn reader(self, partner: PartnerId) -> PartnerId {
        match self {
            Self::ReadsForeignLists => PartnerId::new(3 - partner.value()),
            _ => partner,
        }
    }

    pub(crate) async fn after_reading<S: RebookingStore>(
        self,
        store: &S,
        mut opened: Option<AsOf<TokenWithDates>>,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        match (&mut opened, self) {
            (Some(seen), Self::WritesOnReading) => {
                let mut next = seen.value.token.clone().into_parts();
                next.attempts.total += 1;
                let next = RebookingToken::restore(next);
                let mut change = Change::at(seen.now);
                change.tokens.push(TokenWrite::Update { next: Box::new(next), unexpired: false });
                let _ = store.commit(&change).await?;
            }
            (Some(seen), Self::HidesUse) => {
                let mut parts = seen.value.token.clone().into_parts();
                parts.state = TokenState::Active;
                seen.value.token = RebookingToken::restore(parts);
            }
            (Some(_) | None, _) => {}
        }
        Ok(opened)
    }
}

fn charge_unseen(change: &mut Change) {
    for write in &mut change.tokens {
        let TokenWrite::Update { next, .. } = write else { continue };
        let paid = next.booking().paid;
        let mut parts = next.as_ref().clone().into_parts();
        if let TokenState::Used(rebooking) = &mut parts.state
            && rebooking.by == ChosenBy::Customer
            && matches!(rebooking.consequence, PriceAdjustment::Absorbed(_) | PriceAdjustment::Same)
        {
            let due = Money::new(1, paid.currency()).unwrap();
            rebooking.consequence = PriceAdjustment::ToPay(due);
        }
        **next = RebookingToken::restore(parts);
    }
}

fn forget_discount(change: &mut Change) {
    for write in &mut change.tokens {
        let TokenWrite::Update { next, .. } = write else { continue };
        let mut parts = next.as_ref().clone().into_parts();
        if let TokenState::Used(rebooking) = &mut parts.state {
            rebooking.paid = rebooking.unit_price.times(parts.booking.participants.count());
        }
        **next = RebookingToken::restore(parts);
    }
}

fn forget_what_was_paid(change: &mut Change) {
    for write in &mut change.tokens {
        let TokenWrite::Issue(next) = write else { continue };
        let mut parts = next.as_ref().clone().into_parts();
        if parts.id.step > 1 {
            parts.booking = parts.booking.at_list_price();
        }
        **next = RebookingToken::restore(parts);
    }
}
