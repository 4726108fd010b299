# The common frame: five destinations, the line of truth, the listen bar, buttons of many screens.
nav-label = Main sections
nav-home = Home
nav-news = News
nav-market = Market
nav-ask = Ask
nav-me = Me
nav-new = { $count } new
skip-to-content = Skip to the content

back = Back
next = Next
retry = Try again
send = Send
change = Change
loading = Opening
list-more = Show more
no-back = No, go back
not-said = Not given
sample = Sample
agency = The officer
field-optional = optional
field-too-long = Too long. At most { $most } characters.
stars =
    { $count ->
        [one] { $count } star
       *[other] { $count } stars
    }

sync-now = Fetch news and send letters
sync-brought = There is something new.
sync-nothing-new = Nothing new.
truth-syncing = Fetching news
truth-offline = No network
truth-failed = News could not be fetched
truth-clock = The clock of this device looks wrong
truth-stale = Old news, signed on { $date }
truth-updated = Updated { $ago }
truth-never = News were never fetched
truth-spent-day = Today's data are spent
truth-spent-month = This month's data are spent
truth-waiting =
    { $count ->
        [one] { $count } letter waiting
       *[other] { $count } letters waiting
    }

listen-bar = Now playing
listen-position = Heard so far
listen-back = Back 10 seconds
listen-pause = Pause
listen-go-on = Go on
listen-skip = Next item
listen-slower = Slower
listen-stop = Stop listening
listen-fetching = Fetching the sound
listen-place = Item { $at } of { $all }
listen-machine = { $place } · machine voice
listen-to = Listen: { $title }

photo-add = Take or choose a photo
photo-taking = Taking the photo in
photo-alt = Photo { $number }
photo-own = Photo sent along
photo-remove = Remove photo { $number }
photo-show = Show photo { $number } of { $all }
photos =
    { $count ->
        [one] { $count } photo
       *[other] { $count } photos, swipe to see them
    }
photo-privacy = Where and when a photo was taken is removed before it is sent.

step-of = Done so far
