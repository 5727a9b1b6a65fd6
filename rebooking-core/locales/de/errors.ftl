### Why something is not possible, and what to do next: for programs and for pages.

errors-broken = Bei uns ist etwas schiefgegangen. Bitte wenden Sie sich an unser Support-Team.
errors-no-such-item = Diese Buchung gibt es nicht. Bitte prüfen Sie, ob es die Nummer der Bestellposition ist und nicht die Bestellnummer.
errors-not-declared-json = Erwartet wird JSON: Content-Type: application/json.
errors-not-json = Der Inhalt der Anfrage ist kein lesbares JSON.
errors-not-received = Ihre Angaben sind nicht vollständig bei uns angekommen. Bitte versuchen Sie es noch einmal.
errors-outcome-unknown = Das dauert gerade länger als üblich. Bitte versuchen Sie es gleich noch einmal – doppelt ausgeführt wird dabei nichts.
errors-outcome-unknown-look-first = Das dauert gerade länger als üblich. Bitte sehen Sie zuerst im Fall nach, ob es schon geschehen ist: Jeder neue Versuch wird auch ausgeführt.
errors-outcome-unknown-open-again = Das dauert gerade länger als üblich. Bitte öffnen Sie den Fall neu und sehen Sie nach, ob es schon geschehen ist, bevor Sie es noch einmal versuchen.
errors-too-large = Der Inhalt der Anfrage ist zu groß.
errors-too-long = Das war mehr Text, als wir annehmen können. Bitte kürzen Sie ihn und versuchen Sie es noch einmal.

## Links

# $renewable: whether a new link is sent to whoever asks for one.
errors-token-expired =
    { $renewable ->
        [yes] Dieser Link ist am { $since } abgelaufen. Wir schicken Ihnen gern einen neuen.
       *[no] Dieser Link ist am { $since } abgelaufen. Bitte wenden Sie sich an unser Support-Team.
    }
errors-token-cancelled =
    { $why ->
        [refunded] Diese Buchung wurde erstattet. Deshalb gilt der Link nicht mehr.
        [order_cancelled] Diese Bestellung wurde storniert. Deshalb gilt der Link nicht mehr.
       *[support] Dieser Link gilt nicht mehr. Bitte wenden Sie sich an unser Support-Team.
    }
# $outcome: what has become of the rebooking.
errors-token-used =
    { $outcome ->
        [lost_for_good] Der Termin { $when } kann leider nicht stattfinden. Unser Support-Team meldet sich bei Ihnen, um eine Lösung zu finden.
        [lost] Der Termin { $when } kann leider nicht stattfinden. Bitte öffnen Sie den Link aus unserer neuesten E-Mail.
        [cancelled] Die Umbuchung auf { $when } wurde storniert. Bei Fragen hilft Ihnen unser Support-Team.
       *[booked] Mit diesem Link wurde bereits umgebucht, und zwar auf { $when }.
    }

## Too often

errors-too-many-requests =
    { $seconds ->
        [one] Das waren zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.
       *[other] Das waren zu viele Anfragen. Bitte versuchen Sie es in { $seconds } Sekunden noch einmal.
    }
errors-too-many-attempts =
    { $minutes ->
        [one] Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in einer Minute noch einmal.
       *[other] Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte versuchen Sie es in { $minutes } Minuten noch einmal.
    }
errors-email-mismatch =
    { $left ->
        [0] Diese E-Mail-Adresse passt nicht zur Buchung. Weitere Versuche sind vorerst nicht möglich.
        [one] Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch einen Versuch.
       *[other] Diese E-Mail-Adresse passt nicht zur Buchung. Sie haben noch { $left } Versuche.
    }

## Dates

# How a date is named: by its start, where there is such a date.
errors-this-date =
    { $start ->
        [none] Dieser Termin
       *[other] Der Termin { $start }
    }
# Why a date cannot be booked.
errors-refusal =
    { $why ->
        [lost_before] { errors-this-date } wurde bereits abgesagt.
        [other_partner] { errors-this-date } gehört zu einem anderen Partner.
        [withdrawn] { errors-this-date } findet nicht statt.
        [already_started] { errors-this-date } liegt in der Vergangenheit.
        [too_soon] { errors-this-date } ist leider nicht mehr buchbar.
        [too_far] { errors-this-date } ist noch nicht buchbar.
        [too_few_places_here] { errors-this-date } hat nicht mehr genügend freie Plätze. Bitte wählen Sie einen anderen.
        [too_few_places] { errors-this-date } hat nicht mehr genügend freie Plätze.
        [another_price] { errors-this-date } hat einen anderen Preis.
        [price_changed] Der Preis hat sich geändert: { errors-this-date } kostet jetzt insgesamt { $total }. Wenn Sie damit einverstanden sind, wählen Sie ihn bitte noch einmal.
       *[unknown] Diesen Termin gibt es für diesen Kurs nicht.
    }
# $refusal: why a date cannot be proposed; on a page, and to a program that knows the field.
errors-invalid-proposal-on-page = { $refusal } Bitte schlagen Sie einen anderen Termin vor oder keinen.
errors-invalid-proposal = Das Feld „proposedDateIds“ nennt einen Termin, der nicht vorgeschlagen werden kann: { $date }. { $refusal }

## By code, and what is missing

# What needs nothing but its code.
errors-by-code =
    { $code ->
        [not_signed_in] Bitte melden Sie sich an.
        [wrong_role] Dafür haben Sie keine Berechtigung.
        [cross_site] Diese Anfrage kam von einer fremden Seite. Bitte öffnen Sie unsere Seite selbst und versuchen Sie es dort noch einmal.
        [stale_form] Diese Seite gehörte zu einer früheren Anmeldung, deshalb wurde nichts geändert. Bitte öffnen Sie sie neu und versuchen Sie es dort noch einmal.
        [method_not_allowed] So lässt sich diese Adresse nicht aufrufen.
        [request_timeout] Die Anfrage kam nicht rechtzeitig vollständig an.
        [token_unknown] Diesen Link kennen wir nicht. Bitte öffnen Sie ihn noch einmal direkt aus unserer E-Mail oder wenden Sie sich an unser Support-Team.
        [token_superseded] Dieser Link wurde durch einen neueren ersetzt. Bitte öffnen Sie den Link aus unserer neuesten E-Mail.
        [attempts_exhausted] Es wurde zu oft eine falsche E-Mail-Adresse eingegeben. Bitte wenden Sie sich an unser Support-Team.
        [choose_item] Die Bestellnummer führt nicht zu genau einer Buchung. Bitte wählen Sie eine aus.
        [partner_not_asked_yet] Die Bestellung wird noch bearbeitet. Bitte versuchen Sie es gleich noch einmal.
        [order_stands] Die Bestellung ist bereits ausgeführt.
        [rebooking_over] Diese Umbuchung ist beendet.
        [link_expired] Der Link ist abgelaufen.
        [link_cancelled] Der Link gilt nicht mehr.
        [link_used] Mit dem Link wurde bereits umgebucht.
        [confirmation_closed] Diese Anfrage ist bereits abgeschlossen.
        [rebooking_live] Für diese Buchung läuft bereits eine Umbuchung. Bitte stornieren Sie diese zuerst.
        [nothing_to_move] Es gibt nichts mehr umzubuchen: Die Bestellung ist erstattet oder storniert.
        [case_taken] Diesen Fall hat inzwischen jemand anderes übernommen.
        [effect_not_idle] Dieser Vorgang läuft gerade oder ist bereits abgeschlossen.
        [order_cannot_be_skipped] Eine Bestellung lässt sich nicht überspringen. Bitte wiederholen Sie sie oder stornieren Sie die Umbuchung.
        [enough_wishes] Ihre Nachrichten sind bei uns angekommen. Über diesen Link können Sie keine weiteren senden.
        [backups_closed] Ersatztermine lassen sich nur nennen, wenn ein Termin gewählt ist und der Partner noch nicht geantwortet hat.
        [date_fixed] Tauschen können Sie nur einen Ersatztermin, den wir für Sie gebucht haben, und nur solange der Partner nicht geantwortet hat.
        [case_changed] Der Fall hat sich geändert, nachdem Sie diese Seite geöffnet hatten, vielleicht durch einen doppelten Klick. Dieses Mal wurde nichts getan. Bitte sehen Sie unten nach, wie es jetzt steht.
        [forgotten] Die personenbezogenen Daten dieses Falls wurden gelöscht.
        [reports_left_out] Listen und Auswertungen gibt es hier nicht.
        [try_later] Das geht gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal.
        [broken] { errors-broken }
        [internal] { errors-broken }
       *[conflict] Das ist im Moment nicht möglich.
    }
# What is in the way of forgetting somebody.
errors-case-open =
    { $why ->
        [booking] Noch offen: { $cases }. Mindestens eine Buchung findet noch statt; sie ist zuerst im Shop zu stornieren.
       *[case] Noch offen: { $cases }. Stornieren Sie zuerst, oder lassen Sie offene Fälle mitstornieren.
    }
errors-not-found =
    { $what ->
        [confirmation] Diese Anfrage gibt es nicht.
        [date] Diesen Termin gibt es nicht.
        [booking] Diese Buchung gibt es nicht.
        [order] Diese Bestellung gibt es nicht, oder es ist nichts mehr von ihr gebucht.
        [case] Diesen Fall gibt es nicht.
        [effect] Diesen Vorgang gibt es nicht.
        [person] Zu dieser E-Mail-Adresse ist nichts gespeichert.
       *[page] Unter dieser Adresse gibt es keine Seite.
    }
