//! NB815: laws, notices, the fee and the report itself bear their official names.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Words;
use crate::report::Report;
use crate::rules::machinery::days_in_force::other_days;
use crate::rules::machinery::document_numbers::other_decree;
use crate::rules::machinery::notice_names::{misnamed_form, misnamed_issuer};
use crate::rules::machinery::official_names::{
    Misnamed, miscoded, misnamed, misnumbered, misnumbered_form,
};
use crate::rules::machinery::text::dictionary::Dictionary;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB815",
    name: "official-name-wrong",
    title: "法规、文件、费用或本报告的名称写错",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::REGULATION_50, law::FORMAT_2021],
    editions: Edition::ALL,
    docs: Docs {
        what: "所引法规和通知的名称有没有写错，文号与名称是否相符，所引《条例》的条号是否存在，所写的法律法规的施行日期对不对；信息处理费和本报告有没有写成别的名称；2019年起施行的条例到今天还称为新条例的，只作提示。",
        why: "名称和文号写错，读者找不到原文，申请人也可以据此质疑编制依据。",
        example: "[opening]\ntext = \"根据《国务院政府信息公开条例》编制本报告。\"",
        corrected: "[opening]\ntext = \"根据《中华人民共和国政府信息公开条例》编制本报告。\"",
    },
    check,
};

/// The year from which on nobody calls the Regulation of 2019 new.
const NO_LONGER_NEW: u16 = 2021;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Misnomer {
    /// Another name; what to write.
    Name(String),
    /// The number of another document; what to write.
    Number(String),
    /// Another name of this report.
    Report,
    /// A shorter one, or one in another order.
    ReportNearly,
    /// 新《条例》.
    New,
    /// An article that the Regulation has not.
    Article,
    /// A day on which a law did not come into force: its name, and the day on which it did.
    Day(&'static str, String),
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    let year = report.header.year;
    let is_late = year.is_some_and(|year| year >= NO_LONGER_NEW);
    for piece in pieces(report) {
        let text = piece.printed();
        for (misnomer, range) in of_documents(text) {
            seen.add(misnomer, &piece, range);
        }
        for range in no_such_article(text) {
            seen.add(Misnomer::Article, &piece, range);
        }
        for day in other_days(text) {
            seen.add(Misnomer::Day(day.law, day.right), &piece, day.range);
        }
        let opens = piece.path.as_str() == "opening.text";
        if piece.role != Role::Title {
            let lists = WordLists::get();
            let wrong = names_of_this_report(text, opens, &lists.wrong_report_names, year);
            let nearly = names_of_this_report(text, false, &lists.near_report_names, year);
            let told = |range: &Range<usize>| {
                wrong.iter().any(|w| w.start < range.end && range.start < w.end)
            };
            for range in nearly.into_iter().filter(|range| !told(range)) {
                seen.add(Misnomer::ReportNearly, &piece, range);
            }
            for range in wrong {
                seen.add(Misnomer::Report, &piece, range);
            }
        }
        if is_late {
            for range in still_new(text) {
                seen.add(Misnomer::New, &piece, range);
            }
        }
    }
    tell(seen, report.form().report_name, findings);
}

/// Wrong names and numbers of laws, notices, the form and its issuer; one of each place.
fn of_documents(text: &str) -> Vec<(Misnomer, Range<usize>)> {
    let name = |found: Misnamed| (Misnomer::Name(found.right), found.range);
    let number = |found: Misnamed| (Misnomer::Number(found.right), found.range);
    let title = law::REGULATION_50.title.trim_matches(['《', '》']);
    let decree = other_decree(text, title, law::REGULATION_50.number)
        .map(|range| (Misnomer::Number(law::REGULATION_50.number.to_owned()), range));
    let listed = names().find(text);
    let without_fee: Vec<Range<usize>> =
        sentences(text).filter(|sentence| !text[sentence.clone()].contains(FEE)).collect();
    let listed = listed.filter(|hit| !is_of_another(&hit.entry.right, &without_fee, hit.start));
    let listed = listed.map(|hit| {
        (Misnomer::Name(hit.entry.right.clone()), hit.start..hit.start + hit.entry.wrong.len())
    });
    let all = misnamed(text).into_iter().map(name);
    let all = all.chain(misnumbered(text).into_iter().map(number)).chain(decree);
    let all = all.chain(misnumbered_form(text).into_iter().chain(miscoded(text)).map(number));
    let all = all.chain(misnamed_form(text).into_iter().chain(misnamed_issuer(text)).map(name));
    let mut told = Told::default();
    all.chain(listed).filter(|(_, range)| told.adds(range)).collect()
}

/// Places that do not overlap.
#[derive(Default)]
struct Told {
    /// The end of each by its start.
    ends: BTreeMap<usize, usize>,
}

impl Told {
    /// Adds a place where it overlaps none; false where it does.
    fn adds(&mut self, place: &Range<usize>) -> bool {
        let last = self.ends.range(..place.end).next_back();
        let is_apart = last.is_none_or(|(_, end)| *end <= place.start);
        if is_apart {
            self.ends.insert(place.start, place.end);
        }
        is_apart
    }
}

/// Reports the names, each with all places where it was seen; `name` is that of the report.
fn tell(seen: Sightings<Misnomer>, name: &str, findings: &mut Findings<'_>) {
    for seen in seen.into_kinds() {
        let words = &seen.words;
        let (severity, message, help) = match &seen.kind {
            Misnomer::Name(right) => (
                RULE.severity,
                format!("“{words}”名称有误，应为“{right}”"),
                format!("改为“{right}”"),
            ),
            Misnomer::Number(right) => {
                (RULE.severity, format!("文号“{words}”有误，应为{right}"), format!("改为{right}"))
            }
            Misnomer::Report | Misnomer::ReportNearly => (
                if seen.kind == Misnomer::Report { RULE.severity } else { Severity::Hint },
                format!("“{words}”不是本报告的名称"),
                format!("说的是本报告的，改为“{name}”"),
            ),
            Misnomer::Article => (
                RULE.severity,
                format!("《条例》没有{words}"),
                format!("《条例》的最后一条是{}，核对条号", law::REGULATION_56.article),
            ),
            Misnomer::Day(law, right) => (
                Severity::Error,
                format!("《{law}》不是{words}施行的，施行的日期是{right}"),
                format!("改为{right}"),
            ),
            Misnomer::New => (
                Severity::Hint,
                format!("“{words}”：《条例》2019年5月15日起施行，已经不新"),
                "写成《条例》，或者写明是哪一年修订的".to_owned(),
            ),
        };
        let finding =
            findings.report_as(severity, seen.first(), format!("{message}{}", seen.times()), "");
        seen.show_others(finding);
        finding.help.push(help);
        finding.basis = basis(&seen.kind);
    }
}

/// The provision in which the right name or number stands.
fn basis(misnomer: &Misnomer) -> Vec<law::Provision> {
    if let Misnomer::Day(law, _) = misnomer {
        let own = law::REGULATION_56.title.contains(law).then_some(law::REGULATION_56);
        let named = law::ALL.iter().find(|provision| provision.title.contains(law));
        let named = named.map(|law| law::Provision { article: "", ..*law });
        return vec![own.or(named).unwrap_or(law::REGULATION_50)];
    }
    let (Misnomer::Name(right) | Misnomer::Number(right)) = misnomer else {
        return vec![law::REGULATION_50];
    };
    let named = [law::FEE_2020, law::FORMAT_2021]
        .into_iter()
        .find(|provision| provision.title.contains(right.as_str()) || provision.number == right);
    let fee = right.contains("处理费").then_some(law::FEE_2020);
    vec![named.or(fee).unwrap_or(law::REGULATION_50)]
}

/// The words of sentences in which the notice on the fee may be named.
const FEE: &str = "处理费";

/// True if a number near that of the notice on the fee stands in one of the sentences that speak of something else.
fn is_of_another(right: &str, without_fee: &[Range<usize>], at: usize) -> bool {
    let next = without_fee.partition_point(|sentence| sentence.end <= at);
    right == law::FEE_2020.number && without_fee.get(next).is_some_and(|one| one.contains(&at))
}

fn names() -> &'static Dictionary {
    static READ: OnceLock<Dictionary> = OnceLock::new();
    // A test keeps the file readable.
    READ.get_or_init(|| Dictionary::read(&[include_str!("data/names.txt")]).unwrap_or_default())
}

/// Other names of the report where it speaks of itself: in the opening, or as what is drawn up or published for a year.
fn names_of_this_report(
    text: &str,
    opens: bool,
    names: &Words,
    own: Option<u16>,
) -> Vec<Range<usize>> {
    let lists = WordLists::get();
    let own = own.map(|year| format!("{year}年"));
    let (mut found, mut told) = (Vec::new(), Told::default());
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let makes = || lists.makes_report.are_in(words) && words.contains('年');
        if !names.are_in(words) || !opens && !makes() {
            continue;
        }
        let own_ends =
            own.as_ref().map(|own| words.find(own).map_or(usize::MAX, |at| at + own.len()));
        for name in names.iter() {
            let (mut from, mut depth) = (0, 0_isize);
            for (at, _) in words.match_indices(name) {
                let range = sentence.start + at..sentence.start + at + name.len();
                // 关于做好政务公开工作报告编制的通知 names another document.
                let marks = |mark: char| words[from..at].matches(mark).count().cast_signed();
                depth += marks('《') - marks('》');
                from = at;
                let year = words[..at].ends_with("年度") || words[..at].ends_with('年');
                // 编制2023年政务公开工作总结 is of another year.
                let other = own_ends.is_some_and(|end| end > at);
                // 现将2024年政府信息公开工作报告如下 ends with a verb.
                let verb =
                    name.ends_with("工作报告") && words[at + name.len()..].starts_with("如下");
                let is_own = depth <= 0 && !verb && (opens || year && !other);
                if is_own && told.adds(&range) {
                    found.push(range);
                }
            }
        }
    }
    found
}

/// Articles behind the name of the Regulation that are beyond its last one.
fn no_such_article(text: &str) -> Vec<Range<usize>> {
    const FIRST: char = '第';
    /// The characters behind the name in which the article stands, with the number of the decree between.
    const FARTHEST: usize = 60;
    let title = law::REGULATION_50.title.trim_matches(['《', '》']);
    let last = article(law::REGULATION_56.article.trim_matches([FIRST, '条']));
    // 《条例》 may stand for another one where there are several.
    let others = text.matches("条例》").count() - text.matches("《条例》").count();
    let ours = text.matches("信息公开条例》").count() == others;
    let mut found = Vec::new();
    let mut opens = None;
    for (at, mark) in text.match_indices(['《', '》']) {
        if mark == "《" {
            opens = Some(at + mark.len());
            continue;
        }
        let Some(start) = opens else { continue };
        let name = &text[start..at];
        let short = name == "条例" && ours;
        let whole = name.ends_with("信息公开条例") && title.ends_with(name);
        if !short && !whole {
            continue;
        }
        let behind = &text[at + mark.len()..];
        let end = behind.char_indices().nth(FARTHEST).map_or(behind.len(), |(at, _)| at);
        let mut rest = &behind[..end];
        if rest.starts_with('（')
            && let Some((_, behind)) = rest.split_once('）')
        {
            rest = behind;
        }
        let Some((number, _)) = rest.strip_prefix(FIRST).and_then(|rest| rest.split_once('条'))
        else {
            continue;
        };
        if article(number) > last {
            let start = at + mark.len() + end - rest.len();
            let length = FIRST.len_utf8() + number.len() + '条'.len_utf8();
            found.push(start..start + length);
        }
    }
    found
}

/// The number of an article, in Chinese or Arabic figures, up to 99.
fn article(number: &str) -> Option<u16> {
    const FIGURES: &str = "一二三四五六七八九";
    let figure = |word: &str| {
        let at = FIGURES.find(word).filter(|_| word.chars().count() == 1)?;
        u16::try_from(at / word.len() + 1).ok()
    };
    if let Ok(number) = number.parse() {
        return Some(number);
    }
    let Some((tens, ones)) = number.split_once('十') else { return figure(number) };
    let tens = if tens.is_empty() { 1 } else { figure(tens)? };
    let ones = if ones.is_empty() { 0 } else { figure(ones)? };
    Some(tens * 10 + ones)
}

/// 新《条例》, 新修订的《中华人民共和国政府信息公开条例》.
fn still_new(text: &str) -> Vec<Range<usize>> {
    const NEW: &str = "新";
    let lists = WordLists::get();
    let regulation = law::REGULATION_50.title.trim_matches(['《', '》']);
    let mut found = Vec::new();
    for (at, _) in text.match_indices(NEW) {
        if lists.new_of_other_words.end_of(&text[..at]).is_some() {
            continue;
        }
        let rest = &text[at + NEW.len()..];
        let named = lists.revised.iter().find_map(|word| {
            let rest = rest.strip_prefix(word)?;
            let marked = rest.strip_prefix('《').and_then(|name| name.split_once('》'));
            match marked {
                Some((name, _)) if name.ends_with("条例") && regulation.ends_with(name) => {
                    Some(word.len() + name.len() + 2 * '《'.len_utf8())
                }
                Some(_) => None,
                None => rest.starts_with("条例").then(|| word.len() + "条例".len()),
            }
        });
        found.extend(named.map(|length| at..at + NEW.len() + length));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::machinery::text::dictionary::Dictionary;
    use crate::rules::testing::points_at;

    fn opening(text: &str, expected: &[(&str, &str)]) {
        points_at(
            &RULE,
            &format!("[report]\nyear = 2024\n[opening]\ntext = '''\n{text}\n'''\n"),
            expected,
        );
    }

    #[test]
    fn the_regulation_and_the_notice() {
        opening(
            "根据《国务院政府信息公开条例》编制。",
            &[("国务院政府信息公开条例", "中华人民共和国政府信息公开条例")],
        );
        opening(
            "根据《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕31号）编制。",
            &[("国办公开办函〔2021〕31号", "国办公开办函〔2021〕30号")],
        );
    }

    #[test]
    fn the_fee_and_the_report() {
        opening(
            "根据国办公开辨函〔2021〕30号文件编制。",
            &[("国办公开辨函〔2021〕30号", "国办公开办函〔2021〕30号")],
        );
        opening(
            "按照国办函〔2021〕109号文件，未收取信息处理费。",
            &[("国办函〔2021〕109号", "国办函〔2020〕109号")],
        );
        opening("落实《关于同意建立联席会议制度的函》（国办函〔2021〕109号）。", &[]);
        opening("本年度未收取信息公开处理费。", &[("信息公开处理费", "信息公开信息处理费")]);
        opening("现公布2024年政务公开工作报告。", &[("政务公开工作报告", "不是本报告的名称")]);
        opening(
            "现公布某某县水利局2024年度政府信息公开年度工作报告。",
            &[("政府信息公开年度工作报告", "不是本报告的名称")],
        );
        opening(
            "特编制2024年信息公开工作年度报告。",
            &[("信息公开工作年度报告", "不是本报告的名称")],
        );
        opening("现将2024年度政府信息公开工作报告如下：", &[]);
        opening("编制2023年政务公开工作总结，编制2023—2024学年信息公开工作年度报告。", &[]);
        opening("编制2024年政府信息公开工作年度报告，做好政府信息公开工作总结。", &[]);
    }

    #[test]
    fn the_regulation_without_book_marks_or_with_an_old_decree() {
        opening("根据政务信息公开条例规定编制。", &[("政务信息公开条例", "政府信息公开条例")]);
        opening(
            "根据《政府信息公开条例》（国务院令第492号）编制。",
            &[("国务院令第492号", "国务院令第711号")],
        );
        opening(
            "根据《国务院办公厅关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》编制。",
            &[(
                "国务院办公厅关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
                "国务院办公厅政府信息与政务公开办公室",
            )],
        );
        opening(
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条和《条例》第六十六条编制。",
            &[("第六十六条", "《条例》没有")],
        );
        opening("《某市档案条例》（以下简称《条例》）第六十六条，《条例》第五十条。", &[]);
        opening("根据《某省政务信息公开条例》《政府信息公开管理办法》编制。", &[]);
    }

    #[test]
    fn a_regulation_that_is_no_longer_new() {
        opening("按照新《条例》办理。", &[("新《条例》", "已经不新")]);
        opening(
            "按照新修订的《政府信息公开条例》办理。",
            &[("新修订的《政府信息公开条例》", "2019年")],
        );
        opening("更新《条例》专栏，宣传新《行政复议法》、新行政复议法，修订《条例》释义。", &[]);
    }

    #[test]
    fn right_names() {
        opening(
            "根据《中华人民共和国政府信息公开条例》和《关于做好2024年政务公开工作报告的通知》编制，收取信息处理费，政府信息公开信息处理费，政务公开工作，政府工作报告。",
            &[],
        );
    }

    #[test]
    fn the_list_is_well_formed() {
        let dictionary = Dictionary::read(&[include_str!("data/names.txt")]).unwrap();
        for entry in dictionary.entries() {
            assert!(dictionary.find(&entry.right).next().is_none(), "{entry:?}");
        }
    }
}
