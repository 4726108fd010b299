//! What the system says of network and battery. Linux keeps it in files; elsewhere, and wherever a file is
//! missing or says something else, it is unknown.

use std::fs;
use std::path::{Path, PathBuf};

use bantin_model::budget::{Battery, Surroundings};

/// How this device stands now.
pub(crate) fn of_this_device() -> Surroundings {
    if cfg!(target_os = "linux") {
        read(Path::new("/"))
    } else {
        Surroundings::default()
    }
}

/// The same from the files under `root`.
fn read(root: &Path) -> Surroundings {
    Surroundings {
        metered: metered(root),
        saver: None,
        battery: battery(root),
    }
}

/// A route over a mobile modem costs money. Wi-Fi and cables may lead to a phone that shares its own, so
/// of them nothing is known.
fn metered(root: &Path) -> Option<bool> {
    let routes = fs::read_to_string(root.join("proc/net/route")).ok()?;
    let default = routes.lines().skip(1).find_map(|line| {
        let mut columns = line.split_whitespace();
        let name = columns.next()?;
        (columns.next()? == "00000000").then_some(name)
    })?;
    let about = root.join("sys/class/net").join(default).join("uevent");
    let about = fs::read_to_string(about).ok()?;
    about
        .lines()
        .any(|line| line.trim() == "DEVTYPE=wwan")
        .then_some(true)
}

/// All batteries of the device itself as one; those of mice and keyboards do not count.
fn battery(root: &Path) -> Option<Battery> {
    let supplies = fs::read_dir(root.join("sys/class/power_supply")).ok()?;
    let mut found: Vec<(u8, Option<bool>)> = Vec::new();
    for supply in supplies.flatten().map(|entry| entry.path()) {
        let own = word(&supply, "scope").is_none_or(|scope| scope != "Device");
        if word(&supply, "type").as_deref() != Some("Battery") || !own {
            continue;
        }
        let percent = word(&supply, "capacity").and_then(|text| text.parse::<u8>().ok());
        let charging = word(&supply, "status").and_then(|status| match status.as_str() {
            "Discharging" => Some(false),
            "Charging" | "Full" | "Not charging" => Some(true),
            _ => None,
        });
        found.extend(percent.map(|percent| (percent.min(100), charging)));
    }
    let sum: u32 = found.iter().map(|(percent, _)| u32::from(*percent)).sum();
    let mean = sum.checked_div(u32::try_from(found.len()).ok()?)?;
    let states: Vec<Option<bool>> = found.iter().map(|(_, charging)| *charging).collect();
    let charging = match states {
        _ if states.contains(&Some(true)) => Some(true),
        _ if states.contains(&None) => None,
        _ => Some(false),
    };
    Some(Battery {
        percent: u8::try_from(mean).ok()?,
        charging,
    })
}

fn word(supply: &Path, name: &str) -> Option<String> {
    let path: PathBuf = supply.join(name);
    let text = fs::read_to_string(path).ok()?;
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEAD: &str = "Iface\tDestination\tGateway\tFlags\n";

    fn put(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn what_no_file_says_is_unknown() {
        let bare = tempfile::tempdir().unwrap();
        assert_eq!(
            read(bare.path()),
            Surroundings::default(),
            "nothing is made up"
        );
        put(
            bare.path(),
            "proc/net/route",
            &format!("{HEAD}wlan0\t00000000\t0101A8C0\t0003\n"),
        );
        put(
            bare.path(),
            "sys/class/net/wlan0/uevent",
            "DEVTYPE=wlan\nINTERFACE=wlan0\n",
        );
        put(bare.path(), "sys/class/power_supply/AC/type", "Mains\n");
        assert_eq!(
            read(bare.path()),
            Surroundings::default(),
            "Wi-Fi may be a neighbour's phone, and a desktop has no battery"
        );
    }

    #[test]
    fn a_modem_costs_money_and_batteries_count_as_one() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        let routes =
            format!("{HEAD}eth0\t0001A8C0\t00000000\t0001\nwwan0\t00000000\t0101A8C0\t0003\n");
        put(root, "proc/net/route", &routes);
        put(
            root,
            "sys/class/net/wwan0/uevent",
            "DEVTYPE=wwan\nINTERFACE=wwan0\n",
        );
        let cells = [("BAT0", "10", "Discharging"), ("BAT1", "21", "Discharging")];
        for (name, percent, status) in cells {
            let folder = format!("sys/class/power_supply/{name}");
            put(root, &format!("{folder}/type"), "Battery\n");
            put(root, &format!("{folder}/capacity"), percent);
            put(root, &format!("{folder}/status"), status);
        }
        put(root, "sys/class/power_supply/mouse/type", "Battery\n");
        put(root, "sys/class/power_supply/mouse/scope", "Device\n");
        put(root, "sys/class/power_supply/mouse/capacity", "99");
        let around = read(root);
        assert_eq!(around.metered, Some(true), "mobile data are paid for");
        let battery = Battery {
            percent: 15,
            charging: Some(false),
        };
        assert_eq!(
            around.battery,
            Some(battery),
            "both cells, and not the mouse"
        );
        assert!(around.low(), "that is low");
        put(root, "sys/class/power_supply/BAT0/status", "Charging\n");
        assert!(!read(root).low(), "on a charger nothing is low");
    }
}
