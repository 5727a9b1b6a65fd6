### What the pages of support say.

support-case = Fall { $id }
support-step = Link { $step }
# Before any link of its case.
support-original = Buchung { $item }

## What is known of a link

support-step-attempts = Falsche Adressen:
support-step-booking = Buchung:
support-step-cancelled = Storniert:
support-step-cause = Anlass:
support-step-chosen = Gewählt:
support-step-difference = Preisunterschied:
support-step-expires = Gültig bis:
support-step-issued = Ausgestellt:
support-step-new-date = Neuer Termin:
support-step-new-order = Neue Bestellung:
support-step-opened = Seite geöffnet:
support-step-price = Preis:
support-step-reason = Grund:
support-step-wish = Wunsch:

## Cases

# Which cases are listed unless one says otherwise.
support-usual-cases = offene, mit Filter alle
support-any-need = mit und ohne
support-wants-money-back = möchte Geld zurück
# What a case needs.
support-attention =
    { $attention ->
        [failed] Vorgang fehlgeschlagen
        [partner_silent] Partner antwortet nicht
        [wish] Wunsch offen
       *[no_dates] kein Termin gefunden
    }
support-no-holder = niemand
support-holder-since = { $name }, seit { $since }
# What the reader can do about who looks after a case.
support-holder-button =
    { $act ->
        [take] Übernehmen
        [take-over] Von dieser Person übernehmen
       *[give-back] Zurückgeben
    }
# Whose cases are listed.
support-taken =
    { $by ->
        [mine] mir
       *[nobody] niemandem
    }
support-order =
    { $order ->
        [newest] Neueste zuerst
       *[longest_waiting] Längste Wartezeit zuerst
    }
support-held-by = bei { $name }
# How long the first of its needs has been there.
support-waits-hours =
    { $count ->
        [one] wartet seit 1 Stunde
       *[other] wartet seit { $count } Stunden
    }
support-waits-days =
    { $count ->
        [one] wartet seit 1 Tag
       *[other] wartet seit { $count } Tagen
    }

## Effects

# Sold bookings whose partners do not answer; $more: whether there are more than are counted.
support-silent =
    { $more ->
        [yes] Bei mehr als { $count } verkauften Buchungen antwortet der Partner nicht.
       *[no]
            { $count ->
                [one] Bei 1 verkauften Buchung antwortet der Partner nicht.
               *[other] Bei { $count } verkauften Buchungen antwortet der Partner nicht.
            }
    }
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
support-events-off = Die Meldungen an andere Systeme sind abgeschaltet.
support-events-off-since = Seit { $since } nimmt das andere System keine Meldung an. Deshalb sind die Meldungen abgeschaltet.
support-events-failing = Seit { $since } nimmt das andere System keine Meldung an. Wir versuchen es immer wieder.
support-no-effects =
    { $state ->
        [dead] Kein Vorgang ist fehlgeschlagen.
       *[other] Hier gibt es keine Vorgänge.
    }

## The customer's page as support sees it

support-preview-told = Das sieht der Kunde in Fall { $id } jetzt. Es ist nur eine Ansicht: Nichts darauf lässt sich absenden, und sie zählt nicht als Besuch.
support-preview-back = Zurück zum Fall

## What comes next in a case

support-next =
    { $status ->
        [open] Der Kunde wählt einen neuen Termin. Der Link gilt bis { $until }.
        [rebooked] Der Shop stellt die Bestellung auf den neuen Termin um: { $date }.
        [awaiting_partner] Der Partner bestätigt den neuen Termin oder lehnt ihn ab: { $date }.
        [confirmed] Der Kurs findet statt: { $date }.
        [declined] Für diese Buchung gibt es keinen weiteren Link. Bitte finden Sie mit dem Kunden eine Lösung.
        [rejected] Der Shop hat die Bestellung abgelehnt. Bitte finden Sie mit dem Kunden eine Lösung.
        [expired] Der Link ist am { $until } abgelaufen. Sie können ihn verlängern oder einen neuen ausstellen.
       *[cancelled] Nichts: Der Fall ist storniert.
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
        [take] Sie kümmern sich jetzt um diesen Fall.
        [give-back] Der Fall ist wieder frei.
        [note] Die Notiz ist gespeichert.
        [settle] Der Wunsch ist als erledigt vermerkt.
        [retry] Der Vorgang wird noch einmal versucht.
        [skip] Der Vorgang wurde übersprungen.
        [dealt_with] Die Bestellung ist abgehakt.
        [events_on] Die Meldungen an andere Systeme sind eingeschaltet.
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

## In templates

support-attention-needed = Handlungsbedarf
support-by-course = Nach Kurs
support-by-month-partner = Nach Monat und Partner
support-by-partner = Nach Partner
support-can-do = Was Sie tun können
support-cancel-first = Vorher stornieren, wenn noch etwas offen ist
support-cancel-open-first = Offene Fälle vorher stornieren
support-case-name = Fall
support-cases = Fälle
support-cases-found = Gefundene Fälle
support-confirmed = Bestätigt
support-course-date = Kurs und Termin
support-customer = Kunde:
support-customer-reads = Der Kunde liest ihn.
support-days = Tage (1 bis 365)
support-dealt-with = Erledigt
support-dealt-with-order = Erledigt: Bestellung
support-declined = Abgelehnt
support-differences-given-back = Differenzen zurückgezahlt:
support-download-case = Alles zu diesem Fall herunterladen (JSON)
support-download-file = Als Datei herunterladen
support-download-table = Als Tabelle herunterladen (CSV)
support-earnings-heading = Was die Umbuchungen bringen
support-earnings-title = Ertrag
support-email-address = E-Mail-Adresse
support-expired = Abgelaufen
support-expired-unused = Ungenutzt abgelaufen:
support-forget = Löschen
support-forget-for-good = Endgültig löschen
support-forget-hint = Name, Adresse und alles, was die Person geschrieben hat, werden in allen ihren Fällen gelöscht. Beträge, Termine und Zahlen bleiben, ebenso wer wann gelöscht hat und warum. Das lässt sich nicht zurücknehmen.
support-found = Gefunden
support-from = Von
support-hand-out = Auskunft
support-have-look = Ansehen
support-higher-prices-absorbed = Mehrpreise übernommen:
support-history = Verlauf
support-holder = In Bearbeitung bei:
support-hours = Stunden
support-hours-choice = Stunden bis zur Wahl
support-hours-confirmation = Stunden bis zur Bestätigung
support-keep-note = Notiz speichern
support-kept = Erhalten
support-link-button = Link jetzt senden
support-link-for-order = Einen Link für diese Bestellung senden:
support-link-heading = Link von Hand senden
support-link-hint = Der Kunde bekommt eine E-Mail mit seinem Link. Die Buchung bleibt, wie sie ist, bis er einen neuen Termin wählt. Gibt es schon einen gültigen Link, kommen Sie zu seinem Fall und können ihn dort noch einmal schicken.
support-link-title = Link senden
support-links = Links, der neueste zuerst
support-mailed = Verschickt
support-events-heading = Meldungen an andere Systeme
support-events-hint = Keine geht verloren: Sie warten. Bitte geben Sie das an die Technik weiter, und schalten Sie die Meldungen ein, sobald das andere System wieder erreichbar ist.
support-events-last = Zuletzt:
support-events-on = Jetzt einschalten
support-malformed-heading = Fehlerhafte Zeilen der Datenbank
support-malformed-hint = Diese Zeilen ergeben keinen Sinn und werden ausgelassen; was an ihnen hängt, bleibt liegen. Bitte geben Sie sie an die Technik weiter. Sobald eine Zeile berichtigt ist, verschwindet sie von hier.
support-malformed-table = Zeilen, die keinen Sinn ergeben
support-mark = Kennzeichen
support-median-choice = Median bis zur Wahl:
support-median-confirmation = Median bis zur Bestätigung:
support-month = Monat
support-next-heading = Als Nächstes
support-next-label = Als Nächstes:
support-new-note = Neue Notiz
support-no-case-began = In diesem Zeitraum hat kein Fall begonnen.
support-no-cases-found = Keine Fälle gefunden.
support-no-date-fits = Zurzeit passt kein Termin.
support-note-hint = Nur der Support liest sie. Sie gehört zur Auskunft, wenn der Kunde sie verlangt, und wird mit dem Fall gelöscht.
support-nothing-to-do = Zu diesem Link gibt es nichts mehr zu tun.
support-opened = Geöffnet
support-order-item = Oder: Nummer der Bestellposition
support-order-item-hint = Der Shop zeigt diese Nummer bei jeder Position der Bestellung (item_id). Gibt es schon einen Fall, ist es seine Nummer, zum Beispiel „Fall 7001“.
support-order-number = Bestellnummer
support-order-number-hint = Wie sie der Kunde kennt. Gehören mehrere Buchungen dazu, wählen Sie danach eine aus.
support-overview = Überblick
support-partner = Partner:
support-partner-name = Partner
support-people-hint = Wenn eine Person wissen möchte, was über sie gespeichert ist, oder gelöscht werden möchte. Gefunden wird, was zu ihrer E-Mail-Adresse gehört, ganz gleich, wie sie geschrieben ist. Was der Shop, das Support-System und ein eigenes Partnerportal gespeichert haben, gehört nicht dazu.
support-people-title = Auskunft und Löschen
support-please-choose = Bitte wählen
support-preview = Seite des Kunden ansehen
support-reason = Grund
support-reason-in-history = Grund (steht im Verlauf, bitte ohne Namen)
support-reason-stays = Grund (bleibt im Verlauf, bitte ohne Namen)
support-reason-without-names = Grund (bitte ohne Namen)
support-rebooked = Umgebucht
support-rebookings-by-month = Umbuchungen nach Monat
support-refunded = Erstattet
support-refunded-cases = Erstattet:
support-refunded-full = Ganz erstattet:
support-revenue-kept = Umsatz erhalten
support-row = Zeile
support-search = Suchen
support-search-for = Bestellnummer, E-Mail-Adresse oder Name
support-send-by-hand = Einen Link von Hand senden
support-share-rebooked = Anteil umgebucht
support-show = Anzeigen
support-silent-asked = gefragt am
support-silent-heading = Partner antworten nicht
support-silent-hint = Diese Buchungen sind verkauft, und ihr Partner hat auf unsere Anfrage nicht geantwortet. Bitte rufen Sie ihn an. Mit seiner Antwort verschwindet die Buchung von hier, sonst am Ende des Termins. Braucht der Kunde einen anderen Termin, senden Sie ihm über die Bestellnummer einen Link.
support-silent-partner = Partner
support-skip = Überspringen
support-skip-for-good = Endgültig überspringen
support-sorted = Reihenfolge
support-spared = Als Erstattungen hätten dieselben Fälle gekostet:
support-table-column = Tabelle und Spalte
support-taken-by = Übernommen von
support-task = Vorgang
support-tasks = Vorgänge
support-tasks-heading = Vorgänge: E-Mails, Bestellungen, Tickets
support-tasks-table = Vorgänge und ihr Status
support-ticket = Ticket:
support-time = Zeitpunkt
support-times = Alle Zeiten in Berliner Zeit; im Fall stehen sie in der Zeit des Veranstaltungsorts.
support-to = Bis
support-total = Gesamt
support-tries = Versuche
support-tries-label = Versuche:
support-try-again = Noch einmal versuchen
support-try-again-of = Noch einmal versuchen:
support-unclaimed-heading = Bestellungen im Shop ohne Umbuchung
support-unclaimed-hint = Diese Bestellungen tragen ein Kennzeichen von uns (Feld ext_order_id), aber keine Umbuchung gehört dazu. Bitte sehen Sie sie im Shop an: stornieren, oder das Kennzeichen entfernen. Dann verschwinden sie von selbst. Ist die Bestellung so richtig, haken Sie sie hier ab.
support-unclaimed-table = Bestellungen, die zu keiner Umbuchung gehören
support-what-now = Was nun?
support-which-booking = Welche Buchung?
support-why = Warum
