//! Packed samples in, fewer packed samples out.
//!
//! Two ways to the same size: vector instructions where they are sure to exist, and plain arithmetic for
//! browsers, whose floor (Safari 16.0) compiles no module with vector instructions in it.

#[cfg(any(test, target_arch = "wasm32"))]
mod average;
#[cfg(not(target_arch = "wasm32"))]
mod lanczos;

#[cfg(target_arch = "wasm32")]
pub(super) use average::reduce;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use lanczos::reduce;
