# Tên của chủ đề, nhóm hàng, ngôn ngữ.
topic-policy = Chính sách
topic-health = Sức khoẻ
topic-education = Học hành
topic-market = Giá cả, mua bán
topic-science = Cách làm ăn
topic-security = An toàn
topic-culture = Văn hoá

group-food = Đồ ăn
group-drinks = Đồ uống
group-herbs = Cây thuốc
group-handicraft = Đồ thủ công
group-ornamental = Cây, vật cảnh
group-tourism = Du lịch bản

language-vi = tiếng Việt
language-en = tiếng Anh
language-cjm-latn = tiếng Chăm (chữ La-tinh)
language-cjm-cham = tiếng Chăm (chữ Chăm)
language-rog = tiếng Raglai
language-kpm = tiếng Cơ Ho
language-crw = tiếng Chơ Ro
language-blt-latn = tiếng Thái (chữ La-tinh)
language-blt-tavt = tiếng Thái (chữ Thái)
language-mww = tiếng Mông
language-tyz = tiếng Tày
language-nut = tiếng Nùng
language-mtq = tiếng Mường
language-rad = tiếng Ê Đê
language-jra = tiếng Gia Rai
language-bdq = tiếng Ba Na
language-km = tiếng Khmer
language-zh = tiếng Trung
language-ko = tiếng Hàn
language-ru = tiếng Nga
language-ar = tiếng Ả Rập
