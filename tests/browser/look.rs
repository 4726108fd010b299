//! Looking at a screen: a picture for people, and what no screen may ever show.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use serde_json::json;

use super::Session;
use crate::programs::artifacts;
use crate::words::keys;

/// How a screen is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Light,
    /// The dark theme, chosen by the system.
    Dark,
    /// Text twice as large.
    Large,
}

static KEYS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| keys().into_iter().filter(|key| key.contains('-')).collect());

/// Things that reach beyond the right edge, and controls without a name.
const FAULTS: &str = r"
const faults = [];
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  faults.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${width}`);
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    if (box.right > width + 1 && box.width && faults.length < 5)
      faults.push(`<${e.tagName.toLowerCase()} class=${JSON.stringify(e.getAttribute('class'))}> ends at ${Math.round(box.right)}`);
  }
}
for (const e of document.querySelectorAll('button, a[href]')) {
  if (!e.getClientRects().length || getComputedStyle(e).visibility === 'hidden') continue;
  const name = (e.textContent || '').trim() || e.getAttribute('aria-label') || e.getAttribute('title')
    || [...e.querySelectorAll('img[alt]')].map(i => i.alt).join('');
  if (!name) faults.push(`no name for a screen reader: ${e.outerHTML.slice(0, 160)}`);
}
return faults;
";

impl Session {
    /// Takes a picture `screens/<name>.png` and looks for what no screen may show: words cut off at the
    /// right edge, a control without a name, a message's key instead of its words.
    #[track_caller]
    pub fn look(&self, name: &str) {
        let file = artifacts("screens").join(format!("{name}.png"));
        fs::write(&file, self.picture()).expect("a picture can be kept");
        self.look_for_faults(name);
    }

    /// The same in the other looks: dark, and with large letters.
    #[track_caller]
    pub fn look_in_all(&self, name: &str) {
        self.look(name);
        for (look, ending) in [(Look::Dark, "dark"), (Look::Large, "200")] {
            self.wear(look);
            self.look(&format!("{name}-{ending}"));
            self.wear(Look::Light);
        }
    }

    /// Changes what the system asks of pages: dark colours, or letters twice as large (Chromium).
    pub fn wear(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        // Without motion: a picture must not catch a colour on its way.
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.tool("Emulation.setEmulatedMedia", &media);
        let class = "const c = document.documentElement.classList; const large = arguments[0];
            for (const p of [100, 125, 150, 175, 200]) c.remove('text-' + p);
            c.add(large ? 'text-200' : 'text-100');";
        self.script(class, &json!([look == Look::Large]));
        // The desk has no letters of its own: there a person zooms the browser.
        if self.has("html.desk") {
            let zoom = if look == Look::Large { 2 } else { 1 };
            let screen = json!({
                "width": 1280 / zoom, "height": 800 / zoom, "deviceScaleFactor": zoom, "mobile": false,
            });
            self.tool("Emulation.setDeviceMetricsOverride", &screen);
        }
    }

    /// Finds what no screen may show.
    #[track_caller]
    pub fn look_for_faults(&self, name: &str) {
        let mut faults: Vec<String> = self
            .script(FAULTS, &json!([]))
            .as_array()
            .map(|all| {
                all.iter()
                    .filter_map(|f| f.as_str().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default();
        let text = self.text();
        let bare = text.split_whitespace().filter(|word| KEYS.contains(*word));
        faults.extend(bare.map(|key| format!("a key instead of words: {key}")));
        self.looks.borrow_mut().push(name.to_owned());
        assert!(faults.is_empty(), "screen {name}: {faults:#?}");
    }
}
