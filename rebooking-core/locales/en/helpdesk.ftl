### Tickets and their notes: short sentences in one line.

helpdesk-subject = Rebooking { $number }

## What a ticket is about

helpdesk-order = Order: { $number }
helpdesk-course = Course: { $course }
helpdesk-date = Date: { $date }
helpdesk-people = People: { $count }
# $language: the tag of the customer's language; $name: what it calls itself.
helpdesk-language =
    { $language ->
        [de] Language: German
        [en] Language: English
        [fr] Language: French
       *[other] Language: { $name }
    }

## Notes

helpdesk-note =
    { $fact ->
        [declined] The partner declined the date { $date }. The customer gets a link to rebook.
        [limit_reached] The partner declined the date { $date }, and there are no more links. Please find a way.
        [link_sent] Support sent a link to rebook the date { $date }.
        [no_dates] The customer found no date that fits. Please get in touch.
        [rebooked] Rebooked.
        [confirmed] The partner confirmed the date { $date }.
        [order_refused] The shop refused the order for the new date. The customer gets a new link.
        [wish] The customer expressed a wish that is no longer kept.
        [expired] The link expired before the customer chose a date.
        [unreachable] A mail to the customer was refused. Please get in touch another way.
        [customer_not_told] A mail to the customer could not be sent. Please get in touch.
        [partner_not_told] A mail to the partner could not be sent. Please call.
       *[order_stuck] The rebooking did not reach the shop. Please look at the order.
    }
helpdesk-reason = Reason: “{ $reason }”
helpdesk-rebooked =
    { $by ->
        [backup] The partner declined the date { $old }. The customer's backup is booked: { $new }.
        [support] Support rebooked: before { $old }, now { $new }.
       *[customer] The customer rebooked: before { $old }, now { $new }.
    }
helpdesk-new-course = Course: { $course }.
helpdesk-new-order = New order: { $number }.
helpdesk-difference =
    { $difference ->
        [absorbed] The difference of { $amount } is covered.
        [refund] To be refunded: { $amount }.
       *[to_pay] Still to pay: { $amount }.
    }
helpdesk-partner-asked = The partner has been asked.
helpdesk-exchanged = The customer has exchanged the backup date { $date } for another one. It is called off.
helpdesk-no-longer-due = The extra { $amount } for it is no longer due.
helpdesk-cancelled =
    { $why ->
        [refunded] Ended: the order was refunded in the shop.
        [order_cancelled] Ended: the order was cancelled in the shop.
        [superseded] Replaced by a newer link.
       *[support] Cancelled by support.
    }
helpdesk-wish =
    { $kind ->
        [new_dates] The customer wants to hear of new dates.
        [money_back] The customer wants the money back. Please decide and refund.
       *[other] The customer has a wish.
    }
helpdesk-weekdays = Weekdays: { $days }.
helpdesk-months = Months: { $months }.
helpdesk-quote = “{ $text }”
