//! A tree of three places, and notices for it.

use bantin_hub::feed::{Edit, Item, NewPlace};
use bantin_model::cbor;
use bantin_model::id::{Lang, PlaceId};
use bantin_model::record::{Article, Kind, Method, Names, PlaceInfo, Source, Text, Topic, Urgency};
use bantin_model::time::Validity;

/// `vn` above `vn-68` above `vn-68-23005` and `vn-68-23074`.
pub fn places() -> Vec<NewPlace> {
    let rows = [
        ("vn", None, "Việt Nam", "Cơ quan trung ương (mẫu)"),
        (
            "vn-68",
            Some("vn"),
            "Lâm Đồng",
            "Uỷ ban nhân dân tỉnh (mẫu)",
        ),
        (
            "vn-68-23005",
            Some("vn-68"),
            "Bắc Bình",
            "Uỷ ban nhân dân xã Bắc Bình (mẫu)",
        ),
        (
            "vn-68-23074",
            Some("vn-68"),
            "Đông Giang",
            "Uỷ ban nhân dân xã Đông Giang (mẫu)",
        ),
    ];
    let id = |text: &str| PlaceId::new(text).unwrap();
    let names = |text: &str| Names::from([(Lang::vietnamese(), text.to_owned())]);
    let place = |(own, parent, name, agency): (&str, Option<&str>, &str, &str)| NewPlace {
        info: PlaceInfo {
            id: id(own),
            names: names(name),
            official_code: None,
            kind_text: "nơi (mẫu)".into(),
            parent: parent.map(id),
            valid: Validity {
                from: Default::default(),
                until: None,
            },
            successors: Vec::new(),
        },
        agency: names(agency),
    };
    rows.into_iter().map(place).collect()
}

/// A notice with this headline and body.
pub fn notice(title: &str, body: &str) -> Edit {
    let text = Text {
        lang: Lang::vietnamese(),
        title: title.into(),
        summary: String::new(),
        body: body.into(),
        who: String::new(),
        todo: String::new(),
        ask: String::new(),
        method: Method::Human,
        made_by: None,
        reviewed_by: None,
    };
    let source = Source {
        name: "Nguồn mẫu".into(),
        url: None,
        date: "2026-11-01".into(),
        read: Some("2026-11-02".into()),
    };
    let article = Article {
        topic: Topic(1),
        urgency: Urgency::NORMAL,
        texts: vec![text],
        audio: Vec::new(),
        pictures: Vec::new(),
        sources: vec![source],
        heritage: None,
        sample: true,
    };
    Edit::Put(Item {
        id: None,
        kind: Kind::NOTICE,
        issued_at: None,
        in_force: None,
        body: cbor::to_vec(&article),
    })
}
