### What a calendar is told.

# What the file of an entry is called.
calendar-file = date.ics
calendar-order = Order #{ $order }
calendar-participants = Participants: { $count }
