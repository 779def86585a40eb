//! Signing in and out, and what one may do.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, extract::Request};
use jiff::Timestamp;

use super::sessions::LASTS;
use super::{COOKIE, From, OF_NAME, OF_NOTES, OF_SIGN_IN, Who, cookie};
use crate::accounts::{LONGEST_PASSWORD, Scope};
use crate::serve::answer::html;
use crate::serve::app::App;
use crate::serve::body;
use crate::serve::pages::frame::{Frame, Section};
use crate::serve::parameters::Parameters;
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::{Access, Deed};

/// The routes.
pub(in crate::serve) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/sign-in", get(form).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/account", get(account))
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    w: &'static Words,
    frame: Frame,
    next: String,
    wrong: bool,
}

/// `GET /sign-in`
async fn form(RawQuery(query): RawQuery) -> Result<Response, Shown> {
    let parameters = Parameters::of(query.as_deref(), &["next"])?;
    Ok(sign_in_page(&parameters.shown("next"), false)?)
}

fn sign_in_page(next: &str, wrong: bool) -> Result<Response, Refusal> {
    let w = &ENGLISH;
    let frame = Frame::bare(w.sign_in, Section::None);
    let mut response = html(&SignIn { w, frame, next: here(next).to_owned(), wrong })?;
    if wrong {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    Ok(response)
}

/// `POST /sign-in`
async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(From(from)): Extension<From>,
    request: Request,
) -> Result<Response, Shown> {
    let form = body::form(request).await?;
    let (name, password) = (form.shown("name"), form.shown("password"));
    let (access, now) = (&app.access, Timestamp::now());
    let by_address = access.limits.take(&format!("sign-in {from:?}"), OF_SIGN_IN, now);
    let by_name = || access.limits.take(&format!("sign-in as {name:.64}"), OF_NAME, now);
    if let Err(seconds) = by_address.and_then(|()| by_name()) {
        // Once a minute, so that nobody fills the ledger.
        if access.limits.take(&format!("noted {from:?}"), OF_NOTES, now).is_ok() {
            app.note(Access::of(Deed::KeptOut, &name, from.map(|from| from.to_string())));
        }
        return Err(Refusal::TooOften { seconds }.into());
    }
    let user = if password.len() > LONGEST_PASSWORD {
        None
    } else {
        let _place = access.passwords.acquire().await.map_err(|_| Refusal::Broken)?;
        let (accounts, name) = (access.accounts(), name.clone());
        let looked = move || accounts.sign_in(&name, &password).cloned();
        tokio::task::spawn_blocking(looked).await.map_err(|_| Refusal::Broken)?
    };
    let Some(user) = user else { return Ok(sign_in_page(&form.shown("next"), true)?) };
    app.note(Access::of(Deed::SignedIn, &user.name, from.map(|from| from.to_string())));
    let held = access.sessions.begin(&user.name, &user.password, now);
    let next = form.shown("next");
    Ok((cookie_of(&held, LASTS.as_secs(), access.settings.secure), Redirect::to(here(&next)))
        .into_response())
}

/// `POST /sign-out`
async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Shown> {
    let form = body::form(request).await?;
    app.access.check_form(&who, &form.shown("form"))?;
    if let Some(held) = cookie(&headers) {
        app.access.sessions.end(held);
    }
    Ok((cookie_of("", 0, app.access.settings.secure), Redirect::to("/sign-in")).into_response())
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    w: &'static Words,
    frame: Frame,
    name: String,
    scopes: Vec<&'static str>,
    /// What the form to sign out must say, for those who can.
    form: Option<String>,
}

/// `GET /account`
async fn account(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    let w = &ENGLISH;
    let may = |scope: &Scope| who.may(*scope);
    let scopes = Scope::ALL.iter().filter(|scope| may(scope)).map(|scope| scope.as_str());
    Ok(html(&Account {
        w,
        frame: Frame::bare(w.account, Section::None),
        scopes: scopes.collect(),
        form: who.is_signed_in().then(|| app.access.form(&who)),
        name: who.name,
    })?)
}

/// The address, if it is one of ours: a link that signs in must not lead elsewhere.
fn here(next: &str) -> &str {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && !next.starts_with("/sign-");
    if plain { next } else { "/" }
}

/// Has the browser hold `held` for so many seconds.
fn cookie_of(held: &str, seconds: i64, secure: bool) -> [(header::HeaderName, String); 1] {
    let secure = if secure { "; Secure" } else { "" };
    let kept =
        format!("{COOKIE}={held}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    [(header::SET_COOKIE, kept)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(here("/events?country=NG"), "/events?country=NG");
        for next in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "/sign-out",
        ] {
            assert_eq!(here(next), "/", "{next}");
        }
    }

    #[test]
    fn a_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let [(_, cookie)] = cookie_of("secret", 60, true);
        assert_eq!(cookie, "tocsin=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    }
}
