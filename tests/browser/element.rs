//! Finding things on a screen by what a person sees, and using them.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{ELEMENT, Session};
use crate::wait::until;

/// What has not moved for so long stands still.
const SETTLE: Duration = Duration::from_millis(60);

/// Something on the page.
pub struct Element<'a> {
    session: &'a Session,
    id: String,
}

/// What can be pressed and shows these words or speaks them, and where it is; exact words win over words
/// inside. Nothing while something else lies over it.
const PRESSABLE: &str = r"
const [want, inside] = arguments;
const plain = text => (text || '').replace(/\s+/g, ' ').trim();
const root = inside ? document.querySelector(inside) : document;
if (!root) return null;
const all = [...root.querySelectorAll('button, a[href], label, summary, [role=button], [role=tab], [role=radio]')];
const seen = all.filter(e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden'
  && !e.disabled && e.getAttribute('aria-disabled') !== 'true' && e.getAttribute('aria-busy') !== 'true');
const names = e => [plain(e.innerText), plain(e.getAttribute('aria-label')), plain(e.getAttribute('title'))];
const e = seen.find(e => names(e).includes(want)) || seen.find(e => names(e).some(n => n.includes(want)));
if (!e) return null;
e.scrollIntoView({ block: 'center', behavior: 'instant' });
const box = e.getBoundingClientRect();
const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return top && (e.contains(top) || top.contains(e)) ? [e, Math.round(box.x), Math.round(box.y)] : null;
";

impl Session {
    /// What `css` selects, as soon as it is there.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element<'_> {
        let body = json!({ "using": "css selector", "value": css });
        let id = until(&format!("{css} on {}", self.address()), || {
            let found = self.command("POST", "/element", &body).ok()?;
            Some(found[ELEMENT].as_str()?.to_owned())
        });
        Element { session: self, id }
    }

    /// Whether `css` selects anything now.
    pub fn has(&self, css: &str) -> bool {
        let count = self.script(
            "return document.querySelectorAll(arguments[0]).length",
            &json!([css]),
        );
        count.as_u64().unwrap_or_default() > 0
    }

    /// Presses what shows `words`, as soon as it is there and can be pressed.
    #[track_caller]
    pub fn press(&self, words: &str) {
        self.press_inside(words, None);
    }

    /// Presses what shows `words` inside what `css` selects.
    #[track_caller]
    pub fn press_inside(&self, words: &str, css: Option<&str>) {
        until(
            &format!("“{words}” to press on {}\n{}", self.address(), self.text()),
            || {
                let place = || {
                    let look = json!({ "script": PRESSABLE, "args": [words, css] });
                    let found = self.command("POST", "/execute/sync", &look).ok()?;
                    found.is_array().then_some(found)
                };
                // A finger does not hit what is still moving, and neither does this.
                let found = place()?;
                thread::sleep(SETTLE); // poll
                if place()? != found {
                    return None;
                }
                let id = found[0][ELEMENT].as_str()?.to_owned();
                // A screen that is just being drawn anew may take the element away or move it: look again.
                Element { session: self, id }.try_press()
            },
        );
    }

    /// Everything a person can read on the screen.
    pub fn text(&self) -> String {
        let text = self.script(
            "return document.body ? document.body.innerText : ''",
            &json!([]),
        );
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `words` can be read.
    #[track_caller]
    pub fn read(&self, words: &str) {
        let want = plain(words);
        let mut last = String::new();
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            until(&format!("the words “{words}”"), || {
                last = self.text();
                plain(&last).contains(&want).then_some(())
            });
        }));
        assert!(
            found.is_ok(),
            "“{words}” cannot be read on {}; it shows:\n{last}",
            self.address()
        );
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

impl Element<'_> {
    fn path(&self, rest: &str) -> String {
        format!("/element/{}/{rest}", self.id)
    }

    /// Presses it, and says whether it was hit: the window's driver presses a place, not a thing.
    fn try_press(&self) -> Option<()> {
        const WATCH: &str = "window.pressed = false;
            arguments[0].addEventListener('click', () => { window.pressed = true; }, { once: true, capture: true });";
        let script = |script: &str, arguments: Value| {
            let body = json!({ "script": script, "args": arguments });
            self.session.command("POST", "/execute/sync", &body).ok()
        };
        script(WATCH, json!([self.as_argument()]))?;
        self.try_click().ok()?;
        (script("return window.pressed", json!([]))? == true).then_some(())
    }

    fn try_click(&self) -> Result<Value, String> {
        self.session
            .command("POST", &self.path("click"), &json!({}))
    }

    /// Presses it.
    #[track_caller]
    pub fn click(&self) {
        self.try_click()
            .unwrap_or_else(|e| panic!("cannot be pressed: {e}"));
    }

    /// Types into it, after what is there; for a file input, the path of a file.
    #[track_caller]
    pub fn write(&self, text: &str) {
        let body = json!({ "text": text });
        let done = self.session.command("POST", &self.path("value"), &body);
        done.unwrap_or_else(|e| panic!("cannot be written into: {e}"));
    }

    /// Empties it and types.
    #[track_caller]
    pub fn rewrite(&self, text: &str) {
        let done = self
            .session
            .command("POST", &self.path("clear"), &json!({}));
        done.unwrap_or_else(|e| panic!("cannot be emptied: {e}"));
        self.write(text);
    }

    /// Chooses a value where typing depends on the system: a list, a day.
    #[track_caller]
    pub fn choose(&self, value: &str) {
        const SCRIPT: &str = "const [element, value] = arguments; element.value = value;
            for (const kind of ['input', 'change']) element.dispatchEvent(new Event(kind, { bubbles: true }));";
        let arguments = json!([self.as_argument(), value]);
        self.session.script(SCRIPT, &arguments);
    }

    /// A property, as script sees it.
    #[track_caller]
    pub fn property(&self, name: &str) -> Value {
        let path = self.path(&format!("property/{name}"));
        self.session
            .command("GET", &path, &Value::Null)
            .unwrap_or(Value::Null)
    }

    /// How a script's arguments name it.
    pub fn as_argument(&self) -> Value {
        json!({ ELEMENT: self.id })
    }
}
