### What programs and pages are told of what worked.

answers-new-link = Wenn dieser Link abgelaufen ist, schicken wir einen neuen an die E-Mail-Adresse der Buchung.
# The thanks for a wish, and what happens next.
answers-wish-taken =
    { $kind ->
        [new_dates] Vielen Dank! Wir schreiben Ihnen eine E-Mail, sobald es neue Termine für diesen Kurs gibt.
        [other] Vielen Dank! Ihre Wünsche sind bei unserem Support-Team angekommen. Es meldet sich bei Ihnen, um eine Lösung zu finden.
       *[money_back] Vielen Dank! Ihre Anfrage ist bei unserem Support-Team angekommen. Es meldet sich bei Ihnen und kümmert sich um die Erstattung.
    }
answers-moved = Ihre Buchung wurde auf den neuen Termin umgebucht: { $when }. Sie erhalten in Kürze eine Bestätigung per E-Mail. Sobald der Partner den Termin bestätigt hat, schreiben wir Ihnen noch einmal.
# $difference: what comes of another price; $amount: how much it is.
answers-chosen =
    { $difference ->
       *[same] { answers-moved }
        [absorbed] { answers-moved }
        [refund] { answers-moved } Die Differenz von { $amount } erstatten wir Ihnen.
        [to_pay] { answers-moved } Der Mehrpreis von { $amount } ist noch zu zahlen. Wegen der Zahlung melden wir uns bei Ihnen.
    }
answers-backups =
    { $count ->
        [0] Es sind keine Ersatztermine vorgemerkt.
        [one] Ihr Ersatztermin ist vorgemerkt. Sagt der Partner ab, buchen wir ihn, wenn er dann noch möglich ist.
       *[other] Ihre Ersatztermine sind vorgemerkt. Sagt der Partner ab, buchen wir den ersten, der dann noch möglich ist.
    }
