//! Bytes compressed by Huffman codes alone (RFC 1950 and 1951), for outlines of CFF, which hardly repeat: looking for
//! repetitions takes ten times as long and wins three bytes in a hundred.

/// The bytes of a stream, and the symbol that ends it.
const SYMBOLS: usize = 257;
const END: usize = 256;
/// The most bits of a code, as the format allows.
const LONGEST: u8 = 15;

/// Some bytes as a zlib stream of one block.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut counts = [0u32; SYMBOLS];
    for byte in bytes {
        let count = &mut counts[usize::from(*byte)];
        *count = count.saturating_add(1);
    }
    counts[END] = 1;
    let lengths = lengths(counts);
    let codes = codes(&lengths);
    let mut bits = Bits { out: Vec::with_capacity(bytes.len() + 256), held: 0, n: 0 };
    bits.out.extend([0x78, 0x01]);
    bits.put(1, 1); // the last block
    bits.put(2, 2); // with codes of its own
    put_lengths(&mut bits, &lengths);
    for byte in bytes {
        let (code, length) = codes[usize::from(*byte)];
        bits.put(code, length);
    }
    let (code, length) = codes[END];
    bits.put(code, length);
    let mut out = bits.finish();
    out.extend(checksum(bytes).to_be_bytes());
    out
}

/// The length of the code of every symbol; 0 for one that does not occur.
fn lengths(mut counts: [u32; SYMBOLS]) -> [u8; SYMBOLS] {
    // A code is complete only with two symbols.
    if counts[..END].iter().all(|count| *count == 0) {
        counts[0] = 1;
    }
    loop {
        let lengths = shortest(&counts);
        if lengths.iter().all(|length| *length <= LONGEST) {
            return lengths;
        }
        // Counts that are closer to each other have codes that are, too.
        counts.iter_mut().for_each(|count| *count = count.div_ceil(2));
    }
}

/// The lengths of the codes that make the whole shortest (Huffman's way, with two queues).
fn shortest(counts: &[u32; SYMBOLS]) -> [u8; SYMBOLS] {
    let mut leaves: Vec<(u64, usize)> = counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(|(i, n)| (u64::from(*n), i))
        .collect();
    leaves.sort_unstable();
    // Nodes are numbered: leaves first, and behind them each pair that is made of the two rarest.
    let n = leaves.len();
    let mut weights: Vec<u64> = leaves.iter().map(|(count, _)| *count).collect();
    let mut parents = vec![0; (2 * n).saturating_sub(1)];
    let (mut leaf, mut pair) = (0, n);
    while weights.len() < parents.len() {
        let mut rarest = || {
            let takes_leaf = leaf < n && weights.get(pair).is_none_or(|w| weights[leaf] <= *w);
            let next = if takes_leaf { &mut leaf } else { &mut pair };
            *next += 1;
            *next - 1
        };
        let (a, b) = (rarest(), rarest());
        parents[a] = weights.len();
        parents[b] = weights.len();
        weights.push(weights[a] + weights[b]);
    }
    let mut depths = vec![0u8; parents.len()];
    for node in (0..parents.len().saturating_sub(1)).rev() {
        depths[node] = depths[parents[node]].saturating_add(1);
    }
    let mut lengths = [0; SYMBOLS];
    for ((_, symbol), depth) in leaves.iter().zip(depths) {
        lengths[*symbol] = depth;
    }
    lengths
}

/// The codes that follow from their lengths, each with its first bit lowest (RFC 1951, 3.2.2).
fn codes(lengths: &[u8; SYMBOLS]) -> [(u32, u8); SYMBOLS] {
    let mut codes = [(0, 0); SYMBOLS];
    let mut next = 0u32;
    for length in 1..=LONGEST {
        next <<= 1;
        for (code, _) in codes.iter_mut().zip(lengths).filter(|(_, own)| **own == length) {
            *code = (next.reverse_bits() >> (32 - u32::from(length)), length);
            next += 1;
        }
    }
    codes
}

/// Writes the lengths of the codes: each itself in four bits, as is simplest (3.2.7).
fn put_lengths(bits: &mut Bits, lengths: &[u8; SYMBOLS]) {
    bits.put(0, 5); // 257 symbols
    bits.put(0, 5); // one distance, which is never used
    bits.put(15, 4); // all 19 codes for lengths
    // Three codes for repeated lengths, which are not used; sixteen of four bits each, one for every length.
    for length in [0; 3].into_iter().chain([4; 16]) {
        bits.put(length, 3);
    }
    for length in lengths.iter().chain(&[1]) {
        bits.put(u32::from(*length).reverse_bits() >> 28, 4);
    }
}

/// Bits put one behind the other, the lowest first.
struct Bits {
    out: Vec<u8>,
    held: u64,
    n: u8,
}

impl Bits {
    /// Puts the lowest bits of a number, at most 16.
    fn put(&mut self, bits: u32, n: u8) {
        self.held |= u64::from(bits) << self.n;
        self.n += n;
        if self.n >= 32 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.n -= 32;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let n = usize::from(self.n).div_ceil(8);
        self.out.extend_from_slice(&self.held.to_le_bytes()[..n]);
        self.out
    }
}

/// Adler-32 (RFC 1950).
fn checksum(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    /// So many sums fit into 32 bits.
    const AT_ONCE: usize = 5552;
    let (mut low, mut high) = (1, 0);
    for bytes in bytes.chunks(AT_ONCE) {
        for byte in bytes {
            low += u32::from(*byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(packed).read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_is_packed_is_unpacked_as_it_was() {
        let all: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        // Counts like these would have codes of more than fifteen bits.
        let (mut steep, mut a, mut b) = (Vec::new(), 1, 1);
        for byte in 0..24 {
            steep.extend(vec![byte; a]);
            (a, b) = (b, a + b);
        }
        for bytes in [&[][..], b"a", b"aaaa", b"ab", &[0; 9000], &[255; 3], &all, &steep] {
            assert!(unpacked(&packed(bytes)) == bytes, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn frequent_bytes_have_short_codes() {
        let mut bytes = vec![7; 60_000];
        bytes.extend((0..=255).cycle().take(5_120));
        // Nearly all in one bit each.
        assert!(packed(&bytes).len() < 60_000 / 8 + 5_120 * 10 / 8 + 200);
    }
}
