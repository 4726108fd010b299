# Home.
home-listen = Listen to the news
home-listen-new =
    { $count ->
        [one] { $count } new item to hear
       *[other] { $count } new items to hear
    }
home-listen-all =
    { $count ->
        [one] { $count } item with sound
       *[other] { $count } items with sound
    }
home-listen-none = Nothing to listen to yet
home-topics = By topic
home-questions = My questions
home-questions-none = Nothing asked yet. If something is unclear, just ask an officer.
home-products = In the market this season
home-stale = These news are old. When there is a network, press the two arrows in the upper corner to fetch new ones.
home-clock-wrong = Date and time of this device are off by more than two days. Please set them in the device's settings.
ask-officer = Ask an officer
