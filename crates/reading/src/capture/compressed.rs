//! gzip and zstd of anything, recognised by their first bytes.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How many bytes are looked at to tell what an input is.
pub(super) const HEAD: usize = 64 << 10;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The largest window that a zstd frame may ask for: what `zstd --long` makes.
const WINDOW: u64 = 128 << 20;

/// `input` decompressed, and whether it was compressed.
pub(super) fn open(input: Box<dyn BufRead + Send>) -> io::Result<(Box<dyn BufRead + Send>, bool)> {
    let (head, input) = peek(input, 18)?;
    if head.starts_with(GZIP) {
        Ok((Box::new(BufReader::with_capacity(HEAD, MultiGzDecoder::new(input))), true))
    } else if head.starts_with(ZSTD) || is_skippable(&head) {
        Ok((Box::new(BufReader::with_capacity(HEAD, Zstd::new(input))), true))
    } else {
        Ok((input, false))
    }
}

/// A zstd frame that holds no data: magic numbers 0x184D2A50 to 0x184D2A5F.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [b, 0x2a, 0x4d, 0x18, ..] if b & 0xf0 == 0x50)
}

/// The first `n` bytes of `input` (fewer if it is shorter), and the whole input.
pub(super) fn peek(
    mut input: Box<dyn BufRead + Send>,
    n: usize,
) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    match input.by_ref().take(n as u64).read_to_end(&mut head) {
        Ok(_) => {}
        // What could be read is read; the error comes back when the reader gets there.
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => {
            let rest = BufReader::new(Cursor::new(head.clone()).chain(Broken(Some(error))));
            return Ok((head, Box::new(rest)));
        }
    }
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(whole)))
}

/// Fails once with an error that was met before.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// One zstd frame after the other; the decoder below knows only one.
struct Zstd<R> {
    input: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { input, decoder, inside: false }
    }

    /// Begins the next frame that holds data, or passes over one that does not.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.reset(&mut self.input) {
            Ok(()) => self.inside = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                io::copy(&mut self.input.by_ref().take(u64::from(length)), &mut io::sink())?;
            }
            Err(error) => return Err(cut_off(error)),
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside {
                if self.input.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
                continue;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(cut_off)?;
            }
            let n = self.decoder.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            self.inside = false;
        }
    }
}

/// The error as one of input and output, so that a cut is told from damage.
fn cut_off(error: FrameDecoderError) -> io::Error {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            return io::Error::new(io.kind(), error);
        }
        cause = inner.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error)
}
