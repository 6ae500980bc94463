//! Percentages of exact decimals, rounded half up.

use rust_decimal::Decimal;

/// The most digits behind the point a percentage may have.
pub(super) const MAX_PLACES: u32 = 8;

/// The number written in `text`: digits with at most one point, possibly a minus sign.
pub(super) fn number(text: &str) -> Result<Decimal, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain
        .then(|| Decimal::from_str_exact(text).ok())
        .flatten()
        .ok_or_else(|| format!("“{text}”不是可以计算的数"))
}

/// `value` as a percentage of `of`.
pub(super) fn share(value: &Decimal, of: &Decimal, places: u32) -> Result<String, &'static str> {
    if of.is_zero() {
        return Err("share 的总数（of）为 0，无法计算占比");
    }
    percentage(value, of, places).ok_or(TOO_LARGE)
}

/// By how many percent of `from` the `value` is larger, or with a minus sign smaller.
pub(super) fn growth(value: &Decimal, from: &Decimal, places: u32) -> Result<String, &'static str> {
    if from.is_zero() {
        return Err("growth 的基数（from）为 0，无法计算增长率");
    }
    if from.is_sign_negative() {
        return Err("growth 的基数（from）为负数，增长率没有意义");
    }
    let difference = value.checked_sub(*from).ok_or(TOO_LARGE)?;
    percentage(&difference, from, places).ok_or(TOO_LARGE)
}

const TOO_LARGE: &str = "数字过大，无法计算";

/// The quotient is taken in whole numbers, so that nothing is rounded twice.
fn percentage(value: &Decimal, of: &Decimal, places: u32) -> Option<String> {
    let (value, of) = (value.normalize(), of.normalize());
    let ten = |power: u32| 10_i128.checked_pow(power);
    let numerator = value.mantissa().checked_mul(ten(of.scale().checked_add(places + 2)?)?)?;
    let denominator = of.mantissa().checked_mul(ten(value.scale())?)?;
    let (dividend, divisor) = (numerator.unsigned_abs(), denominator.unsigned_abs());
    let quotient = dividend.checked_div(divisor)?;
    let rounds_up = dividend.checked_rem(divisor)? >= divisor.div_ceil(2);
    let quotient = quotient.checked_add(u128::from(rounds_up))?;
    let negative = (numerator < 0) != (denominator < 0) && quotient != 0;
    let unit = 10_u128.checked_pow(places)?;
    let sign = if negative { "-" } else { "" };
    let whole = quotient / unit;
    Some(match usize::try_from(places).ok()? {
        0 => format!("{sign}{whole}%"),
        places => format!("{sign}{whole}.{:0places$}%", quotient % unit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        number(text).unwrap()
    }

    #[test]
    fn shares_are_rounded_half_up() {
        let share = |value, of, places| share(&decimal(value), &decimal(of), places).unwrap();
        assert_eq!(share("998", "1000", 1), "99.8%");
        assert_eq!(share("1", "3", 2), "33.33%");
        assert_eq!(share("2", "3", 0), "67%");
        assert_eq!(share("1", "8", 1), "12.5%");
        assert_eq!(share("1", "8", 0), "13%");
        assert_eq!(share("1005", "100000", 2), "1.01%");
        assert_eq!(share("12.5", "50", 1), "25.0%");
        assert_eq!(share("0", "7", 2), "0.00%");
        assert_eq!(share("7", "7", 0), "100%");
        assert_eq!(share("-1", "400", 0), "0%");
        // A quotient of 0.4999… must not be rounded to 0.5 first and then to 1.
        assert_eq!(share("4999999999999999", "1000000000000000000", 0), "0%");
    }

    #[test]
    fn growth_is_a_change_in_percent() {
        let growth = |value, from, places| growth(&decimal(value), &decimal(from), places);
        assert_eq!(growth("131", "100", 0).unwrap(), "31%");
        assert_eq!(growth("968", "1000", 1).unwrap(), "-3.2%");
        assert_eq!(growth("100", "100", 1).unwrap(), "0.0%");
        assert_eq!(growth("9999", "10000", 1).unwrap(), "0.0%");
        assert!(growth("5", "0", 1).is_err());
        assert!(growth("5", "-2", 1).is_err());
    }

    #[test]
    fn only_plain_numbers_are_numbers() {
        for text in ["", "-", ".5", "1e3", "1_000", "＋1", "+1", "1.2.3", "一", "--1"] {
            assert!(number(text).is_err(), "{text}");
        }
        assert!(number(&"9".repeat(60)).is_err());
        assert!(
            share(&decimal("79228162514264337593543950335"), &decimal("0.0000001"), 8).is_err()
        );
    }
}
