//! What the pages of support say, in German and English.

use rebooking_core::ports::reports::Attention;
use rebooking_core::value::customer::Language;

texts! { language =>
    step_reason() => "Grund", "Reason";
    step_booking() => "Buchung", "Booking";
    step_price() => "Preis", "Price";
    step_issued() => "Ausgestellt", "Issued";
    step_expires() => "Gültig bis", "Valid until";
    step_attempts() => "Falsche Adressen", "Wrong addresses";
    step_opened() => "Seite geöffnet", "Page opened";
    step_cancelled() => "Storniert", "Cancelled";
    step_chosen() => "Gewählt", "Chosen";
    step_new_date() => "Neuer Termin", "New date";
    step_difference() => "Preisunterschied", "Difference in price";
    step_new_order() => "Neue Bestellung", "New order";
    step_wish() => "Wunsch", "Wish";
    step_cause() => "Anlass", "Cause";
    // Which cases are listed unless one says otherwise.
    usual_cases() => "offene, mit Filter alle", "open, all with a filter";
    any_need() => "mit und ohne", "with or without";
    wants_money_back() => "möchte Geld zurück", "wants the money back";
    /// *Link 2*
    step(step: u32) => "Link {step}", "Link {step}";
    /// *Fall 7001*
    case(id: i64) => "Fall {id}", "Case {id}";
    /// What a case needs.
    attention(one: Attention) => match one {
        Attention::Failed => "Vorgang fehlgeschlagen", "a task has failed";
        Attention::Wish => "Wunsch offen", "a wish is open";
        Attention::NoDates => "kein Termin gefunden", "found no date";
    }
    /// *3 Vorgänge sind fehlgeschlagen und warten auf eine Entscheidung.*
    dead_effects(count: u64) => match count {
        1 =>
            "1 Vorgang ist fehlgeschlagen und wartet auf eine Entscheidung.",
            "1 task has failed and is waiting for a decision.";
        count =>
            "{count} Vorgänge sind fehlgeschlagen und warten auf eine Entscheidung.",
            "{count} tasks have failed and are waiting for a decision.";
    }
    no_effects(failed: bool) => match failed {
        true => "Kein Vorgang ist fehlgeschlagen.", "No task has failed.";
        false => "Hier gibt es keine Vorgänge.", "There are no tasks here.";
    }
    /// What can be done with a case.
    action_title(word: &str) => match word {
        "resend" => "Link noch einmal schicken", "Send the link again";
        "reissue" => "Neuen Link ausstellen", "Issue a new link";
        "extend" => "Link verlängern", "Extend the link";
        "choose" => "Für den Kunden umbuchen", "Rebook for the customer";
        "cancel" => "Stornieren", "Cancel";
        _ => "", "";
    }
    /// What follows from it.
    action_effect(word: &str) => match word {
        "resend" =>
            "Der Kunde bekommt denselben Link noch einmal per E-Mail.",
            "The customer gets the same link by e-mail once more.";
        "reissue" =>
            "Der Kunde bekommt einen neuen Link. Der alte gilt sofort nicht mehr, und falsch \
             eingegebene Adressen zählen nicht mehr.",
            "The customer gets a new link. The old one stops working at once, and wrong addresses \
             are forgiven.";
        "extend" =>
            "Der Link gilt um so viele Tage länger, auch wenn er bereits abgelaufen ist.",
            "The link will work that many days longer, even if it has expired.";
        "choose" =>
            "Die Plätze werden sofort gebucht, und der Kunde bekommt die Bestätigung. Für ihn \
             wird es nie teurer.",
            "The places are taken at once, and the customer gets the confirmation. It never costs \
             them more.";
        "cancel" =>
            "Ein offener Link gilt sofort nicht mehr; eine Umbuchung wird rückgängig gemacht, und \
             ihre Plätze werden frei.",
            "An open link stops working at once; a rebooking is undone, and its places become \
             free.";
        _ => "", "";
    }
    /// Its button.
    action_button(word: &str) => match word {
        "resend" => "Noch einmal schicken", "Send again";
        "reissue" => "Neuen Link schicken", "Send a new link";
        "extend" => "Verlängern", "Extend";
        "choose" => "Diesen Termin buchen", "Book this date";
        "cancel" => "Endgültig stornieren", "Cancel for good";
        _ => "", "";
    }
    /// What the last form of support led to; nothing for any other word.
    told(said: &str) => match said {
        "resend" => "Der Link wird noch einmal verschickt.", "The link will be sent once more.";
        "reissue" => "Ein neuer Link ist auf dem Weg.", "A new link is on its way.";
        "extend" => "Der Link gilt jetzt länger.", "The link is valid for longer now.";
        "choose" => "Die Buchung wurde umgebucht.", "The booking has been moved.";
        "cancel" => "Der Fall wurde storniert.", "The case has been cancelled.";
        "retry" => "Der Vorgang wird noch einmal versucht.", "The task will be tried again.";
        "skip" => "Der Vorgang wurde übersprungen.", "The task has been skipped.";
        "sent" => "Der Link ist auf dem Weg.", "The link is on its way.";
        "link-stands" =>
            "Für diese Buchung gibt es einen gültigen Link. Fehlt dem Kunden die E-Mail, schicken \
             Sie ihn unten noch einmal.",
            "There is a link for this booking that works. Should the customer miss the e-mail, \
             send it again below.";
        _ => "", "";
    }
    /// The steps from a decline to a confirmed rebooking, counted from 0.
    stage(number: usize) => match number {
        0 => "Abgelehnt", "Declined";
        1 => "Link verschickt", "Link mailed";
        2 => "Seite geöffnet", "Page opened";
        3 => "Umgebucht", "Rebooked";
        _ => "Bestätigt", "Confirmed";
    }
}

/// The steps from a decline to a confirmed rebooking.
pub(crate) fn stages(language: Language) -> [String; 5] {
    std::array::from_fn(|number| stage(language, number))
}

/// *März 2027*
pub(crate) fn month(language: Language, (year, month): (i32, u32)) -> String {
    let names = super::calendar::months(language);
    let place = usize::try_from(month).ok().and_then(|month| month.checked_sub(1));
    let name = place.and_then(|place| names.get(place)).copied().unwrap_or_default();
    format!("{name} {year}")
}
