//! What the pages of support say, in German and English.

use rebooking_core::ports::reports::Attention;
use rebooking_core::value::customer::Language;

messages! {
    step_reason: "Grund", "Reason";
    step_booking: "Buchung", "Booking";
    step_price: "Preis", "Price";
    step_issued: "Ausgestellt", "Issued";
    step_expires: "Gültig bis", "Valid until";
    step_attempts: "Falsche Adressen", "Wrong addresses";
    step_opened: "Seite geöffnet", "Page opened";
    step_cancelled: "Storniert", "Cancelled";
    step_chosen: "Gewählt", "Chosen";
    step_new_date: "Neuer Termin", "New date";
    step_difference: "Preisunterschied", "Difference in price";
    step_new_order: "Neue Bestellung", "New order";
    step_wish: "Wunsch", "Wish";
    step_cause: "Anlass", "Cause";
    // Which cases are listed unless one says otherwise.
    usual_cases: "offene, mit Filter alle", "open, all with a filter";
    any_need: "mit und ohne", "with or without";
    wants_money_back: "möchte Geld zurück", "wants the money back";
}

/// *Link 2*
pub(crate) fn step(language: Language, step: u32) -> String {
    of!(language, format!("Link {step}"), format!("Link {step}"))
}

/// *Fall 7001*
pub(crate) fn case(language: Language, id: i64) -> String {
    of!(language, format!("Fall {id}"), format!("Case {id}"))
}

/// What a case needs.
pub(crate) fn attention(language: Language, one: Attention) -> String {
    match one {
        Attention::Failed => of!(language, "Vorgang fehlgeschlagen", "a task has failed"),
        Attention::Wish => of!(language, "Wunsch offen", "a wish is open"),
        Attention::NoDates => of!(language, "kein Termin gefunden", "found no date"),
    }
}

/// *3 Vorgänge sind fehlgeschlagen und warten auf eine Entscheidung.*
pub(crate) fn dead_effects(language: Language, count: u64) -> String {
    match count {
        1 => of!(
            language,
            "1 Vorgang ist fehlgeschlagen und wartet auf eine Entscheidung.",
            "1 task has failed and is waiting for a decision.",
        ),
        count => of!(
            language,
            format!("{count} Vorgänge sind fehlgeschlagen und warten auf eine Entscheidung."),
            format!("{count} tasks have failed and are waiting for a decision."),
        ),
    }
}

pub(crate) fn no_effects(language: Language, failed: bool) -> String {
    if failed {
        of!(language, "Kein Vorgang ist fehlgeschlagen.", "No task has failed.")
    } else {
        of!(language, "Hier gibt es keine Vorgänge.", "There are no tasks here.")
    }
}

/// What can be done with a case: the name of the action, what follows from it, and its button.
pub(crate) fn action(language: Language, word: &str) -> [String; 3] {
    let (german, english) = match word {
        "resend" => (
            [
                "Link noch einmal schicken",
                "Der Kunde bekommt denselben Link noch einmal per E-Mail.",
                "Noch einmal schicken",
            ],
            [
                "Send the link again",
                "The customer gets the same link by e-mail once more.",
                "Send again",
            ],
        ),
        "reissue" => (
            [
                "Neuen Link ausstellen",
                "Der Kunde bekommt einen neuen Link. Der alte gilt sofort nicht mehr, und falsch eingegebene Adressen zählen nicht mehr.",
                "Neuen Link schicken",
            ],
            [
                "Issue a new link",
                "The customer gets a new link. The old one stops working at once, and wrong addresses are forgiven.",
                "Send a new link",
            ],
        ),
        "extend" => (
            [
                "Link verlängern",
                "Der Link gilt um so viele Tage länger, auch wenn er bereits abgelaufen ist.",
                "Verlängern",
            ],
            [
                "Extend the link",
                "The link will work that many days longer, even if it has expired.",
                "Extend",
            ],
        ),
        "choose" => (
            [
                "Für den Kunden umbuchen",
                "Die Plätze werden sofort gebucht, und der Kunde bekommt die Bestätigung. Für ihn wird es nie teurer.",
                "Diesen Termin buchen",
            ],
            [
                "Rebook for the customer",
                "The places are taken at once, and the customer gets the confirmation. It never costs them more.",
                "Book this date",
            ],
        ),
        "cancel" => (
            [
                "Stornieren",
                "Ein offener Link gilt sofort nicht mehr; eine Umbuchung wird rückgängig gemacht, und ihre Plätze werden frei.",
                "Endgültig stornieren",
            ],
            [
                "Cancel",
                "An open link stops working at once; a rebooking is undone, and its places become free.",
                "Cancel for good",
            ],
        ),
        _ => (["", "", ""], ["", "", ""]),
    };
    match language {
        Language::German => german.map(str::to_owned),
        Language::English => english.map(str::to_owned),
    }
}

/// What the last form of support led to.
pub(crate) fn told(language: Language, said: &str) -> Option<String> {
    let (german, english) = match said {
        "resend" => ("Der Link wird noch einmal verschickt.", "The link will be sent once more."),
        "reissue" => ("Ein neuer Link ist auf dem Weg.", "A new link is on its way."),
        "extend" => ("Der Link gilt jetzt länger.", "The link is valid for longer now."),
        "choose" => ("Die Buchung wurde umgebucht.", "The booking has been moved."),
        "cancel" => ("Der Fall wurde storniert.", "The case has been cancelled."),
        "retry" => ("Der Vorgang wird noch einmal versucht.", "The task will be tried again."),
        "skip" => ("Der Vorgang wurde übersprungen.", "The task has been skipped."),
        "sent" => ("Der Link ist auf dem Weg.", "The link is on its way."),
        "link-stands" => (
            "Für diese Buchung gibt es einen gültigen Link. Fehlt dem Kunden die E-Mail, schicken Sie ihn unten noch einmal.",
            "There is a link for this booking that works. Should the customer miss the e-mail, send it again below.",
        ),
        _ => return None,
    };
    Some(of!(language, german, english))
}

/// The steps from a decline to a confirmed rebooking.
pub(crate) fn stages(language: Language) -> [String; 5] {
    match language {
        Language::German => {
            ["Abgelehnt", "Link verschickt", "Seite geöffnet", "Umgebucht", "Bestätigt"]
        }
        Language::English => ["Declined", "Link mailed", "Page opened", "Rebooked", "Confirmed"],
    }
    .map(str::to_owned)
}

/// *März 2027*
pub(crate) fn month(language: Language, (year, month): (i32, u32)) -> String {
    let names = super::calendar::months(language);
    let place = usize::try_from(month).ok().and_then(|month| month.checked_sub(1));
    let name = place.and_then(|place| names.get(place)).copied().unwrap_or_default();
    format!("{name} {year}")
}
