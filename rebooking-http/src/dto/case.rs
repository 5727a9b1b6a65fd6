//! One case in full, for support: its links, what came of them, its effects and its history. No
//! link is in it.

use chrono::{DateTime, NaiveDate, Utc};
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent, Subject};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus, Holder};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::service::PartnerNames;
use rebooking_core::token::{CancelReason, RebookingToken, TicketRef, TokenState};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CourseDateId, PartnerId};
use rebooking_core::wish::Wish;

use super::effect::EffectRow;
use super::words::{
    CancelWord, CauseWord, ConsequenceWord, LanguageTag, ProgressWord, WeekdayWord, WishWord,
};
use super::{Amount, body, day, hours, moment};

body! {
    pub(crate) struct Case(id: i64, seen: &AsOf<CaseDetails>, names: &PartnerNames)
    where
        file = &seen.value;
        link = |token| CaseLink::new(file, token, names, seen.now);
    {
        id: i64 = id;
        /// Who of support looks after it.
        holder: Option<CaseHolder> = file.holder().as_ref().map(CaseHolder::new);
        tokens: Vec<CaseLink> = file.tokens.iter().map(link).collect();
        effects: Vec<EffectRow> = file.effects.iter().map(EffectRow::new).collect();
        history: Vec<Entry> = file.audit.iter().map(Entry::new).collect();
    }

    /// Who of support looks after a case, and since when.
    pub(crate) struct CaseHolder(holder: &Holder) {
        name: String = holder.name.clone();
        since: DateTime<Utc> = moment(holder.since);
    }

    struct CaseLink(
        file: &CaseDetails,
        token: &RebookingToken,
        names: &PartnerNames,
        now: DateTime<Utc>
    ) {
        step: u32 = token.id().step;
        status: ProgressWord = CaseStatus::from_token(token, now).into();
        cause: CauseWord = token.cause().into();
        reason: String = token.reason().expose().to_owned();
        booking: CaseBooking = CaseBooking::new(token.booking(), names);
        rebooking: Option<CaseRebooking> =
            token.rebooking().map(|rebooking| CaseRebooking::new(rebooking, names));
        cancelled: Option<Cancelled> = cancelled(token);
        issued_at: DateTime<Utc> = moment(token.issued_at());
        expires_at: DateTime<Utc> = moment(token.expires_at());
        wrong_addresses: u32 = token.attempts().total;
        lost_date_ids: Vec<i64> = numbers(token.lost());
        proposed_date_ids: Vec<i64> = numbers(token.proposed());
        wishes: Vec<WishSaid> = token.wishes().iter().map(WishSaid::new).collect();
        ticket: Option<Ticket> = token.ticket().map(Ticket::new);
        milestones: Moments = Moments::new(file, token);
    }

    pub(crate) struct CaseBooking(booking: &Booking, names: &PartnerNames) {
        order_id: i64 = booking.order.value();
        order_number: String = booking.order_number.to_string();
        order_item_id: i64 = booking.item.value();
        course_name: String = booking.course.name.clone();
        date_id: i64 = booking.slot.id.value();
        date: NaiveDate = day(&booking.slot);
        time: String = hours(&booking.slot), like "18:00 - 21:00";
        participants: u32 = booking.participants.count();
        price: Amount = Amount(booking.unit_price);
        total: Amount = Amount(booking.paid);
        currency: String = booking.unit_price.currency().to_string(), like "EUR";
        partner_id: i64 = booking.partner.id.value();
        /// What people call them; left out where no list of partners says it.
        partner_name: Option<String> = names.get(booking.partner.id).map(str::to_owned),
            like "Evas Küche", unless "Option::is_none";
        customer_name: String = booking.customer.name.expose().to_owned();
        customer_email: String = booking.customer.email.expose().to_owned();
        language: LanguageTag = LanguageTag(booking.customer.language);
    }

    struct CaseRebooking(rebooking: &Rebooking, names: &PartnerNames) {
        chosen_at: DateTime<Utc> = moment(rebooking.at);
        chosen_by: &'static str = rebooking.by.as_str();
        course_name: String = rebooking.course.name.clone();
        date_id: i64 = rebooking.slot.id.value();
        date: NaiveDate = day(&rebooking.slot);
        time: String = hours(&rebooking.slot), like "18:00 - 21:00";
        partner_id: i64 = rebooking.partner.id.value();
        /// What people call them; left out where no list of partners says it.
        partner_name: Option<String> = names.get(rebooking.partner.id).map(str::to_owned),
            like "Evas Küche", unless "Option::is_none";
        total: Amount = Amount(rebooking.total);
        consequence: ConsequenceWord = rebooking.consequence.into();
        currency: String = rebooking.total.currency().to_string(), like "EUR";
        confirmation_id: Option<i64> = rebooking.confirmation.map(|id| id.value());
        order_number: Option<String> =
            rebooking.order.as_ref().map(|order| order.number.to_string());
        since: DateTime<Utc> = moment(rebooking.since);
    }

    struct Cancelled(since: DateTime<Utc>, reason: CancelReason) {
        at: DateTime<Utc> = moment(since);
        why: CancelWord = reason.into();
    }

    struct Ticket(ticket: &TicketRef) {
        id: String = ticket.id.clone();
        number: String = ticket.number.clone();
    }

    struct WishSaid(wish: &Wish) {
        kind: WishWord = wish.kind.into();
        text: String = wish.text.expose().to_owned();
        weekdays: Vec<WeekdayWord> = wish.weekdays.iter().copied().map(Into::into).collect();
        months: Vec<u32> = wish.months.clone();
        at: DateTime<Utc> = moment(wish.at);
        answered_at: Option<DateTime<Utc>> = wish.answered_at.map(moment);
    }

    struct Moments(file: &CaseDetails, token: &RebookingToken)
    where
        milestones = token.milestones();
        first = |event| file.first(token.id(), event).map(moment);
    {
        mailed_at: Option<DateTime<Utc>> = milestones.mailed_at.map(moment);
        opened_at: Option<DateTime<Utc>> = first(AuditEvent::PageOpened);
        no_dates_at: Option<DateTime<Utc>> = first(AuditEvent::NoDatesFound);
        reminded_at: Option<DateTime<Utc>> = milestones.reminded_at.map(moment);
        expired_at: Option<DateTime<Utc>> = milestones.expired_at.map(moment);
        forgotten_at: Option<DateTime<Utc>> = milestones.forgotten_at.map(moment);
    }

    struct Entry(entry: &AuditEntry) {
        at: DateTime<Utc> = moment(entry.at);
        /// Which link; 0 before there is one.
        step: u32 = step(entry.subject);
        actor: &'static str = entry.actor.as_str();
        name: Option<String> = name(&entry.actor);
        event: &'static str = entry.event.as_str();
        note: String = entry.note.expose().to_owned();
    }
}

/// Everybody whom the answer names.
pub(crate) fn partners(file: &CaseDetails) -> Vec<PartnerId> {
    let asked = file.tokens.iter().flat_map(|token| {
        let moved = token.rebooking().map(|rebooking| rebooking.partner.id);
        moved.into_iter().chain([token.booking().partner.id])
    });
    let acted = file.audit.iter().filter_map(|entry| match entry.actor {
        Actor::Partner(id) => Some(id),
        Actor::Customer | Actor::Support(_) | Actor::Shop | Actor::System => None,
    });
    asked.chain(acted).collect()
}

fn cancelled(token: &RebookingToken) -> Option<Cancelled> {
    match token.state() {
        TokenState::Cancelled { at, why } => Some(Cancelled::new(*at, *why)),
        TokenState::Active | TokenState::Used(_) => None,
    }
}

fn numbers(dates: &[CourseDateId]) -> Vec<i64> {
    dates.iter().map(|id| id.value()).collect()
}

fn step(subject: Subject) -> u32 {
    match subject {
        Subject::Token(token) => token.step,
        Subject::Booking(_) | Subject::Date(_) => 0,
    }
}

fn name(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Partner(id) => Some(id.to_string()),
        Actor::Support(name) => Some(name.clone()),
        Actor::Customer | Actor::Shop | Actor::System => None,
    }
}
