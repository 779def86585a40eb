//! Answers that were made for the present position of the ledger are kept, and given again.
//!
//! Sums over a large ledger take a second; the ledger moves once a batch, and people reload. What
//! is kept is dropped as soon as the ledger has moved, so an answer is never older than its tag.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::{answer, tag};
use super::app::App;
use super::pages::overview::read as overview;
use super::past::at;

/// How many answers are kept, and how large each may be.
const MOST: usize = 128;
const LARGEST: usize = 512 << 10;

/// What is kept.
#[derive(Default)]
pub(super) struct Kept(Mutex<Answers>);

#[derive(Default)]
struct Answers {
    tag: String,
    by_address: BTreeMap<String, (HeaderMap, Bytes)>,
}

impl Kept {
    fn get(&self, tag: &str, address: &str) -> Option<(HeaderMap, Bytes)> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.by_address.get(address).filter(|_| answers.tag == tag).cloned()
    }

    fn put(&self, tag: &str, address: String, answer: (HeaderMap, Bytes)) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.tag != tag || answers.by_address.len() >= MOST {
            answers.by_address.clear();
            tag.clone_into(&mut answers.tag);
        }
        answers.by_address.insert(address, answer);
    }
}

/// Gives what is kept, or has it made and keeps it. Files and whole selections have no tag, and
/// pass.
pub(super) async fn kept(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    // What is of the past has the tag of the past, and is kept where that is.
    let is_plain = request.method() == Method::GET
        && !request.headers().contains_key(header::IF_NONE_MATCH)
        && at(request.uri().query()).is_none();
    if !is_plain {
        return next.run(request).await;
    }
    let address = request.uri().to_string();
    let now = app.position().ok().map(tag);
    if let Some(known) = now.and_then(|tag| app.kept.get(&tag, &address)) {
        return known.into_response();
    }
    let response = next.run(request).await;
    keep(&app, address, response).await
}

/// Has the overview made, which is asked for first and takes longest, if it is not there.
pub(super) async fn prepare(app: &Arc<App>) {
    let address = "/".to_owned();
    let now = app.position().ok().map(tag);
    if now.is_none_or(|tag| app.kept.get(&tag, &address).is_some()) {
        return;
    }
    if let Ok(response) = answer(Arc::clone(app), &HeaderMap::new(), overview).await {
        keep(app, address, response).await;
    }
}

/// The answer, which is kept if it has a tag and is not too large.
async fn keep(app: &App, address: String, response: Response) -> Response {
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let (Some(tag), StatusCode::OK) = (tag.map(str::to_owned), response.status()) else {
        return response;
    };
    let (parts, body) = response.into_parts();
    // Tagged answers are whole in memory already.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if bytes.len() <= LARGEST {
        app.kept.put(&tag, address, (parts.headers.clone(), bytes.clone()));
    }
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_given_that_is_older_than_its_tag() {
        let kept = Kept::default();
        let answer = |words: &'static str| (HeaderMap::new(), Bytes::from(words));
        kept.put("1", "/".into(), answer("one"));
        assert_eq!(kept.get("1", "/"), Some(answer("one")));
        assert_eq!(kept.get("2", "/"), None);
        assert_eq!(kept.get("1", "/events"), None);
        kept.put("2", "/events".into(), answer("two"));
        assert_eq!(kept.get("1", "/"), None);
        assert_eq!(kept.get("2", "/"), None);
    }

    #[test]
    fn no_more_is_kept_than_may_be() {
        let kept = Kept::default();
        for n in 0..=MOST {
            kept.put("1", format!("/{n}"), (HeaderMap::new(), Bytes::new()));
        }
        assert_eq!(kept.0.lock().unwrap().by_address.len(), 1);
    }
}
