//! The difference of two percentages, told as a percentage (占67.9%，比上年的48.0%提高19.9%), and the change of a number, told in
//! points (比上年的1652条增长14.6个百分点).

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
    for two in passage.mentions.windows(2) {
        let [base, change] = two else { continue };
        if is_change_of_number(text.printed(), base, change) {
            let said = clause(text, &change.digits);
            let finding = findings.report(
                place(passage, text, &change.digits),
                format!("“{said}个百分点”说的是一个数的增减，写“%”才对"),
                format!("写成“{said}%”"),
            );
            finding
                .help
                .push("百分点只用于两个百分比相减；数量比原来增减了百分之几，写“%”".to_owned());
        }
    }
}

/// True if a number of things is told with what it is compared with, and then its change in points.
fn is_change_of_number(text: &str, base: &Mention, change: &Mention) -> bool {
    const REACH: usize = 12;
    let growth = &Lexicon::get().growth;
    let before = text.get(..base.digits.start).unwrap_or_default();
    let clause = before.rsplit(['，', '。', '；', '\n']).next().unwrap_or_default();
    let compared = clause.contains(['比', '较']) && clause.chars().count() <= REACH;
    let between = text.get(base.range.end..change.digits.start).unwrap_or_default();
    let verb = between.trim_start_matches('，').trim_end_matches('了');
    let counts = matches!(base.unit, Unit::Counter(_) | Unit::Yuan);
    let changes = growth.up.has(verb) || growth.down.has(verb);
    counts && change.unit == Unit::Points && compared && changes
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

#[cfg(test)]
mod tests {
    use super::super::change_wrong::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn a_number_changes_by_percent_and_a_share_by_points() {
        check_text(&RULE, "网站发布信息1893条，比上年的1652条增长14.6个百分点。", "", 1);
        for fine in [
            "网站发布信息1893条，比上年的1652条增长14.6%。",
            "占67.9%，比上年的48.0%提高19.9个百分点。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn half_as_many_again_are_not_as_many_again() {
        check_text(&RULE, "走访企业9次，比上年的6次增加一倍。", "", 1);
        for fine in ["走访企业9次，比上年的6次增加五成。", "走访企业11次，比上年的6次增加近一倍。"]
        {
            check_text(&RULE, fine, "", 0);
        }
    }
}
