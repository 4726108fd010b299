//! The agency's desk: `desk.js` and `desk_bg.wasm` once built.

fn main() {
    bantin_ui::desk::start();
}
