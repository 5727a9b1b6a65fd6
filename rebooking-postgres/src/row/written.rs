//! The row of a token as it is written.

use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::ids::{ConfirmationId, CourseDateId};
use rebooking_core::wish::Wish;
use sqlx::types::Json;

use super::{RebookingDoc, WishDoc};
use crate::columns::{SearchColumns, TokenRow};
use crate::reports::addresses::sought;

fn is_active(token: &RebookingToken) -> bool {
    match token.state() {
        TokenState::Active => true,
        TokenState::Used(_) | TokenState::Cancelled { .. } => false,
    }
}

impl From<&RebookingToken> for SearchColumns {
    fn from(token: &RebookingToken) -> Self {
        let customer = &token.booking().customer;
        let remembered = token.milestones().forgotten_at.is_none();
        Self {
            waits: remembered && is_active(token) && token.wishes().iter().any(Wish::waits),
            over_at: token.ends_at(),
            sought_email: sought(&customer.email),
            sought_name: customer.name.expose().to_lowercase().chars().take(255).collect(),
        }
    }
}

impl From<&RebookingToken> for TokenRow {
    fn from(token: &RebookingToken) -> Self {
        let (booking, milestones) = (token.booking(), token.milestones());
        let rebooking = token.rebooking();
        let order = rebooking.and_then(|rebooking| rebooking.order.as_ref());
        let (status, cancelled) = match token.state() {
            TokenState::Active if milestones.expired_at.is_some() => ("expired", None),
            TokenState::Active => ("active", None),
            TokenState::Used(_) => ("used", None),
            TokenState::Cancelled { at, why } => ("cancelled", Some((*at, *why))),
        };
        let ids = |dates: &[CourseDateId]| dates.iter().map(|date| date.value()).collect();
        Self {
            original_confirmation_id: token.origin().map(ConfirmationId::value),
            original_order_id: booking.order.value(),
            original_order_item_id: booking.item.value(),
            course_product_id: booking.course.id.value(),
            course_sku: booking.course.sku.clone(),
            customer_email: booking.customer.email.expose().to_owned(),
            customer_name: booking.customer.name.expose().to_owned(),
            original_participants: i64::from(booking.participants.count()),
            original_price: booking.unit_price.decimal(),
            original_paid: Some(booking.paid.decimal()),
            token: token.link().digest.as_str().to_owned(),
            token_expires_at: token.expires_at(),
            status: status.to_owned(),
            new_confirmation_id: rebooking
                .and_then(|moved| moved.confirmation)
                .map(ConfirmationId::value),
            new_order_id: order.map(|order| order.id.value()),
            new_date: rebooking.map(|rebooking| rebooking.slot.local_start().date()),
            rebooked_at: rebooking.map(|rebooking| rebooking.at),
            odoo_ticket_id: token.ticket().map(|ticket| ticket.id.clone()),
            created_at: token.issued_at(),
            case_id: token.id().case.value(),
            step: i64::from(token.id().step),
            version: i64::from(token.version()),
            holds_confirmation_id: token.holds().map(ConfirmationId::value),
            cause: token.cause().to_string(),
            reason: token.reason().expose().to_owned(),
            declines: i64::from(token.declines()),
            renewals: i64::from(token.renewals()),
            lost: ids(token.lost()),
            proposed: ids(token.proposed()),
            key_id: i64::from(token.link().key.0),
            nonce: token.link().nonce.0.to_vec(),
            order_number: booking.order_number.as_str().to_owned(),
            course_name: booking.course.name.clone(),
            venue_name: booking.course.venue.as_ref().map(|venue| venue.name().to_owned()),
            venue_address: booking.course.venue.as_ref().map(|venue| venue.address().to_owned()),
            date_id: booking.slot.id.value(),
            starts_at: booking.slot.starts_at,
            ends_at: booking.slot.ends_at,
            zone: booking.slot.zone.name().to_owned(),
            partner_id: booking.partner.id.value(),
            partner_email: booking.partner.email.expose().to_owned(),
            partner_language: booking.partner.language.as_str().to_owned(),
            customer_language: booking.customer.language.as_str().to_owned(),
            currency: booking.unit_price.currency().code().to_owned(),
            attempts: i64::from(token.attempts().total),
            attempts_recent: token.attempts().recent.clone(),
            wishes: Json(token.wishes().iter().map(WishDoc::from).collect()),
            ticket_number: token.ticket().map(|ticket| ticket.number.clone()),
            cancelled_at: cancelled.map(|(at, _)| at),
            cancel_reason: cancelled.map(|(_, why)| why.to_string()),
            rebooking_state: rebooking.map(|rebooking| rebooking.state.as_str().to_owned()),
            new_order_item_id: order.map(|order| order.item.value()),
            new_order_number: order.map(|order| order.number.as_str().to_owned()),
            rebooking: rebooking.map(|rebooking| Json(RebookingDoc::from(rebooking))),
            mailed_at: milestones.mailed_at,
            reminded_at: milestones.reminded_at,
            expired_at: milestones.expired_at,
            forgotten_at: milestones.forgotten_at,
            order_gone_at: milestones.order_gone_at,
            refunded_at: milestones.refunded_at,
        }
    }
}
