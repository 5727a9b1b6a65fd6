//! What is said of a field that is wrong: to programs by its name, on pages in words that know no
//! names of fields.

use rebooking_core::value::customer::Language;

texts! { language =>
    unknown_field(field: &str) =>
        "Das Feld „{field}“ gibt es hier nicht.", "There is no field \"{field}\" here.";
    /// What a field must hold.
    wanted(field: &str) => match field {
        "customerEmail" => "die E-Mail-Adresse der Buchung", "the e-mail address of the booking";
        "selectedDateId" | "dateId" => "die Nummer eines Termins", "the number of a date";
        "expectedTotal" =>
            "der Gesamtpreis als Zahl mit den Nachkommastellen der Währung, wie 178.00",
            "the total as a number with the decimals of the currency, like 178.00";
        "kind" =>
            "new_dates, other oder money_back, soweit angeboten",
            "new_dates, other or money_back, as offered";
        "weekdays" => "Wochentage von monday bis sunday", "weekdays from monday to sunday";
        "months" => "Monate von 1 bis 12", "months from 1 to 12";
        "reason" => "ein Grund, höchstens 2000 Zeichen", "a reason, at most 2000 characters";
        "text" =>
            "ein Text, höchstens 2000 Zeichen; bei other nicht leer, wenn weder Wochentage noch \
             Monate genannt sind",
            "a text, at most 2000 characters; with other not empty, unless weekdays or months are \
             named";
        "proposedDateIds" =>
            "höchstens drei andere künftige Termine desselben Kurses",
            "at most three other future dates of the same course";
        "orderItemId" => "die Nummer einer Bestellposition", "the number of an order item";
        "days" => "1 bis 365 Tage", "1 to 365 days";
        "event" => "refunded oder cancelled", "refunded or cancelled";
        "page" => "eine Zahl ab 1, einmal", "a number from 1 on, once";
        "size" => "eine Zahl von 1 bis 100, einmal", "a number from 1 to 100, once";
        "status" => "einer der möglichen Stände, einmal", "one of the possible states, once";
        "attention" => "failed, wish oder no_dates, einmal", "failed, wish or no_dates, once";
        "state" =>
            "waiting, leased, done, dead oder skipped, einmal",
            "waiting, leased, done, dead or skipped, once";
        "from" | "to" =>
            "ein Tag wie 2027-01-31, einmal, „to“ nicht vor „from“",
            "a day like 2027-01-31, once, \"to\" not before \"from\"";
        "q" =>
            "eine Bestellnummer, eine E-Mail-Adresse oder ein Name, einmal und ohne Steuerzeichen",
            "an order number, an e-mail address or a name, once and without control characters";
        _ =>
            "ein JSON-Objekt mit den beschriebenen Feldern",
            "a JSON object with the fields that are described";
    }
    /// What a field must hold.
    invalid(field: &str) =>
        let wanted = wanted(language, field);
        "Das Feld „{field}“ fehlt oder stimmt nicht. Erwartet: {wanted}.",
        "The field \"{field}\" is missing or wrong. Expected: {wanted}.";
    /// What a field must be one of.
    not_one_of(field: &str, words: &str) =>
        "Das Feld „{field}“ fehlt oder stimmt nicht. Erwartet: eines von {words}.",
        "The field \"{field}\" is missing or wrong. Expected: one of {words}.";
    /// What to do about a field of a page's form, or about the address of a page.
    mistaken(field: &str) => match field {
        "customerEmail" =>
            "Bitte geben Sie die E-Mail-Adresse an, mit der Sie gebucht haben, zum Beispiel \
             name@example.com.",
            "Please enter the e-mail address that you booked with, for example name@example.com.";
        "partnerEmail" =>
            "Bitte geben Sie die E-Mail-Adresse an, an die unsere Anfrage ging, zum Beispiel \
             name@example.com.",
            "Please enter the e-mail address that our request was sent to, for example \
             name@example.com.";
        "choice" =>
            "Bitte wählen Sie einen Termin mit der Schaltfläche, die darunter steht.",
            "Please choose a date with the button below it.";
        "answer" =>
            "Bitte wählen Sie, ob Sie den Termin bestätigen oder ablehnen.",
            "Please choose whether you confirm or decline the date.";
        "wish" | "kind" =>
            "Bitte wählen Sie eine der angebotenen Möglichkeiten.",
            "Please choose one of the options on this page.";
        "text" =>
            "Bitte nennen Sie Wochentage oder Monate, die Ihnen passen, oder schreiben Sie uns \
             eine Nachricht mit höchstens 2000 Zeichen.",
            "Please choose weekdays or months that suit you, or write us a message of at most \
             2000 characters.";
        "refundText" =>
            "Bitte kürzen Sie Ihre Nachricht auf höchstens 2000 Zeichen.",
            "Please shorten your message to at most 2000 characters.";
        "weekdays" =>
            "Bitte wählen Sie die Wochentage aus der Liste.",
            "Please choose weekdays from the list.";
        "months" =>
            "Bitte wählen Sie die Monate aus der Liste.", "Please choose months from the list.";
        "reason" =>
            "Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).",
            "Please give a reason (at most 2000 characters).";
        "proposedDateIds" =>
            "Bitte schlagen Sie höchstens drei künftige Termine desselben Kurses vor.",
            "Please propose at most three future dates of the same course.";
        "days" =>
            "Bitte geben Sie 1 bis 365 Tage an.", "Please enter a number of days from 1 to 365.";
        "orderItemId" =>
            "Bitte geben Sie die Nummer der Bestellposition an (nur Ziffern).",
            "Please enter the number of the order item (digits only).";
        "dateId" => "Bitte wählen Sie einen Termin aus.", "Please choose a date.";
        "q" =>
            "Bitte suchen Sie nach einer Bestellnummer, einer E-Mail-Adresse oder einem Namen.",
            "Please search for an order number, an e-mail address or a name.";
        "from" | "to" =>
            "Bitte geben Sie einen Zeitraum an, der nicht vor seinem Anfang endet.",
            "Please enter a period that does not end before it begins.";
        "page" | "size" | "status" | "attention" =>
            "Diese Auswahl gibt es nicht. Bitte wählen Sie auf der Seite selbst, was Sie sehen \
             möchten.",
            "There is no such selection. Please choose on the page itself what you would like to \
             see.";
        _ =>
            "Bitte prüfen Sie Ihre Angaben und versuchen Sie es noch einmal.",
            "Please check what you entered and try again.";
    }
}
