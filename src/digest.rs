//! SHA-256 digests: two things are the same, byte for byte, when their digests are.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of some bytes; written out, it is 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The digest of a value, written out: of the text of its `Debug`, which names every field.
pub(crate) fn digest_of(value: &(impl fmt::Debug + ?Sized)) -> String {
    let mut digester = Digester::default();
    // It takes everything.
    let _ = fmt::Write::write_fmt(&mut digester, format_args!("{value:?}"));
    digester.digest().to_string()
}

impl fmt::Write for Digester {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.add(text.as_bytes());
        Ok(())
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
}
