# Names of topics, product groups, languages.
topic-policy = Policies
topic-health = Health
topic-education = Education
topic-market = Prices and trade
topic-science = Farming and know-how
topic-security = Safety
topic-culture = Culture

group-food = Food
group-drinks = Drinks
group-herbs = Medicinal herbs
group-handicraft = Handicraft
group-ornamental = Ornamental plants and animals
group-tourism = Village tourism

language-vi = Vietnamese
language-en = English
language-cjm-latn = Cham (Latin script)
language-cjm-cham = Cham (Cham script)
language-rog = Raglai
language-kpm = Cơ Ho
language-crw = Chơ Ro
language-blt-latn = Thái (Latin script)
language-blt-tavt = Thái (Thái script)
language-mww = Mông
language-tyz = Tày
language-nut = Nùng
language-mtq = Mường
language-rad = Ê Đê
language-jra = Gia Rai
language-bdq = Ba Na
language-km = Khmer
language-zh = Chinese
language-ko = Korean
language-ru = Russian
language-ar = Arabic
