### Why something is not possible, and what to do next: for programs and for pages.

errors-broken = Something went wrong on our side. Please contact our support team.
errors-no-such-item = There is no such booking. Please check that this is the number of the order item, not the order number.
errors-not-declared-json = JSON is expected: Content-Type: application/json.
errors-not-json = The body of the request is not readable JSON.
errors-not-received = What you entered did not reach us completely. Please try again.
errors-outcome-unknown = This is taking longer than usual. Please try again in a moment – nothing will be done twice.
errors-outcome-unknown-look-first = This is taking longer than usual. Please check the case first: if it has happened already, trying again would do it a second time.
errors-outcome-unknown-open-again = This is taking longer than usual. Please open the case anew and check whether it has happened already before you try once more.
errors-too-large = The body of the request is too large.
errors-too-long = That was more text than we can take. Please shorten it and try again.

## Links

# $renewable: whether a new link is sent to whoever asks for one.
errors-token-expired =
    { $renewable ->
        [yes] This link expired on { $since }. We will be happy to send you a new one.
       *[no] This link expired on { $since }. Please contact our support team.
    }
errors-token-cancelled =
    { $why ->
        [refunded] This booking has been refunded, so the link is no longer valid.
        [order_cancelled] This order has been cancelled, so the link is no longer valid.
       *[support] This link is no longer valid. Please contact our support team.
    }
# $outcome: what has become of the rebooking.
errors-token-used =
    { $outcome ->
        [lost_for_good] Unfortunately the date { $when } cannot take place. Our support team will contact you to find a solution.
        [lost] Unfortunately the date { $when } cannot take place. Please open the link in our latest e-mail.
        [cancelled] The rebooking to { $when } has been cancelled. Our support team will help you with any question.
       *[booked] This link has already been used to rebook to { $when }.
    }

## Too often

errors-too-many-requests =
    { $seconds ->
        [one] Those were too many requests. Please try again in one second.
       *[other] Those were too many requests. Please try again in { $seconds } seconds.
    }
errors-too-many-attempts =
    { $minutes ->
        [one] A wrong e-mail address has been entered too often. Please try again in one minute.
       *[other] A wrong e-mail address has been entered too often. Please try again in { $minutes } minutes.
    }
errors-email-mismatch =
    { $left ->
        [0] This e-mail address does not match the booking. No more attempts are possible for now.
        [one] This e-mail address does not match the booking. You have one more attempt.
       *[other] This e-mail address does not match the booking. You have { $left } more attempts.
    }

## Dates

# How a date is named: by its start, where there is such a date.
errors-this-date =
    { $start ->
        [none] This date
       *[other] The date { $start }
    }
# Why a date cannot be booked.
errors-refusal =
    { $why ->
        [lost_before] { errors-this-date } has been declined before.
        [other_partner] { errors-this-date } belongs to another partner.
        [withdrawn] { errors-this-date } will not take place.
        [already_started] { errors-this-date } has passed.
        [too_soon] { errors-this-date } can no longer be booked.
        [too_far] { errors-this-date } cannot be booked yet.
        [too_few_places_here] { errors-this-date } does not have enough places left. Please choose another one.
        [too_few_places] { errors-this-date } does not have enough places left.
        [another_price] { errors-this-date } has another price.
        [price_changed] The price has changed. { errors-this-date } now costs { $total } in total. If you agree, please choose it once more.
       *[unknown] There is no such date of this course.
    }
# $refusal: why a date cannot be proposed; on a page, and to a program that knows the field.
errors-invalid-proposal-on-page = { $refusal } Please propose another date, or none.
errors-invalid-proposal = The field "proposedDateIds" names a date that cannot be proposed: { $date }. { $refusal }

## By code, and what is missing

# What needs nothing but its code.
errors-by-code =
    { $code ->
        [not_signed_in] Please sign in.
        [wrong_role] You are not allowed to do that.
        [cross_site] This request came from another site. Please open our page yourself and try again there.
        [stale_form] This page belonged to an earlier sign-in, so nothing has been changed. Please open it anew and try once more there.
        [method_not_allowed] This address cannot be called that way.
        [request_timeout] The request did not arrive completely in time.
        [token_unknown] We do not know this link. Please open it once more, directly from our e-mail, or contact our support team.
        [token_superseded] This link has been replaced by a newer one. Please open the link in our latest e-mail.
        [attempts_exhausted] A wrong e-mail address has been entered too often. Please contact our support team.
        [choose_item] The order number does not lead to exactly one booking. Please choose one.
        [partner_not_asked_yet] The order is still being processed. Please try again in a moment.
        [order_stands] The order has already been placed.
        [rebooking_over] This rebooking is over.
        [link_expired] The link has expired.
        [link_cancelled] The link is no longer valid.
        [link_used] The link has already been used.
        [confirmation_closed] This request has already been closed.
        [rebooking_live] A rebooking of this booking is under way. Please cancel it first.
        [nothing_to_move] There is nothing left to rebook: the order has been refunded or cancelled.
        [case_taken] Somebody else has taken this case meanwhile.
        [effect_not_idle] This task is under way or has been completed.
        [order_cannot_be_skipped] An order cannot be skipped. Please retry it or cancel the rebooking.
        [enough_wishes] We have received your messages. You cannot send any more through this link.
        [backups_closed] Backup dates can only be named once a date is chosen and until the partner has answered.
        [date_fixed] You can only exchange a backup date that we booked for you, and only until the partner has answered.
        [case_changed] The case has changed since you opened this page, perhaps because of a double click. This time nothing was done. Please see below how it stands now.
        [forgotten] The personal data of this case has been deleted.
        [reports_left_out] There are no lists and reports here.
        [try_later] This is not possible right now. Please try again in a few minutes.
        [broken] { errors-broken }
        [internal] { errors-broken }
       *[conflict] This is not possible at the moment.
    }
# What is in the way of forgetting somebody.
errors-case-open =
    { $why ->
        [booking] Still open: case { $cases }. At least one booking still takes place; cancel it in the shop first.
       *[case] Still open: case { $cases }. Cancel first, or let open cases be cancelled, too.
    }
errors-not-found =
    { $what ->
        [confirmation] There is no such request.
        [date] There is no such date.
        [booking] There is no such booking.
        [order] There is no such order, or nothing of it is booked any more.
        [case] There is no such case.
        [effect] There is no such task.
        [person] Nothing is stored under this e-mail address.
       *[page] There is no page at this address.
    }
