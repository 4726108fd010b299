# Dates, times, sizes.
ago-now = just now
ago-minutes =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
ago-hours =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
ago-yesterday = yesterday
ago-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
date = { $day } { month-short } { $year }
when-today = today, { $clock }
when-day = { $date }, { $clock }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
size-kb = { $size } KB
size-mb = { $size } MB
