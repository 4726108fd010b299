# Mỗi mã lỗi một câu: chuyện gì, và làm gì tiếp.
error-offline = Không có mạng. Những gì đã có vẫn đọc được; thư vẫn nằm trong máy.
error-not-a-hub = Mạng này chặn đường ra, hoặc cần đăng nhập. Thử mạng khác.
error-hub-resting = Nơi phát tin đang kiểm tra lại sau sự cố. Thử lại sau.
error-link-damaged = Đường dẫn này không đọc được. Xem có chép thiếu chữ nào không.
error-place-unknown = Nơi phát tin này không có tin của nơi đã chọn. Chọn nơi khác.
error-root-mismatch = Chữ ký gốc không khớp với đường dẫn, nên máy không nhận gì từ đó; tin và thư đang có vẫn còn. Hãy gặp cán bộ để hỏi đường dẫn đúng.
error-not-genuine = Chữ ký không đúng, nên không hiện. Thử lại, hoặc báo cho cán bộ.
error-rolled-back = Nơi phát tin đưa ra bản cũ hơn bản đã có. Máy giữ bản đang có.
error-no-agency-key = Cơ quan chưa nhận được thư kín lúc này. Câu hỏi vẫn còn đây, thử lại sau.
error-not-found = Không thấy. Có thể đã được rút.
error-empty = Chỗ này còn trống. Điền vào rồi bấm lại.
error-too-long =
    { $known ->
        [yes] Dài quá. Nhiều nhất { $number } chữ cái.
       *[other] Dài quá. Viết ngắn lại.
    }
error-not-allowed = Không dùng được giá trị này. Chọn lại.
error-too-many =
    { $known ->
        [yes] Nhiều quá. Nhiều nhất { $number }.
       *[other] Nhiều quá. Bỏ bớt.
    }
error-media-too-large =
    { $known ->
        [yes] Tệp lớn quá. Nhiều nhất { $number } MB.
       *[other] Tệp lớn quá. Chọn tệp nhỏ hơn.
    }
error-media-too-many-pixels = Ảnh rộng quá, máy không mở nổi. Chọn ảnh khác.
error-media-heic = Ảnh kiểu HEIC chưa mở được. Trong cài đặt máy ảnh, chọn kiểu JPEG (tương thích nhất).
error-media-kind = Đây không phải ảnh. Chọn một tấm ảnh.
error-media-damaged = Tệp bị hỏng, không mở được. Chọn tệp khác.
error-not-a-pack = Tệp này không phải gói tin, hoặc hỏng hết rồi. Xin người đưa chép lại.
error-pack-newer = Gói tin này do bản mới hơn làm ra. Cập nhật ứng dụng rồi mở lại.
error-disk-full = Hết chỗ trống. Xoá bớt ảnh, video rồi thử lại; chưa mất gì.
error-claim-length =
    { $known ->
        [yes] Mã có 56 chữ và số, ở đây mới thấy { $number }. Xem lại có thiếu hay thừa nhóm nào không.
       *[other] Mã có 56 chữ và số. Xem lại có thiếu hay thừa nhóm nào không.
    }
error-claim-misread = Có chỗ chép nhầm. Xem lại từng nhóm bốn chữ; mã chỉ có số và chữ cái không dấu.
error-data-spent = Hết phần dữ liệu đã đặt. Chờ tới hạn mới, hoặc vào Tôi, mục Dữ liệu để nới.
error-data-waits = Máy đang để dành dữ liệu và pin. Chạm vào thì máy mới lấy.
error-wrong-state = Bây giờ không làm được việc này. Mở lại để xem tình trạng mới.
error-sign-in-wrong = Tên hoặc mật khẩu không đúng.
error-sign-in-wait =
    { $known ->
        [yes] Thử nhiều lần quá. Đợi { $number } giây rồi thử lại.
       *[other] Thử nhiều lần quá. Đợi một lúc rồi thử lại.
    }
error-signed-out = Hết phiên làm việc. Đăng nhập lại; những gì đang viết vẫn còn.
error-no-grant = Không có quyền làm việc này.
error-wrong-origin = Yêu cầu không đến từ trang của ứng dụng.
error-conflict = Người khác vừa sửa. Mở lại để xem bản mới.
error-busy =
    { $known ->
        [yes] Đang đông quá. Đợi { $number } giây rồi thử lại.
       *[other] Đang đông quá. Đợi một lúc rồi thử lại.
    }
error-malformed = Hai bên không hiểu nhau. Hãy cập nhật ứng dụng.
error-internal = Có lỗi bên trong. Thử lại; nếu vẫn vậy, báo cho cán bộ.
