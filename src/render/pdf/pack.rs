//! Streams compressed, each at the level that suits it.

use flate2::{Compress, Compression, FlushCompress, Status};

/// Compressors that serve all streams of a file.
pub(super) struct Packer {
    faces: Compress,
    others: Compress,
}

impl Packer {
    /// Outlines hardly repeat: a higher level takes long and wins nothing with them.
    const FACES: Compression = Compression::new(2);
    const OTHERS: Compression = Compression::new(6);

    /// Compressors that have not been used.
    pub(super) fn new() -> Self {
        Self { faces: Compress::new(Self::FACES, true), others: Compress::new(Self::OTHERS, true) }
    }

    /// Some bytes compressed; none if the compressor gives up.
    pub(super) fn packed(&mut self, bytes: &[u8], is_face: bool) -> Option<Vec<u8>> {
        let compress = if is_face { &mut self.faces } else { &mut self.others };
        compress.reset();
        // What cannot be compressed grows by five bytes in some thousands; then it is not taken.
        let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        let status = compress.compress_vec(bytes, &mut packed, FlushCompress::Finish).ok()?;
        (status == Status::StreamEnd).then_some(packed)
    }
}
