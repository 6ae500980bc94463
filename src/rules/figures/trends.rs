//! Figures of several years that are said to rise or to fall year by year, and do not: 逐年下降，2021年至2023年依次为1308件、1426件、1673件.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Mention, Passage};
use crate::report::{Report, Text};
use crate::rules::figures::judge::place;
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::year_words::TrendWords;
use crate::rules::{Findings, Held};

/// The marks that end a clause.
const MARKS: &[char] = &['，', '；', '。', '：', '、', '（', '）', '\n', ','];

/// Reports every trend that the figures of the years beside it contradict.
pub(super) fn judge_trends(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    let words = &WordLists::get().trends;
    let printed = text.printed();
    for series in series(words, passage, printed) {
        let told =
            before(words, printed, series.from).or_else(|| behind(words, printed, series.to));
        let Some(trend) = told else { continue };
        let said: Vec<&str> =
            series.figures().map(|i| &printed[passage.mentions[i].range.clone()]).collect();
        for figure in series.figures() {
            findings.held(passage, figure, Held::Text(format!("依次为 {}", said.join("、"))));
        }
        if !series.contradicts(&trend, report.header.year, &passage.mentions) {
            continue;
        }
        let way = if trend.rises { "上升" } else { "下降" };
        let message = format!(
            "文字写“{}”，而各年依次是 {}，不是逐年{way}的",
            &printed[trend.range.clone()],
            said.join("、")
        );
        let finding =
            findings.report(place(passage, text, &trend.range), message, "与各年的数不符");
        for (year, figure) in &series.years {
            let digits = &passage.mentions[*figure].digits;
            finding.related.push(Label::new(place(passage, text, digits), format!("{year}年")));
        }
        finding.help.push("核对各年的数，改正写错的那一个，或者改写升降".to_owned());
    }
}

/// A trend that a clause tells.
pub(super) struct Trend {
    /// The bytes of the clause.
    pub(super) range: Range<usize>,
    pub(super) rises: bool,
    /// The years for which it has gone on: 连续两年.
    pub(super) years: Option<usize>,
}

/// Figures of one thing, each of one year.
struct Series {
    /// The years and their figures, the earliest year first.
    years: Vec<(u16, usize)>,
    /// The byte where the first year or figure begins, and the one behind the last figure.
    from: usize,
    to: usize,
}

impl Series {
    fn figures(&self) -> impl Iterator<Item = usize> {
        self.years.iter().map(|(_, figure)| *figure)
    }

    /// True if one step from year to year goes against the trend.
    fn contradicts(&self, trend: &Trend, own: Option<u16>, mentions: &[Mention]) -> bool {
        let values: Vec<Decimal> = self.figures().map(|i| mentions[i].value).collect();
        let steps = values.windows(2).map(|pair| pair[1].cmp(&pair[0]));
        // 连续两年 ends with the year of the report, whose figure may stand elsewhere.
        let last = self.years.last().map(|(year, _)| *year);
        let told = own.is_some_and(|own| last.is_some_and(|last| last < own));
        let n = trend.years.map_or(values.len(), |n| n.saturating_sub(usize::from(told)).max(1));
        let against =
            if trend.rises { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
        steps.rev().take(n).any(|step| step == against)
    }
}

/// All rows of figures that are told with their years.
fn series(words: &TrendWords, passage: &Passage, text: &str) -> Vec<Series> {
    let mentions = &passage.mentions;
    let mut found = Vec::new();
    let mut first = 0;
    while first < mentions.len() {
        let one = Lead::before(words, text, mentions[first].digits.start);
        let row = one.and_then(|lead| row(words, mentions, text, first, lead));
        first = row.as_ref().and_then(|row| row.figures().max()).map_or(first, |last| last) + 1;
        found.extend(row);
    }
    found
}

/// The years that stand before a figure, with the byte where they begin.
struct Lead {
    years: Vec<u16>,
    from: usize,
}

impl Lead {
    /// 2021年; 2023年、2024年分别为; 2020年至2023年依次为.
    fn before(words: &TrendWords, text: &str, at: usize) -> Option<Self> {
        /// The most years of a row.
        const MOST: usize = 12;
        const YEAR: char = '年';
        let mut rest = text[..at].trim_end_matches([' ', '约']);
        if let Some(link) = words.links.end_of(rest) {
            rest = &rest[..rest.len() - link.len()];
        }
        let mut years = Vec::new();
        let mut signed = true;
        while years.len() < MOST {
            let part = rest.trim_end_matches('度');
            let part = part.strip_suffix(YEAR).or_else(|| (!signed).then_some(part));
            let Some((year, before)) = part.and_then(year_at_end) else { break };
            years.push(year);
            rest = before;
            let last = year;
            if let Some(span) = words.spans.end_of(rest) {
                let part = rest[..rest.len() - span.len()].trim_end_matches(['度', YEAR]);
                let (year, before) = year_at_end(part)?;
                let n = last.checked_sub(year).filter(|n| usize::from(*n) < MOST)?;
                years.extend((1..=n).map(|n| last - n));
                rest = before;
                break;
            }
            let Some(before) = rest.strip_suffix(['、', '和', '，']) else { break };
            signed = false;
            if year_at_end(before.trim_end_matches(YEAR)).is_none() {
                break;
            }
            rest = before;
        }
        years.reverse();
        (!years.is_empty()).then_some(Self { years, from: rest.len() })
    }
}

/// The year with which a text ends, and the text before it.
fn year_at_end(text: &str) -> Option<(u16, &str)> {
    const DIGITS: usize = 4;
    let start = text.len().checked_sub(DIGITS)?;
    let year = text.get(start..)?.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    let before = &text[..start];
    (!before.ends_with(|c: char| c.is_ascii_digit())).then_some((year, before))
}

/// The row of figures that begins with one, by the years before it or by one year before each.
fn row(
    words: &TrendWords,
    mentions: &[Mention],
    text: &str,
    first: usize,
    lead: Lead,
) -> Option<Series> {
    const MARKS: &[char] = &['、', '，', '；', '和', ','];
    /// The most figures of a row.
    const MOST: usize = 12;
    let begins = &mentions[first];
    let each = lead.years.len() == 1;
    let mut years: Vec<(u16, usize)> = Vec::new();
    for (nth, mention) in mentions[first..].iter().take(MOST).enumerate() {
        let plain = mention.exactness == Exactness::Exact && mention.same_unit(begins);
        let year = if nth == 0 {
            lead.years.first().copied()
        } else {
            let between = text.get(mentions[first + nth - 1].range.end..mention.digits.start)?;
            let own = between.strip_prefix(MARKS);
            match own {
                Some(own) if each => {
                    let own =
                        words.links.end_of(own).map_or(own, |link| &own[..own.len() - link.len()]);
                    own.strip_suffix('年')
                        .and_then(year_at_end)
                        .filter(|(_, rest)| rest.is_empty())
                        .map(|(year, _)| year)
                }
                Some("") => lead.years.get(nth).copied(),
                Some(_) | None => None,
            }
        };
        let Some(year) = year.filter(|_| plain) else { break };
        years.push((year, first + nth));
    }
    let complete = years.len() > 1 && (each || years.len() == lead.years.len());
    let to = mentions[years.last()?.1].range.end;
    years.sort_unstable();
    let once = years.windows(2).all(|two| two[0].0 < two[1].0);
    (complete && once).then_some(Series { years, from: lead.from, to })
}

/// The trend that the clause before a row tells.
fn before(words: &TrendWords, text: &str, at: usize) -> Option<Trend> {
    /// The bytes of the longest clause.
    const REACH: usize = 180;
    let said =
        words.begins.end_of(&text[..at]).map_or(&text[..at], |word| &text[..at - word.len()]);
    let said = said.trim_end_matches(MARKS);
    let from = said.floor_char_boundary(said.len().saturating_sub(REACH));
    let clause = said[from..].rsplit(MARKS).next()?;
    let marked = said.len() < at;
    trend(words, clause, said.len() - clause.len(), usize::MAX).filter(|_| marked)
}

/// The trend that the clause behind a row tells: ，呈逐年下降态势.
pub(super) fn behind(words: &TrendWords, text: &str, at: usize) -> Option<Trend> {
    /// The characters before the words for a trend; more name something else.
    const NEAR: usize = 4;
    let said = text[at..].strip_prefix(['，', '）', '；'])?;
    let said = said.trim_start_matches('，');
    let clause = said.split(MARKS).next()?;
    trend(words, clause, text.len() - said.len(), NEAR)
}

/// The trend that a clause tells.
fn trend(words: &TrendWords, clause: &str, start: usize, near: usize) -> Option<Trend> {
    let (at, steady) = words.steady.first_in(clause)?;
    let rest = &clause[at + steady.len()..];
    let (rises, falls) = (words.rises.are_in(rest), words.falls.are_in(rest));
    let counted = || whole_number(rest).filter(|(_, length)| rest[*length..].starts_with('年'));
    let years = words.in_a_row.has(steady).then(counted);
    // 连续作战 and 连续两次 tell no years.
    let years = match years {
        Some(counted) => Some(usize::try_from(counted?.0).ok()?),
        None => None,
    };
    let plain = rises != falls && !words.unsteady.are_in(clause);
    let close = clause[..at].chars().count() <= near;
    let range = start..start + clause.len();
    (plain && close).then_some(Trend { range, rises, years })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn figures_that_go_the_other_way() {
        for wrong in [
            "纠正率10.3%，已连续两年上升，2021年、2022年分别为12.6%、11.1%。",
            "近四年新收申请呈逐年下降走势，2019年至2022年依次为1308件、1426件、1673件、1592件。",
            "2021年189件、2022年218件、2023年247件，呈逐年下降态势。",
            "办件量持续增长：2021年为320件，2022年为298件，2023年为310件。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn figures_that_go_the_way_that_is_told() {
        for fine in [
            "纠正率10.3%，已连续两年下降，2021年、2022年分别为12.6%、11.1%。",
            "已连续两年下降，2020年、2021年、2022年分别为9.8%、12.6%、11.1%。",
            "近四年新收申请呈逐年上升走势，2019年至2022年依次为1308件、1426件、1573件、1592件。",
            "近四年新收申请呈波动上升走势，2019年至2022年依次为1308件、1426件、1673件、1592件。",
            "投诉逐年下降，新收申请2021年189件、2022年218件、2023年247件。",
            "2023年、2022年、2021年分别为247件、218件、189件，逐年增加。",
            "2021年189件、2022年218件、2023年247件，投诉举报数量却逐年下降。",
            "持续提升服务水平，2021年办理320件，2022年办理298件。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
