# Nhà.
home-listen = Nghe bản tin
home-listen-new = { $count } tin mới để nghe
home-listen-all = { $count } tin có tiếng
home-listen-none = Chưa có tin nào nghe được
home-topics = Xem theo việc
home-questions = Câu hỏi của tôi
home-questions-none = Chưa hỏi câu nào. Có gì chưa rõ, cứ hỏi cán bộ.
home-products = Mùa này ở chợ
home-stale = Tin đang xem là tin cũ. Khi có mạng, bấm nút hai mũi tên ở góc trên để lấy tin mới.
home-clock-wrong = Ngày giờ của máy lệch hơn hai ngày. Hãy chỉnh lại ngày giờ trong phần cài đặt của máy.
ask-officer = Hỏi cán bộ
