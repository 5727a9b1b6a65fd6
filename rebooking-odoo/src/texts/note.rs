//! The notes, one a fact.

use rebooking_core::effect::TicketFact;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::ports::TicketNote;
use rebooking_core::presentation::format;
use rebooking_core::presentation::locales::text;
use rebooking_core::rebooking::Rebooking;
use rebooking_core::token::CancelReason;
use rebooking_core::wish::Wish;

use super::Texts;

impl Texts {
    /// What a note says: short sentences in one line.
    pub(crate) fn note(self, note: &TicketNote) -> String {
        let date = format::start(self.0, &note.booking.slot);
        match (note.fact, &note.rebooking, &note.wish) {
            (TicketFact::Rebooked, Some(rebooking), _) => self.rebooked(note, rebooking, &date),
            (TicketFact::Confirmed, Some(rebooking), _) => {
                self.said(note.fact, &format::start(self.0, &rebooking.slot))
            }
            (TicketFact::Cancelled(CancelReason::Superseded), Some(rebooking), _) => {
                self.exchanged(rebooking)
            }
            (TicketFact::Cancelled(why), _, _) => {
                text!(self.0, "helpdesk-cancelled", why = why.as_str())
            }
            (TicketFact::Wish(_), _, Some(wish)) => self.wish(wish),
            (TicketFact::Declined | TicketFact::LimitReached | TicketFact::LinkSent, _, _) => {
                self.with_reason(note, self.said(note.fact, &date))
            }
            (
                TicketFact::NoDates
                | TicketFact::Rebooked
                | TicketFact::Confirmed
                | TicketFact::OrderRefused
                | TicketFact::Wish(_)
                | TicketFact::Expired
                | TicketFact::Unreachable
                | TicketFact::CustomerNotTold
                | TicketFact::PartnerNotTold
                | TicketFact::OrderStuck,
                _,
                _,
            ) => self.said(note.fact, &date),
        }
    }

    fn said(self, fact: TicketFact, date: &str) -> String {
        text!(self.0, "helpdesk-note", fact = fact.as_str(), date)
    }

    fn with_reason(self, note: &TicketNote, said: String) -> String {
        if note.reason.is_empty() {
            return said;
        }
        format!("{said} {}", text!(self.0, "helpdesk-reason", reason = note.reason.expose()))
    }

    fn rebooked(self, note: &TicketNote, rebooking: &Rebooking, old: &str) -> String {
        let new = format::start(self.0, &rebooking.slot);
        let by = if rebooking.is_backup { "backup" } else { rebooking.by.as_str() };
        let mut said = vec![text!(self.0, "helpdesk-rebooked", by, old, new)];
        if rebooking.course.id != note.booking.course.id {
            said.push(text!(self.0, "helpdesk-new-course", course = &rebooking.course.name));
        }
        let order = rebooking.order.as_ref().map(|order| &order.number);
        if let Some(number) = order.filter(|number| **number != note.booking.order_number) {
            said.push(text!(self.0, "helpdesk-new-order", number = number.as_str()));
        }
        said.extend(self.price(rebooking.consequence));
        said.push(text!(self.0, "helpdesk-partner-asked"));
        let said = said.join(" ");
        if rebooking.is_backup { self.with_reason(note, said) } else { said }
    }

    /// The backup that a customer gave up, and what is not to be asked for any more.
    fn exchanged(self, given_up: &Rebooking) -> String {
        let date = format::start(self.0, &given_up.slot);
        let mut said = vec![text!(self.0, "helpdesk-exchanged", date)];
        if let PriceAdjustment::ToPay(due) = given_up.consequence {
            let amount = format::amount(self.0, due);
            said.push(text!(self.0, "helpdesk-no-longer-due", amount));
        }
        said.join(" ")
    }

    fn price(self, consequence: PriceAdjustment) -> Option<String> {
        let (PriceAdjustment::Absorbed(by)
        | PriceAdjustment::Refund(by)
        | PriceAdjustment::ToPay(by)) = consequence
        else {
            return None;
        };
        let amount = format::amount(self.0, by);
        Some(text!(self.0, "helpdesk-difference", difference = consequence.as_str(), amount))
    }

    fn wish(self, wish: &Wish) -> String {
        let mut said = vec![text!(self.0, "helpdesk-wish", kind = wish.kind.as_str())];
        let days: Vec<&str> =
            wish.weekdays.iter().map(|day| format::weekday(self.0, *day)).collect();
        if !days.is_empty() {
            said.push(text!(self.0, "helpdesk-weekdays", days = days.join(", ")));
        }
        let names = format::months(self.0);
        let place = |month: &u32| usize::try_from(*month).ok()?.checked_sub(1);
        let months: Vec<&str> =
            wish.months.iter().filter_map(|month| names.get(place(month)?).copied()).collect();
        if !months.is_empty() {
            said.push(text!(self.0, "helpdesk-months", months = months.join(", ")));
        }
        if !wish.text.is_empty() {
            said.push(text!(self.0, "helpdesk-quote", text = wish.text.expose()));
        }
        said.join(" ")
    }
}
