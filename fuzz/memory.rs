//! Counts the memory that an input costs: this crate's allocator is the system's with a count.
//!
//! The one module with `unsafe`: an allocator cannot be written without, and every call is passed on
//! unchanged. A request that would take the process over [`PROCESS_BYTES_MAX`] is refused, so that a
//! hostile length ends the child process and not the machine.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What one input may cost at its worst moment, in bytes.
pub const INPUT_BYTES_MAX: usize = 64 << 20;

/// What the whole process may ask for, in bytes: well above any honest use, well below the machine.
pub const PROCESS_BYTES_MAX: usize = 1 << 30;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counted.
struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

fn grow(bytes: usize) -> bool {
    let live = LIVE.fetch_add(bytes, Relaxed).saturating_add(bytes);
    if live > PROCESS_BYTES_MAX {
        LIVE.fetch_sub(bytes, Relaxed);
        return false;
    }
    if live > PEAK.load(Relaxed) {
        PEAK.fetch_max(live, Relaxed);
    }
    true
}

// SAFETY: every call goes to the system's allocator with the caller's own arguments; a refused one
// returns null, as the trait allows.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !grow(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's layout.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's pointer and layout.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !grow(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's layout.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // The old block may live beside the new one while it is copied: both are counted.
        if !grow(size) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's pointer and layout.
        let moved = unsafe { System.realloc(at, layout, size) };
        LIVE.fetch_sub(if moved.is_null() { size } else { layout.size() }, Relaxed);
        moved
    }
}

/// Runs `work`; how many bytes more than before lived at its worst moment.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = work();
    (result, PEAK.load(Relaxed).saturating_sub(before))
}
