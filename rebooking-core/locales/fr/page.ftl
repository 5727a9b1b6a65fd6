### What the customer's pages say.

page-new-link-heading = Nouveau lien demandé
page-new-link-asked-for = Si l’adresse e-mail correspond à la réservation et que l’ancien lien a expiré, un nouveau lien est déjà en route. Pensez à vérifier aussi vos courriers indésirables. Le lien arrive en général en quelques minutes. S’il n’est pas là au bout d’une heure, écrivez-nous.
page-nothing-to-choose = Il n’y a actuellement aucune date que vous pourriez choisir. Dites-nous plus bas ce qui vous aiderait.
# Until when the link works.
page-valid-until = Ce lien est valable jusqu’au { $day } à { $hour }.

## The booking

page-declined = { $day } (refusée)
page-called-off = { $day } (annulée)

## A date to choose

page-places =
    { $free ->
        [one] { $free } place disponible
       *[other] { $free } places disponibles
    }
page-per-person = { $price } par personne
page-for-people =
    { $people ->
        [one] { $total } pour { $people } personne
       *[other] { $total } pour { $people } personnes
    }
# The difference to what has been paid, and what follows from it.
page-difference =
    { $difference ->
       *[same] Même prix que jusqu’à présent
        [absorbed] { $amount } de plus que jusqu’à présent – nous prenons la différence en charge. Vous en restez aux { $paid } que vous avez payés.
        [refund] { $amount } de moins que jusqu’à présent – nous vous remboursons la différence.
        [to_pay] { $amount } de plus que jusqu’à présent – vous payez ce supplément.
    }
# The button of a date. Where it costs more it says so, as German law asks for (BGB § 312j).
page-choose =
    { $difference ->
        [to_pay] Choisir avec obligation de paiement
       *[other] Choisir
    }
# The same for who does not see the card around the button.
page-choose-this =
    { $difference ->
        [to_pay] Choisir { $start }, { $total }, avec obligation de paiement
       *[other] Choisir { $start }, { $total }
    }

## Many dates: a filter, groups by month, a calendar

# How many there are, or are left by the filter.
page-many-count =
    { $count ->
        [one] { $count } date
       *[other] { $count } dates
    }
page-many-narrowed =
    { $count ->
        [0] Aucune date ne correspond à votre sélection.
        [one] { $count } date sur { $all } correspond à votre sélection.
       *[other] { $count } dates sur { $all } correspondent à votre sélection.
    }
page-many-filter = Filtrer par jour de la semaine et par heure
page-many-weekdays = Jour de la semaine
page-many-times = Heure
page-many-time =
    { $time ->
        [morning] Matin (avant 12 h)
        [afternoon] Après-midi (de 12 h à 17 h)
       *[evening] Soir (à partir de 17 h)
    }
page-many-apply = Afficher les dates correspondantes
page-many-show-all = Afficher toutes les dates
page-many-views = Affichage
page-many-view =
    { $view ->
        [calendar] Calendrier mensuel
       *[list] Liste
    }
page-many-jump = Aller à un mois
# $proposed: whether the partner has proposed some of them.
page-many-nearest =
    { $proposed ->
        [yes] Propositions du partenaire et dates les plus proches
       *[no] Les plus proches de votre date initiale
    }
page-many-nearest-jump = Les plus proches
# Dates of this month that stand among the nearest.
page-many-above =
    { $count ->
        [one] { $count } autre date de ce mois figure plus haut, parmi les plus proches.
       *[other] { $count } autres dates de ce mois figurent plus haut, parmi les plus proches.
    }
page-many-proposed = Proposée par le partenaire
page-many-same-price = Même prix
page-many-calendar-hint = Une heure du calendrier mène à la date correspondante plus bas, avec son prix et ses places libres.
# The heads of a calendar sheet.
page-many-weekday =
    { $weekday ->
        [monday] lu
        [tuesday] ma
        [wednesday] me
        [thursday] je
        [friday] ve
        [saturday] sa
       *[sunday] di
    }
# The date that was chosen before the address was there.
page-many-kept = La date que vous avez choisie
page-many-kept-hint = Indiquez votre adresse e-mail ci-dessus, puis choisissez la date encore une fois ici. Elle n’est pas encore réservée.

## What was booked

page-booked-before = Ce lien a déjà servi à changer de date. Voici la date réservée :
page-booked-heading =
    { $outcome ->
        [before] La date avait déjà été changée
        [confirmed] Votre nouvelle date est confirmée !
        [lost] Cette date n’aura malheureusement pas lieu
        [lost_for_good] Cette date n’aura malheureusement pas lieu
        [cancelled] Ce changement de date a été annulé
       *[open] Changement de date réussi !
    }
# $live: whether it is still to take place.
page-booked-lead =
    { $live ->
        [yes] Votre réservation a été déplacée à la nouvelle date :
       *[no] Avec ce lien, vous aviez choisi cette date :
    }
page-booked-as-backup = Votre date précédente ne pourra pas avoir lieu. La date de repli que vous aviez indiquée est réservée :
# For whom a backup was booked that no longer suits.
page-backup-another-way = Cette date ne vous convient finalement pas ? Contactez-nous : nous trouverons une autre solution.
page-date-label =
    { $live ->
        [yes] Nouvelle date :
       *[no] Date :
    }
page-mail-follows = Vous recevrez bientôt une confirmation par e-mail.
page-what-is-next =
    { $outcome ->
        [confirmed] Le partenaire a confirmé la date. Nous vous souhaitons beaucoup de plaisir !
        [lost] Nous en sommes désolés. La suite est expliquée dans notre e-mail le plus récent : veuillez ouvrir le lien qu’il contient.
        [lost_for_good] Nous en sommes vraiment désolés. Notre équipe d’assistance vous contactera afin de trouver une solution.
        [cancelled] Pour toute question, notre équipe d’assistance est là pour vous aider.
       *[open] Le partenaire n’a pas encore confirmé la date. Dès que la confirmation nous sera parvenue, vous recevrez un autre e-mail.
    }
# How long to wait for the partner's answer, and what to do then.
page-ask-by = Vous n’avez pas eu de nos nouvelles d’ici le { $day } ? Écrivez-nous, et nous relancerons le partenaire.
# For who waits for support: within how many days.
page-ask-within =
    { $days ->
        [one] Vous n’avez pas eu de nos nouvelles d’ici demain ? Écrivez-nous.
       *[other] Vous n’avez pas eu de nos nouvelles sous { $days } jours ? Écrivez-nous.
    }
# Where the date goes into a calendar.
page-calendar =
    { $calendar ->
        [google] Google Agenda
        [outlook] Outlook sur le Web
       *[file] Apple, Outlook et autres (.ics)
    }
# What has been paid for the party, and what follows from the difference in price.
page-paid =
    { $difference ->
        [refund] Vous avez payé { $paid } au total. Nous vous remboursons la différence de { $amount }.
        [to_pay] Vous avez payé { $paid } jusqu’à présent. Le supplément de { $amount } reste à payer. Nous vous contacterons au sujet du paiement.
       *[other] Vous avez payé { $paid } au total. Il n’y a rien d’autre à payer.
    }

## Backups

page-backups-heading = Si le partenaire n’est pas disponible
# $count: how many may be named.
page-backups-lead =
    { $count ->
        [one] Tant que le partenaire n’a pas répondu, vous pouvez indiquer une date de repli. S’il refuse, nous la réservons aussitôt, à condition qu’elle soit encore possible – au prix affiché ici. Aucune place n’est réservée d’ici là.
       *[other] Tant que le partenaire n’a pas répondu, vous pouvez indiquer des dates de repli. S’il refuse, nous réservons aussitôt la première qui est encore possible – au prix affiché ici. Aucune place n’est réservée d’ici là.
    }
# $count: how many are named.
page-backups-standing =
    { $count ->
        [one] Enregistrée :
       *[other] Enregistrées, dans cet ordre :
    }
page-backup-place =
    { $count ->
        [one] Date de repli
       *[other] Date de repli { $place }
    }
page-backup-none = Aucune date de repli
# $total: for the whole party.
page-backup-option =
    { $difference ->
        [same] { $day } – { $total }, même prix
        [absorbed] { $day } – { $total }, sans supplément
        [refund] { $day } – { $total }, { $amount } remboursés
       *[to_pay] { $day } – { $total }, { $amount } de plus
    }
page-backups-address-hint = L’adresse avec laquelle vous avez réservé, afin que personne d’autre ne puisse indiquer des dates de repli.
# $count: how many may be named.
page-backups-save =
    { $count ->
        [one] Enregistrer la date de repli
       *[other] Enregistrer les dates de repli
    }
# $count: how many are named.
page-backups-saved =
    { $count ->
        [one] Votre date de repli est enregistrée.
       *[other] Vos dates de repli sont enregistrées.
    }
page-backups-taken-back = Aucune date de repli n’est plus enregistrée.

## Another date in place of a backup

page-exchange-heading = Vous préférez une autre date ?
page-exchange-lead = Tant que le partenaire n’a pas répondu, vous pouvez échanger une fois votre date de repli contre une autre. Elle vous reste réservée jusqu’à ce que vous ayez choisi la nouvelle. Ensuite, elle est de nouveau libre, et le partenaire doit encore confirmer la nouvelle date.
page-exchange-backups = Si vous avez enregistré des dates de repli, veuillez les indiquer de nouveau ensuite : le lien se trouve dans le prochain e-mail.
page-exchange-date = Nouvelle date
page-exchange-choose = Veuillez choisir
page-exchange-address-hint = L’adresse avec laquelle vous avez réservé, afin que personne d’autre ne puisse échanger votre date.
page-exchange-button = Échanger la date
page-exchanged = Votre date a été échangée.

## Errors

-too-many = Trop d’essais
-once-more = Veuillez réessayer dans un instant
-request-closed = Cette demande est close

# What an error page is headed with, by the code of the error. look_first: it may have been done,
# and would be done again.
page-refused-heading =
    { $code ->
        [token_unknown] Lien introuvable
        [token_expired] Ce lien a expiré
        [token_superseded] Il existe un lien plus récent
        [token_cancelled] Ce lien n’est plus valable
        [too_many_attempts] { -too-many }
        [attempts_exhausted] { -too-many }
        [too_many_requests] { -too-many }
        [not_found] Page introuvable
        [wrong_role] Vous n’avez pas accès à cette page
        [stale_form] Veuillez rouvrir la page
        [look_first] Veuillez d’abord vérifier
        [try_later] { -once-more }
        [outcome_unknown] { -once-more }
        [answer_timeout] { -once-more }
        [request_timeout] { -once-more }
        [confirmation_closed] { -request-closed }
        [rebooking_over] { -request-closed }
       *[other] Cela n’a malheureusement pas fonctionné
    }

## In templates

page-access-token = Clé d’accès
page-address = Votre adresse e-mail
page-address-for-link = L’adresse avec laquelle vous avez réservé. Nous y enverrons le nouveau lien.
page-address-to-choose = L’adresse avec laquelle vous avez réservé. Ainsi, personne d’autre ne peut déplacer votre réservation.
page-address-to-write = L’adresse avec laquelle vous avez réservé. Ainsi, nous savons que le message vient de vous.
page-choose-date = Veuillez choisir une nouvelle date :
page-choose-title = Choisir une nouvelle date
page-continue = Continuer
page-course = Cours :
page-demo-known = Ceci est une démonstration : ses accès sont connus de tous.
page-demo-mailbox = boîte aux lettres
page-demo-not-kept = Ceci est une démonstration : rien n’est conservé, et les e-mails ne vont nulle part ailleurs que dans sa
page-error-mark = Erreur :
page-filter-list = Filtrer la liste
page-go-to-date = Aller à la date
page-go-to-dates = Aller aux dates
page-go-to-field = Aller au champ
page-go-to-options = Aller aux possibilités
page-into-calendar = Ajouter à votre calendrier
page-next = Suivant
page-no-dates = Aucune date n’est malheureusement disponible
page-no-dates-next = Notre équipe d’assistance vous contactera afin de trouver une solution.
page-no-dates-now = Il n’y a actuellement aucune autre date pour ce cours.
page-or-call-us = Ou appelez-nous :
page-order = Commande :
page-order-pending = Vous trouverez le numéro de commande définitif dans notre e-mail.
page-original-booking = Votre réservation initiale :
page-original-date = Date initiale :
page-paging = Pages de la liste
page-participants = Participants :
page-previous = Précédent
page-proposed = Proposée par le partenaire
page-questions = Des questions ? Nous sommes là pour vous aider :
page-sections = Rubriques
page-send-me-new-link = M’envoyer un nouveau lien
page-sign-in = Se connecter
page-sign-in-hint = Pour les partenaires et l’assistance. Les clients n’ont pas besoin de se connecter : il suffit d’ouvrir le lien de notre e-mail.
page-sign-out = Déconnexion
page-sign-out-everywhere = Déconnexion partout
page-skip = Aller au contenu
page-to-home = Vers la page d’accueil de { $brand }
page-trap-text = Veuillez laisser vide
page-trap-tick = Veuillez ne pas cocher
page-until-then = D’ici là :
page-venue = Lieu :
page-wish-money-back = Être remboursé
page-wish-money-back-button = Demander un remboursement
page-wish-money-back-hint = Notre équipe d’assistance vous contactera et s’occupera du remboursement. D’ici là, ce lien reste valable.
page-wish-money-back-text = Souhaitez-vous ajouter quelque chose ? (facultatif)
page-wish-months = Ces mois me conviennent
page-wish-new-dates = Être informé des nouvelles dates
page-wish-new-dates-button = Me prévenir des nouvelles dates
page-wish-new-dates-hint = Nous vous écrirons dès que de nouvelles dates seront disponibles pour ce cours.
page-wish-other = Nous faire part de vos souhaits
page-wish-other-button = Envoyer mes souhaits
page-wish-text = Votre message
page-wish-weekdays = Ces jours de la semaine me conviennent
page-wishes = Dites-nous ce qui vous aiderait
page-wishes-here = Ou écrivez-nous directement ici. Indiquez votre adresse e-mail ci-dessus.
page-wishes-here-first = Écrivez-nous directement ici. Indiquez votre adresse e-mail ci-dessus.
page-wishes-no-date = Aucune date ne vous convient ? Contactez-nous :
page-write-us = Écrivez-nous :
