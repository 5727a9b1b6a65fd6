//! What has happened, in words for support: history, causes, effects, in German and English.

use rebooking_core::audit::{Actor, AuditEvent};
use rebooking_core::effect::{EffectKind, EffectState, MailKind, TicketFact};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::rebooking::ChosenBy;
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use rebooking_core::wish::{Wish, WishKind};

use super::{calendar, portal};

pub(crate) fn actor(language: Language, actor: &Actor) -> String {
    match actor {
        Actor::Customer => of!(language, "Kunde", "Customer"),
        Actor::Partner(id) => portal::partner(language, *id),
        Actor::Support(name) => {
            of!(language, format!("Support: {name}"), format!("Support: {name}"))
        }
        Actor::Shop => of!(language, "Shop", "Shop"),
        Actor::System => of!(language, "System", "System"),
    }
}

pub(crate) fn event(language: Language, event: AuditEvent) -> String {
    let (german, english) = match event {
        AuditEvent::Declined => ("Buchung abgelehnt", "Booking declined"),
        AuditEvent::DateWithdrawn => ("Ganzer Termin abgesagt", "Whole date cancelled"),
        AuditEvent::LimitReached => {
            ("Keine weiteren Links: Grenze erreicht", "No more links: limit reached")
        }
        AuditEvent::LinkIssued => ("Link ausgestellt", "Link issued"),
        AuditEvent::LinkSuperseded => {
            ("Link durch einen neueren ersetzt", "Link replaced by a newer one")
        }
        AuditEvent::LinkMailed => ("Link verschickt", "Link mailed"),
        AuditEvent::LinkResent => ("Link noch einmal verschickt", "Link mailed once more"),
        AuditEvent::LinkExtended => ("Link verlängert", "Link extended"),
        AuditEvent::LinkCancelled => ("Link storniert", "Link cancelled"),
        AuditEvent::LinkExpired => ("Link abgelaufen", "Link expired"),
        AuditEvent::LinkReminded => ("Erinnerung verschickt", "Reminder mailed"),
        AuditEvent::PageOpened => ("Seite geöffnet", "Page opened"),
        AuditEvent::NoDatesFound => ("Kein Termin gefunden", "No date found"),
        AuditEvent::WrongAddress => {
            ("Falsche E-Mail-Adresse eingegeben", "Wrong e-mail address given")
        }
        AuditEvent::Chosen => ("Termin gewählt", "Date chosen"),
        AuditEvent::RequestWithdrawn => ("Anfrage zurückgezogen", "Request withdrawn"),
        AuditEvent::OrderGone => (
            "Bestellung im Shop erstattet oder storniert",
            "Order refunded or cancelled in the shop",
        ),
        AuditEvent::OrderMade => ("Bestellung umgestellt", "Order placed"),
        AuditEvent::OrderMadeTooLate => ("Bestellung zu spät umgestellt", "Order placed too late"),
        AuditEvent::OrderRefused => ("Bestellung vom Shop abgelehnt", "Order refused by the shop"),
        AuditEvent::OrderUndone => ("Bestellung rückgängig gemacht", "Order undone"),
        AuditEvent::DifferenceRefunded => ("Differenz erstattet", "Difference refunded"),
        AuditEvent::PartnerConfirmed => ("Termin bestätigt", "Date confirmed"),
        AuditEvent::RebookingCancelled => ("Umbuchung storniert", "Rebooking cancelled"),
        AuditEvent::Wished => ("Wunsch geäußert", "Wish expressed"),
        AuditEvent::NewDatesAnnounced => ("Über neue Termine informiert", "Told about new dates"),
        AuditEvent::MailRefused => ("E-Mail unzustellbar", "E-mail refused"),
        AuditEvent::TicketKept => ("Ticket angelegt oder ergänzt", "Ticket created or updated"),
        AuditEvent::EffectDied => ("Vorgang endgültig fehlgeschlagen", "Task failed for good"),
        AuditEvent::EffectRetried => ("Vorgang wiederholt", "Task retried"),
        AuditEvent::EffectSkipped => ("Vorgang übersprungen", "Task skipped"),
        AuditEvent::Forgotten => ("Persönliche Daten gelöscht", "Personal data deleted"),
    };
    of!(language, german, english)
}

/// Why there is a link.
pub(crate) fn cause(language: Language, cause: Cause) -> String {
    let (german, english) = match cause {
        Cause::Declined => ("Der Partner hat abgelehnt.", "The partner declined."),
        Cause::DateWithdrawn => {
            ("Der Partner hat den ganzen Termin abgesagt.", "The partner cancelled the whole date.")
        }
        Cause::Manual => ("Der Support hat den Link geschickt.", "Support sent the link."),
        Cause::Replaced => {
            ("Dieser Link ersetzt einen älteren.", "This link replaces an older one.")
        }
        Cause::OrderRefused => {
            ("Der Shop hat die Bestellung abgelehnt.", "The shop refused the order.")
        }
    };
    of!(language, german, english)
}

pub(crate) fn cancelled(language: Language, why: CancelReason) -> String {
    let (german, english) = match why {
        CancelReason::Support => ("vom Support", "by support"),
        CancelReason::Refunded => ("Bestellung erstattet", "order refunded"),
        CancelReason::OrderCancelled => ("Bestellung storniert", "order cancelled"),
        CancelReason::Superseded => {
            ("durch einen neueren Link ersetzt", "replaced by a newer link")
        }
    };
    of!(language, german, english)
}

pub(crate) fn chooser(language: Language, by: ChosenBy) -> String {
    match by {
        ChosenBy::Customer => of!(language, "vom Kunden", "by the customer"),
        ChosenBy::Support => of!(language, "vom Support", "by support"),
    }
}

pub(crate) fn consequence(language: Language, consequence: PriceAdjustment) -> String {
    match consequence {
        PriceAdjustment::Same => of!(language, "gleicher Preis", "same price"),
        PriceAdjustment::Absorbed(more) => {
            let more = calendar::amount(language, more);
            of!(
                language,
                format!("{more} teurer, übernehmen wir"),
                format!("{more} more, which we cover")
            )
        }
        PriceAdjustment::Refund(less) => {
            let less = calendar::amount(language, less);
            of!(
                language,
                format!("{less} günstiger, wird erstattet"),
                format!("{less} less, to be refunded")
            )
        }
        PriceAdjustment::ToPay(more) => {
            let more = calendar::amount(language, more);
            of!(
                language,
                format!("{more} teurer, wird nachgezahlt"),
                format!("{more} more, to be paid")
            )
        }
    }
}

/// What a customer said, but for the free text.
pub(crate) fn wish(language: Language, wish: &Wish) -> String {
    let kind = match wish.kind {
        WishKind::NewDates => {
            of!(language, "Über neue Termine informieren", "Be told about new dates")
        }
        WishKind::Other => of!(language, "Wünsche", "Wishes"),
        WishKind::MoneyBack => of!(language, "Geld zurück", "Money back"),
    };
    let names = calendar::months(language);
    let weekdays = wish.weekdays.iter().map(|day| calendar::weekday(language, *day));
    let month = |number: &u32| {
        usize::try_from(*number).ok().and_then(|number| names.get(number.checked_sub(1)?))
    };
    let when: Vec<&str> = weekdays.chain(wish.months.iter().filter_map(month).copied()).collect();
    if when.is_empty() { kind } else { format!("{kind}: {}", when.join(", ")) }
}

pub(crate) fn effect(language: Language, kind: EffectKind) -> String {
    let (german, english) = match kind {
        EffectKind::Mail(mail) => return self::mail(language, mail),
        EffectKind::Ticket(fact) => return ticket(language, fact),
        EffectKind::PlaceOrder => ("Bestellung umstellen", "Place the order"),
        EffectKind::UndoOrder => ("Bestellung rückgängig machen", "Undo the order"),
        EffectKind::Refund => ("Differenz erstatten", "Refund the difference"),
    };
    of!(language, german, english)
}

fn mail(language: Language, mail: MailKind) -> String {
    let (german, english) = match mail {
        MailKind::Declined => {
            ("E-Mail: Termin abgelehnt, mit Link", "E-mail: date declined, with link")
        }
        MailKind::LinkSent => ("E-Mail: Link vom Support", "E-mail: link from support"),
        MailKind::LinkReplaced => ("E-Mail: neuer Link", "E-mail: new link"),
        MailKind::LimitReached => {
            ("E-Mail: abgelehnt, ohne Link", "E-mail: declined, without link")
        }
        MailKind::Rebooked => ("E-Mail: Umbuchung bestätigt", "E-mail: rebooking confirmed"),
        MailKind::PartnerConfirmed => {
            ("E-Mail: Partner hat bestätigt", "E-mail: partner has confirmed")
        }
        MailKind::Reminder => ("E-Mail: Erinnerung", "E-mail: reminder"),
        MailKind::OrderRefused => ("E-Mail: Shop hat abgelehnt", "E-mail: shop refused"),
        MailKind::NewDates => ("E-Mail: neue Termine", "E-mail: new dates"),
        MailKind::CalledOff => ("E-Mail: Umbuchung aufgehoben", "E-mail: rebooking called off"),
        MailKind::PartnerRequest => ("E-Mail an Partner: Anfrage", "E-mail to partner: request"),
        MailKind::PartnerWithdrawn => {
            ("E-Mail an Partner: Anfrage zurückgezogen", "E-mail to partner: request withdrawn")
        }
        MailKind::PartnerReleased => {
            ("E-Mail an Partner: Plätze frei", "E-mail to partner: places free")
        }
    };
    of!(language, german, english)
}

fn ticket(language: Language, fact: TicketFact) -> String {
    let (german, english) = match fact {
        TicketFact::Declined => ("Ticket: abgelehnt", "Ticket: declined"),
        TicketFact::LimitReached => ("Ticket: Grenze erreicht", "Ticket: limit reached"),
        TicketFact::LinkSent => ("Ticket: Link geschickt", "Ticket: link sent"),
        TicketFact::NoDates => ("Ticket: kein Termin gefunden", "Ticket: no date found"),
        TicketFact::Rebooked => ("Ticket: umgebucht", "Ticket: rebooked"),
        TicketFact::Confirmed => ("Ticket: bestätigt", "Ticket: confirmed"),
        TicketFact::OrderRefused => ("Ticket: Shop hat abgelehnt", "Ticket: shop refused"),
        TicketFact::Cancelled(_) => ("Ticket: storniert", "Ticket: cancelled"),
        TicketFact::Wish(_) => ("Ticket: Wunsch", "Ticket: wish"),
        TicketFact::Expired => ("Ticket: Link abgelaufen", "Ticket: link expired"),
        TicketFact::Unreachable => ("Ticket: E-Mail unzustellbar", "Ticket: e-mail refused"),
        TicketFact::CustomerNotTold => {
            ("Ticket: E-Mail an Kunden nicht gesendet", "Ticket: e-mail to customer not sent")
        }
        TicketFact::PartnerNotTold => {
            ("Ticket: E-Mail an Partner nicht gesendet", "Ticket: e-mail to partner not sent")
        }
        TicketFact::OrderStuck => ("Ticket: Bestellung hängt fest", "Ticket: order stuck"),
    };
    of!(language, german, english)
}

pub(crate) fn effect_state(language: Language, state: EffectState) -> String {
    let (german, english) = match state {
        EffectState::Waiting { .. } => ("wartet", "waiting"),
        EffectState::Leased { .. } => ("läuft", "under way"),
        EffectState::Done { .. } => ("erledigt", "done"),
        EffectState::Dead { .. } => ("fehlgeschlagen", "failed"),
        EffectState::Skipped { .. } => ("übersprungen", "skipped"),
    };
    of!(language, german, english)
}

/// The states as filters.
pub(crate) fn effect_filter(language: Language, state: &str) -> String {
    let (german, english) = match state {
        "waiting" => ("Wartend", "Waiting"),
        "leased" => ("Laufend", "Under way"),
        "done" => ("Erledigt", "Done"),
        "dead" => ("Fehlgeschlagen", "Failed"),
        "skipped" => ("Übersprungen", "Skipped"),
        _ => ("Alle", "All"),
    };
    of!(language, german, english)
}
