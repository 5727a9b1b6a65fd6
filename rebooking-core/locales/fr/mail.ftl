### What mails say. Their layout is in the templates of mails.

## Every mail

# What follows a greeting goes on with its sentence, where a language does so.
mail-greeting = Bonjour,
mail-greeting-name = Bonjour { $name },
mail-team = L’équipe { $brand }
mail-questions = Des questions ? Nous sommes là pour vous aider :
mail-home-page = Vers la page d’accueil de { $brand }
# What a name and what it names are joined by.
mail-label = { $text } :
mail-order = Commande
mail-course = Cours
mail-date = Date
mail-place = Lieu
mail-participants = Participants
mail-guest = Client
mail-reason = Motif
mail-previous-date = Date précédente
mail-not-booked = Non réservé
mail-nothing-to-do = Vous n’avez rien d’autre à faire.

## The link

mail-easily = CHANGEZ DE DATE FACILEMENT
mail-one-click = Choisissez une nouvelle date : un clic suffit, sans connexion.
mail-choose = CHOISIR UNE DATE
mail-or-open = Ou ouvrez cette adresse dans votre navigateur :
# $time: mail-days or mail-hours; $aged: whether the link has waited for a while.
mail-valid =
    { $aged ->
        [yes] Ce lien est encore valable { $time }.
       *[no] Ce lien est valable { $time }.
    }
mail-valid-until = Vous pouvez l’utiliser jusqu’au { $until }.
mail-keep-to-yourself = Il est lié à votre réservation – merci de ne pas le transmettre.
mail-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
mail-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }

## What a booking is headed with

mail-original-booking = RÉSERVATION INITIALE
mail-your-booking = VOTRE RÉSERVATION
mail-new-booking = VOTRE NOUVELLE RÉSERVATION
mail-affected-booking = RÉSERVATION CONCERNÉE
mail-booking-called-off = RÉSERVATION ANNULÉE
mail-booked-date = DATE RÉSERVÉE
mail-requested-date = DATE DEMANDÉE
mail-previous-booking = RÉSERVATION PRÉCÉDENTE
mail-withdrawn-booking = RÉSERVATION RETIRÉE

## Calendar

mail-calendar-attached = Vous trouverez la date en pièce jointe, sous forme d’événement de calendrier.
mail-calendar-provisional = Vous trouverez la date en pièce jointe, sous forme d’événement de calendrier provisoire.
mail-calendar-removes-previous = L’événement en pièce jointe supprime la date précédente de votre calendrier.
mail-calendar-removes-this = L’événement en pièce jointe supprime cette date de votre calendrier.

## To customers

mail-declined-subject = Changement de date pour votre réservation #{ $order }
mail-declined-preview = Choisissez une nouvelle date en un clic.
mail-declined-heading = Votre date change
mail-declined-lead = Nous sommes désolés de vous informer que la date que vous avez réservée ne pourra pas avoir lieu.
mail-limit-reached-subject = Changement de date pour votre réservation #{ $order }
mail-limit-reached-preview = Notre équipe d’assistance va vous contacter.
mail-limit-reached-heading = Nous nous en occupons personnellement
# $again: whether it had been moved before.
mail-limit-reached-lead =
    { $again ->
        [yes] Nous sommes désolés de vous informer que votre nouvelle date ne pourra pas non plus avoir lieu.
       *[no] { mail-declined-lead }
    }
mail-what-next = ET MAINTENANT ?
mail-limit-reached-next = Notre équipe d’assistance va vous contacter afin de trouver une solution avec vous. Vous n’avez rien d’autre à faire.
mail-link-sent-subject = Une autre date pour votre réservation #{ $order }
mail-link-sent-preview = Choisissez une autre date en un clic.
mail-link-sent-heading = Choisissez une autre date
mail-link-sent-lead = Vous pouvez volontiers déplacer votre réservation à une autre date.
mail-link-replaced-subject = Votre nouveau lien pour la réservation #{ $order }
mail-link-replaced-preview = Ce lien vous permet de choisir votre nouvelle date.
mail-link-replaced-heading = Voici votre nouveau lien
mail-link-replaced-lead = Voici votre nouveau lien pour changer de date. Il remplace tous les liens précédents de cette réservation.
mail-reminder-subject = Votre lien expire bientôt - réservation #{ $order }
mail-reminder-preview = Choisissez une nouvelle date en un clic.
mail-reminder-heading = Vous n’avez pas encore choisi de nouvelle date
mail-reminder-lead = Vous pouvez encore déplacer votre réservation à une nouvelle date. Votre lien expire le { $day } à { $time }.
mail-new-dates-subject = De nouvelles dates pour votre réservation #{ $order }
mail-new-dates-preview = De nouvelles dates sont disponibles pour votre cours.
mail-new-dates-heading = De nouvelles dates sont disponibles
mail-new-dates-lead = Vous souhaitiez être informé lorsque de nouvelles dates seraient proposées pour votre cours. C’est maintenant le cas.
mail-order-refused-subject = Merci de choisir à nouveau une date - #{ $order }
mail-order-refused-preview = La date choisie n’a pas pu être réservée.
mail-order-refused-heading = Merci de choisir à nouveau
mail-order-refused-lead = Nous sommes désolés : le changement de date que vous avez choisi n’a pas pu aboutir.
mail-rebooked-subject = Changement de date enregistré - #{ $order }
mail-rebooked-preview = Votre nouvelle date : { $date }, { $times }
mail-rebooked-heading = Changement de date enregistré
mail-rebooked-lead = Votre changement de date a bien été enregistré !
mail-rebooked-absorbed = La nouvelle date coûte { $amount } de plus. Nous prenons la différence en charge ; vous n’avez aucun supplément à payer.
mail-rebooked-refund = La nouvelle date est moins chère : nous vous remboursons { $amount }.
mail-rebooked-to-pay = La nouvelle date coûte { $amount } de plus, comme vous l’avez accepté en la choisissant. Nous vous contacterons au sujet du paiement.
# $confirmed: whether the partner has confirmed it already.
mail-rebooked-partner =
    { $confirmed ->
        [yes] Le partenaire a déjà confirmé votre nouvelle date.
       *[no] Le partenaire va confirmer votre date prochainement. Vous recevrez un autre e-mail dès que la confirmation nous sera parvenue.
    }
# A backup that the customer had named, booked as the partner declined.
mail-backup-subject = Votre date de repli est réservée - #{ $order }
mail-backup-preview = Votre date de repli : { $date }, { $times }
mail-backup-heading = Votre date de repli est réservée
mail-backup-lead = Votre date précédente ne pourra malheureusement pas avoir lieu. Nous avons donc réservé la date de repli que vous aviez indiquée.
mail-backup-another-way = La date de repli ne vous convient finalement pas ? Contactez-nous : nous trouverons une autre solution.
mail-backup-exchange = La date de repli ne vous convient finalement pas ? Tant que le partenaire n’a pas répondu, vous pouvez l’échanger contre une autre sur la page de votre changement de date.
mail-backup-exchange-name = ÉCHANGER LA DATE
mail-backup-exchange-or-name = MODIFIER LA DATE OU LES DATES DE REPLI
mail-backup-refused-lead = Nous sommes désolés : votre date précédente ne pourra pas avoir lieu, et votre date de repli n’a pas pu être réservée.
# Backups for the new date.
mail-backups-title = SI LE PARTENAIRE N’EST PAS DISPONIBLE
mail-backups-again = SI CETTE DATE NE PEUT PAS AVOIR LIEU NON PLUS
mail-backups-how = Tant que le partenaire n’a pas répondu, vous pouvez indiquer des dates de repli. S’il refuse, nous réservons aussitôt la première qui est encore possible – au prix qui vous a été indiqué.
mail-backups-name = INDIQUER DES DATES DE REPLI
mail-backups-change = MODIFIER LES DATES DE REPLI
mail-see-rebooking = VOIR MA RÉSERVATION
mail-partner-confirmed-subject = Votre date est confirmée - #{ $order }
mail-partner-confirmed-heading = Votre date est confirmée
mail-partner-confirmed-lead = Bonne nouvelle : le partenaire a confirmé votre nouvelle date. Nous vous souhaitons beaucoup de plaisir !
mail-called-off-subject = Votre changement de date a été annulé - #{ $order }
mail-called-off-heading = Votre changement de date a été annulé
mail-called-off-lead =
    { $why ->
        [refunded] Votre commande a été remboursée. Votre changement pour cette date est donc également annulé.
        [order_cancelled] Votre commande a été annulée. Votre changement pour cette date est donc également annulé.
       *[support] Nous avons annulé votre changement pour cette date.
    }
mail-called-off-questions = Vous avez des questions ou vous ne vous y attendiez pas ? Répondez simplement à cet e-mail.

## To partners

mail-confirm = CONFIRMER
mail-decline = REFUSER
mail-booking-request-subject = À confirmer : { $date }, { $times } - #{ $order }
mail-booking-request-heading = Merci de confirmer une réservation
mail-booking-request-lead = Un client a réservé l’une de vos dates. Merci de confirmer ou de refuser la réservation.
mail-partner-request-subject = À confirmer : { $date }, { $times } - #{ $order }
mail-partner-request-heading = Merci de confirmer une date
mail-partner-request-lead = Un client souhaite déplacer sa réservation à l’une de vos dates. Merci de confirmer ou de refuser la réservation.
mail-partner-reminder-subject = Rappel – à confirmer : { $date }, { $times } - #{ $order }
mail-partner-reminder-heading = Votre réponse nous manque encore
# $asked: the day on which the partner was asked.
mail-partner-reminder-lead = Nous vous avons interrogé le { $asked } au sujet de cette réservation et n’avons pas encore reçu de réponse. Le client l’attend : merci de confirmer ou de refuser la réservation.
mail-partner-withdrawn-subject = Demande retirée : { $date }, { $times } - #{ $order }
mail-partner-withdrawn-heading = Cette demande n’est plus d’actualité
mail-partner-withdrawn-lead = Cette réservation n’est plus d’actualité : le client ne viendra pas à cette date, les places sont de nouveau libres.
mail-partner-released-subject = Réservation déplacée : { $date }, { $times } - #{ $order }
mail-partner-released-heading = Une réservation a été déplacée
mail-partner-released-lead = Un client a déplacé cette réservation à une autre date. Les places de la date précédente sont de nouveau libres.
