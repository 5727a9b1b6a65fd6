### What the customer's pages say.

page-new-link-heading = New link requested
page-new-link-asked-for = If the e-mail address belongs to the booking and the old link has expired, a new link is already on its way to you. Please check your spam folder, too. The link usually arrives within a few minutes. If it is not there after an hour, please write to us.
page-nothing-to-choose = There is no date that you could choose at the moment. Please tell us further down what would help you.
# Until when the link works.
page-valid-until = This link is valid until { $day }, { $hour }.

## The booking

page-declined = { $day } (declined)
page-called-off = { $day } (called off)

## A date to choose

page-places =
    { $free ->
        [one] 1 place available
       *[other] { $free } places available
    }
page-per-person = { $price } per person
page-for-people =
    { $people ->
        [one] { $total } for 1 person
       *[other] { $total } for { $people } people
    }
# The difference to what has been paid, and what follows from it.
page-difference =
    { $difference ->
       *[same] Same price as before
        [absorbed] { $amount } more than before – we cover that. You have paid { $paid }, and there is nothing more to pay.
        [refund] { $amount } less than before – we refund the difference.
        [to_pay] { $amount } more than before – this amount remains to be paid.
    }
# The button of a date. Where it costs more it says so, as German law asks for (BGB § 312j).
page-choose =
    { $difference ->
        [to_pay] Select and pay
       *[other] Select
    }
# The same for who does not see the card around the button.
page-choose-this =
    { $difference ->
        [to_pay] Select and pay { $start }, { $total }
       *[other] Select { $start }, { $total }
    }

## Many dates: a filter, groups by month, a calendar

# How many there are, or are left by the filter.
page-many-count =
    { $count ->
        [one] 1 date
       *[other] { $count } dates
    }
page-many-narrowed =
    { $count ->
        [0] No date fits your selection.
        [one] 1 of { $all } dates fits your selection.
       *[other] { $count } of { $all } dates fit your selection.
    }
page-many-filter = Narrow down by weekday and time
page-many-weekdays = Weekday
page-many-times = Time of day
page-many-time =
    { $time ->
        [morning] Morning (before 12:00)
        [afternoon] Afternoon (12:00 to 17:00)
       *[evening] Evening (from 17:00)
    }
page-many-apply = Show what fits
page-many-show-all = Show all dates
page-many-views = View
page-many-view =
    { $view ->
        [calendar] Month calendar
       *[list] List
    }
page-many-jump = Jump to a month
# $proposed: whether the partner has proposed some of them.
page-many-nearest =
    { $proposed ->
        [yes] Suggested by the partner, and nearest dates
       *[no] Nearest to your original date
    }
page-many-nearest-jump = Nearest
# Dates of this month that stand among the nearest.
page-many-above =
    { $count ->
        [one] Another date of this month stands above, among the nearest.
       *[other] { $count } more dates of this month stand above, among the nearest.
    }
page-many-proposed = Suggested by the partner
page-many-same-price = Same price
page-many-calendar-hint = A time in the calendar leads to its date below, with price and free places.
# The heads of a calendar sheet.
page-many-weekday =
    { $weekday ->
        [monday] Mon
        [tuesday] Tue
        [wednesday] Wed
        [thursday] Thu
        [friday] Fri
        [saturday] Sat
       *[sunday] Sun
    }
# The date that was chosen before the address was there.
page-many-kept = The date that you chose
page-many-kept-hint = Please enter your e-mail address above, and select the date here once more. It is not booked yet.

## What was booked

page-booked-before = This link has already been used. This is the date that is booked:
page-booked-heading =
    { $outcome ->
        [before] Your booking had already been moved
        [confirmed] Your new date is confirmed!
        [lost] Unfortunately this date cannot take place
        [lost_for_good] Unfortunately this date cannot take place
        [cancelled] This rebooking has been cancelled
       *[open] Your booking has been moved!
    }
# $live: whether it is still to take place.
page-booked-lead =
    { $live ->
        [yes] Your booking has been moved to the new date:
       *[no] You had used this link to rebook to this date:
    }
page-booked-as-backup = Your previous date cannot take place. The backup date that you had named is booked:
# For whom a backup was booked that no longer suits.
page-backup-another-way = Does this date not suit you after all? Get in touch with us: we will find another solution.
page-date-label =
    { $live ->
        [yes] New date:
       *[no] Date:
    }
page-mail-follows = You will receive a confirmation by e-mail shortly.
page-what-is-next =
    { $outcome ->
        [confirmed] The partner has confirmed the date. We hope you enjoy it!
        [lost] We are sorry. Our latest e-mail says what comes next: please open the link in it.
        [lost_for_good] We are very sorry. Our support team will contact you to find a solution.
        [cancelled] Our support team will gladly help you with any question.
       *[open] The partner has not confirmed the date yet. You will receive another e-mail as soon as they have.
    }
# How long to wait for the partner's answer, and what to do then.
page-ask-by = If you have not heard from us by { $day }, please write to us, and we will ask the partner.
# For who waits for support: within how many days.
page-ask-within =
    { $days ->
        [one] If you have not heard from us by tomorrow, please write to us.
       *[other] If you have not heard from us within { $days } days, please write to us.
    }
# Where the date goes into a calendar.
page-calendar =
    { $calendar ->
        [google] Google Calendar
        [outlook] Outlook on the web
       *[file] Apple, Outlook and others (.ics)
    }
# What has been paid for the party, and what follows from the difference in price.
page-paid =
    { $difference ->
        [refund] You have paid { $paid } in total. We will refund the difference of { $amount }.
        [to_pay] You have paid { $paid } so far. The difference of { $amount } remains to be paid. We will contact you about the payment.
       *[other] You have paid { $paid } in total. There is nothing more to pay.
    }

## Backups

page-backups-heading = If the partner cannot make it
# $count: how many may be named.
page-backups-lead =
    { $count ->
        [one] Until the partner has answered you can name a backup date. If the partner declines, we book it at once, provided that it is still possible – at the price that you see here. No place is reserved until then.
       *[other] Until the partner has answered you can name backup dates. If the partner declines, we book the first one that is still possible at once – at the price that you see here. No places are reserved until then.
    }
# $count: how many are named.
page-backups-standing =
    { $count ->
        [one] Noted:
       *[other] Noted, in this order:
    }
page-backup-place =
    { $count ->
        [one] Backup date
       *[other] Backup date { $place }
    }
page-backup-none = No backup date
# $total: for the whole party.
page-backup-option =
    { $difference ->
        [same] { $day } – { $total }, same price
        [absorbed] { $day } – { $total }, no extra cost
        [refund] { $day } – { $total }, { $amount } back
       *[to_pay] { $day } – { $total }, { $amount } more
    }
page-backups-address-hint = The address that you booked with, so that nobody else can name backup dates.
# $count: how many may be named.
page-backups-save =
    { $count ->
        [one] Save backup date
       *[other] Save backup dates
    }
# $count: how many are named.
page-backups-saved =
    { $count ->
        [one] Your backup date is noted.
       *[other] Your backup dates are noted.
    }
page-backups-taken-back = No backup dates are noted any more.

## Another date in place of a backup

page-exchange-heading = Would another date suit you better?
page-exchange-lead = Until the partner has answered you can exchange your backup date for another one, once. It stays booked for you until you have chosen the new one. Then it is free again, and the partner still has to confirm the new date as well.
page-exchange-backups = If you have noted backup dates, please name them again afterwards: the next e-mail has the link.
page-exchange-date = New date
page-exchange-choose = Please choose
page-exchange-address-hint = The address that you booked with, so that nobody else can exchange your date.
page-exchange-button = Exchange the date
page-exchanged = Your date has been exchanged.

## Errors

-too-many = Too many attempts
-once-more = Please try again in a moment
-request-closed = This request is closed

# What an error page is headed with, by the code of the error. look_first: it may have been done,
# and would be done again.
page-refused-heading =
    { $code ->
        [token_unknown] Link not found
        [token_expired] This link has expired
        [token_superseded] There is a newer link
        [token_cancelled] This link is no longer valid
        [too_many_attempts] { -too-many }
        [attempts_exhausted] { -too-many }
        [too_many_requests] { -too-many }
        [not_found] Page not found
        [wrong_role] No access to this page
        [stale_form] Please open the page anew
        [look_first] Please check first
        [try_later] { -once-more }
        [outcome_unknown] { -once-more }
        [answer_timeout] { -once-more }
        [request_timeout] { -once-more }
        [confirmation_closed] { -request-closed }
        [rebooking_over] { -request-closed }
       *[other] Sorry, that did not work
    }

## In templates

page-access-token = Access token
page-address = Your e-mail address
page-address-for-link = The address that you booked with. We will send the new link there.
page-address-to-choose = The address that you booked with, so that nobody else can move your booking.
page-address-to-write = The address that you booked with, so that we know that the message is from you.
page-choose-date = Please choose a new date:
page-choose-title = Choose a new date
page-continue = Continue
page-course = Course:
page-demo-known = This is a demo: its tokens are known to everybody.
page-demo-mailbox = mailbox
page-demo-not-kept = This is a demo: nothing is kept, and mails go nowhere but to its
page-error-mark = Error:
page-filter-list = Filter the list
page-go-to-date = Go to the date
page-go-to-dates = Go to the dates
page-go-to-field = Go to the field
page-go-to-options = Go to the options
page-into-calendar = Add to your calendar
page-next = Next
page-no-dates = Unfortunately no dates are available
page-no-dates-next = Our support team will contact you to find a solution.
page-no-dates-now = There are no further dates for this course at the moment.
page-or-call-us = Or call us:
page-order = Order:
page-order-pending = You will find the final order number in our e-mail.
page-original-booking = Your original booking:
page-original-date = Original date:
page-paging = Pages of the list
page-participants = Participants:
page-previous = Previous
page-proposed = Suggested by the partner
page-questions = Questions? We are happy to help:
page-sections = Sections
page-send-me-new-link = Send me a new link
page-sign-in = Sign in
page-sign-in-hint = For partners and support. Customers need not sign in: just open the link in our e-mail.
page-sign-out = Sign out
page-sign-out-everywhere = Sign out everywhere
page-skip = Skip to content
page-to-home = To the { $brand } home page
page-trap-text = Please leave empty
page-trap-tick = Please do not tick
page-until-then = Until then:
page-venue = Venue:
page-wish-money-back = Get my money back
page-wish-money-back-button = Ask for a refund
page-wish-money-back-hint = Our support team will contact you and take care of the refund. Until then you can still use this link.
page-wish-money-back-text = Is there anything you would like to tell us? (optional)
page-wish-months = These months suit me
page-wish-new-dates = Be told about new dates
page-wish-new-dates-button = Notify me of new dates
page-wish-new-dates-hint = We will write to you as soon as there are new dates for this course.
page-wish-other = Tell us your wishes
page-wish-other-button = Send my wishes
page-wish-text = Your message
page-wish-weekdays = These weekdays suit me
page-wishes = Tell us what would help you
page-wishes-here = Or write to us right here. Please enter your e-mail address above.
page-wishes-here-first = Write to us right here. Please enter your e-mail address above.
page-wishes-no-date = No date that suits you? Contact us:
page-write-us = Write to us:
