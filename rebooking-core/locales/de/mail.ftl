### What mails say. Their layout is in the templates of mails.

## Every mail

# What follows a greeting goes on with its sentence, where a language does so.
mail-greeting = Guten Tag,
mail-greeting-name = Guten Tag { $name },
mail-team = Ihr { $brand } Team
mail-questions = Fragen? Wir helfen gern:
mail-home-page = Zur { $brand }-Startseite
# What a name and what it names are joined by.
mail-label = { $text }:
mail-order = Bestellung
mail-course = Kurs
mail-date = Termin
mail-place = Ort
mail-participants = Teilnehmer
mail-guest = Gast
mail-reason = Grund
mail-previous-date = Bisheriger Termin
mail-not-booked = Nicht gebucht
mail-nothing-to-do = Sie müssen nichts weiter tun.

## The link

mail-easily = EINFACH UMBUCHEN
mail-one-click = Suchen Sie sich einen neuen Termin aus: Ein Klick genügt, ohne Anmeldung.
mail-choose = NEUEN TERMIN WÄHLEN
mail-or-open = Oder öffnen Sie diese Adresse im Browser:
# $time: mail-days or mail-hours; $aged: whether the link has waited for a while.
mail-valid =
    { $aged ->
        [yes] Dieser Link ist noch { $time } gültig.
       *[no] Dieser Link ist { $time } gültig.
    }
mail-valid-until = Sie können ihn bis { $until } nutzen.
mail-keep-to-yourself = Er gehört zu Ihrer Buchung – bitte leiten Sie ihn nicht weiter.
mail-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
mail-hours =
    { $count ->
        [one] { $count } Stunde
       *[other] { $count } Stunden
    }

## What a booking is headed with

mail-original-booking = URSPRÜNGLICHE BUCHUNG
mail-your-booking = IHRE BUCHUNG
mail-new-booking = NEUE BUCHUNGSDETAILS
mail-affected-booking = BETROFFENE BUCHUNG
mail-booking-called-off = AUFGEHOBENE BUCHUNG
mail-booked-date = GEBUCHTER TERMIN
mail-requested-date = ANGEFRAGTER TERMIN
mail-previous-booking = BISHERIGE BUCHUNG
mail-withdrawn-booking = ZURÜCKGEZOGENE BUCHUNG

## Calendar

mail-calendar-attached = Den Termin finden Sie als Kalendereintrag im Anhang.
mail-calendar-provisional = Den Termin finden Sie als vorläufigen Kalendereintrag im Anhang.
mail-calendar-removes-previous = Der Eintrag im Anhang entfernt den bisherigen Termin aus Ihrem Kalender.
mail-calendar-removes-this = Der Eintrag im Anhang entfernt diesen Termin aus Ihrem Kalender.

## To customers

mail-declined-subject = Terminänderung für Ihre Buchung #{ $order }
mail-declined-preview = Wählen Sie mit einem Klick einen neuen Termin.
mail-declined-heading = Ihr Termin ändert sich
mail-declined-lead = leider müssen wir Ihnen mitteilen, dass Ihr gebuchter Termin nicht stattfinden kann.
mail-limit-reached-subject = Terminänderung für Ihre Buchung #{ $order }
mail-limit-reached-preview = Unser Support-Team meldet sich bei Ihnen.
mail-limit-reached-heading = Wir kümmern uns persönlich darum
# $again: whether it had been moved before.
mail-limit-reached-lead =
    { $again ->
        [yes] leider müssen wir Ihnen mitteilen, dass auch Ihr neuer Termin nicht stattfinden kann.
       *[no] { mail-declined-lead }
    }
mail-what-next = SO GEHT ES WEITER
mail-limit-reached-next = Unser Support-Team meldet sich bei Ihnen, um gemeinsam eine Lösung zu finden. Sie müssen nichts weiter tun.
mail-link-sent-subject = Ein anderer Termin für Ihre Buchung #{ $order }
mail-link-sent-preview = Wählen Sie mit einem Klick einen anderen Termin.
mail-link-sent-heading = Wählen Sie einen anderen Termin
mail-link-sent-lead = gern können Sie Ihre Buchung auf einen anderen Termin verlegen.
mail-link-replaced-subject = Ihr neuer Link für die Buchung #{ $order }
mail-link-replaced-preview = Mit diesem Link wählen Sie Ihren neuen Termin.
mail-link-replaced-heading = Hier ist Ihr neuer Link
mail-link-replaced-lead = hier ist Ihr neuer Link zum Umbuchen. Er ersetzt alle früheren Links zu dieser Buchung.
mail-reminder-subject = Ihr Link läuft bald ab - Buchung #{ $order }
mail-reminder-preview = Wählen Sie mit einem Klick einen neuen Termin.
mail-reminder-heading = Sie haben noch keinen neuen Termin gewählt
mail-reminder-lead = Sie können Ihre Buchung noch auf einen neuen Termin verlegen. Ihr Link läuft am { $day }, um { $time } ab.
mail-new-dates-subject = Neue Termine für Ihre Buchung #{ $order }
mail-new-dates-preview = Für Ihren Kurs gibt es jetzt neue Termine.
mail-new-dates-heading = Es gibt neue Termine
mail-new-dates-lead = Sie wollten erfahren, wenn es neue Termine für Ihren Kurs gibt. Jetzt gibt es sie.
mail-order-refused-subject = Bitte wählen Sie noch einmal einen Termin - #{ $order }
mail-order-refused-preview = Der gewählte Termin ließ sich nicht buchen.
mail-order-refused-heading = Bitte wählen Sie noch einmal
mail-order-refused-lead = es tut uns leid: Die Umbuchung, die Sie gewählt haben, ließ sich nicht abschließen.
mail-rebooked-subject = Umbuchung bestätigt - #{ $order }
mail-rebooked-preview = Ihr neuer Termin: { $date }, { $times }
mail-rebooked-heading = Umbuchung bestätigt
mail-rebooked-lead = Ihre Umbuchung war erfolgreich!
mail-rebooked-absorbed = Der neue Termin kostet { $amount } mehr. Den Unterschied übernehmen wir; für Sie entstehen keine Mehrkosten.
mail-rebooked-refund = Der neue Termin ist günstiger: Wir erstatten Ihnen { $amount }.
mail-rebooked-to-pay = Der neue Termin kostet { $amount } mehr, wie Sie es bei der Auswahl bestätigt haben. Wegen der Zahlung melden wir uns bei Ihnen.
# $confirmed: whether the partner has confirmed it already.
mail-rebooked-partner =
    { $confirmed ->
        [yes] Der Partner hat Ihren neuen Termin bereits bestätigt.
       *[no] Der Partner wird Ihren Termin in Kürze bestätigen. Sie erhalten eine weitere E-Mail, sobald die Bestätigung vorliegt.
    }
# A backup that the customer had named, booked as the partner declined.
mail-backup-subject = Ihr Ersatztermin ist gebucht - #{ $order }
mail-backup-preview = Ihr Ersatztermin: { $date }, { $times }
mail-backup-heading = Ihr Ersatztermin ist gebucht
mail-backup-lead = Ihr bisheriger Termin kann leider nicht stattfinden. Deshalb haben wir den Ersatztermin gebucht, den Sie genannt hatten.
mail-backup-another-way = Passt Ihnen der Ersatztermin doch nicht? Melden Sie sich bei uns: Wir finden eine andere Lösung.
mail-backup-exchange = Passt Ihnen der Ersatztermin doch nicht? Solange der Partner nicht geantwortet hat, können Sie ihn auf der Seite zu Ihrer Umbuchung gegen einen anderen Termin tauschen.
mail-backup-exchange-name = TERMIN TAUSCHEN
mail-backup-exchange-or-name = TERMIN ODER ERSATZTERMINE ÄNDERN
mail-backup-refused-lead = es tut uns leid: Ihr bisheriger Termin kann nicht stattfinden, und Ihr Ersatztermin ließ sich nicht buchen.
# Backups for the new date.
mail-backups-title = FALLS DER PARTNER NICHT KANN
mail-backups-again = FALLS AUCH DIESER TERMIN NICHT STATTFINDET
mail-backups-how = Solange der Partner nicht geantwortet hat, können Sie Ersatztermine nennen. Sagt er ab, buchen wir sofort den ersten, der dann noch möglich ist – zu dem Preis, der Ihnen angezeigt wurde.
mail-backups-name = ERSATZTERMINE NENNEN
mail-backups-change = ERSATZTERMINE ÄNDERN
mail-see-rebooking = UMBUCHUNG ANSEHEN
mail-partner-confirmed-subject = Ihr Termin ist bestätigt - #{ $order }
mail-partner-confirmed-heading = Ihr Termin ist bestätigt
mail-partner-confirmed-lead = gute Nachrichten: Der Partner hat Ihren neuen Termin bestätigt. Wir wünschen Ihnen viel Freude!
mail-called-off-subject = Ihre Umbuchung wurde aufgehoben - #{ $order }
mail-called-off-heading = Ihre Umbuchung wurde aufgehoben
mail-called-off-lead =
    { $why ->
        [refunded] Ihre Bestellung wurde erstattet. Damit ist auch Ihre Umbuchung auf diesen Termin aufgehoben.
        [order_cancelled] Ihre Bestellung wurde storniert. Damit ist auch Ihre Umbuchung auf diesen Termin aufgehoben.
       *[support] wir haben Ihre Umbuchung auf diesen Termin aufgehoben.
    }
mail-called-off-questions = Haben Sie Fragen dazu oder haben Sie damit nicht gerechnet? Antworten Sie einfach auf diese E-Mail.

## To partners

mail-confirm = BESTÄTIGEN
mail-decline = ABLEHNEN
mail-booking-request-subject = Bitte bestätigen: { $date }, { $times } - #{ $order }
mail-booking-request-heading = Bitte bestätigen Sie eine Buchung
mail-booking-request-lead = ein Gast hat einen Ihrer Termine gebucht. Bitte bestätigen Sie die Buchung oder lehnen Sie sie ab.
mail-partner-request-subject = Bitte bestätigen: { $date }, { $times } - #{ $order }
mail-partner-request-heading = Bitte bestätigen Sie einen Termin
mail-partner-request-lead = ein Gast möchte auf einen Ihrer Termine umbuchen. Bitte bestätigen Sie die Buchung oder lehnen Sie sie ab.
mail-partner-reminder-subject = Erinnerung – bitte bestätigen: { $date }, { $times } - #{ $order }
mail-partner-reminder-heading = Ihre Antwort fehlt noch
# $asked: the day on which the partner was asked.
mail-partner-reminder-lead = wir haben Sie am { $asked } zu dieser Buchung gefragt und noch keine Antwort bekommen. Der Gast wartet darauf: Bitte bestätigen Sie die Buchung oder lehnen Sie sie ab.
mail-partner-withdrawn-subject = Anfrage zurückgezogen: { $date }, { $times } - #{ $order }
mail-partner-withdrawn-heading = Diese Anfrage hat sich erledigt
mail-partner-withdrawn-lead = diese Buchung hat sich erledigt: Der Gast kommt nicht zu diesem Termin, die Plätze sind wieder frei.
mail-partner-released-subject = Buchung umgebucht: { $date }, { $times } - #{ $order }
mail-partner-released-heading = Eine Buchung wurde umgebucht
mail-partner-released-lead = ein Gast hat diese Buchung auf einen anderen Termin umgebucht. Die Plätze auf dem bisherigen Termin sind wieder frei.
