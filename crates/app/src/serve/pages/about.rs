//! How to read the pages: the signs, what counts, what cannot be told, the API, the origins.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::frame::{Frame, Section};
use crate::serve::answer::{answer, html};
use crate::serve::app::App;
use crate::serve::parameters::Parameters;
use crate::serve::refusal::Shown;
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    w: &'static Words,
    frame: Frame,
    signs: [(&'static str, &'static str); 6],
    origins: Vec<Origin>,
    build: &'static str,
    /// The licences of what others wrote of the script.
    script: Option<String>,
}

/// A source of what is known, as the manifest has it.
#[derive(Deserialize)]
struct Origin {
    name: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    licence: String,
}

/// `GET /about`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    Parameters::of(query.as_deref(), &[])?;
    let read = |app: &App, ledger: &Ledger| {
        let w = &ENGLISH;
        html(&About {
            w,
            frame: Frame::of(app, ledger, w.about_title, Section::About)?,
            signs: [
                ("115+", w.sign_plus),
                ("12–20", w.sign_range),
                ("≤20", w.sign_most),
                ("~2024-03-22", w.sign_about),
                ("bombing?", w.sign_doubt),
                ("disputed", w.sign_disputed),
            ],
            origins: origins(),
            build: engine::knowledge::BUILD,
            script: crate::serve::script::licences(),
        })
    };
    Ok(answer(app, &headers, read).await?)
}

fn origins() -> Vec<Origin> {
    #[derive(Deserialize)]
    struct Manifest {
        source: Vec<Origin>,
    }
    toml::from_str::<Manifest>(engine::knowledge::MANIFEST).map(|m| m.source).unwrap_or_default()
}
