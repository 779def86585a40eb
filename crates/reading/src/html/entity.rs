//! Character references (`&eacute;`, `&#8217;`, `&#x2019;`) → characters.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// The longest name of an entity that is looked for.
const LONGEST: usize = 32;

/// `raw` with its character references resolved; what is no reference stays as it stands.
pub(crate) fn decode(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let name_len = after[1..]
            .bytes()
            .take(LONGEST)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
            .count();
        let name = &after[1..=name_len];
        let closed = after[1 + name_len..].starts_with(';');
        let end = 1 + name_len + usize::from(closed);
        if resolve(name, closed, &mut out) {
            rest = &after[end..];
        } else {
            out.push('&');
            rest = &after[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Appends what `name` stands for. Names need their semicolon, numbers do not.
fn resolve(name: &str, closed: bool, out: &mut String) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let Some(c) = code.ok().and_then(character) else { return false };
        out.push(c);
        return true;
    }
    let known = if closed { resolve_html5_entity(name) } else { None };
    if let Some(text) = known {
        out.push_str(text);
    }
    known.is_some()
}

/// The character of a number; 128 to 159 mean Windows-1252, as in every browser.
fn character(code: u32) -> Option<char> {
    if (0x80..0xA0).contains(&code) {
        let byte = [u8::try_from(code).ok()?];
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next();
    }
    char::from_u32(code).filter(|&c| c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        assert_eq!(decode("a &amp; b &eacute; &#8217;&#x2019; &#146;"), "a & b é ’’ ’");
    }

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(decode("AT&T &unknown; &#0; &#xZZ; &"), "AT&T &unknown; &#0; &#xZZ; &");
        assert_eq!(decode("?a=1&copy=2"), "?a=1&copy=2");
    }
}
