### What a calendar is told.

# What the file of an entry is called.
calendar-file = termin.ics
calendar-order = Bestellung #{ $order }
calendar-participants = Teilnehmer: { $count }
# What the calendar of a partner is called.
calendar-of-partner = Bestätigte Termine – { $brand }
