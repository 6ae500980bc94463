//! Years that the words round them rule out: a comparison with a year to come or with itself, what was done after the
//! report was published, the work plan of the year before.

use std::ops::Range;

use crate::prose::Lexicon;
use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::text::{Piece, Role, around};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::{WrittenDate, dates};
use crate::rules::machinery::year_words::StrayYears;

/// A year of a text with the words round it.
pub(super) struct Told<'a> {
    pub(super) piece: &'a Piece<'a>,
    /// The year that is named, and its place in the text.
    pub(super) named: u16,
    pub(super) range: Range<usize>,
    /// The sentence it stands in.
    pub(super) sentence: Range<usize>,
    /// The year of the report.
    pub(super) year: u16,
}

impl Told<'_> {
    /// Reports the year if it cannot be meant; true if it did.
    pub(super) fn judge(&self, findings: &mut Findings<'_>) -> bool {
        let Some((message, label)) = self.stray() else { return false };
        let finding = findings.report(self.piece.place(self.range.clone()), message, label);
        finding.help.push("改正年份，并检查是否沿用了往年的文字".to_owned());
        true
    }

    /// The message on a year that cannot be meant, and what it should be.
    fn stray(&self) -> Option<(String, String)> {
        let words = &WordLists::get().stray_years;
        let (named, year) = (self.named, self.year);
        let planned = || words.to_come.are_in(&self.piece.printed()[self.sentence.clone()]);
        let base = self.is_base(words);
        if base && named > year && !planned() {
            let message = format!("与{named}年相比，而报告年度是{year}年");
            return Some((message, format!("是否应为{}年", year - 1)));
        }
        if base && self.is_compared_with_itself(words) {
            return Some((format!("{named}年与{named}年相比"), format!("是否应为{}年", named - 1)));
        }
        let in_problems = self.piece.path.as_str().starts_with("problems");
        if named > year && !in_problems && self.is_appraised(words) && !planned() {
            let message = format!("说的是{named}年度的考核评议，报告年度是{year}年");
            return Some((message, format!("是否应为{year}年")));
        }
        if named + 1 == year && self.is_told_as_own(words) {
            let message = format!("这里要说的是{named}年的工作，报告年度是{year}年");
            return Some((message, format!("是否应为{year}年")));
        }
        if named == year && in_problems && self.is_plan_of_year(words) {
            let message = format!("打算中写的是{year}年，而{year}年就是报告年度");
            return Some((message, format!("是否应为{}年", year + 1)));
        }
        if named + 1 == year && self.is_old_plan(words) {
            let message = format!("印发的是{named}年的工作安排，报告年度是{year}年");
            return Some((message, format!("是否应为{year}年")));
        }
        None
    }

    fn before(&self) -> &str {
        self.piece.printed()[self.sentence.start..self.range.start].trim_end()
    }

    fn behind(&self) -> &str {
        self.piece.printed()[self.range.end..self.sentence.end].trim_start()
    }

    /// True if something is compared with the year: 比2024年, 较2022年减少.
    fn is_base(&self, words: &StrayYears) -> bool {
        words.compared.end_of(self.before()).is_some()
    }

    /// True if the sentence began with the same year, and both are whole years.
    fn is_compared_with_itself(&self, words: &StrayYears) -> bool {
        let whole = |behind: &str| {
            let month = behind.starts_with(|c: char| c.is_ascii_digit());
            !month && words.parts_of_years.start_of(behind).is_none()
        };
        let head = format!("{}年", self.named);
        let sentence = self.before();
        sentence.strip_prefix(&head).is_some_and(|behind| behind.starts_with('，'))
            && sentence.matches(&head).count() == 1
            && whole(self.behind())
    }

    /// True if an appraisal of the work of that year is told: 在2023年度全县政务公开考核中得91分.
    fn is_appraised(&self, words: &StrayYears) -> bool {
        const REACH: usize = 20;
        let Some(name) = self.behind().strip_prefix('度') else { return false };
        let name: String = name.chars().take(REACH).take_while(|c| *c != '，').collect();
        words.appraisals.are_in(&name)
    }

    /// True if the opening of the report says that it tells of that year: 现将2023年度工作情况报告如下.
    fn is_told_as_own(&self, words: &StrayYears) -> bool {
        let before = self.before();
        let clause = before.rsplit('，').next().unwrap_or_default();
        words.tells_now.end_of(clause).is_some()
            && words.work_told.are_in(self.behind().split('，').next().unwrap_or_default())
    }

    /// True if the year heads what is planned: 2025年打算：把公示时间写进考核.
    fn is_plan_of_year(&self, words: &StrayYears) -> bool {
        let head = self.before().is_empty();
        let name = self.behind().trim_start_matches('度');
        let plan = words.plans.start_of(name).map(|word| &name[word.len()..]);
        head && plan.is_some_and(|rest| rest.starts_with(['：', ':']))
    }

    /// True if a document on work to come was sent out for the year that was over: 印发《2023年政务公开工作要点》.
    fn is_old_plan(&self, words: &StrayYears) -> bool {
        const REACH: usize = 40;
        let before = self.before();
        let Some((said, name)) = before.rsplit_once('《') else { return false };
        let behind: String = self.behind().chars().take(REACH).collect();
        let Some((rest, _)) = behind.split_once('》') else { return false };
        let of_last_year = Lexicon::get().growth.last_year.are_in(said)
            || said.contains(&format!("{}年", self.named));
        !name.contains('》')
            && !of_last_year
            && words.sent_out.end_of(said).is_some()
            && words.on_work_to_come.end_of(rest).is_some()
    }
}

/// Reports days of what was done that come after the publication of the report.
pub(super) fn after_publication(report: &Report, piece: &Piece<'_>, findings: &mut Findings<'_>) {
    /// More findings in one text say nothing more.
    const MOST: usize = 5;
    /// Years that are farther ahead are written wrong in another way.
    const FAR: u16 = 20;
    let Some((year, month, _)) = report.header.day_of_publication() else { return };
    let aside = ["problems", "opening", "notes"];
    let told = piece.role == Role::Body
        && !aside.iter().any(|section| piece.path.as_str().starts_with(section));
    if !told {
        return;
    }
    let words = &WordLists::get().stray_years;
    let text = piece.printed();
    let is_later = |date: &WrittenDate| {
        let named = date.year.filter(|named| *named <= year + FAR);
        named.is_some_and(|named| (named, date.month) > (year, month))
    };
    let told_as_done = |date: &WrittenDate| {
        let sentence = sentence_of(text, &date.range);
        let before = text[sentence.start..date.range.start].trim_end();
        let behind = text[date.range.end..].trim_start();
        let ends =
            words.lasts_to.end_of(before).is_some() || words.due_then.start_of(behind).is_some();
        let quoted = before.matches('《').count() > before.matches('》').count();
        !ends && !quoted && !words.to_come.are_in(&text[sentence])
    };
    for date in dates(text).into_iter().filter(is_later).filter(told_as_done).take(MOST) {
        let written = &text[date.range.clone()];
        let message = format!("“{written}”在报告公布之后，叙述的是已经做了的事");
        let label = format!("报告{year}年{month}月公布");
        let finding = findings.report(piece.place(date.range), message, label);
        finding.help.push("改正日期；说的是今后安排的，写明“将”“拟”".to_owned());
    }
}

/// The sentence round some bytes, or the part of it between semicolons.
pub(super) fn sentence_of(text: &str, at: &Range<usize>) -> Range<usize> {
    around(text, at, &['。', '！', '？', '\n', '；'])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::other_year::RULE;

    #[test]
    fn years_that_cannot_be_meant() {
        for wrong in [
            "公众号关注人数3.7万，比2024年末净增0.5万。",
            "2022年，全市共新收申请221件，较2022年减少18件。",
            "在2024年度全县政务公开考核中，我局得91分，居第5位。",
            "印发《绥川市2022年政务公开工作要点》，分解任务21项。",
            "2024年11月举办视频培训，参训人员1860人。",
            "现将2022年度工作情况报告如下。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn years_that_are_meant() {
        for fine in [
            "公众号关注人数3.7万，比2022年末净增0.5万。",
            "2023年，全市共新收申请221件，较2022年减少18件。",
            "2023年，粉丝11万人，较2023年初增加2万人。",
            "2023年下半年新收40件，较2023年上半年增加3件。",
            "在2023年度全县政务公开考核中，我局得91分，居第5位。",
            "印发《绥川市2023年政务公开工作要点》，分解任务21项。",
            "2022年印发《绥川市2022年政务公开工作要点》，本年完成评估。",
            "公开《关于2022年国民经济计划执行情况的报告》。",
            "2024年1月通报了全年情况。",
            "现将2023年度工作情况报告如下。",
            "对照2022年度工作情况报告提出的问题逐项整改。",
            "项目将于2024年11月开工。",
            "公示期至2024年6月。",
            "审批平台2024年12月底前建成。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
