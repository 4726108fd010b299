# The queue and a conversation.
desk-found =
    { $count ->
        [one] one item
       *[other] { $count } items
    }
desk-found-more = first { $count }, more to come
desk-filters = Filter the list
desk-filter-all = All
desk-filter-overdue = Overdue
desk-filter-near = Due soon
desk-filter-unopened = Not opened
desk-filter-done = Finished ones too
desk-filter-topic = Filter by topic
desk-filter-topic-all = Every topic
desk-filter-clear = Clear filters
desk-search = Search the list
desk-queue-empty = Nothing is waiting
desk-queue-empty-text = New letters will appear here.
desk-queue-no-match = Nothing matches
desk-queue-none-open = Choose an item to read
desk-queue-how = j and k move, Enter opens, ? shows every key.
desk-unopened = Not opened yet.
desk-rated =
    { $stars ->
        [one] one star
       *[other] { $stars } stars
    }

desk-left-days =
    { $count ->
        [one] one day left
       *[other] { $count } days left
    }
desk-left-hours =
    { $count ->
        [one] one hour left
       *[other] { $count } hours left
    }
desk-left-minutes =
    { $count ->
        [one] one minute left
       *[other] { $count } minutes left
    }
desk-over-days =
    { $count ->
        [one] one day overdue
       *[other] { $count } days overdue
    }
desk-over-hours =
    { $count ->
        [one] one hour overdue
       *[other] { $count } hours overdue
    }
desk-over-minutes =
    { $count ->
        [one] one minute overdue
       *[other] { $count } minutes overdue
    }

desk-status-received = new
desk-status-forwarded = passed on to us
desk-status-passed-on = passed on
desk-status-needs-info = waits for the citizen
desk-status-working = being worked on
desk-status-answered = answered
desk-status-closed = closed
desk-status-reopened = asked again
desk-status-out-of-scope = not our business

desk-thread = Conversation
desk-messages = What was said
desk-due = Answer by { $date }
desk-due-basis = Answer by { $date } · { $basis }
desk-came = Came { $when }
desk-about = About the notice: { $title }
desk-written-for = Written for: { $name }
desk-contact = Contact: { $contact }
desk-contact-none = No contact left; answers reach the app only
desk-citizen = Citizen
desk-agency = Agency
desk-did-ask = asked for more
desk-did-working = said it is being worked on
desk-did-answer = answered
desk-did-decline = said it is not our business
desk-did-forward = passed it on
desk-did-publish = published the product
desk-did-reject = sent it back
desk-did-submit = submitted a product
desk-did-rate = rated
desk-did-close = closed
desk-did-reopen = asked again
desk-photo = Photo { $number } from the citizen
desk-photo-open = Open the large photo in a new tab
desk-sound = Recording { $number } from the citizen
desk-file = File { $number }, { $size }

desk-reply = Reply to the citizen
desk-reply-what = What to do
desk-reply-text = Words for the citizen
desk-reply-empty = Write something for the citizen first.
desk-reply-none = Nothing is asked of the agency in this conversation now.
desk-sending = Sending
desk-verb-answer = Answer
desk-verb-answer-hint = The deadline stops. The citizen may rate the answer or ask again.
desk-verb-ask = Ask for detail
desk-verb-ask-hint = The deadline waits until the citizen says more.
desk-verb-working = Say it is being worked on
desk-verb-working-hint = The citizen knows that work goes on. The deadline keeps running.
desk-verb-decline = Not our business
desk-verb-decline-hint = Say who can help, so that the citizen knows where to turn.
desk-sent-answer = The answer was sent.
desk-sent-ask = The question was sent.
desk-sent-working = The citizen was told that work goes on.
desk-sent-decline = The citizen was told that it is not our business.
desk-verb-forward = Pass on
desk-verb-forward-hint = The letter is sealed anew for the other agency. The citizen sees where it went and why.
desk-sent-forward = It was passed on, and the citizen was told.
desk-forward-to = Pass on to
desk-forward-choose = Choose an agency
desk-forward-choose-first = Choose the agency first.
desk-forward-nobody = No agency is known yet that takes what is passed on. The list comes by itself once there is a network.
desk-forward-why = Why; the citizen reads this too
desk-forward-self = It is with this agency already.
desk-forward-no-key = The key of this agency has expired or was revoked, so nothing can be sealed to it. Choose another one.
desk-forward-too-often = It was passed on { $count } times already and cannot be passed on again.
desk-passed-to = Passed on to { $agency }
desk-trail = { $from } passed it on to { $to }, { $when }. Why: { $reason }
