//! Bodies of requests: read within limits of size and time; forms, plain and with files.
//!
//! What is uploaded is bytes and stays so: it is read as a document, and never shown as markup.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::refusal::Refusal;

/// The largest body.
pub(super) const MOST_BYTES: usize = 32 << 20;
/// How long it may take to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many parts a form may have, and how long their heads may be.
const MOST_PARTS: usize = 32;
const MOST_HEAD: usize = 4_096;

/// The whole body.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    read_within(headers, body, PATIENCE).await
}

async fn read_within(
    headers: &HeaderMap,
    body: Body,
    patience: Duration,
) -> Result<Bytes, Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|n| n.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > MOST_BYTES as u64) {
        return Err(Refusal::TooLarge { most: MOST_BYTES });
    }
    match tokio::time::timeout(patience, to_bytes(body, MOST_BYTES)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_of_size(&error) => Err(Refusal::TooLarge { most: MOST_BYTES }),
        // The client broke off: nobody reads this.
        Ok(Err(_)) => Err(Refusal::NotUnderstood { why: "the body broke off".to_owned() }),
        Err(_) => Err(Refusal::TooSlow),
    }
}

/// Whether the body had more bytes than it may.
fn is_of_size(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// What a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    /// The files, each with its name, that are not empty.
    pub(super) files: Vec<(String, Bytes)>,
}

impl Form {
    /// What the field says; nothing if there is none.
    pub(super) fn shown(&self, name: &str) -> String {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The form that is the body of `request`.
pub(super) async fn form(request: Request) -> Result<Form, Refusal> {
    let (parts, body) = request.into_parts();
    let media = media(&parts.headers);
    let bytes = read(&parts.headers, body).await?;
    if media.starts_with("multipart/form-data") {
        let why = || Refusal::NotUnderstood { why: "the form is not put together well".to_owned() };
        return boundary(&media).and_then(|boundary| parts_of(&bytes, &boundary)).ok_or_else(why);
    }
    if media.starts_with("application/x-www-form-urlencoded") {
        let fields = form_urlencoded::parse(&bytes);
        let fields = fields.map(|(name, value)| (name.into_owned(), value.into_owned()));
        return Ok(Form { fields: fields.collect(), files: Vec::new() });
    }
    Err(Refusal::Media { given: media })
}

/// The JSON that is the body of `request`.
pub(super) async fn json<T: DeserializeOwned>(request: Request) -> Result<T, Refusal> {
    let (parts, body) = request.into_parts();
    let given = media(&parts.headers);
    if given.split(';').next().is_none_or(|media| media.trim() != "application/json") {
        return Err(Refusal::Media { given });
    }
    let bytes = read(&parts.headers, body).await?;
    serde_json::from_slice(&bytes).map_err(|e| Refusal::NotUnderstood { why: e.to_string() })
}

/// What the headers say of the body.
pub(super) fn media(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    given.unwrap_or_default().trim().to_owned()
}

/// What stands between the parts.
fn boundary(media: &str) -> Option<String> {
    let (_, rest) = media.split_once("boundary=")?;
    let named = rest.split(';').next()?.trim().trim_matches('"');
    (1..=70).contains(&named.len()).then(|| named.to_owned())
}

/// The parts of a form (RFC 7578), of which each is a field or a file.
fn parts_of(body: &Bytes, boundary: &str) -> Option<Form> {
    let between = format!("\r\n--{boundary}");
    // The first boundary may stand at the very beginning.
    let opening = &between[2..];
    let mut at = if body.starts_with(opening.as_bytes()) {
        opening.len()
    } else {
        find(body, between.as_bytes(), 0)? + between.len()
    };
    let mut form = Form::default();
    for _ in 0..MOST_PARTS {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(form);
        }
        let head_ends = find(body, b"\r\n\r\n", at)?;
        let head = body.get(at..head_ends).filter(|head| head.len() <= MOST_HEAD)?;
        let head = String::from_utf8_lossy(head).into_owned();
        let begins = head_ends + 4;
        // An empty part ends with the line that its head ends with.
        let ends = find(body, between.as_bytes(), begins - 2)?;
        let content = body.slice(begins.min(ends)..ends);
        let disposition = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
        })?;
        let name = parameter(disposition, "name")?;
        match parameter(disposition, "filename") {
            Some(_) if content.is_empty() => {}
            Some(file) => form.files.push((file_name(&file), content)),
            None => form.fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
        at = ends + between.len();
    }
    None
}

/// A parameter of a header, in quotes.
fn parameter(header: &str, name: &str) -> Option<String> {
    let begins = header.find(&format!("; {name}=\"")).map(|at| at + name.len() + 4)?;
    let rest = header.get(begins..)?;
    Some(rest.get(..rest.find('"')?)?.to_owned())
}

/// The last part of a path, since some browsers send all of it; without what steers terminals.
pub(super) fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(100).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Where `needle` begins, at `from` or later.
fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(rest) = bytes.get(at..) {
        let next = rest.iter().position(|byte| Some(byte) == needle.first())?;
        at += next;
        if bytes.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(body: &str) -> Option<Form> {
        parts_of(&Bytes::from(body.to_owned()), "B")
    }

    #[test]
    fn a_form_has_fields_and_files() {
        let form = parsed(
            "--B\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nsecret\r\n--B\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"C:\\a\\..\\b.html\"\r\n\
             Content-Type: text/html\r\n\r\n<p>\r\n--Bee\r\n--B\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--B--\r\n",
        );
        let form = form.unwrap();
        assert_eq!(form.shown("form"), "secret");
        assert_eq!(form.files.len(), 1, "{form:?}");
        assert_eq!(form.files[0].0, "b.html");
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_is_not_waited_for() {
        /// A body that never sends its second piece.
        struct Stuck(Option<Bytes>);
        impl http_body::Body for Stuck {
            type Data = Bytes;
            type Error = std::convert::Infallible;
            fn poll_frame(
                mut self: std::pin::Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
                match self.0.take() {
                    Some(bytes) => std::task::Poll::Ready(Some(Ok(http_body::Frame::data(bytes)))),
                    None => std::task::Poll::Pending,
                }
            }
        }
        let body = Body::new(Stuck(Some(Bytes::from("name=a"))));
        let read = read_within(&HeaderMap::new(), body, Duration::from_millis(20)).await;
        assert!(matches!(read, Err(Refusal::TooSlow)), "{read:?}");
    }

    #[test]
    fn what_is_no_form_is_none() {
        for body in [
            "",
            "--B",
            "--B\r\n",
            "--B\r\n\r\n\r\n--B--",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "no boundary at all",
        ] {
            assert_eq!(parsed(body), None, "{body:?}");
        }
        let many = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".repeat(40);
        assert_eq!(parsed(&format!("{many}--B--")), None);
        assert_eq!(boundary("multipart/form-data; boundary=\"abc\""), Some("abc".into()));
        assert_eq!(boundary("multipart/form-data"), None);
    }

    #[test]
    fn names_of_files_are_no_paths() {
        for (given, name) in [
            ("../../etc/passwd", "passwd"),
            ("a\u{1b}[2J.html", "a[2J.html"),
            ("", "file"),
            ("/", "file"),
        ] {
            assert_eq!(file_name(given), name);
        }
    }
}
