### What the customer's pages say.

page-new-link-heading = Neuer Link angefordert
page-new-link-asked-for = Wenn die E-Mail-Adresse zur Buchung gehört und der alte Link abgelaufen ist, ist ein neuer Link schon auf dem Weg zu Ihnen. Bitte sehen Sie auch im Spam-Ordner nach. Meist kommt der Link innerhalb weniger Minuten an. Ist er nach einer Stunde nicht da, schreiben Sie uns bitte.
page-nothing-to-choose = Zurzeit gibt es keinen Termin, den Sie auswählen könnten. Bitte sagen Sie uns weiter unten, was Ihnen hilft.
# Until when the link works.
page-valid-until = Dieser Link ist bis zum { $day }, { $hour } Uhr gültig.

## The booking

page-declined = { $day } (abgelehnt)
page-called-off = { $day } (abgesagt)

## A date to choose

page-places =
    { $free ->
        [one] 1 Platz verfügbar
       *[other] { $free } Plätze verfügbar
    }
page-per-person = { $price } pro Person
page-for-people =
    { $people ->
        [one] { $total } für 1 Person
       *[other] { $total } für { $people } Personen
    }
# The difference to what has been paid, and what follows from it.
page-difference =
    { $difference ->
       *[same] Gleicher Preis wie bisher
        [absorbed] { $amount } mehr als bisher – das übernehmen wir. Es bleibt bei den { $paid }, die Sie bezahlt haben.
        [refund] { $amount } günstiger als bisher – die Differenz erstatten wir Ihnen.
        [to_pay] { $amount } mehr als bisher – diesen Betrag zahlen Sie nach.
    }
# The button of a date. Where it costs more it says so, as German law asks for (BGB § 312j).
page-choose =
    { $difference ->
        [to_pay] Zahlungspflichtig auswählen
       *[other] Auswählen
    }
# The same for who does not see the card around the button.
page-choose-this =
    { $difference ->
        [to_pay] { $start }, { $total } zahlungspflichtig auswählen
       *[other] { $start }, { $total } auswählen
    }

## Many dates: a filter, groups by month, a calendar

# How many there are, or are left by the filter.
page-many-count =
    { $count ->
        [one] 1 Termin
       *[other] { $count } Termine
    }
page-many-narrowed =
    { $count ->
        [0] Kein Termin passt zu Ihrer Auswahl.
        [one] 1 von { $all } Terminen passt zu Ihrer Auswahl.
       *[other] { $count } von { $all } Terminen passen zu Ihrer Auswahl.
    }
page-many-filter = Nach Wochentag und Uhrzeit eingrenzen
page-many-weekdays = Wochentag
page-many-times = Uhrzeit
page-many-time =
    { $time ->
        [morning] Vormittag (vor 12 Uhr)
        [afternoon] Nachmittag (12 bis 17 Uhr)
       *[evening] Abend (ab 17 Uhr)
    }
page-many-apply = Passende Termine zeigen
page-many-show-all = Alle Termine zeigen
page-many-views = Ansicht
page-many-view =
    { $view ->
        [calendar] Monatskalender
       *[list] Liste
    }
page-many-jump = Zu einem Monat springen
# $proposed: whether the partner has proposed some of them.
page-many-nearest =
    { $proposed ->
        [yes] Vorschläge des Partners und nächstgelegene Termine
       *[no] Am nächsten an Ihrem ursprünglichen Termin
    }
page-many-nearest-jump = Nächstgelegene
# Dates of this month that stand among the nearest.
page-many-above =
    { $count ->
        [one] Ein weiterer Termin in diesem Monat steht oben bei den nächstgelegenen.
       *[other] { $count } weitere Termine in diesem Monat stehen oben bei den nächstgelegenen.
    }
page-many-proposed = Vom Partner vorgeschlagen
page-many-same-price = Gleicher Preis
page-many-calendar-hint = Eine Uhrzeit im Kalender führt zu ihrem Termin darunter, mit Preis und freien Plätzen.
# The heads of a calendar sheet.
page-many-weekday =
    { $weekday ->
        [monday] Mo
        [tuesday] Di
        [wednesday] Mi
        [thursday] Do
        [friday] Fr
        [saturday] Sa
       *[sunday] So
    }
# The date that was chosen before the address was there.
page-many-kept = Ihr gewählter Termin
page-many-kept-hint = Tragen Sie oben Ihre E-Mail-Adresse ein, und wählen Sie ihn hier noch einmal. Gebucht ist er noch nicht.

## What was booked

page-booked-before = Mit diesem Link wurde bereits umgebucht. Gebucht ist dieser Termin:
page-booked-heading =
    { $outcome ->
        [before] Bereits umgebucht
        [confirmed] Ihr neuer Termin ist bestätigt!
        [lost] Dieser Termin findet leider nicht statt
        [lost_for_good] Dieser Termin findet leider nicht statt
        [cancelled] Diese Umbuchung wurde storniert
       *[open] Umbuchung erfolgreich!
    }
# $live: whether it is still to take place.
page-booked-lead =
    { $live ->
        [yes] Ihre Buchung wurde auf den neuen Termin umgebucht:
       *[no] Mit diesem Link hatten Sie auf diesen Termin umgebucht:
    }
page-booked-as-backup = Ihr bisheriger Termin kann nicht stattfinden. Gebucht ist der Ersatztermin, den Sie genannt hatten:
# For whom a backup was booked that no longer suits.
page-backup-another-way = Passt Ihnen dieser Termin doch nicht? Melden Sie sich bei uns: Wir finden eine andere Lösung.
page-date-label =
    { $live ->
        [yes] Neuer Termin:
       *[no] Termin:
    }
page-mail-follows = Sie erhalten in Kürze eine Bestätigung per E-Mail.
page-what-is-next =
    { $outcome ->
        [confirmed] Der Partner hat den Termin bestätigt. Wir wünschen Ihnen viel Freude!
        [lost] Das tut uns leid. Wie es für Sie weitergeht, steht in unserer neuesten E-Mail: Bitte öffnen Sie den Link darin.
        [lost_for_good] Das tut uns sehr leid. Unser Support-Team meldet sich bei Ihnen, um eine Lösung zu finden.
        [cancelled] Bei Fragen hilft Ihnen unser Support-Team gern weiter.
       *[open] Der Partner hat den Termin noch nicht bestätigt. Sobald die Bestätigung vorliegt, erhalten Sie eine weitere E-Mail.
    }
# How long to wait for the partner's answer, and what to do then.
page-ask-by = Haben Sie bis zum { $day } nichts von uns gehört? Dann schreiben Sie uns bitte, und wir fragen beim Partner nach.
# For who waits for support: within how many days.
page-ask-within =
    { $days ->
        [one] Haben Sie bis morgen nichts von uns gehört? Dann schreiben Sie uns bitte.
       *[other] Haben Sie innerhalb von { $days } Tagen nichts von uns gehört? Dann schreiben Sie uns bitte.
    }
# Where the date goes into a calendar.
page-calendar =
    { $calendar ->
        [google] Google Kalender
        [outlook] Outlook im Web
       *[file] Apple, Outlook und andere (.ics)
    }
# What has been paid for the party, and what follows from the difference in price.
page-paid =
    { $difference ->
        [refund] Sie haben insgesamt { $paid } bezahlt. Die Differenz von { $amount } erstatten wir Ihnen.
        [to_pay] Sie haben bisher { $paid } bezahlt. Der Mehrpreis von { $amount } ist noch zu zahlen. Wegen der Zahlung melden wir uns bei Ihnen.
       *[other] Sie haben insgesamt { $paid } bezahlt. Mehr ist nicht zu zahlen.
    }

## Backups

page-backups-heading = Falls der Partner nicht kann
# $count: how many may be named.
page-backups-lead =
    { $count ->
        [one] Solange der Partner nicht geantwortet hat, können Sie einen Ersatztermin nennen. Sagt er ab, buchen wir ihn sofort, wenn er dann noch möglich ist – zu dem Preis, der hier steht. Ein Platz ist bis dahin nicht reserviert.
       *[other] Solange der Partner nicht geantwortet hat, können Sie Ersatztermine nennen. Sagt er ab, buchen wir sofort den ersten, der dann noch möglich ist – zu dem Preis, der hier steht. Plätze sind bis dahin nicht reserviert.
    }
# $count: how many are named.
page-backups-standing =
    { $count ->
        [one] Vorgemerkt:
       *[other] Vorgemerkt, in dieser Reihenfolge:
    }
page-backup-place =
    { $count ->
        [one] Ersatztermin
       *[other] { $place }. Ersatztermin
    }
page-backup-none = Kein Ersatztermin
# $total: for the whole party.
page-backup-option =
    { $difference ->
        [same] { $day } – { $total }, gleicher Preis
        [absorbed] { $day } – { $total }, ohne Mehrkosten
        [refund] { $day } – { $total }, { $amount } zurück
       *[to_pay] { $day } – { $total }, { $amount } mehr
    }
page-backups-address-hint = Die Adresse, mit der Sie gebucht haben. So kann nur Ersatztermine nennen, wer auch gebucht hat.
# $count: how many may be named.
page-backups-save =
    { $count ->
        [one] Ersatztermin speichern
       *[other] Ersatztermine speichern
    }
# $count: how many are named.
page-backups-saved =
    { $count ->
        [one] Ihr Ersatztermin ist vorgemerkt.
       *[other] Ihre Ersatztermine sind vorgemerkt.
    }
page-backups-taken-back = Es sind keine Ersatztermine mehr vorgemerkt.

## Another date in place of a backup

page-exchange-heading = Lieber ein anderer Termin?
page-exchange-lead = Solange der Partner nicht geantwortet hat, können Sie Ihren Ersatztermin einmal gegen einen anderen Termin tauschen. Er bleibt für Sie gebucht, bis Sie den neuen gewählt haben. Danach ist er wieder frei, und der Partner muss auch den neuen Termin noch bestätigen.
page-exchange-backups = Ersatztermine, die Sie vorgemerkt haben, nennen Sie danach bitte neu: Der Link dazu steht in der nächsten E-Mail.
page-exchange-date = Neuer Termin
page-exchange-choose = Bitte wählen
page-exchange-address-hint = Die Adresse, mit der Sie gebucht haben. So kann nur tauschen, wer auch gebucht hat.
page-exchange-button = Termin tauschen
page-exchanged = Ihr Termin ist getauscht.

## Errors

-too-many = Zu viele Versuche
-once-more = Bitte versuchen Sie es gleich noch einmal
-request-closed = Diese Anfrage ist abgeschlossen

# What an error page is headed with, by the code of the error. look_first: it may have been done,
# and would be done again.
page-refused-heading =
    { $code ->
        [token_unknown] Link nicht gefunden
        [token_expired] Dieser Link ist abgelaufen
        [token_superseded] Es gibt einen neueren Link
        [token_cancelled] Dieser Link gilt nicht mehr
        [too_many_attempts] { -too-many }
        [attempts_exhausted] { -too-many }
        [too_many_requests] { -too-many }
        [not_found] Seite nicht gefunden
        [wrong_role] Kein Zugang zu dieser Seite
        [stale_form] Bitte öffnen Sie die Seite neu
        [look_first] Bitte sehen Sie zuerst nach
        [try_later] { -once-more }
        [outcome_unknown] { -once-more }
        [answer_timeout] { -once-more }
        [request_timeout] { -once-more }
        [confirmation_closed] { -request-closed }
        [rebooking_over] { -request-closed }
       *[other] Das hat leider nicht geklappt
    }

## In templates

page-access-token = Zugangsschlüssel
page-address = Ihre E-Mail-Adresse
page-address-for-link = Die Adresse, mit der Sie gebucht haben. Dorthin schicken wir den neuen Link.
page-address-to-choose = Die Adresse, mit der Sie gebucht haben. So kann nur umbuchen, wer auch gebucht hat.
page-address-to-write = Die Adresse, mit der Sie gebucht haben. So wissen wir, dass Ihre Nachricht von Ihnen kommt.
page-choose-date = Bitte wählen Sie einen neuen Termin:
page-choose-title = Termin umbuchen
page-continue = Weiter
page-course = Kurs:
page-demo-known = Dies ist eine Demo: Ihre Zugänge kennt jeder.
page-demo-mailbox = Postfach
page-demo-not-kept = Dies ist eine Demo: Nichts wird aufbewahrt, und E-Mails gehen nirgendwohin als in ihr
page-error-mark = Fehler:
page-filter-list = Liste filtern
page-go-to-date = Zum Termin
page-go-to-dates = Zu den Terminen
page-go-to-field = Zum Feld
page-go-to-options = Zu den Möglichkeiten
page-into-calendar = In Ihren Kalender
page-next = Weiter
page-no-dates = Leider keine Termine verfügbar
page-no-dates-next = Unser Support-Team wird sich bei Ihnen melden, um eine Lösung zu finden.
page-no-dates-now = Für diesen Kurs sind aktuell keine weiteren Termine verfügbar.
page-or-call-us = Oder rufen Sie uns an:
page-order = Bestellung:
page-order-pending = Die endgültige Bestellnummer steht in unserer E-Mail.
page-original-booking = Ihre ursprüngliche Buchung:
page-original-date = Ursprünglicher Termin:
page-paging = Seiten der Liste
page-participants = Teilnehmer:
page-previous = Zurück
page-proposed = Vom Partner vorgeschlagen
page-questions = Fragen? Wir helfen gern:
page-sections = Bereiche
page-send-me-new-link = Neuen Link zusenden
page-sign-in = Anmelden
page-sign-in-hint = Für Partner und Support. Kundinnen und Kunden brauchen keine Anmeldung: Öffnen Sie einfach den Link aus unserer E-Mail.
page-sign-out = Abmelden
page-sign-out-everywhere = Überall abmelden
page-skip = Zum Inhalt springen
page-to-home = Zur { $brand }-Startseite
page-trap-text = Bitte leer lassen
page-trap-tick = Bitte nicht ankreuzen
page-until-then = Bis dahin:
page-venue = Ort:
page-wish-money-back = Geld zurückerhalten
page-wish-money-back-button = Erstattung anfragen
page-wish-money-back-hint = Unser Support-Team meldet sich bei Ihnen und kümmert sich um die Erstattung. Bis dahin bleibt dieser Link gültig.
page-wish-money-back-text = Möchten Sie uns dazu etwas sagen? (freiwillig)
page-wish-months = Diese Monate passen mir
page-wish-new-dates = Über neue Termine informieren lassen
page-wish-new-dates-button = Bei neuen Terminen benachrichtigen
page-wish-new-dates-hint = Wir schreiben Ihnen, sobald es neue Termine für diesen Kurs gibt.
page-wish-other = Eigene Wünsche mitteilen
page-wish-other-button = Wünsche absenden
page-wish-text = Ihre Nachricht
page-wish-weekdays = Diese Wochentage passen mir
page-wishes = Sagen Sie uns, was Ihnen hilft
page-wishes-here = Oder schreiben Sie uns gleich hier. Ihre E-Mail-Adresse tragen Sie bitte oben ein.
page-wishes-here-first = Schreiben Sie uns gleich hier. Ihre E-Mail-Adresse tragen Sie bitte oben ein.
page-wishes-no-date = Kein passender Termin dabei? Kontaktieren Sie uns:
page-write-us = Schreiben Sie uns:
