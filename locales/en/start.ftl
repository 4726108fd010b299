# The first start: language, place, what this is.
start-title = First start
start-language = Which language do you read?
start-place = Where do you live?
start-place-search = Find your place
start-place-none = Not found. Try fewer letters.
start-follow = Follow this place
start-link-ask = The commune's link is needed to know where news come from.
start-link = The commune's link
start-link-hint = Ask an officer, or copy it from the sheet with the code. It looks like: address#root=…
start-about = This is your commune's bulletin
start-about-from = News of { $agency }, signed so that you know they are genuine.
start-about-offline = Read and search without a network too.
start-about-listen = Press the big round button to hear the news, like the village loudspeaker.
start-about-ask = Ask an officer and send photos. With a network, letters leave by themselves while the bulletin is open.
start-about-private = No account and no phone number needed.
start-done = See the news
trusts-origin = In a browser you trust the address of this page. The app from a commune officer is surer.
language-stands-in = Nobody has written the buttons in { $language } yet, so they are in Vietnamese for now. Texts that exist in { $language } are shown in { $language }.
