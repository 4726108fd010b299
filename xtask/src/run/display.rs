//! Whether a window can be shown.

use std::env;

/// Whether this session has a screen. Only Linux sessions come without one.
pub fn present() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| set(env::var(name).ok().as_deref()))
}

/// An empty variable means no screen, just as an absent one.
fn set(value: Option<&str>) -> bool {
    value.is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_no_screen() {
        assert!(
            !set(None) && !set(Some("")),
            "ssh leaves DISPLAY empty on some systems"
        );
        assert!(set(Some(":0")), "a usual screen");
    }
}
