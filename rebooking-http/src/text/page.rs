//! What the customer's pages say, in German and English.

use chrono::NaiveDateTime;
use rebooking_core::course_date::Slot;
use rebooking_core::customer::Language;
use rebooking_core::eligibility::{Consequence, Offer};
use rebooking_core::money::Money;
use rebooking_core::rebooking::RebookingState;

use super::{calendar, of};

messages! {
    email_missing:
        "Bitte geben Sie die E-Mail-Adresse an, mit der Sie gebucht haben, zum Beispiel name@example.com.",
        "Please give the e-mail address that you booked with, for example name@example.com.";
    choice_missing:
        "Bitte wählen Sie einen Termin mit der Schaltfläche „Auswählen“.",
        "Please choose a date with its button “Select”.";
    new_link_heading:
        "Neuer Link angefordert",
        "New link requested";
}

/// What a form led to.
pub(crate) fn told(language: Language, wish: bool) -> String {
    if wish { super::wish_taken(language) } else { super::new_link(language) }
}

/// *25.01.2025 (abgelehnt)*
pub(crate) fn declined(language: Language, day: &str) -> String {
    of(language, format!("{day} (abgelehnt)"), format!("{day} (declined)"))
}

/// *25.01.2025 (abgesagt)*
pub(crate) fn called_off(language: Language, day: &str) -> String {
    of(language, format!("{day} (abgesagt)"), format!("{day} (called off)"))
}

/// *5 Plätze verfügbar*
pub(crate) fn places(language: Language, free: u32) -> String {
    match free {
        1 => of(language, "1 Platz verfügbar", "1 place available"),
        free => of(language, format!("{free} Plätze verfügbar"), format!("{free} places available")),
    }
}

/// *89,00 € pro Person*
pub(crate) fn per_person(language: Language, price: Money) -> String {
    let price = calendar::amount(language, price);
    of(language, format!("{price} pro Person"), format!("{price} per person"))
}

/// *178,00 € für 2 Personen*
pub(crate) fn for_people(language: Language, total: Money, people: u32) -> String {
    let total = calendar::amount(language, total);
    match people {
        1 => of(language, format!("{total} für 1 Person"), format!("{total} for 1 person")),
        people => {
            of(language, format!("{total} für {people} Personen"), format!("{total} for {people} people"))
        }
    }
}

/// The difference to what has been paid, and what follows from it.
pub(crate) fn difference(language: Language, consequence: Consequence, paid: Money) -> String {
    let paid = calendar::amount(language, paid);
    match consequence {
        Consequence::Same => of(language, "Gleicher Preis wie bisher", "Same price as before"),
        Consequence::Absorbed(more) => {
            let more = calendar::amount(language, more);
            of(
                language,
                format!("{more} mehr als bisher – das übernehmen wir. Für Sie bleibt es bei {paid}."),
                format!("{more} more than before – we cover that. For you it stays at {paid}."),
            )
        }
        Consequence::Refund(less) => {
            let less = calendar::amount(language, less);
            of(
                language,
                format!("{less} günstiger als bisher – die Differenz erstatten wir Ihnen."),
                format!("{less} less than before – we refund the difference."),
            )
        }
        Consequence::ToPay(more) => {
            let more = calendar::amount(language, more);
            of(
                language,
                format!("{more} mehr als bisher – diesen Betrag zahlen Sie nach."),
                format!("{more} more than before – this amount remains to be paid."),
            )
        }
    }
}

/// The button of a date. Where it costs more it says so, as German law asks for (BGB § 312j).
pub(crate) fn choose(language: Language, consequence: Consequence) -> String {
    match consequence {
        Consequence::Same | Consequence::Absorbed(_) | Consequence::Refund(_) => {
            of(language, "Auswählen", "Select")
        }
        Consequence::ToPay(_) => of(language, "Zahlungspflichtig auswählen", "Select and pay"),
    }
}

/// *Samstag, 01.02.2025, 18:00 Uhr, 178,00 € für 2 Personen auswählen*
pub(crate) fn choose_this(language: Language, slot: &Slot, offer: &Offer, people: u32) -> String {
    let (start, total) = (calendar::start(language, slot), for_people(language, offer.total(), people));
    match offer.consequence() {
        Consequence::Same | Consequence::Absorbed(_) | Consequence::Refund(_) => {
            of(language, format!("{start}, {total} auswählen"), format!("Select {start}, {total}"))
        }
        Consequence::ToPay(_) => of(
            language,
            format!("{start}, {total} zahlungspflichtig auswählen"),
            format!("Select and pay {start}, {total}"),
        ),
    }
}

/// Until when the link works, on the venue's clock.
pub(crate) fn valid_until(language: Language, until: NaiveDateTime) -> String {
    let (day, hour) = (calendar::day(language, until), until.format("%H:%M"));
    of(
        language,
        format!("Dieser Link ist bis zum {day}, {hour} Uhr gültig."),
        format!("This link is valid until {day}, {hour}."),
    )
}

pub(crate) fn booked_heading(language: Language, state: RebookingState) -> String {
    match state {
        RebookingState::Ordering | RebookingState::AwaitingPartner => {
            of(language, "Umbuchung erfolgreich!", "Your booking has been moved!")
        }
        RebookingState::Confirmed => {
            of(language, "Ihr neuer Termin ist bestätigt!", "Your new date is confirmed!")
        }
        RebookingState::DeclinedAgain | RebookingState::Rejected => {
            of(language, "Dieser Termin findet leider nicht statt", "This date cannot take place")
        }
        RebookingState::Cancelled(_) => {
            of(language, "Diese Umbuchung wurde storniert", "This rebooking has been cancelled")
        }
    }
}

pub(crate) fn booked_lead(language: Language, state: RebookingState) -> String {
    if state.is_live() {
        of(
            language,
            "Ihre Buchung wurde auf den neuen Termin umgebucht:",
            "Your booking has been moved to the new date:",
        )
    } else {
        of(language, "Mit diesem Link hatten Sie umgebucht:", "You had used this link to move your booking:")
    }
}

pub(crate) fn date_label(language: Language, live: bool) -> String {
    if live { of(language, "Neuer Termin:", "New date:") } else { of(language, "Termin:", "Date:") }
}

/// What comes next.
pub(crate) fn state(language: Language, state: RebookingState) -> Vec<String> {
    match state {
        RebookingState::Ordering | RebookingState::AwaitingPartner => vec![
            of(
                language,
                "Sie erhalten in Kürze eine Bestätigung per E-Mail.",
                "You will receive a confirmation by e-mail shortly.",
            ),
            of(
                language,
                "Der Partner hat den Termin noch nicht bestätigt. Sobald er das getan hat, schreiben wir Ihnen noch einmal.",
                "The partner has not confirmed the date yet. As soon as they have, we will write to you again.",
            ),
        ],
        RebookingState::Confirmed => vec![of(
            language,
            "Der Partner hat den Termin bestätigt. Wir wünschen Ihnen viel Freude!",
            "The partner has confirmed the date. We hope you enjoy it!",
        )],
        RebookingState::DeclinedAgain | RebookingState::Rejected => vec![of(
            language,
            "Das tut uns leid. Bitte öffnen Sie den Link aus unserer neuesten E-Mail, um einen anderen Termin zu wählen.",
            "We are sorry. Please open the link in our latest e-mail to choose another date.",
        )],
        RebookingState::Cancelled(_) => vec![of(
            language,
            "Bei Fragen hilft Ihnen unser Support-Team gern weiter.",
            "Our support team will gladly help you with any question.",
        )],
    }
}

pub(crate) fn refunded(language: Language, amount: Money) -> String {
    let amount = calendar::amount(language, amount);
    of(
        language,
        format!("Die Differenz von {amount} erstatten wir Ihnen."),
        format!("We will refund the difference of {amount}."),
    )
}

pub(crate) fn to_pay(language: Language, amount: Money) -> String {
    let amount = calendar::amount(language, amount);
    of(language, format!("Es bleiben {amount} zu zahlen."), format!("{amount} remain to be paid."))
}

/// What an error page is headed with.
pub(crate) fn refused_heading(language: Language, code: &str) -> String {
    let (german, english) = match code {
        "token_unknown" => ("Link nicht gefunden", "Link not found"),
        "token_expired" => ("Dieser Link ist abgelaufen", "This link has expired"),
        "token_superseded" => ("Es gibt einen neueren Link", "There is a newer link"),
        "token_cancelled" => ("Dieser Link gilt nicht mehr", "This link is no longer valid"),
        "too_many_attempts" | "attempts_exhausted" | "too_many_requests" => {
            ("Zu viele Versuche", "Too many attempts")
        }
        "not_found" => ("Seite nicht gefunden", "Page not found"),
        "wrong_role" => ("Kein Zugang zu dieser Seite", "No access to this page"),
        "stale_form" => ("Bitte laden Sie die Seite neu", "Please reload the page"),
        "try_later" | "outcome_unknown" | "answer_timeout" | "request_timeout" => {
            ("Bitte versuchen Sie es gleich noch einmal", "Please try again in a moment")
        }
        "confirmation_closed" | "rebooking_over" => {
            ("Diese Anfrage ist abgeschlossen", "This request is closed")
        }
        _ => ("Das hat nicht geklappt", "That did not work"),
    };
    of(language, german, english)
}
