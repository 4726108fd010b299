//! What people do with their phones, as `bantin` commands.

use std::path::Path;

use serde_json::Value;

use super::{Phone, Said};

impl Phone {
    /// Follows a place from a pairing link.
    #[track_caller]
    pub fn follow(&self, link: &str, place: &str) {
        self.ok(&["follow", link, place]);
    }

    /// Tries to sync.
    pub fn try_sync(&self) -> Said {
        self.run(&["sync"])
    }

    /// Syncs; it must work.
    #[track_caller]
    pub fn sync(&self) -> Value {
        self.ok(&["sync"])
    }

    /// The notices on the phone.
    #[track_caller]
    pub fn notices(&self) -> Vec<Value> {
        rows(self.ok(&["list"]))
    }

    /// The products on the phone.
    #[track_caller]
    pub fn products(&self) -> Vec<Value> {
        rows(self.ok(&["list", "--kind", "product"]))
    }

    /// What `words` find.
    #[track_caller]
    pub fn search(&self, words: &str) -> Vec<Value> {
        rows(self.ok(&["search", words]))
    }

    /// One notice or product.
    #[track_caller]
    pub fn show(&self, id: &str) -> Value {
        self.ok(&["show", id])
    }

    /// Asks a question; the conversation's id.
    #[track_caller]
    pub fn ask(&self, text: &str, photos: &[&Path]) -> String {
        let arguments = with_photos(&["ask", text], photos);
        let said = self.ok(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        id(&said)
    }

    /// Submits a product; the conversation's id.
    #[track_caller]
    pub fn submit_product(&self, name: &str, photos: &[&Path]) -> String {
        let arguments = with_photos(
            &[
                "submit-product",
                "--name",
                name,
                "--group",
                "drinks",
                "--story",
                "Men lá rừng, ủ trong ché. Uống vừa phải, không lái xe.",
                "--price",
                "180.000 đồng một ché",
                "--season",
                "1,2,3,11,12",
                "--village",
                "Thôn Tân Bình",
                "--maker",
                "Hộ bà Thu",
                "--how-to-buy",
                "Hỏi Uỷ ban nhân dân xã, bộ phận một cửa.",
            ],
            photos,
        );
        let said = self.ok(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        id(&said)
    }

    /// Letters that no hub has accepted yet.
    #[track_caller]
    pub fn outbox(&self) -> Vec<Value> {
        rows(self.ok(&["outbox"]))
    }

    /// All conversations.
    #[track_caller]
    pub fn inbox(&self) -> Vec<Value> {
        rows(self.ok(&["inbox"]))
    }

    /// One conversation with everything said in it.
    #[track_caller]
    pub fn conversation(&self, id: &str) -> Value {
        self.ok(&["inbox", id])
    }

    /// The steps of a conversation that are proven.
    #[track_caller]
    pub fn proven(&self, id: &str) -> Vec<String> {
        let page = self.conversation(id);
        let stones = page["stones"]
            .as_array()
            .expect("a conversation has five stones");
        let lit = stones.iter().filter(|stone| !stone["at"].is_null());
        lit.map(|stone| stone["step"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// What the phone knows of itself.
    #[track_caller]
    pub fn status(&self) -> Value {
        self.ok(&["status"])
    }
}

fn with_photos(arguments: &[&str], photos: &[&Path]) -> Vec<String> {
    let mut all: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
    for photo in photos {
        all.extend(["--photo".to_owned(), photo.display().to_string()]);
    }
    all
}

fn id(said: &Value) -> String {
    said["conversation"]
        .as_str()
        .expect("the conversation's id")
        .to_owned()
}

fn rows(said: Value) -> Vec<Value> {
    match said {
        Value::Array(rows) => rows,
        other => panic!("not a list: {other}"),
    }
}
