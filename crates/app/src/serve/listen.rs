//! Connections: plain or TLS, each with time limits in both directions.
//!
//! A client that sends its head, its body or takes its answer too slowly holds a connection and
//! nothing else, and not for long. How many there are at once is bounded.

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

use crate::failure::hint;

/// How many connections there are at once.
const CONNECTIONS: usize = 512;
/// How long a client may take for the head of a request, and between two requests.
const HEAD: Duration = Duration::from_secs(15);
/// How long it may take to agree on TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long it may take nothing of an answer.
const TAKING: Duration = Duration::from_secs(60);
/// How many lines of headers, and how many bytes of them.
const HEADERS: usize = 64;
const HEAD_BYTES: usize = 64 << 10;

/// The address that a request comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// The files of a certificate and its key.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
}

impl Certificate {
    /// What TLS needs of it.
    pub(super) fn acceptor(&self) -> anyhow::Result<TlsAcceptor> {
        let unfit = |path: &Path, error: &dyn std::fmt::Display| {
            let error = anyhow::anyhow!("\"{}\" cannot be used: {error}", path.display());
            hint(error, "give a certificate chain and its private key as PEM files")
        };
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&self.chain)
            .and_then(Iterator::collect)
            .map_err(|error| unfit(&self.chain, &error))?;
        if chain.is_empty() {
            return Err(unfit(&self.chain, &"no certificate is in it"));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|e| unfit(&self.key, &e))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .context("cannot set up TLS")?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| unfit(&self.key, &error))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// Serves `router` on `listener` until `ended`, then until the answers under way are finished.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<TlsAcceptor>,
    ended: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut ended = std::pin::pin!(ended);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let Ok((stream, from)) = accepted else {
            // The one who called has hung up, or no more files can be opened for a while.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _place = place;
            let peer = Peer(from.ip().to_canonical());
            let answer = service_fn(move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(peer);
                router.clone().call(request.map(Body::new))
            });
            let Ok(stream) = open(stream, tls).await else { return };
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_headers(HEADERS)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(Patient::new(stream, TAKING)), answer);
            // What fails is the client's affair.
            watcher.watch(connection).await.ok();
        });
    }
    graceful.shutdown().await;
}

/// A stream, plain or not.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn open(stream: TcpStream, tls: Option<TlsAcceptor>) -> io::Result<Box<dyn Stream>> {
    stream.set_nodelay(true)?;
    match tls {
        None => Ok(Box::new(stream)),
        Some(tls) => Ok(Box::new(timeout(HANDSHAKE, tls.accept(stream)).await??)),
    }
}

/// A stream that breaks when nothing of what is written is taken for a while.
struct Patient {
    stream: Box<dyn Stream>,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: Box<dyn Stream>, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    /// `written`, or an error if it has been pending for too long.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.bounded(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(context, ended)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::io::Read as _;

    use super::*;

    /// Both ends of a connection.
    async fn pair() -> (TcpStream, std::net::TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (listener.accept().await.unwrap().0, client)
    }

    /// Writes `n` bytes, however often that takes.
    async fn write(patient: &mut Patient, mut n: usize) -> io::Result<()> {
        let bytes = vec![b'x'; 1 << 14];
        while n > 0 {
            let piece = &bytes[..n.min(bytes.len())];
            n -= poll_fn(|context| Pin::new(&mut *patient).poll_write(context, piece)).await?;
        }
        Ok(())
    }

    #[tokio::test]
    async fn an_answer_that_is_not_taken_breaks_the_connection() {
        let (server, client) = pair().await;
        let mut patient = Patient::new(Box::new(server), Duration::from_millis(20));
        let written = write(&mut patient, 1 << 30).await;
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
        drop(client);
    }

    #[tokio::test]
    async fn an_answer_that_is_taken_in_small_pieces_comes_whole() {
        const LENGTH: usize = 16 << 20;
        let (server, mut client) = pair().await;
        let taking = std::thread::spawn(move || {
            let (mut taken, mut piece) = (0, vec![0; 1 << 20]);
            loop {
                std::thread::sleep(Duration::from_millis(5));
                match client.read(&mut piece).unwrap() {
                    0 => break taken,
                    n => taken += n,
                }
            }
        });
        let mut patient = Patient::new(Box::new(server), Duration::from_secs(5));
        write(&mut patient, LENGTH).await.unwrap();
        drop(patient);
        assert_eq!(taking.join().unwrap(), LENGTH);
    }
}
