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

use crate::export::{Export, Form, Shape};
use crate::question::Misread;
use crate::serve::app::App;
use crate::serve::parameters::{Parameters, Selection};
use crate::serve::refusal::Refusal;
use crate::store::seek::Rows;

/// How much is sent at once, and how many of these may wait.
const CHUNK: usize = 64 << 10;
const WAITING: usize = 4;
/// How long a reader may take for one of them.
const PATIENCE: Duration = Duration::from_secs(60);

/// The shape that is asked for; `None` for pages of JSON.
pub(super) fn shape(parameters: &Parameters) -> Result<Option<Shape>, Refusal> {
    let form = parameters.read("format", |given| match Form::parse(given) {
        None if given != "json" => Err(Misread {
            message: format!("no form is called \"{given}\""),
            hint: format!("give one of json, {}", Form::ALL.map(Form::name).join(", ")),
        }),
        form => Ok(form),
    })?;
    let (columns, hxl) = (parameters.get("columns"), parameters.is_on("hxl")?);
    let form = match form.flatten() {
        None if columns.is_none() && !hxl => return Ok(None),
        form => form.unwrap_or(Form::Csv),
    };
    let misread = |(name, why): (&str, Misread)| Refusal::Misread { parameter: name.into(), why };
    Shape::of(form, columns, hxl).map(Some).map_err(misread)
}

/// The selection in this form.
pub(super) async fn stream(
    app: Arc<App>,
    rows: Rows,
    selection: Selection,
    shape: Shape,
) -> Result<Response, Refusal> {
    let place = app.place_to_stream().await?;
    let (sender, receiver) = channel(WAITING);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut out = BufWriter::with_capacity(CHUNK, Sink { sender: sender.clone(), handle });
        let written = write(&app, rows, &selection, shape, &mut out)
            .and_then(|()| out.flush().map_err(anyhow::Error::from));
        if written.is_err() {
            // What was sent is not the whole: the connection breaks, so that it is not taken for it.
            sender.blocking_send(Err(io::Error::other("the ledger could not be read on"))).ok();
        }
    });
    let name = match rows {
        Rows::Events => "events",
        Rows::Reports => "reports",
    };
    let file = format!("attachment; filename=\"{name}.{}\"", shape.form.name());
    let head = [
        (header::CONTENT_TYPE, shape.form.media().to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    Ok((head, Body::new(Chunks(receiver))).into_response())
}

fn write(
    app: &App,
    rows: Rows,
    selection: &Selection,
    shape: Shape,
    out: &mut (impl Write + Send),
) -> anyhow::Result<()> {
    let Selection { filter, sort, limit, .. } = selection;
    app.reader()?.at_one_position(|ledger| {
        let (sort, limit, known) = (*sort, *limit, &app.known);
        Export { ledger, known, rows, filter, sort, limit }.write(shape, out)
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
pub(super) struct Chunks(pub(super) Receiver<io::Result<Bytes>>);

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
