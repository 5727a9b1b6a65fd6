### What a calendar is told.

# What the file of an entry is called.
calendar-file = date.ics
calendar-order = Order #{ $order }
calendar-participants = Participants: { $count }
# What the calendar of a partner is called.
calendar-of-partner = Confirmed dates – { $brand }
