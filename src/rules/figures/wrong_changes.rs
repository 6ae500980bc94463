//! The difference of two figures told wrong, or the wrong way round: 由12.8天缩短到10.3天，少用3.5天.

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::judge::{clause, place};

/// Reports what is told to be between two figures, at the figure of it, where it is not what is between them: the smaller of the two, as the words have
/// it, the change and the larger.
pub(super) fn report_change(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    [smaller, change, larger]: [usize; 3],
) {
    let [smaller, change, larger] = [smaller, change, larger].map(|i| &passage.mentions[i]);
    let [low, high] = [smaller, larger].map(|figure| as_told(figure.value, figure));
    let between = larger.value - smaller.value;
    let told = as_told(between.abs(), larger);
    let said = clause(text, &change.phrase);
    let (message, label) = match between < Decimal::ZERO {
        true => (format!("“{said}”：{low} 比 {high} 多，增减说反了"), "增减说反了".to_owned()),
        false => (format!("“{said}”：{high} 与 {low} 相差 {told}"), format!("两数相差 {told}")),
    };
    let finding =
        findings.report_as(Severity::Warning, place(passage, text, &change.digits), message, label);
    let fitting = [larger.value - change.value, smaller.value + change.value];
    for (figure, fitting) in [smaller, larger].into_iter().zip(fitting) {
        let at = text.typed_range(figure.digits.clone());
        let label = match fitting >= Decimal::ZERO {
            true => format!("其余无误时是 {}", as_told(fitting, figure)),
            false => String::new(),
        };
        finding.related.push(Label::new(Place::Text(passage.path.clone(), at), label));
    }
    finding.help.push("核对两个数和相差的数".to_owned());
}
