//! Streams compressed, each in the way that suits it.

use flate2::{Compress, Compression, FlushCompress, Status};

use super::huffman;

/// The level of compression, of nine: the next ones search for twice as long and win less than one byte in a hundred.
const LEVEL: u32 = 2;

/// The distance over which repetitions are looked for, as a power of two: they stand close together, and what is kept of a stream
/// must be cleared for the next.
const WINDOW: u8 = 13;

/// The compressor that serves all streams of a file but faces with outlines of CFF.
pub(super) struct Packer(Compress);

impl Packer {
    /// One that has not been used.
    pub(super) fn new() -> Self {
        Self(Compress::new_with_window_bits(Compression::new(LEVEL), true, WINDOW))
    }

    /// Some bytes compressed; none if the compressor gives up.
    pub(super) fn packed(&mut self, bytes: &[u8], is_cff: bool) -> Option<Vec<u8>> {
        if is_cff {
            return Some(huffman::packed(bytes));
        }
        self.0.reset();
        // What cannot be compressed grows by five bytes in some thousands; then it is not taken.
        let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        let status = self.0.compress_vec(bytes, &mut packed, FlushCompress::Finish).ok()?;
        (status == Status::StreamEnd).then_some(packed)
    }
}
