//! The citizen's app: `citizen.js` and `citizen_bg.wasm` once built.

fn main() {
    bantin_ui::citizen::start();
}
