### What the pages of support say.

support-case = Case { $id }
support-step = Link { $step }
# Before any link of its case.
support-original = Booking { $item }

## What is known of a link

support-step-attempts = Wrong addresses
support-step-booking = Booking
support-step-cancelled = Cancelled
support-step-cause = Cause
support-step-chosen = Chosen
support-step-difference = Difference in price
support-step-expires = Valid until
support-step-issued = Issued
support-step-new-date = New date
support-step-new-order = New order
support-step-opened = Page opened
support-step-price = Price
support-step-reason = Reason
support-step-wish = Wish

## Cases

# Which cases are listed unless one says otherwise.
support-usual-cases = open, all with a filter
support-any-need = with or without
support-wants-money-back = wants the money back
# What a case needs.
support-attention =
    { $attention ->
        [failed] a task has failed
        [wish] a wish is open
       *[no_dates] found no date
    }

## Effects

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
support-no-effects =
    { $state ->
        [dead] No task has failed.
       *[other] There are no tasks here.
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
        [settle] The wish is marked as dealt with.
        [retry] The task will be tried again.
        [skip] The task has been skipped.
        [dealt_with] The order is ticked off.
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
