//! Lines about sharing with neighbours.

use bantin_relay::{Found, Tally};

use super::line::say;
use crate::args::Language;

/// Under the link: what to do with it.
pub(crate) fn sharing(announced: bool, language: Language) -> String {
    let scan = say(
        language,
        "Hàng xóm quét mã này, hoặc gõ: bantin follow LIÊN-KẾT NƠI. Bấm Ctrl+C để thôi chia sẻ.",
        "Neighbours scan this code, or type: bantin follow LINK PLACE. Ctrl+C stops sharing.",
    );
    let alone = say(
        language,
        "Máy gần đây không tự thấy máy này.",
        "Devices nearby do not find this one by themselves.",
    );
    match announced {
        true => scan,
        false => format!("{scan}\n{alone}"),
    }
}

/// At the end.
pub(crate) fn shared(tally: &Tally, by_itself: bool, language: Language) -> String {
    let Tally {
        guests,
        given_bytes,
        letters_waiting,
    } = tally;
    let kib = given_bytes / 1024;
    let done = say(
        language,
        &format!(
            "Đã chia sẻ: {guests} máy, {kib} KB · Thư của khách còn chờ mạng: {letters_waiting}"
        ),
        &format!(
            "Shared: {guests} guests, {kib} KB · Letters of guests that wait: {letters_waiting}"
        ),
    );
    let battery = say(
        language,
        "Pin yếu, máy thôi chia sẻ.",
        "The battery is low.",
    );
    match by_itself {
        true => format!("{battery} {done}"),
        false => done,
    }
}

/// A relay that was found.
pub(crate) fn near(found: &Found) -> String {
    let places: Vec<&str> = found.places.iter().map(|place| place.as_str()).collect();
    format!("{}  {}", found.url, places.join(" "))
}

/// None was.
pub(crate) fn nobody_near(language: Language) -> String {
    say(
        language,
        "Không thấy máy nào đang chia sẻ. Hỏi hàng xóm mã QR hoặc liên kết.",
        "Nobody shares nearby. Ask a neighbour for the QR code or the link.",
    )
}
