//! Paragraphs that belong to the site and not to the article: out they go.
//!
//! The extractor leaves some of them, and texts that were scraped long ago are full of them.
//! Each rule is data with an example; a paragraph goes if one rule holds for the whole of it. Only
//! short paragraphs are looked at: an article may well speak of cookies.

/// The longest paragraph that can be boilerplate, in characters.
const LONGEST: usize = 300;

/// A rule: when it holds, the paragraph goes.
struct Rule {
    /// For messages and tests.
    name: &'static str,
    /// What the paragraph, in lower case, must be.
    when: When,
    /// A paragraph that goes.
    #[cfg_attr(not(test), expect(dead_code, reason = "the test runs every example"))]
    example: &'static str,
    /// A paragraph much like it that stays.
    #[cfg_attr(not(test), expect(dead_code, reason = "the test runs every example"))]
    counter: &'static str,
}

/// What a paragraph must be, in lower case and without closing punctuation.
enum When {
    /// It is one of these.
    Is(&'static [&'static str]),
    /// It starts with one of these and has at most so many words.
    Starts(&'static [&'static str], usize),
    /// It has one of these in it and at most so many words.
    Has(&'static [&'static str], usize),
    /// It is a caption that ends with a credit: "(Photo: Name)".
    Credit,
    /// It starts with one of these and is a row of headlines with dots between them.
    Ticker(&'static [&'static str]),
    /// All its words are among these.
    Only(&'static [&'static str]),
}

const RULES: &[Rule] = &[
    Rule {
        name: "reply",
        when: When::Starts(
            &[
                "leave a reply",
                "leave a comment",
                "post a comment",
                "add a comment",
                "write a comment",
                "join the conversation",
                "kommentar schreiben",
                "schreiben sie einen kommentar",
                "schreibe einen kommentar",
                "laisser un commentaire",
                "deja un comentario",
                "deja una respuesta",
                "lascia un commento",
                "deixe um comentário",
                "your email address will not be published",
                "cancel reply",
                "you must be logged in to post",
            ],
            14,
        ),
        example: "Leave a Reply",
        counter: "Leave a reply on the minister's desk, the gunmen told the clerk, or the hostages die.",
    },
    Rule {
        name: "credit",
        when: When::Credit,
        example: "The minister (Image source: Twitter)",
        counter: "The minister (who had sent the picture) resigned.",
    },
    Rule {
        name: "caption label",
        when: When::Starts(
            &[
                "photo:",
                "photo by",
                "photos:",
                "foto:",
                "fotos:",
                "image:",
                "image credit",
                "image source",
                "picture:",
                "photograph:",
                "file photo",
                "photo credit",
                "bild:",
                "bildquelle",
                "crédit photo",
                "crédits photo",
                "fotografía:",
                "imagem:",
                "фото:",
                "getty images",
                "© getty",
                "video:",
                "caption:",
            ],
            16,
        ),
        example: "Photo: Ann Lee/Example Agency",
        counter: "Photographs of the dead were shown to the court.",
    },
    Rule {
        name: "share bar",
        when: When::Only(&[
            "share",
            "share:",
            "tweet",
            "email",
            "e-mail",
            "print",
            "facebook",
            "twitter",
            "x",
            "whatsapp",
            "telegram",
            "linkedin",
            "pinterest",
            "reddit",
            "copy",
            "link",
            "this",
            "on",
            "via",
            "save",
            "teilen",
            "drucken",
            "mail",
            "partager",
            "compartir",
            "condividi",
            "messenger",
            "flipboard",
            "pocket",
            "article",
            "post",
            "like",
            "follow",
            "us",
            "threads",
            "bluesky",
            "mastodon",
            "xing",
            "viber",
            "tumblr",
            "by",
            "to",
            "with",
        ]),
        example: "Share this article on Facebook Twitter WhatsApp",
        counter: "Share prices fell.",
    },
    Rule {
        name: "related",
        when: When::Starts(
            &[
                "read more:",
                "read more about",
                "read also",
                "also read",
                "read next",
                "see also:",
                "more on this story",
                "more on this topic",
                "related:",
                "related articles",
                "related stories",
                "related news",
                "related topics",
                "related coverage",
                "recommended:",
                "you may also like",
                "you might also like",
                "don't miss:",
                "watch:",
                "listen:",
                "lesen sie auch",
                "lesen sie mehr",
                "mehr zum thema",
                "auch interessant",
                "das könnte sie auch interessieren",
                "lire aussi",
                "à lire aussi",
                "lire également",
                "lea también",
                "lee también",
                "le puede interesar",
                "te puede interesar",
                "leia também",
                "leia mais",
                "leggi anche",
                "читайте также",
                "اقرأ أيضا",
                "continue reading",
                "read the full story",
                "click here to read",
            ],
            25,
        ),
        example: "Read more: Two held over market attack",
        counter: "Read more than once by the judge, the letter was the only proof.",
    },
    Rule {
        name: "related alone",
        when: When::Is(&[
            "read more",
            "related",
            "more",
            "see also",
            "recommended",
            "most read",
            "trending",
            "advertisement",
            "anzeige",
            "publicité",
            "publicidad",
            "pubblicità",
            "реклама",
            "ad",
            "sponsored",
            "loading",
            "comments",
            "kommentare",
            "next",
            "previous",
            "back to top",
            "more news",
            "top stories",
            "weiterlesen",
            "mehr",
            "story continues below",
            "story continues below advertisement",
            "advertisement - scroll to continue",
            "article continues below",
            "continue reading the main story",
        ]),
        example: "Advertisement",
        counter: "Advertisement boards were hit by shrapnel.",
    },
    Rule {
        name: "ticker",
        when: When::Ticker(&["latest:", "breaking:", "headlines:", "live:", "top stories:"]),
        example: "Latest: Bridge closed in Deal • Choir wins prize • Two held over fire",
        counter: "Latest: the bridge is open again.",
    },
    Rule {
        name: "newsletter",
        when: When::Starts(
            &[
                "sign up for",
                "sign up to",
                "subscribe to",
                "subscribe now",
                "subscribe for",
                "get our",
                "get the latest",
                "join our",
                "follow us on",
                "download our app",
                "download the",
                "newsletter",
                "jetzt newsletter",
                "abonnieren sie",
                "abonnez-vous",
                "inscrivez-vous",
                "suscríbete",
                "suscríbase",
                "iscriviti",
                "inscreva-se",
                "stay up to date",
                "stay informed",
                "подписывайтесь",
                "like us on",
                "find us on",
                "support our journalism",
                "become a member",
                "already a subscriber",
                "this article is for subscribers",
                "log in to",
                "create a free account",
                "enter your email",
            ],
            30,
        ),
        example: "Sign up for our daily newsletter and never miss a story",
        counter: "Signed and sealed, the truce held for a day.",
    },
    Rule {
        name: "cookies",
        when: When::Has(
            &[
                "we use cookies",
                "uses cookies",
                "cookie policy",
                "accept cookies",
                "accept all cookies",
                "verwendet cookies",
                "utilise des cookies",
                "utiliza cookies",
                "utilizza i cookie",
                "privacy policy and terms",
                "enable javascript",
                "javascript is disabled",
                "ad blocker",
                "adblocker",
            ],
            45,
        ),
        example: "This site uses cookies to give you the best experience.",
        counter: "The bakers sold cookies to the soldiers.",
    },
    Rule {
        name: "stamp",
        when: When::Starts(
            &[
                "published:",
                "published on",
                "published at",
                "last updated",
                "last modified",
                "updated:",
                "updated on",
                "posted on",
                "posted:",
                "veröffentlicht am",
                "veröffentlicht:",
                "aktualisiert am",
                "aktualisiert:",
                "zuletzt aktualisiert",
                "stand:",
                "publié le",
                "mis à jour le",
                "publicado el",
                "publicado:",
                "actualizado el",
                "actualizado:",
                "pubblicato il",
                "aggiornato il",
                "publicado em",
                "atualizado em",
                "опубликовано",
                "обновлено",
            ],
            12,
        ),
        example: "Last updated: 3 May 2022",
        counter: "Published photographs of the square showed burned cars and, by the wall, three bodies.",
    },
    Rule {
        name: "rights",
        when: When::Starts(
            &[
                "copyright ©",
                "© ",
                "(c) 20",
                "all rights reserved",
                "alle rechte vorbehalten",
                "tous droits réservés",
                "todos los derechos reservados",
                "this material may not be",
                "terms of use",
                "privacy policy",
            ],
            30,
        ),
        example: "© 2024 The Example. All rights reserved.",
        counter: "Copyright law was the least of their worries.",
    },
];

/// `paragraphs` without boilerplate.
pub(crate) fn clean(mut paragraphs: Vec<String>) -> Vec<String> {
    paragraphs.retain(|paragraph| rule(paragraph).is_none());
    paragraphs
}

/// The name of the rule by which `paragraph` is boilerplate.
fn rule(paragraph: &str) -> Option<&'static str> {
    if paragraph.chars().nth(LONGEST).is_some() {
        return None;
    }
    let lower = paragraph.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| c.is_whitespace() || ".:!…»>[]↓→-–*".contains(c));
    let words = || {
        lower.split(|c: char| c.is_whitespace() || "|/,•·".contains(c)).filter(|w| !w.is_empty())
    };
    RULES
        .iter()
        .find(|rule| match rule.when {
            When::Is(all) => all.contains(&bare),
            When::Starts(all, most) => {
                all.iter().any(|start| lower.starts_with(start)) && words().count() <= most
            }
            When::Has(all, most) => {
                all.iter().any(|part| lower.contains(part)) && words().count() <= most
            }
            When::Credit => is_credit(&lower),
            When::Ticker(all) => {
                lower.contains(" • ") && all.iter().any(|start| lower.starts_with(start))
            }
            When::Only(all) => words().count() > 0 && words().all(|w| all.contains(&w)),
        })
        .map(|rule| rule.name)
}

/// What a credit in brackets begins with.
const CREDITS: &[&str] = &[
    "image source",
    "image credit",
    "image:",
    "image courtesy",
    "photo:",
    "photo by",
    "photo credit",
    "photo courtesy",
    "photo source",
    "photo via",
    "file photo",
    "source:",
    "credit:",
    "credits:",
    "foto:",
    "bild:",
    "picture:",
    "picture by",
    "pic:",
    "photograph:",
    "crédit",
    "fuente:",
    "via getty",
    "getty images",
    "screenshot",
    "ap photo",
    "reuters",
    "afp",
    "fonte:",
    "quelle:",
];

/// Whether a short line ends with a credit in brackets, or is "Name/Agency".
fn is_credit(lower: &str) -> bool {
    let line = lower.trim_end_matches(['.', ' ']);
    let Some(inside) = line.strip_suffix(')').or_else(|| line.strip_suffix(']')) else {
        return false;
    };
    let Some(at) = inside.rfind(['(', '[']) else { return false };
    let credit = inside[at + 1..].trim_start();
    let caption = lower.split_whitespace().count() <= 40;
    caption && CREDITS.iter().any(|start| credit.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_does_what_its_examples_say() {
        for r in RULES {
            assert_eq!(rule(r.example), Some(r.name), "{}", r.example);
            assert_eq!(rule(r.counter), None, "{}", r.counter);
        }
    }

    #[test]
    fn a_long_paragraph_is_the_article() {
        let long = format!("Read more: {}", "word ".repeat(80));
        assert_eq!(rule(&long), None);
    }
}
