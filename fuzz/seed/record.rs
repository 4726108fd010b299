//! Records of every kind.

use super::cast::{NOW, PLACES, feed_key, receipt_key};
use super::{Item, bytes, map, number, one, text, truth};

const PARAGRAPH: &str = "Bà con đến nhà văn hoá thôn lúc 7 giờ sáng, mang theo sổ hộ khẩu. Cán bộ xã \
    hướng dẫn làm hồ sơ vay vốn và nhận giống lúa. Ai không đi được thì nhờ trưởng thôn nhận giúp. ";

/// A record around `body`.
pub fn record(number_: u64, kind: u64, place: &str, body: &Item) -> Vec<u8> {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number_.to_be_bytes());
    one(&map([
        (0, number(1)),
        (1, bytes(&id)),
        (2, number(kind)),
        (3, number(1)),
        (4, text(place)),
        (5, number(NOW)),
        (6, map([(0, number(NOW)), (1, number(NOW + 86_400))])),
        (8, bytes(&one(body))),
    ]))
}

fn rendition(lang: &str, title: &str, long: usize) -> Item {
    map([
        (0, text(lang)),
        (1, text(title)),
        (2, text("Tóm tắt một câu.")),
        (3, text(&PARAGRAPH.repeat(long))),
        (4, text("Mọi hộ trong thôn")),
        (5, text("Gặp cán bộ xã")),
        (6, text("Uỷ ban nhân dân xã")),
        (7, number(0)),
        (8, text("Văn phòng xã")),
    ])
}

fn names(name: &str) -> Item {
    Item::Map(vec![text("vi"), text(name), text("en"), text(name)])
}

fn blob(fill: u8, mime: u64) -> Item {
    map([
        (0, bytes(&[fill; 32])),
        (1, number(40_000)),
        (2, number(mime)),
    ])
}

fn picture() -> Item {
    map([
        (0, blob(1, 0)),
        (1, blob(2, 0)),
        (2, blob(3, 0)),
        (3, number(960)),
        (4, number(720)),
        (5, names("Cầu treo")),
    ])
}

/// A notice, `long` paragraphs.
pub fn notice(number_: u64, place: &str, long: usize) -> Vec<u8> {
    let source = map([
        (0, text("Quyết định mẫu")),
        (1, text("https://example.org/")),
        (2, text("2026-11-01")),
    ]);
    let audio = map([(0, blob(9, 16)), (1, text("cjm-Latn")), (2, number(1))]);
    let texts = vec![
        rendition("vi", &format!("Thông báo số {number_}"), long),
        rendition("en", "A notice", 1),
    ];
    let body = map([
        (0, number(1)),
        (1, number(1)),
        (2, Item::Array(texts)),
        (3, Item::Array(vec![audio])),
        (4, Item::Array(vec![picture()])),
        (5, Item::Array(vec![source])),
        (7, truth(true)),
    ]);
    record(number_, 1, place, &body)
}

fn product() -> Vec<u8> {
    let certificate = map([
        (0, text("OCOP-MẪU-01")),
        (1, text("Uỷ ban")),
        (2, map([(0, number(NOW)), (1, number(NOW + 94_608_000))])),
        (3, number(4)),
    ]);
    let body = map([
        (0, number(2)),
        (1, Item::Array(vec![rendition("vi", "Rượu cần men lá", 1)])),
        (2, text("Hộ bà Thu")),
        (3, text("Bản Cà Lon")),
        (4, text("350.000 đồng")),
        (5, text("2026-11-01")),
        (6, Item::Array(vec![number(1), number(12)])),
        (7, truth(true)),
        (8, certificate),
        (9, Item::Array(vec![picture()])),
    ]);
    record(900, 2, PLACES[2], &body)
}

fn place_info() -> Vec<u8> {
    let body = map([
        (0, text(PLACES[2])),
        (1, names("Phan Sơn")),
        (2, text("23008")),
        (3, text("xã")),
        (4, text(PLACES[1])),
        (5, map([(0, number(0))])),
        (6, Item::Array(vec![text("vn-68-23005")])),
    ]);
    record(901, 16, PLACES[2], &body)
}

fn agency() -> Vec<u8> {
    let body = map([
        (0, names("Uỷ ban nhân dân xã")),
        (1, bytes(super::cast::agency_seal().public().as_bytes())),
        (2, bytes(super::cast::agency_sign().public().as_bytes())),
        (3, map([(0, number(0))])),
        (4, names("Bộ phận một cửa")),
    ]);
    record(902, 17, PLACES[2], &body)
}

/// The delegation by which place `at - 1` lets place `at` speak.
pub fn delegation(at: usize) -> Vec<u8> {
    let keys = map([
        (0, bytes(feed_key(at).public().as_bytes())),
        (1, bytes(receipt_key(at).public().as_bytes())),
    ]);
    let body = map([
        (0, text(PLACES[at])),
        (1, keys),
        (2, number(1)),
        (3, number(0)),
        (4, text("Quyết định mẫu")),
        (5, map([(0, number(0))])),
    ]);
    record(903, 18, PLACES[at - 1], &body)
}

/// One of every kind, and one of a kind nobody knows yet.
pub fn all() -> Vec<Vec<u8>> {
    let unknown = record(904, 99, PLACES[2], &map([(0, text("mai sau"))]));
    vec![
        notice(1, PLACES[2], 1),
        notice(2, PLACES[2], 20),
        product(),
        place_info(),
        agency(),
        delegation(1),
        unknown,
    ]
}
