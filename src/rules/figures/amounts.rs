//! Values as messages tell them: in the units in which the figures of the text are told.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::prose::{Mention, Unit, may_be_rounded};

const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// A value as it stands in the table and, where the figure is told in ten-thousands, as the text would tell it:
/// 486213（48.62万）.
pub(in crate::rules) fn shown(value: Decimal, mention: &Mention) -> String {
    let plain = value.normalize();
    in_scale(value, mention).map_or(plain.to_string(), |told| format!("{plain}（{told}）"))
}

/// A value with all its digits, in ten-thousands where a figure is told in them, or where it is a large amount: 33.47亿.
pub(in crate::rules) fn as_told(value: Decimal, mention: &Mention) -> String {
    /// The least amount that is told in ten-thousands.
    const LARGE: u32 = 1_000_000;
    let large = mention.unit == Unit::Yuan && value >= Decimal::from(LARGE);
    // 0.35亿 is 3500万.
    let told = scale(mention).filter(|(scale, _)| value >= *scale);
    let small = scale(mention).is_some() && value >= TEN_THOUSAND;
    let told = told.or((large || small).then_some((TEN_THOUSAND, "万")));
    let told = told.and_then(|(scale, sign)| Some((value.checked_div(scale)?, sign)));
    let (value, sign) = told.unwrap_or((value, ""));
    format!("{}{sign}", value.normalize())
}

/// A value rounded to the places of a figure that is told in ten-thousands.
fn in_scale(value: Decimal, mention: &Mention) -> Option<String> {
    let (scale, sign) = scale(mention)?;
    let told = value.checked_div(scale)?;
    let told = told.round_dp_with_strategy(mention.places, RoundingStrategy::MidpointAwayFromZero);
    Some(format!("{told}{sign}"))
}

/// True if a sum misses its whole by no more than what rounding leaves: 8.6万条，其中5.2万条、3.3万条.
pub(super) fn is_rounding(
    whole: &Mention,
    parts: &[usize],
    mentions: &[Mention],
    sum: Decimal,
) -> bool {
    let misses = (sum - whole.value).abs();
    let steps = parts.iter().map(|part| &mentions[*part]).chain([whole]).map(|figure| figure.step);
    misses < whole.step || may_be_rounded(misses, steps)
}

/// True if a rate is told as another one, rounded or cut off: by less than one in its last place.
pub(super) fn is_rate_as_told(rate: Decimal, told: &Mention) -> bool {
    (rate - told.value).abs() < Decimal::new(1, told.places)
}

/// The ten-thousands or hundred millions in which a figure is told, with their sign; none where it is told in ones.
fn scale(mention: &Mention) -> Option<(Decimal, &'static str)> {
    let mut scale = mention.step;
    for _ in 0..mention.places {
        scale = scale.saturating_mul(Decimal::TEN);
    }
    let scales = [(TEN_THOUSAND, "万"), (Decimal::from(100_000_000), "亿")];
    scales.into_iter().find(|(told, _)| *told == scale)
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::parts_do_not_add_up::RULE;
    use crate::rules::testing::run;
    use crate::source::SourceFile;

    #[test]
    fn amounts_are_told_with_all_their_digits() {
        let text = "总投入1.2345亿元，分别为本级5000.5万元、上级6990.4万元。";
        let file = format!("format = \"2021\"\n[overview]\ntext = \"{text}\"");
        let message = run(&RULE, &SourceFile::parse("test.toml", file)).remove(0).message;
        assert!(message.contains("5000.5万＋6990.4万＝1.19909亿"), "{message}");
        assert!(message.contains("相差 354.1万"), "{message}");
    }
}
