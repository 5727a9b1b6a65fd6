### How this language is called, and how it writes days, times, numbers and amounts. Each text takes
### what its language needs of what they are all given: $weekday, $day, $month, $year, $time, and
### $dd and $mm, the numbers of day and month in two digits.

locale-name = Français
locale-weekday =
    { $weekday ->
        [monday] lundi
        [tuesday] mardi
        [wednesday] mercredi
        [thursday] jeudi
        [friday] vendredi
        [saturday] samedi
       *[sunday] dimanche
    }
locale-month =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }
locale-day = { $day ->
        [1] 1er { $month } { $year }
       *[other] { $day } { $month } { $year }
    }
locale-long-day = { $weekday } { locale-day }
locale-moment = { locale-long-day }, { locale-clock }
locale-short-moment = { locale-day }, { locale-clock }
locale-month-of-year = { $month } { $year }
# A time of day in a sentence.
locale-clock = { $time }
# From when to when a course lasts.
locale-times = { $from } - { $to }
# $number: as the two texts below it write it.
locale-euros = { $number }{ "\u00A0" }€
locale-money = { $number }{ "\u00A0" }{ $currency }
# Between each three digits, and before the fraction.
locale-thousands = { "\u202F" }
locale-point = ,
# Between the cells of a table for spreadsheets.
locale-cells = ;
