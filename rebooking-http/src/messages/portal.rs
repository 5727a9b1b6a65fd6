//! What the pages of partners and support say, in German and English.

use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::auth::Principal;

/// The head of the table for spreadsheets.
pub(crate) const fn table_head(language: Language) -> [&'static str; 9] {
    match language {
        Language::German => [
            "Bestellung",
            "Kurs",
            "Kunde",
            "Teilnehmer",
            "Ursprünglicher Termin",
            "Neue Bestellung",
            "Neuer Termin",
            "Status",
            "Gewählt am",
        ],
        Language::English => [
            "Order",
            "Course",
            "Customer",
            "Participants",
            "Original date",
            "New order",
            "New date",
            "Status",
            "Chosen on",
        ],
    }
}

messages! {
    signed_out: "Sie haben sich abgemeldet.", "You have signed out.";
    session_ended:
        "Ihre Anmeldung ist abgelaufen, deshalb wurde nichts geändert. Bitte melden Sie sich noch einmal an.",
        "Your session has ended, so nothing has been changed. Please sign in once more.";
    sign_in_first:
        "Bitte melden Sie sich an, um diese Seite zu öffnen. Eine Anmeldung endet, wenn sie eine Stunde lang nicht genutzt wird.",
        "Please sign in to open this page. A session ends when it has not been used for an hour.";
    wrong_token:
        "Diesen Zugangsschlüssel kennen wir nicht. Bitte prüfen Sie, ob er vollständig ist.",
        "We do not know this access token. Please check that it is complete.";
    all: "Alle", "All";
    open_anew: "Seite neu öffnen", "Open the page anew";
    to_overview: "Zur Übersicht", "To the overview";
    other_sign_in: "Mit einem anderen Zugang anmelden", "Sign in with another access token";
}

/// The pages that somebody may go to.
pub(crate) fn places(language: Language, who: &Principal) -> Vec<(&'static str, String)> {
    let places: &[(&'static str, &str, &str)] = match who {
        Principal::Partner(_) => &[
            ("/partner", "Anfragen", "Requests"),
            ("/partner/rebookings", "Umbuchungen", "Rebookings"),
        ],
        Principal::Support(_) => &[
            ("/support", "Fälle", "Cases"),
            ("/support/links", "Link senden", "Send a link"),
            ("/support/effects", "Vorgänge", "Tasks"),
            ("/support/earnings", "Ertrag", "Earnings"),
        ],
    };
    places.iter().map(|(path, german, english)| (*path, of!(language, *german, *english))).collect()
}

/// *Partner 5*
pub(crate) fn partner(language: Language, id: PartnerId) -> String {
    of!(language, format!("Partner {id}"), format!("Partner {id}"))
}

/// *Seite 2 von 4 · 100 Einträge*
pub(crate) fn part(language: Language, page: u64, last: u64, total: u64) -> String {
    let entries = match total {
        1 => of!(language, "1 Eintrag", "1 entry"),
        total => of!(language, format!("{total} Einträge"), format!("{total} entries")),
    };
    match last {
        1 => entries,
        last => of!(
            language,
            format!("Seite {page} von {last} · {entries}"),
            format!("Page {page} of {last} · {entries}"),
        ),
    }
}

/// What a partner's last form led to.
pub(crate) fn partner_told(language: Language, said: &str) -> Option<String> {
    let (german, english) = match said {
        "confirmed" => (
            "Der Termin ist bestätigt. Wir informieren die Kundin oder den Kunden.",
            "The date is confirmed. We will tell the customer.",
        ),
        "declined" => (
            "Die Anfrage ist abgelehnt. Die Kundin oder der Kunde bekommt einen Link, um einen anderen Termin zu wählen.",
            "The request is declined. The customer will get a link to choose another date.",
        ),
        "withdrawn" => (
            "Der ganze Termin ist abgesagt. Alle, die ihn gebucht hatten, werden benachrichtigt.",
            "The whole date is cancelled. Everybody who had booked it will be told.",
        ),
        _ => return None,
    };
    Some(of!(language, german, english))
}

/// How a request stands, for one.
pub(crate) fn request(language: Language, state: ConfirmationState) -> String {
    let (german, english) = match state {
        ConfirmationState::Waiting => ("in Vorbereitung", "being prepared"),
        ConfirmationState::Pending => ("wartet auf Ihre Antwort", "waiting for your answer"),
        ConfirmationState::Confirmed => ("bestätigt", "confirmed"),
        ConfirmationState::Declined => ("abgelehnt", "declined"),
        ConfirmationState::Withdrawn => ("zurückgezogen", "withdrawn"),
    };
    of!(language, german, english)
}

/// The same as the name of a filter.
pub(crate) fn requests(language: Language, state: ConfirmationState) -> String {
    let (german, english) = match state {
        ConfirmationState::Waiting => ("In Vorbereitung", "Being prepared"),
        ConfirmationState::Pending => ("Offen", "Open"),
        ConfirmationState::Confirmed => ("Bestätigt", "Confirmed"),
        ConfirmationState::Declined => ("Abgelehnt", "Declined"),
        ConfirmationState::Withdrawn => ("Zurückgezogen", "Withdrawn"),
    };
    of!(language, german, english)
}

pub(crate) fn no_requests(language: Language, state: ConfirmationState) -> String {
    match state {
        ConfirmationState::Pending => of!(
            language,
            "Zurzeit wartet keine Anfrage auf Ihre Antwort.",
            "There are no requests waiting for your answer.",
        ),
        ConfirmationState::Waiting
        | ConfirmationState::Confirmed
        | ConfirmationState::Declined
        | ConfirmationState::Withdrawn => {
            of!(language, "Hier gibt es keine Anfragen.", "There are no requests here.")
        }
    }
}

/// How many bookings a withdrawn date takes with it.
pub(crate) fn hits(language: Language, bookings: u32) -> String {
    match bookings {
        1 => of!(
            language,
            "Das betrifft 1 Buchung. Die Kundin oder der Kunde bekommt einen Link für einen anderen Termin.",
            "This affects 1 booking. The customer gets a link for another date.",
        ),
        bookings => of!(
            language,
            format!(
                "Das betrifft {bookings} Buchungen. Alle bekommen einen Link für einen anderen Termin."
            ),
            format!("This affects {bookings} bookings. All of them get a link for another date."),
        ),
    }
}

/// *2 Personen*
pub(crate) fn people(language: Language, count: u32) -> String {
    match count {
        1 => of!(language, "1 Person", "1 person"),
        count => of!(language, format!("{count} Personen"), format!("{count} people")),
    }
}

/// *5 Plätze frei*
pub(crate) fn free_places(language: Language, free: u32) -> String {
    match free {
        1 => of!(language, "1 Platz frei", "1 place free"),
        free => of!(language, format!("{free} Plätze frei"), format!("{free} places free")),
    }
}

/// How far a declined booking has come.
pub(crate) fn progress(language: Language, progress: CaseStatus) -> String {
    let (german, english) = match progress {
        CaseStatus::Open => ("offen", "open"),
        CaseStatus::Rebooked => ("umgebucht", "rebooked"),
        CaseStatus::AwaitingPartner => ("wartet auf den Partner", "waiting for the partner"),
        CaseStatus::Confirmed => ("bestätigt", "confirmed"),
        CaseStatus::Declined => ("erneut abgelehnt", "declined again"),
        CaseStatus::Rejected => ("vom Shop abgelehnt", "refused by the shop"),
        CaseStatus::Expired => ("abgelaufen", "expired"),
        CaseStatus::Cancelled => ("storniert", "cancelled"),
    };
    of!(language, german, english)
}

/// The same as its partner reads it.
pub(crate) fn progress_for_partner(language: Language, one: CaseStatus) -> String {
    match one {
        CaseStatus::AwaitingPartner => {
            of!(language, "wartet auf Ihre Bestätigung", "waiting for your confirmation")
        }
        CaseStatus::Open
        | CaseStatus::Rebooked
        | CaseStatus::Confirmed
        | CaseStatus::Declined
        | CaseStatus::Rejected
        | CaseStatus::Expired
        | CaseStatus::Cancelled => progress(language, one),
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

/// The heading of the page behind the link in a partner's mail.
pub(crate) fn answer_heading(language: Language, state: ConfirmationState) -> String {
    let (german, english) = match state {
        ConfirmationState::Waiting | ConfirmationState::Pending => {
            ("Können Sie diesen Termin anbieten?", "Can you offer this date?")
        }
        ConfirmationState::Confirmed => {
            ("Sie haben den Termin bestätigt", "You have confirmed the date")
        }
        ConfirmationState::Declined => {
            ("Sie haben den Termin abgelehnt", "You have declined the date")
        }
        ConfirmationState::Withdrawn => {
            ("Diese Anfrage wurde zurückgezogen", "This request has been withdrawn")
        }
    };
    of!(language, german, english)
}

pub(crate) fn answer_lead(language: Language, state: ConfirmationState) -> String {
    let (german, english) = match state {
        ConfirmationState::Waiting | ConfirmationState::Pending => (
            "Eine Buchung soll auf diesen Termin umgebucht werden:",
            "A booking is to be moved to this date:",
        ),
        ConfirmationState::Confirmed => (
            "Vielen Dank! Der Link in unserer E-Mail gilt damit nicht mehr. Falls Sie doch absagen müssen, melden Sie sich bitte im Partnerportal an.",
            "Thank you! The link in our e-mail is no longer valid. If you have to decline after all, please sign in to the partner portal.",
        ),
        ConfirmationState::Declined => (
            "Wir informieren die Kundin oder den Kunden. Der Link in unserer E-Mail gilt damit nicht mehr.",
            "We will tell the customer. The link in our e-mail is no longer valid.",
        ),
        ConfirmationState::Withdrawn => (
            "Sie brauchen nicht mehr zu antworten; die Plätze sind wieder frei.",
            "You need not answer any more; the places are free again.",
        ),
    };
    of!(language, german, english)
}
