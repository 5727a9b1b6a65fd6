### What programs and pages are told of what worked.

answers-new-link = If this link has expired, we will send a new one to the e-mail address of the booking.
# The thanks for a wish, and what happens next.
answers-wish-taken =
    { $kind ->
        [new_dates] Thank you! We will send you an e-mail as soon as there are new dates for this course.
        [other] Thank you! Your wishes have reached our support team. They will contact you to find a solution.
       *[money_back] Thank you! Your request has reached our support team. They will contact you and take care of the refund.
    }
answers-moved = Your booking has been moved to the new date: { $when }. You will receive an e-mail shortly, and another one as soon as the partner has confirmed the date.
# $difference: what comes of another price; $amount: how much it is.
answers-chosen =
    { $difference ->
       *[same] { answers-moved }
        [absorbed] { answers-moved }
        [refund] { answers-moved } We will refund the difference of { $amount }.
        [to_pay] { answers-moved } The difference of { $amount } remains to be paid. We will contact you about the payment.
    }
answers-backups =
    { $count ->
        [0] No backup dates are named.
        [one] Your backup date is noted. If the partner declines, we book it, provided that it is still possible.
       *[other] Your backup dates are noted. If the partner declines, we book the first one that is still possible.
    }
