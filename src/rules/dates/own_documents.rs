//! Documents that a report cannot tell of yet: problems that its own pages name and that are done, accounts of its own year,
//! numbers of documents of years to come.

use std::ops::Range;

use super::stray_years::sentence_of;
use super::written_years::{Year, years};
use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::text::{CLAUSE_ENDS, Piece, Role, is_han};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::year_words::OwnDocuments;

/// Judges the year of a document that the report names. Returns whether it was wrong.
pub(super) fn of_own_documents(
    report: &Report,
    piece: &Piece<'_>,
    written: &Year,
    year: u16,
    findings: &mut Findings<'_>,
) -> bool {
    if piece.role != Role::Body {
        return false;
    }
    let words = &WordLists::get().own_documents;
    let text = piece.printed();
    let sentence = sentence_of(text, &written.range);
    let said = Said {
        words,
        whole: &text[sentence.clone()],
        before: &text[sentence.start..written.range.start],
        behind: &text[written.range.end..sentence.end],
        named: written.year,
        year,
    };
    let found = said.mended_problems().or_else(|| {
        // Who publishes his report late may tell of what came after the year.
        let late = report.header.day_of_publication().is_some_and(|day| day > (year + 1, 5, 31));
        said.accounts().filter(|_| !late)
    });
    let Some((message, right)) = found else { return false };
    let label = format!("是否应为{right}年");
    let finding = findings.report(piece.place(written.range.clone()), message, label);
    finding.help.push("改正年份，并检查是否沿用了往年的文字".to_owned());
    true
}

/// A year with its sentence.
struct Said<'a> {
    words: &'static OwnDocuments,
    whole: &'a str,
    before: &'a str,
    behind: &'a str,
    /// The year that is named, and that of the report.
    named: u16,
    year: u16,
}

impl Said<'_> {
    /// 2025年年度报告所列的问题已全部改进: the message and the right year, where that is the report at hand.
    fn mended_problems(&self) -> Option<(String, u16)> {
        let words = self.words;
        let clause = self.behind.split(['，', '。']).next()?;
        let rest = behind_report(words, clause)?.trim_start_matches(['中', '里']);
        let told = words.tells.start_of(rest)?;
        let (at, noun) = words.problems.first_in(&rest[told.len()..])?;
        let tail = &rest[told.len() + at + noun.len()..];
        let done = &self.behind[clause.len() - tail.len()..];
        let own = self.named >= self.year && words.mended.are_in(done);
        let planned = words.not_mended.are_in(self.whole) || self.names_later_year();
        let message =
            || format!("已经改好的应是上一年的年度报告所列的问题，这里写的是{}年的", self.named);
        (own && !planned).then(|| (message(), self.year - 1))
    }

    /// 2021年决算于8月20日公开: the message and the right year, where these accounts were not yet drawn up in the year of the report.
    fn accounts(&self) -> Option<(String, u16)> {
        let words = self.words;
        let behind = self.behind.trim_start_matches('度');
        let budget = name_of(words, behind, &words.budgets);
        let (rest, is_account) = match name_of(words, behind, &words.accounts) {
            Some(rest) => (rest, true),
            None => (budget?, false),
        };
        let right = if is_account { self.year - 1 } else { self.year };
        let clause = rest.split(CLAUSE_ENDS).next().unwrap_or_default();
        let discloses = words.discloses.are_in(clause);
        let of_day = begins_with_day(clause) && discloses;
        let by_words = words.is_published.start_of(clause).is_some() && discloses;
        let by_verb = words.disclosed.end_of(self.before.trim_end_matches(['《', '“'])).is_some()
            && words.discloses.start_of(clause).is_none();
        // A budget or accounts of a year before may be told of in other ways.
        let wrong = match (is_account, self.named) {
            (true, named) if named >= self.year => of_day || by_words || by_verb,
            (_, named) => of_day && named + 1 == right,
        };
        let other = words.not_disclosed.are_in(self.whole) || self.is_of_another_year();
        let name = if is_account { &words.accounts } else { &words.budgets };
        let message = || {
            format!("{}年内公开的应是{right}年的{name}，这里写的是{}年的", self.year, self.named)
        };
        (wrong && !other).then(|| (message(), right))
    }

    fn names_later_year(&self) -> bool {
        years(self.whole).iter().any(|other| other.year > self.named.max(self.year))
    }

    /// True if the sentence begins with another year than that of the report, or names one to come.
    fn is_of_another_year(&self) -> bool {
        let heads = years(self.before).first().is_some_and(|head| {
            let alone = self.before[head.range.end..]
                .starts_with(|c: char| c == '，' || c.is_ascii_digit());
            alone && head.year != self.year
        });
        heads || self.names_later_year()
    }
}

/// The words behind the name of a yearly report with which a text begins: 度政府信息公开工作年度报告》.
fn behind_report<'a>(words: &OwnDocuments, text: &'a str) -> Option<&'a str> {
    /// As far behind the year as the name of a body reaches.
    const REACH: usize = 24;
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
    let (at, name) = words.reports.iter().find_map(|name| {
        let at = text[..end].find(name)?;
        (at == 0 || words.report_leads.end_of(&text[..at]).is_some()).then_some((at, name))
    })?;
    let own = text[..at].chars().all(is_han);
    own.then(|| text[at + name.len()..].trim_start_matches(['》', '”', '）']))
}

/// The words behind the name of the accounts or the budget of a year with which a text begins: 省级部门决算.
fn name_of<'a>(words: &OwnDocuments, text: &'a str, name: &str) -> Option<&'a str> {
    const REACH: usize = 16;
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
    let at = text[..end].find(name)?;
    let lead = &text[..at];
    let plain = lead.chars().all(|c| is_han(c) || matches!(c, '“' | '”'));
    let rest = &text[at + name.len()..];
    let rest = words.behind_accounts.start_of(rest).map_or(rest, |word| &rest[word.len()..]);
    (plain && !words.not_of_accounts.are_in(lead)).then_some(rest)
}

/// True if a clause begins with a day without its year: 于8月20日集中公开.
fn begins_with_day(clause: &str) -> bool {
    let clause = clause.trim_start_matches(['已', '均', '于', '在', '经']);
    let digits = clause.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && clause[digits..].starts_with('月')
}

/// True if a year stands in the name of a report that the clause makes public: 现公布某某县2019年政府信息公开工作年度报告.
pub(super) fn is_announced(piece: &Piece<'_>, written: &Year) -> bool {
    let words = &WordLists::get().own_documents;
    let text = piece.printed();
    let sentence = sentence_of(text, &written.range);
    let before = text[sentence.start..written.range.start].rsplit(['，', ',']).next();
    let clause = before.unwrap_or_default().trim_start();
    let behind = text[written.range.end..sentence.end].split(['，', ',']).next();
    let behind = behind.unwrap_or_default().trim_end();
    let Some(end) = behind_report(words, behind) else { return false };
    // 现将2019年度报告整改情况公布如下 is of something else.
    let ends = end.is_empty() || words.announced.has(end);
    let shown = words.discloses.are_in(clause) || end.contains("如下") || !end.is_empty();
    words.announces.start_of(clause).is_some() && ends && shown
}

/// Reports numbers of documents whose year is still to come, or is before there were any: 〔2032〕1号.
pub(super) fn of_numbers(piece: &Piece<'_>, year: u16, findings: &mut Findings<'_>) {
    for (named, range) in numbered_years(piece.printed()) {
        if (FIRST..=year + 1).contains(&named) {
            continue;
        }
        let message = format!("文号中的年份是{named}年，报告年度是{year}年");
        let finding = findings.report(piece.place(range), message, "没有这一年的文件");
        finding.help.push("对照原文件，改正文号".to_owned());
    }
}

/// The year from which on documents are numbered.
const FIRST: u16 = 1949;

/// The years in the brackets of document numbers, with their bytes.
fn numbered_years(text: &str) -> Vec<(u16, Range<usize>)> {
    const DIGITS: usize = 4;
    /// More in one text say nothing more.
    const MOST: usize = 200;
    let found = text.match_indices(['〔', '[', '［', '【']).take(MOST).filter_map(|(at, open)| {
        let start = at + open.len();
        let inside = &text[start..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let named = inside[..digits].parse().ok().filter(|_| digits == DIGITS)?;
        let serial = inside[digits..].strip_prefix(['〕', ']', '］', '】'])?;
        let serial = serial.trim_start_matches('第');
        let length = serial.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = length > 0 && serial[length..].trim_start().starts_with('号');
        is_number.then_some((named, start..start + digits))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check_text, run};
    use crate::source::SourceFile;

    const RULE: &crate::rules::Rule = &super::super::other_year::RULE;

    fn problems(text: &str) -> usize {
        let text =
            format!("format = \"2021\"\n[report]\nyear = 2023\n[problems]\ntext = \"{text}\"\n");
        run(RULE, &SourceFile::parse("test.toml", text)).len()
    }

    #[test]
    fn problems_of_this_report_that_are_done() {
        for wrong in [
            "培训不够。2023年年度报告所列的问题已全部整改到位。",
            "2023年度报告中指出的“解读形式单一”问题，已通过增加图解得到改进。",
            "2023年政府信息公开工作年度报告反映的3个不足均已解决。",
            "2023年报查找的问题已经完成整改。",
        ] {
            assert_eq!(problems(wrong), 1, "{wrong}");
        }
        for fine in [
            "培训不够。2022年年度报告所列的问题已全部整改到位。",
            "2023年度报告所列的问题，将在2024年全部整改到位。",
            "2023年年度报告反映的问题已列入下年台账。",
            "2023年度绩效评估报告指出的问题已全部整改。",
            "对企业2023年度审计报告指出的问题均已督促整改。",
            "2023年年度报告所列的问题主要有两个。",
        ] {
            assert_eq!(problems(fine), 0, "{fine}");
        }
    }

    #[test]
    fn accounts_that_were_not_drawn_up_yet() {
        for wrong in [
            "2023年部门预算于2月10日集中公开，2023年部门决算于8月16日集中公开。",
            "2023年“三公”经费决算已全部公开。",
            "按时公开2023年度部门决算，接受监督。",
            "2022年部门预算于2月10日集中公开，2022年部门决算于8月16日集中公开。",
            "2021年决算9月3日公布。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        for fine in [
            "2023年部门预算于2月10日集中公开，2022年部门决算于8月16日集中公开。",
            "2023年部门决算将于次年8月公开。2023年决算定于2024年8月公开。",
            "做好2023年预决算公开工作。2023年部门预算、决算已全部公开。",
            "2023年决算公开率100%。公开2022年部门决算和2023年部门预算。",
            "2022年9月，2021年部门决算于9月3日公布。",
            "三公经费比2022年预算压减2%。2023年，决算于8月16日公开。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }

    #[test]
    fn the_report_that_is_announced() {
        for wrong in [
            "按照《条例》的要求，现公布碧溪县2022年政府信息公开工作年度报告。",
            "现将碧溪县2022年度政府信息公开工作年度报告公布如下。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        for fine in [
            "按照《条例》的要求，现公布碧溪县2023年政府信息公开工作年度报告。",
            "1月公布2022年政府信息公开工作年度报告。",
            "现将2022年度政府信息公开工作年度报告整改情况公布如下。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }

    #[test]
    fn numbers_of_years_to_come() {
        for wrong in ["印发《办法》（碧文旅规〔2032〕1号）。", "碧政办发〔1203〕5号文件。"]
        {
            check_text(RULE, wrong, "", 1);
        }
        let fine = "碧文旅规〔2023〕1号，碧政办发〔2024〕2号，国发〔1998〕3号，〔2032〕。";
        check_text(RULE, fine, "", 0);
    }
}
