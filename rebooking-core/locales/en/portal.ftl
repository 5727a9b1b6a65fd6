### What the pages of partners and support say.

## Signing in

portal-signed-out = You have signed out.
portal-session-ended = Your session has ended, so nothing has been changed. Please sign in once more.
portal-sign-in-first = Please sign in to open this page. A session ends when it has not been used for an hour.
portal-wrong-token = We do not know this access token. Please check that it is complete.

## Where to go

portal-open-anew = Open the page anew
portal-to-overview = To the overview
portal-other-sign-in = Sign in with another access token
portal-nav =
    { $page ->
        [requests] Requests
        [rebookings] Rebookings
        [calendar] Calendar
        [cases] Cases
        [send-link] Send a link
        [effects] Tasks
        [people] People
       *[earnings] Earnings
    }

## Lists

portal-all = All
portal-entries =
    { $total ->
        [one] 1 entry
       *[other] { $total } entries
    }
# Where one is in a list: the page $page of $last.
portal-part =
    { $last ->
        [1] { portal-entries }
       *[other] Page { $page } of { $last } · { portal-entries }
    }
# How far a declined booking has come.
portal-status =
    { $status ->
        [open] open
        [rebooked] rebooked
        [awaiting_partner] waiting for the partner
        [confirmed] confirmed
        [declined] declined again
        [rejected] refused by the shop
        [expired] expired
       *[cancelled] cancelled
    }
# The same as its partner reads it.
portal-status-for-partner =
    { $status ->
        [booking_stands] booking stands (link from support)
        [awaiting_partner] waiting for your confirmation
       *[other] { portal-status }
    }
# The columns of the table for spreadsheets.
portal-column =
    { $column ->
        [order] Order
        [course] Course
        [customer] Customer
        [participants] Participants
        [original-date] Original date
        [new-order] New order
        [new-date] New date
        [status] Status
       *[chosen-at] Chosen on
    }

## A partner's requests

portal-partner = Partner { $id }
portal-partner-named = { $name } (Partner { $id })
portal-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
portal-free-places =
    { $free ->
        [one] 1 place free
       *[other] { $free } places free
    }
# What a partner's last form led to; nothing for any other word.
portal-told =
    { $said ->
        [confirmed] The date is confirmed. We will tell the customer.
        [date_confirmed] All open requests for this date are confirmed. We will tell the customers.
        [nothing_to_confirm] No request was open for this date any more.
        [declined] The request is declined. The customer will get a link to choose another date.
        [declined_before] You had already declined this request for another reason. That reason stands; the new one is not stored.
        [withdrawn] The whole date is cancelled. Everybody who had booked it will be told.
        [calendar_made] The address is made.
        [calendar_revoked] The address is deleted and no longer valid.
       *[other] { "" }
    }
# All open requests for a date, answered at once.
portal-confirm-all = Confirm all open requests for { $date }
# What became of them where some could not be confirmed; $why: each of these with its reason.
portal-confirmed-in-part =
    { $confirmed ->
        [0] No request could be confirmed. { $why }
        [one] 1 request is confirmed. { $why }
       *[other] { $confirmed } requests are confirmed. { $why }
    }
portal-not-confirmed = Not order #{ $order }: { $why }
portal-request =
    { $state ->
        [waiting] being prepared
        [pending] waiting for your answer
        [confirmed] confirmed
        [declined] declined
       *[withdrawn] withdrawn
    }
# The same as the name of a filter.
portal-requests =
    { $state ->
        [waiting] Being prepared
        [pending] Open
        [confirmed] Confirmed
        [declined] Declined
       *[withdrawn] Withdrawn
    }
portal-no-requests =
    { $state ->
        [pending] There are no requests waiting for your answer.
       *[other] There are no requests here.
    }
# How many bookings a withdrawn date takes with it.
portal-hits =
    { $bookings ->
        [one] This affects 1 booking. The customer loses this date: a backup that was named is booked at once; otherwise a link for another date follows, and after the last link our support helps.
       *[other] This affects { $bookings } bookings. All of them lose this date: where a backup was named it is booked at once; otherwise a link for another date follows, and after the last link our support helps.
    }

## A partner's calendar

portal-calendar-title = Your calendar
portal-calendar-heading = Subscribe to confirmed dates
portal-calendar-lead = Your calendar program (Google, Apple, Outlook and others) can read all bookings that you have confirmed at a secret address, and keeps them up to date by itself. The calendar tells course, time, venue, order number and number of participants, but nobody who has booked.
portal-calendar-make = Make an address
portal-calendar-address = Address to subscribe to
portal-calendar-secret = Please copy the address now and add it to your calendar program as a subscription: we show it this once only. Whoever knows it can read the calendar.
portal-calendar-has-address = Your calendar has an address. For your security we do not show it again.
portal-calendar-dead = When you make a new address or delete the address, the present one is invalid at once.
portal-calendar-renew = Make a new address
portal-calendar-revoke = Delete the address

## The page behind the link in a partner's mail

portal-answer-heading =
    { $state ->
        [confirmed] You have confirmed the date
        [declined] You have declined the date
        [withdrawn] This request has been withdrawn
       *[pending] Can you offer this date?
    }
portal-answer-lead =
    { $state ->
        [confirmed] Thank you! The link in our e-mail is no longer valid. If you have to decline after all, please sign in to the partner portal.
        [declined] We will tell the customer. The link in our e-mail is no longer valid.
        [withdrawn] You need not answer any more; the places are free again.
       *[pending]
            { $moves ->
                [yes] A booking is to be moved to this date:
               *[no] There is a new booking for this date:
            }
    }
# In which language the customer wrote; $name: what it calls itself.
portal-language =
    { $language ->
        [de] German
        [en] English
        [fr] French
       *[other] { $name }
    }
# What a decline would mean for the customer; $link of $limit links of the case.
portal-decline-costs =
    { $follows ->
        [link] If you decline, the customer loses this date and gets a link to choose another one: link { $link } of at most { $limit }.
        [backup] If you decline, the customer loses this date. We then book a backup date at once that the customer has named already.
       *[no_link] If you decline, the customer loses this date and gets no further link: our support team has to find a solution then.
    }

## In templates

portal-answer-address = The address that our request was sent to, so that nobody else can answer it.
portal-answer-reason = Your reason:
portal-booked-by = Booked by:
portal-cancel-date = Cancel the whole date
portal-cancel-date-button = Cancel it for everybody
portal-cannot-offer = I cannot offer this date
portal-chosen-on = chosen on
portal-column-status = Status
portal-confirm-date = Confirm the date
portal-confirm-date-of = Confirm the date:
portal-course = Course
portal-customer = Customer
portal-customer-reads = The customer reads it.
portal-date = Date:
portal-decline-booking = Decline this booking
portal-decline-date = Decline the date
portal-download = Download this list as a table (CSV)
portal-everybody-reads = Everybody affected will read it.
portal-instead = Instead of:
portal-language-label = Language:
portal-new-date = New date
portal-no-bookings = There are no bookings here.
portal-nothing-to-propose = There is no other date that you could propose right now.
portal-order = Order
portal-original-date = Original date
portal-propose = Propose up to three other dates (optional)
portal-rebooking = Rebooking
portal-rebookings = Rebookings
portal-rebookings-heading = Declined bookings and their rebookings
portal-rebookings-table = Declined bookings and their status
portal-request-reason = Reason:
portal-request-status = Status:
portal-requested-on = Requested on:
portal-requests-heading = Requests for your courses
portal-requests-title = Requests
portal-to-portal = To the partner portal
portal-why-cancel = Why you cancel it
portal-why-decline = Why you decline
