//! The tokens of a line: words, numbers, marks and possessive endings, each with its shape.

use super::{Shape, Token};

/// Appends the tokens of `source`, which starts at byte `base` of the document.
pub(super) fn tokens(source: &str, base: usize, out: &mut Vec<Token>) {
    let bytes = source.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let b = bytes[i];
        if b == b' ' {
            i += 1;
            continue;
        }
        if let Some((end, shape)) = plain_word(bytes, i) {
            out.push(Token { start: (base + start) as u32, end: (base + end) as u32, shape });
            i = end;
            continue;
        }
        let shape = if b.is_ascii_digit() {
            i = number_end(bytes, i);
            Shape::Number
        } else if b.is_ascii_alphabetic() || b >= 0x80 {
            let Some(end) = word_end(source, i) else {
                // White space or a mark beyond ASCII.
                let c = source[i..].chars().next().unwrap_or(' ');
                i += c.len_utf8();
                if !c.is_whitespace() && !c.is_control() && c != '\u{ad}' {
                    out.push(Token {
                        start: (base + start) as u32,
                        end: (base + i) as u32,
                        shape: Shape::Mark,
                    });
                }
                continue;
            };
            i = end;
            shape_of(&source[start..end])
        } else {
            i += 1;
            if b.is_ascii_whitespace() || b.is_ascii_control() || (b == b'-' && joins(bytes, start))
            {
                continue;
            }
            if let Some(end) = possessive_end(source, start) {
                i = end;
                Shape::Possessive
            } else {
                Shape::Mark
            }
        };
        let end = i;
        if shape == Shape::Mark && bytes[start] >= 0x80 {
            continue;
        }
        // A word that ends in a possessive gives two tokens.
        let cut = if matches!(shape, Shape::Lower | Shape::Capital | Shape::Upper) {
            possessive_cut(&source[start..end])
        } else {
            None
        };
        let mid = cut.map_or(end, |c| start + c);
        let shape = if cut.is_some() { shape_of(&source[start..mid]) } else { shape };
        out.push(Token { start: (base + start) as u32, end: (base + mid) as u32, shape });
        if cut.is_some() {
            out.push(Token {
                start: (base + mid) as u32,
                end: (base + end) as u32,
                shape: Shape::Possessive,
            });
        }
    }
}

/// One past the word at `i` and its shape, where it is small letters of ASCII behind one that may be
/// a capital, and nothing follows that could belong to it: most words.
fn plain_word(bytes: &[u8], i: usize) -> Option<(usize, Shape)> {
    let rest = bytes.get(i..)?;
    let capital = usize::from(rest.first()?.is_ascii_uppercase());
    let small = rest[capital..].iter().take_while(|b| b.is_ascii_lowercase()).count();
    let ends = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric() && !matches!(b, b'\'' | b'`');
    let length = capital + small;
    let whole = rest.get(length).is_none_or(ends);
    // A single letter may be an initial or the beginning of "a.m.".
    let shape = if capital > 0 { Shape::Capital } else { Shape::Lower };
    (whole && small > 0 && length > 1).then_some((i + length, shape))
}

/// Whether the hyphen at `i` joins two words.
fn joins(bytes: &[u8], i: usize) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
    i > 0 && word(&bytes[i - 1]) && bytes.get(i + 1).is_some_and(word)
}

/// One past the digits and separators at `i`.
fn number_end(bytes: &[u8], mut i: usize) -> usize {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    while digit(bytes.get(i)) {
        i += 1;
        if matches!(bytes.get(i), Some(b',' | b'.' | b':')) && digit(bytes.get(i + 1)) {
            i += 1;
        }
    }
    i
}

/// One past the word at `i`, or `None` if no letter stands there.
fn word_end(source: &str, i: usize) -> Option<usize> {
    if let Some(end) = dotted_end(source.as_bytes(), i) {
        return Some(end);
    }
    // Most words are letters of ASCII up to a space or mark.
    let bytes = &source.as_bytes()[i..];
    let plain = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(plain).is_none_or(|b| b.is_ascii() && !matches!(b, b'\'' | b'`')) {
        return (plain > 0).then_some(i + plain);
    }
    let mut end = i;
    let mut rest = source[i..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let apostrophe = matches!(c, '\'' | '’' | 'ʻ' | 'ʼ' | '`' | '‘')
            && at > 0
            && rest.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        let mark = at > 0 && (c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c));
        if !(c.is_alphanumeric() || apostrophe || mark) {
            break;
        }
        end = i + at + c.len_utf8();
    }
    (end > i).then_some(end)
}

/// One past an abbreviation such as `U.S.` or `p.m.` at `i`: single letters, each with its stop.
fn dotted_end(bytes: &[u8], i: usize) -> Option<usize> {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let pair = |at: usize| letter(at) && bytes.get(at + 1) == Some(&b'.');
    if !pair(i) || !letter(i + 2) {
        return None;
    }
    let mut end = i;
    while pair(end) {
        end += 2;
    }
    // `U.S` without its last stop; but `J.Smith` is an initial and a name.
    if letter(end) && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    (end > i + 2).then_some(end)
}

/// Whether `word` is single letters with stops between: `U`, `U.S`.
fn single_letters(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Where a possessive `'s` begins in `word`.
fn possessive_cut(word: &str) -> Option<usize> {
    if !word.ends_with(['s', 'S']) {
        return None;
    }
    ["'s", "’s", "'S", "’S", "`s"]
        .iter()
        .find(|&&ending| word.len() > ending.len() && word.ends_with(ending))
        .map(|ending| word.len() - ending.len())
}

/// One past a possessive that stands alone at `i`, after a bracket or stop.
fn possessive_end(source: &str, i: usize) -> Option<usize> {
    let rest = &source[i..];
    let after = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("'S"))?;
    let before = source[..i].chars().next_back()?;
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!before.is_whitespace() && ends).then_some(i + 2)
}

fn shape_of(word: &str) -> Shape {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Shape::Lower;
    }
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if word.contains('.') && single_letters(word.trim_end_matches('.')) {
        return Shape::Upper;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let (mut upper, mut lower) = (1, 0);
    for c in chars {
        upper += u32::from(c.is_uppercase());
        lower += u32::from(c.is_lowercase());
    }
    // "M23" is an abbreviation too.
    let code = word.ends_with(|c: char| c.is_ascii_digit());
    if (upper > 1 || code) && lower == 0 { Shape::Upper } else { Shape::Capital }
}
