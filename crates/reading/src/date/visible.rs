//! The day of publication in the body of a page: marked elements, `time` elements, and plain
//! datelines near the headline.

use jiff::civil::Date;

use crate::date::parse::{Order, in_text, machine};
use crate::metadata::outline::{Block, Outline};
use crate::text::{boundary, head};

/// Words before a date that say it is the day of publication.
const PUBLISHED: &[&str] = &[
    "published",
    "posted",
    "publish date",
    "publication date",
    "date",
    "issued",
    "created",
    "first published",
    "veröffentlicht",
    "erschienen",
    "publiziert",
    "erstellt",
    "online seit",
    "datum",
    "veröffentlichung",
    "pressemitteilung vom",
    "meldung vom",
    "artikel vom",
    "gespeichert von",
    "publié",
    "mis en ligne",
    "mise en ligne",
    "publicado",
    "publicada",
    "fecha:",
    "pubblicato",
    "pubblicata",
    "publicado em",
    "gepubliceerd",
    "geplaatst",
    "publicerad",
    "publisert",
    "offentliggjort",
    "opublikowano",
    "dodano",
    "publikováno",
    "опубликовано",
    "дата публикации",
    "yayınlanma",
    "نشر",
    "发布",
    "發布",
    "公開",
    "投稿",
];

/// Words before a date that say it is the day of a change, or not of this page.
const CHANGED: &[&str] = &[
    "updated",
    "update",
    "modified",
    "last edited",
    "changed",
    "edited",
    "revised",
    "aktualisiert",
    "geändert",
    "zuletzt",
    "letzte änderung",
    "bearbeitet",
    "stand:",
    "mis à jour",
    "modifié",
    "actualizado",
    "actualizada",
    "aggiornato",
    "aggiornata",
    "modificato",
    "atualizado",
    "bijgewerkt",
    "uppdaterad",
    "oppdatert",
    "aktualizacja",
    "обновлено",
    "güncelleme",
    "更新",
    "تحديث",
    "copyright",
    "©",
    "since",
    "seit ",
    "until",
    "bis ",
    "valid",
    "abgerufen",
    "accessed",
    "deadline",
    "born",
    "geboren",
];

/// How many blocks around the headline belong to it.
const NEAR: usize = 12;

/// How far into a block a date is looked for, in bytes.
const SCANNED: usize = 250;

/// How many bytes before a date a word about it may stand.
const REACH: usize = 40;

/// The day in an element that is marked as the day of publication.
pub(crate) fn marked(outline: &Outline<'_>, order: Order) -> Option<Date> {
    let blocks = outline.blocks.iter().enumerate();
    let mut marked =
        blocks.filter(|(i, b)| b.around.is_published() && of_this_page(outline, *i, b));
    marked.find_map(|(_, block)| of(block, order))
}

/// The day of the `time` element that is nearest to the headline.
pub(crate) fn time_element(outline: &Outline<'_>, order: Order) -> Option<Date> {
    let times = outline.blocks.iter().enumerate().filter(|(i, b)| {
        b.around.is_time() && of_this_page(outline, *i, b) && !says_changed(&b.text.to_lowercase())
    });
    let dated = times.filter_map(|(i, block)| {
        let date = of(block, order)?;
        let distance = outline.headline.map_or(i, |h| i.abs_diff(h));
        Some((block.around.is_changed(), distance, date))
    });
    dated.min_by_key(|(changed, distance, _)| (*changed, *distance)).map(|(_, _, date)| date)
}

/// Whether a block is about the page and not about a comment or another article.
fn of_this_page(outline: &Outline<'_>, i: usize, block: &Block<'_>) -> bool {
    let within = |n: usize| outline.headline.is_some_and(|h| i.abs_diff(h) <= n);
    (within(3) || !block.around.is_elsewhere()) && (within(NEAR) || !block.around.is_footer())
}

fn says_changed(text: &str) -> bool {
    CHANGED.iter().any(|word| text.contains(word))
}

/// A day that a reader sees, and how likely it is the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) date: Date,
    score: i32,
}

impl Shown {
    /// Whether it is beyond doubt that this is what the page shows as its day.
    pub(crate) fn is_sure(self) -> bool {
        self.score >= 30
    }
}

/// The day that a reader sees near the headline.
pub(crate) fn near_headline(outline: &Outline<'_>, order: Order) -> Option<Shown> {
    let mut best: Option<Shown> = None;
    for (i, block) in outline.blocks.iter().enumerate() {
        if outline.headline == Some(i) || !block.text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let start = head(&block.text, SCANNED);
        for seen in in_text(start, order) {
            let score = score(outline, i, block, seen.start);
            if score > 0 && best.is_none_or(|b| score > b.score) {
                best = Some(Shown { date: seen.date, score });
            }
        }
    }
    best
}

/// How likely a date is the day of publication; above nought it is believed.
fn score(outline: &Outline<'_>, i: usize, block: &Block<'_>, start: usize) -> i32 {
    let from = boundary(&block.text, start.saturating_sub(REACH));
    let mut before = block.text[from..start].to_lowercase();
    if start < 3 && i > 0 {
        let previous = outline.blocks[i - 1].text.as_str();
        let from = boundary(previous, previous.len().saturating_sub(REACH));
        before.insert(0, ' ');
        before.insert_str(0, &previous[from..].to_lowercase());
    }
    // The word nearest to the date decides; where two end together ("date" in "update"), the change.
    let last = |words: &[&str]| words.iter().filter_map(|w| last_end(&before, w)).max();
    let (published, changed) = (last(PUBLISHED), last(CHANGED));
    if changed.is_some() && changed >= published {
        return 0;
    }
    let around = block.around;
    let distance = outline.headline.map(|headline| i.abs_diff(headline));
    let near = distance.is_some_and(|d| d <= NEAR);
    let long = block.text.len() > 150;
    let mut score = match distance {
        Some(0..=3) => -5,
        Some(4..=10) => -15,
        Some(11..=25) => -25,
        None => -30,
        _ => -40,
    };
    for (holds, worth) in [
        (published.is_some(), 40),
        (around.is_dated(), 30),
        (around.is_byline(), 15),
        (around.is_time(), 15),
        (around.is_changed(), -10),
        (around.is_elsewhere() && distance.is_some_and(|d| d <= 3), -20),
        (around.is_elsewhere() && distance.is_none_or(|d| d > 3), -60),
        (around.is_footer() && !near, -40),
        (around.is_link() || around.is_heading(), -15),
        (block.text.len() < 60, 15),
        (long && start > 30, -25),
        (long && start < 3 && near, 20),
    ] {
        if holds {
            score += worth;
        }
    }
    score
}

/// Where the last `word` in `text` ends that does not stand inside of another; inflections count.
fn last_end(text: &str, word: &str) -> Option<usize> {
    let starts_word = |at: &usize| !text[..*at].ends_with(char::is_alphabetic);
    let own_script = !word.starts_with(|c: char| c.is_ascii());
    let found =
        text.rmatch_indices(word).map(|(at, _)| at).find(|at| own_script || starts_word(at));
    let end = found? + word.len();
    Some(end + text[end..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - end))
}

/// The day that the page's title begins or ends with.
pub(crate) fn in_title(outline: &Outline<'_>, order: Order) -> Option<Date> {
    let title = outline.title.as_deref()?;
    let seen = in_text(title, order);
    let at_edge = seen.iter().find(|s| s.start < 3 || s.end + 3 > title.len())?;
    Some(at_edge.date)
}

fn of(block: &Block<'_>, order: Order) -> Option<Date> {
    block
        .machine
        .and_then(|value| machine(value, order))
        .or_else(|| in_text(&block.text, order).first().map(|seen| seen.date))
}
