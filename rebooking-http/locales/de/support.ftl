### What the pages of support say.

support-case = Fall { $id }
support-step = Link { $step }
# Before any link of its case.
support-original = Buchung { $item }

## What is known of a link

support-step-attempts = Falsche Adressen
support-step-booking = Buchung
support-step-cancelled = Storniert
support-step-cause = Anlass
support-step-chosen = Gewählt
support-step-difference = Preisunterschied
support-step-expires = Gültig bis
support-step-issued = Ausgestellt
support-step-new-date = Neuer Termin
support-step-new-order = Neue Bestellung
support-step-opened = Seite geöffnet
support-step-price = Preis
support-step-reason = Grund
support-step-wish = Wunsch

## Cases

# Which cases are listed unless one says otherwise.
support-usual-cases = offene, mit Filter alle
support-any-need = mit und ohne
support-wants-money-back = möchte Geld zurück
# What a case needs.
support-attention =
    { $attention ->
        [failed] Vorgang fehlgeschlagen
        [wish] Wunsch offen
       *[no_dates] kein Termin gefunden
    }

## Effects

support-dead-effects =
    { $count ->
        [one] 1 Vorgang ist fehlgeschlagen und wartet auf eine Entscheidung.
       *[other] { $count } Vorgänge sind fehlgeschlagen und warten auf eine Entscheidung.
    }
support-unclaimed =
    { $count ->
        [one] 1 Bestellung im Shop gehört zu keiner Umbuchung.
       *[other] { $count } Bestellungen im Shop gehören zu keiner Umbuchung.
    }
support-malformed =
    { $count ->
        [one] 1 Zeile der Datenbank ergibt keinen Sinn.
       *[other] { $count } Zeilen der Datenbank ergeben keinen Sinn.
    }
support-unclaimed-more = Mehr als { $count } Bestellungen im Shop gehören zu keiner Umbuchung.
support-unclaimed-cut = Das sind die { $count } ältesten. Es gibt weitere: Sie erscheinen, sobald diese erledigt sind.
support-no-effects =
    { $state ->
        [dead] Kein Vorgang ist fehlgeschlagen.
       *[other] Hier gibt es keine Vorgänge.
    }

## What can be done with a case

support-action-title =
    { $action ->
        [resend] Link noch einmal schicken
        [reissue] Neuen Link ausstellen
        [extend] Link verlängern
        [choose] Für den Kunden umbuchen
        [settle] Als erledigt vermerken
        [forget] Personenbezogene Daten löschen
       *[cancel] Stornieren
    }
# What follows from it.
support-action-effect =
    { $action ->
        [resend] Der Kunde bekommt denselben Link noch einmal per E-Mail.
        [reissue] Der Kunde bekommt einen neuen Link. Der alte gilt sofort nicht mehr, und falsch eingegebene Adressen zählen nicht mehr.
        [extend] Der Link gilt um so viele Tage länger, auch wenn er bereits abgelaufen ist.
        [choose] Die Plätze werden sofort gebucht, und der Kunde bekommt die Bestätigung. Für ihn wird es nie teurer.
        [settle] Was der Kunde sich gewünscht hat, ist geklärt: Der Fall steht nicht mehr auf der Arbeitsliste, und der Kunde wartet nicht mehr auf eine E-Mail über neue Termine.
        [forget] Name, Adresse und alles, was der Kunde geschrieben hat, werden aus diesem Fall gelöscht. Beträge, Termine und Zahlen bleiben, ebenso wer wann gelöscht hat und warum. Das lässt sich nicht zurücknehmen.
       *[cancel] Ein offener Link gilt sofort nicht mehr; eine Umbuchung wird rückgängig gemacht, und ihre Plätze werden frei.
    }
support-action-button =
    { $action ->
        [resend] Noch einmal schicken
        [reissue] Neuen Link schicken
        [extend] Verlängern
        [choose] Diesen Termin buchen
        [settle] Erledigt
        [forget] Endgültig löschen
       *[cancel] Endgültig stornieren
    }
# What the last form of support led to; nothing for any other word.
support-told =
    { $said ->
        [resend] Der Link wird noch einmal verschickt.
        [reissue] Ein neuer Link ist auf dem Weg.
        [extend] Der Link gilt jetzt länger.
        [choose] Die Buchung wurde umgebucht.
        [cancel] Der Fall wurde storniert.
        [forget] Die personenbezogenen Daten dieses Falls sind gelöscht.
        [forget-person] Die personenbezogenen Daten zu dieser Adresse sind gelöscht.
        [settle] Der Wunsch ist als erledigt vermerkt.
        [retry] Der Vorgang wird noch einmal versucht.
        [skip] Der Vorgang wurde übersprungen.
        [dealt_with] Die Bestellung ist abgehakt.
        [sent] Der Link ist auf dem Weg.
        [link-stands] Für diese Buchung gibt es einen gültigen Link. Fehlt dem Kunden die E-Mail, schicken Sie ihn unten noch einmal.
       *[other] { "" }
    }

## Earnings

# The steps from a decline to a confirmed rebooking.
support-stage =
    { $stage ->
        [declined] Abgelehnt
        [mailed] Link verschickt
        [opened] Seite geöffnet
        [rebooked] Umgebucht
       *[confirmed] Bestätigt
    }

# The columns of the table for spreadsheets.
support-earnings-column =
    { $column ->
        [month] Monat
        [partner] Partner
        [course] Kurs
        [declined] Abgelehnt
        [mailed] Link verschickt
        [opened] Seite geöffnet
        [rebooked] Umgebucht
        [confirmed] Bestätigt
        [refunded] Erstattete Fälle
        [expired] Ungenutzt abgelaufen
        [currency] Währung
        [kept] Erhalten
        [absorbed] Mehrpreise übernommen
        [given-back] Differenzen zurückgezahlt
        [refunds] Ganz erstattet
        [spared] Als Erstattungen hätten die bestätigten Fälle gekostet
        [hours-to-choice] Stunden bis zur Wahl (Median)
       *[hours-to-confirmation] Stunden bis zur Bestätigung (Median)
    }
support-chart = Fälle nach Monat: abgelehnt, umgebucht, bestätigt
support-chart-month = { $month }: { $declined } abgelehnt, { $rebooked } umgebucht, { $confirmed } bestätigt
