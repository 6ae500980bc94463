//! Values as messages tell them: in the units in which the figures of the text are told.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::prose::Mention;

/// A value as it stands in the table and, where the figure is told in ten-thousands, as the text would tell it:
/// 486213（48.62万）.
pub(in crate::rules) fn shown(value: Decimal, mention: &Mention) -> String {
    let plain = value.normalize();
    in_scale(value, mention).map_or(plain.to_string(), |told| format!("{plain}（{told}）"))
}

/// A value as the text tells a figure: 33.47亿.
pub(in crate::rules) fn as_told(value: Decimal, mention: &Mention) -> String {
    in_scale(value, mention).unwrap_or_else(|| value.normalize().to_string())
}

fn in_scale(value: Decimal, mention: &Mention) -> Option<String> {
    let mut scale = mention.step;
    for _ in 0..mention.places {
        scale = scale.saturating_mul(Decimal::TEN);
    }
    let sign = match scale.normalize() {
        scale if scale == Decimal::from(10_000) => "万",
        scale if scale == Decimal::from(100_000_000) => "亿",
        _ => return None,
    };
    let told = value.checked_div(scale).unwrap_or_default();
    let told = told.round_dp_with_strategy(mention.places, RoundingStrategy::MidpointAwayFromZero);
    Some(format!("{told}{sign}"))
}
