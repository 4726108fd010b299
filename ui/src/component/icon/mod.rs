//! The icon set: our own drawings on a 24 px grid, one stroke weight, no fill, so that they keep their
//! shape at any size and take the colour of the text beside them.

mod path;

use leptos::prelude::*;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say what is drawn")]
pub enum Icon {
    Home,
    News,
    Market,
    Ask,
    Me,
    Listen,
    Pause,
    Play,
    Skip,
    Back10,
    Slow,
    Stop,
    Search,
    Close,
    Back,
    Forward,
    Check,
    Clock,
    Cloud,
    CloudOff,
    Refresh,
    Warning,
    Shield,
    ShieldOff,
    Bookmark,
    BookmarkOn,
    Camera,
    Photo,
    Pen,
    Send,
    Star,
    StarOn,
    Pin,
    Bin,
    Language,
    Text,
    Moon,
    Sun,
    Phone,
    Calendar,
    People,
    Checklist,
    Source,
    Machine,
    Policy,
    Health,
    Education,
    Science,
    Security,
    Culture,
    Food,
    Drinks,
    Herbs,
    Handicraft,
    Ornamental,
    Tourism,
    Box,
    Plus,
    Minus,
    Reopen,
    Key,
    Eye,
    Reply,
    Storage,
    Urgent,
    Certificate,
    Price,
    Theme,
    Lock,
    Desk,
    Upload,
    Edit,
}

/// Draws `icon`. Decorative: the words beside it, or the label of the button, say what it means.
#[component]
pub fn Glyph(
    /// Which drawing.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path::of(icon)></path>
        </svg>
    }
}
