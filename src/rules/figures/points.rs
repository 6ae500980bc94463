//! The difference of two percentages, told as a percentage: 占67.9%，比上年的48.0%提高19.9%.

use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};

/// Reports every percentage by which another one is said to have changed, if it is just the difference of the two.
pub(super) fn judge_points(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for three in passage.mentions.windows(3) {
        let [now, base, change] = three else { continue };
        if is_difference(text.printed(), now, base, change) {
            let said = clause(text, &change.digits);
            let finding = findings.report(
                place(passage, text, &change.digits),
                format!("“{said}%”是两个百分比之差，应当写“个百分点”"),
                format!("写成“{said}个百分点”"),
            );
            finding.help.push(
                "两个百分比相减，差的单位是百分点；写“%”的，是比原来增减了百分之几".to_owned(),
            );
        }
    }
}

fn is_difference(text: &str, now: &Mention, base: &Mention, change: &Mention) -> bool {
    const LONGEST: usize = 12;
    let growth = &Lexicon::get().growth;
    let percents = [now, base, change].iter().all(|m| {
        m.unit == Unit::Percent && m.exactness == Exactness::Exact && m.sentence == now.sentence
    });
    let between = |from: &Mention, to: &Mention| {
        let words = text.get(from.range.end..to.digits.start).unwrap_or_default();
        words.trim_start_matches('，').trim_end_matches('了').to_owned()
    };
    let (compared, changed) = (between(now, base), between(base, change));
    let compares = compared.starts_with(['比', '较']) && compared.chars().count() <= LONGEST;
    let says = growth.up.has(&changed) || growth.down.has(&changed);
    let difference = (now.value - base.value).abs();
    percents && compares && says && difference == change.value && !change.value.is_zero()
}
