//! Lines about packs.

use bantin_wire::ipc::pack::{PackContents, PackDamage, PackLost, PackMade, PackNews, PackReport};

use super::line::{moment, say};
use crate::args::Language;

/// A pack that was written.
pub(crate) fn made(made: &PackMade, language: Language) -> Vec<String> {
    let PackMade {
        file,
        bytes,
        media,
        letters,
        carried,
        ..
    } = made;
    let places: Vec<&str> = made.places.iter().map(|place| place.as_str()).collect();
    let places = places.join(", ");
    let mut lines = vec![
        say(
            language,
            &format!("Đã ghi {file} ({bytes} byte)"),
            &format!("Written: {file} ({bytes} bytes)"),
        ),
        say(
            language,
            &format!(
                "Tin: {places} · Ảnh, âm thanh: {media} · Thư: {letters} · Thư mang hộ: {carried}"
            ),
            &format!("News: {places} · Media: {media} · Letters: {letters} · Carried: {carried}"),
        ),
    ];
    if made.segments_missing > 0 {
        lines.push(say(
            language,
            "Máy này chưa có đủ tin của mọi nơi: có mạng thì chạy lại",
            "Not all news are on this device: do it again with a network",
        ));
    }
    lines
}

/// What an import brought.
pub(crate) fn imported(report: &PackReport, language: Language) -> Vec<String> {
    let news = match report.news {
        PackNews::None => (
            "Gói không có tin của nơi đang theo dõi",
            "No news of the place followed",
        ),
        PackNews::New => ("Có tin mới", "News came"),
        PackNews::Same => ("Tin trong gói đã có trên máy", "The news were here already"),
        PackNews::Older => (
            "Tin trong gói cũ hơn tin trên máy: giữ tin trên máy",
            "The news in the pack are older than those here: nothing was changed",
        ),
        PackNews::Incomplete => (
            "Tin trong gói không đủ: giữ phần còn nguyên",
            "The news in the pack are not whole: what is whole was kept",
        ),
        PackNews::OtherRoot => (
            "Tin trong gói không cùng gốc tin cậy: không nhận",
            "The news in the pack stand under another root of trust: refused",
        ),
        PackNews::NotGenuine => (
            "Tin trong gói không xác thực được: không nhận",
            "The news in the pack are not genuine: refused",
        ),
    };
    let mut lines = vec![say(language, news.0, news.1)];
    let PackReport {
        records_changed,
        media,
        letters_accepted,
        replies,
        carried,
        not_carried,
        ..
    } = report;
    lines.push(say(
        language,
        &format!("Tin mới hoặc sửa: {records_changed} · Ảnh, âm thanh: {media} · Thư đã có nơi nhận: {letters_accepted} · Thư về: {replies}"),
        &format!("News new or changed: {records_changed} · Media: {media} · Letters accepted: {letters_accepted} · Answers: {replies}"),
    ));
    if carried + not_carried > 0 {
        lines.push(say(
            language,
            &format!("Mang hộ: {carried} · Không mang được: {not_carried}"),
            &format!("Carried for others: {carried} · Not carried: {not_carried}"),
        ));
    }
    lines.extend(report.damages.iter().map(|one| damage(one, language)));
    lines
}

/// What a pack holds.
pub(crate) fn contents(contents: &PackContents, language: Language) -> Vec<String> {
    let mut lines = vec![say(
        language,
        &format!("{} byte; nội dung chưa được xác thực", contents.bytes),
        &format!("{} bytes; nothing in it is verified yet", contents.bytes),
    )];
    for (place, version, signed_at) in &contents.feeds {
        lines.push(format!("{place}  v{version}  {}", moment(*signed_at)));
    }
    for (kind, count, bytes) in &contents.kinds {
        lines.push(format!("{kind}  {count}  {bytes}"));
    }
    lines.extend(contents.damages.iter().map(|one| damage(one, language)));
    lines
}

/// A part that is lost.
fn damage(damage: &PackDamage, language: Language) -> String {
    let why = match damage.lost {
        PackLost::Header => ("đầu tệp hỏng", "the header is damaged"),
        PackLost::Unreadable => ("không đọc được", "unreadable"),
        PackLost::Altered => ("đã bị sửa", "altered"),
        PackLost::Cut => ("bị cắt", "cut"),
        PackLost::TooLong => ("quá dài", "too long"),
        PackLost::End => ("thiếu phần cuối", "the end is missing"),
        PackLost::GivenUp => (
            "hỏng quá nhiều, phần sau không đọc",
            "too much is damaged, the rest was not read",
        ),
    };
    let why = say(language, why.0, why.1);
    let kind = damage.kind.as_deref().unwrap_or("?");
    let name = damage.hash.map(|hash| hash.to_string()).unwrap_or_default();
    let (at, bytes) = (damage.at, damage.bytes);
    say(
        language,
        &format!("Hỏng: {kind} {name} tại byte {at}, dài {bytes}: {why}"),
        &format!("Lost: {kind} {name} at byte {at}, {bytes} long: {why}"),
    )
}
