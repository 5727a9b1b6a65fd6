### What programs and pages are told of what worked.

answers-new-link = Si ce lien a expiré, nous envoyons un nouveau lien à l’adresse e-mail de la réservation.
# The thanks for a wish, and what happens next.
answers-wish-taken =
    { $kind ->
        [new_dates] Merci ! Nous vous enverrons un e-mail dès que de nouvelles dates seront disponibles pour ce cours.
        [other] Merci ! Vos souhaits sont bien parvenus à notre équipe d’assistance. Elle vous contactera afin de trouver une solution.
       *[money_back] Merci ! Votre demande est bien parvenue à notre équipe d’assistance. Elle vous contactera et s’occupera du remboursement.
    }
answers-moved = Votre réservation a été déplacée à la nouvelle date : { $when }. Vous recevrez bientôt une confirmation par e-mail. Dès que le partenaire aura confirmé la date, nous vous écrirons à nouveau.
# $difference: what comes of another price; $amount: how much it is.
answers-chosen =
    { $difference ->
       *[same] { answers-moved }
        [absorbed] { answers-moved }
        [refund] { answers-moved } Nous vous remboursons la différence de { $amount }.
        [to_pay] { answers-moved } Le supplément de { $amount } reste à payer. Nous vous contacterons au sujet du paiement.
    }
answers-backups =
    { $count ->
        [0] Aucune date de repli n’est enregistrée.
        [one] Votre date de repli est enregistrée. Si le partenaire refuse, nous la réservons, à condition qu’elle soit encore possible.
       *[other] Vos dates de repli sont enregistrées. Si le partenaire refuse, nous réservons la première qui est encore possible.
    }
