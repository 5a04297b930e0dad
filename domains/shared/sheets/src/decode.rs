//! The characters of a CSV as UTF-8, a piece at a time.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// Bytes read at once.
const PIECE: usize = 64 << 10;

/// Whether bytes are text of an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    Yes,
    No,
    /// They are no text at all.
    Binary,
}

/// Whether everything that is left of a source is text of an encoding.
pub(crate) fn is_whole(source: &mut impl Read, encoding: &'static Encoding) -> io::Result<Whole> {
    let mut decoded = Decoded::new(source, encoding);
    loop {
        match decoded.fill_buf() {
            Ok([]) => return Ok(Whole::Yes),
            Ok(text) if text.contains(&0) => return Ok(Whole::Binary),
            Ok(text) => {
                let read = text.len();
                decoded.consume(read);
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(if decoded.zero { Whole::Binary } else { Whole::No }),
            Err(error) => return Err(error),
        }
    }
}

/// A source as UTF-8, without the mark at its beginning. What cannot be decoded is an error of kind `InvalidData`.
pub(crate) struct Decoded<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    read: usize,
    /// Whether the piece that was read last has a byte that no text has.
    zero: bool,
    over: bool,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { source, decoder, raw: vec![0; PIECE], text: Vec::new(), read: 0, zero: false, over: false }
    }

    /// Decodes the next piece.
    fn piece(&mut self) -> io::Result<()> {
        let got = loop {
            match self.source.read(&mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.zero = self.raw[..got].contains(&0);
        self.over = got == 0;
        let most = self.decoder.max_utf8_buffer_length_without_replacement(got).unwrap_or(4 * PIECE);
        self.text.resize(most, 0);
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(&self.raw[..got], &mut self.text, self.over);
        self.text.truncate(written);
        self.read = 0;
        match result {
            DecoderResult::InputEmpty => Ok(()),
            DecoderResult::Malformed(..) | DecoderResult::OutputFull => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.read >= self.text.len() && !self.over {
            self.piece()?;
        }
        Ok(&self.text[self.read..])
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
    }
}
