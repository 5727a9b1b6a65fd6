### What a calendar is told.

# What the file of an entry is called.
calendar-file = rendez-vous.ics
calendar-order = Commande #{ $order }
calendar-participants = Participants : { $count }
# What the calendar of a partner is called.
calendar-of-partner = Dates confirmées – { $brand }
