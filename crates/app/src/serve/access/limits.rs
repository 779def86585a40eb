//! How often one may ask: a bucket for each that fills with time and that each request takes from.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// How many buckets there may be. Beyond it the full ones go, which say nothing.
const MOST: usize = 10_000;

/// How often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    /// So many requests one after the other.
    pub(super) at_once: u32,
    /// Then so many a minute.
    pub(super) per_minute: u32,
}

/// The buckets.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<BTreeMap<String, Bucket>>);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Timestamp,
    rate: Rate,
}

impl Bucket {
    fn filled(self, now: Timestamp) -> Self {
        let minutes = now.duration_since(self.at).as_secs_f64().max(0.0) / 60.0;
        let left = self.left + minutes * f64::from(self.rate.per_minute);
        Self { left: left.min(f64::from(self.rate.at_once)), at: now, ..self }
    }
}

impl Limits {
    /// Takes one from the bucket of `key`; says in how many seconds there is one if it is empty.
    pub(super) fn take(&self, key: &str, rate: Rate, now: Timestamp) -> Result<(), u64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST && !buckets.contains_key(key) {
            buckets.retain(|_, bucket| bucket.filled(now).left < f64::from(bucket.rate.at_once));
            if buckets.len() >= MOST {
                // All of them are in use: whoever comes anew waits.
                return Err(60);
            }
        }
        let full = Bucket { left: f64::from(rate.at_once), at: now, rate };
        let bucket = buckets.entry(key.to_owned()).or_insert(full);
        *bucket = bucket.filled(now);
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        let seconds = (1.0 - bucket.left) * 60.0 / f64::from(rate.per_minute);
        #[expect(clippy::cast_sign_loss, reason = "it is above nothing")]
        Err(seconds.ceil().max(1.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn an_empty_bucket_fills_with_time_and_others_are_apart() {
        let (limits, now) = (Limits::default(), Timestamp::UNIX_EPOCH);
        let rate = Rate { at_once: 3, per_minute: 6 };
        for _ in 0..3 {
            assert_eq!(limits.take("a", rate, now), Ok(()));
        }
        assert_eq!(limits.take("a", rate, now), Err(10));
        assert_eq!(limits.take("b", rate, now), Ok(()));
        assert_eq!(limits.take("a", rate, now + 10.seconds()), Ok(()));
        assert_eq!(limits.take("a", rate, now + 11.seconds()), Err(9));
    }

    #[test]
    fn there_are_never_too_many_buckets() {
        let (limits, now) = (Limits::default(), Timestamp::UNIX_EPOCH);
        let rate = Rate { at_once: 3, per_minute: 6 };
        for n in 0..=MOST {
            limits.take(&n.to_string(), rate, now).ok();
        }
        assert_eq!(limits.0.lock().unwrap().len(), MOST);
        assert_eq!(limits.take("later", rate, now + 1.hours()), Ok(()));
    }
}
