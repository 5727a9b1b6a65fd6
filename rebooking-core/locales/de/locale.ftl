### How this language is called, and how it writes days, times, numbers and amounts. Each text takes
### what its language needs of what they are all given: $weekday, $day, $month, $year, $time, and
### $dd and $mm, the numbers of day and month in two digits.

locale-name = Deutsch
locale-weekday =
    { $weekday ->
        [monday] Montag
        [tuesday] Dienstag
        [wednesday] Mittwoch
        [thursday] Donnerstag
        [friday] Freitag
        [saturday] Samstag
       *[sunday] Sonntag
    }
locale-month =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    }
locale-day = { $dd }.{ $mm }.{ $year }
locale-long-day = { $weekday }, { locale-day }
locale-moment = { locale-long-day }, { locale-clock }
locale-short-moment = { locale-day }, { locale-clock }
locale-month-of-year = { $month } { $year }
# A time of day in a sentence.
locale-clock = { $time } Uhr
# From when to when a course lasts.
locale-times = { $from } - { $to } Uhr
# $number: as the two texts below it write it.
locale-euros = { $number }{ "\u00A0" }€
locale-money = { $number }{ "\u00A0" }{ $currency }
# Between each three digits, and before the fraction.
locale-thousands = .
locale-point = ,
# Between the cells of a table for spreadsheets.
locale-cells = ;
