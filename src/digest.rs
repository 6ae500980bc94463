//! SHA-256 digests: two things are the same, byte for byte, when their digests are.

use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of some bytes; written out, it is 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes that are all there.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes of the digest itself.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its first 16 hexadecimal digits, enough to tell the findings of one file apart.
    pub(crate) fn short(&self) -> String {
        hex(&self.0[..8])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes bytes, or text, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Digester(Sha256);

impl Digester {
    /// Takes some more bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything that was taken.
    pub(crate) fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The digest of a value, written out: of all its fields, as `Hash` walks them.
///
/// It serves to tell whether the value is the same as one that this very program saw before; another build of the
/// program may walk the fields in another way.
pub(crate) fn digest_of(value: &(impl Hash + ?Sized)) -> String {
    let mut digester = Digester::default();
    value.hash(&mut digester);
    digester.digest().to_string()
}

impl Hasher for Digester {
    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes);
    }

    /// The first eight bytes of the digest.
    fn finish(&self) -> u64 {
        let digest = Self(self.0.clone()).digest();
        digest.0.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of FIPS 180-4.
    #[test]
    fn a_digest_is_that_of_the_bytes_whole_or_in_pieces() {
        let whole = Digest::of(b"abc");
        assert!(whole.to_string().starts_with("ba7816bf8f01cfea414140de5dae2223b00361a3"));
        assert_eq!((whole.to_string().len(), whole.bytes().len()), (64, 32));
        assert_eq!(whole.short(), "ba7816bf8f01cfea");
        let mut pieces = Digester::default();
        pieces.add(b"a");
        pieces.add(b"bc");
        assert_eq!(pieces.digest(), whole);
    }

    #[test]
    fn values_that_differ_in_anything_have_different_digests() {
        let same = digest_of(&("ab", Some(1u8)));
        assert_eq!(same, digest_of(&("ab", Some(1u8))));
        for other in [("ab", None), ("ab", Some(2)), ("a", Some(1)), ("", Some(1))] {
            assert_ne!(same, digest_of(&other));
        }
        // Where one text ends and the next begins counts, too.
        assert_ne!(digest_of(&["ab", "c"]), digest_of(&["a", "bc"]));
        assert_ne!(digest_of(&[vec!["a"], vec![]]), digest_of(&[vec![], vec!["a"]]));
    }
}
