//! Looking around.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use bantin_model::id::PlaceId;
use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent};
use tokio::time::{Instant, timeout_at};

use super::{PLACES_KEY, ROOT_DIGITS, ROOT_KEY, SERVICE, VERSION, VERSION_KEY};
use crate::error::RelayError;

/// Relays listed at most: a village has a few, a hostile neighbour may announce thousands.
const FOUND_MAX: usize = 32;
/// Places listed of one relay.
const PLACES_MAX: usize = 16;

/// A relay that announces itself. Nothing of it is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// First eight bytes of its root's fingerprint, hexadecimal.
    pub root: String,
    /// Places it says to have.
    pub places: Vec<PlaceId>,
}

/// Looks for relays as long as `patience`, by address.
///
/// # Errors
/// A device or network without multicast.
pub async fn find(patience: Duration) -> Result<Vec<Found>, RelayError> {
    let daemon = ServiceDaemon::new()?;
    let events = daemon.browse(SERVICE)?;
    let end = Instant::now() + patience;
    // By the relay's own name: it is heard on every interface, each time with other addresses.
    let mut found: BTreeMap<String, (Rank, Found)> = BTreeMap::new();
    while let Ok(Ok(event)) = timeout_at(end, events.recv_async()).await {
        if let ServiceEvent::ServiceResolved(service) = event
            && let Some(heard) = read(&service)
        {
            let known = found
                .entry(service.fullname.clone())
                .or_insert(heard.clone());
            if heard.0 < known.0 {
                *known = heard;
            }
        }
        if found.len() >= FOUND_MAX {
            break;
        }
    }
    let _ = daemon.shutdown();
    Ok(found.into_values().map(|(_, relay)| relay).collect())
}

fn read(service: &ResolvedService) -> Option<(Rank, Found)> {
    if service.get_property_val_str(VERSION_KEY)? != VERSION {
        return None;
    }
    let root = service.get_property_val_str(ROOT_KEY)?;
    if root.len() != ROOT_DIGITS || !root.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let addresses = service.get_addresses_v4();
    let ip = addresses.iter().copied().min_by_key(rank)?;
    let places = service.get_property_val_str(PLACES_KEY).unwrap_or_default();
    let places = places.split(',').filter_map(|id| PlaceId::new(id).ok());
    let relay = Found {
        url: format!("http://{}", SocketAddrV4::new(ip, service.get_port())),
        root: root.to_ascii_lowercase(),
        places: places.take(PLACES_MAX).collect(),
    };
    Some((rank(&ip), relay))
}

/// How good an address is; smaller is better.
type Rank = (bool, bool, Ipv4Addr);

/// This device itself comes last.
fn rank(ip: &Ipv4Addr) -> Rank {
    (ip.is_loopback(), ip.is_link_local(), *ip)
}
