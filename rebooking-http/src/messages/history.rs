//! What has happened, in words for support: history, causes, effects, in German and English.

use rebooking_core::audit::{Actor, AuditEvent};
use rebooking_core::effect::{EffectKind, EffectState, MailKind, TicketFact};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::rebooking::ChosenBy;
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use rebooking_core::wish::{Wish, WishKind};

use super::calendar;

texts! { language =>
    actor(actor: &Actor) => match actor {
        Actor::Customer => "Kunde", "Customer";
        Actor::Partner(id) => "Partner {id}", "Partner {id}";
        Actor::Support(name) => "Support: {name}", "Support: {name}";
        Actor::Shop => "Shop", "Shop";
        Actor::System => "System", "System";
    }
    event(event: AuditEvent) => match event {
        AuditEvent::Declined => "Buchung abgelehnt", "Booking declined";
        AuditEvent::DateWithdrawn => "Ganzer Termin abgesagt", "Whole date cancelled";
        AuditEvent::LimitReached =>
            "Keine weiteren Links: Grenze erreicht", "No more links: limit reached";
        AuditEvent::LinkIssued => "Link ausgestellt", "Link issued";
        AuditEvent::LinkSuperseded =>
            "Link durch einen neueren ersetzt", "Link replaced by a newer one";
        AuditEvent::LinkMailed => "Link verschickt", "Link mailed";
        AuditEvent::LinkResent => "Link noch einmal verschickt", "Link mailed once more";
        AuditEvent::LinkExtended => "Link verlängert", "Link extended";
        AuditEvent::LinkCancelled => "Link storniert", "Link cancelled";
        AuditEvent::LinkExpired => "Link abgelaufen", "Link expired";
        AuditEvent::LinkReminded => "Erinnerung verschickt", "Reminder mailed";
        AuditEvent::PageOpened => "Seite geöffnet", "Page opened";
        AuditEvent::NoDatesFound => "Kein Termin gefunden", "No date found";
        AuditEvent::WrongAddress =>
            "Falsche E-Mail-Adresse eingegeben", "Wrong e-mail address given";
        AuditEvent::Chosen => "Termin gewählt", "Date chosen";
        AuditEvent::RequestWithdrawn => "Anfrage zurückgezogen", "Request withdrawn";
        AuditEvent::OrderGone =>
            "Bestellung im Shop erstattet oder storniert",
            "Order refunded or cancelled in the shop";
        AuditEvent::OrderMade => "Bestellung umgestellt", "Order placed";
        AuditEvent::OrderMadeTooLate => "Bestellung zu spät umgestellt", "Order placed too late";
        AuditEvent::OrderRefused => "Bestellung vom Shop abgelehnt", "Order refused by the shop";
        AuditEvent::OrderUndone => "Bestellung rückgängig gemacht", "Order undone";
        AuditEvent::DifferenceRefunded => "Differenz erstattet", "Difference refunded";
        AuditEvent::PartnerConfirmed => "Termin bestätigt", "Date confirmed";
        AuditEvent::RebookingCancelled => "Umbuchung storniert", "Rebooking cancelled";
        AuditEvent::Wished => "Wunsch geäußert", "Wish expressed";
        AuditEvent::NewDatesAnnounced => "Über neue Termine informiert", "Told about new dates";
        AuditEvent::MailRefused => "E-Mail unzustellbar", "E-mail refused";
        AuditEvent::TicketKept => "Ticket angelegt oder ergänzt", "Ticket created or updated";
        AuditEvent::EffectDied => "Vorgang endgültig fehlgeschlagen", "Task failed for good";
        AuditEvent::EffectRetried => "Vorgang wiederholt", "Task retried";
        AuditEvent::EffectSkipped => "Vorgang übersprungen", "Task skipped";
        AuditEvent::Forgotten => "Persönliche Daten gelöscht", "Personal data deleted";
    }
    /// Why there is a link.
    cause(cause: Cause) => match cause {
        Cause::Declined => "Der Partner hat abgelehnt.", "The partner declined.";
        Cause::DateWithdrawn =>
            "Der Partner hat den ganzen Termin abgesagt.", "The partner cancelled the whole date.";
        Cause::Manual => "Der Support hat den Link geschickt.", "Support sent the link.";
        Cause::Replaced => "Dieser Link ersetzt einen älteren.", "This link replaces an older one.";
        Cause::OrderRefused =>
            "Der Shop hat die Bestellung abgelehnt.", "The shop refused the order.";
    }
    cancelled(why: CancelReason) => match why {
        CancelReason::Support => "vom Support", "by support";
        CancelReason::Refunded => "Bestellung erstattet", "order refunded";
        CancelReason::OrderCancelled => "Bestellung storniert", "order cancelled";
        CancelReason::Superseded => "durch einen neueren Link ersetzt", "replaced by a newer link";
    }
    chooser(by: ChosenBy) => match by {
        ChosenBy::Customer => "vom Kunden", "by the customer";
        ChosenBy::Support => "vom Support", "by support";
    }
    consequence(consequence: PriceAdjustment) => match consequence {
        PriceAdjustment::Same => "gleicher Preis", "same price";
        PriceAdjustment::Absorbed(more) =>
            let more = calendar::amount(language, more);
            "{more} teurer, übernehmen wir", "{more} more, which we cover";
        PriceAdjustment::Refund(less) =>
            let less = calendar::amount(language, less);
            "{less} günstiger, wird erstattet", "{less} less, to be refunded";
        PriceAdjustment::ToPay(more) =>
            let more = calendar::amount(language, more);
            "{more} teurer, wird nachgezahlt", "{more} more, to be paid";
    }
    wish_kind(kind: WishKind) => match kind {
        WishKind::NewDates => "Über neue Termine informieren", "Be told about new dates";
        WishKind::Other => "Wünsche", "Wishes";
        WishKind::MoneyBack => "Geld zurück", "Money back";
    }
}

/// What a customer said, but for the free text.
pub(crate) fn wish(language: Language, wish: &Wish) -> String {
    let kind = wish_kind(language, wish.kind);
    let names = calendar::months(language);
    let weekdays = wish.weekdays.iter().map(|day| calendar::weekday(language, *day));
    let month = |number: &u32| {
        usize::try_from(*number).ok().and_then(|number| names.get(number.checked_sub(1)?))
    };
    let when: Vec<&str> = weekdays.chain(wish.months.iter().filter_map(month).copied()).collect();
    if when.is_empty() { kind } else { format!("{kind}: {}", when.join(", ")) }
}

texts! { language =>
    effect(kind: EffectKind) => match kind {
        EffectKind::Mail(mail) => let mail = self::mail(language, mail); "{mail}", "{mail}";
        EffectKind::Ticket(fact) => let ticket = ticket(language, fact); "{ticket}", "{ticket}";
        EffectKind::PlaceOrder => "Bestellung umstellen", "Place the order";
        EffectKind::UndoOrder => "Bestellung rückgängig machen", "Undo the order";
        EffectKind::Refund => "Differenz erstatten", "Refund the difference";
    }
    mail(mail: MailKind) => match mail {
        MailKind::Declined =>
            "E-Mail: Termin abgelehnt, mit Link", "E-mail: date declined, with link";
        MailKind::LinkSent => "E-Mail: Link vom Support", "E-mail: link from support";
        MailKind::LinkReplaced => "E-Mail: neuer Link", "E-mail: new link";
        MailKind::LimitReached => "E-Mail: abgelehnt, ohne Link", "E-mail: declined, without link";
        MailKind::Rebooked => "E-Mail: Umbuchung bestätigt", "E-mail: rebooking confirmed";
        MailKind::PartnerConfirmed =>
            "E-Mail: Partner hat bestätigt", "E-mail: partner has confirmed";
        MailKind::Reminder => "E-Mail: Erinnerung", "E-mail: reminder";
        MailKind::OrderRefused => "E-Mail: Shop hat abgelehnt", "E-mail: shop refused";
        MailKind::NewDates => "E-Mail: neue Termine", "E-mail: new dates";
        MailKind::CalledOff => "E-Mail: Umbuchung aufgehoben", "E-mail: rebooking called off";
        MailKind::PartnerRequest => "E-Mail an Partner: Anfrage", "E-mail to partner: request";
        MailKind::PartnerWithdrawn =>
            "E-Mail an Partner: Anfrage zurückgezogen", "E-mail to partner: request withdrawn";
        MailKind::PartnerReleased =>
            "E-Mail an Partner: Plätze frei", "E-mail to partner: places free";
    }
    ticket(fact: TicketFact) => match fact {
        TicketFact::Declined => "Ticket: abgelehnt", "Ticket: declined";
        TicketFact::LimitReached => "Ticket: Grenze erreicht", "Ticket: limit reached";
        TicketFact::LinkSent => "Ticket: Link geschickt", "Ticket: link sent";
        TicketFact::NoDates => "Ticket: kein Termin gefunden", "Ticket: no date found";
        TicketFact::Rebooked => "Ticket: umgebucht", "Ticket: rebooked";
        TicketFact::Confirmed => "Ticket: bestätigt", "Ticket: confirmed";
        TicketFact::OrderRefused => "Ticket: Shop hat abgelehnt", "Ticket: shop refused";
        TicketFact::Cancelled(_) => "Ticket: storniert", "Ticket: cancelled";
        TicketFact::Wish(_) => "Ticket: Wunsch", "Ticket: wish";
        TicketFact::Expired => "Ticket: Link abgelaufen", "Ticket: link expired";
        TicketFact::Unreachable => "Ticket: E-Mail unzustellbar", "Ticket: e-mail refused";
        TicketFact::CustomerNotTold =>
            "Ticket: E-Mail an Kunden nicht gesendet", "Ticket: e-mail to customer not sent";
        TicketFact::PartnerNotTold =>
            "Ticket: E-Mail an Partner nicht gesendet", "Ticket: e-mail to partner not sent";
        TicketFact::OrderStuck => "Ticket: Bestellung hängt fest", "Ticket: order stuck";
    }
    effect_state(state: EffectState) => match state {
        EffectState::Waiting { .. } => "wartet", "waiting";
        EffectState::Leased { .. } => "läuft", "under way";
        EffectState::Done { .. } => "erledigt", "done";
        EffectState::Dead { .. } => "fehlgeschlagen", "failed";
        EffectState::Skipped { .. } => "übersprungen", "skipped";
    }
    /// The states as filters.
    effect_filter(state: &str) => match state {
        "waiting" => "Wartend", "Waiting";
        "leased" => "Laufend", "Under way";
        "done" => "Erledigt", "Done";
        "dead" => "Fehlgeschlagen", "Failed";
        "skipped" => "Übersprungen", "Skipped";
        _ => "Alle", "All";
    }
}
