//! What the pages of partners and support say, in German and English.

use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::auth::Principal;

texts! { language =>
    /// The columns of the table for spreadsheets, counted from 0.
    column(number: usize) => match number {
        0 => "Bestellung", "Order";
        1 => "Kurs", "Course";
        2 => "Kunde", "Customer";
        3 => "Teilnehmer", "Participants";
        4 => "Ursprünglicher Termin", "Original date";
        5 => "Neue Bestellung", "New order";
        6 => "Neuer Termin", "New date";
        7 => "Status", "Status";
        _ => "Gewählt am", "Chosen on";
    }
}

/// The head of the table for spreadsheets.
pub(crate) fn table_head(language: Language) -> [String; 9] {
    std::array::from_fn(|number| column(language, number))
}

texts! { language =>
    signed_out() => "Sie haben sich abgemeldet.", "You have signed out.";
    session_ended() =>
        "Ihre Anmeldung ist abgelaufen, deshalb wurde nichts geändert. Bitte melden Sie sich noch \
         einmal an.",
        "Your session has ended, so nothing has been changed. Please sign in once more.";
    sign_in_first() =>
        "Bitte melden Sie sich an, um diese Seite zu öffnen. Eine Anmeldung endet, wenn sie eine \
         Stunde lang nicht genutzt wird.",
        "Please sign in to open this page. A session ends when it has not been used for an hour.";
    wrong_token() =>
        "Diesen Zugangsschlüssel kennen wir nicht. Bitte prüfen Sie, ob er vollständig ist.",
        "We do not know this access token. Please check that it is complete.";
    all() => "Alle", "All";
    open_anew() => "Seite neu öffnen", "Open the page anew";
    to_overview() => "Zur Übersicht", "To the overview";
    other_sign_in() => "Mit einem anderen Zugang anmelden", "Sign in with another access token";
    nav_requests() => "Anfragen", "Requests";
    nav_rebookings() => "Umbuchungen", "Rebookings";
    nav_cases() => "Fälle", "Cases";
    nav_send_link() => "Link senden", "Send a link";
    nav_effects() => "Vorgänge", "Tasks";
    nav_earnings() => "Ertrag", "Earnings";
}

/// The pages that somebody may go to.
pub(crate) fn nav(language: Language, who: &Principal) -> Vec<(&'static str, String)> {
    match who {
        Principal::Partner(_) => vec![
            ("/partner", nav_requests(language)),
            ("/partner/rebookings", nav_rebookings(language)),
        ],
        Principal::Support(_) => vec![
            ("/support", nav_cases(language)),
            ("/support/links", nav_send_link(language)),
            ("/support/effects", nav_effects(language)),
            ("/support/earnings", nav_earnings(language)),
        ],
    }
}

texts! { language =>
    /// *Partner 5*
    partner(id: PartnerId) => "Partner {id}", "Partner {id}";
    entries(total: u64) => match total {
        1 => "1 Eintrag", "1 entry";
        total => "{total} Einträge", "{total} entries";
    }
    /// *Seite 2 von 4 · 100 Einträge*
    part(page: u64, last: u64, total: u64) =>
        let entries = entries(language, total);
        match last {
            1 => "{entries}", "{entries}";
            last => "Seite {page} von {last} · {entries}", "Page {page} of {last} · {entries}";
        }
    /// What a partner's last form led to; nothing for any other word.
    partner_told(said: &str) => match said {
        "confirmed" =>
            "Der Termin ist bestätigt. Wir informieren die Kundin oder den Kunden.",
            "The date is confirmed. We will tell the customer.";
        "declined" =>
            "Die Anfrage ist abgelehnt. Die Kundin oder der Kunde bekommt einen Link, um einen \
             anderen Termin zu wählen.",
            "The request is declined. The customer will get a link to choose another date.";
        "withdrawn" =>
            "Der ganze Termin ist abgesagt. Alle, die ihn gebucht hatten, werden benachrichtigt.",
            "The whole date is cancelled. Everybody who had booked it will be told.";
        _ => "", "";
    }
    /// How a request stands, for one.
    request(state: ConfirmationState) => match state {
        ConfirmationState::Waiting => "in Vorbereitung", "being prepared";
        ConfirmationState::Pending => "wartet auf Ihre Antwort", "waiting for your answer";
        ConfirmationState::Confirmed => "bestätigt", "confirmed";
        ConfirmationState::Declined => "abgelehnt", "declined";
        ConfirmationState::Withdrawn => "zurückgezogen", "withdrawn";
    }
    /// The same as the name of a filter.
    requests(state: ConfirmationState) => match state {
        ConfirmationState::Waiting => "In Vorbereitung", "Being prepared";
        ConfirmationState::Pending => "Offen", "Open";
        ConfirmationState::Confirmed => "Bestätigt", "Confirmed";
        ConfirmationState::Declined => "Abgelehnt", "Declined";
        ConfirmationState::Withdrawn => "Zurückgezogen", "Withdrawn";
    }
    no_requests(state: ConfirmationState) => match state {
        ConfirmationState::Pending =>
            "Zurzeit wartet keine Anfrage auf Ihre Antwort.",
            "There are no requests waiting for your answer.";
        ConfirmationState::Waiting
        | ConfirmationState::Confirmed
        | ConfirmationState::Declined
        | ConfirmationState::Withdrawn =>
            "Hier gibt es keine Anfragen.", "There are no requests here.";
    }
    /// How many bookings a withdrawn date takes with it.
    hits(bookings: u32) => match bookings {
        1 =>
            "Das betrifft 1 Buchung. Die Kundin oder der Kunde bekommt einen Link für einen \
             anderen Termin.",
            "This affects 1 booking. The customer gets a link for another date.";
        bookings =>
            "Das betrifft {bookings} Buchungen. Alle bekommen einen Link für einen anderen Termin.",
            "This affects {bookings} bookings. All of them get a link for another date.";
    }
    /// *2 Personen*
    people(count: u32) => match count {
        1 => "1 Person", "1 person";
        count => "{count} Personen", "{count} people";
    }
    /// *5 Plätze frei*
    free_places(free: u32) => match free {
        1 => "1 Platz frei", "1 place free";
        free => "{free} Plätze frei", "{free} places free";
    }
    /// How far a declined booking has come.
    progress(progress: CaseStatus) => match progress {
        CaseStatus::Open => "offen", "open";
        CaseStatus::Rebooked => "umgebucht", "rebooked";
        CaseStatus::AwaitingPartner => "wartet auf den Partner", "waiting for the partner";
        CaseStatus::Confirmed => "bestätigt", "confirmed";
        CaseStatus::Declined => "erneut abgelehnt", "declined again";
        CaseStatus::Rejected => "vom Shop abgelehnt", "refused by the shop";
        CaseStatus::Expired => "abgelaufen", "expired";
        CaseStatus::Cancelled => "storniert", "cancelled";
    }
    /// The same as its partner reads it.
    progress_for_partner(one: CaseStatus) => match one {
        CaseStatus::AwaitingPartner =>
            "wartet auf Ihre Bestätigung", "waiting for your confirmation";
        one => let status = progress(language, one); "{status}", "{status}";
    }
}

/// The colour of a badge.
pub(crate) const fn mood(progress: CaseStatus) -> &'static str {
    match progress {
        CaseStatus::Rebooked | CaseStatus::Confirmed => "good",
        CaseStatus::Declined
        | CaseStatus::Rejected
        | CaseStatus::Expired
        | CaseStatus::Cancelled => "bad",
        CaseStatus::Open | CaseStatus::AwaitingPartner => "plain",
    }
}

texts! { language =>
    /// The heading of the page behind the link in a partner's mail.
    answer_heading(state: ConfirmationState) => match state {
        ConfirmationState::Waiting | ConfirmationState::Pending =>
            "Können Sie diesen Termin anbieten?", "Can you offer this date?";
        ConfirmationState::Confirmed =>
            "Sie haben den Termin bestätigt", "You have confirmed the date";
        ConfirmationState::Declined =>
            "Sie haben den Termin abgelehnt", "You have declined the date";
        ConfirmationState::Withdrawn =>
            "Diese Anfrage wurde zurückgezogen", "This request has been withdrawn";
    }
    answer_lead(state: ConfirmationState) => match state {
        ConfirmationState::Waiting | ConfirmationState::Pending =>
            "Eine Buchung soll auf diesen Termin umgebucht werden:",
            "A booking is to be moved to this date:";
        ConfirmationState::Confirmed =>
            "Vielen Dank! Der Link in unserer E-Mail gilt damit nicht mehr. Falls Sie doch \
             absagen müssen, melden Sie sich bitte im Partnerportal an.",
            "Thank you! The link in our e-mail is no longer valid. If you have to decline after \
             all, please sign in to the partner portal.";
        ConfirmationState::Declined =>
            "Wir informieren die Kundin oder den Kunden. Der Link in unserer E-Mail gilt damit \
             nicht mehr.",
            "We will tell the customer. The link in our e-mail is no longer valid.";
        ConfirmationState::Withdrawn =>
            "Sie brauchen nicht mehr zu antworten; die Plätze sind wieder frei.",
            "You need not answer any more; the places are free again.";
    }
}
