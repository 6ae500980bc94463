//! Units of the body told without a counter, and what they come to: 辖5镇3乡共8个乡镇.

use std::ops::Range;

use crate::diag::Label;
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_groups::UnitWords;
use crate::rules::machinery::word_lists::WordLists;

/// Some units by their number.
struct Units<'a> {
    n: u32,
    name: &'a str,
    digits: Range<usize>,
    /// True if a counter stands before the name.
    counted: bool,
    end: usize,
}

/// Units of several kinds with the number of all of them.
struct Sum<'a> {
    parts: Vec<Units<'a>>,
    total: Units<'a>,
}

/// Reports every number of all units that is not what those beside it, told without a counter, come to.
pub(super) fn judge_bare_units(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for Sum { parts, total } in sums(text.printed()) {
        let sum: u32 = parts.iter().map(|part| part.n).sum();
        if sum == total.n {
            continue;
        }
        let listed: Vec<String> = parts.iter().map(|part| part.n.to_string()).collect();
        let said = clause(text, &(total.digits.start..total.end));
        let finding = findings.report(
            place(passage, text, &total.digits),
            format!("{}＝{sum}，而这里写“{said}”", listed.join("＋")),
            format!("分项相加是 {sum}"),
        );
        for part in &parts {
            let at = place(passage, text, &part.digits);
            finding.related.push(Label::new(at, part.n.to_string()));
        }
        finding.help.push("核对各类单位各有多少、一共多少".to_owned());
    }
}

/// Every sum of units of a text of which some have no counter.
fn sums(text: &str) -> Vec<Sum<'static>> {
    let words = &WordLists::get().own_units;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if whole_number(&text[at..]).is_none() || !begins_number(&text[..at]) {
            at = next;
            continue;
        }
        let sum = sum_behind(words, text, at).or_else(|| sum_in_bracket(words, text, at));
        at = sum.as_ref().map_or(next, Sum::end);
        found.extend(sum.filter(Sum::is_one));
    }
    found
}

/// True if a number may begin behind these words.
fn begins_number(before: &str) -> bool {
    !before
        .ends_with(|c: char| c.is_ascii_digit() || "第.．十百千万零一二三四五六七八九".contains(c))
}

/// 5镇3乡共8个乡镇
fn sum_behind(words: &'static UnitWords, text: &str, at: usize) -> Option<Sum<'static>> {
    let parts = parts(words, text, at);
    let mut end = parts.last()?.end;
    end += if text[end..].starts_with('，') { '，'.len_utf8() } else { 0 };
    end += words.together.start_of(&text[end..])?.len();
    Some(Sum { parts, total: total(words, text, end)? })
}

/// 8个乡镇（5镇3乡）
fn sum_in_bracket(words: &'static UnitWords, text: &str, at: usize) -> Option<Sum<'static>> {
    let total = total(words, text, at)?;
    let open = text[total.end..].chars().next().filter(|c| matches!(c, '（' | '('))?;
    let parts = parts(words, text, total.end + open.len_utf8());
    let closed = text[parts.last()?.end..].starts_with(['）', ')']);
    closed.then_some(Sum { parts, total })
}

/// The units of several kinds that begin at a byte, side by side.
fn parts(words: &'static UnitWords, text: &str, mut at: usize) -> Vec<Units<'static>> {
    /// The most kinds.
    const MOST: usize = 5;
    let mut parts = Vec::new();
    while let Some(part) = units(text, at, words.parts.iter()).filter(|_| parts.len() < MOST) {
        let joins = words.joins.start_of(&text[part.end..]).map_or(0, str::len);
        at = part.end + joins;
        parts.push(part);
    }
    parts
}

/// The number of all units at a byte.
fn total(words: &'static UnitWords, text: &str, at: usize) -> Option<Units<'static>> {
    units(text, at, words.sums.iter().map(|(name, _)| name.as_str()))
}

/// The number of some units at a byte, by the longest of some names.
fn units<'a>(text: &str, at: usize, names: impl Iterator<Item = &'a str>) -> Option<Units<'a>> {
    const COUNTER: char = '个';
    let (n, length) = whole_number(&text[at..])?;
    let digits = at..at + length;
    let counted = text[digits.end..].starts_with(COUNTER);
    let start = digits.end + if counted { COUNTER.len_utf8() } else { 0 };
    let names = names.filter(|name| text[start..].starts_with(name));
    let name = names.max_by_key(|name| name.len())?;
    Some(Units { n, name, digits, counted, end: start + name.len() })
}

impl Sum<'_> {
    fn end(&self) -> usize {
        self.parts.iter().map(|part| part.end).max().unwrap_or(0).max(self.total.end)
    }

    /// True if the parts are kinds of what is summed up, one each, and other sums do not know them.
    fn is_one(&self) -> bool {
        let sums = &WordLists::get().own_units.sums;
        let kinds = sums.iter().find(|(name, _)| name == self.total.name).map(|(_, kinds)| kinds);
        let parts = &self.parts;
        let once = |part: &Units<'_>| parts.iter().filter(|p| p.name == part.name).count() == 1;
        parts.len() > 1
            && parts.iter().any(|part| !part.counted)
            && parts.iter().all(|part| once(part) && kinds.is_some_and(|k| k.has(part.name)))
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn parts_and_their_sum() {
        let rule = &super::super::parts_do_not_add_up::RULE;
        for wrong in [
            "我县辖5镇3乡共7个乡镇。",
            "全县7个乡镇（5镇3乡）全部建成专区。",
            "我县辖六镇二乡一街道，共十个乡镇（街道）。",
            "云岭市辖3县2区，共6个县（市、区）。",
        ] {
            check_text(rule, wrong, "", 1);
        }
        for fine in [
            "我县辖5镇3乡共8个乡镇。",
            "全县8个乡镇（5镇3乡）全部建成专区。",
            "云岭市辖4区5县，共128个乡镇（街道）。",
            "我县辖六镇二乡一街道，共九个乡镇（街道）。",
            "我县辖5镇3乡，共有76个行政村。",
            "全县8个乡镇（5个镇试点）全部建成专区。",
        ] {
            check_text(rule, fine, "", 0);
        }
    }
}
