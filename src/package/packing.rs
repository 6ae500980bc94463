//! Zip files (APPNOTE 6.3): parts packed by one compressor, since making one for each costs as much as its work on a
//! small part.
//!
//! Times are fixed, there are no folders and no extra fields, sizes stand before the bytes, and the system is always the
//! same, so that equal parts give equal bytes everywhere and the plainest readers follow.

use std::collections::BTreeSet;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Packs parts.
#[derive(Default)]
pub(crate) struct Packer {
    /// A compressor for every level that was asked for.
    compressors: Vec<(u32, Compress)>,
}

/// A part as it lies in a zip file.
pub(crate) struct Packed<'p> {
    /// Its path, without a leading slash.
    name: &'p str,
    checksum: u32,
    /// The number of its bytes before they were compressed.
    length: u32,
    is_compressed: bool,
    /// Its bytes in the file.
    bytes: Vec<u8>,
}

/// 2.0: compression.
const VERSION: u16 = 20;
/// The system that is said to have packed a file.
const UNIX: u16 = 3;
/// A file that all may read and its owner may write, as Unix notes it.
const MODE: u32 = 0o100_644 << 16;
/// The first day that the format knows.
const DATE: u16 = 1 << 5 | 1;
/// Set where a name has other characters than those of ASCII.
const UTF_8: u16 = 1 << 11;
const DEFLATED: u16 = 8;
const STORED: u16 = 0;

impl Packer {
    /// A part, compressed if that makes it smaller; levels go from 1, quick, to 9.
    ///
    /// # Errors
    ///
    /// When it is too large for the format, or the compressor gives up.
    pub(crate) fn packed<'p>(
        &mut self,
        name: &'p str,
        bytes: &[u8],
        level: u32,
    ) -> Result<Packed<'p>, String> {
        let (checksum, length) = described(name, bytes)?;
        let at = match self.compressors.iter().position(|(known, _)| *known == level) {
            Some(at) => at,
            None => {
                let compressor = Compress::new(Compression::new(level), false);
                self.compressors.push((level, compressor));
                self.compressors.len() - 1
            }
        };
        let (_, compressor) = &mut self.compressors[at];
        compressor.reset();
        // What cannot be compressed grows by five bytes in some thousands; then it is not taken.
        let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        let status = compressor.compress_vec(bytes, &mut packed, FlushCompress::Finish);
        let status = status.map_err(|error| error.to_string())?;
        let is_compressed = status == Status::StreamEnd && packed.len() < bytes.len();
        let bytes = if is_compressed { packed } else { bytes.to_vec() };
        Ok(Packed { name, checksum, length, is_compressed, bytes })
    }
}

impl Packed<'_> {
    /// Its bytes as they lie in the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The description that stands both before its bytes and in the list at the end.
    fn description(&self) -> Result<Vec<u8>, String> {
        let name = u16::try_from(self.name.len()).map_err(|_| too_large(self.name))?;
        let flags = if self.name.is_ascii() { 0 } else { UTF_8 };
        let method = if self.is_compressed { DEFLATED } else { STORED };
        let packed = u32::try_from(self.bytes.len()).map_err(|_| too_large(self.name))?;
        let mut out = Vec::with_capacity(26);
        // The time of day is midnight, and no extra field follows the name.
        [VERSION, flags, method, 0, DATE].into_iter().for_each(|n| short(&mut out, n));
        [self.checksum, packed, self.length].into_iter().for_each(|n| long(&mut out, n));
        [name, 0].into_iter().for_each(|n| short(&mut out, n));
        Ok(out)
    }
}

/// The zip file of some parts without compression, so that no reader can be made to unpack more than there is.
///
/// # Errors
///
/// Those of [`zipped`].
pub(crate) fn stored(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
    let parts: Result<Vec<_>, _> = parts.iter().map(|(name, bytes)| plain(name, bytes)).collect();
    zipped(&parts?)
}

fn plain<'p>(name: &'p str, bytes: &[u8]) -> Result<Packed<'p>, String> {
    let (checksum, length) = described(name, bytes)?;
    Ok(Packed { name, checksum, length, is_compressed: false, bytes: bytes.to_vec() })
}

/// The checksum and the number of the bytes of a part.
fn described(name: &str, bytes: &[u8]) -> Result<(u32, u32), String> {
    let length = u32::try_from(bytes.len()).map_err(|_| too_large(name))?;
    let mut crc = Crc::new();
    crc.update(bytes);
    Ok((crc.sum(), length))
}

/// The zip file of some parts in their order.
///
/// # Errors
///
/// When two parts have one name, or they are too many or too large for the format.
pub(crate) fn zipped(parts: &[Packed<'_>]) -> Result<Vec<u8>, String> {
    let mut names = BTreeSet::new();
    let bytes: usize = parts.iter().map(|part| part.bytes.len() + 2 * part.name.len() + 76).sum();
    let (mut file, mut list) = (Vec::with_capacity(bytes + 22), Vec::new());
    for part in parts {
        if !names.insert(part.name) {
            return Err(format!("“{}”有两个", part.name));
        }
        let description = part.description()?;
        let at = u32::try_from(file.len()).map_err(|_| too_large(part.name))?;
        file.extend(b"PK\x03\x04");
        file.extend(&description);
        file.extend(part.name.as_bytes());
        file.extend(&part.bytes);

        list.extend(b"PK\x01\x02");
        short(&mut list, UNIX << 8 | VERSION);
        list.extend(description);
        // No remark, the first disk, no hint on the contents.
        [0; 3].into_iter().for_each(|n| short(&mut list, n));
        [MODE, at].into_iter().for_each(|n| long(&mut list, n));
        list.extend(part.name.as_bytes());
    }
    let large = || "压缩包太大".to_owned();
    // The largest numbers say that the true ones stand in a record that files of this kind do not have (4.4.1.4).
    let n = u16::try_from(parts.len()).ok().filter(|n| *n < u16::MAX).ok_or_else(large)?;
    let at = u32::try_from(file.len()).ok().filter(|n| *n < u32::MAX).ok_or_else(large)?;
    let length = u32::try_from(list.len()).map_err(|_| large())?;
    file.extend(list);
    file.extend(b"PK\x05\x06");
    [0, 0, n, n].into_iter().for_each(|n| short(&mut file, n));
    [length, at].into_iter().for_each(|n| long(&mut file, n));
    short(&mut file, 0);
    Ok(file)
}

fn too_large(name: &str) -> String {
    format!("“{name}”太大")
}

fn short(out: &mut Vec<u8>, number: u16) {
    out.extend(number.to_le_bytes());
}

fn long(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::{CompressionMethod, ZipArchive};

    use super::*;
    use crate::package::normalize;

    #[test]
    fn others_unpack_what_is_packed_here() {
        let (long, noise): (Vec<u8>, Vec<u8>) =
            ("甲乙".repeat(40_000).into_bytes(), (0..=255).collect());
        let parts: [(&str, &[u8], u32); 5] = [
            ("a.xml", b"<a/>", 6),
            ("b/长.xml", &long, 6),
            ("c", &noise, 2),
            ("d", b"", 6),
            ("e", &long, 2),
        ];
        let mut packer = Packer::default();
        let packed: Vec<Packed<'_>> = parts
            .iter()
            .map(|(name, bytes, level)| packer.packed(name, bytes, *level).unwrap())
            .collect();
        let file = zipped(&packed).unwrap();
        assert!(normalize(file.clone()) == file);
        let mut archive = ZipArchive::new(Cursor::new(&file)).unwrap();
        assert_eq!(archive.len(), parts.len());
        for (i, (name, bytes, _)) in parts.into_iter().enumerate() {
            let mut part = archive.by_index(i).unwrap();
            assert_eq!((part.name(), part.size()), (name, bytes.len() as u64));
            assert_eq!(part.last_modified(), Some(zip::DateTime::default()));
            assert_eq!(part.unix_mode(), Some(0o100_644));
            assert!(part.extra_data().is_none_or(<[u8]>::is_empty));
            let compressed = part.compression() == CompressionMethod::Deflated;
            assert_eq!(compressed, bytes.len() > 1000, "{name}");
            let mut unpacked = Vec::new();
            // Checks the checksum, too.
            part.read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == bytes, "{name}");
        }
    }

    #[test]
    fn a_file_has_no_more_parts_than_every_reader_counts() {
        let names: Vec<String> = (0..u16::MAX).map(|i| i.to_string()).collect();
        let parts: Vec<Packed<'_>> = names.iter().map(|name| plain(name, b"").unwrap()).collect();
        assert!(zipped(&parts).unwrap_err().contains("太大"));
        let file = zipped(&parts[1..]).unwrap();
        assert_eq!(ZipArchive::new(Cursor::new(file)).unwrap().len(), parts.len() - 1);
    }

    #[test]
    fn no_two_parts_have_one_name() {
        let part = || plain("a", b"1").unwrap();
        assert!(zipped(&[part(), part()]).unwrap_err().contains('a'));
        assert!(ZipArchive::new(Cursor::new(zipped(&[]).unwrap())).unwrap().is_empty());
    }
}
