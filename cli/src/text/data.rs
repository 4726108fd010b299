//! Where the bytes went, as lines.

use bantin_model::budget::{DataKind, Holds, ORDER};
use bantin_wire::ipc::data::{DataUse, Waiting};

use super::line::say;
use crate::args::Language;

pub(crate) fn data(used: &DataUse, language: Language) -> Vec<String> {
    let mut lines = vec![
        spent(
            language,
            ("Hôm nay", "Today"),
            used.today_bytes,
            used.limits.day_bytes,
        ),
        spent(
            language,
            ("Tháng này", "This month"),
            used.month_bytes,
            used.limits.month_bytes,
        ),
    ];
    for row in ORDER {
        if let Some(bytes) = used.month.get(&row.kind) {
            lines.push(format!(
                "  {}: {}",
                kind(row.kind, language),
                megabytes(*bytes)
            ));
        }
    }
    let days = used.days.iter().map(|day| {
        let bytes: u64 = day.kinds.values().sum();
        format!("  {}  {}", day.day, megabytes(bytes))
    });
    lines.extend(days);
    let room = Some(used.media_most_bytes);
    lines.push(spent(
        language,
        ("Ảnh và tiếng trong máy", "Pictures and sound here"),
        used.media_bytes,
        room,
    ));
    if used.limits.only_wifi {
        lines.push(say(
            language,
            "Ảnh và tiếng chỉ tự về khi có Wi-Fi",
            "Pictures and sound come by themselves over Wi-Fi only",
        ));
    }
    lines.extend(used.waits.iter().map(|waiting| waits(waiting, language)));
    lines
}

fn spent(language: Language, name: (&str, &str), bytes: u64, limit: Option<u64>) -> String {
    let name = say(language, name.0, name.1);
    match limit {
        Some(limit) => format!("{name}: {} / {}", megabytes(bytes), megabytes(limit)),
        None => format!("{name}: {}", megabytes(bytes)),
    }
}

fn waits(waiting: &Waiting, language: Language) -> String {
    let why = match waiting.why {
        Holds::Day => say(
            language,
            "hết phần dữ liệu hôm nay",
            "the day's data are spent",
        ),
        Holds::Month => say(
            language,
            "hết phần dữ liệu tháng này",
            "the month's data are spent",
        ),
        Holds::Metered => say(language, "đợi có Wi-Fi", "until there is Wi-Fi"),
        Holds::Battery => say(language, "pin yếu", "the battery is low"),
    };
    let (kind, size) = (kind(waiting.kind, language), megabytes(waiting.bytes));
    let waits = say(language, "Đang chờ", "Waits");
    format!("{waits}: {kind}, {size} ({why})")
}

fn kind(kind: DataKind, language: Language) -> String {
    let (vi, en) = match kind {
        DataKind::Ask => ("hỏi tin mới", "asking for news"),
        DataKind::Letter => ("thư và ảnh gửi đi", "letters sent"),
        DataKind::Answer => ("thư trả lời", "answers"),
        DataKind::Text => ("tin chữ", "texts"),
        DataKind::Thumb => ("ảnh nhỏ", "small pictures"),
        DataKind::Sound => ("tiếng đọc", "sound"),
        DataKind::Rest => ("ảnh lớn, tiếng khác", "large pictures, other sound"),
        DataKind::Other => ("việc khác", "other"),
    };
    say(language, vi, en)
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{:03} MB", bytes / 1_000_000, bytes % 1_000_000 / 1000)
}
