//! When each host may be asked again.

use std::collections::HashMap;
use std::time::Duration;

/// The moments, counted from the start of the run, from which each host may be asked again.
#[derive(Debug)]
pub(super) struct Pace {
    gap: Duration,
    hosts: HashMap<String, Host>,
}

#[derive(Debug, Default)]
struct Host {
    ready: Duration,
    gap: Option<Duration>,
}

impl Pace {
    /// Leaves at least `gap` between two requests to a host.
    pub(super) fn new(gap: Duration) -> Self {
        Self { gap, hosts: HashMap::new() }
    }

    /// How long to wait from `now` before `host` may be asked.
    pub(super) fn wait(&self, host: &str, now: Duration) -> Duration {
        self.hosts.get(host).map_or(Duration::ZERO, |h| h.ready.saturating_sub(now))
    }

    /// A request to `host` is made at `now`.
    pub(super) fn asked(&mut self, host: &str, now: Duration) {
        let gap = self.gap;
        let host = self.host(host);
        host.ready = host.ready.max(now.saturating_add(host.gap.unwrap_or(gap)));
    }

    /// `host` wants more time between requests. Less than ours is not granted.
    pub(super) fn slow_down(&mut self, host: &str, gap: Duration, now: Duration) {
        let gap = gap.max(self.gap);
        let host = self.host(host);
        host.gap = Some(gap);
        host.ready = host.ready.max(now.saturating_add(gap));
    }

    /// `host` wants to be left alone for a while.
    pub(super) fn hold(&mut self, host: &str, wait: Duration, now: Duration) {
        let host = self.host(host);
        host.ready = host.ready.max(now.saturating_add(wait));
    }

    fn host(&mut self, host: &str) -> &mut Host {
        self.hosts.entry(host.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn hosts_wait_each_for_itself() {
        let mut pace = Pace::new(s(2));
        pace.asked("a.example", s(10));
        assert_eq!(pace.wait("a.example", s(11)), s(1));
        assert_eq!(pace.wait("b.example", s(11)), s(0));
        assert_eq!(pace.wait("a.example", s(13)), s(0));
    }

    #[test]
    fn a_host_may_ask_for_more_time_not_for_less() {
        let mut pace = Pace::new(s(2));
        pace.slow_down("a.example", s(10), s(0));
        pace.asked("a.example", s(0));
        assert_eq!(pace.wait("a.example", s(0)), s(10));
        pace.slow_down("b.example", s(1), s(0));
        pace.asked("b.example", s(0));
        assert_eq!(pace.wait("b.example", s(0)), s(2));
    }

    #[test]
    fn a_hold_is_not_shortened_by_a_request() {
        let mut pace = Pace::new(s(2));
        pace.hold("a.example", s(60), s(0));
        pace.asked("a.example", s(1));
        assert_eq!(pace.wait("a.example", s(0)), s(60));
    }
}
