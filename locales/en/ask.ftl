# Asking: three steps, the list, a conversation.
talks-title = Ask an officer
talks-none = Nothing asked yet
talks-none-how = If something is unclear, just ask. You can write without a network; the letter waits on the device.
talk = Conversation
talk-none = Choose a question to see
talk-unread = New answer
talk-question = Question
talk-product = Product to be checked
talk-with = To { $agency }
talk-waits = The letter is safe on this device. It leaves when there is a network and the bulletin is open.
talk-about = See the item it is about
talk-said = What was said

question-about = What is it about?
question-denunciation = Do not send a denunciation here. Go to the citizens' reception office: the law protects the denouncer's name.
question-say = What do you want to ask?
question-words = Your question
question-words-hint = Write as you speak, in any language.
question-empty = There is no question yet. Write a few words, then press Next.
question-more = Ask for someone else, or leave a contact
question-for = On behalf of
question-for-hint = Leave empty if you ask for yourself.
question-contact = How to reach you
question-contact-hint = If empty, you still get the answer here.
question-look = Check and send
question-to = To
question-topic = About
question-sealed = The letter is sealed. Carriers cannot read it; only the agency can open it.
question-change = Change it
question-saved = Saved safely on this device.

step-path = The letter's way
step-saved = Saved on this device
step-accepted = Accepted by a hub
step-delivered = Delivered to the agency
step-opened = Opened by an officer
step-answered = Answered
step-not-yet = not yet
step-proven = { $when } · { $who }

status-saved = Waiting to leave
status-received = Received
status-forwarded = Forwarded
status-needs-info = They need to know more
status-working = In progress
status-answered = Answered
status-closed = Closed
status-reopened = Asked again
status-out-of-scope = Not their matter
due-over = The answer is late; it was due { $date }
due-today = An officer answers by today
due-days =
    { $count ->
        [one] An officer answers by { $date } ({ $count } day left)
       *[other] An officer answers by { $date } ({ $count } days left)
    }
due-basis = Under { $basis }

bubble-me = Me
bubble-waiting = Waiting for a network
bubble-carried = A neighbour's device carries it since { $time }
bubble-see-product = See it in the market
verb-question = asks
verb-reply = adds
verb-rate = rates
verb-close = closes
verb-reopen = asks again
verb-submit-product = sends a product
verb-needs-info = asks back
verb-working = is working on it
verb-answered = answers
verb-forwarded = forwards
verb-out-of-scope = not their matter
verb-closed = closes
verb-published = put it in the market
verb-rejected = did not put it in the market

acts = What you can do now
reply-words = Add something
reply-send = Send
reopen-words = What is still unclear?
reopen = Ask again
close-talk = Done, thank you
rate = How was the answer?
rate-5 = Very good
rate-4 = Good
rate-3 = Acceptable
rate-2 = Not clear
rate-1 = No help
rate-words = A few words
rate-send = Send the rating
claim = Claim code
claim-why = Write it down or photograph it. If the phone is lost, an officer finds the answer with this code. Whoever has it can read the answer, so keep it well.
