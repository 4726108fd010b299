//! Whether this device runs out of power. Sharing news must not leave a neighbour without a phone.

use std::fs;
use std::path::Path;

/// Where Linux says it; other systems say nothing here and are watched by their app's shell.
const SUPPLIES: &str = "/sys/class/power_supply";

/// At or below this many per cent, and not charging, sharing stops.
const LOW_PERCENT: u8 = 15;

/// Whether the battery is low and not charging; false where nothing is known.
pub(crate) fn is_low() -> bool {
    low_in(Path::new(SUPPLIES))
}

fn low_in(supplies: &Path) -> bool {
    let Ok(entries) = fs::read_dir(supplies) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let said = |name: &str| {
            let text = fs::read_to_string(entry.path().join(name)).unwrap_or_default();
            text.trim().to_owned()
        };
        // A mouse has a battery too: its scope is "Device".
        said("type") == "Battery"
            && said("scope") != "Device"
            && said("status") == "Discharging"
            && said("capacity")
                .parse()
                .is_ok_and(|percent: u8| percent <= LOW_PERCENT)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_low_battery_counts_only_while_it_empties() {
        let cases = [
            ("Battery", "Discharging", "12", "", true),
            ("Battery", "Discharging", "16", "", false),
            ("Battery", "Charging", "3", "", false),
            ("Battery", "Discharging", "3", "Device", false),
            ("Mains", "Discharging", "3", "", false),
            ("Battery", "Discharging", "full", "", false),
        ];
        for (kind, status, capacity, scope, low) in cases {
            let folder = tempfile::tempdir().unwrap();
            let one = folder.path().join("BAT0");
            fs::create_dir(&one).unwrap();
            fs::write(one.join("type"), format!("{kind}\n")).unwrap();
            fs::write(one.join("status"), format!("{status}\n")).unwrap();
            fs::write(one.join("capacity"), format!("{capacity}\n")).unwrap();
            fs::write(one.join("scope"), format!("{scope}\n")).unwrap();
            assert_eq!(
                low_in(folder.path()),
                low,
                "{kind} {status} {capacity} {scope}"
            );
        }
        assert!(
            !low_in(Path::new("/nowhere")),
            "a device that says nothing is not low"
        );
    }
}
