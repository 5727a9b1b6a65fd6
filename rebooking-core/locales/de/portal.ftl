### What the pages of partners and support say.

## Signing in

portal-signed-out = Sie haben sich abgemeldet.
portal-session-ended = Ihre Anmeldung ist abgelaufen, deshalb wurde nichts geändert. Bitte melden Sie sich noch einmal an.
portal-sign-in-first = Bitte melden Sie sich an, um diese Seite zu öffnen. Eine Anmeldung endet, wenn sie eine Stunde lang nicht genutzt wird.
portal-wrong-token = Diesen Zugangsschlüssel kennen wir nicht. Bitte prüfen Sie, ob er vollständig ist.

## Where to go

portal-open-anew = Seite neu öffnen
portal-to-overview = Zur Übersicht
portal-other-sign-in = Mit einem anderen Zugang anmelden
portal-nav =
    { $page ->
        [requests] Anfragen
        [rebookings] Umbuchungen
        [calendar] Kalender
        [cases] Fälle
        [send-link] Link senden
        [effects] Vorgänge
        [people] Personen
       *[earnings] Ertrag
    }

## Lists

portal-all = Alle
portal-entries =
    { $total ->
        [one] 1 Eintrag
       *[other] { $total } Einträge
    }
# Where one is in a list: the page $page of $last.
portal-part =
    { $last ->
        [1] { portal-entries }
       *[other] Seite { $page } von { $last } · { portal-entries }
    }
# How far a declined booking has come.
portal-status =
    { $status ->
        [open] offen
        [rebooked] umgebucht
        [awaiting_partner] wartet auf den Partner
        [confirmed] bestätigt
        [declined] erneut abgelehnt
        [rejected] vom Shop abgelehnt
        [expired] abgelaufen
       *[cancelled] storniert
    }
# The same as its partner reads it.
portal-status-for-partner =
    { $status ->
        [booking_stands] Buchung besteht (Link vom Support)
        [awaiting_partner] wartet auf Ihre Bestätigung
       *[other] { portal-status }
    }
# The columns of the table for spreadsheets.
portal-column =
    { $column ->
        [order] Bestellung
        [course] Kurs
        [customer] Kunde
        [participants] Teilnehmer
        [original-date] Ursprünglicher Termin
        [new-order] Neue Bestellung
        [new-date] Neuer Termin
        [status] Status
       *[chosen-at] Gewählt am
    }

## A partner's requests

portal-partner = Partner { $id }
portal-partner-named = { $name } (Partner { $id })
portal-people =
    { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
portal-free-places =
    { $free ->
        [one] 1 Platz frei
       *[other] { $free } Plätze frei
    }
# What a partner's last form led to; nothing for any other word.
portal-told =
    { $said ->
        [confirmed] Der Termin ist bestätigt. Wir informieren die Kundin oder den Kunden.
        [date_confirmed] Alle offenen Anfragen für diesen Termin sind bestätigt. Wir informieren die Kundinnen und Kunden.
        [nothing_to_confirm] Für diesen Termin war keine Anfrage mehr offen.
        [declined] Die Anfrage ist abgelehnt. Die Kundin oder der Kunde bekommt einen Link, um einen anderen Termin zu wählen.
        [declined_before] Sie hatten diese Anfrage bereits aus einem anderen Grund abgelehnt. Es bleibt bei diesem Grund; der neue ist nicht gespeichert.
        [withdrawn] Der ganze Termin ist abgesagt. Alle, die ihn gebucht hatten, werden benachrichtigt.
        [calendar_made] Die Adresse ist erstellt.
        [calendar_revoked] Die Adresse ist gelöscht und gilt nicht mehr.
       *[other] { "" }
    }
# All open requests for a date, answered at once.
portal-confirm-all = Alle offenen Anfragen für { $date } bestätigen
# What became of them where some could not be confirmed; $why: each of these with its reason.
portal-confirmed-in-part =
    { $confirmed ->
        [0] Keine Anfrage konnte bestätigt werden. { $why }
        [one] 1 Anfrage ist bestätigt. { $why }
       *[other] { $confirmed } Anfragen sind bestätigt. { $why }
    }
portal-not-confirmed = Bestellung #{ $order } nicht: { $why }
portal-request =
    { $state ->
        [waiting] in Vorbereitung
        [pending] wartet auf Ihre Antwort
        [confirmed] bestätigt
        [declined] abgelehnt
       *[withdrawn] zurückgezogen
    }
# The same as the name of a filter.
portal-requests =
    { $state ->
        [waiting] In Vorbereitung
        [pending] Offen
        [confirmed] Bestätigt
        [declined] Abgelehnt
       *[withdrawn] Zurückgezogen
    }
portal-no-requests =
    { $state ->
        [pending] Zurzeit wartet keine Anfrage auf Ihre Antwort.
       *[other] Hier gibt es keine Anfragen.
    }
# How many bookings a withdrawn date takes with it.
portal-hits =
    { $bookings ->
        [one] Das betrifft 1 Buchung. Die Kundin oder der Kunde verliert diesen Termin: Ein vorgemerkter Ersatztermin wird sofort gebucht; sonst folgt ein Link für einen anderen Termin, und nach dem letzten Link hilft unser Support.
       *[other] Das betrifft { $bookings } Buchungen. Alle verlieren diesen Termin: Wo ein Ersatztermin vorgemerkt ist, wird er sofort gebucht; sonst folgt ein Link für einen anderen Termin, und nach dem letzten Link hilft unser Support.
    }

## A partner's calendar

portal-calendar-title = Ihr Kalender
portal-calendar-heading = Bestätigte Termine abonnieren
portal-calendar-lead = Ihr Kalenderprogramm (Google, Apple, Outlook und andere) kann alle Buchungen, die Sie bestätigt haben, unter einer geheimen Adresse lesen und hält sie von selbst aktuell. Der Kalender nennt Kurs, Zeit, Ort, Bestellnummer und Teilnehmerzahl, aber niemanden, der gebucht hat.
portal-calendar-make = Adresse erstellen
portal-calendar-address = Adresse zum Abonnieren
portal-calendar-secret = Bitte kopieren Sie die Adresse jetzt und fügen Sie sie in Ihrem Kalenderprogramm als Abonnement hinzu: Wir zeigen sie nur dieses eine Mal. Wer sie kennt, kann den Kalender lesen.
portal-calendar-has-address = Ihr Kalender hat eine Adresse. Zu Ihrer Sicherheit zeigen wir sie nicht noch einmal an.
portal-calendar-dead = Wenn Sie eine neue Adresse erstellen oder die Adresse löschen, gilt die bisherige sofort nicht mehr.
portal-calendar-renew = Neue Adresse erstellen
portal-calendar-revoke = Adresse löschen

## The page behind the link in a partner's mail

portal-answer-heading =
    { $state ->
        [confirmed] Sie haben den Termin bestätigt
        [declined] Sie haben den Termin abgelehnt
        [withdrawn] Diese Anfrage wurde zurückgezogen
       *[pending] Können Sie diesen Termin anbieten?
    }
portal-answer-lead =
    { $state ->
        [confirmed] Vielen Dank! Der Link in unserer E-Mail gilt damit nicht mehr. Falls Sie doch absagen müssen, melden Sie sich bitte im Partnerportal an.
        [declined] Wir informieren die Kundin oder den Kunden. Der Link in unserer E-Mail gilt damit nicht mehr.
        [withdrawn] Sie brauchen nicht mehr zu antworten; die Plätze sind wieder frei.
       *[pending]
            { $moves ->
                [yes] Eine Buchung soll auf diesen Termin umgebucht werden:
               *[no] Für diesen Termin gibt es eine neue Buchung:
            }
    }
# In which language the customer wrote; $name: what it calls itself.
portal-language =
    { $language ->
        [de] Deutsch
        [en] Englisch
        [fr] Französisch
       *[other] { $name }
    }
# What a decline would mean for the customer; $link of $limit links of the case.
portal-decline-costs =
    { $follows ->
        [link] Wenn Sie absagen, verliert die Kundin oder der Kunde diesen Termin und bekommt einen Link für einen anderen: den { $link }. von höchstens { $limit }.
        [backup] Wenn Sie absagen, verliert die Kundin oder der Kunde diesen Termin. Wir buchen dann sofort einen Ersatztermin, der uns schon genannt wurde.
       *[no_link] Wenn Sie absagen, verliert die Kundin oder der Kunde diesen Termin und bekommt keinen weiteren Link: Unser Support muss dann eine Lösung finden.
    }

## In templates

portal-answer-address = Die Adresse, an die unsere Anfrage ging. So kann nur antworten, wen wir gefragt haben.
portal-answer-reason = Ihr Grund:
portal-booked-by = Gebucht von:
portal-cancel-date = Den ganzen Termin absagen
portal-cancel-date-button = Termin für alle absagen
portal-cannot-offer = Ich kann diesen Termin nicht anbieten
portal-chosen-on = gewählt am
portal-column-status = Status
portal-confirm-date = Termin bestätigen
portal-confirm-date-of = Termin bestätigen:
portal-course = Kurs
portal-customer = Kunde
portal-customer-reads = Die Kundin oder der Kunde liest ihn.
portal-date = Termin:
portal-decline-booking = Diese Buchung ablehnen
portal-decline-date = Termin ablehnen
portal-download = Diese Liste als Tabelle herunterladen (CSV)
portal-everybody-reads = Alle Betroffenen lesen ihn.
portal-instead = Statt:
portal-language-label = Sprache:
portal-new-date = Neuer Termin
portal-no-bookings = Hier gibt es keine Buchungen.
portal-nothing-to-propose = Es gibt gerade keinen anderen Termin, den Sie vorschlagen können.
portal-order = Bestellung
portal-original-date = Ursprünglicher Termin
portal-propose = Bis zu drei andere Termine vorschlagen (freiwillig)
portal-rebooking = Umbuchung
portal-rebookings = Umbuchungen
portal-rebookings-heading = Abgelehnte Buchungen und ihre Umbuchungen
portal-rebookings-table = Abgelehnte Buchungen und ihr Status
portal-request-reason = Grund:
portal-request-status = Status:
portal-requested-on = Angefragt am:
portal-requests-heading = Anfragen zu Ihren Kursen
portal-requests-title = Anfragen
portal-to-portal = Zum Partnerportal
portal-why-cancel = Grund für die Absage
portal-why-decline = Grund für die Absage
