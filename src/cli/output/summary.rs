//! The last lines of a check: how many findings, and what could not be judged.

use crate::diag::Severity;
use crate::load::Loaded;

/// One line with counts, and one for each reason why rules could not be judged.
pub(super) fn render(loaded: &Loaded, waived_listed: bool) -> String {
    let review = &loaded.review;
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| {
            let of_severity = review.findings.iter().filter(|d| d.severity == *severity);
            (severity.name(), of_severity.count())
        })
        .filter(|(_, n)| *n > 0)
        .map(|(name, n)| format!("{name} {n} 处"))
        .collect();
    let mut text = format!("{}：", loaded.source.name());
    text.push_str(match (counts.is_empty(), review.unassessed.is_empty()) {
        (true, true) => "检查通过，没有发现问题",
        (true, false) => "没有发现问题，但有未能判断的项目",
        (false, _) => "",
    });
    text.push_str(&counts.join("，"));
    if !review.waived.is_empty() {
        let hint = if waived_listed { "" } else { "（用 --waived 列出）" };
        text.push_str(&format!("；已豁免 {} 处{hint}", review.waived.len()));
    }
    if !review.off.is_empty() {
        text.push_str(&format!("；数据文件关闭了 {}", review.off.join("、")));
    }
    text.push('\n');
    for (codes, reason) in by_reason(loaded) {
        text.push_str(&format!("  {} 未能判断：{reason}\n", codes.join("、")));
    }
    text
}

/// The rules that could not be judged, those with the same reason together, in the order of the rules.
pub(in crate::cli) fn by_reason(loaded: &Loaded) -> Vec<(Vec<&'static str>, &str)> {
    let mut reasons: Vec<(Vec<&'static str>, &str)> = Vec::new();
    for unassessed in &loaded.review.unassessed {
        match reasons.iter_mut().find(|(_, reason)| *reason == unassessed.reason) {
            Some((codes, _)) if codes.contains(&unassessed.code) => {}
            Some((codes, _)) => codes.push(unassessed.code),
            None => reasons.push((vec![unassessed.code], &unassessed.reason)),
        }
    }
    reasons
}
