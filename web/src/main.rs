//! The worker's program: starts the engine and listens to the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    bantin_web::browser::start();
}
