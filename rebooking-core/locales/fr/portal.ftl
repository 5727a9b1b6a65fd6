### What the pages of partners and support say.

## Signing in

portal-signed-out = Vous êtes déconnecté.
portal-session-ended = Votre session a expiré, rien n’a donc été modifié. Veuillez vous reconnecter.
portal-sign-in-first = Veuillez vous connecter pour ouvrir cette page. Une session prend fin lorsqu’elle n’est pas utilisée pendant une heure.
portal-wrong-token = Nous ne connaissons pas cette clé d’accès. Veuillez vérifier qu’elle est complète.

## Where to go

portal-open-anew = Rouvrir la page
portal-to-overview = Vers l’aperçu
portal-other-sign-in = Se connecter avec un autre accès
portal-nav =
    { $page ->
        [requests] Demandes
        [rebookings] Changements de date
        [calendar] Calendrier
        [cases] Dossiers
        [send-link] Envoyer un lien
        [effects] Tâches
        [people] Personnes
       *[earnings] Bilan
    }

## Lists

portal-all = Tous
portal-entries =
    { $total ->
        [one] { $total } entrée
       *[other] { $total } entrées
    }
# Where one is in a list: the page $page of $last.
portal-part =
    { $last ->
        [1] { portal-entries }
       *[other] Page { $page } sur { $last } · { portal-entries }
    }
# How far a declined booking has come.
portal-status =
    { $status ->
        [open] ouvert
        [rebooked] date changée
        [awaiting_partner] en attente du partenaire
        [confirmed] confirmé
        [declined] refusé à nouveau
        [rejected] refusé par la boutique
        [expired] expiré
       *[cancelled] annulé
    }
# The same as its partner reads it.
portal-status-for-partner =
    { $status ->
        [booking_stands] réservation maintenue (lien de l’assistance)
        [awaiting_partner] en attente de votre confirmation
       *[other] { portal-status }
    }
# The columns of the table for spreadsheets.
portal-column =
    { $column ->
        [order] Commande
        [course] Cours
        [customer] Client
        [participants] Participants
        [original-date] Date initiale
        [new-order] Nouvelle commande
        [new-date] Nouvelle date
        [status] État
       *[chosen-at] Choisie le
    }

## A partner's requests

portal-partner = Partenaire { $id }
portal-partner-named = { $name } (partenaire { $id })
portal-people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
portal-free-places =
    { $free ->
        [one] { $free } place libre
       *[other] { $free } places libres
    }
# What a partner's last form led to; nothing for any other word.
portal-told =
    { $said ->
        [confirmed] La date est confirmée. Nous en informons le client.
        [date_confirmed] Toutes les demandes ouvertes pour cette date sont confirmées. Nous en informons les clients.
        [nothing_to_confirm] Aucune demande n’était plus ouverte pour cette date.
        [declined] La demande est refusée. Le client reçoit un lien pour choisir une autre date.
        [declined_before] Vous aviez déjà refusé cette demande pour un autre motif. Ce motif reste valable ; le nouveau n’est pas enregistré.
        [withdrawn] La date entière est annulée. Toutes les personnes qui l’avaient réservée sont prévenues.
        [calendar_made] L’adresse est créée.
        [calendar_revoked] L’adresse est supprimée et n’est plus valable.
       *[other] { "" }
    }
# All open requests for a date, answered at once.
portal-confirm-all = Confirmer toutes les demandes ouvertes pour le { $date }
# What became of them where some could not be confirmed; $why: each of these with its reason.
portal-confirmed-in-part =
    { $confirmed ->
        [0] Aucune demande n’a pu être confirmée. { $why }
        [one] 1 demande est confirmée. { $why }
       *[other] { $confirmed } demandes sont confirmées. { $why }
    }
portal-not-confirmed = Commande #{ $order } non confirmée : { $why }
portal-request =
    { $state ->
        [waiting] en préparation
        [pending] en attente de votre réponse
        [confirmed] confirmée
        [declined] refusée
       *[withdrawn] retirée
    }
# The same as the name of a filter.
portal-requests =
    { $state ->
        [waiting] En préparation
        [pending] Ouvertes
        [confirmed] Confirmées
        [declined] Refusées
       *[withdrawn] Retirées
    }
portal-no-requests =
    { $state ->
        [pending] Aucune demande n’attend votre réponse pour le moment.
       *[other] Il n’y a aucune demande ici.
    }
# How many bookings a withdrawn date takes with it.
portal-hits =
    { $bookings ->
        [one] { $bookings } réservation est concernée. Le client perd cette date : la date de repli indiquée est réservée aussitôt ; sinon il reçoit un lien pour une autre date, et après le dernier lien notre support trouve une solution.
       *[other] { $bookings } réservations sont concernées. Tous les clients perdent cette date : la date de repli indiquée est réservée aussitôt ; sinon un lien pour une autre date est envoyé, et après le dernier lien notre support trouve une solution.
    }

## A partner's calendar

portal-calendar-title = Votre calendrier
portal-calendar-heading = S’abonner aux dates confirmées
portal-calendar-lead = Votre logiciel de calendrier (Google, Apple, Outlook et autres) peut lire à une adresse secrète toutes les réservations que vous avez confirmées, et les tient à jour de lui-même. Le calendrier indique le cours, l’heure, le lieu, le numéro de commande et le nombre de participants, mais jamais qui a réservé.
portal-calendar-make = Créer une adresse
portal-calendar-address = Adresse d’abonnement
portal-calendar-secret = Veuillez copier l’adresse maintenant et l’ajouter comme abonnement dans votre logiciel de calendrier : nous ne l’affichons que cette fois-ci. Quiconque la connaît peut lire le calendrier.
portal-calendar-has-address = Votre calendrier a une adresse. Pour votre sécurité, nous ne l’affichons pas une nouvelle fois.
portal-calendar-dead = Si vous créez une nouvelle adresse ou supprimez l’adresse, l’adresse actuelle cesse aussitôt d’être valable.
portal-calendar-renew = Créer une nouvelle adresse
portal-calendar-revoke = Supprimer l’adresse

## The page behind the link in a partner's mail

portal-answer-heading =
    { $state ->
        [confirmed] Vous avez confirmé la date
        [declined] Vous avez refusé la date
        [withdrawn] Cette demande a été retirée
       *[pending] Pouvez-vous proposer cette date ?
    }
portal-answer-lead =
    { $state ->
        [confirmed] Merci ! Le lien de notre e-mail n’est donc plus valable. Si vous devez tout de même annuler, veuillez vous connecter au portail des partenaires.
        [declined] Nous en informons le client. Le lien de notre e-mail n’est donc plus valable.
        [withdrawn] Vous n’avez plus besoin de répondre ; les places sont de nouveau libres.
       *[pending]
            { $moves ->
                [yes] Une réservation doit être déplacée à cette date :
               *[no] Il y a une nouvelle réservation pour cette date :
            }
    }
# In which language the customer wrote; $name: what it calls itself.
portal-language =
    { $language ->
        [de] allemand
        [en] anglais
        [fr] français
       *[other] { $name }
    }
# What a decline would mean for the customer; $link of $limit links of the case.
portal-decline-costs =
    { $follows ->
        [link] Si vous refusez, le client perd cette date et reçoit un lien pour en choisir une autre : le lien { $link } sur { $limit } au maximum.
        [backup] Si vous refusez, le client perd cette date. Nous réservons alors aussitôt une date de repli qu’il nous a déjà indiquée.
       *[no_link] Si vous refusez, le client perd cette date et ne reçoit plus de lien : notre équipe d’assistance devra alors trouver une solution.
    }

## In templates

portal-answer-address = L’adresse à laquelle notre demande a été envoyée. Ainsi, seule la personne sollicitée peut répondre.
portal-answer-reason = Votre motif :
portal-booked-by = Réservé par :
portal-cancel-date = Annuler la date entière
portal-cancel-date-button = Annuler la date pour tous
portal-cannot-offer = Je ne peux pas proposer cette date
portal-chosen-on = choisie le
portal-column-status = État
portal-confirm-date = Confirmer la date
portal-confirm-date-of = Confirmer la date :
portal-course = Cours
portal-customer = Client
portal-customer-reads = Le client le lira.
portal-date = Date :
portal-decline-booking = Refuser cette réservation
portal-decline-date = Refuser la date
portal-download = Télécharger cette liste sous forme de tableau (CSV)
portal-everybody-reads = Toutes les personnes concernées le liront.
portal-instead = Au lieu de :
portal-language-label = Langue :
portal-new-date = Nouvelle date
portal-no-bookings = Il n’y a aucune réservation ici.
portal-nothing-to-propose = Il n’y a actuellement aucune autre date que vous pourriez proposer.
portal-order = Commande
portal-original-date = Date initiale
portal-propose = Proposer jusqu’à trois autres dates (facultatif)
portal-rebooking = Changement de date
portal-rebookings = Changements de date
portal-rebookings-heading = Réservations refusées et leurs changements de date
portal-rebookings-table = Réservations refusées et leur état
portal-request-reason = Motif :
portal-request-status = État :
portal-requested-on = Demandé le :
portal-requests-heading = Demandes pour vos cours
portal-requests-title = Demandes
portal-to-portal = Vers le portail des partenaires
portal-why-cancel = Motif de l’annulation
portal-why-decline = Motif du refus
