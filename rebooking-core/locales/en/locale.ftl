### How this language is called, and how it writes days, times, numbers and amounts. Each text takes
### what its language needs of what they are all given: $weekday, $day, $month, $year, $time, and
### $dd and $mm, the numbers of day and month in two digits.

locale-name = English
locale-weekday =
    { $weekday ->
        [monday] Monday
        [tuesday] Tuesday
        [wednesday] Wednesday
        [thursday] Thursday
        [friday] Friday
        [saturday] Saturday
       *[sunday] Sunday
    }
locale-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
locale-day = { $day } { $month } { $year }
locale-long-day = { $weekday }, { locale-day }
locale-moment = { locale-long-day }, { locale-clock }
locale-short-moment = { locale-day }, { locale-clock }
locale-month-of-year = { $month } { $year }
# A time of day in a sentence.
locale-clock = { $time }
# From when to when a course lasts.
locale-times = { $from } - { $to }
# $number: as the two texts below it write it.
locale-euros = €{ $number }
locale-money = { $currency }{ "\u00A0" }{ $number }
# Between each three digits, and before the fraction.
locale-thousands = ,
locale-point = .
# Between the cells of a table for spreadsheets.
locale-cells = ,
