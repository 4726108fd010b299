# Lần mở đầu tiên: tiếng nói, nơi ở, đây là gì.
start-title = Bắt đầu
start-language = Bà con đọc tiếng nào?
start-place = Bà con ở đâu?
start-place-search = Tìm nơi ở
start-place-none = Không thấy nơi này. Thử gõ ít chữ hơn.
start-follow = Theo tin nơi này
start-link-ask = Cần đường dẫn của xã để biết lấy tin ở đâu.
start-link = Đường dẫn của xã
start-link-hint = Hỏi cán bộ xã hoặc chép từ tờ giấy có mã. Dạng: địa chỉ#root=…
start-about = Đây là bản tin của xã
start-about-from = Tin của { $agency }, có chữ ký để biết là thật.
start-about-offline = Đọc và tìm được cả khi không có mạng.
start-about-listen = Bấm nút tròn lớn để nghe tin, như nghe loa của bản.
start-about-ask = Hỏi cán bộ, gửi ảnh. Có mạng thì thư tự đi khi đang mở bản tin này.
start-about-private = Không cần tài khoản, không cần số điện thoại.
start-done = Vào xem tin
trusts-origin = Mở bằng trình duyệt thì tin vào địa chỉ trang này. Cài ứng dụng từ cán bộ xã thì chắc chắn hơn.
language-stands-in = Chưa có người viết nút bấm bằng { $language }, nên tạm dùng tiếng Việt. Bài nào có { $language } sẽ hiện bằng { $language }.
