### What the pages of support say.

support-case = Case { $id }
support-step = Link { $step }
# Before any link of its case.
support-original = Booking { $item }

## What is known of a link

support-step-attempts = Wrong addresses:
support-step-booking = Booking:
support-step-cancelled = Cancelled:
support-step-cause = Cause:
support-step-chosen = Chosen:
support-step-difference = Difference in price:
support-step-expires = Valid until:
support-step-issued = Issued:
support-step-new-date = New date:
support-step-new-order = New order:
support-step-opened = Page opened:
support-step-price = Price:
support-step-reason = Reason:
support-step-wish = Wish:

## Cases

# Which cases are listed unless one says otherwise.
support-usual-cases = open, all with a filter
support-any-need = with or without
support-wants-money-back = wants the money back
# What a case needs.
support-attention =
    { $attention ->
        [failed] a task has failed
        [partner_silent] partner does not answer
        [wish] a wish is open
       *[no_dates] found no date
    }
support-no-holder = nobody
support-holder-since = { $name }, since { $since }
# What the reader can do about who looks after a case.
support-holder-button =
    { $act ->
        [take] Take it
        [take-over] Take it over from them
       *[give-back] Give it back
    }
# Whose cases are listed.
support-taken =
    { $by ->
        [mine] me
       *[nobody] nobody
    }
support-order =
    { $order ->
        [newest] Newest first
       *[longest_waiting] Longest waiting first
    }
support-held-by = with { $name }
# How long the first of its needs has been there.
support-waits-hours =
    { $count ->
        [one] waiting for 1 hour
       *[other] waiting for { $count } hours
    }
support-waits-days =
    { $count ->
        [one] waiting for 1 day
       *[other] waiting for { $count } days
    }

## Effects

# Sold bookings whose partners do not answer; $more: whether there are more than are counted.
support-silent =
    { $more ->
        [yes] The partners of more than { $count } sold bookings do not answer.
       *[no]
            { $count ->
                [one] The partner of 1 sold booking does not answer.
               *[other] The partners of { $count } sold bookings do not answer.
            }
    }
support-dead-effects =
    { $count ->
        [one] 1 task has failed and is waiting for a decision.
       *[other] { $count } tasks have failed and are waiting for a decision.
    }
support-unclaimed =
    { $count ->
        [one] 1 order in the shop belongs to no rebooking.
       *[other] { $count } orders in the shop belong to no rebooking.
    }
support-malformed =
    { $count ->
        [one] 1 row of the database makes no sense.
       *[other] { $count } rows of the database make no sense.
    }
support-unclaimed-more = More than { $count } orders in the shop belong to no rebooking.
support-unclaimed-cut = These are the { $count } oldest. There are more: they appear once these are dealt with.
support-events-off = The events to other systems are switched off.
support-events-off-since = The other system has taken no event since { $since }. So the events are switched off.
support-events-failing = The other system has taken no event since { $since }. We try again and again.
support-no-effects =
    { $state ->
        [dead] No task has failed.
       *[other] There are no tasks here.
    }

## The customer's page as support sees it

support-preview-told = This is what the customer of case { $id } sees now. It is only a preview: nothing on it can be sent, and it does not count as a visit.
support-preview-back = Back to the case

## What comes next in a case

support-next =
    { $status ->
        [open] The customer chooses a new date. The link works until { $until }.
        [rebooked] The shop moves the order to the new date: { $date }.
        [awaiting_partner] The partner confirms the new date or declines it: { $date }.
        [confirmed] The course takes place: { $date }.
        [declined] There is no further link for this booking. Please find a way with the customer.
        [rejected] The shop has refused the order. Please find a way with the customer.
        [expired] The link expired on { $until }. You can extend it or issue a new one.
       *[cancelled] Nothing: the case is cancelled.
    }

## What can be done with a case

support-action-title =
    { $action ->
        [resend] Send the link again
        [reissue] Issue a new link
        [extend] Extend the link
        [choose] Rebook for the customer
        [settle] Mark as dealt with
        [forget] Forget the customer
       *[cancel] Cancel
    }
# What follows from it.
support-action-effect =
    { $action ->
        [resend] The customer gets the same link by e-mail once more.
        [reissue] The customer gets a new link. The old one stops working at once, and wrong addresses are forgiven.
        [extend] The link will work that many days longer, even if it has expired.
        [choose] The places are taken at once, and the customer gets the confirmation. It never costs them more.
        [settle] What the customer asked for is settled: the case leaves the worklist, and the customer no longer waits for an e-mail about new dates.
        [forget] The name, the address and everything the customer wrote are deleted from this case. Amounts, dates and counts stay, and so does who deleted it, when and why. This cannot be undone.
       *[cancel] An open link stops working at once; a rebooking is undone, and its places become free.
    }
support-action-button =
    { $action ->
        [resend] Send again
        [reissue] Send a new link
        [extend] Extend
        [choose] Book this date
        [settle] Dealt with
        [forget] Forget for good
       *[cancel] Cancel for good
    }
# What the last form of support led to; nothing for any other word.
support-told =
    { $said ->
        [resend] The link will be sent once more.
        [reissue] A new link is on its way.
        [extend] The link is valid for longer now.
        [choose] The booking has been moved.
        [cancel] The case has been cancelled.
        [forget] The personal data of this case has been deleted.
        [forget-person] The personal data of this address has been deleted.
        [take] You look after this case now.
        [give-back] Nobody looks after the case any more.
        [note] The note is saved.
        [settle] The wish is marked as dealt with.
        [retry] The task will be tried again.
        [skip] The task has been skipped.
        [dealt_with] The order is ticked off.
        [events_on] The events to other systems are switched on.
        [sent] The link is on its way.
        [link-stands] There is a link for this booking that works. Should the customer miss the e-mail, send it again below.
       *[other] { "" }
    }

## Earnings

# The steps from a decline to a confirmed rebooking.
support-stage =
    { $stage ->
        [declined] Declined
        [mailed] Link mailed
        [opened] Page opened
        [rebooked] Rebooked
       *[confirmed] Confirmed
    }

# The columns of the table for spreadsheets.
support-earnings-column =
    { $column ->
        [month] Month
        [partner] Partner
        [course] Course
        [declined] Declined
        [mailed] Link mailed
        [opened] Page opened
        [rebooked] Rebooked
        [confirmed] Confirmed
        [refunded] Cases refunded
        [expired] Expired unused
        [currency] Currency
        [kept] Kept
        [absorbed] Higher prices absorbed
        [given-back] Differences given back
        [refunds] Refunded in full
        [spared] As refunds the confirmed cases would have cost
        [hours-to-choice] Hours to the choice (median)
       *[hours-to-confirmation] Hours to the confirmation (median)
    }
support-chart = Cases by month: declined, rebooked, confirmed
support-chart-month = { $month }: { $declined } declined, { $rebooked } rebooked, { $confirmed } confirmed

## In templates

support-attention-needed = Attention needed
support-by-course = By course
support-by-month-partner = By month and partner
support-by-partner = By partner
support-can-do = What you can do
support-cancel-first = Cancel first, if anything is still open
support-cancel-open-first = Cancel open cases first
support-case-name = Case
support-cases = Cases
support-cases-found = Cases found
support-confirmed = Confirmed
support-course-date = Course and date
support-customer = Customer:
support-customer-reads = The customer will read it.
support-days = Days (1 to 365)
support-dealt-with = Dealt with
support-dealt-with-order = Dealt with: order
support-declined = Declined
support-differences-given-back = Differences given back:
support-download-case = Download everything about this case (JSON)
support-download-file = Download as a file
support-download-table = Download as a table (CSV)
support-earnings-heading = What rebookings earn
support-earnings-title = Earnings
support-email-address = E-mail address
support-expired = Expired
support-expired-unused = Expired unused:
support-forget = Forget
support-forget-for-good = Forget for good
support-forget-hint = The name, the address and everything the person wrote are deleted in all of their cases. Amounts, dates and counts stay, and so does who deleted it, when and why. This cannot be undone.
support-found = Found
support-from = From
support-hand-out = Hand out
support-have-look = Have a look
support-higher-prices-absorbed = Higher prices absorbed:
support-history = History
support-holder = Looked after by:
support-hours = hours
support-hours-choice = Hours to the choice
support-hours-confirmation = Hours to the confirmation
support-keep-note = Save note
support-kept = Kept
support-link-button = Send the link now
support-link-for-order = Send a link for this order:
support-link-heading = Send a link by hand
support-link-hint = The customer gets an e-mail with their link. The booking stays as it is until they choose a new date. If there is a link that works already, you get to its case and can send it again there.
support-link-title = Send a link
support-links = Links, the newest first
support-mailed = Mailed
support-events-heading = Events to other systems
support-events-hint = None is lost: they wait. Please pass this on to the technicians, and switch the events on as soon as the other system can be reached again.
support-events-last = Last:
support-events-on = Switch on now
support-malformed-heading = Malformed rows of the database
support-malformed-hint = These rows make no sense and are left out; what depends on them is stuck. Please pass them on to the technicians. Once a row is put right, it vanishes from here.
support-malformed-table = Rows that make no sense
support-mark = Mark
support-median-choice = Median to the choice:
support-median-confirmation = Median to the confirmation:
support-month = Month
support-next-heading = What comes next
support-next-label = What comes next:
support-new-note = New note
support-no-case-began = No case began in this period.
support-no-cases-found = No cases found.
support-no-date-fits = No date fits at the moment.
support-note-hint = Only support reads it. It is handed out when the customer asks what is stored, and deleted with the case.
support-nothing-to-do = There is nothing left to do with this link.
support-opened = Opened
support-order-item = Or: number of the order item
support-order-item-hint = The shop shows this number with each item of the order (item_id). If there is a case already it is the number of the case, for example “Case 7001”.
support-order-number = Order number
support-order-number-hint = As the customer knows it. If several bookings belong to it, you choose one afterwards.
support-overview = Overview
support-partner = Partner:
support-partner-name = Partner
support-people-hint = For a person who wants to know what is stored about them, or to be forgotten. It covers whatever belongs to their e-mail address, however it is spelled. What the shop, the support system and a partner portal of its own have stored is not included.
support-people-title = Data requests
support-please-choose = Please choose
support-preview = View the customer’s page
support-reason = Reason
support-reason-in-history = Reason (kept in the history, please without names)
support-reason-stays = Reason (stays in the history, please without names)
support-reason-without-names = Reason (please without names)
support-rebooked = Rebooked
support-rebookings-by-month = Rebookings by month
support-refunded = Refunded
support-refunded-cases = Refunded:
support-refunded-full = Refunded in full:
support-revenue-kept = of revenue kept
support-row = Row
support-search = Search
support-search-for = Order number, e-mail address or name
support-send-by-hand = Send a link by hand
support-share-rebooked = Share rebooked
support-show = Show
support-silent-asked = asked on
support-silent-heading = Partners do not answer
support-silent-hint = These bookings are sold, and their partner has not answered our request. Please call them. With the answer the booking leaves this list, otherwise at the end of its date. If the customer needs another date, send them a link by the order number.
support-silent-partner = Partner
support-skip = Skip
support-skip-for-good = Skip for good
support-sorted = Order
support-spared = As refunds the same cases would have cost:
support-table-column = Table and column
support-taken-by = Taken by
support-task = Task
support-tasks = Tasks
support-tasks-heading = Tasks: e-mails, orders, tickets
support-tasks-table = Tasks and their status
support-ticket = Ticket:
support-time = Time
support-times = All times are those of Berlin; a case has them in the time of its venue.
support-to = To
support-total = Total
support-tries = Tries
support-tries-label = Tries:
support-try-again = Try again
support-try-again-of = Try again:
support-unclaimed-heading = Orders in the shop without a rebooking
support-unclaimed-hint = These orders carry a mark of ours (field ext_order_id), but belong to no rebooking. Please look at them in the shop: cancel them, or take the mark off. Then they vanish by themselves. Where an order is right as it is, tick it off here.
support-unclaimed-table = Orders that belong to no rebooking
support-what-now = What now?
support-which-booking = Which booking?
support-why = Why
