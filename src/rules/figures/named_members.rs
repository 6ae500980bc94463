//! Things that are counted and named one by one: “惠企政策”“民生实事”2个专栏.

use rust_decimal::Decimal;

use crate::diag::Severity;
use crate::prose::{Exactness, Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::figures::added_names::judge_added_names;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::listed_batches::judge_listed_batches;
use crate::rules::figures::listed_dates::judge_listed_dates;
use crate::rules::figures::listed_names::judge_listed_names;
use crate::rules::figures::listed_places::judge_listed_places;
use crate::rules::figures::named_growth::judge_named_growth;
use crate::rules::{Findings, Held};

/// Behind names: there are more.
const OPEN: char = '等';
/// Between two names.
const JOINS: &[char] = &['、', '和', '及', '与'];
/// The most names that are counted.
const MOST: usize = 20;
/// The longest name, in bytes.
const LONGEST: usize = 90;

/// The names that stand beside a figure.
struct Names {
    n: usize,
    /// True if 等 says that there are more.
    open: bool,
}

/// Reports every number of things that is not that of the names or figures listed beside it.
pub(super) fn judge_named_members(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    judge_listed_names(findings, passage, text);
    judge_listed_batches(findings, passage, text);
    judge_listed_dates(findings, passage, text);
    judge_listed_places(findings, passage, text);
    judge_added_names(findings, passage, text);
    judge_named_growth(findings, passage, text);
    for (i, mention) in passage.mentions.iter().enumerate() {
        let Some(names) = names(text.printed(), mention) else { continue };
        let n = Decimal::from(names.n);
        findings.held(passage, i, Held::Text(format!("列出的名称有 {} 个", names.n)));
        if mention.bound || mention.value == n || names.open && mention.value > n {
            continue;
        }
        let said = clause(text, &mention.phrase);
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &mention.digits),
            format!("这里写“{said}”，列出的名称有 {} 个", names.n),
            format!("列出的是 {} 个", names.n),
        );
        finding.help.push("逐个数一数；没有列全的，写“等”".to_owned());
    }
}

/// The names of what a figure counts, right before it or behind its noun: “甲”“乙”2个专栏, 2个专栏：“甲”“乙”.
fn names(text: &str, mention: &Mention) -> Option<Names> {
    const FEWEST: usize = 2;
    let named = &Lexicon::get().sums.named_things;
    let counter = mention.unit.counter().filter(|_| mention.exactness == Exactness::Exact)?;
    if !Lexicon::get().sums.named_by.has(&counter.word) || mention.growth.is_some() {
        return None;
    }
    let behind = text.get(mention.range.end..)?;
    let before = text.get(..mention.digits.start)?;
    let noun = named.start_of(behind);
    let names_before = noun.and_then(|_| names_before(before));
    let found = names_before.or_else(|| {
        let noun = noun.or_else(|| named.end_of(before).map(|_| ""))?;
        names_behind(&behind[noun.len()..])
    })?;
    (found.n >= FEWEST).then_some(found)
}

/// The names in quotation marks that end a text, side by side.
fn names_before(text: &str) -> Option<Names> {
    let mut rest = text.trim_end_matches(['这', '共']);
    let open = rest.ends_with(OPEN);
    rest = rest.trim_end_matches(OPEN);
    let mut n = 0;
    while let Some(inner) = rest.strip_suffix('”') {
        let Some(start) = inner.rfind('“').filter(|at| inner.len() - at <= LONGEST) else {
            break;
        };
        n += 1;
        rest = inner[..start].trim_end_matches(JOINS);
        if n == MOST {
            return None;
        }
    }
    // 甲专栏和“乙”2个专栏: others stand before them without marks.
    let joined = rest.len() < text.len() && text[rest.len()..].starts_with(JOINS);
    (n > 0 && !joined).then_some(Names { n, open })
}

/// The names in quotation marks behind a colon, a bracket or 分别为.
fn names_behind(text: &str) -> Option<Names> {
    let opens = &Lexicon::get().sums.names_follow;
    let opening = opens.start_of(text)?;
    let mut rest = &text[opening.len()..];
    let mut n = 0;
    while let Some(inner) = rest.strip_prefix('“') {
        let end = inner.find('”').filter(|at| *at <= LONGEST)?;
        n += 1;
        rest = inner[end..].trim_start_matches('”').trim_start_matches(JOINS);
        if n == MOST {
            return None;
        }
    }
    let open = rest.starts_with(OPEN);
    let ends = open || rest.is_empty() || rest.starts_with(['。', '；', '，', '）', ')', '\n']);
    (n > 0 && ends).then_some(Names { n, open })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn names_that_are_more_or_fewer_than_told() {
        for wrong in [
            "开设“惠企政策”“民生实事”3个专栏。",
            "开设“惠企政策”“民生实事”“一件事”等2个专栏。",
            "新增2个栏目：“惠企政策”“民生实事”“一件事”。",
            "新增专栏4个，分别为“惠企政策”“民生实事”和“一件事”。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn names_of_all_or_of_some() {
        for fine in [
            "开设“惠企政策”“民生实事”2个专栏。",
            "开设“惠企政策”“民生实事”等5个专栏。",
            "新增2个栏目：“惠企政策”和“民生实事”。",
            "开展“政策进村”“政策进企”5次活动。",
            "梳理“一件事”“跨省通办”12个事项。",
            "在“惠企政策”3个专栏发布信息。",
            "开设年报专栏和“惠企政策”“民生实事”3个专栏。",
            "新增专栏4个，分别为“惠企政策”“民生实事”、人事招聘和规划计划。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
