//! What a page says about itself, gathered in one walk: its head, its JSON-LD, and the short
//! pieces of visible text with what their surroundings are called.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::html::entity::decode;
use crate::html::tags::{Piece, Tag, VOID, is_one_of};
use crate::text::{head, one_line};

/// The longest visible block that is kept: a dateline or by-line, not a paragraph. In bytes.
const LONGEST_BLOCK: usize = 600;

/// The most blocks and `meta` elements that are kept; what follows is far below the article.
const MOST: usize = 20_000;

/// The deepest nesting for which surroundings are remembered.
const DEEPEST: usize = 512;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    /// The `lang` of the page.
    pub(crate) lang: Option<&'a str>,
    /// The `title` element.
    pub(crate) title: Option<String>,
    /// The canonical address.
    pub(crate) canonical: Option<String>,
    /// `meta` elements: name in lower case, content.
    pub(crate) metas: Vec<(String, String)>,
    /// The texts of the JSON-LD scripts.
    pub(crate) json_ld: Vec<&'a str>,
    /// What a reader sees, in order.
    pub(crate) blocks: Vec<Block<'a>>,
    /// Which of the blocks is the headline.
    pub(crate) headline: Option<usize>,
}

impl Outline<'_> {
    /// The contents of the `meta` elements called `name` (lower case) that are not empty.
    pub(crate) fn metas<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }
}

/// A piece of visible text.
#[derive(Debug, Default)]
pub(crate) struct Block<'a> {
    /// On one line, entities decoded; cut off when it is long.
    pub(crate) text: String,
    /// What the elements around it are.
    pub(crate) around: Around,
    /// The `datetime`, `content` or `title` of the element that it is in.
    pub(crate) machine: Option<&'a str>,
    /// The innermost element around it that belongs elsewhere.
    elsewhere: Option<u32>,
}

/// What the elements around a block are, from their names, classes, ids and roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around(u16);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $is:ident = $bit:expr;)*) => {
        impl Around {
            $($(#[$doc])* const $name: u16 = 1 << $bit;
            $(#[$doc])* pub(crate) fn $is(self) -> bool { self.0 & Self::$name != 0 })*
        }
    };
}

kinds! {
    /// In a first heading.
    H1, is_h1 = 0;
    /// In something called date, time or published.
    DATED, is_dated = 1;
    /// In something that says it is about a change.
    CHANGED, is_changed = 2;
    /// In a by-line or other data on the article.
    BYLINE, is_byline = 3;
    /// In comments, teasers, related articles, navigation or a footer.
    ELSEWHERE, is_elsewhere = 4;
    /// In a `time` element.
    TIME, is_time = 5;
    /// Marked as the day of publication.
    PUBLISHED, is_published = 6;
    /// Marked as an author.
    AUTHOR, is_author = 7;
    /// In a link.
    LINK, is_link = 8;
    /// In the footer or legal part of the page.
    FOOTER, is_footer = 9;
    /// In a heading of another level.
    HEADING, is_heading = 10;
}

const DATED: &[&str] = &[
    "date", "datum", "time", "publi", "posted", "fecha", "zeit", "created", "pubtime", "datetime",
    "tarih", "data-",
];
const CHANGED: &[&str] =
    &["modified", "updated", "update", "changed", "aktualis", "lastmod", "revised"];
const BYLINE: &[&str] = &[
    "byline",
    "by-line",
    "author",
    "autor",
    "meta",
    "info",
    "dateline",
    "credit",
    "publish",
    "headline",
    "entry-header",
    "article-header",
    "subline",
    "details",
    "kicker",
    "dachzeile",
];
const ELSEWHERE: &[&str] = &[
    "comment",
    "kommentar",
    "disqus",
    "respond",
    "related",
    "recommend",
    "teaser",
    "sidebar",
    "widget",
    "popular",
    "most-read",
    "mostread",
    "latest",
    "recent",
    "archive",
    "similar",
    "carousel",
    "ticker",
    "calendar",
    "kalender",
    "trending",
    "nav",
    "menu",
    "breadcrumb",
    "copyright",
    "cookie",
    "banner",
    "advert",
    "upcoming",
    "swiper",
    "slider",
    "read-more",
    "more-news",
    "mehr",
    "linklist",
];
const FOOTER: &[&str] = &["footer", "copyright", "imprint", "colophon", "impressum"];
const AUTHOR: &[&str] = &["author", "byline", "autor", "by-line", "writer", "auteur"];

/// All words at once, each with what it says.
static WORDS: LazyLock<(AhoCorasick, Vec<u16>)> = LazyLock::new(|| {
    let lists = [
        (Around::DATED, DATED),
        (Around::CHANGED, CHANGED),
        (Around::BYLINE, BYLINE),
        (Around::ELSEWHERE, ELSEWHERE),
        (Around::FOOTER, FOOTER),
        (Around::AUTHOR, AUTHOR),
    ];
    let pairs = || lists.iter().flat_map(|(kind, words)| words.iter().map(|word| (*word, *kind)));
    let words = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(pairs().map(|(word, _)| word))
        .expect("a few hundred short words make an automaton");
    (words, pairs().map(|(_, kind)| kind).collect())
});

impl Around {
    /// What is around the content of an element: what it is, and what is around it.
    fn inside(self, element: Self) -> Self {
        Self(self.0 | element.0)
    }

    /// What `tag` is by itself.
    fn of(tag: Tag<'_>) -> Self {
        let mut bits = 0;
        // What the whole page is called says nothing of its parts.
        let whole = is_one_of(tag.name, &["html", "body", "main", "article"]);
        for (key, value) in tag.attributes() {
            if !whole && is_one_of(key, &["class", "id", "role", "itemprop", "data-component"]) {
                bits |= Self::named(value);
            }
            if key.eq_ignore_ascii_case("itemprop") {
                match value {
                    "datePublished" | "dateCreated" => bits |= Self::PUBLISHED,
                    "dateModified" => bits |= Self::CHANGED,
                    _ => {}
                }
            } else if key.eq_ignore_ascii_case("property") {
                if value.ends_with("datePublished") || value.ends_with("dc:created") {
                    bits |= Self::PUBLISHED;
                }
            } else if key.eq_ignore_ascii_case("pubdate") {
                bits |= Self::PUBLISHED;
            } else if key.eq_ignore_ascii_case("rel") && value.eq_ignore_ascii_case("author") {
                bits |= Self::AUTHOR;
            }
        }
        for (name, kind) in [
            ("h1", Self::H1),
            ("h2", Self::HEADING),
            ("h3", Self::HEADING),
            ("h4", Self::HEADING),
            ("time", Self::TIME),
            ("aside", Self::ELSEWHERE),
            ("nav", Self::ELSEWHERE),
            ("footer", Self::FOOTER),
            ("a", Self::LINK),
        ] {
            if tag.is(name) {
                bits |= kind;
            }
        }
        Self(bits)
    }

    /// What the words in a class or id say.
    fn named(value: &str) -> u16 {
        let (words, kinds) = &*WORDS;
        // "has-sidebar" and "no-comments" say what else is on the page, not what this is.
        let tokens = value.split_ascii_whitespace().filter(|token| !is_about_others(token));
        let said = tokens.flat_map(|token| words.find_overlapping_iter(token));
        said.filter_map(|found| kinds.get(found.pattern().as_usize())).fold(0, |all, k| all | k)
    }
}

fn is_about_others(token: &str) -> bool {
    ["has-", "no-", "not-", "with-", "one-", "two-"].iter().any(|prefix| token.starts_with(prefix))
}

/// Elements that a block runs across.
const INLINE: &[&str] = &[
    "b", "i", "em", "strong", "font", "u", "small", "big", "sup", "sub", "abbr", "span", "a",
    "label", "wbr",
];

/// An element that is open where the walk is.
#[derive(Clone, Copy)]
struct Open<'a> {
    name: &'a str,
    around: Around,
    machine: Option<&'a str>,
    /// The number of the innermost element around here, itself included, that by its own name
    /// belongs elsewhere.
    elsewhere: Option<u32>,
}

/// Gathers the outline of a page.
pub(crate) fn outline<'a>(pieces: &[Piece<'a>]) -> Outline<'a> {
    let mut walk = Walk::default();
    for piece in pieces {
        match *piece {
            Piece::Open(tag) => walk.open(tag),
            Piece::Close(name) => walk.close(name),
            Piece::Text(text) => walk.text(text),
        }
    }
    walk.flush();
    walk.out.headline = headline(&walk.out);
    walk.clear_around_headline();
    walk.out
}

/// The state of the walk.
#[derive(Default)]
struct Walk<'a> {
    out: Outline<'a>,
    open: Vec<Open<'a>>,
    block: Block<'a>,
    raw: Raw,
    /// How many elements there were so far.
    elements: u32,
    /// For each block that may be the headline, the elements elsewhere that it lies in.
    headings: Vec<(usize, Vec<u32>)>,
}

impl<'a> Walk<'a> {
    fn open(&mut self, tag: Tag<'a>) {
        self.raw = Raw::Shown;
        self.elements += 1;
        let above = self.open.last().copied();
        let before = above.map_or(Around::default(), |open| open.around);
        let own = Around::of(tag);
        let around = before.inside(own);
        if !is_one_of(tag.name, INLINE) || around != before {
            self.flush();
        }
        match tag.name.to_ascii_lowercase().as_str() {
            "html" => self.out.lang = tag.attribute("lang").or(tag.attribute("xml:lang")),
            "meta" => meta(tag, around, &mut self.out),
            "link" => link(tag, &mut self.out),
            "title" => self.raw = Raw::Title,
            "script" if is_json_ld(tag) => self.raw = Raw::JsonLd,
            "script" | "style" | "textarea" | "noscript" | "iframe" | "option" => {
                self.raw = Raw::Hidden;
            }
            _ => {}
        }
        let machine = tag.attribute("datetime").or_else(|| {
            (around.is_published() || is_one_of(tag.name, &["abbr", "time"]))
                .then(|| tag.attribute("content").or_else(|| tag.attribute("title")))
                .flatten()
        });
        let elsewhere = if own.is_elsewhere() {
            Some(self.elements)
        } else {
            above.and_then(|open| open.elsewhere)
        };
        if machine.is_some() && self.out.blocks.len() < MOST {
            self.flush();
            let block = Block { text: String::new(), around, machine, elsewhere };
            self.out.blocks.push(block);
        }
        if !is_one_of(tag.name, VOID) && self.open.len() < DEEPEST {
            let machine = machine.or(above.and_then(|open| open.machine));
            self.open.push(Open { name: tag.name, around, machine, elsewhere });
        }
    }

    fn close(&mut self, name: &str) {
        self.raw = Raw::Shown;
        let up = self.open.iter().rev().take(32).position(|o| o.name.eq_ignore_ascii_case(name));
        let before = self.open.last().map(|open| open.around);
        if !is_one_of(name, INLINE) {
            self.flush();
        }
        if let Some(up) = up {
            self.open.truncate(self.open.len() - 1 - up);
        }
        if self.open.last().map(|open| open.around) != before {
            self.flush();
        }
    }

    fn text(&mut self, text: &'a str) {
        match self.raw {
            Raw::JsonLd => self.out.json_ld.push(text),
            Raw::Title if self.out.title.is_none() => {
                self.out.title = Some(one_line(&decode(text))).filter(|t| !t.is_empty());
            }
            Raw::Shown if self.block.text.len() < LONGEST_BLOCK => {
                if let Some(open) = self.open.last() {
                    self.block.around = open.around;
                    self.block.machine = open.machine;
                    self.block.elsewhere = open.elsewhere;
                }
                self.block.text.push_str(&decode(head(text, LONGEST_BLOCK)));
            }
            _ => {}
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        let text = one_line(&block.text);
        if text.is_empty() || self.out.blocks.len() >= MOST {
            return;
        }
        if block.around.is_h1() || block.around.is_heading() {
            let mut around: Vec<u32> = self.open.iter().filter_map(|o| o.elsewhere).collect();
            around.dedup();
            self.headings.push((self.out.blocks.len(), around));
        }
        self.out.blocks.push(Block { text, ..block });
    }

    /// What holds the headline is not elsewhere, whatever it is called ("has-sidebar").
    fn clear_around_headline(&mut self) {
        let Some(headline) = self.out.headline else { return };
        let Some((_, holding)) = self.headings.iter().find(|(at, _)| *at == headline) else {
            return;
        };
        for block in &mut self.out.blocks {
            if block.elsewhere.is_some_and(|element| holding.contains(&element)) {
                block.around.0 &= !Around::ELSEWHERE;
            }
        }
    }
}

/// The block of the headline: a heading whose words are those of the page's title, else the first
/// first heading.
fn headline(outline: &Outline<'_>) -> Option<usize> {
    let og = outline.metas("og:title").next().unwrap_or_default();
    let title = outline.title.as_deref().unwrap_or_default();
    let blocks = || outline.blocks.iter().enumerate().filter(|(_, b)| !b.text.is_empty());
    let in_title = |text: &str| {
        let length = text.len();
        let whole = text == og || text == title;
        if whole || length >= 12 && (title.contains(text) || og.contains(text)) {
            length
        } else {
            0
        }
    };
    let heading = |h1: bool| {
        blocks()
            .filter(move |(_, b)| if h1 { b.around.is_h1() } else { b.around.is_heading() })
            .map(|(i, b)| (in_title(&b.text), i))
            .filter(|(length, _)| *length > 0)
            .max_by_key(|(length, i)| (*length, std::cmp::Reverse(*i)))
            .map(|(_, i)| i)
    };
    heading(true)
        .or_else(|| heading(false))
        .or_else(|| blocks().find(|(_, b)| b.around.is_h1()).map(|(i, _)| i))
}

/// What to do with the next text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Raw {
    #[default]
    Shown,
    Title,
    JsonLd,
    Hidden,
}

fn meta(tag: Tag<'_>, around: Around, out: &mut Outline<'_>) {
    // Microdata of comments and teasers is not about this page.
    if around.is_elsewhere() && tag.attribute("itemprop").is_some() {
        return;
    }
    let Some(content) = tag.attribute("content").map(decode) else { return };
    if content.trim().is_empty() || out.metas.len() >= MOST {
        return;
    }
    for key in ["property", "name", "itemprop", "http-equiv"] {
        if let Some(name) = tag.attribute(key) {
            let content = one_line(&content);
            out.metas.push((name.trim().to_ascii_lowercase(), content));
        }
    }
}

fn link(tag: Tag<'_>, out: &mut Outline<'_>) {
    if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
        out.canonical = tag.attribute("href").map(decode).map(Cow::into_owned);
    }
}

fn is_json_ld(tag: Tag<'_>) -> bool {
    tag.attribute("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
}
