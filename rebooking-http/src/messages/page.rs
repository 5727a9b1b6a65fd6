//! What the customer's pages say, in German and English.

use chrono::NaiveDateTime;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::value::customer::Language;
use rebooking_core::value::money::Money;

use super::calendar;
use crate::error::Code;

texts! { language =>
    new_link_heading() => "Neuer Link angefordert", "New link requested";
    new_link_asked_for() =>
        "Wenn die E-Mail-Adresse zur Buchung gehört und der alte Link abgelaufen ist, ist ein \
         neuer Link schon auf dem Weg zu Ihnen. Bitte sehen Sie auch im Spam-Ordner nach.",
        "If the e-mail address belongs to the booking and the old link has expired, a new link is \
         already on its way to you. Please check your spam folder, too.";
    nothing_to_choose() =>
        "Zurzeit gibt es keinen Termin, den Sie auswählen könnten. Bitte sagen Sie uns weiter \
         unten, was Ihnen hilft.",
        "There is no date that you could choose at the moment. Please tell us further down what \
         would help you.";
    booked_before() =>
        "Mit diesem Link wurde bereits umgebucht. Gebucht ist dieser Termin:",
        "This link has already been used. This is the date that is booked:";
    /// *25.01.2025 (abgelehnt)*
    declined(day: &str) => "{day} (abgelehnt)", "{day} (declined)";
    /// *25.01.2025 (abgesagt)*
    called_off(day: &str) => "{day} (abgesagt)", "{day} (called off)";
    /// *5 Plätze verfügbar*
    places(free: u32) => match free {
        1 => "1 Platz verfügbar", "1 place available";
        free => "{free} Plätze verfügbar", "{free} places available";
    }
    /// *89,00 € pro Person*
    per_person(price: Money) =>
        let price = calendar::amount(language, price);
        "{price} pro Person", "{price} per person";
    /// *178,00 € für 2 Personen*
    for_people(total: Money, people: u32) =>
        let total = calendar::amount(language, total);
        match people {
            1 => "{total} für 1 Person", "{total} for 1 person";
            people => "{total} für {people} Personen", "{total} for {people} people";
        }
    /// The difference to what has been paid, and what follows from it.
    difference(consequence: PriceAdjustment, paid: Money) =>
        let paid = calendar::amount(language, paid);
        match consequence {
            PriceAdjustment::Same => "Gleicher Preis wie bisher", "Same price as before";
            PriceAdjustment::Absorbed(more) =>
                let more = calendar::amount(language, more);
                "{more} mehr als bisher – das übernehmen wir. Es bleibt bei den {paid}, die Sie \
                 bezahlt haben.",
                "{more} more than before – we cover that. You have paid {paid}, and there is \
                 nothing more to pay.";
            PriceAdjustment::Refund(less) =>
                let less = calendar::amount(language, less);
                "{less} günstiger als bisher – die Differenz erstatten wir Ihnen.",
                "{less} less than before – we refund the difference.";
            PriceAdjustment::ToPay(more) =>
                let more = calendar::amount(language, more);
                "{more} mehr als bisher – diesen Betrag zahlen Sie nach.",
                "{more} more than before – this amount remains to be paid.";
        }
    /// The button of a date. Where it costs more it says so, as German law asks for (BGB § 312j).
    choose(consequence: PriceAdjustment) => match consequence {
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) =>
            "Auswählen", "Select";
        PriceAdjustment::ToPay(_) => "Zahlungspflichtig auswählen", "Select and pay";
    }
    /// *Samstag, 01.02.2025, 18:00 Uhr, 178,00 € für 2 Personen auswählen*, of a start and a total
    /// as
    /// they are read.
    choose_this(start: &str, total: &str, consequence: PriceAdjustment) => match consequence {
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) =>
            "{start}, {total} auswählen", "Select {start}, {total}";
        PriceAdjustment::ToPay(_) =>
            "{start}, {total} zahlungspflichtig auswählen", "Select and pay {start}, {total}";
    }
    /// Until when the link works, on the venue's clock.
    valid_until(until: NaiveDateTime) =>
        let day = calendar::day(language, until);
        let hour = calendar::clock(until);
        "Dieser Link ist bis zum {day}, {hour} Uhr gültig.",
        "This link is valid until {day}, {hour}.";
    booked_heading(state: RebookingState) => match state {
        RebookingState::Ordering | RebookingState::AwaitingPartner =>
            "Umbuchung erfolgreich!", "Your booking has been moved!";
        RebookingState::Confirmed =>
            "Ihr neuer Termin ist bestätigt!", "Your new date is confirmed!";
        RebookingState::DeclinedAgain | RebookingState::Rejected =>
            "Dieser Termin findet leider nicht statt", "Unfortunately this date cannot take place";
        RebookingState::Cancelled(_) =>
            "Diese Umbuchung wurde storniert", "This rebooking has been cancelled";
    }
    booked_lead(state: RebookingState) =>
        let live = state.is_live();
        match live {
            true =>
                "Ihre Buchung wurde auf den neuen Termin umgebucht:",
                "Your booking has been moved to the new date:";
            false =>
                "Mit diesem Link hatten Sie auf diesen Termin umgebucht:",
                "You had used this link to rebook to this date:";
        }
    date_label(live: bool) => match live {
        true => "Neuer Termin:", "New date:";
        false => "Termin:", "Date:";
    }
    mail_follows() =>
        "Sie erhalten in Kürze eine Bestätigung per E-Mail.",
        "You will receive a confirmation by e-mail shortly.";
    /// What comes next.
    ///
    /// `another_link`: whether the customer gets one when the partner declines.
    what_is_next(state: RebookingState, another_link: bool) => match state {
        RebookingState::Ordering | RebookingState::AwaitingPartner =>
            "Der Partner hat den Termin noch nicht bestätigt. Sobald die Bestätigung vorliegt, \
             erhalten Sie eine weitere E-Mail.",
            "The partner has not confirmed the date yet. You will receive another e-mail as soon \
             as they have.";
        RebookingState::Confirmed =>
            "Der Partner hat den Termin bestätigt. Wir wünschen Ihnen viel Freude!",
            "The partner has confirmed the date. We hope you enjoy it!";
        RebookingState::DeclinedAgain if !another_link =>
            "Das tut uns sehr leid. Unser Support-Team meldet sich bei Ihnen, um eine Lösung zu \
             finden.",
            "We are very sorry. Our support team will contact you to find a solution.";
        RebookingState::DeclinedAgain | RebookingState::Rejected =>
            "Das tut uns leid. Bitte öffnen Sie den Link aus unserer neuesten E-Mail, um einen \
             anderen Termin zu wählen.",
            "We are sorry. Please open the link in our latest e-mail to choose another date.";
        RebookingState::Cancelled(_) =>
            "Bei Fragen hilft Ihnen unser Support-Team gern weiter.",
            "Our support team will gladly help you with any question.";
    }
}

/// What comes next, line by line.
pub(crate) fn state(language: Language, state: RebookingState, another_link: bool) -> Vec<String> {
    let waiting = matches!(state, RebookingState::Ordering | RebookingState::AwaitingPartner);
    let mail = waiting.then(|| mail_follows(language));
    mail.into_iter().chain([what_is_next(language, state, another_link)]).collect()
}

texts! { language =>
    /// What has been paid for the party, and what follows from the difference in price.
    paid(consequence: PriceAdjustment, paid: Money) =>
        let paid = calendar::amount(language, paid);
        match consequence {
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) =>
                "Sie haben insgesamt {paid} bezahlt. Mehr ist nicht zu zahlen.",
                "You have paid {paid} in total. There is nothing more to pay.";
            PriceAdjustment::Refund(less) =>
                let less = calendar::amount(language, less);
                "Sie haben insgesamt {paid} bezahlt. Die Differenz von {less} erstatten wir Ihnen.",
                "You have paid {paid} in total. We will refund the difference of {less}.";
            PriceAdjustment::ToPay(more) =>
                let more = calendar::amount(language, more);
                "Sie haben bisher {paid} bezahlt. Der Mehrpreis von {more} ist noch zu zahlen. \
                 Wegen der Zahlung melden wir uns bei Ihnen.",
                "You have paid {paid} so far. The difference of {more} remains to be paid. We \
                 will contact you about the payment.";
        }
    /// What an error page is headed with.
    /// `look_first`: it may have been done, and would be done again.
    refused_heading(code: Code, look_first: bool) => match code {
        Code::TokenUnknown => "Link nicht gefunden", "Link not found";
        Code::TokenExpired => "Dieser Link ist abgelaufen", "This link has expired";
        Code::TokenSuperseded => "Es gibt einen neueren Link", "There is a newer link";
        Code::TokenCancelled => "Dieser Link gilt nicht mehr", "This link is no longer valid";
        Code::TooManyAttempts | Code::AttemptsExhausted | Code::TooManyRequests =>
            "Zu viele Versuche", "Too many attempts";
        Code::NotFound => "Seite nicht gefunden", "Page not found";
        Code::WrongRole => "Kein Zugang zu dieser Seite", "No access to this page";
        Code::StaleForm => "Bitte öffnen Sie die Seite neu", "Please open the page anew";
        Code::OutcomeUnknown | Code::AnswerTimeout if look_first =>
            "Bitte sehen Sie zuerst nach", "Please check first";
        Code::TryLater | Code::OutcomeUnknown | Code::AnswerTimeout | Code::RequestTimeout =>
            "Bitte versuchen Sie es gleich noch einmal", "Please try again in a moment";
        Code::ConfirmationClosed | Code::RebookingOver =>
            "Diese Anfrage ist abgeschlossen", "This request is closed";
        _ => "Das hat leider nicht geklappt", "Sorry, that did not work";
    }
}
