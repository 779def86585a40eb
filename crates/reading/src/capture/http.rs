//! An HTTP response as an archive keeps it → its body, unpacked.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// A response whose body is unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Response {
    /// The status code.
    pub(super) status: u16,
    /// The media type, in lower case.
    pub(super) media_type: Option<String>,
    /// The character encoding.
    pub(super) charset: Option<String>,
    /// The body, without chunks and compression.
    pub(super) body: Vec<u8>,
}

/// Why a response cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadResponse {
    /// There is no status line or no end of the head.
    #[error("it is not an HTTP response")]
    NotHttp,
    /// The body is larger than a page may be.
    #[error("the page is larger than {0} bytes when it is unpacked; it is passed over")]
    TooLarge(usize),
    /// The body is compressed in a way that is not known.
    #[error("its content encoding \"{0}\" is not known")]
    Encoding(String),
}

/// Reads a response. `wanted` says, before the body is unpacked, whether it is worth it.
pub(super) fn read(
    bytes: &[u8],
    cap: usize,
    wanted: impl Fn(u16, Option<&str>) -> bool,
) -> Result<Option<Response>, BadResponse> {
    let (head, body) = split_head(bytes).ok_or(BadResponse::NotHttp)?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = status(lines.next().unwrap_or_default()).ok_or(BadResponse::NotHttp)?;
    let mut kind = None;
    let mut chunked = false;
    let mut encodings = Vec::new();
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => kind = Some(value.to_owned()),
            "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => {
                encodings = value.split(',').map(|e| e.trim().to_ascii_lowercase()).collect();
            }
            _ => {}
        }
    }
    let media_type = kind.as_deref().and_then(media_type);
    if !wanted(status, media_type.as_deref()) {
        return Ok(None);
    }
    let mut body = if chunked { unchunk(body) } else { Cow::Borrowed(body) };
    for encoding in encodings.iter().rev() {
        body = Cow::Owned(unpack(&body, encoding, cap)?);
    }
    if body.len() > cap {
        return Err(BadResponse::TooLarge(cap));
    }
    let charset = kind.as_deref().and_then(charset);
    Ok(Some(Response { status, media_type, charset, body: body.into_owned() }))
}

/// The media type in a `Content-Type`, in lower case.
pub(super) fn media_type(value: &str) -> Option<String> {
    let kind = value.split(';').next()?.trim().to_ascii_lowercase();
    (!kind.is_empty()).then_some(kind)
}

/// The character encoding in a `Content-Type`.
pub(super) fn charset(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let at = lower.find("charset=")? + "charset=".len();
    let label = lower.get(at..)?.split([';', ',', ' ']).next()?.trim_matches(['"', '\'']);
    (!label.is_empty()).then(|| label.to_owned())
}

/// The head of a message and what follows the empty line after it.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end =
        |mark: &[u8]| bytes.windows(mark.len()).position(|w| w == mark).map(|i| (i, mark.len()));
    let (at, length) = match (end(b"\r\n\r\n"), end(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some((bytes.get(..at)?, bytes.get(at + length..)?))
}

fn status(line: &str) -> Option<u16> {
    line.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()
}

/// A body without the marks of its chunks; as it is, if it has none (archives often took them out).
fn unchunk(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().take(64).position(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]);
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { break };
        let data = &rest[end + 1..];
        if size == 0 {
            return Cow::Owned(out);
        }
        let taken = size.min(data.len());
        out.extend_from_slice(&data[..taken]);
        rest = data[taken..].trim_ascii_start_line();
        if rest.is_empty() {
            return Cow::Owned(out);
        }
    }
    if out.is_empty() { Cow::Borrowed(body) } else { Cow::Owned(out) }
}

trait TrimLine {
    /// Without one line end at the start.
    fn trim_ascii_start_line(&self) -> &Self;
}

impl TrimLine for [u8] {
    fn trim_ascii_start_line(&self) -> &Self {
        self.strip_prefix(b"\r\n").or_else(|| self.strip_prefix(b"\n")).unwrap_or(self)
    }
}

/// A body decompressed, up to the cap; as it is, if it is not compressed whatever its head says.
fn unpack(body: &[u8], encoding: &str, cap: usize) -> Result<Vec<u8>, BadResponse> {
    let inflate = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        // An error is a truncated body: what came before it is a page all the same.
        let _cut = reader.take(cap as u64 + 1).read_to_end(&mut out);
        if out.len() > cap { Err(BadResponse::TooLarge(cap)) } else { Ok(out) }
    };
    match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => inflate(&mut GzDecoder::new(body)),
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            inflate(&mut ZlibDecoder::new(body))
        }
        "deflate" => inflate(&mut DeflateDecoder::new(body)),
        "gzip" | "x-gzip" | "identity" | "none" | "utf-8" | "" => Ok(body.to_vec()),
        other if std::str::from_utf8(body).is_err() => Err(BadResponse::Encoding(other.to_owned())),
        _ => Ok(body.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn body(response: &[u8]) -> Result<Vec<u8>, BadResponse> {
        read(response, 1000, |_, _| true).map(|r| r.unwrap().body)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn chunks_and_compression_come_off() {
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        assert_eq!(body(chunked).unwrap(), b"abcde");
        let mut packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        packed.extend(gzip(b"abc"));
        assert_eq!(body(&packed).unwrap(), b"abc");
    }

    #[test]
    fn a_head_that_lies_is_survived() {
        let lies = b"HTTP/1.1 200 OK\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n\n<p>abc";
        assert_eq!(body(lies).unwrap(), b"<p>abc");
        assert_eq!(body(b"nonsense"), Err(BadResponse::NotHttp));
    }

    #[test]
    fn a_bomb_is_passed_over() {
        let mut packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        packed.extend(gzip(&vec![0; 1 << 20]));
        assert_eq!(body(&packed), Err(BadResponse::TooLarge(1000)));
    }

    #[test]
    fn the_type_and_the_encoding_are_told_apart() {
        assert_eq!(media_type("Text/HTML; charset=x").as_deref(), Some("text/html"));
        assert_eq!(charset("text/html; charset=\"UTF-8\"").as_deref(), Some("utf-8"));
    }
}
