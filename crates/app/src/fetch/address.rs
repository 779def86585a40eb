//! Which network addresses may be connected to.
//!
//! The check is on the addresses that a name resolves to, at the moment of connecting, and those
//! very addresses are then used: a name that first leads outside and then inside gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::FetchError;

/// Resolves names as the system does and lets only permitted addresses through.
#[derive(Debug)]
pub(super) struct GuardedResolver {
    system: DefaultResolver,
    permits: fn(IpAddr) -> bool,
}

impl GuardedResolver {
    /// A resolver that gives only addresses that `permits` likes.
    pub(super) fn new(permits: fn(IpAddr) -> bool) -> Self {
        Self { system: DefaultResolver::default(), permits }
    }
}

impl Resolver for GuardedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        let mut permitted = self.empty();
        for address in found.iter().filter(|address| (self.permits)(address.ip())) {
            permitted.push(*address);
        }
        match found.first() {
            Some(first) if permitted.is_empty() => {
                let host = uri.host().unwrap_or_default().to_owned();
                let refused = FetchError::Private { host, address: first.ip() };
                Err(ureq::Error::Other(Box::new(refused)))
            }
            _ => Ok(permitted),
        }
    }
}

/// Whether `address` is one of the open internet: not private, local, reserved or for many.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = a == 0                                // this network
        || (a == 100 && (64..128).contains(&b))          // carriers' shared space
        || (a == 192 && b == 0 && c == 0)                // protocol assignments
        || (a == 192 && b == 88 && c == 99)              // old relays
        || (a == 198 && (b == 18 || b == 19))            // benchmarks
        || a >= 240; // reserved, broadcast
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation();
    !reserved && !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    match address.segments() {
        // The translation prefix: what counts is the address behind it.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
        }
        // Tunnels hide an address, and the rest is for protocols and documents.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x2002, ..] => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        // Only this eighth of the space is given out.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, public: bool) {
        assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
    }

    #[test]
    fn the_open_internet_is_public() {
        for address in ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            check(address, true);
        }
        check("64:ff9b::101:101", true);
        check("172.32.0.1", true);
    }

    #[test]
    fn what_is_inside_is_not() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.192",
            "198.18.0.1",
            "203.0.113.7",
            "240.0.0.1",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn the_longer_form_does_not_help() {
        for address in [
            "::",
            "::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "100::1",
        ] {
            check(address, false);
        }
    }
}
