//! The row of a token, as it is read.

use rebooking_core::attempts::Attempts;
use rebooking_core::ports::MalformedRow;
use rebooking_core::token::{Milestones, RebookingToken, TicketRef, TokenParts, TokenState};
use rebooking_core::value::booking::{Booking, Course, OrderNumber, Participants, Partner};
use rebooking_core::value::course_date::{Slot, VenueZone};
use rebooking_core::value::customer::Customer;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId, TokenRef,
};
use rebooking_core::value::money::{Currency, Money};
use rebooking_core::value::text::FreeText;

use super::Place;
use super::booking::venue;
use super::rebooking::RebookingColumns;
use crate::columns::TokenRow;

/// The whole row is looked at: whatever the core could not have written is an error that names the
/// column.
impl TryFrom<TokenRow> for RebookingToken {
    type Error = MalformedRow;

    fn try_from(row: TokenRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::TOKENS, format_args!("{}-{}", row.case_id, row.step));
        let dates = |ids: &[i64]| ids.iter().copied().map(CourseDateId::new).collect();
        let ticket = match (row.odoo_ticket_id.clone(), row.ticket_number.clone()) {
            (Some(id), Some(number)) => Some(TicketRef { id, number }),
            (None, None) => None,
            (Some(_), None) => return Err(place.bad("ticket_number", "must be there")),
            (None, Some(_)) => return Err(place.bad("ticket_number", "must not be there")),
        };
        Ok(Self::restore(TokenParts {
            id: TokenRef { case: CaseId::new(row.case_id), step: place.count("step", row.step)? },
            version: place.count("version", row.version)?,
            booking: row.booking(&place)?,
            holds: row.holds_confirmation_id.map(ConfirmationId::new),
            origin: row.original_confirmation_id.map(ConfirmationId::new),
            cause: place.word("cause", &row.cause)?,
            reason: place.text("reason", &row.reason)?,
            declines: place.count("declines", row.declines)?,
            renewals: place.count("renewals", row.renewals)?,
            lost: dates(&row.lost),
            proposed: dates(&row.proposed),
            link: place.link(["key_id", "nonce", "token"], row.key_id, &row.nonce, &row.token)?,
            issued_at: row.created_at,
            expires_at: row.token_expires_at,
            state: row.state(&place)?,
            attempts: Attempts {
                recent: row.attempts_recent.clone(),
                total: place.count("attempts", row.attempts)?,
            },
            wishes: row.wishes.iter().map(|wish| wish.restore(&place)).collect::<Result<_, _>>()?,
            ticket,
            milestones: Milestones {
                mailed_at: row.mailed_at,
                reminded_at: row.reminded_at,
                expired_at: row.expired_at,
                forgotten_at: row.forgotten_at,
                order_gone_at: row.order_gone_at,
                refunded_at: row.refunded_at,
            },
        }))
    }
}

impl TokenRow {
    fn booking(&self, place: &Place) -> Result<Booking, MalformedRow> {
        let participants = self.party(place)?;
        let currency = place.read("currency", Currency::parse(&self.currency))?;
        let unit_price =
            place.read("original_price", Money::parse_decimal(&self.original_price, currency))?;
        let paid = match &self.original_paid {
            Some(paid) => place.read("original_paid", Money::parse_sum(paid, currency))?,
            // A row that is older than the column: nothing was known of discounts.
            None => unit_price.times(participants.count()),
        };
        Ok(Booking {
            order: OrderId::new(self.original_order_id),
            order_number: place.read("order_number", OrderNumber::parse(&self.order_number))?,
            item: OrderItemId::new(self.original_order_item_id),
            course: Course {
                id: CourseId::new(self.course_product_id),
                sku: self.course_sku.clone(),
                name: self.course_name.clone(),
                venue: venue(self.venue_name.as_deref(), self.venue_address.as_deref()),
            },
            slot: Slot {
                id: CourseDateId::new(self.date_id),
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                zone: place.read("zone", VenueZone::parse(&self.zone))?,
            },
            participants,
            unit_price,
            paid,
            partner: Partner {
                id: PartnerId::new(self.partner_id),
                email: place.email("partner_email", &self.partner_email)?,
                language: place.word("partner_language", &self.partner_language)?,
            },
            customer: Customer {
                name: FreeText::line(&self.customer_name, Customer::LONGEST_NAME),
                email: place.email("customer_email", &self.customer_email)?,
                language: place.word("customer_language", &self.customer_language)?,
            },
        })
    }

    fn party(&self, place: &Place) -> Result<Participants, MalformedRow> {
        let count = place.count("original_participants", self.original_participants)?;
        place.read("original_participants", Participants::new(count))
    }

    fn state(&self, place: &Place) -> Result<TokenState, MalformedRow> {
        if self.status != "used" {
            place.absent("rebooking", &self.rebooking)?;
            place.absent("rebooking_state", &self.rebooking_state)?;
            place.absent("rebooked_at", &self.rebooked_at)?;
            place.absent("new_date", &self.new_date)?;
            place.absent("new_confirmation_id", &self.new_confirmation_id)?;
            place.absent("new_order_id", &self.new_order_id)?;
        }
        if self.status != "cancelled" {
            place.absent("cancelled_at", &self.cancelled_at)?;
            place.absent("cancel_reason", &self.cancel_reason)?;
        }
        match self.status.as_str() {
            "active" => place.absent("expired_at", &self.expired_at).map(|()| TokenState::Active),
            "expired" => place.present("expired_at", self.expired_at).map(|_| TokenState::Active),
            "used" => self.used(place),
            "cancelled" => Ok(TokenState::Cancelled {
                at: place.present("cancelled_at", self.cancelled_at)?,
                why: place.word(
                    "cancel_reason",
                    place.present("cancel_reason", self.cancel_reason.as_deref())?,
                )?,
            }),
            _ => Err(place.bad("status", "no such status")),
        }
    }

    fn used(&self, place: &Place) -> Result<TokenState, MalformedRow> {
        let doc = place.present("rebooking", self.rebooking.as_ref())?;
        let columns = RebookingColumns {
            state: place.present("rebooking_state", self.rebooking_state.as_deref())?,
            participants: self.party(place)?,
            at: place.present("rebooked_at", self.rebooked_at)?,
            confirmation: self.new_confirmation_id,
            order: self.new_order_id,
            order_item: self.new_order_item_id,
            order_number: self.new_order_number.as_deref(),
        };
        let rebooking = doc.restore(place, &columns)?;
        let day = place.present("new_date", self.new_date)?;
        if day != rebooking.slot.local_start().date() {
            return Err(place.bad("new_date", "another day than that of the rebooking"));
        }
        Ok(TokenState::Used(Box::new(rebooking)))
    }
}
