//! Those named as authors of a page.

use crate::metadata::json_ld::JsonLd;
use crate::metadata::outline::Outline;
use crate::text::one_line;
use crate::{Found, How};

/// `meta` elements that name authors, the best first.
const META: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "article:author_name",
    "cxenseparse:author",
    "article.author",
    "rbauthors",
    "twitter:data1",
];

/// Words that a by-line begins with.
const BY: &[&str] = &[
    "written by",
    "posted by",
    "published by",
    "reported by",
    "text by",
    "words by",
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "przez",
    "autor:",
    "autorin:",
    "author:",
    "autor",
    "text:",
    "автор:",
    "from",
];

/// What ends the name in a by-line.
const ENDS: &[&str] = &[
    " | ",
    " - ",
    " – ",
    " — ",
    " • ",
    " · ",
    " / ",
    " published",
    " updated",
    " on ",
    " am ",
    " vom ",
    " posted",
    " für ",
    " for ",
    "(",
    " in ",
    ", dpa",
    " veröffentlicht",
    "\t",
];

/// The most names that one page is believed to have.
const MOST: usize = 12;

/// The authors of the page with this outline.
pub(crate) fn find(
    outline: &Outline<'_>,
    json_ld: &JsonLd,
    outlet: Option<&str>,
) -> Vec<Found<String>> {
    let found = |raw: Vec<&str>, how: How| -> Option<Vec<Found<String>>> {
        let mut names: Vec<String> = Vec::new();
        for name in raw.into_iter().flat_map(split) {
            let fresh = |n: &String| n.eq_ignore_ascii_case(&name);
            if !outlet.is_some_and(|o| o.eq_ignore_ascii_case(&name)) && !names.iter().any(fresh) {
                names.push(name);
            }
        }
        names.truncate(MOST);
        (!names.is_empty()).then(|| names.into_iter().map(|n| Found::new(n, how)).collect())
    };
    found(json_ld.authors.iter().map(String::as_str).collect(), How::JsonLd)
        .or_else(|| META.iter().find_map(|name| found(outline.metas(name).collect(), How::Meta)))
        .or_else(|| found(visible(outline), How::Visible))
        .unwrap_or_default()
}

/// What stands in elements that are marked as by-lines, near the headline first.
fn visible<'a>(outline: &'a Outline<'_>) -> Vec<&'a str> {
    let mut marked: Vec<((usize, bool, usize), &str)> = outline
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| {
            b.around.is_author() && !b.around.is_elsewhere() && (2..80).contains(&b.text.len())
        })
        .map(|(i, b)| (outline.headline.map_or(i, |h| i.abs_diff(h)), !b.around.is_link(), b))
        .map(|(distance, unlinked, b)| ((distance / 8, unlinked, distance), b.text.as_str()))
        .filter(|(_, text)| split(text).next().is_some())
        .collect();
    marked.sort_by_key(|(rank, _)| *rank);
    marked.first().map(|(_, text)| vec![*text]).unwrap_or_default()
}

/// The names in "By Ann Lee and Bo Chan".
fn split(raw: &str) -> impl Iterator<Item = String> + use<> {
    let mut line = one_line(raw);
    loop {
        let lower = line.to_lowercase();
        let by = BY.iter().find(|by| {
            lower
                .strip_prefix(**by)
                .is_some_and(|rest| by.ends_with(':') || rest.starts_with([' ', ':', '\u{a0}']))
        });
        let Some(by) = by else { break };
        line = line.get(by.len()..).unwrap_or_default().trim_start_matches([':', ' ']).to_owned();
    }
    let lower = line.to_lowercase();
    if lower.len() == line.len() {
        let end = ENDS.iter().filter_map(|end| lower.find(end)).min().unwrap_or(line.len());
        line.truncate(end);
    }
    let names: Vec<String> = line
        .replace(" and ", ";")
        .replace(" und ", ";")
        .replace(" & ", ";")
        .replace(" et ", ";")
        .replace(" y ", ";")
        .replace(',', ";")
        .split(';')
        .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned())
        .filter(|name| is_name(name))
        .collect();
    names.into_iter()
}

/// Whether `text` may be a name: one to five words, no address, no figures.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (1..=5).contains(&words)
        && letters >= 3
        && text.chars().next().is_some_and(|c| !c.is_lowercase())
        && !text.contains(['/', '@', '<', '{', '='])
        && !text.contains("http")
        && !text.chars().any(|c| c.is_ascii_digit())
        && !NO_NAMES.contains(&text.to_lowercase().as_str())
}

/// What stands in by-lines and is nobody's name.
const NO_NAMES: &[&str] = &[
    "admin",
    "administrator",
    "redaktion",
    "editor",
    "author",
    "autor",
    "staff",
    "unknown",
    "posted",
    "posted on",
    "published",
    "published on",
    "written",
    "by",
    "von",
    "par",
    "por",
    "publiziert am",
    "veröffentlicht",
    "veröffentlicht am",
    "veröffentlicht von",
    "geschrieben",
    "geschrieben von",
    "erstellt",
    "eingestellt",
    "uncategorized",
    "read",
    "read more",
    "more posts",
    "about",
    "share",
    "follow",
    "comments",
    "kommentare",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "jobs",
    "home",
    "news",
    "updated",
    "text",
    "foto",
    "autorin",
    "verfasst von",
    "about the author",
    "über den autor",
    "view all posts",
    "profil",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_by_line() {
        let check = |raw: &str, expected: &[&str]| {
            assert_eq!(split(raw).collect::<Vec<_>>(), expected, "{raw}");
        };
        check("By Ann Lee and Bo Chan", &["Ann Lee", "Bo Chan"]);
        check("Von Anna Müller | 3. März 2021", &["Anna Müller"]);
        check("https://example.org/ann", &[]);
        check("Byron Katz", &["Byron Katz"]);
        check("admin", &[]);
    }
}
