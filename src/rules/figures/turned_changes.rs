//! Changes told the wrong way round, where the figure that has changed stands apart: 684条……总量比上年的731条增长6.4%.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::Label;
use crate::edition::{DisclosureColumn, DisclosureRow};
use crate::prose::{Change, Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::shown;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// The marks that end a clause.
const MARKS: &[char] = &['，', '；', '。', '：', '（', '\n', ','];

/// The figure of the year before and a change, side by side and in either order.
struct Pair<'a> {
    base: &'a Mention,
    change: &'a Mention,
    /// The place of the first of both.
    first: usize,
    up: bool,
}

/// Reports every change that is not that of the figure told before it, and would be but for its direction.
pub(super) fn judge_turned(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    for first in 0..passage.mentions.len().saturating_sub(1) {
        let Some(pair) = pair(report, passage, text, first) else { continue };
        let told = told_before(passage, &pair);
        let named = table_value(report, text, passage, &pair);
        let gives = |up: bool, value: Decimal| pair.gives(up, value);
        if told.iter().any(|i| gives(pair.up, passage.mentions[*i].value))
            || named.is_some_and(|value| gives(pair.up, value))
        {
            continue;
        }
        let turned = told.into_iter().find(|i| gives(!pair.up, passage.mentions[*i].value));
        let value = turned.map(|i| passage.mentions[i].value);
        let value = value.or(named.filter(|value| gives(!pair.up, *value)));
        if let Some(value) = value {
            report_turned(findings, (passage, text), &pair, (turned, value));
        }
    }
}

impl Pair<'_> {
    /// True if the base with the change, up or down, gives a value.
    fn gives(&self, up: bool, value: Decimal) -> bool {
        let more = value - self.base.value;
        if (more > Decimal::ZERO) != up || more == Decimal::ZERO {
            return false;
        }
        if self.change.unit != Unit::Percent {
            return more.abs() == self.change.value;
        }
        let rate = (more * Decimal::ONE_HUNDRED).checked_div(self.base.value);
        let places = self.change.places;
        let rounded = rate.map(|rate| {
            rate.abs().round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
        });
        rounded == Some(self.change.value)
    }
}

/// The figure of the year before and a change that two figures side by side tell, if nothing else has been found to have changed.
fn pair<'a>(report: &Report, passage: &'a Passage, text: &Text, first: usize) -> Option<Pair<'a>> {
    /// The smallest figure of the year before, which no other gives by chance.
    const SMALLEST: Decimal = Decimal::TEN;
    let (one, other) = (&passage.mentions[first], &passage.mentions[first + 1]);
    let printed = text.printed();
    let from = first.checked_sub(1).map_or(0, |before| passage.mentions[before].range.end);
    let before = printed.get(from..one.digits.start)?.rsplit(MARKS).next()?;
    let between = printed.get(one.range.end..other.digits.start)?;
    let of_last_year = |clause: &str| names_last_year(report, clause);
    let (base, change, said) = if of_last_year(before) && direction(between).is_some() {
        // 比上年的731条增长6.4%
        (one, other, between)
    } else {
        // 比上年增加4件，上年为15件
        let told = between.strip_prefix(['，', '（'])?;
        let compared = before.contains(['比', '较']) && !between.contains('；');
        (of_last_year(told) && compared).then_some((other, one, before))?
    };
    let up = direction(said)?;
    let alike = change.unit == Unit::Percent || change.same_unit(base);
    let counted = matches!(base.unit, Unit::Counter(_));
    let exact = [base, change].iter().all(|mention| mention.exactness == Exactness::Exact);
    // What has been found to have changed is judged by the other checks of this rule.
    let known = [one, other]
        .iter()
        .filter_map(|mention| mention.growth)
        .any(|growth| growth.change == Change::Base || passage.mentions[growth.of].same_unit(base));
    let fits = one.sentence == other.sentence && alike && counted && exact && !known;
    (fits && base.value >= SMALLEST).then_some(Pair { base, change, first, up })
}

/// True if the words of a change say that it is upwards, false if downwards.
fn direction(words: &str) -> Option<bool> {
    /// The characters of the longest words between a figure and its change.
    const LONGEST: usize = 24;
    let growth = &Lexicon::get().growth;
    let near = words.chars().count() <= LONGEST && !words.contains(['；', '。', '\n']);
    let (up, down) = (growth.up.are_in(words), growth.down.are_in(words));
    (near && up != down).then_some(up)
}

/// True if a clause ends with the year before as that of the figure behind it: 总量比上年的, 上年为, 与2023年的.
fn names_last_year(report: &Report, clause: &str) -> bool {
    let growth = &Lexicon::get().growth;
    let link = growth.base_links.end_of(clause).map_or(0, str::len);
    let named = &clause[..clause.len() - link];
    let named = named.strip_suffix(growth.same_period.as_str()).unwrap_or(named);
    let year = report.header.year.and_then(|year| year.checked_sub(1));
    let named_year =
        year.is_some_and(|year| named.trim_end_matches('度').ends_with(&format!("{year}年")));
    named_year || growth.last_year.end_of(named).is_some()
}

/// The figures that may be what has changed: those in its unit of the sentence before both, and of the one before that sentence.
fn told_before(passage: &Passage, pair: &Pair<'_>) -> Vec<usize> {
    const NEAR: usize = 12;
    let now = |i: &usize| {
        let mention = &passage.mentions[*i];
        mention.sentence + 1 >= pair.base.sentence
            && mention.same_unit(pair.base)
            && mention.growth.is_none()
            && mention.of_this_year
            && mention.exactness == Exactness::Exact
    };
    (pair.first.saturating_sub(NEAR)..pair.first).filter(now).collect()
}

/// The number of decisions of the table that the sentence names before both figures: 处罚数量比上年增加4件.
fn table_value(
    report: &Report,
    text: &Text,
    passage: &Passage,
    pair: &Pair<'_>,
) -> Option<Decimal> {
    const ROWS: [DisclosureRow; 2] = [DisclosureRow::Licences, DisclosureRow::Penalties];
    const KIND: &str = "行政";
    const REACH: usize = 150;
    let printed = text.printed();
    let first = &passage.mentions[pair.first];
    let from = printed.floor_char_boundary(first.digits.start.saturating_sub(REACH));
    let said = printed[from..first.digits.start].rsplit(MARKS).next()?;
    let label = |row: &DisclosureRow| report.form().disclosure.row_label(*row);
    let mut named =
        ROWS.into_iter().filter(|row| said.contains(label(row).trim_start_matches(KIND)));
    let row = named.next().filter(|_| named.next().is_none())?;
    let count = report.disclosure.entry(row, DisclosureColumn::Decisions).count()?;
    Some(Decimal::from(count))
}

fn report_turned(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    pair: &Pair<'_>,
    (turned, value): (Option<usize>, Decimal),
) {
    let way = if pair.up { "减少" } else { "增加" };
    let said = clause(text, &pair.change.phrase);
    let [now, base] = [value, pair.base.value].map(|value| shown(value, pair.base));
    let told = format!("本年 {now}，上年 {base}");
    for i in [pair.first, pair.first + 1].into_iter().chain(turned) {
        findings.held(passage, i, Held::Text(told.clone()));
    }
    let finding = findings.report(
        place(passage, text, &pair.change.digits),
        format!("文字写“{said}”，而本年是 {now}，上年是 {base}，是{way}"),
        format!("应为{way}"),
    );
    let at = place(passage, text, &pair.base.digits);
    finding.related.push(Label::new(at, "上年"));
    if let Some(turned) = turned {
        let at = place(passage, text, &passage.mentions[turned].digits);
        finding.related.push(Label::new(at, "本年"));
    }
    finding.help.push("三个数逐一核对，改正写错的那一个".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn changes_told_the_wrong_way_round() {
        for wrong in [
            "网站发布信息684条，其中要闻293条、公告391条。因专题撤并，总量比上年的731条增长6.4%。",
            "发布解读45篇。受机构调整影响，数量较上年的60篇增长25%。",
            "公众号推送图文318篇。推送总量比2022年的298篇下降6.7%。",
            "发布信息320条。发布量比上年的290条减少30条。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        let table = "[disclosure]\npenalties = 8";
        let wrong = "对8家企业作出行政处罚决定，处罚数量比上年增加4件，上年为12件。";
        check_text(RULE, wrong, table, 1);
    }

    #[test]
    fn changes_the_right_way_or_of_something_else() {
        for fine in [
            "网站发布信息684条，其中要闻293条、公告391条。因专题撤并，总量比上年的731条下降6.4%。",
            "发布信息320条，其中解读45篇。解读产品比上年的36篇增加9篇，增长25%。",
            "发布动态信息120条、公告100条。图片信息比上年的80条增加20条，增长25%。",
            "召开发布会12场。直播较2022年的9场减少3场。",
        ] {
            check_text(RULE, fine, "", 0);
        }
        let table = "[disclosure]\npenalties = 8";
        let fine = "对8家企业作出行政处罚决定，处罚数量比上年减少4件，上年为12件。";
        check_text(RULE, fine, table, 0);
    }
}
