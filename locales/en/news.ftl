# News, search, reader.
news-title = News
news-filters = Choose what to see
news-all = All
news-saved = Kept
news-saved-none = Nothing kept yet
news-saved-how = Open an item and press “Keep” at its end. It will be here.
news-topic-none = Nothing about this yet
news-none = No news yet
news-none-how = When there is a network, news come here and stay on the device.
notice-urgent = Urgent
notice-unread = Unread.
notice-saved = Kept
notice-audio = With sound
notice-over = No longer in force since { $date }

search-label = Find news and products
search-clear = Clear the search
search-start = Type a few letters to search
search-tones = No tone marks needed: “ho tro” finds “hỗ trợ”. It works without a network.
search-count =
    { $count ->
        [one] { $count } result
       *[other] { $count } results
    }
search-none = Nothing found
search-none-how = Try fewer words, or ask an officer.

reader = Reader
reader-none = Choose an item to read
reader-languages = Read it in
reader-listen = Listen
reader-listen-in = Listen in { $language }
reader-no-sound = There is no sound for this yet.
reader-parts = Parts of this text
reader-ask = Ask about this
reader-save = Keep
reader-let-go = Stop keeping
reader-saved = Kept.
reader-not-saved = No longer kept.
part-summary = In short
part-who = Who benefits
part-todo = What to do
part-body = The text
part-ask = Whom to ask
part-pictures = Pictures
part-sources = Sources
genuine-current = Verified · { $agency } · { $date }
genuine-old = Really from { $agency } · { $date }. Last checked on { $signed }; there may be newer news.
genuine-replaced = { $agency } has withdrawn or replaced this ({ $date }). Do not act on it.
text-stands-in = This is not available in your language, so it is shown in this one: { $language }.
text-machine = A machine translated this and nobody has read it over. It may be wrong.
text-machine-reviewed = A machine translated this; a person has read it over.
text-original = Show the Vietnamese original
sound-machine = machine voice
sound-here = on this device
sound-size = { $size } to fetch
