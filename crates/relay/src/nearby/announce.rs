//! Telling the neighbourhood.

use std::net::SocketAddr;

use bantin_model::id::{Hash, PlaceId};
use bantin_model::sign::PublicKey;
use mdns_sd::{ServiceDaemon, ServiceInfo};

use super::{PLACES_KEY, ROOT_DIGITS, ROOT_KEY, SERVICE, VERSION, VERSION_KEY};
use crate::error::Result;

/// The longest list of places that is announced, in bytes: a TXT string has at most 255.
const PLACES_BYTES_MAX: usize = 200;

/// An announcement; it is withdrawn when this is dropped.
pub(crate) struct Announcement {
    daemon: ServiceDaemon,
    name: String,
}

impl Announcement {
    /// Announces a relay that listens at `address`.
    pub(crate) fn begin(
        address: SocketAddr,
        root: &Hash,
        places: &[PlaceId],
        key: &PublicKey,
    ) -> Result<Self> {
        let daemon = ServiceDaemon::new()?;
        let root: String = root.to_string().chars().take(ROOT_DIGITS).collect();
        let mut named = String::new();
        for place in places {
            if named.len() + place.as_str().len() < PLACES_BYTES_MAX {
                named.push_str(if named.is_empty() { "" } else { "," });
                named.push_str(place.as_str());
            }
        }
        let instance = format!("bantin-{}", key.id());
        let host = format!("{instance}.local.");
        let properties = [
            (VERSION_KEY, VERSION),
            (ROOT_KEY, root.as_str()),
            (PLACES_KEY, named.as_str()),
        ];
        let ip = match address.ip() {
            ip if ip.is_unspecified() => String::new(),
            ip => ip.to_string(),
        };
        let info = ServiceInfo::new(
            SERVICE,
            &instance,
            &host,
            ip.as_str(),
            address.port(),
            &properties[..],
        )?;
        let info = match address.ip().is_unspecified() {
            true => info.enable_addr_auto(),
            false => info,
        };
        let name = info.get_fullname().to_owned();
        daemon.register(info)?;
        Ok(Self { daemon, name })
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        // The daemon says goodbye before it ends; nobody waits for it.
        let _ = self.daemon.unregister(&self.name);
        let _ = self.daemon.shutdown();
    }
}
