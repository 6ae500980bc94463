//! Zip files from outside, unpacked within limits, and the byte that names the system.

use std::io::{Cursor, Read as _};

use zip::{System, ZipArchive};

/// The first bytes of every file of the old binary formats, and of every encrypted new one.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The most to unpack of a file from outside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The number of parts.
    pub(crate) parts: usize,
    /// The bytes of all parts that are read, unpacked.
    pub(crate) bytes: u64,
    /// The elements, attributes and texts of all parts that are read as XML.
    pub(crate) nodes: usize,
}

/// The reason why a file from outside is no readable package. Its user says it in words that fit the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PackageError {
    /// It is of an old binary format, or encrypted.
    OldOrEncrypted,
    /// It is no zip file.
    NoZip,
    /// It is a zip file without content types.
    NoContentTypes,
    /// It has more parts than the limits allow.
    TooManyParts,
    /// Its parts unpack to more than the limits allow.
    TooLarge,
    /// A part cannot be read: its path, and why, in Chinese.
    Part(String, String),
}

/// An opened zip file, whose parts are unpacked one by one.
pub(crate) struct Zipped<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The number of bytes that may still be unpacked.
    allowance: u64,
}

impl<'a> Zipped<'a> {
    /// Opens a file.
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, PackageError> {
        if bytes.starts_with(&OLE) {
            return Err(PackageError::OldOrEncrypted);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::NoZip)?;
        if zip.len() > limits.parts {
            return Err(PackageError::TooManyParts);
        }
        Ok(Self { zip, allowance: limits.bytes })
    }

    /// The names of the parts, in the order of the file.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.zip.len()).filter_map(|i| self.zip.name_for_index(i))
    }

    /// The bytes of a part, or `None` when the file has no part of that name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let damaged = || PackageError::Part(name.to_owned(), "已损坏".to_owned());
        let file = self.zip.by_index(index).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        file.take(self.allowance + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let n_read = bytes.len() as u64;
        self.allowance = self.allowance.checked_sub(n_read).ok_or(PackageError::TooLarge)?;
        Ok(Some(bytes))
    }
}

/// A zip file in which every part claims to have been packed on the same system, whichever it was: the
/// upper byte of `version made by` in the central directory (APPNOTE 4.4.2) is the only one that differs.
pub(crate) fn normalize(mut file: Vec<u8>) -> Vec<u8> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    /// The lengths of the parts of an entry, and of the entry without name, extra field and comment.
    const LENGTHS: [usize; 3] = [28, 30, 32];
    const FIXED: usize = 46;
    let short = |file: &[u8], at: usize| -> Option<usize> {
        Some(u16::from_le_bytes(file.get(at..at + 2)?.try_into().ok()?).into())
    };
    let Some(end) = file.windows(END.len()).rposition(|window| window == END) else { return file };
    let start = file.get(end + 16..end + 20).and_then(|bytes| bytes.try_into().ok());
    let mut at = start.map_or(end, |bytes| u32::from_le_bytes(bytes) as usize);
    while file.get(at..at + ENTRY.len()) == Some(ENTRY) {
        let Some(system) = file.get_mut(at + 5) else { break };
        *system = System::Unix as u8;
        let lengths = LENGTHS.map(|length| short(&file, at + length).unwrap_or(0));
        at += FIXED + lengths.iter().sum::<usize>();
    }
    file
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;
    use zip::{DateTime, ZipWriter};

    use super::*;

    const LIMITS: Limits = Limits { parts: 3, bytes: 1_000, nodes: 100 };

    fn packed(parts: &[(&str, &[u8])], system: System) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().last_modified_time(DateTime::default()).system(system);
        for (name, bytes) in parts {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_system_that_packed_a_file_leaves_no_trace() {
        let parts: &[(&str, &[u8])] = &[("a.xml", b"<a/>"), ("b/c.xml", &[7; 500])];
        let (unix, windows) = (packed(parts, System::Unix), packed(parts, System::Dos));
        assert_ne!(unix, windows);
        assert_eq!(normalize(windows), unix);
        assert_eq!(normalize(unix.clone()), unix);
        for no_zip in [&b""[..], b"PK\x05\x06", b"PK\x01\x02 no zip"] {
            assert_eq!(normalize(no_zip.to_vec()), no_zip);
        }
    }

    #[test]
    fn a_file_is_unpacked_within_limits() {
        let open = |bytes: &[u8]| Zipped::open(bytes, LIMITS).err();
        assert_eq!(open(b"plain text"), Some(PackageError::NoZip));
        assert_eq!(open(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]), Some(PackageError::OldOrEncrypted));
        let many: Vec<(&str, &[u8])> =
            ["a", "b", "c", "d"].into_iter().map(|n| (n, &b""[..])).collect();
        assert_eq!(open(&packed(&many, System::Unix)), Some(PackageError::TooManyParts));
        let large = packed(&[("a", &[0; 600]), ("b", &[0; 600])], System::Unix);
        let mut large = Zipped::open(&large, LIMITS).ok().unwrap();
        assert_eq!(large.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(large.bytes("none"), Ok(None));
        assert_eq!(large.bytes("a").unwrap().unwrap().len(), 600);
        assert_eq!(large.bytes("b"), Err(PackageError::TooLarge));
    }
}
