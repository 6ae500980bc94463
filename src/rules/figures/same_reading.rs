//! Applicants of one row that are told by two reckonings: all as they came in, and one with what was carried in.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Exactness, Mention, Passage, readings};
use crate::report::{Report, Text};
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};

/// The fewest applicants of a row whose reckoning is clear.
const FEWEST: usize = 3;

/// Reports the one figure of a row of applicants that comes out only by another reckoning than all others do.
pub(super) fn judge_same_reading(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for row in rows(report, passage) {
            judge(findings, (passage, text), &row);
        }
    }
}

/// A figure with the numbers of the tables that it may be: what came in, without and with what was carried in, and what was
/// dealt with.
struct Member {
    figure: usize,
    numbers: Vec<(Decimal, String)>,
}

impl Member {
    fn is(&self, passage: &Passage, nth: usize) -> bool {
        let value = passage.mentions[self.figure].value;
        self.numbers.get(nth).is_some_and(|(number, _)| *number == value)
    }

    /// True if it is that number and none of the others.
    fn is_only(&self, passage: &Passage, nth: usize) -> bool {
        (0..self.numbers.len()).all(|other| self.is(passage, other) == (other == nth))
    }
}

/// The rows of applicants of a text, each within a sentence.
fn rows(report: &Report, passage: &Passage) -> Vec<Vec<Member>> {
    let mut rows: Vec<Vec<Member>> = Vec::new();
    for (figure, mention) in passage.mentions.iter().enumerate() {
        let Some(numbers) = numbers(report, mention) else { continue };
        let member = Member { figure, numbers };
        let last = rows.last_mut().filter(|row| {
            row.last().is_some_and(|last| {
                passage.mentions[last.figure].sentence == mention.sentence
                    && last.numbers.len() == member.numbers.len()
            })
        });
        match last {
            Some(row) => row.push(member),
            None => rows.push(vec![member]),
        }
    }
    rows.retain(|row| row.len() >= FEWEST);
    rows
}

/// The numbers of an applicant who is told alone.
fn numbers(report: &Report, mention: &Mention) -> Option<Vec<(Decimal, String)>> {
    let counted = mention.counted.as_ref().filter(|counted| counted.is_intake())?;
    let plain = mention.is_typed() && mention.exactness == Exactness::Exact && !counted.at_most;
    if !plain || counted.applicant.len() != 1 {
        return None;
    }
    let all = readings(report, counted).into_iter().flatten();
    let numbers: Option<Vec<_>> = all.map(|reading| Some((reading.value?, reading.name))).collect();
    numbers.filter(|numbers| numbers.len() > 1)
}

fn judge(findings: &mut Findings<'_>, (passage, text): (&Passage, &Text), row: &[Member]) {
    let n = row.first().map_or(0, |first| first.numbers.len());
    for own in 0..n {
        let (fitting, rest): (Vec<&Member>, Vec<&Member>) =
            row.iter().partition(|member| member.is(passage, own));
        // One of them that could be nothing else shows how they are reckoned.
        let shown = fitting.iter().any(|member| member.is_only(passage, own));
        let [odd] = rest.as_slice() else { continue };
        // A figure that is none of them is wrong for itself.
        let is_other = (0..n).any(|other| odd.is(passage, other));
        if !shown || fitting.len() + 1 < FEWEST || !is_other {
            continue;
        }
        let mention = &passage.mentions[odd.figure];
        let (right, name) = &odd.numbers[own];
        let said = clause(text, &mention.phrase);
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &mention.digits),
            format!("文字写“{said}”，与旁边各数口径不同：表中{name}是 {right}"),
            format!("同一口径是 {right}"),
        );
        for member in fitting {
            let mention = &passage.mentions[member.figure];
            finding.related.push(Label::new(place(passage, text, &mention.digits), "同一口径"));
        }
        finding.help.push("几种申请人用同一口径：都写新收的，或者都连上年结转一起写".to_owned());
    }
}
