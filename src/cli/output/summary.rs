//! The last lines of a check: how many findings, and what could not be judged.

use super::outside::{on_one_line, visible};
use crate::diag::Severity;
use crate::load::{Loaded, by_reason};

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
    if review.is_fresh() {
        return invitation(loaded);
    }
    let mut text = format!("{}：", visible(loaded.source.name()));
    text.push_str(match (counts.is_empty(), review.unassessed.is_empty()) {
        (true, true) => "检查通过，没有发现问题",
        (true, false) => "没有发现问题，但有未能判断的项目",
        (false, _) => "",
    });
    text.push_str(&counts.join("，"));
    let filled = review.items.iter().filter(|item| item.is_filled).count();
    if filled < review.items.len() {
        text.push_str(&format!("；已填 {filled}/{} 项", review.items.len()));
    }
    if !review.waived.is_empty() {
        let hint = if waived_listed { "" } else { "（用 --waived 列出）" };
        text.push_str(&format!("；已豁免 {} 处{hint}", review.waived.len()));
    }
    if !review.off.is_empty() {
        text.push_str(&format!("；数据文件关闭了 {}", review.off.join("、")));
    }
    text.push('\n');
    for (codes, reason) in by_reason(loaded) {
        let reason = on_one_line(&reason);
        text.push_str(&format!("  {} 未能判断：{reason}\n", codes.join("、")));
    }
    text
}

/// The next step for a data file in which nothing is filled yet.
fn invitation(loaded: &Loaded) -> String {
    let review = &loaded.review;
    let filled = review.items.iter().filter(|item| item.is_filled).count();
    let first = review.items.iter().find_map(|item| item.line);
    let start = match first {
        Some(line) => {
            format!("从第{line}行填起：行首是 # 紧跟英文的，删去 #，在等号后填写；没有发生的填 0")
        }
        None => "先填报告年度和机关，再填三张表和各部分的文字；没有发生的填 0".to_owned(),
    };
    format!(
        "{}：还没有开始填（已填 {filled}/{} 项）\n  {start}\n  填一部分就运行一次 nianbao check，已填的随时核对，没填的逐项列出\n",
        loaded.source.name(),
        review.items.len()
    )
}
