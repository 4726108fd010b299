//! Commands from the citizen's window to its engine, one file per noun. The same commands go over
//! Tauri's IPC in the app and over `postMessage` to the worker in a browser.
//!
//! Bytes (a photo in, a blob out) do not go through JSON: see [`media`].

pub mod conversation;
pub mod data;
pub mod device;
pub mod media;
pub mod notice;
pub mod pack;
pub mod place;
pub mod product;
pub mod relay;
pub mod search;
