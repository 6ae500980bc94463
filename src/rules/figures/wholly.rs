//! Figures all of which are said to be of one row or column: 8件，均为信访举报投诉类; 12件，全部由自然人提出.

use rust_decimal::Decimal;

use crate::prose::{Claimed, Counted, readings};
use crate::report::Report;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};

/// Reports every figure all of which is said to be one of `mine`, where the table holds less of that by every reading.
pub(super) fn judge_wholly(
    report: &Report,
    findings: &mut Findings<'_>,
    mine: impl Fn(&Counted) -> bool,
) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for claim in &passage.claims {
            let Claimed::Wholly(figure, counted) = &claim.what else { continue };
            let mention = &passage.mentions[*figure];
            let all = readings(report, counted).into_iter().flatten();
            let all = all.map(|reading| Some((reading.value?, reading.name)));
            let Some(all) = all.collect::<Option<Vec<(Decimal, String)>>>() else { continue };
            let Some((value, name)) = all.first().filter(|_| mine(counted)) else { continue };
            if all.iter().any(|(value, _)| *value >= mention.value) {
                continue;
            }
            let said = clause(text, &(mention.phrase.start..claim.range.end));
            let message = format!("文字写“{said}”，表中{name}是 {value}");
            let at = place(passage, text, &claim.range);
            let finding = findings.report(at, message, format!("表中为 {value}"));
            finding.help.push(
                "核对台账：不都是这一种的，分别写明件数；表中有误的，改正表中数据".to_owned(),
            );
        }
    }
}
