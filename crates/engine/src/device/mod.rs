//! This device: what it knows, how it is set, what it holds, and forgetting all of it.

mod draft;
mod forget;
mod settings;
mod status;
mod storage;
