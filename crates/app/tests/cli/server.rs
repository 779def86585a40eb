//! The program, serving a ledger, and answers of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::harness::Folder;

/// The program, serving a ledger.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) child: Child,
    pub(crate) folder: Folder,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// On this machine, without accounts.
    pub(crate) fn start(folder: Folder) -> Self {
        Self::start_with(folder, "")
    }

    /// With these further arguments.
    pub(crate) fn start_with(folder: Folder, arguments: &str) -> Self {
        let serve = "serve --ledger news.ledger --address 127.0.0.1:0";
        let mut command = folder.command(&format!("{serve} {arguments}"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Self { port, child, folder }
    }

    /// Asks with this request line and these further lines.
    pub(crate) fn ask(&self, request: &str, headers: &str) -> Answer {
        self.send(request, headers, b"")
    }

    /// The same with a body, of which the length is told.
    pub(crate) fn post(&self, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = format!("Content-Length: {}\r\n", body.len());
        self.send(&format!("POST {path}"), &format!("{headers}{length}"), body)
    }

    fn send(&self, request: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = if headers.contains("Host:") { "" } else { "Host: 127.0.0.1\r\n" };
        let head = format!("{request} HTTP/1.0\r\n{host}{headers}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses a body need not take all of it.
        stream.write_all(body).ok();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok();
        Answer::of(&bytes)
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// What these bytes say.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { panic!("no answer: {text:?}") };
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}
