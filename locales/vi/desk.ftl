# Bàn làm việc của cán bộ: vào, khung, phím, những lời dùng chung.
desk-title = Bàn làm việc
desk-sign-in-lead = Dành cho cán bộ của cơ quan.
desk-sign-in-again = Hết phiên làm việc. Đăng nhập lại để làm tiếp; những gì đang viết vẫn còn.
desk-sign-in = Đăng nhập
desk-sign-in-busy = Đang đăng nhập
desk-sign-in-wrong = Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.
desk-sign-in-wait = Thử sai nhiều lần quá. Thử lại sau { $seconds } giây.
desk-sign-in-go-on = Bây giờ có thể thử lại.
desk-login = Tên đăng nhập
desk-login-empty = Nhập tên đăng nhập.
desk-password = Mật khẩu
desk-password-empty = Nhập mật khẩu.
desk-password-show = Hiện mật khẩu
desk-sign-out = Đăng xuất
desk-officer = Cán bộ
desk-theme = Nền sáng hoặc tối
desk-theme-auto = Nền sáng tối theo máy tính
desk-theme-light = Nền sáng
desk-theme-dark = Nền tối
desk-language = Đổi tiếng Việt, tiếng Anh
desk-skip = Đi thẳng tới danh sách

desk-nav = Các mục chính
desk-nav-queue = Việc chờ
desk-nav-write = Soạn tin
desk-nav-published = Đã đăng
desk-nav-products = Sản phẩm chờ duyệt

desk-optional = không bắt buộc
desk-count = { $written } / { $limit }
desk-close = Đóng
desk-back = Trở lại danh sách
desk-cancel = Thôi
desk-more = Xem thêm
desk-no-grant = Không có quyền
desk-no-grant-answer = Tài khoản này chưa được giao trả lời cho nơi nào. Hỏi người quản trị.
desk-no-grant-publish = Tài khoản này chưa được giao đăng tin cho nơi nào. Hỏi người quản trị.
desk-no-grant-product = Tài khoản này chưa được giao duyệt sản phẩm cho nơi nào. Hỏi người quản trị.

desk-help = Phím tắt
desk-key-section = Sang mục thứ nhất, hai, ba, tư
desk-key-row = Dòng dưới, dòng trên
desk-key-open = Mở dòng đang chọn
desk-key-search = Tìm trong danh sách
desk-key-reply = Viết trả lời
desk-key-new = Soạn tin mới
desk-key-send = Gửi, hoặc mở hộp đăng tin
desk-key-save = Lưu nháp ngay
desk-key-back = Rời ô đang viết, rồi trở lại danh sách
desk-key-help = Bảng này

# Ở bàn làm việc, mấy lỗi chung cần lời khác với ứng dụng của người dân.
desk-error-offline = Không tới được máy chủ. Kiểm tra mạng rồi thử lại; những gì đang viết vẫn còn.
desk-error-not-a-hub = Máy chủ trả lời không đúng. Mạng này có thể đang chặn; thử lại hoặc báo người quản trị.
desk-error-resting = Máy chủ đang chờ xác nhận sau sự cố, chưa nhận việc. Báo người quản trị.
desk-error-media-kind = Tệp này không phải ảnh hay tiếng. Chọn tệp khác.
desk-error-internal = Máy chủ có lỗi bên trong. Thử lại; nếu vẫn vậy, báo người quản trị.
desk-error-no-grant = Tài khoản này không có quyền làm việc này ở nơi này. Hỏi người quản trị.
desk-error-empty = Chỗ này còn trống. Điền vào rồi thử lại.
