//! What people read: every message in German and English.

/// Messages without any variable part.
macro_rules! messages {
    ($($name:ident: $german:literal, $english:literal;)*) => {$(
        pub(crate) fn $name(language: rebooking_core::customer::Language) -> String {
            $crate::text::of(language, $german, $english)
        }
    )*};
}

mod field;
pub(crate) mod history;
pub(crate) mod page;
pub(crate) mod portal;
pub(crate) mod support;

use rebooking_core::customer::Language;
use rebooking_core::eligibility::{Consequence, Refusal};
use rebooking_core::error::Conflict;
use rebooking_core::rebooking::NotNow;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::service::Chosen;
use rebooking_core::token::{CancelReason, RebookingToken, Spent};

pub(crate) use rebooking_core::wording as calendar;

pub(crate) use field::{invalid, not_one_of, unknown_field};

/// The German or the English of two.
fn of(language: Language, german: impl Into<String>, english: impl Into<String>) -> String {
    match language {
        Language::German => german.into(),
        Language::English => english.into(),
    }
}

messages! {
    token_unknown:
        "Diesen Link kennen wir nicht. Bitte öffnen Sie ihn noch einmal aus unserer E-Mail, oder wenden Sie sich an unser Support-Team.",
        "We do not know this link. Please open it from our e-mail once more, or contact our support team.";
    token_superseded:
        "Diesen Link hat ein neuerer ersetzt. Bitte öffnen Sie den Link aus unserer letzten E-Mail.",
        "A newer link has replaced this one. Please open the link from our latest e-mail.";
    attempts_exhausted:
        "Zu oft wurde eine falsche E-Mail-Adresse angegeben. Bitte wenden Sie sich an unser Support-Team.",
        "A wrong e-mail address was given too often. Please contact our support team.";
    wrong_method:
        "So lässt sich diese Adresse nicht aufrufen.",
        "This address cannot be called that way.";
    not_signed_in:
        "Bitte melden Sie sich an.",
        "Please sign in.";
    wrong_role:
        "Dafür reichen Ihre Rechte nicht aus.",
        "You are not allowed to do that.";
    cross_site:
        "Diese Anfrage kam von einer fremden Seite. Bitte öffnen Sie die Seite selbst und versuchen Sie es dort.",
        "This request came from another site. Please open the page yourself and try again there.";
    stale_form:
        "Diese Seite war nicht mehr aktuell. Bitte öffnen Sie sie neu und versuchen Sie es noch einmal; geändert wurde nichts.",
        "This page was out of date. Please open it again and try once more; nothing was changed.";
    not_declared_json:
        "Erwartet wird JSON: Content-Type: application/json.",
        "JSON is expected: Content-Type: application/json.";
    not_declared_form:
        "Erwartet wird ein Formular: Content-Type: application/x-www-form-urlencoded.",
        "A form is expected: Content-Type: application/x-www-form-urlencoded.";
    not_json:
        "Der Inhalt der Anfrage ist kein lesbares JSON.",
        "The body of the request is not readable JSON.";
    too_large:
        "Der Inhalt der Anfrage ist zu groß.",
        "The body of the request is too large.";
    too_slow:
        "Die Anfrage kam nicht rechtzeitig vollständig an.",
        "The request did not arrive completely in time.";
    outcome_unknown:
        "Das dauert gerade länger als üblich. Bitte versuchen Sie es gleich noch einmal; doppelt geschieht dabei nichts.",
        "This is taking longer than usual. Please try again in a moment; nothing will happen twice.";
    outcome_unknown_look_first:
        "Das dauert gerade länger als üblich. Bitte sehen Sie erst im Fall nach, ob es geschehen ist: Jedes Mal geschieht es von Neuem.",
        "This is taking longer than usual. Please look at the case first, whether it has happened: it happens anew each time.";
    try_later:
        "Das geht gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
        "This is not possible right now. Please try again in a few minutes.";
    broken:
        "Da ist bei uns etwas schiefgegangen. Bitte wenden Sie sich an unser Support-Team.",
        "Something went wrong on our side. Please contact our support team.";
    wish_taken:
        "Vielen Dank! Ihre Nachricht ist bei unserem Support-Team.",
        "Thank you! Your message has reached our support team.";
    new_link:
        "Wenn dieser Link abgelaufen ist, schicken wir einen neuen an die E-Mail-Adresse der Buchung.",
        "If this link has expired, we send a new one to the e-mail address of the booking.";
}

/// `replaced`: whether a new link is sent to whoever asks for one.
pub(crate) fn token_expired(language: Language, token: &RebookingToken, replaced: bool) -> String {
    let since = calendar::day(language, token.booking.slot.zone.local(token.expires_at));
    let (german, english) = if replaced {
        ("Gern schicken wir Ihnen einen neuen.", "We will gladly send you a new one.")
    } else {
        ("Bitte wenden Sie sich an unser Support-Team.", "Please contact our support team.")
    };
    of(
        language,
        format!("Dieser Link ist seit dem {since} abgelaufen. {german}"),
        format!("This link expired on {since}. {english}"),
    )
}

/// Too many requests in a short time.
pub(crate) fn too_many_requests(language: Language, seconds: i64) -> String {
    match seconds {
        ..=1 => of(
            language,
            "Das waren zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.",
            "Those were too many requests. Please try again in one second.",
        ),
        _ => of(
            language,
            format!("Das waren zu viele Anfragen. Bitte versuchen Sie es in {seconds} Sekunden noch einmal."),
            format!("Those were too many requests. Please try again in {seconds} seconds."),
        ),
    }
}

pub(crate) fn token_cancelled(language: Language, why: CancelReason) -> String {
    match why {
        CancelReason::Refunded => of(
            language,
            "Diese Buchung wurde erstattet, der Link gilt nicht mehr.",
            "This booking has been refunded, the link is no longer valid.",
        ),
        CancelReason::OrderCancelled => of(
            language,
            "Diese Bestellung wurde storniert, der Link gilt nicht mehr.",
            "This order has been cancelled, the link is no longer valid.",
        ),
        CancelReason::Support | CancelReason::Superseded => of(
            language,
            "Dieser Link gilt nicht mehr. Bitte wenden Sie sich an unser Support-Team.",
            "This link is no longer valid. Please contact our support team.",
        ),
    }
}

pub(crate) fn token_used(language: Language, token: &RebookingToken) -> String {
    let when =
        token.rebooking().map(|rebooking| calendar::start(language, &rebooking.slot)).unwrap_or_default();
    match token.rebooking().map(|rebooking| rebooking.state) {
        Some(RebookingState::DeclinedAgain | RebookingState::Rejected) => of(
            language,
            format!(
                "Der Termin {when} kann leider nicht stattfinden. Bitte öffnen Sie den Link aus unserer neuesten E-Mail."
            ),
            format!(
                "The date {when} cannot take place, we are sorry. Please open the link in our latest mail."
            ),
        ),
        Some(RebookingState::Cancelled(_)) => of(
            language,
            format!("Die Umbuchung auf {when} wurde storniert. Bei Fragen hilft Ihnen unser Support-Team."),
            format!(
                "The rebooking to {when} has been cancelled. Our support team will help you with any question."
            ),
        ),
        Some(RebookingState::Ordering | RebookingState::AwaitingPartner | RebookingState::Confirmed)
        | None => of(
            language,
            format!("Mit diesem Link wurde schon umgebucht: {when}."),
            format!("This link has been used already: {when}."),
        ),
    }
}

pub(crate) fn email_mismatch(language: Language, left: u32) -> String {
    match left {
        0 => of(
            language,
            "Diese E-Mail-Adresse passt nicht zur Buchung. Weitere Versuche sind vorerst nicht möglich.",
            "This e-mail address does not match the booking. No more attempts are possible for now.",
        ),
        1 => of(
            language,
            "Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch einen Versuch.",
            "This e-mail address does not match the booking. You have one more attempt.",
        ),
        more => of(
            language,
            format!("Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch {more} Versuche."),
            format!("This e-mail address does not match the booking. You have {more} more attempts."),
        ),
    }
}

pub(crate) fn too_many_attempts(language: Language, seconds: i64) -> String {
    match (seconds + 59) / 60 {
        ..=1 => of(
            language,
            "Zu oft wurde eine falsche E-Mail-Adresse angegeben. Bitte versuchen Sie es in einer Minute noch einmal.",
            "A wrong e-mail address was given too often. Please try again in one minute.",
        ),
        minutes => of(
            language,
            format!(
                "Zu oft wurde eine falsche E-Mail-Adresse angegeben. Bitte versuchen Sie es in {minutes} Minuten noch einmal."
            ),
            format!("A wrong e-mail address was given too often. Please try again in {minutes} minutes."),
        ),
    }
}

/// Why a chosen date cannot be booked.
pub(crate) fn refusal(language: Language, why: Refusal) -> String {
    let (german, english) = match why {
        Refusal::Unknown | Refusal::OtherCourse => {
            ("Diesen Termin gibt es für diesen Kurs nicht.", "There is no such date of this course.")
        }
        Refusal::LostBefore => ("Dieser Termin wurde schon abgesagt.", "This date has been declined before."),
        Refusal::Withdrawn => ("Dieser Termin findet nicht statt.", "This date will not take place."),
        Refusal::AlreadyStarted => ("Dieser Termin ist vorbei.", "This date has passed."),
        Refusal::TooSoon => ("Für diesen Termin ist es leider zu spät.", "It is too late to book this date."),
        Refusal::TooFar => ("Dieser Termin ist noch nicht buchbar.", "This date cannot be booked yet."),
        Refusal::TooFewPlaces { .. } => (
            "Für diesen Termin reichen die Plätze nicht mehr. Bitte wählen Sie einen anderen.",
            "There are not enough places left for this date. Please choose another one.",
        ),
        Refusal::OtherCurrency | Refusal::PriceDiffers => {
            ("Dieser Termin hat einen anderen Preis.", "This date has another price.")
        }
        Refusal::PriceChanged { total } => {
            let total = calendar::amount(language, total);
            return of(
                language,
                format!("Dieser Termin kostet jetzt insgesamt {total}. Bitte stimmen Sie diesem Preis zu."),
                format!("This date now costs {total} in total. Please agree to this price."),
            );
        }
    };
    of(language, german, english)
}

pub(crate) fn conflict(language: Language, conflict: Conflict) -> String {
    let (german, english) = match conflict {
        Conflict::Rebooking(NotNow::NotAskedYet) => (
            "Die Bestellung ist noch in Arbeit. Bitte versuchen Sie es gleich noch einmal.",
            "The order is still being made. Please try again in a moment.",
        ),
        Conflict::Rebooking(NotNow::OrderStands) => {
            ("Die Bestellung steht schon.", "The order has been made already.")
        }
        Conflict::Rebooking(NotNow::Over) => ("Diese Umbuchung ist beendet.", "This rebooking is over."),
        Conflict::Link(Spent::Expired { .. }) => ("Der Link ist abgelaufen.", "The link has expired."),
        Conflict::Link(Spent::Cancelled { .. }) => {
            ("Der Link gilt nicht mehr.", "The link has been cancelled.")
        }
        Conflict::Link(Spent::Used { .. }) => {
            ("Mit dem Link wurde schon umgebucht.", "The link has been used already.")
        }
        Conflict::ConfirmationClosed => {
            ("Diese Anfrage ist schon abgeschlossen.", "This request is closed already.")
        }
        Conflict::RebookingLive => (
            "Für diese Buchung läuft schon eine Umbuchung. Brechen Sie diese zuerst ab.",
            "A rebooking of this booking is under way. Call it off first.",
        ),
        Conflict::NothingToMove => (
            "Es gibt nichts mehr umzubuchen: Die Bestellung ist erstattet oder storniert.",
            "There is nothing left to move: the order was refunded or cancelled.",
        ),
        Conflict::EffectNotIdle => {
            ("Dieser Vorgang läuft gerade oder ist beendet.", "This effect is under way or over.")
        }
        Conflict::OrderCannotBeSkipped => (
            "Eine Bestellung lässt sich nicht überspringen: Wiederholen Sie sie, oder brechen Sie die Umbuchung ab.",
            "An order cannot be skipped: retry it, or cancel the rebooking.",
        ),
        Conflict::EnoughWishes => (
            "Ihre Nachrichten sind bei uns angekommen. Mehr nimmt dieser Link nicht an.",
            "We have received your messages. This link takes no more.",
        ),
        Conflict::Forgotten => (
            "Die persönlichen Daten dieses Falls sind gelöscht.",
            "The personal data of this case has been deleted.",
        ),
        _ => ("Das geht in diesem Stand nicht.", "This is not possible in this state."),
    };
    of(language, german, english)
}

pub(crate) fn not_found(language: Language, what: &str) -> String {
    let (german, english) = match what {
        "confirmation" => ("Diese Anfrage gibt es nicht.", "There is no such request."),
        "date" => ("Diesen Termin gibt es nicht.", "There is no such date."),
        "booking" => ("Diese Buchung gibt es nicht.", "There is no such booking."),
        "case" => ("Diesen Fall gibt es nicht.", "There is no such case."),
        "effect" => ("Diesen Vorgang gibt es nicht.", "There is no such effect."),
        _ => ("Unter dieser Adresse gibt es nichts.", "There is nothing at this address."),
    };
    of(language, german, english)
}

/// The answer of success to a customer's choice.
pub(crate) fn chosen(language: Language, chosen: &Chosen) -> String {
    let when = calendar::start(language, &chosen.slot);
    let mut message = of(
        language,
        format!(
            "Ihre Buchung wurde auf den neuen Termin umgebucht: {when}. Sie erhalten in Kürze eine Bestätigung per E-Mail. Sobald der Partner den Termin bestätigt hat, schreiben wir Ihnen noch einmal."
        ),
        format!(
            "Your booking has been moved to the new date: {when}. You will receive an e-mail shortly, and another one as soon as the partner has confirmed the date."
        ),
    );
    let more = match chosen.consequence {
        Consequence::Same | Consequence::Absorbed(_) => return message,
        Consequence::Refund(amount) => {
            let amount = calendar::amount(language, amount);
            of(
                language,
                format!(" Die Differenz von {amount} erstatten wir Ihnen."),
                format!(" We will refund the difference of {amount}."),
            )
        }
        Consequence::ToPay(amount) => {
            let amount = calendar::amount(language, amount);
            of(language, format!(" Es bleiben {amount} zu zahlen."), format!(" {amount} remain to be paid."))
        }
    };
    message.push_str(&more);
    message
}
