//! Notices, heritage and the bulletin.

use bantin_wire::ipc::notice as wire;

super::json_commands! {
    notice_list: wire::NoticeList;
    notice_read: wire::NoticeRead;
    notice_save: wire::NoticeSave;
    bulletin_list: wire::BulletinList;
    bulletin_heard: wire::BulletinHeard;
}
