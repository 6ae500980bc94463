//! Numbers, names and strings as a PDF has them (ISO 32000-1, 7.3).

/// Writes a whole number.
pub(super) fn put_integer(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(&digits[at..]);
}

/// Writes a real with as few digits as tell it from its neighbours.
pub(super) fn put_real(out: &mut Vec<u8>, value: f32) {
    // Nearly all are thousandths; what is not takes the general way.
    let thousandths = (f64::from(value) * 1000.0).round();
    if thousandths.abs() >= 9_999_999.0 || (thousandths / 1000.0) as f32 != value {
        out.extend(value.to_string().into_bytes());
        return;
    }
    if thousandths < 0.0 {
        out.push(b'-');
    }
    let thousandths = thousandths.abs() as i64;
    put_integer(out, thousandths / 1000);
    let fraction = thousandths % 1000;
    if fraction > 0 {
        let digits = [fraction / 100, fraction / 10 % 10, fraction % 10].map(|d| b'0' + d as u8);
        let n = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
        out.push(b'.');
        out.extend(&digits[..n]);
    }
}

/// Writes a name; what would end it is written by its number.
pub(super) fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            out.extend(hexadecimal(*byte));
        }
    }
}

/// Writes a string in brackets.
pub(super) fn put_literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            // Read as a line feed where it stands bare.
            b'\r' => out.extend(b"\\r"),
            byte => out.push(*byte),
        }
    }
    out.push(b')');
}

/// Writes a string by the numbers of its bytes.
pub(super) fn put_hexadecimal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'<');
    text.iter().for_each(|byte| out.extend(hexadecimal(*byte)));
    out.push(b'>');
}

fn hexadecimal(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reals_have_the_digits_that_tell_them_apart() {
        for value in [
            0.0,
            -0.0,
            1.0,
            0.001,
            -0.25,
            595.276,
            841.89,
            1e-6,
            12345.678,
            1e9,
            0.333_333_34,
            -7.5,
        ] {
            let mut out = Vec::new();
            put_real(&mut out, value);
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.parse::<f32>().unwrap(), value, "{text}");
            assert!(!text.contains('e') && !text.ends_with('.'), "{text}");
        }
    }
}
