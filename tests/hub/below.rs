//! A village's hub below the commune's, made with the commands of `docs/tree.md` and in their order.

use std::path::Path;
use std::sync::LazyLock;

use bantin_model::id::RecordId;
use bantin_model::time::Seconds;
use serde_json::Value;
use tempfile::TempDir;

use super::{Hub, PLACE, cheap_passwords, copy};
use crate::phone::Said;
use crate::wait::until_true;

/// The place that the lower hub speaks for.
pub const VILLAGE: &str = "vn-68-23005-ban-mau";

/// Nobody listens there; [`Hub::look_at`] says where the hub above really is.
const NOWHERE: &str = "http://127.0.0.1:9";

/// Both hubs as they are after the ceremony and a first look; they are only ever copied.
static TREE: LazyLock<(TempDir, TempDir)> = LazyLock::new(|| {
    let above = Hub::bare();
    let below = Hub::founded_below(&above);
    // Nobody answers letters in the village yet: they go to the commune.
    let agency = RecordId::derived(Seconds(0), format!("agency {VILLAGE}").as_bytes());
    below.ok(&["withdraw", &agency.to_string()]);
    let serving = above.serve();
    below.look_at(&format!("http://{}", serving.citizen));
    until_true("the village's hub may speak", || {
        below.look_up().code == Some(0) && below.upstream()["lets_speak"] == true
    });
    serving.kill();
    (above.folder, below.folder)
});

impl Hub {
    /// The commune's hub without content, and the village's below it, which may speak, has no agency and carries letters to the
    /// commune's. [`Hub::look_at`] says where that is now.
    pub fn tree() -> (Self, Self) {
        let copied = |from: &TempDir| {
            let folder = tempfile::tempdir().expect("a folder for a hub");
            copy(from.path(), folder.path());
            Self { folder }
        };
        (copied(&TREE.0), copied(&TREE.1))
    }

    /// A hub for [`VILLAGE`] whose keys the place above has let speak.
    pub fn founded_below(above: &Self) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a hub");
        let places = folder.path().join("village.toml");
        std::fs::write(&places, village()).expect("a file of places");
        let below = Self { folder };
        let request = below.beside().join("ban-mau.keyrequest");
        below.ok(&["init", "--places", text(&places), "--below", PLACE]);
        cheap_passwords(&below.data());
        below.ok(&["keys", "request", "--out", text(&request)]);
        let basis = ["--legal-basis", "Quyết định mẫu", "--days", "400"];
        above.ok(&[&["keys", "delegate", text(&request)][..], &basis[..]].concat());
        let link = format!("{NOWHERE}#root={}", above.root());
        below.ok(&["upstream", "set", &link]);
        below
    }

    /// From now on the hub above is at `url`.
    pub fn look_at(&self, url: &str) {
        let file = self.data().join("hub.toml");
        let settings = std::fs::read_to_string(&file).expect("settings");
        let old = settings
            .lines()
            .find(|line| line.starts_with("url = "))
            .expect("a hub above is set");
        let settings = settings.replace(old, &format!("url = \"{url}\""));
        std::fs::write(&file, settings).expect("settings can be written");
    }

    /// Looks at the hub above once.
    pub fn look_up(&self) -> Said {
        self.run(&["upstream", "once"])
    }

    /// What the operator reads about the hub above.
    pub fn upstream(&self) -> Value {
        self.ok(&["upstream", "status"])
    }
}

fn village() -> String {
    format!(
        "[[place]]\nid = \"{VILLAGE}\"\nkind = \"thôn\"\nparent = \"{PLACE}\"\nvalid_from = 2025-07-01\n\
         successors = []\nnames = {{ vi = \"Bản mẫu\", en = \"Sample village\" }}\n\
         agency = {{ vi = \"Ban quản lý bản (mẫu)\", en = \"Village board (sample)\" }}\n"
    )
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of ours")
}
