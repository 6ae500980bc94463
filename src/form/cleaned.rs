//! Pasted texts without what pasting leaves in them.

use serde::Serialize;

use crate::report::traces;

/// A text without the traces of pasting.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Cleaned {
    /// The text.
    text: String,
    /// The kinds of what was taken away, each with how often.
    removed: Vec<String>,
}

/// A pasted text as a careful person would have typed it.
pub(super) fn clean(pasted: &str) -> Cleaned {
    let whole = pasted.replace("\r\n", "\n").replace('\r', "\n");
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let mut count = |name: &'static str| match counts.iter_mut().find(|(known, _)| *known == name) {
        Some((_, n)) => *n += 1,
        None => counts.push((name, 1)),
    };
    let (mut text, mut at) = (String::new(), 0);
    for (range, trace) in traces(&whole) {
        count(trace.kind.name());
        text.push_str(whole.get(at..range.start).unwrap_or_default());
        text.push_str(trace.printed);
        at = range.end;
    }
    text.push_str(whole.get(at..).unwrap_or_default());
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        let bare = line.trim();
        if bare.len() < line.len() {
            count("行首行末的空格");
        }
        if bare.is_empty() {
            if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
                count("空行");
            }
            continue;
        }
        lines.push(bare);
    }
    let text = lines.join("\n");
    let kept = |c: char| !c.is_control() || c == '\n';
    if text.chars().any(|c| !kept(c)) {
        count("不能印出的字符");
    }
    let text = text.chars().filter(|c| kept(*c)).collect();
    let removed = counts.into_iter().map(|(name, n)| format!("{name} {n} 处")).collect();
    Cleaned { text, removed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pasting_leaves_is_taken_away_and_named() {
        let cleaned =
            clean("\u{3000}\u{3000}• 一是\u{a0}公开。\r\n\r\n\r\n二是\u{200b}答复。 \u{b}三是。");
        assert_eq!(cleaned.text, "一是 公开。\n二是答复。\n三是。");
        let removed = cleaned.removed.join("，");
        for name in ["项目符号 1 处", "特殊空格", "看不见的字符 1 处", "手动换行 1 处", "空行"]
        {
            assert!(removed.contains(name), "{removed}");
        }
        let plain = clean("一是公开{{ requests.received.total }}件。\n二是……");
        assert_eq!(plain.removed, [""; 0]);
    }
}
