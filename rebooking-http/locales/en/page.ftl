### What the customer's pages say.

page-new-link-heading = New link requested
page-new-link-asked-for = If the e-mail address belongs to the booking and the old link has expired, a new link is already on its way to you. Please check your spam folder, too.
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

## What was booked

page-booked-before = This link has already been used. This is the date that is booked:
page-booked-heading =
    { $outcome ->
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
page-date-label =
    { $live ->
        [yes] New date:
       *[no] Date:
    }
page-mail-follows = You will receive a confirmation by e-mail shortly.
page-what-is-next =
    { $outcome ->
        [confirmed] The partner has confirmed the date. We hope you enjoy it!
        [lost] We are sorry. Please open the link in our latest e-mail to choose another date.
        [lost_for_good] We are very sorry. Our support team will contact you to find a solution.
        [cancelled] Our support team will gladly help you with any question.
       *[open] The partner has not confirmed the date yet. You will receive another e-mail as soon as they have.
    }
# What has been paid for the party, and what follows from the difference in price.
page-paid =
    { $difference ->
        [refund] You have paid { $paid } in total. We will refund the difference of { $amount }.
        [to_pay] You have paid { $paid } so far. The difference of { $amount } remains to be paid. We will contact you about the payment.
       *[other] You have paid { $paid } in total. There is nothing more to pay.
    }

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
