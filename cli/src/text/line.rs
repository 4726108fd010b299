//! One line for each thing that is shown to a person.

use bantin_engine::WaitingLetter;
use bantin_model::conversation::Date;
use bantin_model::time::Seconds;
use bantin_wire::http::OfferedPlace;
use bantin_wire::ipc::conversation::{ConversationCard, MessageView};
use bantin_wire::ipc::device::{DeviceStatus, SyncOutcome};
use bantin_wire::ipc::notice::NoticeCard;
use bantin_wire::ipc::product::ProductCard;
use bantin_wire::ipc::search::{Found, Hit};

use super::failure;
use crate::args::Language;
use bantin_wire::Failure;

/// Vietnamese time, in minutes east of Greenwich.
const OFFSET_MINUTES: i32 = 420;

pub(super) fn say(language: Language, vi: &str, en: &str) -> String {
    match language {
        Language::Vi => vi.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// A moment as day and time in Vietnam.
pub(crate) fn moment(at: Seconds) -> String {
    let (year, month, day) = Date::of(at, OFFSET_MINUTES).civil();
    let minutes = (at.0 / 60 + OFFSET_MINUTES.unsigned_abs() as u64) % (24 * 60);
    format!(
        "{day:02}/{month:02}/{year} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

pub(crate) fn offered(place: &OfferedPlace) -> String {
    let name = place
        .names
        .get("vi")
        .map(String::as_str)
        .unwrap_or_default();
    format!("{}  {name}", place.id)
}

pub(crate) fn synced(outcome: &SyncOutcome, language: Language) -> String {
    let SyncOutcome {
        records_changed: news,
        letters_accepted: sent,
        entries_received: came,
    } = outcome;
    say(
        language,
        &format!("Tin mới hoặc sửa: {news} · Thư đã có nơi nhận: {sent} · Thư về: {came}"),
        &format!("News new or changed: {news} · Letters accepted: {sent} · Answers: {came}"),
    )
}

pub(crate) fn card(card: &NoticeCard) -> String {
    let urgent = if card.urgent { "(!) " } else { "" };
    format!(
        "{}  {urgent}{} — {}, {}",
        card.id,
        card.title,
        card.agency,
        moment(card.issued_at)
    )
}

pub(crate) fn product(card: &ProductCard) -> String {
    let stars = "★".repeat(usize::from(card.stars.unwrap_or_default()));
    format!(
        "{}  {} {stars} — {}, {}",
        card.id, card.name, card.maker, card.village
    )
}

pub(crate) fn hit(hit: &Hit) -> String {
    let found = match &hit.found {
        Found::Notice { card: found } => card(found),
        Found::Product { card: found } => product(found),
    };
    format!("{found}\n    {}", hit.snippet.replace('\n', " "))
}

pub(crate) fn saved(id: &str, language: Language) -> String {
    say(
        language,
        &format!("Đã lưu trên máy: {id}. Thư đi khi có mạng (bantin sync)."),
        &format!("Saved on this device: {id}. It leaves with the next bantin sync."),
    )
}

pub(crate) fn claim_code(code: &str, language: Language) -> String {
    say(
        language,
        &format!("Mã nhận trả lời, chép lại phòng khi mất máy: {code}"),
        &format!("Claim code, to be written down in case this device is lost: {code}"),
    )
}

pub(crate) fn claimed(id: &str, language: Language) -> String {
    say(
        language,
        &format!("Đã giữ mã: {id}. Trả lời về khi có mạng (bantin sync)."),
        &format!("The code is kept: {id}. Its answers come with the next bantin sync."),
    )
}

pub(crate) fn waiting(letter: &WaitingLetter) -> String {
    let refused = if letter.refused {
        " (không được nhận)"
    } else {
        ""
    };
    format!(
        "{}  {} {}{refused}",
        letter.conversation,
        letter.verb,
        moment(letter.saved_at)
    )
}

pub(crate) fn conversation(card: &ConversationCard, language: Language) -> String {
    let new = if card.unread {
        say(language, " (mới)", " (new)")
    } else {
        String::new()
    };
    let status = status_name(&card.status, language);
    format!(
        "{}  {} — {}: {status}{new}",
        card.id, card.title, card.agency
    )
}

fn status_name(status: &str, language: Language) -> String {
    let (vi, en) = match status {
        "saved" => ("đã lưu trên máy", "saved on this device"),
        "unknown" => ("chưa thấy trả lời", "no answer seen yet"),
        "received" => ("đã nhận", "received"),
        "forwarded" => ("đã chuyển", "forwarded"),
        "needs-info" => ("cần hỏi thêm", "needs more detail"),
        "working" => ("đang giải quyết", "being worked on"),
        "answered" => ("đã trả lời", "answered"),
        "closed" => ("đã đóng", "closed"),
        "reopened" => ("hỏi lại", "reopened"),
        "out-of-scope" => ("không thuộc thẩm quyền", "out of scope"),
        other => (other, other),
    };
    say(language, vi, en)
}

pub(crate) fn message(message: &MessageView, language: Language) -> String {
    let who = if message.mine {
        say(language, "Tôi", "I")
    } else {
        message.by.clone()
    };
    let photos = match message.photos.len() {
        0 => String::new(),
        count => say(
            language,
            &format!(" [{count} ảnh]"),
            &format!(" [{count} photos]"),
        ),
    };
    let waits = match (message.waiting, message.carried_at) {
        (true, Some(_)) => say(
            language,
            " (chờ gửi; máy hàng xóm đang mang giúp)",
            " (waits; a neighbour's device carries it)",
        ),
        (true, None) => say(language, " (chờ gửi)", " (waits)"),
        (false, _) => String::new(),
    };
    format!(
        "{} {who}: {}{photos}{waits}",
        moment(message.at),
        message.text
    )
}

pub(crate) fn status(status: &DeviceStatus, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    match &status.place {
        Some(place) => lines.push(format!("{} ({})", place.name, place.id)),
        None => lines.push(say(
            language,
            "Chưa theo dõi nơi nào",
            "No place is followed",
        )),
    }
    if let Some(at) = status.updated_at {
        let at = moment(at);
        lines.push(say(
            language,
            &format!("Cập nhật {at}"),
            &format!("Updated {at}"),
        ));
    }
    if status.stale {
        lines.push(say(language, "Tin đã cũ", "The news are old"));
    }
    if status.clock_wrong {
        lines.push(say(
            language,
            "Đồng hồ máy có vẻ sai",
            "The clock of this device looks wrong",
        ));
    }
    if status.letters_waiting > 0 {
        let count = status.letters_waiting;
        lines.push(say(
            language,
            &format!("{count} thư chờ gửi"),
            &format!("{count} letters wait"),
        ));
    }
    if status.answers_unread > 0 {
        let count = status.answers_unread;
        let (vi, en) = (
            format!("{count} thư trả lời mới"),
            format!("{count} new answers"),
        );
        lines.push(say(language, &vi, &en));
    }
    if let Some(code) = status.last_failure {
        lines.push(failure(&Failure::new(code), language));
    }
    lines
}
