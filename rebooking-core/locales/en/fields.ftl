### What is said of a field that is wrong: to programs by its name, on pages in words that know no
### names of fields.

fields-unknown = There is no field "{ $field }" here.
fields-invalid = The field "{ $field }" is missing or wrong. Expected: { fields-wanted }.
# $words: what it must be one of.
fields-not-one-of = The field "{ $field }" is missing or wrong. Expected: one of { $words }.

-date-id = the number of a date
-day = a day like 2027-01-31, once, "to" not before "from"

# What a field must hold.
fields-wanted =
    { $field ->
        [customerEmail] the e-mail address of the booking
        [email] an e-mail address
        [cancelOpen] true or false
        [takeOver] true or false
        [selectedDateId] { -date-id }
        [dateId] { -date-id }
        [expectedTotal] the total as a number with the decimals of the currency, like 178.00
        [kind] new_dates, other or money_back, as offered
        [weekdays] weekdays from monday to sunday
        [backups] other possible dates, each once and no more than are offered
        [months] months from 1 to 12
        [reason] a reason, at most 2000 characters
        [note] a note of at most 2000 characters
        [text] a text, at most 2000 characters; with other not empty, unless weekdays or months are named
        [proposedDateIds] at most three other future dates of the same course
        [orderItemId] the number of an order item
        [orderNumber] an order number
        [days] 1 to 365 days
        [event] refunded or cancelled
        [page] a number from 1 on, once
        [size] a number from 1 to 100, once
        [status] one of the possible states, once
        [attention] failed, partner_silent, wish or no_dates, once
        [state] waiting, leased, done, dead or skipped, once
        [from] { -day }
        [to] { -day }
        [q] an order number, an e-mail address or a name, once and without control characters
       *[body] a JSON object with the fields that are described
    }

-no-such-option = Please choose one of the options on this page.
-no-such-selection = There is no such selection. Please choose on the page itself what you would like to see.
-no-such-span = Please enter a period that does not end before it begins.

# What to do about a field of a page's form, or about the address of a page.
fields-mistaken =
    { $field ->
        [customerEmail] Please enter the e-mail address that you booked with, for example name@example.com.
        [partnerEmail] Please enter the e-mail address that our request was sent to, for example name@example.com.
        [email] Please enter an e-mail address, for example name@example.com.
        [choice] Please choose a date with the button below it.
        [answer] Please choose whether you confirm or decline the date.
        [wish] { -no-such-option }
        [kind] { -no-such-option }
        [text] Please choose weekdays or months that suit you, or write us a message of at most 2000 characters.
        [refundText] Please shorten your message to at most 2000 characters.
        [weekdays] Please choose weekdays from the list.
        [backups] Please choose different dates from the list, each of them only once.
        [months] Please choose months from the list.
        [reason] Please give a reason (at most 2000 characters).
        [note] Please write a note (at most 2000 characters).
        [proposedDateIds] Please propose at most three future dates of the same course.
        [days] Please enter a number of days from 1 to 365.
        [orderItemId] Please enter the number of the order item (digits only).
        [orderNumber] Please enter the order number.
        [dateId] Please choose a date.
        [q] Please search for an order number, an e-mail address or a name.
        [from] { -no-such-span }
        [to] { -no-such-span }
        [page] { -no-such-selection }
        [size] { -no-such-selection }
        [status] { -no-such-selection }
        [attention] { -no-such-selection }
        [view] { -no-such-selection }
        [weekday] { -no-such-selection }
        [time] { -no-such-selection }
        [blank] Your browser or password manager has also filled in a field that nobody sees, so nothing has been done yet. What you entered is still here: please press the button once more.
       *[other] Please check what you entered and try again.
    }
