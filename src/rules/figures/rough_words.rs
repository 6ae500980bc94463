//! Shares told in words alone, beside the figures that give them: 40个村，其中12个优秀，占比超过三分之一; 44件，不足办结数86件的一半.

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::possible_wholes::wholes_of_part;
use crate::rules::figures::rough_shares::{Bound, Rough, bound_at, share_in_words};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::{Findings, Held};

/// Reports every share in words that its figures do not bear out.
pub(super) fn judge_rough_words(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    for figure in 0..passage.mentions.len() {
        if !counts(&passage.mentions[figure]) {
            continue;
        }
        if let Some(said) = of_whole_before(passage, text.printed(), figure) {
            judge(findings, (passage, text), figure, &said);
        } else if let Some(said) = behind(report, passage, text.printed(), figure) {
            judge(findings, (passage, text), figure, &said);
        }
    }
}

fn counts(mention: &Mention) -> bool {
    mention.counts_exactly() && mention.is_typed()
}

/// A share in words, with what it may be of, the likeliest first.
struct Said {
    range: std::ops::Range<usize>,
    rough: Rough,
    wholes: Vec<Decimal>,
}

/// The share that the figure behind names with its whole: 44件，不足办结数86件的一半.
fn of_whole_before(passage: &Passage, text: &str, part: usize) -> Option<Said> {
    const LONGEST: usize = 12;
    let whole = passage.mentions.get(part + 1).filter(|whole| counts(whole))?;
    let own = &passage.mentions[part];
    let between = text.get(own.range.end..whole.digits.start)?;
    let (_, lead) = between.rsplit_once('，')?;
    let start = whole.digits.start - lead.len();
    let (bound, word) = bound_at(lead)?;
    let short = lead.chars().count() <= LONGEST && between.matches('，').count() == 1;
    let behind = text[whole.range.end..].strip_prefix('的')?;
    let end = behind.find(CLAUSE_ENDS).unwrap_or(behind.len());
    let share = share_in_words(&behind[..end]).filter(|share| share.bound.is_none())?;
    let plain = short && word.len() < lead.len() && whole.same_unit(own);
    let range = start..whole.range.end + '的'.len_utf8() + end;
    plain.then(|| Said { range, rough: Rough { of: share.of, bound }, wholes: vec![whole.value] })
}

/// The share that the clause behind that of a figure tells, and nothing besides: 其中12个被评为优秀，占比超过三分之一.
fn behind(report: &Report, passage: &Passage, text: &str, part: usize) -> Option<Said> {
    const LONGEST: usize = 10;
    let end = passage.mentions[part].range.end;
    let rest = &text[end..];
    let comma = rest.find(CLAUSE_ENDS).filter(|at| rest[*at..].starts_with('，'))?;
    let start = end + comma + '，'.len_utf8();
    let clause = text[start..].split(CLAUSE_ENDS).next()?;
    let next = passage.mentions.get(part + 1).map_or(text.len(), |next| next.digits.start);
    // A percentage or tenths behind it are judged as such.
    let alone = next >= start + clause.len() && rest[..comma].chars().count() <= LONGEST;
    let percent = passage.mentions.get(part + 1).is_some_and(|next| {
        let between = text.get(start + clause.len()..next.digits.start).unwrap_or_default();
        next.unit == Unit::Percent && between.chars().count() <= LONGEST
    });
    let share = share_in_words(clause).filter(|_| alone && !percent)?;
    let rough = Rough { of: share.of, bound: share.bound? };
    let wholes = wholes_of_part(report, passage, part);
    Some(Said { range: start..start + clause.len(), rough, wholes })
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    part: usize,
    said: &Said,
) {
    let own = &passage.mentions[part];
    let share =
        |whole: &Decimal| own.value.saturating_mul(Decimal::ONE_HUNDRED).checked_div(*whole);
    let shares: Vec<Decimal> = said.wholes.iter().filter_map(share).collect();
    let Some((first, whole)) = shares.first().zip(said.wholes.first()) else { return };
    findings.held(passage, part, Held::Text(format!("{} 除以 {whole}", own.value)));
    let near = matches!(said.rough.bound, Bound::Near);
    if near || shares.iter().any(|share| said.rough.holds(*share)) {
        return;
    }
    let right = first.round_dp(1).normalize();
    let words = clause(text, &said.range);
    let finding = findings.report(
        place(passage, text, &said.range),
        format!("文字说“{words}”：{} 除以 {whole} 是 {right}%", own.value),
        format!("实为 {right}%"),
    );
    finding.related.push(Label::new(place(passage, text, &own.digits), "分子"));
    finding.help.push("核对件数和比例；总数不是这个数的，在文字中写明“占……的”".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn words_that_the_figures_do_not_bear_out() {
        for wrong in [
            "检查村40个，其中12个优秀，占比超过三分之一。",
            "公开信息44条，不足总数86条的一半。",
            "发布解读38件，其中视频16件，占比过半。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn words_that_the_figures_bear_out() {
        for fine in [
            "检查村40个，其中12个优秀，占比不足三分之一。",
            "公开信息44条，超过总数86条的一半。",
            "发布解读38件，其中视频20件，占比过半。",
            "发布解读38件，其中视频16件，过半单位参加了培训。",
            "发布解读38件，其中视频20件，占比过半，达52.6%。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
