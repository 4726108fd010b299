//! What a guest needs to find this relay: an address of the local network with the root's fingerprint.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use bantin_model::id::Hash;

/// Addresses under which neighbours reach `listening`, those of home networks first.
pub(crate) fn addresses(listening: SocketAddr) -> Vec<SocketAddr> {
    if !listening.ip().is_unspecified() {
        return vec![listening];
    }
    let mut found: Vec<IpAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter(|interface| !interface.is_loopback())
        .map(|interface| interface.ip())
        // A link-local address of IPv6 means nothing without this device's name of the interface.
        .filter(|ip| match ip {
            IpAddr::V4(_) => true,
            IpAddr::V6(ip) => listening.is_ipv6() && !ip.is_unicast_link_local(),
        })
        .collect();
    found.sort_by_key(|ip| (rank(ip), *ip));
    if found.is_empty() {
        found.push(Ipv4Addr::LOCALHOST.into());
    }
    let at = |ip| SocketAddr::new(ip, listening.port());
    found.into_iter().map(at).collect()
}

fn rank(ip: &IpAddr) -> u8 {
    match ip {
        IpAddr::V4(ip) if ip.is_private() => 0,
        IpAddr::V4(ip) if ip.is_link_local() => 2,
        IpAddr::V4(_) => 1,
        IpAddr::V6(_) => 3,
    }
}

/// The pairing link.
pub(crate) fn link(address: SocketAddr, root: &Hash) -> String {
    format!("http://{address}#root={root}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_is_one_that_phones_read() {
        let root = Hash::of(b"root");
        let at: SocketAddr = "192.168.1.5:7410".parse().unwrap();
        let said = format!("http://192.168.1.5:7410#root={root}");
        assert_eq!(link(at, &root), said, "as of a hub");
        assert_eq!(addresses(at), [at], "an address that was chosen is the one");
        let any = addresses("0.0.0.0:7410".parse().unwrap());
        assert!(!any.is_empty(), "there is always one to show");
        assert!(
            any.iter()
                .all(|at| at.port() == 7410 && !at.ip().is_unspecified()),
            "and it can be gone to: {any:?}"
        );
    }
}
