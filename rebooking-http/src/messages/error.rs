//! Why something is not possible, and what to do next, in German and English: for programs and for
//! pages.

use rebooking_core::Policy;
use rebooking_core::eligibility::Refusal;
use rebooking_core::error::{Conflict, Resource};
use rebooking_core::rebooking::{InvalidTransition, RebookingState};
use rebooking_core::token::{CancelReason, LinkUnusable, RebookingToken};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use super::calendar;

messages! {
    token_unknown:
        "Diesen Link kennen wir nicht. Bitte öffnen Sie ihn noch einmal direkt aus unserer E-Mail oder wenden Sie sich an unser Support-Team.",
        "We do not know this link. Please open it once more, directly from our e-mail, or contact our support team.";
    token_superseded:
        "Dieser Link wurde durch einen neueren ersetzt. Bitte öffnen Sie den Link aus unserer neuesten E-Mail.",
        "This link has been replaced by a newer one. Please open the link in our latest e-mail.";
    attempts_exhausted:
        "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte wenden Sie sich an unser Support-Team.",
        "A wrong e-mail address has been entered too often. Please contact our support team.";
    wrong_method:
        "So lässt sich diese Adresse nicht aufrufen.",
        "This address cannot be called that way.";
    not_signed_in:
        "Bitte melden Sie sich an.",
        "Please sign in.";
    wrong_role:
        "Dafür haben Sie keine Berechtigung.",
        "You are not allowed to do that.";
    cross_site:
        "Diese Anfrage kam von einer fremden Seite. Bitte öffnen Sie unsere Seite selbst und versuchen Sie es dort noch einmal.",
        "This request came from another site. Please open our page yourself and try again there.";
    stale_form:
        "Diese Seite gehörte zu einer früheren Anmeldung, deshalb wurde nichts geändert. Bitte öffnen Sie sie neu und versuchen Sie es dort noch einmal.",
        "This page belonged to an earlier sign-in, so nothing has been changed. Please open it anew and try once more there.";
    not_declared_json:
        "Erwartet wird JSON: Content-Type: application/json.",
        "JSON is expected: Content-Type: application/json.";
    not_json:
        "Der Inhalt der Anfrage ist kein lesbares JSON.",
        "The body of the request is not readable JSON.";
    not_received:
        "Ihre Angaben sind nicht vollständig bei uns angekommen. Bitte versuchen Sie es noch einmal.",
        "What you entered did not reach us completely. Please try again.";
    too_long:
        "Das war mehr Text, als wir annehmen können. Bitte kürzen Sie ihn und versuchen Sie es noch einmal.",
        "That was more text than we can take. Please shorten it and try again.";
    too_large:
        "Der Inhalt der Anfrage ist zu groß.",
        "The body of the request is too large.";
    too_slow:
        "Die Anfrage kam nicht rechtzeitig vollständig an.",
        "The request did not arrive completely in time.";
    outcome_unknown:
        "Das dauert gerade länger als üblich. Bitte versuchen Sie es gleich noch einmal – doppelt ausgeführt wird dabei nichts.",
        "This is taking longer than usual. Please try again in a moment – nothing will be done twice.";
    outcome_unknown_look_first:
        "Das dauert gerade länger als üblich. Bitte sehen Sie zuerst im Fall nach, ob es schon geschehen ist: Jeder neue Versuch wird auch ausgeführt.",
        "This is taking longer than usual. Please check the case first: if it has happened already, trying again would do it a second time.";
    outcome_unknown_open_again:
        "Das dauert gerade länger als üblich. Bitte öffnen Sie den Fall neu und sehen Sie nach, ob es schon geschehen ist, bevor Sie es noch einmal versuchen.",
        "This is taking longer than usual. Please open the case anew and check whether it has happened already before you try once more.";
    no_such_item:
        "Diese Buchung gibt es nicht. Bitte prüfen Sie, ob es die Nummer der Bestellposition ist und nicht die Bestellnummer.",
        "There is no such booking. Please check that this is the number of the order item, not the order number.";
    reports_left_out:
        "Listen und Auswertungen gibt es hier nicht.",
        "There are no lists and reports here.";
    try_later:
        "Das geht gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
        "This is not possible right now. Please try again in a few minutes.";
    broken:
        "Bei uns ist etwas schiefgegangen. Bitte wenden Sie sich an unser Support-Team.",
        "Something went wrong on our side. Please contact our support team.";
}

/// `replaced`: whether a new link is sent to whoever asks for one.
pub(crate) fn token_expired(language: Language, token: &RebookingToken, replaced: bool) -> String {
    let since = calendar::day(language, token.booking().slot.zone.local(token.expires_at()));
    let (german, english) = if replaced {
        ("Wir schicken Ihnen gern einen neuen.", "We will be happy to send you a new one.")
    } else {
        ("Bitte wenden Sie sich an unser Support-Team.", "Please contact our support team.")
    };
    of!(
        language,
        format!("Dieser Link ist am {since} abgelaufen. {german}"),
        format!("This link expired on {since}. {english}"),
    )
}

/// Too many requests in a short time.
pub(crate) fn too_many_requests(language: Language, seconds: i64) -> String {
    match seconds {
        ..=1 => of!(
            language,
            "Das waren zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.",
            "Those were too many requests. Please try again in one second.",
        ),
        _ => of!(
            language,
            format!(
                "Das waren zu viele Anfragen. Bitte versuchen Sie es in {seconds} Sekunden noch einmal."
            ),
            format!("Those were too many requests. Please try again in {seconds} seconds."),
        ),
    }
}

pub(crate) fn token_cancelled(language: Language, why: CancelReason) -> String {
    match why {
        CancelReason::Refunded => of!(
            language,
            "Diese Buchung wurde erstattet. Deshalb gilt der Link nicht mehr.",
            "This booking has been refunded, so the link is no longer valid.",
        ),
        CancelReason::OrderCancelled => of!(
            language,
            "Diese Bestellung wurde storniert. Deshalb gilt der Link nicht mehr.",
            "This order has been cancelled, so the link is no longer valid.",
        ),
        CancelReason::Support | CancelReason::Superseded => of!(
            language,
            "Dieser Link gilt nicht mehr. Bitte wenden Sie sich an unser Support-Team.",
            "This link is no longer valid. Please contact our support team.",
        ),
    }
}

pub(crate) fn token_used(language: Language, token: &RebookingToken, policy: &Policy) -> String {
    let when = token
        .rebooking()
        .map(|rebooking| calendar::start(language, &rebooking.slot))
        .unwrap_or_default();
    match token.rebooking().map(|rebooking| rebooking.state) {
        Some(RebookingState::DeclinedAgain) if !token.is_followed_by_a_link(policy) => of!(
            language,
            format!(
                "Der Termin {when} kann leider nicht stattfinden. Unser Support-Team meldet sich bei Ihnen, um eine Lösung zu finden."
            ),
            format!(
                "Unfortunately the date {when} cannot take place. Our support team will contact you to find a solution."
            ),
        ),
        Some(RebookingState::DeclinedAgain | RebookingState::Rejected) => of!(
            language,
            format!(
                "Der Termin {when} kann leider nicht stattfinden. Bitte öffnen Sie den Link aus unserer neuesten E-Mail."
            ),
            format!(
                "Unfortunately the date {when} cannot take place. Please open the link in our latest e-mail."
            ),
        ),
        Some(RebookingState::Cancelled(_)) => of!(
            language,
            format!(
                "Die Umbuchung auf {when} wurde storniert. Bei Fragen hilft Ihnen unser Support-Team."
            ),
            format!(
                "The rebooking to {when} has been cancelled. Our support team will help you with any question."
            ),
        ),
        Some(
            RebookingState::Ordering | RebookingState::AwaitingPartner | RebookingState::Confirmed,
        )
        | None => of!(
            language,
            format!("Mit diesem Link wurde bereits umgebucht, und zwar auf {when}."),
            format!("This link has already been used to rebook to {when}."),
        ),
    }
}

pub(crate) fn email_mismatch(language: Language, left: u32) -> String {
    match left {
        0 => of!(
            language,
            "Diese E-Mail-Adresse passt nicht zur Buchung. Weitere Versuche sind vorerst nicht möglich.",
            "This e-mail address does not match the booking. No more attempts are possible for now.",
        ),
        1 => of!(
            language,
            "Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch einen Versuch.",
            "This e-mail address does not match the booking. You have one more attempt.",
        ),
        more => of!(
            language,
            format!(
                "Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch {more} Versuche."
            ),
            format!(
                "This e-mail address does not match the booking. You have {more} more attempts."
            ),
        ),
    }
}

pub(crate) fn too_many_attempts(language: Language, seconds: i64) -> String {
    match (seconds + 59) / 60 {
        ..=1 => of!(
            language,
            "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in einer Minute noch einmal.",
            "A wrong e-mail address has been entered too often. Please try again in one minute.",
        ),
        minutes => of!(
            language,
            format!(
                "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in {minutes} Minuten noch einmal."
            ),
            format!(
                "A wrong e-mail address has been entered too often. Please try again in {minutes} minutes."
            ),
        ),
    }
}

/// Why a chosen date cannot be booked.
///
/// `slot`: when it is, where there is such a date. `others`: whether there are dates to choose
/// from.
pub(crate) fn refusal(
    language: Language,
    why: Refusal,
    slot: Option<&Slot>,
    others: bool,
) -> String {
    let start = slot.map(|slot| calendar::start(language, slot));
    let this = match &start {
        Some(start) => of!(language, format!("Der Termin {start}"), format!("The date {start}")),
        None => of!(language, "Dieser Termin", "This date"),
    };
    match why {
        Refusal::Unknown | Refusal::OtherCourse => of!(
            language,
            "Diesen Termin gibt es für diesen Kurs nicht.",
            "There is no such date of this course.",
        ),
        Refusal::LostBefore => of!(
            language,
            format!("{this} wurde bereits abgesagt."),
            format!("{this} has been declined before."),
        ),
        Refusal::OtherPartner => of!(
            language,
            format!("{this} gehört zu einem anderen Partner."),
            format!("{this} belongs to another partner."),
        ),
        Refusal::Withdrawn => {
            of!(
                language,
                format!("{this} findet nicht statt."),
                format!("{this} will not take place.")
            )
        }
        Refusal::AlreadyStarted => {
            of!(
                language,
                format!("{this} liegt in der Vergangenheit."),
                format!("{this} has passed.")
            )
        }
        Refusal::TooSoon => of!(
            language,
            format!("{this} ist leider nicht mehr buchbar."),
            format!("{this} can no longer be booked."),
        ),
        Refusal::TooFar => {
            of!(
                language,
                format!("{this} ist noch nicht buchbar."),
                format!("{this} cannot be booked yet."),
            )
        }
        Refusal::TooFewPlaces { .. } => {
            let (german, english) = if others {
                (" Bitte wählen Sie einen anderen.", " Please choose another one.")
            } else {
                ("", "")
            };
            of!(
                language,
                format!("{this} hat nicht mehr genügend freie Plätze.{german}"),
                format!("{this} does not have enough places left.{english}"),
            )
        }
        Refusal::OtherCurrency | Refusal::PriceDiffers => {
            of!(
                language,
                format!("{this} hat einen anderen Preis."),
                format!("{this} has another price."),
            )
        }
        Refusal::PriceChanged { total } => {
            let total = calendar::amount(language, total);
            of!(
                language,
                format!(
                    "Der Preis hat sich geändert: {this} kostet jetzt insgesamt {total}. Wenn Sie damit einverstanden sind, wählen Sie ihn bitte noch einmal."
                ),
                format!(
                    "The price has changed. {this} now costs {total} in total. If you agree, please choose it once more."
                ),
            )
        }
    }
}

/// Why a partner may not propose a date: to programs with the name of the field and the date's
/// number, on pages in words that know neither.
pub(crate) fn invalid_proposal(
    language: Language,
    date: CourseDateId,
    slot: Option<&Slot>,
    why: Refusal,
    on_page: bool,
) -> String {
    let why = refusal(language, why, slot, false);
    if on_page {
        return of!(
            language,
            format!("{why} Bitte schlagen Sie einen anderen Termin vor oder keinen."),
            format!("{why} Please propose another date, or none."),
        );
    }
    of!(
        language,
        format!(
            "Das Feld „proposedDateIds“ nennt einen Termin, der nicht vorgeschlagen werden kann: {date}. {why}"
        ),
        format!(
            "The field \"proposedDateIds\" names a date that cannot be proposed: {date}. {why}"
        ),
    )
}

pub(crate) fn conflict(language: Language, conflict: Conflict) -> String {
    let (german, english) = match conflict {
        Conflict::Rebooking(InvalidTransition::NotAskedYet) => (
            "Die Bestellung wird noch bearbeitet. Bitte versuchen Sie es gleich noch einmal.",
            "The order is still being processed. Please try again in a moment.",
        ),
        Conflict::Rebooking(InvalidTransition::OrderStands) => {
            ("Die Bestellung ist bereits ausgeführt.", "The order has already been placed.")
        }
        Conflict::Rebooking(InvalidTransition::Over) => {
            ("Diese Umbuchung ist beendet.", "This rebooking is over.")
        }
        Conflict::Link(LinkUnusable::Expired { .. }) => {
            ("Der Link ist abgelaufen.", "The link has expired.")
        }
        Conflict::Link(LinkUnusable::Cancelled { .. }) => {
            ("Der Link gilt nicht mehr.", "The link is no longer valid.")
        }
        Conflict::Link(LinkUnusable::Used { .. }) => {
            ("Mit dem Link wurde bereits umgebucht.", "The link has already been used.")
        }
        Conflict::ConfirmationClosed => {
            ("Diese Anfrage ist bereits abgeschlossen.", "This request has already been closed.")
        }
        Conflict::RebookingLive => (
            "Für diese Buchung läuft bereits eine Umbuchung. Bitte stornieren Sie diese zuerst.",
            "A rebooking of this booking is under way. Please cancel it first.",
        ),
        Conflict::NothingToMove => (
            "Es gibt nichts mehr umzubuchen: Die Bestellung ist erstattet oder storniert.",
            "There is nothing left to rebook: the order has been refunded or cancelled.",
        ),
        Conflict::EffectNotIdle => (
            "Dieser Vorgang läuft gerade oder ist bereits abgeschlossen.",
            "This task is under way or has been completed.",
        ),
        Conflict::OrderCannotBeSkipped => (
            "Eine Bestellung lässt sich nicht überspringen. Bitte wiederholen Sie sie oder stornieren Sie die Umbuchung.",
            "An order cannot be skipped. Please retry it or cancel the rebooking.",
        ),
        Conflict::EnoughWishes => (
            "Ihre Nachrichten sind bei uns angekommen. Über diesen Link können Sie keine weiteren senden.",
            "We have received your messages. You cannot send any more through this link.",
        ),
        Conflict::Changed => (
            "Der Fall hat sich geändert, nachdem Sie diese Seite geöffnet hatten, vielleicht durch einen doppelten Klick. Dieses Mal wurde nichts getan. Bitte sehen Sie unten nach, wie es jetzt steht.",
            "The case has changed since you opened this page, perhaps because of a double click. This time nothing was done. Please see below how it stands now.",
        ),
        Conflict::Forgotten => (
            "Die personenbezogenen Daten dieses Falls wurden gelöscht.",
            "The personal data of this case has been deleted.",
        ),
        _ => ("Das ist im Moment nicht möglich.", "This is not possible at the moment."),
    };
    of!(language, german, english)
}

/// What was not found; `None` is the address itself.
pub(crate) fn not_found(language: Language, what: Option<Resource>) -> String {
    let (german, english) = match what {
        Some(Resource::Confirmation) => {
            ("Diese Anfrage gibt es nicht.", "There is no such request.")
        }
        Some(Resource::Date) => ("Diesen Termin gibt es nicht.", "There is no such date."),
        Some(Resource::Booking) => ("Diese Buchung gibt es nicht.", "There is no such booking."),
        Some(Resource::Case) => ("Diesen Fall gibt es nicht.", "There is no such case."),
        Some(Resource::Effect) => ("Diesen Vorgang gibt es nicht.", "There is no such task."),
        Some(_) | None => {
            ("Unter dieser Adresse gibt es keine Seite.", "There is no page at this address.")
        }
    };
    of!(language, german, english)
}
