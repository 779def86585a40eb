//! A whole selection as a file, sent while it is read.
//!
//! A reader that stops taking is dropped after a while, since the position of the ledger that it
//! reads from is kept for as long as it reads.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::export::Export;
use crate::question::Misread;
use crate::serve::app::App;
use crate::serve::parameters::Selection;
use crate::serve::refusal::Refusal;
use crate::store::seek::Rows;

/// How much is sent at once, and how many of these may wait.
const CHUNK: usize = 64 << 10;
const WAITING: usize = 4;
/// How long a reader may take for one of them.
const PATIENCE: Duration = Duration::from_secs(60);

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Jsonl,
    Geojson,
}

/// The form that `given` names; `None` for pages of JSON.
pub(super) fn form(given: &str) -> Result<Option<Form>, Misread> {
    Ok(Some(match given {
        "json" => return Ok(None),
        "csv" => Form::Csv,
        "jsonl" => Form::Jsonl,
        "geojson" => Form::Geojson,
        _ => {
            return Err(Misread {
                message: format!("no form is called \"{given}\""),
                hint: "give one of json, csv, jsonl, geojson".into(),
            });
        }
    }))
}

impl Form {
    fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/jsonl",
            Self::Geojson => "application/geo+json",
        }
    }

    fn file(self, rows: Rows) -> &'static str {
        match (self, rows) {
            (Self::Csv, Rows::Events) => "attachment; filename=\"events.csv\"",
            (Self::Csv, Rows::Reports) => "attachment; filename=\"reports.csv\"",
            (Self::Jsonl, Rows::Events) => "attachment; filename=\"events.jsonl\"",
            (Self::Jsonl, Rows::Reports) => "attachment; filename=\"reports.jsonl\"",
            (Self::Geojson, Rows::Events) => "attachment; filename=\"events.geojson\"",
            (Self::Geojson, Rows::Reports) => "attachment; filename=\"reports.geojson\"",
        }
    }
}

/// The selection in this form.
pub(super) async fn stream(
    app: Arc<App>,
    rows: Rows,
    selection: Selection,
    form: Form,
) -> Result<Response, Refusal> {
    let place = app.place_to_stream().await?;
    let (sender, receiver) = channel(WAITING);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut out = BufWriter::with_capacity(CHUNK, Sink { sender: sender.clone(), handle });
        let written = write(&app, rows, &selection, form, &mut out)
            .and_then(|()| out.flush().map_err(anyhow::Error::from));
        if written.is_err() {
            // What was sent is not the whole: the connection breaks, so that it is not taken for it.
            sender.blocking_send(Err(io::Error::other("the ledger could not be read on"))).ok();
        }
    });
    let head =
        [(header::CONTENT_TYPE, form.media()), (header::CONTENT_DISPOSITION, form.file(rows))];
    Ok((head, Body::new(Chunks(receiver))).into_response())
}

fn write(
    app: &App,
    rows: Rows,
    selection: &Selection,
    form: Form,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Selection { filter, sort, limit, .. } = selection;
    app.reader()?.at_one_position(|ledger| {
        let export = Export { ledger, rows, filter, sort: *sort, limit: *limit };
        match form {
            Form::Csv => export.csv(out),
            Form::Jsonl => export.jsonl(&app.known, out),
            Form::Geojson => export.geojson(out),
        }
    })?;
    Ok(())
}

/// Takes bytes on the thread that reads.
struct Sink {
    sender: Sender<io::Result<Bytes>>,
    handle: Handle,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let chunk = Ok(Bytes::copy_from_slice(bytes));
        let sent = self.handle.block_on(tokio::time::timeout(PATIENCE, self.sender.send(chunk)));
        match sent {
            Ok(Ok(())) => Ok(bytes.len()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gives the bytes to the connection.
struct Chunks(Receiver<io::Result<Bytes>>);

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_names() {
        assert_eq!(form("csv"), Ok(Some(Form::Csv)));
        assert_eq!(form("json"), Ok(None));
        assert!(form("xml").is_err());
    }
}
