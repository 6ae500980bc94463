//! PDFs that unpack to more than a report has: the library unpacks a stream as a whole, so they are measured before.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};

use crate::budget::{PUBLISHED_BYTES, PUBLISHED_UNPACKED};

/// The words that describe a stream stand in so many bytes before it.
const DESCRIPTION: usize = 4_096;

/// True if the streams of a file, pictures aside, unpack to more than the budget has.
pub(super) fn is_too_much(bytes: &[u8]) -> bool {
    let mut left = PUBLISHED_UNPACKED;
    for packed in streams(bytes, |description| !has_name(description, b"/Image")) {
        match unpacked(packed, left) {
            Some(n) => left -= n,
            None => return true,
        }
    }
    false
}

/// True if what stands on the pages unpacks to more than the budget has; a page may name one stream many times, and has
/// it each time.
pub(super) fn are_too_much<'a>(contents: impl Iterator<Item = Cow<'a, [u8]>>) -> bool {
    let mut left = PUBLISHED_BYTES;
    for packed in contents {
        match unpacked(&packed, left) {
            Some(n) => left -= n,
            None => return true,
        }
    }
    false
}

/// The bytes of the largest drawing that pages may hold several times; none where it is more than the budget has.
pub(super) fn largest_form(bytes: &[u8]) -> Option<usize> {
    let forms = streams(bytes, |description| has_name(description, b"/Form"));
    forms.map(|packed| unpacked(packed, PUBLISHED_BYTES)).try_fold(0, |most, n| Some(most.max(n?)))
}

/// The places of some characters among others.
fn places<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl DoubleEndedIterator<Item = usize> + 'a {
    let first = wanted[0];
    let starts = bytes.iter().enumerate().filter(move |(_, byte)| **byte == first);
    starts.map(|(at, _)| at).filter(move |at| bytes[*at..].starts_with(wanted))
}

/// The streams of a file whose description says something, each with everything behind its beginning.
fn streams(bytes: &[u8], is_wanted: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = &[u8]> {
    const WORD: &[u8] = b"stream";
    places(bytes, WORD).filter_map(move |at| {
        let behind = &bytes[at + WORD.len()..];
        let packed = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n"))?;
        let near = &bytes[at.saturating_sub(DESCRIPTION)..at];
        // What stands before the end of the object above describes that one.
        let own = places(near, b"endobj").next_back().map_or(near, |end| &near[end..]);
        (!near.ends_with(b"end") && is_wanted(own)).then_some(packed)
    })
}

fn has_name(description: &[u8], name: &[u8]) -> bool {
    places(description, name).next().is_some()
}

/// The length of packed bytes when they are unpacked, what is not packed aside; none where it is more than some.
fn unpacked(packed: &[u8], most: usize) -> Option<usize> {
    let mut room = vec![0; 32 << 10];
    let mut inflate = Decompress::new(true);
    loop {
        let (before, read) = (inflate.total_out(), inflate.total_in());
        let rest = packed.get(usize::try_from(read).ok()?..)?;
        let status = inflate.decompress(rest, &mut room, FlushDecompress::None);
        let n = usize::try_from(inflate.total_out()).ok()?;
        if n > most {
            return None;
        }
        let has_moved = inflate.total_out() > before || inflate.total_in() > read;
        match status {
            Ok(Status::Ok | Status::BufError) if has_moved => {}
            Ok(Status::Ok | Status::BufError | Status::StreamEnd) | Err(_) => return Some(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(n: usize) -> Vec<u8> {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(&vec![b' '; n]).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn what_unpacks_to_more_than_a_report_has_is_told_by_its_packed_bytes() {
        let object = |kind: &str, n| {
            let head = format!("1 0 obj\n<</Subtype/{kind}/Filter/FlateDecode>>stream\r\n");
            [head.as_bytes(), &packed(n), b"\nendstream\nendobj\n"].concat()
        };
        let small = [object("Form", 70_000), object("Image", 5), object("Form", 3)].concat();
        assert!(!is_too_much(&small));
        assert_eq!(largest_form(&small), Some(70_000));
        let large = object("Form", PUBLISHED_UNPACKED + 1);
        assert!(is_too_much(&large));
        assert_eq!(largest_form(&large), None);
        assert!(!is_too_much(&object("Image", PUBLISHED_UNPACKED + 1)));
        let page = packed(PUBLISHED_BYTES / 2 + 1);
        assert!(!are_too_much([Cow::from(&page)].into_iter()));
        assert!(are_too_much([Cow::from(&page), Cow::from(&page)].into_iter()));
    }
}
