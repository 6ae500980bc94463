//! Shares without a figure that are of a part told elsewhere: 动态类23条……动态类信息占24.5%.

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit, name_of_share, percent};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::plausible::is_slip;
use crate::rules::figures::rough_shares::judge_tenths;
use crate::rules::figures::told_division::{Division, divisions_of};
use crate::rules::{Findings, Held};

/// Reports every share whose name is that of a part told elsewhere, where one slip makes it the share of that part.
pub(super) fn judge_shares_elsewhere(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let all = divisions_of(prose, report);
    for (passage, text) in prose.each(report) {
        for share in 0..passage.mentions.len() {
            judge_in_tenths(findings, (passage, text), share, &all);
            if let Some(division) = is_open(passage, text, share)
                .then(|| name_of_share(text.printed(), &passage.mentions, share))
                .flatten()
                .and_then(|name| division_of(&all, name, &passage.mentions[share]))
            {
                judge(findings, (passage, text), share, division);
            }
        }
    }
}

/// Reports a share told in tenths that the part it names does not bear out, where its whole stands right before it: 202条信息中
/// 工作动态占了六成以上.
fn judge_in_tenths(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    share: usize,
    all: &[Division<'_>],
) {
    let told = &passage.mentions[share];
    let rough = told.unit == Unit::Percent && told.exactness != Exactness::Exact && told.is_typed();
    let whole = share.checked_sub(1).map(|before| &passage.mentions[before]);
    let Some(whole) = whole.filter(|whole| rough && whole.sentence == told.sentence) else {
        return;
    };
    let Some(name) = name_of_share(text.printed(), &passage.mentions, share) else { return };
    let named = |division: &&Division<'_>| {
        name.ends_with(division.name)
            && division.whole().value == whole.value
            && division.whole().same_unit(whole)
            && division.part().digits != told.digits
    };
    let mut divisions = all.iter().filter(named);
    if let Some(only) = divisions.next().filter(|_| divisions.next().is_none()) {
        let wholes = [whole.value];
        judge_tenths(findings, (passage, text), share, only.part().value, &wholes);
    }
}

/// True if nothing else says what a share is of, as another whole would do: 解读材料中，网站占比71.4%.
fn is_open(passage: &Passage, text: &Text, share: usize) -> bool {
    /// The fewest characters of a share that can tell a slip from another share.
    const DECISIVE: usize = 4;
    let told = &passage.mentions[share];
    let from = share.checked_sub(1).map_or(0, |before| passage.mentions[before].range.end);
    let said = text.printed().get(from..told.digits.start).unwrap_or_default();
    let (before, said) = said.rsplit_once(['。', '；', '\n']).unwrap_or(("", said));
    let alone =
        share == 0 || !before.is_empty() || text.printed()[from..].starts_with(['。', '；']);
    let pieces = said.split(['，', '：']);
    let within = &Lexicon::get().clauses.within;
    let of_another = pieces.into_iter().any(|piece| within.end_of(piece).is_some());
    alone
        && !of_another
        && told.unit == Unit::Percent
        && told.is_typed()
        && told.exactness == Exactness::Exact
        && told.growth.is_none()
        && told.share.is_none()
        && told.digits.len() >= DECISIVE
        && passage.ratios.iter().all(|ratio| ratio.rate != share)
}

/// The only division whose part has a name; of those that may be meant, one that gives the share.
fn division_of<'d, 'a>(
    all: &'d [Division<'a>],
    name: &str,
    share: &Mention,
) -> Option<&'d Division<'a>> {
    let gives = |division: &&Division<'a>| right(division, share) == Some(share.value);
    let same: Vec<&Division<'a>> = all.iter().filter(|d| d.name == name).collect();
    let may_be = |d: &&Division<'a>| d.name.contains(name) || name.contains(d.name);
    let alike: Vec<&Division<'a>> = all.iter().filter(may_be).collect();
    if let Some(fitting) = alike.iter().find(|division| gives(division)) {
        return Some(fitting);
    }
    let meant = if same.is_empty() { alike } else { same };
    let first = *meant.first()?;
    let values = |d: &Division<'_>| (d.part().value, d.whole().value);
    meant.iter().all(|other| values(other) == values(first)).then_some(first)
}

fn right(division: &Division<'_>, share: &Mention) -> Option<Decimal> {
    percent(division.part().value, division.whole().value, share.places)
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    share: usize,
    division: &Division<'_>,
) {
    let told = &passage.mentions[share];
    let Some(right) = right(division, told) else { return };
    let [part, whole] = [division.part(), division.whole()];
    let said = format!("{} 除以 {}", part.value, whole.value);
    if right != told.value && !is_slip(right, told.value) {
        return;
    }
    findings.held(passage, share, Held::Text(said.clone()));
    let last_place = Decimal::new(1, told.places);
    if (right - told.value).abs() <= last_place {
        return;
    }
    let figures =
        [part, whole].map(|figure| place(division.passage, division.text, &figure.digits));
    report_named(findings, (passage, text, share), &said, right, figures);
}

/// Reports a share that is not the one of the part that it names; `said` tells what was divided, `figures` are the places of
/// part and whole.
pub(super) fn report_named(
    findings: &mut Findings<'_>,
    (passage, text, share): (&Passage, &Text, usize),
    said: &str,
    right: Decimal,
    figures: [Place; 2],
) {
    let told = &passage.mentions[share];
    let finding = findings.report_as(
        Severity::Warning,
        place(passage, text, &told.digits),
        format!("“{}”：{said} 是 {right}%", clause(text, &(told.phrase.start..told.range.end))),
        format!("应为 {right}%"),
    );
    let [part, whole] = figures;
    finding.related.extend([Label::new(part, "分子"), Label::new(whole, "分母")]);
    finding.help.push("核对件数和占比；总数不是这个数的，在文字中写明“占……的”".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn a_share_of_a_part_told_elsewhere() {
        for wrong in [
            "公开信息94条，其中政策类31条、民生类40条、动态类23条。动态类信息占24.8%，偏多。",
            "解读61篇，其中文字24篇、图解28篇、视频9篇。存在问题：图解占比只有45.6%。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn shares_of_that_part_or_of_something_else() {
        for fine in [
            "公开信息94条，其中政策类31条、民生类40条、动态类23条。动态类信息占24.5%，偏多。",
            "公开信息94条，其中政策类31条、民生类40条、动态类23条。第四季度动态类信息占31.2%。",
            "解读61篇，其中文字24篇、图解28篇、视频9篇。图解占比60.3%。",
            "发布信息212条，其中网站157条、公众号55条。解读材料中，网站占比71.4%。",
            "发布信息212条，其中网站157条、公众号55条。解读35篇，网站占比71.4%。",
            "网站94条，其中动态23条、其他71条；公众号80条，其中动态36条、其他44条。动态占24.8%。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, "", 0);
        }
    }
}
