# Checking products.
desk-products-none-open = Choose a product to check
desk-products-how = A product appears in the market only after an officer has seen it and signed.
desk-product-check = Product check
desk-product-none = The product in this letter cannot be read
desk-product-said = What the maker sent
desk-product-appears = As it is to appear
desk-product-published = This product is in the market now.
desk-product-name = Name
desk-product-group = Group
desk-product-story = Story
desk-product-price = Price
desk-product-price-hint = As the maker says it, with the unit.
desk-product-maker = Household or cooperative
desk-product-village = Village
desk-product-buy = How to buy
desk-product-public = Everybody sees this.
desk-product-season = Months in which there is some
desk-product-season-hint = No month chosen means all year.
desk-certificate = OCOP certificate
desk-certificate-claimed =
    { $stars ->
        [one] The sender says it has one star.
       *[other] The sender says it has { $stars } stars.
    }
desk-certificate-seen = I have seen the certificate
desk-certificate-seen-hint = Otherwise the product appears without stars.
desk-certificate-number = Number
desk-certificate-stars = Stars
desk-certificate-by = Issued by
desk-certificate-issued = Issued on
desk-certificate-last = Last day
desk-certificate-last-hint = As on the paper, usually 36 months from its issue; after this day the stars vanish by themselves.
desk-stars =
    { $count ->
        [one] one star
       *[other] { $count } stars
    }
desk-product-publish-open = Sign and put in the market
desk-product-publish-title = Sign and put the product in the market?
desk-product-published-now = Signed and in the market. The sender will hear of it.
desk-product-reject = Send back
desk-product-reject-title = Send back to the maker
desk-product-reject-send = Send back
desk-product-reason = Reason, and what would help
desk-product-reason-hint = Be warm and concrete: the maker will go by these words.
desk-product-reason-empty = Give the reason, so that the maker knows what to mend.
desk-product-rejected-now = Sent back with the reason.
desk-product-ask = Ask the sender for detail
