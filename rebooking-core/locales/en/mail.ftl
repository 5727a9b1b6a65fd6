### What mails say. Their layout is in the templates of mails.

## Every mail

# What follows a greeting goes on with its sentence, where a language does so.
mail-greeting = Hello,
mail-greeting-name = Hello { $name },
mail-team = Your { $brand } team
mail-questions = Questions? We are glad to help:
mail-home-page = To the { $brand } home page
# What a name and what it names are joined by.
mail-label = { $text }:
mail-order = Order
mail-course = Course
mail-date = Date
mail-place = Venue
mail-participants = Participants
mail-guest = Guest
mail-reason = Reason
mail-previous-date = Previous date
mail-not-booked = Not booked
mail-nothing-to-do = There is nothing you need to do.

## The link

mail-easily = REBOOK EASILY
mail-one-click = Pick a new date: one click is enough; no sign-in is needed.
mail-choose = CHOOSE A NEW DATE
mail-or-open = Or open this address in your browser:
# $time: mail-days or mail-hours; $aged: whether the link has waited for a while.
mail-valid =
    { $aged ->
        [yes] This link is valid for another { $time }.
       *[no] This link is valid for { $time }.
    }
mail-valid-until = You can use it until { $until }.
mail-keep-to-yourself = It belongs to your booking – please do not pass it on.
mail-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
mail-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }

## What a booking is headed with

mail-original-booking = ORIGINAL BOOKING
mail-your-booking = YOUR BOOKING
mail-new-booking = NEW BOOKING DETAILS
mail-affected-booking = AFFECTED BOOKING
mail-booking-called-off = CANCELLED BOOKING
mail-booked-date = BOOKED DATE
mail-requested-date = REQUESTED DATE
mail-previous-booking = PREVIOUS BOOKING
mail-withdrawn-booking = WITHDRAWN BOOKING

## Calendar

mail-calendar-attached = You will find the date as a calendar entry attached to this mail.
mail-calendar-provisional = You will find the date as a provisional calendar entry attached to this mail.
mail-calendar-removes-previous = The attached entry removes the previous date from your calendar.
mail-calendar-removes-this = The attached entry removes this date from your calendar.

## To customers

mail-declined-subject = Change of date for your booking #{ $order }
mail-declined-preview = Choose a new date with one click.
mail-declined-heading = Your date is changing
mail-declined-lead = We are sorry to tell you that the course date you booked cannot go ahead.
mail-limit-reached-subject = Change of date for your booking #{ $order }
mail-limit-reached-preview = Our support team will contact you.
mail-limit-reached-heading = We are taking care of it personally
# $again: whether it had been moved before.
mail-limit-reached-lead =
    { $again ->
        [yes] We are sorry to tell you that your new date cannot go ahead either.
       *[no] { mail-declined-lead }
    }
mail-what-next = WHAT HAPPENS NEXT
mail-limit-reached-next = Our support team will contact you to find a solution together. There is nothing you need to do.
mail-link-sent-subject = Another date for your booking #{ $order }
mail-link-sent-preview = Choose another date with one click.
mail-link-sent-heading = Choose another date
mail-link-sent-lead = You are welcome to move your booking to another date.
mail-link-replaced-subject = Your new link for booking #{ $order }
mail-link-replaced-preview = Use this link to choose your new date.
mail-link-replaced-heading = Here is your new link
mail-link-replaced-lead = Here is your new rebooking link. It replaces all earlier links for this booking.
mail-reminder-subject = Your link expires soon - booking #{ $order }
mail-reminder-preview = Choose a new date with one click.
mail-reminder-heading = You have not chosen a new date yet
mail-reminder-lead = You can still move your booking to a new date. Your link expires on { $day }, at { $time }.
mail-new-dates-subject = New dates for your booking #{ $order }
mail-new-dates-preview = There are new dates for your course now.
mail-new-dates-heading = There are new dates
mail-new-dates-lead = You asked us to tell you when there are new dates for your course. Now there are some.
mail-order-refused-subject = Please choose a date once more - #{ $order }
mail-order-refused-preview = The date you chose could not be booked.
mail-order-refused-heading = Please choose once more
mail-order-refused-lead = We are sorry: the rebooking you chose could not be completed.
mail-rebooked-subject = Rebooking confirmed - #{ $order }
mail-rebooked-preview = Your new date: { $date }, { $times }
mail-rebooked-heading = Rebooking confirmed
mail-rebooked-lead = Your rebooking was successful!
mail-rebooked-absorbed = The new date costs { $amount } more. We cover the difference; you pay nothing extra.
mail-rebooked-refund = The new date costs less: we refund you { $amount }.
mail-rebooked-to-pay = The new date costs { $amount } more, as you agreed when you chose it. We will contact you about the payment.
# $confirmed: whether the partner has confirmed it already.
mail-rebooked-partner =
    { $confirmed ->
        [yes] The partner has already confirmed your new date.
       *[no] The partner will confirm your date shortly. You will receive another e-mail as soon as it is confirmed.
    }
# A backup that the customer had named, booked as the partner declined.
mail-backup-subject = Your backup date is booked - #{ $order }
mail-backup-preview = Your backup date: { $date }, { $times }
mail-backup-heading = Your backup date is booked
mail-backup-lead = Unfortunately your previous date cannot take place. So we have booked the backup date that you had named.
mail-backup-another-way = Does the backup date not suit you after all? Get in touch with us, and we will find another solution.
mail-backup-exchange = Does the backup date not suit you after all? Until the partner has answered you can exchange it for another date on the page of your rebooking.
mail-backup-exchange-name = EXCHANGE THE DATE
mail-backup-exchange-or-name = CHANGE THE DATE OR BACKUP DATES
mail-backup-refused-lead = We are sorry: your previous date cannot take place, and your backup date could not be booked.
# Backups for the new date.
mail-backups-title = IF THE PARTNER CANNOT MAKE IT
mail-backups-again = IF THIS DATE CANNOT TAKE PLACE EITHER
mail-backups-how = Until the partner has answered you can name backup dates. If the partner declines, we book the first one that is still possible at once – at the price that you were shown.
mail-backups-name = NAME BACKUP DATES
mail-backups-change = CHANGE BACKUP DATES
mail-see-rebooking = VIEW MY REBOOKING
mail-partner-confirmed-subject = Your date is confirmed - #{ $order }
mail-partner-confirmed-heading = Your date is confirmed
mail-partner-confirmed-lead = Good news: the partner has confirmed your new date. We hope you enjoy it!
mail-called-off-subject = Your rebooking has been called off - #{ $order }
mail-called-off-heading = Your rebooking has been called off
mail-called-off-lead =
    { $why ->
        [refunded] Your order has been refunded. Your rebooking to this date is therefore called off as well.
        [order_cancelled] Your order has been cancelled. Your rebooking to this date is therefore called off as well.
       *[support] We have called off your rebooking to this date.
    }
mail-called-off-questions = Do you have questions, or did you not expect this? Just reply to this e-mail.

## To partners

mail-confirm = CONFIRM
mail-decline = DECLINE
mail-booking-request-subject = Please confirm: { $date }, { $times } - #{ $order }
mail-booking-request-heading = Please confirm a booking
mail-booking-request-lead = A guest has booked one of your dates. Please confirm or decline the booking.
mail-partner-request-subject = Please confirm: { $date }, { $times } - #{ $order }
mail-partner-request-heading = Please confirm a date
mail-partner-request-lead = A guest would like to move to one of your dates. Please confirm or decline the booking.
mail-partner-reminder-subject = Reminder – please confirm: { $date }, { $times } - #{ $order }
mail-partner-reminder-heading = We are still waiting for your answer
# $asked: the day on which the partner was asked.
mail-partner-reminder-lead = On { $asked } we asked you about this booking, and we have had no answer yet. The guest is waiting for it: please confirm or decline the booking.
mail-partner-withdrawn-subject = Request withdrawn: { $date }, { $times } - #{ $order }
mail-partner-withdrawn-heading = This request is no longer needed
mail-partner-withdrawn-lead = This booking is no longer needed: the guest will not come on this date; the places are free again.
mail-partner-released-subject = Booking moved: { $date }, { $times } - #{ $order }
mail-partner-released-heading = A booking has been moved
mail-partner-released-lead = A guest has moved this booking to another date. The places on the previous date are free again.
