### What is said of a field that is wrong: to programs by its name, on pages in words that know no
### names of fields.

fields-unknown = Le champ « { $field } » n’existe pas ici.
fields-invalid = Le champ « { $field } » manque ou n’est pas correct. Attendu : { fields-wanted }.
# $words: what it must be one of.
fields-not-one-of = Le champ « { $field } » manque ou n’est pas correct. Attendu : l’une des valeurs { $words }.

-date-id = le numéro d’une date
-day = un jour comme 2027-01-31, une seule fois, « to » pas avant « from »

# What a field must hold.
fields-wanted =
    { $field ->
        [customerEmail] l’adresse e-mail de la réservation
        [email] une adresse e-mail
        [cancelOpen] true ou false
        [takeOver] true ou false
        [selectedDateId] { -date-id }
        [dateId] { -date-id }
        [expectedTotal] le prix total sous forme de nombre avec les décimales de la monnaie, comme 178.00
        [kind] new_dates, other ou money_back, dans la mesure où ils sont proposés
        [weekdays] des jours de la semaine de monday à sunday
        [backups] d’autres dates possibles, chacune une seule fois et pas plus que proposé
        [months] des mois de 1 à 12
        [reason] un motif, 2000 caractères au plus
        [note] une note, 2000 caractères au plus
        [text] un texte, 2000 caractères au plus ; non vide pour other si aucun jour de la semaine ni aucun mois n’est indiqué
        [proposedDateIds] trois autres dates à venir du même cours au plus
        [orderItemId] le numéro d’un article de commande
        [orderNumber] un numéro de commande
        [days] de 1 à 365 jours
        [event] refunded ou cancelled
        [page] un nombre à partir de 1, une seule fois
        [size] un nombre de 1 à 100, une seule fois
        [status] l’un des états possibles, une seule fois
        [attention] failed, partner_silent, wish ou no_dates, une seule fois
        [state] waiting, leased, done, dead ou skipped, une seule fois
        [from] { -day }
        [to] { -day }
        [q] un numéro de commande, une adresse e-mail ou un nom, une seule fois et sans caractères de contrôle
       *[body] un objet JSON avec les champs décrits
    }

-no-such-option = Veuillez choisir l’une des possibilités proposées.
-no-such-selection = Cette sélection n’existe pas. Veuillez choisir sur la page même ce que vous souhaitez voir.
-no-such-span = Veuillez indiquer une période qui ne se termine pas avant son début.

# What to do about a field of a page's form, or about the address of a page.
fields-mistaken =
    { $field ->
        [customerEmail] Veuillez indiquer l’adresse e-mail avec laquelle vous avez réservé, par exemple nom@example.com.
        [partnerEmail] Veuillez indiquer l’adresse e-mail à laquelle notre demande a été envoyée, par exemple nom@example.com.
        [email] Veuillez indiquer une adresse e-mail, par exemple nom@example.com.
        [choice] Veuillez choisir une date à l’aide du bouton placé en dessous.
        [answer] Veuillez choisir si vous confirmez ou refusez la date.
        [wish] { -no-such-option }
        [kind] { -no-such-option }
        [text] Veuillez indiquer les jours de la semaine ou les mois qui vous conviennent, ou écrivez-nous un message de 2000 caractères au plus.
        [refundText] Veuillez raccourcir votre message à 2000 caractères au plus.
        [weekdays] Veuillez choisir les jours de la semaine dans la liste.
        [backups] Veuillez choisir des dates différentes dans la liste, chacune une seule fois.
        [months] Veuillez choisir les mois dans la liste.
        [reason] Veuillez indiquer un motif (2000 caractères au plus).
        [note] Veuillez écrire une note (2000 caractères au plus).
        [proposedDateIds] Veuillez proposer trois dates à venir du même cours au plus.
        [days] Veuillez indiquer de 1 à 365 jours.
        [orderItemId] Veuillez indiquer le numéro de l’article de la commande (chiffres uniquement).
        [orderNumber] Veuillez indiquer le numéro de commande.
        [dateId] Veuillez choisir une date.
        [q] Veuillez rechercher un numéro de commande, une adresse e-mail ou un nom.
        [from] { -no-such-span }
        [to] { -no-such-span }
        [page] { -no-such-selection }
        [size] { -no-such-selection }
        [status] { -no-such-selection }
        [attention] { -no-such-selection }
        [view] { -no-such-selection }
        [weekday] { -no-such-selection }
        [time] { -no-such-selection }
        [blank] Votre navigateur ou votre gestionnaire de mots de passe a rempli un champ que personne ne voit. Rien n’a donc encore été fait. Vos informations sont toujours là : veuillez appuyer encore une fois sur le bouton.
       *[other] Veuillez vérifier vos informations et réessayer.
    }
