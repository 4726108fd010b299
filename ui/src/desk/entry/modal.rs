//! The browser's own modal dialog: keeps Tab inside, closes with Escape, gives focus back afterwards.

use leptos::html;
use leptos::prelude::*;

/// A dialog that is open as long as `open` says so. Its `close` event must turn `open` off.
pub fn modal(open: RwSignal<bool>) -> NodeRef<html::Dialog> {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            match (open.get(), dialog.open()) {
                // Only fails when it is open already.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    node
}
