### What a calendar is told.

# What the file of an entry is called.
calendar-file = rendez-vous.ics
calendar-order = Commande #{ $order }
calendar-participants = Participants : { $count }
