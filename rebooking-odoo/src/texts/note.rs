//! The notes, one a fact.

use rebooking_core::effect::TicketFact;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::ports::TicketNote;
use rebooking_core::presentation::format;
use rebooking_core::rebooking::{ChosenBy, Rebooking};
use rebooking_core::token::CancelReason;
use rebooking_core::wish::{Wish, WishKind};

use super::Texts;

impl Texts {
    /// What a note says: short sentences in one line.
    pub(crate) fn note(self, note: &TicketNote) -> String {
        let date = format::start(self.0, &note.booking.slot);
        match note.fact {
            TicketFact::Declined => self.with_reason(
                note,
                self.pick(
                    format!(
                        "Der Partner hat den Termin {date} abgelehnt. Der Kunde bekommt \
                         einen Link zum Umbuchen."
                    ),
                    format!(
                        "The partner declined the date {date}. The customer gets a link to \
                         rebook."
                    ),
                ),
            ),
            TicketFact::LimitReached => self.with_reason(
                note,
                self.pick(
                    format!(
                        "Der Partner hat den Termin {date} abgelehnt, und es gibt keinen \
                         weiteren Link. Bitte eine Lösung finden."
                    ),
                    format!(
                        "The partner declined the date {date}, and there are no more links. \
                         Please find a way."
                    ),
                ),
            ),
            TicketFact::LinkSent => self.with_reason(
                note,
                self.pick(
                    format!(
                        "Der Support hat für den Termin {date} einen Link zum Umbuchen \
                         geschickt."
                    ),
                    format!("Support sent a link to rebook the date {date}."),
                ),
            ),
            TicketFact::NoDates => self.pick(
                "Der Kunde hat keinen passenden Termin gefunden. Bitte melden.".to_owned(),
                "The customer found no date that fits. Please get in touch.".to_owned(),
            ),
            TicketFact::Rebooked => self.rebooked(note, &date),
            TicketFact::Confirmed => self.confirmed(note.rebooking.as_ref(), &date),
            TicketFact::OrderRefused => self.pick(
                "Der Shop hat die Bestellung für den neuen Termin abgelehnt. Der Kunde bekommt \
                 einen neuen Link."
                    .to_owned(),
                "The shop refused the order for the new date. The customer gets a new link."
                    .to_owned(),
            ),
            TicketFact::Cancelled(why) => self.cancelled(why),
            TicketFact::Wish(_) => self.wish(note.wish.as_ref()),
            TicketFact::Expired => self.pick(
                "Der Link ist abgelaufen, ohne dass der Kunde einen Termin gewählt hat.".to_owned(),
                "The link expired before the customer chose a date.".to_owned(),
            ),
            TicketFact::Unreachable => self.pick(
                "Eine E-Mail an den Kunden ist unzustellbar. Bitte auf anderem Weg melden."
                    .to_owned(),
                "A mail to the customer was refused. Please get in touch another way.".to_owned(),
            ),
            TicketFact::CustomerNotTold => self.pick(
                "Eine E-Mail an den Kunden konnte nicht gesendet werden. Bitte melden.".to_owned(),
                "A mail to the customer could not be sent. Please get in touch.".to_owned(),
            ),
            TicketFact::PartnerNotTold => self.pick(
                "Eine E-Mail an den Partner konnte nicht gesendet werden. Bitte anrufen."
                    .to_owned(),
                "A mail to the partner could not be sent. Please call.".to_owned(),
            ),
            TicketFact::OrderStuck => self.pick(
                "Die Umbuchung ist im Shop nicht angekommen. Bitte die Bestellung prüfen."
                    .to_owned(),
                "The rebooking did not reach the shop. Please look at the order.".to_owned(),
            ),
        }
    }

    fn with_reason(self, note: &TicketNote, said: String) -> String {
        let reason = note.reason.expose();
        match note.reason.is_empty() {
            true => said,
            false => {
                self.pick(format!("{said} Grund: „{reason}“"), format!("{said} Reason: “{reason}”"))
            }
        }
    }

    fn rebooked(self, note: &TicketNote, old: &str) -> String {
        let Some(rebooking) = &note.rebooking else {
            return self.pick("Umgebucht.".to_owned(), "Rebooked.".to_owned());
        };
        let new = format::start(self.0, &rebooking.slot);
        let who = match rebooking.by {
            ChosenBy::Customer => self.pick("Der Kunde", "The customer"),
            ChosenBy::Support => self.pick("Der Support", "Support"),
        };
        let mut said = self.pick(
            format!("{who} hat umgebucht: bisher {old}, jetzt {new}."),
            format!("{who} rebooked: before {old}, now {new}."),
        );
        if rebooking.course.id != note.booking.course.id {
            let course = &rebooking.course.name;
            said += &self.pick(format!(" Kurs: {course}."), format!(" Course: {course}."));
        }
        let order = rebooking.order.as_ref().map(|order| &order.number);
        if let Some(number) = order.filter(|number| **number != note.booking.order_number) {
            said += &self
                .pick(format!(" Neue Bestellung: {number}."), format!(" New order: {number}."));
        }
        said += &self.price(rebooking.consequence);
        said += self.pick(" Der Partner ist angefragt.", " The partner has been asked.");
        said
    }

    fn price(self, consequence: PriceAdjustment) -> String {
        let amount = |money| format::amount(self.0, money);
        match consequence {
            PriceAdjustment::Same => String::new(),
            PriceAdjustment::Absorbed(more) => self.pick(
                format!(" Der Mehrpreis von {} wird übernommen.", amount(more)),
                format!(" The difference of {} is covered.", amount(more)),
            ),
            PriceAdjustment::Refund(less) => self.pick(
                format!(" Zu erstatten: {}.", amount(less)),
                format!(" To be refunded: {}.", amount(less)),
            ),
            PriceAdjustment::ToPay(more) => self.pick(
                format!(" Noch zu zahlen: {}.", amount(more)),
                format!(" Still to pay: {}.", amount(more)),
            ),
        }
    }

    fn confirmed(self, rebooking: Option<&Rebooking>, old: &str) -> String {
        let date = rebooking.map(|rebooking| format::start(self.0, &rebooking.slot));
        let date = date.as_deref().unwrap_or(old);
        self.pick(
            format!("Der Partner hat den Termin {date} bestätigt."),
            format!("The partner confirmed the date {date}."),
        )
    }

    fn cancelled(self, why: CancelReason) -> String {
        let (german, english) = match why {
            CancelReason::Support => ("Vom Support storniert.", "Cancelled by support."),
            CancelReason::Refunded => (
                "Beendet: Die Bestellung wurde im Shop erstattet.",
                "Ended: the order was refunded in the shop.",
            ),
            CancelReason::OrderCancelled => (
                "Beendet: Die Bestellung wurde im Shop storniert.",
                "Ended: the order was cancelled in the shop.",
            ),
            CancelReason::Superseded => {
                ("Durch einen neueren Link ersetzt.", "Replaced by a newer link.")
            }
        };
        self.pick(german, english).to_owned()
    }

    fn wish(self, wish: Option<&Wish>) -> String {
        let Some(wish) = wish else {
            return self.pick(
                "Der Kunde hat einen Wunsch, der nicht mehr vorliegt.".to_owned(),
                "The customer expressed a wish that is no longer kept.".to_owned(),
            );
        };
        let (german, english) = match wish.kind {
            WishKind::NewDates => (
                "Der Kunde möchte von neuen Terminen hören.",
                "The customer wants to hear of new dates.",
            ),
            WishKind::Other => ("Der Kunde hat einen Wunsch.", "The customer has a wish."),
            WishKind::MoneyBack => (
                "Der Kunde möchte sein Geld zurück. Bitte entscheiden und erstatten.",
                "The customer wants the money back. Please decide and refund.",
            ),
        };
        let mut said = self.pick(german, english).to_owned();
        let days: Vec<&str> =
            wish.weekdays.iter().map(|day| format::weekday(self.0, *day)).collect();
        if !days.is_empty() {
            let days = days.join(", ");
            said += &self.pick(format!(" Wochentage: {days}."), format!(" Weekdays: {days}."));
        }
        let names = format::months(self.0);
        let place = |month: &u32| usize::try_from(*month).ok()?.checked_sub(1);
        let months: Vec<&str> =
            wish.months.iter().filter_map(|month| names.get(place(month)?).copied()).collect();
        if !months.is_empty() {
            let months = months.join(", ");
            said += &self.pick(format!(" Monate: {months}."), format!(" Months: {months}."));
        }
        if !wish.text.is_empty() {
            let text = wish.text.expose();
            said += &self.pick(format!(" „{text}“"), format!(" “{text}”"));
        }
        said
    }
}
