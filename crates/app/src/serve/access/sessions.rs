//! Who has signed in. Sessions end after half a day, with the server, and when there are too many
//! the oldest do.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::accounts::{digest, secret};

/// How long one lasts.
pub(super) const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// How many there may be.
const MOST: usize = 1_000;

/// What is known of a session.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) name: String,
    /// The hash of the password that it was begun with.
    pub(super) password: String,
    /// What its forms must say.
    pub(super) form: String,
    ends: Timestamp,
}

/// All sessions, by the digest of what the browser holds.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<BTreeMap<String, Session>>);

impl Sessions {
    /// Begins one, and gives what the browser is to hold.
    pub(super) fn begin(&self, name: &str, password: &str, now: Timestamp) -> String {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, session| now < session.ends);
        if all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, session)| session.ends);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                all.remove(&oldest);
            }
        }
        let held = secret();
        let session = Session {
            name: name.to_owned(),
            password: password.to_owned(),
            form: secret(),
            ends: now + LASTS,
        };
        all.insert(digest(&held), session);
        held
    }

    /// The session of which the browser holds `held`.
    pub(super) fn get(&self, held: &str, now: Timestamp) -> Option<Session> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&digest(held)).filter(|session| now < session.ends).cloned()
    }

    /// Ends it.
    pub(super) fn end(&self, held: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(held));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_time_and_by_hand() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        let held = sessions.begin("ann", "hash", now);
        assert_eq!(sessions.get(&held, now).map(|s| s.name).as_deref(), Some("ann"));
        assert!(sessions.get(&held, now + LASTS).is_none());
        assert!(sessions.get("", now).is_none() && sessions.get(&digest(&held), now).is_none());
        sessions.end(&held);
        assert!(sessions.get(&held, now).is_none());
    }

    #[test]
    fn there_are_never_too_many() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..MOST + 5 {
            sessions.begin("ann", "hash", now);
        }
        assert_eq!(sessions.0.lock().unwrap().len(), MOST);
    }
}
