# Khung chung: năm nơi đến, dòng sự thật, thanh nghe, các nút dùng ở nhiều màn hình.
nav-label = Các mục chính
nav-home = Nhà
nav-news = Tin
nav-market = Chợ
nav-ask = Hỏi
nav-me = Tôi
nav-new = { $count } mới
skip-to-content = Đi thẳng tới nội dung

back = Trở lại
next = Tiếp
retry = Thử lại
send = Gửi
change = Sửa
loading = Đang mở
list-more = Xem thêm
no-back = Không, trở lại
not-said = Chưa ghi
sample = Bài mẫu
agency = Cán bộ
field-optional = không bắt buộc
field-too-long = Dài quá. Nhiều nhất { $most } chữ cái.
stars = { $count } sao

sync-now = Lấy tin và gửi thư
sync-brought = Đã có tin mới.
sync-nothing-new = Không có gì mới.
truth-syncing = Đang lấy tin
truth-offline = Không có mạng
truth-failed = Chưa lấy được tin
truth-clock = Giờ của máy có vẻ sai
truth-stale = Tin cũ, ký ngày { $date }
truth-updated = Cập nhật { $ago }
truth-never = Chưa lấy tin lần nào
truth-spent-day = Hết phần dữ liệu hôm nay
truth-spent-month = Hết phần dữ liệu tháng này
truth-waiting = { $count } thư chờ gửi

listen-bar = Đang nghe
listen-position = Đã nghe được
listen-back = Lùi 10 giây
listen-pause = Tạm dừng
listen-go-on = Nghe tiếp
listen-skip = Sang bài sau
listen-slower = Đọc chậm
listen-stop = Thôi nghe
listen-fetching = Đang lấy tiếng
listen-place = Bài { $at } trên { $all }
listen-machine = { $place } · giọng máy
listen-to = Nghe: { $title }

photo-add = Chụp hoặc chọn ảnh
photo-taking = Đang nhận ảnh
photo-alt = Ảnh { $number }
photo-own = Ảnh gửi kèm
photo-remove = Bỏ ảnh { $number }
photo-show = Xem ảnh { $number } trên { $all }
photos = { $count } ảnh, vuốt ngang để xem
photo-privacy = Nơi chụp và ngày chụp được xoá khỏi ảnh trước khi gửi.

step-of = Đã làm tới đây
