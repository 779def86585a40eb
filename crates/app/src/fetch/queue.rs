//! What is still to be fetched, each address once, and how far each feed has come.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use url::Url;

use super::Validators;
use super::pace::Pace;

/// One address on its way to a page.
#[derive(Debug)]
pub(crate) struct Task {
    /// What is asked for next.
    pub(crate) url: Url,
    /// The addresses that redirected to it, the first asked first.
    pub(crate) chain: Vec<Url>,
    /// The feed that listed it.
    pub(super) feed: Option<FeedNumber>,
    /// How often its server was busy.
    pub(super) tries: u32,
}

/// A feed of this run.
#[derive(Clone, Copy, Debug)]
pub(super) struct FeedNumber(usize);

/// The tasks in order.
#[derive(Debug, Default)]
pub(super) struct Queue {
    tasks: VecDeque<Task>,
    known: HashSet<Url>,
    feeds: Vec<Feed>,
}

#[derive(Debug)]
struct Feed {
    url: Url,
    validators: Validators,
    n_open: usize,
    /// Whether an entry is left for another run.
    missed: bool,
}

impl Queue {
    /// Adds what the user named.
    pub(super) fn name(&mut self, urls: Vec<Url>) {
        for mut url in urls {
            url.set_fragment(None);
            self.add(url, None);
        }
    }

    /// Adds the entries of the feed at `url`, and says how many of them are new to this run.
    /// `whole` says that no entry was left out.
    pub(super) fn list(
        &mut self,
        url: &Url,
        validators: &Validators,
        entries: Vec<Url>,
        whole: bool,
    ) -> usize {
        let number = FeedNumber(self.feeds.len());
        let n_open = entries.into_iter().filter(|e| self.add(e.clone(), Some(number))).count();
        let validators = validators.clone();
        self.feeds.push(Feed { url: url.clone(), validators, n_open, missed: !whole });
        n_open
    }

    /// Whether this run has not met `url` yet. From now on it has.
    pub(super) fn is_new(&mut self, url: &Url) -> bool {
        self.known.insert(url.clone())
    }

    /// Puts back a task that goes on.
    pub(super) fn back(&mut self, task: Task) {
        self.tasks.push_front(task);
    }

    /// The first task whose host may be asked at `now`, else the one that may be soonest, with
    /// the time to wait.
    pub(super) fn next(&mut self, pace: &Pace, now: Duration) -> Option<(Task, Duration)> {
        let mut soonest: Option<(usize, Duration)> = None;
        for (at, task) in self.tasks.iter().enumerate() {
            let wait = pace.wait(task.url.host_str().unwrap_or_default(), now);
            if soonest.is_none_or(|(_, least)| wait < least) {
                soonest = Some((at, wait));
            }
            if wait.is_zero() {
                break;
            }
        }
        let (at, wait) = soonest?;
        Some((self.tasks.remove(at)?, wait))
    }

    /// Counts `task` as done. If its feed is then done, with no entry left for another run, gives
    /// what to remember of the feed.
    pub(super) fn ended(&mut self, task: &Task, missed: bool) -> Option<(Url, Validators)> {
        let feed = self.feeds.get_mut(task.feed?.0)?;
        feed.n_open = feed.n_open.saturating_sub(1);
        feed.missed |= missed;
        (feed.n_open == 0 && !feed.missed).then(|| (feed.url.clone(), feed.validators.clone()))
    }

    fn add(&mut self, url: Url, feed: Option<FeedNumber>) -> bool {
        let new = self.is_new(&url);
        if new {
            self.tasks.push_back(Task { url, chain: Vec::new(), feed, tries: 0 });
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(urls: &[&str]) -> Vec<Url> {
        urls.iter().map(|url| url.parse().unwrap()).collect()
    }

    #[test]
    fn each_address_comes_once() {
        let mut queue = Queue::default();
        queue.name(urls(&["https://a.example/1#x", "https://a.example/1", "https://b.example/"]));
        let pace = Pace::new(Duration::from_secs(2));
        let next = |queue: &mut Queue| queue.next(&pace, Duration::ZERO).map(|(t, _)| t.url);
        assert_eq!(next(&mut queue).unwrap().as_str(), "https://a.example/1");
        assert_eq!(next(&mut queue).unwrap().as_str(), "https://b.example/");
        assert_eq!(next(&mut queue), None);
    }

    #[test]
    fn waiting_for_one_host_is_time_for_another() {
        let mut queue = Queue::default();
        queue.name(urls(&["https://a.example/1", "https://b.example/1"]));
        let mut pace = Pace::new(Duration::from_secs(2));
        pace.asked("a.example", Duration::ZERO);
        let (task, wait) = queue.next(&pace, Duration::ZERO).unwrap();
        assert_eq!((task.url.host_str(), wait), (Some("b.example"), Duration::ZERO));
        let (task, wait) = queue.next(&pace, Duration::ZERO).unwrap();
        assert_eq!((task.url.host_str(), wait), (Some("a.example"), Duration::from_secs(2)));
    }

    #[test]
    fn a_feed_is_done_when_its_entries_are_and_none_is_left_for_later() {
        for (whole, missed, remembered) in
            [(true, false, true), (true, true, false), (false, false, false)]
        {
            let mut queue = Queue::default();
            let feed = "https://a.example/feed".parse().unwrap();
            let entries = urls(&["https://a.example/1", "https://a.example/2"]);
            assert_eq!(queue.list(&feed, &Validators::default(), entries, whole), 2);
            let pace = Pace::new(Duration::ZERO);
            let (first, _) = queue.next(&pace, Duration::ZERO).unwrap();
            let (second, _) = queue.next(&pace, Duration::ZERO).unwrap();
            assert_eq!(queue.ended(&first, missed), None);
            assert_eq!(queue.ended(&second, false).is_some(), remembered);
        }
    }
}
