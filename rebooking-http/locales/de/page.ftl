### What the customer's pages say.

page-new-link-heading = Neuer Link angefordert
page-new-link-asked-for = Wenn die E-Mail-Adresse zur Buchung gehört und der alte Link abgelaufen ist, ist ein neuer Link schon auf dem Weg zu Ihnen. Bitte sehen Sie auch im Spam-Ordner nach.
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

## What was booked

page-booked-before = Mit diesem Link wurde bereits umgebucht. Gebucht ist dieser Termin:
page-booked-heading =
    { $outcome ->
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
page-date-label =
    { $live ->
        [yes] Neuer Termin:
       *[no] Termin:
    }
page-mail-follows = Sie erhalten in Kürze eine Bestätigung per E-Mail.
page-what-is-next =
    { $outcome ->
        [confirmed] Der Partner hat den Termin bestätigt. Wir wünschen Ihnen viel Freude!
        [lost] Das tut uns leid. Bitte öffnen Sie den Link aus unserer neuesten E-Mail, um einen anderen Termin zu wählen.
        [lost_for_good] Das tut uns sehr leid. Unser Support-Team meldet sich bei Ihnen, um eine Lösung zu finden.
        [cancelled] Bei Fragen hilft Ihnen unser Support-Team gern weiter.
       *[open] Der Partner hat den Termin noch nicht bestätigt. Sobald die Bestätigung vorliegt, erhalten Sie eine weitere E-Mail.
    }
# What has been paid for the party, and what follows from the difference in price.
page-paid =
    { $difference ->
        [refund] Sie haben insgesamt { $paid } bezahlt. Die Differenz von { $amount } erstatten wir Ihnen.
        [to_pay] Sie haben bisher { $paid } bezahlt. Der Mehrpreis von { $amount } ist noch zu zahlen. Wegen der Zahlung melden wir uns bei Ihnen.
       *[other] Sie haben insgesamt { $paid } bezahlt. Mehr ist nicht zu zahlen.
    }

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
