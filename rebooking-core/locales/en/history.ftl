### What has happened, in words for support: history, causes, effects.

history-actor =
    { $actor ->
        [customer] Customer
        [partner] Partner { $name }
        [support] Support: { $name }
        [shop] Shop
       *[system] System
    }
history-event =
    { $event ->
        [declined] Booking declined
        [date_withdrawn] Whole date cancelled
        [limit_reached] No more links: limit reached
        [link_issued] Link issued
        [link_superseded] Link replaced by a newer one
        [link_mailed] Link mailed
        [link_resent] Link mailed once more
        [link_extended] Link extended
        [link_cancelled] Link cancelled
        [link_expired] Link expired
        [link_reminded] Reminder mailed
        [page_opened] Page opened
        [no_dates_found] No date found
        [wrong_address] Wrong e-mail address given
        [chosen] Date chosen
        [backups_named] Backup dates named or taken back
        [backup_booked] Backup date booked
        [request_withdrawn] Request withdrawn
        [order_gone] Order refunded or cancelled in the shop
        [order_made] Order placed
        [order_made_too_late] Order placed too late
        [order_refused] Order refused by the shop
        [order_undone] Order undone
        [difference_refunded] Difference refunded
        [partner_confirmed] Date confirmed
        [partner_reminded] Partner reminded of the request
        [partner_silent] Partner does not answer: up to support
        [rebooking_cancelled] Rebooking cancelled
        [wished] Wish expressed
        [wish_settled] Wish dealt with
        [new_dates_announced] Told about new dates
        [mail_refused] E-mail refused
        [ticket_kept] Ticket created or updated
        [effect_died] Task failed for good
        [effect_retried] Task retried
        [effect_skipped] Task skipped
        [noted] Note by support
        [case_taken] Case taken
        [case_given_back] Case given back
       *[forgotten] Personal data deleted
    }
# Why there is a link.
history-cause =
    { $cause ->
        [declined] The partner declined.
        [date_withdrawn] The partner cancelled the whole date.
        [by_hand] Support sent the link.
        [replaced] This link replaces an older one.
       *[order_refused] The shop refused the order.
    }
history-exchanged = Exchanged by the customer for another date
# Why there is none any more.
history-cancelled =
    { $why ->
        [support] by support
        [refunded] order refunded
        [order_cancelled] order cancelled
       *[superseded] replaced by a newer link
    }
history-chooser =
    { $by ->
        [customer] by the customer
       *[support] by support
    }
history-difference =
    { $difference ->
       *[same] same price
        [absorbed] { $amount } more, which we cover
        [refund] { $amount } less, to be refunded
        [to_pay] { $amount } more, to be paid
    }
history-wish =
    { $kind ->
        [new_dates] Be told about new dates
        [other] Wishes
       *[money_back] Money back
    }

## Effects

history-order =
    { $effect ->
        [order-place] Place the order
        [order-undo] Undo the order
       *[refund] Refund the difference
    }
history-mail =
    { $mail ->
        [declined] E-mail: date declined, with link
        [link_sent] E-mail: link from support
        [link_replaced] E-mail: new link
        [limit_reached] E-mail: declined, without link
        [rebooked] E-mail: rebooking confirmed
        [partner_confirmed] E-mail: partner has confirmed
        [reminder] E-mail: reminder
        [order_refused] E-mail: shop refused
        [new_dates] E-mail: new dates
        [called_off] E-mail: rebooking called off
        [booking_request] E-mail to partner: new booking
        [partner_request] E-mail to partner: request
        [partner_reminder] E-mail to partner: reminder of the request
        [partner_withdrawn] E-mail to partner: request withdrawn
       *[partner_released] E-mail to partner: places free
    }
history-ticket =
    { $fact ->
        [declined] Ticket: declined
        [limit_reached] Ticket: limit reached
        [link_sent] Ticket: link sent
        [no_dates] Ticket: no date found
        [rebooked] Ticket: rebooked
        [confirmed] Ticket: confirmed
        [order_refused] Ticket: shop refused
        [cancelled] Ticket: cancelled
        [wish] Ticket: wish
        [expired] Ticket: link expired
        [unreachable] Ticket: e-mail refused
        [customer_not_told] Ticket: e-mail to customer not sent
        [partner_not_told] Ticket: e-mail to partner not sent
       *[order_stuck] Ticket: order stuck
    }
history-told =
    { $event ->
        [event-case-opened] Event to other systems: case opened
        [event-link-mailed] Event to other systems: link sent
        [event-link-opened] Event to other systems: link opened
        [event-rebooking-chosen] Event to other systems: date chosen
        [event-order-made] Event to other systems: order changed
        [event-order-refused] Event to other systems: shop refused
        [event-rebooking-confirmed] Event to other systems: partner has confirmed
        [event-rebooking-declined-again] Event to other systems: new date declined
        [event-rebooking-cancelled] Event to other systems: rebooking called off
        [event-link-expired] Event to other systems: link expired
        [event-wish-received] Event to other systems: wish
       *[event-case-forgotten] Event to other systems: data erased
    }
history-state =
    { $state ->
        [waiting] waiting
        [leased] under way
        [done] done
        [dead] failed
       *[skipped] skipped
    }
# The states as filters.
history-filter =
    { $state ->
        [waiting] Waiting
        [leased] Under way
        [done] Done
        [dead] Failed
        [skipped] Skipped
       *[all] All
    }
