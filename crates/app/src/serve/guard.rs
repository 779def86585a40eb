//! What holds for every answer: which host may be asked, and what a browser may do with it.
//!
//! A page elsewhere can make a browser on this machine ask us under a name of its own that it
//! leads here (DNS rebinding), and would then read the record; so only names of this machine are
//! answered. A text in the record may hold anything; so a page may run no script but ours, and
//! none at all inline.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::app::App;
use super::refusal::{Refusal, refuse};

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
         worker-src 'self'; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Answers or refuses, and adds the headers.
pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let settings = &app.access.settings;
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = request.uri().host().or(host);
    let mut response = if host.is_some_and(|host| is_ours(host, &settings.names)) {
        next.run(request).await
    } else {
        refuse(Refusal::OtherHost, request.uri())
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // What one may see, another who asks through the same proxy may not.
    let kept = HeaderValue::from_static("private, no-cache");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(kept);
    if settings.secure {
        let secure = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, secure);
    }
    response
}

/// Whether `host`, with or without a port, is one of `names` or this machine by a name that cannot
/// be led elsewhere.
fn is_ours(host: &str, names: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let address: Result<std::net::IpAddr, _> = name.parse();
    let named = names.iter().any(|ours| name.eq_ignore_ascii_case(ours));
    named
        || name.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["127.0.0.1:8420", "localhost", "LOCALHOST:1", "[::1]:8420", "127.1.2.3"] {
            assert!(is_ours(host, &[]), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
            "[::2]",
            "10.0.0.1",
        ] {
            assert!(!is_ours(host, &[]), "{host}");
        }
        let names = ["record.example".to_owned()];
        assert!(is_ours("Record.example:8443", &names));
        assert!(!is_ours("record.example.evil.example", &names));
    }
}
