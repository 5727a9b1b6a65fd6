//! What is said of a field that is wrong.

use rebooking_core::customer::Language;

use super::of;

pub(crate) fn unknown_field(language: Language, field: &str) -> String {
    of(
        language,
        format!("Das Feld „{field}“ gibt es hier nicht."),
        format!("There is no field \"{field}\" here."),
    )
}

/// What a field must hold.
pub(crate) fn invalid(language: Language, field: &str) -> String {
    let (german, english) = match field {
        "customerEmail" => ("die E-Mail-Adresse der Buchung", "the e-mail address of the booking"),
        "selectedDateId" | "dateId" => ("die Nummer eines Termins", "the number of a date"),
        "expectedTotal" => (
            "der Gesamtpreis als Zahl mit den Nachkommastellen der Währung, wie 178.00",
            "the total as a number with the decimals of the currency, like 178.00",
        ),
        "kind" => (
            "new_dates, other oder money_back, soweit angeboten",
            "new_dates, other or money_back, as offered",
        ),
        "weekdays" => ("Wochentage von monday bis sunday", "weekdays from monday to sunday"),
        "months" => ("Monate von 1 bis 12", "months from 1 to 12"),
        "reason" => ("ein Grund, höchstens 2000 Zeichen", "a reason, at most 2000 characters"),
        "text" => (
            "ein Text, höchstens 2000 Zeichen, bei other nicht leer",
            "a text, at most 2000 characters, not empty with other",
        ),
        "proposedDateIds" => (
            "höchstens drei andere künftige Termine desselben Kurses",
            "at most three other future dates of the same course",
        ),
        "orderItemId" => ("die Nummer einer Bestellposition", "the number of an order item"),
        "days" => ("1 bis 365 Tage", "1 to 365 days"),
        "event" => ("refunded oder cancelled", "refunded or cancelled"),
        "page" => ("eine Zahl ab 1, einmal", "a number from 1 on, once"),
        "size" => ("eine Zahl von 1 bis 100, einmal", "a number from 1 to 100, once"),
        "status" => ("einer der möglichen Stände, einmal", "one of the possible states, once"),
        "state" => (
            "waiting, leased, done, dead oder skipped, einmal",
            "waiting, leased, done, dead or skipped, once",
        ),
        "from" | "to" => (
            "ein Tag wie 2027-01-31, einmal, „to“ nicht vor „from“",
            "a day like 2027-01-31, once, \"to\" not before \"from\"",
        ),
        "q" => (
            "eine Bestellnummer, eine E-Mail-Adresse oder ein Name, einmal und ohne Steuerzeichen",
            "an order number, an e-mail address or a name, once and without control characters",
        ),
        _ => (
            "ein JSON-Objekt mit den beschriebenen Feldern",
            "a JSON object with the fields that are described",
        ),
    };
    wrong(language, field, german, english)
}

/// What a field must be one of.
pub(crate) fn not_one_of(language: Language, field: &str, words: &str) -> String {
    wrong(language, field, &format!("eines von {words}"), &format!("one of {words}"))
}

fn wrong(language: Language, field: &str, german: &str, english: &str) -> String {
    of(
        language,
        format!("Das Feld „{field}“ fehlt oder stimmt nicht. Erwartet: {german}."),
        format!("The field \"{field}\" is missing or wrong. Expected: {english}."),
    )
}
