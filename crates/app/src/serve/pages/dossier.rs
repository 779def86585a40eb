//! The dossier of an event, to keep and to hand on: its page as one file that needs no server, and
//! all that the record holds of it as JSON.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use engine::view::ReportView;
use serde_json::json;

use super::event::{event, whole_page};
use crate::serve::answer::answer;
use crate::serve::app::App;
use crate::serve::assets;
use crate::serve::refusal::{Refusal, Shown, Told};
use crate::store::Ledger;

/// `GET /events/{id}/dossier.html`
pub(super) async fn html(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Shown> {
    let read = move |app: &App, ledger: &Ledger| {
        let (id, page) = whole_page(app, ledger, &id)?;
        Ok(file(&id, "html", "text/html; charset=utf-8", alone(&page)))
    };
    Ok(answer(app, &headers, read).await?)
}

/// `GET /events/{id}/dossier.json`
pub(super) async fn json(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let read = move |app: &App, ledger: &Ledger| {
        let event = event(ledger, &id)?;
        let rows = match event.id.parse::<engine::link::EventId>() {
            Ok(id) => ledger.reports_of(id.bytes())?,
            Err(_) => Vec::new(),
        };
        let mut reports = Vec::new();
        for row in rows {
            let whole = ledger.report(row)?;
            let mut view = ReportView::of(&whole.report, &whole.document, &app.known);
            view.made_by = whole.build;
            reports.push(serde_json::to_value(view).map_err(|_| Refusal::Broken)?);
        }
        let body = json!({
            "ledger": app.name(),
            "position": ledger.position()?,
            "last_entry": ledger.last_entry()?,
            "event": event,
            "reports": reports,
        });
        Ok(file(&event.id, "json", "application/json", body.to_string()))
    };
    Ok(answer(app, &headers, read).await?)
}

/// The page with its style in it, without script and without links that lead to a server.
fn alone(page: &str) -> String {
    let style = format!("<style>{}</style>", assets::STYLE);
    let link = format!("<link rel=\"stylesheet\" href=\"{}\">", assets::style());
    let page = page.replacen(&link, &style, 1);
    let without = ["<script ", "<link "].into_iter().fold(page, |page, tag| {
        let lines = page.lines().filter(|line| !line.starts_with(tag));
        lines.collect::<Vec<_>>().join("\n")
    });
    // Words of documents cannot have this in them: their quotes are escaped.
    let mut parts = without.split(" href=\"/");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}

fn file(id: &str, ending: &str, media: &'static str, body: String) -> Response {
    let short = id.get(..12).unwrap_or(id);
    let name = format!("attachment; filename=\"event-{short}.{ending}\"");
    let mut response = ([(header::CONTENT_TYPE, media)], body).into_response();
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_page_needs_nothing_from_a_server() {
        let page = format!(
            "<link rel=\"stylesheet\" href=\"{}\">\n<script type=\"module\" src=\"/x.js\"></script>\n\
             <link rel=\"icon\" href=\"/static/icon.svg\">\n<a href=\"/documents/1\" class=\"x\">d</a> \
             <a href=\"#r-1\">r</a> <a href=\"https://gazette.example/\">g</a>",
            assets::style()
        );
        let alone = alone(&page);
        assert!(alone.starts_with("<style>"), "{alone}");
        assert!(!alone.contains("<script") && !alone.contains("href=\"/"));
        assert!(alone.contains("<a class=\"x\">d</a>"));
        assert!(alone.contains("href=\"#r-1\"") && alone.contains("https://gazette.example/"));
    }
}
