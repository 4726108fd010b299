# Ngày, giờ, kích thước.
ago-now = vừa xong
ago-minutes = { $count } phút trước
ago-hours = { $count } giờ trước
ago-yesterday = hôm qua
ago-days = { $count } ngày trước
date = { $day_two }/{ $month_two }/{ $year }
when-today = hôm nay, { $clock }
when-day = { $date }, { $clock }
month-short = Th. { $month }
size-kb = { $size } KB
size-mb = { $size } MB
