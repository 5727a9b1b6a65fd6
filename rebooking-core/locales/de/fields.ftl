### What is said of a field that is wrong: to programs by its name, on pages in words that know no
### names of fields.

fields-unknown = Das Feld „{ $field }“ gibt es hier nicht.
fields-invalid = Das Feld „{ $field }“ fehlt oder stimmt nicht. Erwartet: { fields-wanted }.
# $words: what it must be one of.
fields-not-one-of = Das Feld „{ $field }“ fehlt oder stimmt nicht. Erwartet: eines von { $words }.

-date-id = die Nummer eines Termins
-day = ein Tag wie 2027-01-31, einmal, „to“ nicht vor „from“

# What a field must hold.
fields-wanted =
    { $field ->
        [customerEmail] die E-Mail-Adresse der Buchung
        [email] eine E-Mail-Adresse
        [cancelOpen] true oder false
        [takeOver] true oder false
        [selectedDateId] { -date-id }
        [dateId] { -date-id }
        [expectedTotal] der Gesamtpreis als Zahl mit den Nachkommastellen der Währung, wie 178.00
        [kind] new_dates, other oder money_back, soweit angeboten
        [weekdays] Wochentage von monday bis sunday
        [backups] andere mögliche Termine, jeder einmal und nicht mehr als angeboten
        [months] Monate von 1 bis 12
        [reason] ein Grund, höchstens 2000 Zeichen
        [note] eine Notiz, höchstens 2000 Zeichen
        [text] ein Text, höchstens 2000 Zeichen; bei other nicht leer, wenn weder Wochentage noch Monate genannt sind
        [proposedDateIds] höchstens drei andere künftige Termine desselben Kurses
        [orderItemId] die Nummer einer Bestellposition
        [orderNumber] eine Bestellnummer
        [days] 1 bis 365 Tage
        [event] refunded oder cancelled
        [page] eine Zahl ab 1, einmal
        [size] eine Zahl von 1 bis 100, einmal
        [status] einer der möglichen Stände, einmal
        [attention] failed, partner_silent, wish oder no_dates, einmal
        [state] waiting, leased, done, dead oder skipped, einmal
        [from] { -day }
        [to] { -day }
        [q] eine Bestellnummer, eine E-Mail-Adresse oder ein Name, einmal und ohne Steuerzeichen
       *[body] ein JSON-Objekt mit den beschriebenen Feldern
    }

-no-such-option = Bitte wählen Sie eine der angebotenen Möglichkeiten.
-no-such-selection = Diese Auswahl gibt es nicht. Bitte wählen Sie auf der Seite selbst, was Sie sehen möchten.
-no-such-span = Bitte geben Sie einen Zeitraum an, der nicht vor seinem Anfang endet.

# What to do about a field of a page's form, or about the address of a page.
fields-mistaken =
    { $field ->
        [customerEmail] Bitte geben Sie die E-Mail-Adresse an, mit der Sie gebucht haben, zum Beispiel name@example.com.
        [partnerEmail] Bitte geben Sie die E-Mail-Adresse an, an die unsere Anfrage ging, zum Beispiel name@example.com.
        [email] Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@example.com.
        [choice] Bitte wählen Sie einen Termin mit der Schaltfläche, die darunter steht.
        [answer] Bitte wählen Sie, ob Sie den Termin bestätigen oder ablehnen.
        [wish] { -no-such-option }
        [kind] { -no-such-option }
        [text] Bitte nennen Sie Wochentage oder Monate, die Ihnen passen, oder schreiben Sie uns eine Nachricht mit höchstens 2000 Zeichen.
        [refundText] Bitte kürzen Sie Ihre Nachricht auf höchstens 2000 Zeichen.
        [weekdays] Bitte wählen Sie die Wochentage aus der Liste.
        [backups] Bitte wählen Sie verschiedene Termine aus der Liste, jeden höchstens einmal.
        [months] Bitte wählen Sie die Monate aus der Liste.
        [reason] Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).
        [note] Bitte schreiben Sie eine Notiz (höchstens 2000 Zeichen).
        [proposedDateIds] Bitte schlagen Sie höchstens drei künftige Termine desselben Kurses vor.
        [days] Bitte geben Sie 1 bis 365 Tage an.
        [orderItemId] Bitte geben Sie die Nummer der Bestellposition an (nur Ziffern).
        [orderNumber] Bitte geben Sie die Bestellnummer an.
        [dateId] Bitte wählen Sie einen Termin aus.
        [q] Bitte suchen Sie nach einer Bestellnummer, einer E-Mail-Adresse oder einem Namen.
        [from] { -no-such-span }
        [to] { -no-such-span }
        [page] { -no-such-selection }
        [size] { -no-such-selection }
        [status] { -no-such-selection }
        [attention] { -no-such-selection }
        [view] { -no-such-selection }
        [weekday] { -no-such-selection }
        [time] { -no-such-selection }
        [blank] Ihr Browser oder Ihr Passwort-Manager hat ein Feld mit ausgefüllt, das niemand sieht. Deshalb ist noch nichts geschehen. Ihre Angaben sind noch da: Bitte drücken Sie die Schaltfläche noch einmal.
       *[other] Bitte prüfen Sie Ihre Angaben und versuchen Sie es noch einmal.
    }
