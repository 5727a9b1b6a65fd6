### Why something is not possible, and what to do next: for programs and for pages.

errors-broken = Une erreur s’est produite de notre côté. Veuillez contacter notre équipe d’assistance.
errors-no-such-item = Cette réservation n’existe pas. Veuillez vérifier qu’il s’agit du numéro de l’article de la commande et non du numéro de commande.
errors-not-declared-json = Du JSON est attendu : Content-Type: application/json.
errors-not-json = Le contenu de la requête n’est pas du JSON lisible.
errors-not-received = Vos informations ne nous sont pas parvenues en entier. Veuillez réessayer.
errors-outcome-unknown = L’opération prend plus de temps que d’habitude. Veuillez réessayer dans un instant – rien ne sera exécuté deux fois.
errors-outcome-unknown-look-first = L’opération prend plus de temps que d’habitude. Veuillez d’abord vérifier dans le dossier si elle a déjà eu lieu : chaque nouvelle tentative sera également exécutée.
errors-outcome-unknown-open-again = L’opération prend plus de temps que d’habitude. Veuillez rouvrir le dossier et vérifier si elle a déjà eu lieu avant de réessayer.
errors-too-large = Le contenu de la requête est trop volumineux.
errors-too-long = Votre texte est plus long que ce que nous pouvons accepter. Veuillez le raccourcir et réessayer.

## Links

# $renewable: whether a new link is sent to whoever asks for one.
errors-token-expired =
    { $renewable ->
        [yes] Ce lien a expiré le { $since }. Nous vous en enverrons volontiers un nouveau.
       *[no] Ce lien a expiré le { $since }. Veuillez contacter notre équipe d’assistance.
    }
errors-token-cancelled =
    { $why ->
        [refunded] Cette réservation a été remboursée. Le lien n’est donc plus valable.
        [order_cancelled] Cette commande a été annulée. Le lien n’est donc plus valable.
       *[support] Ce lien n’est plus valable. Veuillez contacter notre équipe d’assistance.
    }
# $outcome: what has become of the rebooking.
errors-token-used =
    { $outcome ->
        [lost_for_good] La date du { $when } ne peut malheureusement pas avoir lieu. Notre équipe d’assistance vous contactera afin de trouver une solution.
        [lost] La date du { $when } ne peut malheureusement pas avoir lieu. Veuillez ouvrir le lien de notre e-mail le plus récent.
        [cancelled] Le changement pour la date du { $when } a été annulé. Pour toute question, notre équipe d’assistance est là pour vous aider.
       *[booked] Ce lien a déjà servi à changer de date : la réservation est au { $when }.
    }

## Too often

errors-too-many-requests =
    { $seconds ->
        [one] Trop de requêtes ont été envoyées. Veuillez réessayer dans { $seconds } seconde.
       *[other] Trop de requêtes ont été envoyées. Veuillez réessayer dans { $seconds } secondes.
    }
errors-too-many-attempts =
    { $minutes ->
        [one] Une adresse e-mail incorrecte a été saisie trop souvent. Veuillez réessayer dans { $minutes } minute.
       *[other] Une adresse e-mail incorrecte a été saisie trop souvent. Veuillez réessayer dans { $minutes } minutes.
    }
errors-email-mismatch =
    { $left ->
        [0] Cette adresse e-mail ne correspond pas à la réservation. Aucun autre essai n’est possible pour le moment.
        [one] Cette adresse e-mail ne correspond pas à la réservation. Il vous reste un essai.
       *[other] Cette adresse e-mail ne correspond pas à la réservation. Il vous reste { $left } essais.
    }

## Dates

# How a date is named: by its start, where there is such a date.
errors-this-date =
    { $start ->
        [none] Cette date
       *[other] La date du { $start }
    }
# Why a date cannot be booked.
errors-refusal =
    { $why ->
        [lost_before] { errors-this-date } a déjà été annulée.
        [other_partner] { errors-this-date } est proposée par un autre partenaire.
        [withdrawn] { errors-this-date } n’aura pas lieu.
        [already_started] { errors-this-date } est passée.
        [too_soon] { errors-this-date } ne peut malheureusement plus être réservée.
        [too_far] { errors-this-date } ne peut pas encore être réservée.
        [too_few_places_here] { errors-this-date } n’a plus assez de places libres. Veuillez en choisir une autre.
        [too_few_places] { errors-this-date } n’a plus assez de places libres.
        [another_price] { errors-this-date } a un autre prix.
        [price_changed] Le prix a changé. { errors-this-date } coûte désormais { $total } au total. Si cela vous convient, veuillez la choisir une nouvelle fois.
       *[unknown] Cette date n’existe pas pour ce cours.
    }
# $refusal: why a date cannot be proposed; on a page, and to a program that knows the field.
errors-invalid-proposal-on-page = { $refusal } Veuillez proposer une autre date ou n’en proposer aucune.
errors-invalid-proposal = Le champ « proposedDateIds » contient une date qui ne peut pas être proposée : { $date }. { $refusal }

## By code, and what is missing

# What needs nothing but its code.
errors-by-code =
    { $code ->
        [not_signed_in] Veuillez vous connecter.
        [wrong_role] Vous n’y êtes pas autorisé.
        [cross_site] Cette requête provient d’un autre site. Veuillez ouvrir vous-même notre page et réessayer depuis celle-ci.
        [stale_form] Cette page appartenait à une connexion antérieure, rien n’a donc été modifié. Veuillez la rouvrir et réessayer.
        [method_not_allowed] Cette adresse ne peut pas être appelée de cette façon.
        [request_timeout] La requête n’est pas arrivée en entier à temps.
        [token_unknown] Nous ne connaissons pas ce lien. Veuillez l’ouvrir à nouveau directement depuis notre e-mail ou contacter notre équipe d’assistance.
        [token_superseded] Ce lien a été remplacé par un lien plus récent. Veuillez ouvrir le lien de notre e-mail le plus récent.
        [attempts_exhausted] Une adresse e-mail incorrecte a été saisie trop souvent. Veuillez contacter notre équipe d’assistance.
        [choose_item] Ce numéro de commande ne désigne pas une réservation unique. Veuillez en choisir une.
        [partner_not_asked_yet] La commande est encore en cours de traitement. Veuillez réessayer dans un instant.
        [order_stands] La commande a déjà été exécutée.
        [rebooking_over] Ce changement de date est terminé.
        [link_expired] Le lien a expiré.
        [link_cancelled] Le lien n’est plus valable.
        [link_used] Le lien a déjà servi à changer de date.
        [confirmation_closed] Cette demande est déjà close.
        [rebooking_live] Un changement de date est déjà en cours pour cette réservation. Veuillez d’abord l’annuler.
        [nothing_to_move] Il n’y a plus rien à déplacer : la commande est remboursée ou annulée.
        [case_taken] Une autre personne a pris ce dossier en charge entre-temps.
        [effect_not_idle] Cette tâche est en cours ou déjà terminée.
        [order_cannot_be_skipped] Une commande ne peut pas être ignorée. Veuillez la relancer ou annuler le changement de date.
        [enough_wishes] Vos messages nous sont bien parvenus. Vous ne pouvez pas en envoyer d’autres avec ce lien.
        [backups_closed] Des dates de repli ne peuvent être indiquées que lorsqu’une date est choisie et que le partenaire n’a pas encore répondu.
        [date_fixed] Vous ne pouvez échanger qu’une date de repli que nous avons réservée pour vous, et seulement tant que le partenaire n’a pas répondu.
        [case_changed] Le dossier a changé après que vous avez ouvert cette page, peut-être à cause d’un double clic. Cette fois, rien n’a été fait. Veuillez vérifier ci-dessous où il en est.
        [forgotten] Les données personnelles de ce dossier ont été supprimées.
        [reports_left_out] Les listes et les bilans ne sont pas disponibles ici.
        [try_later] Ce n’est pas possible pour le moment. Veuillez réessayer dans quelques minutes.
        [broken] { errors-broken }
        [internal] { errors-broken }
       *[conflict] Ce n’est pas possible pour le moment.
    }
# What is in the way of forgetting somebody.
errors-case-open =
    { $why ->
        [booking] Encore ouvert : { $cases }. Au moins une réservation doit encore avoir lieu ; elle doit d’abord être annulée dans la boutique.
       *[case] Encore ouvert : { $cases }. Annulez d’abord, ou faites annuler en même temps les dossiers ouverts.
    }
errors-not-found =
    { $what ->
        [confirmation] Cette demande n’existe pas.
        [date] Cette date n’existe pas.
        [booking] Cette réservation n’existe pas.
        [order] Cette commande n’existe pas, ou il n’en reste aucune réservation.
        [case] Ce dossier n’existe pas.
        [effect] Cette tâche n’existe pas.
        [person] Rien n’est enregistré pour cette adresse e-mail.
       *[page] Il n’y a pas de page à cette adresse.
    }
