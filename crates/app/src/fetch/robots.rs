//! robots.txt: what a site asks programs not to read (RFC 9309, and the older `Crawl-delay`).
//!
//! Pure: text and path in, yes or no out. Ours rather than a crate's, because the crates bring a
//! regex engine for what is a prefix match with two special characters.

use std::time::Duration;

/// The first part of our user agent, by which a robots.txt addresses us.
pub(super) const PRODUCT: &str = "tocsin";

/// What lies beyond is not read. The standard asks for at least 500 KiB.
pub(super) const MOST_BYTES: usize = 512 << 10;

/// What one site asks of us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// The time that it wants between two requests.
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// Normalised. `*` stands for anything, a last `$` for the end.
    pattern: Vec<u8>,
}

impl Robots {
    /// What `text` asks of [`PRODUCT`]: its own groups if there are any, else those for all.
    pub(super) fn parse(text: &str) -> Self {
        let (mut ours, mut all) = (None, None);
        let (mut for_us, mut for_all, mut naming) = (false, false, false);
        for (key, value) in text.trim_start_matches('\u{feff}').lines().filter_map(field) {
            if key == "user-agent" {
                if !naming {
                    (for_us, for_all, naming) = (false, false, true);
                }
                if value == "*" {
                    for_all = true;
                    all.get_or_insert_with(Self::default);
                } else if product(value).eq_ignore_ascii_case(PRODUCT) {
                    for_us = true;
                    ours.get_or_insert_with(Self::default);
                }
                continue;
            }
            if !matches!(&*key, "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            naming = false;
            for (applies, group) in [(for_us, &mut ours), (for_all, &mut all)] {
                if let Some(group) = group.as_mut().filter(|_| applies) {
                    group.add(&key, value);
                }
            }
        }
        ours.or(all).unwrap_or_default()
    }

    /// Whether a program may read `path`, which includes the query. The longest rule decides.
    pub(super) fn allow(&self, path: &str) -> bool {
        let path = normalised(path);
        if path == b"/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|s| (0.0..1e6).contains(s));
                self.delay = seconds.map(Duration::from_secs_f64).or(self.delay);
            }
            _ if value.is_empty() => {}
            _ => self.rules.push(Rule { allow: key == "allow", pattern: normalised(value) }),
        }
    }
}

/// `Key: value # comment`.
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.split('#').next()?;
    let (key, value) = line.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// The letters at the start of a user agent: `tocsin` of `tocsin/1.0`.
fn product(agent: &str) -> &str {
    let end = agent.find(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-');
    end.map_or(agent, |end| &agent[..end])
}

/// One way of writing each path: only what must be escaped is, in capital digits.
fn normalised(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = |two: &&str| two.bytes().all(|b| b.is_ascii_hexdigit());
        let escaped = (byte == b'%').then(|| path.get(at + 1..at + 3)).flatten().filter(digits);
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(plain) if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => {
                out.push(plain);
                at += 3;
            }
            Some(plain) => {
                out.extend(format!("%{plain:02X}").bytes());
                at += 3;
            }
            // A percent sign that escapes nothing is one that must be escaped.
            None if byte.is_ascii() && byte != b'%' => {
                out.push(byte);
                at += 1;
            }
            None => {
                out.extend(format!("%{byte:02X}").bytes());
                at += 1;
            }
        }
    }
    out
}

/// Whether `path` begins as `pattern` says. Time is bounded by the product of the lengths.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (mut p, mut at) = (0, 0);
    // Where the last star was, and how much of the path it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(p), path.get(at)) {
            (None, _) if !to_end => return true,
            (None, None) => return true,
            (Some(b'*'), _) => {
                star = Some((p + 1, at));
                p += 1;
            }
            (Some(wanted), Some(found)) if wanted == found => {
                p += 1;
                at += 1;
            }
            _ => match star {
                Some((after, taken)) if taken < path.len() => {
                    star = Some((after, taken + 1));
                    (p, at) = (after, taken + 1);
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(robots: &str, allowed: &[&str], disallowed: &[&str]) {
        let robots = Robots::parse(robots);
        for path in allowed {
            assert!(robots.allow(path), "{path} with {robots:?}");
        }
        for path in disallowed {
            assert!(!robots.allow(path), "{path} with {robots:?}");
        }
    }

    #[test]
    fn our_own_group_comes_before_the_one_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: Tocsin/2.0\nDisallow: /private\n";
        check(text, &["/", "/news"], &["/private", "/private/a", "/privateer"]);
    }

    #[test]
    fn groups_share_rules_and_are_joined() {
        let text = "user-agent: other\nuser-agent: tocsin\ndisallow: /a\n\
                    user-agent: other\ndisallow: /b\nuser-agent: tocsin\ndisallow: /c\n";
        check(text, &["/b"], &["/a", "/c"]);
    }

    #[test]
    fn the_longest_rule_decides_and_allow_wins_a_tie() {
        let text = "user-agent: *\ndisallow: /news\nallow: /news/open\nallow: /x\ndisallow: /x";
        check(text, &["/news/open/1", "/x", "/other"], &["/news", "/news/1"]);
    }

    #[test]
    fn stars_and_ends() {
        let text = "user-agent: *\ndisallow: /*.pdf$\ndisallow: /a*b/c\ndisallow: /*?print=";
        check(
            text,
            &["/x.pdf?page=1", "/ab/d", "/a/b", "/page"],
            &["/x.pdf", "/a/b.pdf.pdf", "/aXXb/c", "/ab/cd", "/page?print=1"],
        );
    }

    #[test]
    fn escapes_do_not_matter() {
        let text = "user-agent: *\ndisallow: /caf\u{e9}\ndisallow: /%7ejoe/\ndisallow: /a%2fb";
        check(text, &["/a/b", "/cafe"], &["/caf%C3%A9", "/caf%c3%a9", "/~joe/x", "/a%2Fb"]);
    }

    #[test]
    fn an_empty_or_strange_file_allows_all() {
        for text in ["", "user-agent: *\ndisallow:\n", "<html>no</html>", "disallow: /", "\u{feff}"]
        {
            check(text, &["/", "/a"], &[]);
        }
        check("user-agent: *\ndisallow: /", &["/robots.txt"], &["/", "/a"]);
    }

    #[test]
    fn comments_and_unknown_lines_do_not_cut_a_group() {
        check(
            "User-agent: * # all\nSitemap: https://a.example/s.xml\nDisallow: /a # here\n",
            &["/b"],
            &["/a"],
        );
    }

    #[test]
    fn a_delay_is_read_and_nonsense_is_not() {
        let delay =
            |value: &str| Robots::parse(&format!("user-agent: *\ncrawl-delay: {value}\n")).delay;
        assert_eq!(delay("2.5"), Some(Duration::from_millis(2500)));
        for value in ["-1", "NaN", "inf", "1e99", "soon"] {
            assert_eq!(delay(value), None, "{value}");
        }
    }

    /// The plain way: try every length for a star.
    fn plainly_fits(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => true,
            b"$" => path.is_empty(),
            [b'*', rest @ ..] => (0..=path.len()).any(|n| plainly_fits(rest, &path[n..])),
            [byte, rest @ ..] => path.first() == Some(byte) && plainly_fits(rest, &path[1..]),
        }
    }

    proptest::proptest! {
        #[test]
        fn the_fast_match_equals_the_plain(pattern in "[ab*]{0,8}[$]?", path in "[ab]{0,10}") {
            let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
            proptest::prop_assert_eq!(fits(pattern, path), plainly_fits(pattern, path));
        }

        #[test]
        fn normalising_twice_changes_nothing(path in "[a-z/%0-9A-Fé~]{0,20}") {
            let once = normalised(&path);
            let twice = normalised(std::str::from_utf8(&once)?);
            proptest::prop_assert_eq!(once, twice);
        }

        #[test]
        fn escapes_beside_percent_signs_stay_what_they_are(path in "[%61aA+]{0,8}") {
            let once = normalised(&path);
            let twice = normalised(std::str::from_utf8(&once)?);
            proptest::prop_assert_eq!(once, twice);
        }

        #[test]
        fn any_text_is_a_robots_txt(text in "(?s).{0,200}", path in ".{0,20}") {
            // Nothing is asserted of the answer: a stranger's file must only never break us.
            let robots = Robots::parse(&text);
            proptest::prop_assert!(robots.allow(&path) || !robots.rules.is_empty());
        }
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        let pattern = "/*a".repeat(500) + "$";
        let path = "/".to_owned() + &"a".repeat(2000);
        check(&format!("user-agent: *\ndisallow: {pattern}"), &[&path], &[]);
    }
}
