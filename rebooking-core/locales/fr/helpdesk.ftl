### Tickets and their notes: short sentences in one line.

helpdesk-subject = Changement de date { $number }

## What a ticket is about

helpdesk-order = Commande : { $number }
helpdesk-course = Cours : { $course }
helpdesk-date = Date : { $date }
helpdesk-people = Personnes : { $count }
# $language: the tag of the customer's language; $name: what it calls itself.
helpdesk-language =
    { $language ->
        [de] Langue : allemand
        [en] Langue : anglais
        [fr] Langue : français
       *[other] Langue : { $name }
    }

## Notes

helpdesk-note =
    { $fact ->
        [declined] Le partenaire a refusé la date du { $date }. Le client reçoit un lien pour changer de date.
        [limit_reached] Le partenaire a refusé la date du { $date }, et il n’y a plus de lien. Merci de trouver une solution.
        [link_sent] L’assistance a envoyé un lien pour changer la date du { $date }.
        [no_dates] Le client n’a trouvé aucune date qui lui convienne. Merci de le contacter.
        [rebooked] Date changée.
        [confirmed] Le partenaire a confirmé la date du { $date }.
        [order_refused] La boutique a refusé la commande pour la nouvelle date. Le client reçoit un nouveau lien.
        [wish] Le client avait un souhait, qui n’est plus conservé.
        [expired] Le lien a expiré sans que le client ait choisi de date.
        [unreachable] Un e-mail au client n’a pas pu être distribué. Merci de le contacter par un autre moyen.
        [customer_not_told] Un e-mail au client n’a pas pu être envoyé. Merci de le contacter.
        [partner_not_told] Un e-mail au partenaire n’a pas pu être envoyé. Merci de l’appeler.
       *[order_stuck] Le changement de date n’est pas parvenu à la boutique. Merci de vérifier la commande.
    }
helpdesk-reason = Motif : « { $reason } »
helpdesk-rebooked =
    { $by ->
        [backup] Le partenaire a refusé la date { $old }. La date de repli du client est réservée : { $new }.
        [support] L’assistance a changé la date : avant { $old }, maintenant { $new }.
       *[customer] Le client a changé la date : avant { $old }, maintenant { $new }.
    }
helpdesk-new-course = Cours : { $course }.
helpdesk-new-order = Nouvelle commande : { $number }.
helpdesk-difference =
    { $difference ->
        [absorbed] Le supplément de { $amount } est pris en charge.
        [refund] À rembourser : { $amount }.
       *[to_pay] Reste à payer : { $amount }.
    }
helpdesk-partner-asked = La demande a été envoyée au partenaire.
helpdesk-exchanged = Le client a échangé la date de repli { $date } contre une autre. Elle est annulée.
helpdesk-no-longer-due = Le supplément de { $amount } correspondant n’est plus dû.
helpdesk-cancelled =
    { $why ->
        [refunded] Terminé : la commande a été remboursée dans la boutique.
        [order_cancelled] Terminé : la commande a été annulée dans la boutique.
        [superseded] Remplacé par un lien plus récent.
       *[support] Annulé par l’assistance.
    }
helpdesk-wish =
    { $kind ->
        [new_dates] Le client souhaite être informé des nouvelles dates.
        [money_back] Le client souhaite être remboursé. Merci de décider et de rembourser.
       *[other] Le client a un souhait.
    }
helpdesk-weekdays = Jours de la semaine : { $days }.
helpdesk-months = Mois : { $months }.
helpdesk-quote = « { $text } »
