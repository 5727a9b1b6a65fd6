### Tickets and their notes: short sentences in one line.

helpdesk-subject = Umbuchung { $number }

## What a ticket is about

helpdesk-order = Bestellung: { $number }
helpdesk-course = Kurs: { $course }
helpdesk-date = Termin: { $date }
helpdesk-people = Personen: { $count }
# $language: the tag of the customer's language; $name: what it calls itself.
helpdesk-language =
    { $language ->
        [de] Sprache: Deutsch
        [en] Sprache: Englisch
        [fr] Sprache: Französisch
       *[other] Sprache: { $name }
    }

## Notes

helpdesk-note =
    { $fact ->
        [declined] Der Partner hat den Termin { $date } abgelehnt. Der Kunde bekommt einen Link zum Umbuchen.
        [limit_reached] Der Partner hat den Termin { $date } abgelehnt, und es gibt keinen weiteren Link. Bitte eine Lösung finden.
        [link_sent] Der Support hat für den Termin { $date } einen Link zum Umbuchen geschickt.
        [no_dates] Der Kunde hat keinen passenden Termin gefunden. Bitte melden.
        [rebooked] Umgebucht.
        [confirmed] Der Partner hat den Termin { $date } bestätigt.
        [order_refused] Der Shop hat die Bestellung für den neuen Termin abgelehnt. Der Kunde bekommt einen neuen Link.
        [wish] Der Kunde hat einen Wunsch, der nicht mehr vorliegt.
        [expired] Der Link ist abgelaufen, ohne dass der Kunde einen Termin gewählt hat.
        [unreachable] Eine E-Mail an den Kunden ist unzustellbar. Bitte auf anderem Weg melden.
        [customer_not_told] Eine E-Mail an den Kunden konnte nicht gesendet werden. Bitte melden.
        [partner_not_told] Eine E-Mail an den Partner konnte nicht gesendet werden. Bitte anrufen.
       *[order_stuck] Die Umbuchung ist im Shop nicht angekommen. Bitte die Bestellung prüfen.
    }
helpdesk-reason = Grund: „{ $reason }“
helpdesk-rebooked =
    { $by ->
        [backup] Der Partner hat den Termin { $old } abgelehnt. Gebucht ist der Ersatztermin des Kunden: { $new }.
        [support] Der Support hat umgebucht: bisher { $old }, jetzt { $new }.
       *[customer] Der Kunde hat umgebucht: bisher { $old }, jetzt { $new }.
    }
helpdesk-new-course = Kurs: { $course }.
helpdesk-new-order = Neue Bestellung: { $number }.
helpdesk-difference =
    { $difference ->
        [absorbed] Der Mehrpreis von { $amount } wird übernommen.
        [refund] Zu erstatten: { $amount }.
       *[to_pay] Noch zu zahlen: { $amount }.
    }
helpdesk-partner-asked = Der Partner ist angefragt.
helpdesk-exchanged = Der Kunde hat den Ersatztermin { $date } gegen einen anderen getauscht. Er ist abgesagt.
helpdesk-no-longer-due = Der Aufpreis von { $amount } dafür ist nicht mehr zu zahlen.
helpdesk-cancelled =
    { $why ->
        [refunded] Beendet: Die Bestellung wurde im Shop erstattet.
        [order_cancelled] Beendet: Die Bestellung wurde im Shop storniert.
        [superseded] Durch einen neueren Link ersetzt.
       *[support] Vom Support storniert.
    }
helpdesk-wish =
    { $kind ->
        [new_dates] Der Kunde möchte von neuen Terminen hören.
        [money_back] Der Kunde möchte sein Geld zurück. Bitte entscheiden und erstatten.
       *[other] Der Kunde hat einen Wunsch.
    }
helpdesk-weekdays = Wochentage: { $days }.
helpdesk-months = Monate: { $months }.
helpdesk-quote = „{ $text }“
