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

texts! { language =>
    token_unknown() =>
        "Diesen Link kennen wir nicht. Bitte öffnen Sie ihn noch einmal direkt aus unserer E-Mail \
         oder wenden Sie sich an unser Support-Team.",
        "We do not know this link. Please open it once more, directly from our e-mail, or contact \
         our support team.";
    token_superseded() =>
        "Dieser Link wurde durch einen neueren ersetzt. Bitte öffnen Sie den Link aus unserer \
         neuesten E-Mail.",
        "This link has been replaced by a newer one. Please open the link in our latest e-mail.";
    attempts_exhausted() =>
        "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte wenden Sie sich an unser \
         Support-Team.",
        "A wrong e-mail address has been entered too often. Please contact our support team.";
    wrong_method() =>
        "So lässt sich diese Adresse nicht aufrufen.", "This address cannot be called that way.";
    not_signed_in() => "Bitte melden Sie sich an.", "Please sign in.";
    wrong_role() => "Dafür haben Sie keine Berechtigung.", "You are not allowed to do that.";
    cross_site() =>
        "Diese Anfrage kam von einer fremden Seite. Bitte öffnen Sie unsere Seite selbst und \
         versuchen Sie es dort noch einmal.",
        "This request came from another site. Please open our page yourself and try again there.";
    stale_form() =>
        "Diese Seite gehörte zu einer früheren Anmeldung, deshalb wurde nichts geändert. Bitte \
         öffnen Sie sie neu und versuchen Sie es dort noch einmal.",
        "This page belonged to an earlier sign-in, so nothing has been changed. Please open it \
         anew and try once more there.";
    not_declared_json() =>
        "Erwartet wird JSON: Content-Type: application/json.",
        "JSON is expected: Content-Type: application/json.";
    not_json() =>
        "Der Inhalt der Anfrage ist kein lesbares JSON.",
        "The body of the request is not readable JSON.";
    not_received() =>
        "Ihre Angaben sind nicht vollständig bei uns angekommen. Bitte versuchen Sie es noch \
         einmal.",
        "What you entered did not reach us completely. Please try again.";
    too_long() =>
        "Das war mehr Text, als wir annehmen können. Bitte kürzen Sie ihn und versuchen Sie es \
         noch einmal.",
        "That was more text than we can take. Please shorten it and try again.";
    too_large() => "Der Inhalt der Anfrage ist zu groß.", "The body of the request is too large.";
    too_slow() =>
        "Die Anfrage kam nicht rechtzeitig vollständig an.",
        "The request did not arrive completely in time.";
    outcome_unknown() =>
        "Das dauert gerade länger als üblich. Bitte versuchen Sie es gleich noch einmal – doppelt \
         ausgeführt wird dabei nichts.",
        "This is taking longer than usual. Please try again in a moment – nothing will be done \
         twice.";
    outcome_unknown_look_first() =>
        "Das dauert gerade länger als üblich. Bitte sehen Sie zuerst im Fall nach, ob es schon \
         geschehen ist: Jeder neue Versuch wird auch ausgeführt.",
        "This is taking longer than usual. Please check the case first: if it has happened \
         already, trying again would do it a second time.";
    outcome_unknown_open_again() =>
        "Das dauert gerade länger als üblich. Bitte öffnen Sie den Fall neu und sehen Sie nach, \
         ob es schon geschehen ist, bevor Sie es noch einmal versuchen.",
        "This is taking longer than usual. Please open the case anew and check whether it has \
         happened already before you try once more.";
    no_such_item() =>
        "Diese Buchung gibt es nicht. Bitte prüfen Sie, ob es die Nummer der Bestellposition ist \
         und nicht die Bestellnummer.",
        "There is no such booking. Please check that this is the number of the order item, not \
         the order number.";
    reports_left_out() =>
        "Listen und Auswertungen gibt es hier nicht.", "There are no lists and reports here.";
    try_later() =>
        "Das geht gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.",
        "This is not possible right now. Please try again in a few minutes.";
    broken() =>
        "Bei uns ist etwas schiefgegangen. Bitte wenden Sie sich an unser Support-Team.",
        "Something went wrong on our side. Please contact our support team.";
    /// `replaced`: whether a new link is sent to whoever asks for one.
    token_expired(token: &RebookingToken, replaced: bool) =>
        let since = calendar::day(language, token.booking().slot.zone.local(token.expires_at()));
        match replaced {
            true =>
                "Dieser Link ist am {since} abgelaufen. Wir schicken Ihnen gern einen neuen.",
                "This link expired on {since}. We will be happy to send you a new one.";
            false =>
                "Dieser Link ist am {since} abgelaufen. Bitte wenden Sie sich an unser \
                 Support-Team.",
                "This link expired on {since}. Please contact our support team.";
        }
    /// Too many requests in a short time.
    too_many_requests(seconds: i64) => match seconds {
        i64::MIN..=1 =>
            "Das waren zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.",
            "Those were too many requests. Please try again in one second.";
        _ =>
            "Das waren zu viele Anfragen. Bitte versuchen Sie es in {seconds} Sekunden noch \
             einmal.",
            "Those were too many requests. Please try again in {seconds} seconds.";
    }
    token_cancelled(why: CancelReason) => match why {
        CancelReason::Refunded =>
            "Diese Buchung wurde erstattet. Deshalb gilt der Link nicht mehr.",
            "This booking has been refunded, so the link is no longer valid.";
        CancelReason::OrderCancelled =>
            "Diese Bestellung wurde storniert. Deshalb gilt der Link nicht mehr.",
            "This order has been cancelled, so the link is no longer valid.";
        CancelReason::Support | CancelReason::Superseded =>
            "Dieser Link gilt nicht mehr. Bitte wenden Sie sich an unser Support-Team.",
            "This link is no longer valid. Please contact our support team.";
    }
    token_used(token: &RebookingToken, policy: &Policy) =>
        let when = token.rebooking().map(|rebooking| calendar::start(language, &rebooking.slot));
        let when = when.unwrap_or_default();
        let state = token.rebooking().map(|rebooking| rebooking.state);
        match state {
            Some(RebookingState::DeclinedAgain) if !token.is_followed_by_a_link(policy) =>
                "Der Termin {when} kann leider nicht stattfinden. Unser Support-Team meldet sich \
                 bei Ihnen, um eine Lösung zu finden.",
                "Unfortunately the date {when} cannot take place. Our support team will contact \
                 you to find a solution.";
            Some(RebookingState::DeclinedAgain | RebookingState::Rejected) =>
                "Der Termin {when} kann leider nicht stattfinden. Bitte öffnen Sie den Link aus \
                 unserer neuesten E-Mail.",
                "Unfortunately the date {when} cannot take place. Please open the link in our \
                 latest e-mail.";
            Some(RebookingState::Cancelled(_)) =>
                "Die Umbuchung auf {when} wurde storniert. Bei Fragen hilft Ihnen unser \
                 Support-Team.",
                "The rebooking to {when} has been cancelled. Our support team will help you with \
                 any question.";
            Some( RebookingState::Ordering
            | RebookingState::AwaitingPartner
            | RebookingState::Confirmed, )
            | None =>
                "Mit diesem Link wurde bereits umgebucht, und zwar auf {when}.",
                "This link has already been used to rebook to {when}.";
        }
    email_mismatch(left: u32) => match left {
        0 =>
            "Diese E-Mail-Adresse passt nicht zur Buchung. Weitere Versuche sind vorerst nicht \
             möglich.",
            "This e-mail address does not match the booking. No more attempts are possible for \
             now.";
        1 =>
            "Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch einen Versuch.",
            "This e-mail address does not match the booking. You have one more attempt.";
        more =>
            "Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch {more} Versuche.",
            "This e-mail address does not match the booking. You have {more} more attempts.";
    }
    too_many_attempts(seconds: i64) =>
        let minutes = (seconds + 59) / 60;
        match minutes {
            i64::MIN..=1 =>
                "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in \
                 einer Minute noch einmal.",
                "A wrong e-mail address has been entered too often. Please try again in one \
                 minute.";
            minutes =>
                "Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in \
                 {minutes} Minuten noch einmal.",
                "A wrong e-mail address has been entered too often. Please try again in {minutes} \
                 minutes.";
        }
    /// How a date is named: by its start, where there is such a date.
    this_date(slot: Option<&Slot>) => match slot {
        Some(slot) =>
            let start = calendar::start(language, slot);
            "Der Termin {start}", "The date {start}";
        None => "Dieser Termin", "This date";
    }
    /// Why a chosen date cannot be booked.
    ///
    /// `slot`: when it is, where there is such a date. `others`: whether there are dates to choose
    /// from.
    refusal(why: Refusal, slot: Option<&Slot>, others: bool) =>
        let this = this_date(language, slot);
        match why {
            Refusal::Unknown | Refusal::OtherCourse =>
                "Diesen Termin gibt es für diesen Kurs nicht.",
                "There is no such date of this course.";
            Refusal::LostBefore =>
                "{this} wurde bereits abgesagt.", "{this} has been declined before.";
            Refusal::OtherPartner =>
                "{this} gehört zu einem anderen Partner.", "{this} belongs to another partner.";
            Refusal::Withdrawn => "{this} findet nicht statt.", "{this} will not take place.";
            Refusal::AlreadyStarted =>
                "{this} liegt in der Vergangenheit.", "{this} has passed.";
            Refusal::TooSoon =>
                "{this} ist leider nicht mehr buchbar.", "{this} can no longer be booked.";
            Refusal::TooFar =>
                "{this} ist noch nicht buchbar.", "{this} cannot be booked yet.";
            Refusal::TooFewPlaces { .. } if others =>
                "{this} hat nicht mehr genügend freie Plätze. Bitte wählen Sie einen anderen.",
                "{this} does not have enough places left. Please choose another one.";
            Refusal::TooFewPlaces { .. } =>
                "{this} hat nicht mehr genügend freie Plätze.",
                "{this} does not have enough places left.";
            Refusal::OtherCurrency | Refusal::PriceDiffers =>
                "{this} hat einen anderen Preis.", "{this} has another price.";
            Refusal::PriceChanged { total } =>
                let total = calendar::amount(language, total);
                "Der Preis hat sich geändert: {this} kostet jetzt insgesamt {total}. Wenn Sie \
                 damit einverstanden sind, wählen Sie ihn bitte noch einmal.",
                "The price has changed. {this} now costs {total} in total. If you agree, please \
                 choose it once more.";
        }
    /// Why a date cannot be proposed: on a page, or to a program that knows the field.
    invalid_proposal(date: CourseDateId, slot: Option<&Slot>, why: Refusal, on_page: bool) =>
        let why = refusal(language, why, slot, false);
        match on_page {
            true =>
                "{why} Bitte schlagen Sie einen anderen Termin vor oder keinen.",
                "{why} Please propose another date, or none.";
            false =>
                "Das Feld „proposedDateIds“ nennt einen Termin, der nicht vorgeschlagen werden \
                 kann: {date}. {why}",
                "The field \"proposedDateIds\" names a date that cannot be proposed: {date}. {why}";
        }
    conflict(conflict: Conflict) => match conflict {
        Conflict::Rebooking(InvalidTransition::NotAskedYet) =>
            "Die Bestellung wird noch bearbeitet. Bitte versuchen Sie es gleich noch einmal.",
            "The order is still being processed. Please try again in a moment.";
        Conflict::Rebooking(InvalidTransition::OrderStands) =>
            "Die Bestellung ist bereits ausgeführt.", "The order has already been placed.";
        Conflict::Rebooking(InvalidTransition::Over) =>
            "Diese Umbuchung ist beendet.", "This rebooking is over.";
        Conflict::Link(LinkUnusable::Expired { .. }) =>
            "Der Link ist abgelaufen.", "The link has expired.";
        Conflict::Link(LinkUnusable::Cancelled { .. }) =>
            "Der Link gilt nicht mehr.", "The link is no longer valid.";
        Conflict::Link(LinkUnusable::Used { .. }) =>
            "Mit dem Link wurde bereits umgebucht.", "The link has already been used.";
        Conflict::ConfirmationClosed =>
            "Diese Anfrage ist bereits abgeschlossen.", "This request has already been closed.";
        Conflict::RebookingLive =>
            "Für diese Buchung läuft bereits eine Umbuchung. Bitte stornieren Sie diese zuerst.",
            "A rebooking of this booking is under way. Please cancel it first.";
        Conflict::NothingToMove =>
            "Es gibt nichts mehr umzubuchen: Die Bestellung ist erstattet oder storniert.",
            "There is nothing left to rebook: the order has been refunded or cancelled.";
        Conflict::EffectNotIdle =>
            "Dieser Vorgang läuft gerade oder ist bereits abgeschlossen.",
            "This task is under way or has been completed.";
        Conflict::OrderCannotBeSkipped =>
            "Eine Bestellung lässt sich nicht überspringen. Bitte wiederholen Sie sie oder \
             stornieren Sie die Umbuchung.",
            "An order cannot be skipped. Please retry it or cancel the rebooking.";
        Conflict::EnoughWishes =>
            "Ihre Nachrichten sind bei uns angekommen. Über diesen Link können Sie keine weiteren \
             senden.",
            "We have received your messages. You cannot send any more through this link.";
        Conflict::Changed =>
            "Der Fall hat sich geändert, nachdem Sie diese Seite geöffnet hatten, vielleicht \
             durch einen doppelten Klick. Dieses Mal wurde nichts getan. Bitte sehen Sie unten \
             nach, wie es jetzt steht.",
            "The case has changed since you opened this page, perhaps because of a double click. \
             This time nothing was done. Please see below how it stands now.";
        Conflict::Forgotten =>
            "Die personenbezogenen Daten dieses Falls wurden gelöscht.",
            "The personal data of this case has been deleted.";
        _ => "Das ist im Moment nicht möglich.", "This is not possible at the moment.";
    }
    /// What was not found; `None` is the address itself.
    not_found(what: Option<Resource>) => match what {
        Some(Resource::Confirmation) => "Diese Anfrage gibt es nicht.", "There is no such request.";
        Some(Resource::Date) => "Diesen Termin gibt es nicht.", "There is no such date.";
        Some(Resource::Booking) => "Diese Buchung gibt es nicht.", "There is no such booking.";
        Some(Resource::Case) => "Diesen Fall gibt es nicht.", "There is no such case.";
        Some(Resource::Effect) => "Diesen Vorgang gibt es nicht.", "There is no such task.";
        Some(_) | None =>
            "Unter dieser Adresse gibt es keine Seite.", "There is no page at this address.";
    }
}
