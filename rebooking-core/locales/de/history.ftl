### What has happened, in words for support: history, causes, effects.

history-actor =
    { $actor ->
        [customer] Kunde
        [partner] Partner { $name }
        [support] Support: { $name }
        [shop] Shop
       *[system] System
    }
history-event =
    { $event ->
        [declined] Buchung abgelehnt
        [date_withdrawn] Ganzer Termin abgesagt
        [limit_reached] Keine weiteren Links: Grenze erreicht
        [link_issued] Link ausgestellt
        [link_superseded] Link durch einen neueren ersetzt
        [link_mailed] Link verschickt
        [link_resent] Link noch einmal verschickt
        [link_extended] Link verlängert
        [link_cancelled] Link storniert
        [link_expired] Link abgelaufen
        [link_reminded] Erinnerung verschickt
        [page_opened] Seite geöffnet
        [no_dates_found] Kein Termin gefunden
        [wrong_address] Falsche E-Mail-Adresse eingegeben
        [chosen] Termin gewählt
        [backups_named] Ersatztermine genannt oder zurückgezogen
        [backup_booked] Ersatztermin gebucht
        [request_withdrawn] Anfrage zurückgezogen
        [order_gone] Bestellung im Shop erstattet oder storniert
        [order_made] Bestellung umgestellt
        [order_made_too_late] Bestellung zu spät umgestellt
        [order_refused] Bestellung vom Shop abgelehnt
        [order_undone] Bestellung rückgängig gemacht
        [difference_refunded] Differenz erstattet
        [partner_confirmed] Termin bestätigt
        [partner_reminded] Partner an die Anfrage erinnert
        [partner_silent] Partner antwortet nicht: Support ist gefragt
        [rebooking_cancelled] Umbuchung storniert
        [wished] Wunsch geäußert
        [wish_settled] Wunsch erledigt
        [new_dates_announced] Über neue Termine informiert
        [mail_refused] E-Mail unzustellbar
        [ticket_kept] Ticket angelegt oder ergänzt
        [effect_died] Vorgang endgültig fehlgeschlagen
        [effect_retried] Vorgang wiederholt
        [effect_skipped] Vorgang übersprungen
        [noted] Notiz des Supports
        [case_taken] Fall übernommen
        [case_given_back] Fall zurückgegeben
       *[forgotten] Persönliche Daten gelöscht
    }
# Why there is a link.
history-cause =
    { $cause ->
        [declined] Der Partner hat abgelehnt.
        [date_withdrawn] Der Partner hat den ganzen Termin abgesagt.
        [by_hand] Der Support hat den Link geschickt.
        [replaced] Dieser Link ersetzt einen älteren.
       *[order_refused] Der Shop hat die Bestellung abgelehnt.
    }
history-exchanged = Vom Kunden gegen einen anderen Termin getauscht
# Why there is none any more.
history-cancelled =
    { $why ->
        [support] vom Support
        [refunded] Bestellung erstattet
        [order_cancelled] Bestellung storniert
       *[superseded] durch einen neueren Link ersetzt
    }
history-chooser =
    { $by ->
        [customer] vom Kunden
       *[support] vom Support
    }
history-difference =
    { $difference ->
       *[same] gleicher Preis
        [absorbed] { $amount } teurer, übernehmen wir
        [refund] { $amount } günstiger, wird erstattet
        [to_pay] { $amount } teurer, wird nachgezahlt
    }
history-wish =
    { $kind ->
        [new_dates] Über neue Termine informieren
        [other] Wünsche
       *[money_back] Geld zurück
    }

## Effects

history-order =
    { $effect ->
        [order-place] Bestellung umstellen
        [order-undo] Bestellung rückgängig machen
       *[refund] Differenz erstatten
    }
history-mail =
    { $mail ->
        [declined] E-Mail: Termin abgelehnt, mit Link
        [link_sent] E-Mail: Link vom Support
        [link_replaced] E-Mail: neuer Link
        [limit_reached] E-Mail: abgelehnt, ohne Link
        [rebooked] E-Mail: Umbuchung bestätigt
        [partner_confirmed] E-Mail: Partner hat bestätigt
        [reminder] E-Mail: Erinnerung
        [order_refused] E-Mail: Shop hat abgelehnt
        [new_dates] E-Mail: neue Termine
        [called_off] E-Mail: Umbuchung aufgehoben
        [booking_request] E-Mail an Partner: neue Buchung
        [partner_request] E-Mail an Partner: Anfrage
        [partner_reminder] E-Mail an Partner: Erinnerung an die Anfrage
        [partner_withdrawn] E-Mail an Partner: Anfrage zurückgezogen
       *[partner_released] E-Mail an Partner: Plätze frei
    }
history-ticket =
    { $fact ->
        [declined] Ticket: abgelehnt
        [limit_reached] Ticket: Grenze erreicht
        [link_sent] Ticket: Link geschickt
        [no_dates] Ticket: kein Termin gefunden
        [rebooked] Ticket: umgebucht
        [confirmed] Ticket: bestätigt
        [order_refused] Ticket: Shop hat abgelehnt
        [cancelled] Ticket: storniert
        [wish] Ticket: Wunsch
        [expired] Ticket: Link abgelaufen
        [unreachable] Ticket: E-Mail unzustellbar
        [customer_not_told] Ticket: E-Mail an Kunden nicht gesendet
        [partner_not_told] Ticket: E-Mail an Partner nicht gesendet
       *[order_stuck] Ticket: Bestellung hängt fest
    }
history-told =
    { $event ->
        [event-case-opened] Meldung an andere Systeme: Fall eröffnet
        [event-link-mailed] Meldung an andere Systeme: Link verschickt
        [event-link-opened] Meldung an andere Systeme: Link geöffnet
        [event-rebooking-chosen] Meldung an andere Systeme: Termin gewählt
        [event-order-made] Meldung an andere Systeme: Bestellung umgestellt
        [event-order-refused] Meldung an andere Systeme: Shop hat abgelehnt
        [event-rebooking-confirmed] Meldung an andere Systeme: Partner hat bestätigt
        [event-rebooking-declined-again] Meldung an andere Systeme: neuer Termin abgelehnt
        [event-rebooking-cancelled] Meldung an andere Systeme: Umbuchung aufgehoben
        [event-link-expired] Meldung an andere Systeme: Link abgelaufen
        [event-wish-received] Meldung an andere Systeme: Wunsch
       *[event-case-forgotten] Meldung an andere Systeme: Daten gelöscht
    }
history-state =
    { $state ->
        [waiting] wartet
        [leased] läuft
        [done] erledigt
        [dead] fehlgeschlagen
       *[skipped] übersprungen
    }
# The states as filters.
history-filter =
    { $state ->
        [waiting] Wartend
        [leased] Laufend
        [done] Erledigt
        [dead] Fehlgeschlagen
        [skipped] Übersprungen
       *[all] Alle
    }
