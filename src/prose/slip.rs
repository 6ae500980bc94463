//! Sums that miss their whole by a slip.

use rust_decimal::Decimal;

/// True if two neighbouring digits of one number stand the other way round in another, and it has `shortest` digits or
/// more.
pub(crate) fn are_swapped(a: Decimal, b: Decimal, shortest: usize) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    let swapped = |i: usize, j: usize| j == i + 1 && a[i] == b[j] && a[j] == b[i];
    a.len() >= shortest
        && a.len() == b.len()
        && matches!(differ.as_slice(), [i, j] if swapped(*i, *j))
}

/// True if one number is another without its last digit: 39 for 390.
pub(crate) fn lost_digit(short: Decimal, long: Decimal) -> bool {
    (short.saturating_mul(Decimal::TEN)
        ..short.saturating_add(Decimal::ONE).saturating_mul(Decimal::TEN))
        .contains(&long)
        && short >= Decimal::TEN
}

/// True if one number is another without 万: 244.4 for 244.4万.
pub(crate) fn lost_scale(small: Decimal, large: Decimal) -> bool {
    /// Figures of few digits agree by chance.
    const SHORTEST: u32 = 100;
    small >= Decimal::from(SHORTEST) && small.checked_mul(Decimal::from(10_000)) == Some(large)
}

/// True if a sum misses a whole by no more than one part in `nth`.
pub(crate) fn near(sum: Decimal, whole: Decimal, nth: u32) -> bool {
    (sum - whole).abs().saturating_mul(Decimal::from(nth)) <= whole
}

/// True if two numbers are as far apart as one typed digit of either, or of a figure that one of them adds up, makes them: 12,608 and
/// 12,708, and 230 and 203, whose digits are turned.
pub(crate) fn one_digit_apart(a: Decimal, b: Decimal) -> bool {
    const TURNED: u32 = 9;
    let one_digit = |n: Decimal| {
        let digits = n.normalize().to_string();
        digits.bytes().filter(u8::is_ascii_digit).filter(|digit| *digit != b'0').count() == 1
    };
    let apart = (a - b).abs();
    let turned = apart.checked_div(Decimal::from(TURNED)).unwrap_or_default();
    one_digit(apart) || turned.scale() <= apart.scale() && one_digit(turned)
}

/// True if a sum misses a whole by no more than a slip in one digit of a small figure, or one part in ten.
pub(crate) fn is_slip(sum: Decimal, whole: Decimal) -> bool {
    const SLIP: u32 = 9;
    (sum - whole).abs() <= Decimal::from(SLIP) || near(sum, whole, 10)
}

/// True if a number as told is another one with a digit more, or with one less of two or more: 17 for 7, but not 2 for
/// 27.
pub(crate) fn digit_more_or_less(told: Decimal, right: Decimal) -> bool {
    let [one, other] = [told, right].map(|n| n.normalize().to_string());
    told.min(right) > Decimal::ZERO
        && (told > right || one.len() > 1)
        && has_digit_more(one.as_bytes(), other.as_bytes())
}

fn has_digit_more(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let at = short.iter().zip(long).position(|(a, b)| a != b).unwrap_or(short.len());
    short.len() + 1 == long.len() && short[at..] == long[at + 1..]
}

/// True if one slip of the hand makes one whole number another: a digit that is another, two that stand the other way
/// round, one too many or too few.
pub(crate) fn one_slip(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    if a.len() == b.len() {
        let swapped = |i: usize, j: usize| j == i + 1 && a[i] == b[j] && a[j] == b[i];
        return match differ.as_slice() {
            [_] => true,
            [i, j] => swapped(*i, *j),
            _ => false,
        };
    }
    a.len().min(b.len()) > 1 && has_digit_more(a, b)
}
