### What has happened, in words for support: history, causes, effects.

history-actor =
    { $actor ->
        [customer] Client
        [partner] Partenaire { $name }
        [support] Assistance : { $name }
        [shop] Boutique
       *[system] Système
    }
history-event =
    { $event ->
        [declined] Réservation refusée
        [date_withdrawn] Date entière annulée
        [limit_reached] Plus aucun lien : limite atteinte
        [link_issued] Lien créé
        [link_superseded] Lien remplacé par un plus récent
        [link_mailed] Lien envoyé
        [link_resent] Lien renvoyé
        [link_extended] Lien prolongé
        [link_cancelled] Lien annulé
        [link_expired] Lien expiré
        [link_reminded] Rappel envoyé
        [page_opened] Page ouverte
        [no_dates_found] Aucune date trouvée
        [wrong_address] Adresse e-mail incorrecte saisie
        [chosen] Date choisie
        [backups_named] Dates de repli indiquées ou retirées
        [backup_booked] Date de repli réservée
        [request_withdrawn] Demande retirée
        [order_gone] Commande remboursée ou annulée dans la boutique
        [order_made] Commande modifiée
        [order_made_too_late] Commande modifiée trop tard
        [order_refused] Commande refusée par la boutique
        [order_undone] Commande rétablie
        [difference_refunded] Différence remboursée
        [partner_confirmed] Date confirmée
        [partner_reminded] Partenaire relancé
        [partner_silent] Le partenaire ne répond pas : au service d’assistance d’agir
        [rebooking_cancelled] Changement de date annulé
        [wished] Souhait exprimé
        [wish_settled] Souhait réglé
        [new_dates_announced] Informé des nouvelles dates
        [mail_refused] E-mail non distribuable
        [ticket_kept] Ticket créé ou complété
        [effect_died] Tâche définitivement échouée
        [effect_retried] Tâche relancée
        [effect_skipped] Tâche ignorée
        [noted] Note de l’assistance
        [case_taken] Dossier pris en charge
        [case_given_back] Dossier rendu
       *[forgotten] Données personnelles supprimées
    }
# Why there is a link.
history-cause =
    { $cause ->
        [declined] Le partenaire a refusé.
        [date_withdrawn] Le partenaire a annulé la date entière.
        [by_hand] L’assistance a envoyé le lien.
        [replaced] Ce lien en remplace un plus ancien.
       *[order_refused] La boutique a refusé la commande.
    }
history-exchanged = Échangée par le client contre une autre date
# Why there is none any more.
history-cancelled =
    { $why ->
        [support] par l’assistance
        [refunded] commande remboursée
        [order_cancelled] commande annulée
       *[superseded] remplacé par un lien plus récent
    }
history-chooser =
    { $by ->
        [customer] par le client
       *[support] par l’assistance
    }
history-difference =
    { $difference ->
       *[same] même prix
        [absorbed] { $amount } de plus, à notre charge
        [refund] { $amount } de moins, remboursés
        [to_pay] { $amount } de plus, à payer
    }
history-wish =
    { $kind ->
        [new_dates] Être informé des nouvelles dates
        [other] Souhaits
       *[money_back] Remboursement
    }

## Effects

history-order =
    { $effect ->
        [order-place] Modifier la commande
        [order-undo] Rétablir la commande
       *[refund] Rembourser la différence
    }
history-mail =
    { $mail ->
        [declined] E-mail : date refusée, avec lien
        [link_sent] E-mail : lien de l’assistance
        [link_replaced] E-mail : nouveau lien
        [limit_reached] E-mail : date refusée, sans lien
        [rebooked] E-mail : changement de date enregistré
        [partner_confirmed] E-mail : le partenaire a confirmé
        [reminder] E-mail : rappel
        [order_refused] E-mail : la boutique a refusé
        [new_dates] E-mail : nouvelles dates
        [called_off] E-mail : changement de date annulé
        [booking_request] E-mail au partenaire : nouvelle réservation
        [partner_request] E-mail au partenaire : demande
        [partner_reminder] E-mail au partenaire : rappel de la demande
        [partner_withdrawn] E-mail au partenaire : demande retirée
       *[partner_released] E-mail au partenaire : places libres
    }
history-ticket =
    { $fact ->
        [declined] Ticket : date refusée
        [limit_reached] Ticket : limite atteinte
        [link_sent] Ticket : lien envoyé
        [no_dates] Ticket : aucune date trouvée
        [rebooked] Ticket : date changée
        [confirmed] Ticket : date confirmée
        [order_refused] Ticket : la boutique a refusé
        [cancelled] Ticket : annulé
        [wish] Ticket : souhait
        [expired] Ticket : lien expiré
        [unreachable] Ticket : e-mail non distribuable
        [customer_not_told] Ticket : e-mail au client non envoyé
        [partner_not_told] Ticket : e-mail au partenaire non envoyé
       *[order_stuck] Ticket : commande bloquée
    }
history-told =
    { $event ->
        [event-case-opened] Message à d’autres systèmes : dossier ouvert
        [event-link-mailed] Message à d’autres systèmes : lien envoyé
        [event-link-opened] Message à d’autres systèmes : lien ouvert
        [event-rebooking-chosen] Message à d’autres systèmes : date choisie
        [event-order-made] Message à d’autres systèmes : commande modifiée
        [event-order-refused] Message à d’autres systèmes : refus de la boutique
        [event-rebooking-confirmed] Message à d’autres systèmes : le partenaire a confirmé
        [event-rebooking-declined-again] Message à d’autres systèmes : nouvelle date refusée
        [event-rebooking-cancelled] Message à d’autres systèmes : changement de date annulé
        [event-link-expired] Message à d’autres systèmes : lien expiré
        [event-wish-received] Message à d’autres systèmes : souhait
       *[event-case-forgotten] Message à d’autres systèmes : données effacées
    }
history-state =
    { $state ->
        [waiting] en attente
        [leased] en cours
        [done] terminée
        [dead] échouée
       *[skipped] ignorée
    }
# The states as filters.
history-filter =
    { $state ->
        [waiting] En attente
        [leased] En cours
        [done] Terminées
        [dead] Échouées
        [skipped] Ignorées
       *[all] Toutes
    }
