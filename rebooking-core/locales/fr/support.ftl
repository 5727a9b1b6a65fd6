### What the pages of support say.

support-case = Dossier { $id }
support-step = Lien { $step }
# Before any link of its case.
support-original = Réservation { $item }

## What is known of a link

support-step-attempts = Adresses incorrectes :
support-step-booking = Réservation :
support-step-cancelled = Annulé :
support-step-cause = Cause :
support-step-chosen = Choisi :
support-step-difference = Différence de prix :
support-step-expires = Valable jusqu’au :
support-step-issued = Créé :
support-step-new-date = Nouvelle date :
support-step-new-order = Nouvelle commande :
support-step-opened = Page ouverte :
support-step-price = Prix :
support-step-reason = Motif :
support-step-wish = Souhait :

## Cases

# Which cases are listed unless one says otherwise.
support-usual-cases = ouverts, filtrés : tous
support-any-need = avec et sans
support-wants-money-back = souhaite être remboursé
# What a case needs.
support-attention =
    { $attention ->
        [failed] Tâche échouée
        [partner_silent] partenaire sans réponse
        [wish] Souhait ouvert
       *[no_dates] aucune date trouvée
    }
support-no-holder = personne
support-holder-since = { $name }, depuis le { $since }
# What the reader can do about who looks after a case.
support-holder-button =
    { $act ->
        [take] Prendre en charge
        [take-over] Reprendre à cette personne
       *[give-back] Rendre le dossier
    }
# Whose cases are listed.
support-taken =
    { $by ->
        [mine] moi
       *[nobody] personne
    }
support-order =
    { $order ->
        [newest] Les plus récents d’abord
       *[longest_waiting] Attente la plus longue
    }
support-held-by = suivi par { $name }
# How long the first of its needs has been there.
support-waits-hours =
    { $count ->
        [one] attend depuis { $count } heure
       *[other] attend depuis { $count } heures
    }
support-waits-days =
    { $count ->
        [one] attend depuis { $count } jour
       *[other] attend depuis { $count } jours
    }

## Effects

# Sold bookings whose partners do not answer; $more: whether there are more than are counted.
support-silent =
    { $more ->
        [yes] Les partenaires de plus de { $count } réservations vendues ne répondent pas.
       *[no]
            { $count ->
                [one] Le partenaire de 1 réservation vendue ne répond pas.
               *[other] Les partenaires de { $count } réservations vendues ne répondent pas.
            }
    }
support-dead-effects =
    { $count ->
        [one] { $count } tâche a échoué et attend une décision.
       *[other] { $count } tâches ont échoué et attendent une décision.
    }
support-unclaimed =
    { $count ->
        [one] { $count } commande de la boutique n’appartient à aucun changement de date.
       *[other] { $count } commandes de la boutique n’appartiennent à aucun changement de date.
    }
support-malformed =
    { $count ->
        [one] { $count } ligne de la base de données n’a pas de sens.
       *[other] { $count } lignes de la base de données n’ont pas de sens.
    }
support-unclaimed-more = Plus de { $count } commandes de la boutique n’appartiennent à aucun changement de date.
support-unclaimed-cut = Voici les { $count } plus anciennes. Il y en a d’autres : elles apparaîtront dès que celles-ci seront réglées.
support-events-off = Les messages à d’autres systèmes sont désactivés.
support-events-off-since = L’autre système n’accepte aucun message depuis le { $since }. Les messages sont donc désactivés.
support-events-failing = L’autre système n’accepte aucun message depuis le { $since }. Nous essayons encore et encore.
support-no-effects =
    { $state ->
        [dead] Aucune tâche n’a échoué.
       *[other] Il n’y a aucune tâche ici.
    }

## The customer's page as support sees it

support-preview-told = Voici ce que voit maintenant le client du dossier { $id }. Ce n’est qu’un aperçu : rien ne peut y être envoyé, et il ne compte pas comme une visite.
support-preview-back = Retour au dossier

## What comes next in a case

support-next =
    { $status ->
        [open] Le client choisit une nouvelle date. Le lien est valable jusqu’au { $until }.
        [rebooked] La boutique reporte la commande à la nouvelle date : { $date }.
        [awaiting_partner] Le partenaire confirme la nouvelle date ou la refuse : { $date }.
        [confirmed] Le cours a lieu : { $date }.
        [declined] Il n’y a plus de lien pour cette réservation. Veuillez trouver une solution avec le client.
        [rejected] La boutique a refusé la commande. Veuillez trouver une solution avec le client.
        [expired] Le lien a expiré le { $until }. Vous pouvez le prolonger ou en créer un nouveau.
       *[cancelled] Rien : le dossier est annulé.
    }

## What can be done with a case

support-action-title =
    { $action ->
        [resend] Renvoyer le lien
        [reissue] Créer un nouveau lien
        [extend] Prolonger le lien
        [choose] Changer la date pour le client
        [settle] Marquer comme réglé
        [forget] Supprimer les données personnelles
       *[cancel] Annuler
    }
# What follows from it.
support-action-effect =
    { $action ->
        [resend] Le client reçoit le même lien encore une fois par e-mail.
        [reissue] Le client reçoit un nouveau lien. L’ancien n’est plus valable dès maintenant, et les adresses incorrectes saisies ne comptent plus.
        [extend] Le lien est valable autant de jours de plus, même s’il a déjà expiré.
        [choose] Les places sont réservées immédiatement et le client reçoit la confirmation. Pour lui, cela ne coûte jamais plus cher.
        [settle] Le souhait du client est réglé : le dossier ne figure plus dans la liste de travail, et le client n’attend plus d’e-mail sur de nouvelles dates.
        [forget] Le nom, l’adresse et tout ce que le client a écrit sont supprimés de ce dossier. Les montants, les dates et les chiffres restent, de même que l’auteur, le moment et le motif de la suppression. Cela ne peut pas être annulé.
       *[cancel] Un lien ouvert n’est plus valable dès maintenant ; un changement de date est défait et ses places sont libérées.
    }
support-action-button =
    { $action ->
        [resend] Renvoyer
        [reissue] Envoyer un nouveau lien
        [extend] Prolonger
        [choose] Réserver cette date
        [settle] Réglé
        [forget] Supprimer définitivement
       *[cancel] Annuler définitivement
    }
# What the last form of support led to; nothing for any other word.
support-told =
    { $said ->
        [resend] Le lien est renvoyé.
        [reissue] Un nouveau lien est en route.
        [extend] Le lien est désormais valable plus longtemps.
        [choose] La réservation a été déplacée.
        [cancel] Le dossier a été annulé.
        [forget] Les données personnelles de ce dossier sont supprimées.
        [forget-person] Les données personnelles liées à cette adresse sont supprimées.
        [take] Vous suivez maintenant ce dossier.
        [give-back] Le dossier est de nouveau libre.
        [note] La note est enregistrée.
        [settle] Le souhait est marqué comme réglé.
        [retry] La tâche est relancée.
        [skip] La tâche a été ignorée.
        [dealt_with] La commande est cochée.
        [events_on] Les messages à d’autres systèmes sont activés.
        [sent] Le lien est en route.
        [link-stands] Il existe un lien valable pour cette réservation. Si le client n’a pas reçu l’e-mail, renvoyez-le ci-dessous.
       *[other] { "" }
    }

## Earnings

# The steps from a decline to a confirmed rebooking.
support-stage =
    { $stage ->
        [declined] Refusés
        [mailed] Lien envoyé
        [opened] Page ouverte
        [rebooked] Date changée
       *[confirmed] Confirmés
    }

# The columns of the table for spreadsheets.
support-earnings-column =
    { $column ->
        [month] Mois
        [partner] Partenaire
        [course] Cours
        [declined] Refusés
        [mailed] Lien envoyé
        [opened] Page ouverte
        [rebooked] Date changée
        [confirmed] Confirmés
        [refunded] Dossiers remboursés
        [expired] Expirés sans utilisation
        [currency] Monnaie
        [kept] Conservé
        [absorbed] Suppléments pris en charge
        [given-back] Différences remboursées
        [refunds] Remboursé en totalité
        [spared] Ce que les dossiers confirmés auraient coûté en remboursements
        [hours-to-choice] Heures jusqu’au choix (médiane)
       *[hours-to-confirmation] Heures jusqu’à la confirmation (médiane)
    }
support-chart = Dossiers par mois : refusés, date changée, confirmés
support-chart-month = { $month } : { $declined } refusés, { $rebooked } date changée, { $confirmed } confirmés

## In templates

support-attention-needed = À traiter
support-by-course = Par cours
support-by-month-partner = Par mois et par partenaire
support-by-partner = Par partenaire
support-can-do = Ce que vous pouvez faire
support-cancel-first = Annuler d’abord, si quelque chose est encore ouvert
support-cancel-open-first = Annuler d’abord les dossiers ouverts
support-case-name = Dossier
support-cases = Dossiers
support-cases-found = Dossiers trouvés
support-confirmed = Confirmés
support-course-date = Cours et date
support-customer = Client :
support-customer-reads = Le client le lira.
support-days = Jours (de 1 à 365)
support-dealt-with = Réglé
support-dealt-with-order = Réglé : commande
support-declined = Refusés
support-differences-given-back = Différences remboursées :
support-download-case = Télécharger tout ce qui concerne ce dossier (JSON)
support-download-file = Télécharger sous forme de fichier
support-download-table = Télécharger sous forme de tableau (CSV)
support-earnings-heading = Ce que rapportent les changements de date
support-earnings-title = Bilan
support-email-address = Adresse e-mail
support-expired = Expirés
support-expired-unused = Expirés sans utilisation :
support-forget = Supprimer
support-forget-for-good = Supprimer définitivement
support-forget-hint = Le nom, l’adresse et tout ce que la personne a écrit sont supprimés dans tous ses dossiers. Les montants, les dates et les chiffres restent, de même que l’auteur, le moment et le motif de la suppression. Cela ne peut pas être annulé.
support-found = Trouvée
support-from = Du
support-hand-out = Communiquer
support-have-look = Consulter
support-higher-prices-absorbed = Suppléments pris en charge :
support-history = Historique
support-holder = Suivi par :
support-hours = heures
support-hours-choice = Heures jusqu’au choix
support-hours-confirmation = Heures jusqu’à la confirmation
support-keep-note = Enregistrer la note
support-kept = Conservé
support-link-button = Envoyer le lien maintenant
support-link-for-order = Envoyer un lien pour cette commande :
support-link-heading = Envoyer un lien manuellement
support-link-hint = Le client reçoit un e-mail avec son lien. La réservation reste telle quelle jusqu’à ce qu’il choisisse une nouvelle date. S’il existe déjà un lien valable, vous arrivez à son dossier et pouvez l’y renvoyer.
support-link-title = Envoyer un lien
support-links = Liens, le plus récent en premier
support-mailed = Envoyés
support-events-heading = Messages à d’autres systèmes
support-events-hint = Aucun n’est perdu : ils attendent. Veuillez transmettre l’information au service technique, et activez les messages dès que l’autre système est de nouveau joignable.
support-events-last = En dernier :
support-events-on = Activer maintenant
support-malformed-heading = Lignes incorrectes de la base de données
support-malformed-hint = Ces lignes n’ont pas de sens et sont laissées de côté ; ce qui en dépend reste bloqué. Veuillez les transmettre à l’équipe technique. Dès qu’une ligne est corrigée, elle disparaît d’ici.
support-malformed-table = Lignes qui n’ont pas de sens
support-mark = Marque
support-median-choice = Médiane jusqu’au choix :
support-median-confirmation = Médiane jusqu’à la confirmation :
support-month = Mois
support-next-heading = Prochaine étape
support-next-label = Prochaine étape :
support-new-note = Nouvelle note
support-no-case-began = Aucun dossier n’a commencé pendant cette période.
support-no-cases-found = Aucun dossier trouvé.
support-no-date-fits = Aucune date ne convient pour le moment.
support-note-hint = Seule l’assistance la lit. Elle est remise au client s’il demande ses données, et supprimée avec le dossier.
support-nothing-to-do = Il n’y a plus rien à faire pour ce lien.
support-opened = Ouverts
support-order-item = Ou : numéro de l’article de la commande
support-order-item-hint = La boutique affiche ce numéro pour chaque article de la commande (item_id). S’il existe déjà un dossier, c’est son numéro, par exemple « Dossier 7001 ».
support-order-number = Numéro de commande
support-order-number-hint = Tel que le client le connaît. Si plusieurs réservations y sont liées, vous en choisirez une ensuite.
support-overview = Aperçu
support-partner = Partenaire :
support-partner-name = Partenaire
support-people-hint = Lorsqu’une personne souhaite savoir ce qui est enregistré à son sujet, ou souhaite être oubliée. La recherche couvre tout ce qui est lié à son adresse e-mail, quelle que soit la façon dont elle est écrite. Ce que la boutique, le système d’assistance et un portail de partenaires distinct ont enregistré n’en fait pas partie.
support-people-title = Demandes d’accès et de suppression
support-please-choose = Veuillez choisir
support-preview = Voir la page du client
support-reason = Motif
support-reason-in-history = Motif (conservé dans l’historique, sans noms)
support-reason-stays = Motif (reste dans l’historique, sans noms)
support-reason-without-names = Motif (sans noms)
support-rebooked = Date changée
support-rebookings-by-month = Changements de date par mois
support-refunded = Remboursés
support-refunded-cases = Remboursés :
support-refunded-full = Remboursé en totalité :
support-revenue-kept = de chiffre d’affaires conservé
support-row = Ligne
support-search = Rechercher
support-search-for = Numéro de commande, adresse e-mail ou nom
support-send-by-hand = Envoyer un lien manuellement
support-share-rebooked = Part des dates changées
support-show = Afficher
support-silent-asked = sollicité le
support-silent-heading = Des partenaires ne répondent pas
support-silent-hint = Ces réservations sont vendues, et leur partenaire n’a pas répondu à notre demande. Veuillez l’appeler. Dès sa réponse, la réservation disparaît de cette liste, sinon à la fin de la date. Si le client a besoin d’une autre date, envoyez-lui un lien à partir du numéro de commande.
support-silent-partner = Partenaire
support-skip = Ignorer
support-skip-for-good = Ignorer définitivement
support-sorted = Ordre
support-spared = En remboursements, les mêmes dossiers auraient coûté :
support-table-column = Table et colonne
support-taken-by = Suivi par
support-task = Tâche
support-tasks = Tâches
support-tasks-heading = Tâches : e-mails, commandes, tickets
support-tasks-table = Tâches et leur état
support-ticket = Ticket :
support-time = Moment
support-times = Toutes les heures sont celles de Berlin ; dans un dossier, elles sont celles du lieu du cours.
support-to = Au
support-total = Total
support-tries = Essais
support-tries-label = Essais :
support-try-again = Relancer
support-try-again-of = Relancer :
support-unclaimed-heading = Commandes de la boutique sans changement de date
support-unclaimed-hint = Ces commandes portent une marque de notre part (champ ext_order_id), mais n’appartiennent à aucun changement de date. Veuillez les examiner dans la boutique : annulez-les ou retirez la marque. Elles disparaîtront alors d’elles-mêmes. Si une commande est correcte telle quelle, cochez-la ici.
support-unclaimed-table = Commandes qui n’appartiennent à aucun changement de date
support-what-now = Que faire ?
support-which-booking = Quelle réservation ?
support-why = Pourquoi
