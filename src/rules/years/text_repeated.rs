//! NB704: sections one and five are not written off from the year before.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, Section};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Narrative, Report};
use crate::rules::machinery::last_year;
use crate::rules::machinery::text::prescribed::is_prescribed;
use crate::rules::machinery::text::similarity::{Clause, Clauses};
use crate::rules::machinery::text::{Piece, Role, section_pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB704",
    name: "text-repeated",
    title: "文字与上年报告重复过多",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_REPETITION, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，第一、五两部分各有多少文字与上年第一、五部分重复，超过一半的提示，并指出较长的几处。算法：按句号、问号、感叹号、分号和换行断句，标题不算；每年都要这样写的句子（编制依据、统计期限、电子版的获取途径、联系方式，以及未收到申请、没有发生行政复议和行政诉讼一类）不计入；比较时不看标点、空格和数字，只改了数字的句子仍是重复；与上年某一句相同，或者其中每三个相连的字（依次取）有四分之三以上出现在上年的同一句里，算重复；重复率是重复各句的字数除以这一部分的总字数（标点计入，空格不计）。不到 100 字的部分不判断。界限用 [rules] similarity 另定，写百分数，例如 30。",
        why: "年度报告写的是这一年的工作和问题。格式文件规定，“内容雷同、敷衍塞责”并造成不良后果的，要追究责任。有的地方的评估拿上年文字比对，重复过半的扣分；过半这个界限不是国家规定。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中第五部分逐字相同\n[problems]\ntext = \"\"\"\n一是更新不及时，部分栏目超过三个月没有新的内容，群众反映查找不便。二是政策解读形式单一，以文字为主，图表和视频少，企业和基层单位反映不够直观。\n下一步，逐栏明确责任科室，按季度检查；与县融媒体中心合作，制作图解和短视频。\n\"\"\"",
        corrected: "[report]\nprevious = \"2022.toml\"\n[problems]\ntext = \"\"\"\n上年指出的栏目更新不及时，已经解决：各栏目都有了责任科室，两次检查没有再发现超期的栏目。政策解读已制作图解12期。\n新发现的问题：企业年报、招标公告等信息分散在四个平台，查找费时。改进情况：已着手在门户网站建立统一入口，明年三月启用。\n\"\"\"",
    },
    check,
};

/// The share that may be repeated, in percent, unless the data file says otherwise.
pub(in crate::rules) const LIMIT: u8 = 50;
/// A shorter section is not judged, in characters.
const SHORT: usize = 100;
/// The number of repeated passages a finding shows.
const SHOWN: usize = 5;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    let before: Vec<Piece<'_>> = [&last.overview, &last.problems]
        .into_iter()
        .zip(["overview", "problems"])
        .flat_map(|(narrative, key)| bodies(narrative, key))
        .collect();
    let before = Clauses::of(before.iter().map(Piece::printed));
    if before.is_empty() {
        findings.unassessed(last_year::not_filled(report, "第一、五部分的文字"));
        return;
    }
    check_section(report, &before, (&report.overview, "overview"), Section::Overview, findings);
    check_section(report, &before, (&report.problems, "problems"), Section::Problems, findings);
}

/// The paragraphs of a narrative, without its headings.
pub(in crate::rules) fn bodies<'a>(narrative: &'a Narrative, key: &str) -> Vec<Piece<'a>> {
    let pieces = section_pieces(narrative, key);
    pieces.into_iter().filter(|piece| piece.role == Role::Body).collect()
}

/// Clauses that are repeated one behind the other.
struct Passage<'p, 'a> {
    piece: &'p Piece<'a>,
    start: usize,
    end: usize,
    length: usize,
}

/// The extent of a section that stood in last year's report, in characters, and where.
struct Repeats<'p, 'a> {
    all: usize,
    repeated: usize,
    passages: Vec<Passage<'p, 'a>>,
}

/// Compares a section with last year's clauses; sentences that every report has count for neither.
fn repeats<'p, 'a>(pieces: &'p [Piece<'a>], before: &Clauses) -> Repeats<'p, 'a> {
    let (mut all, mut repeated) = (0, 0);
    let mut passages: Vec<Passage<'p, 'a>> = Vec::new();
    for piece in pieces {
        let mut behind_repeat = false;
        for Clause { range, length, repeated: is_repeat } in before.compare(piece.printed()) {
            if is_prescribed(&piece.printed()[range.clone()]) {
                behind_repeat = false;
                continue;
            }
            all += length;
            if is_repeat {
                repeated += length;
                match passages.last_mut().filter(|_| behind_repeat) {
                    Some(passage) => {
                        passage.end = range.end;
                        passage.length += length;
                    }
                    None => {
                        let (start, end) = (range.start, range.end);
                        passages.push(Passage { piece, start, end, length });
                    }
                }
            }
            behind_repeat = is_repeat;
        }
    }
    Repeats { all, repeated, passages }
}

fn check_section(
    report: &Report,
    before: &Clauses,
    (narrative, key): (&Narrative, &str),
    section: Section,
    findings: &mut Findings<'_>,
) {
    let pieces = bodies(narrative, key);
    let Repeats { all, repeated, mut passages } = repeats(&pieces, before);
    let limit = usize::from(report.settings.similarity.unwrap_or(LIMIT));
    if all < SHORT || repeated * 100 <= all * limit {
        return;
    }
    let title = report.form().section_title(section);
    let file = last_year::file(report);
    let finding = findings.report(
        Place::Key(FieldPath::new(key)),
        format!(
            "“{title}”有 {}% 的文字与上年重复（{all} 字中的 {repeated} 字），超过 {limit}%",
            repeated * 100 / all
        ),
        format!("重复 {}%", repeated * 100 / all),
    );
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.length));
    passages.truncate(SHOWN);
    for passage in &passages {
        let place = passage.piece.place(passage.start..passage.end);
        let label = format!("{} 字与上年重复", passage.length);
        finding.related.push(Label::new(place, label));
    }
    finding.help.push(format!(
        "对照 {file} 重写标出的各处：写本年做了什么、结果如何，上年的问题改了没有；只换数字不算重写"
    ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diag::Place;
    use crate::rules::testing::{check_years, report_of_last_year, run_given};
    use crate::source::SourceFile;

    const OLD: &str = "一是政策解读的形式还不够丰富，以文字解读为主，图表和视频解读较少；二是部分单位信息发布不够及时，个别栏目超过三个月没有更新；三是基层工作人员变动频繁，业务能力有待提高。";
    const NEW: &str = "上年指出的栏目更新不及时，已经通过每月巡查解决。今年第三方评估发现，企业年报、招标公告等信息分散在四个平台，群众查找不便，下一步将在门户网站建立统一入口。";

    const SHORT: &str = "上年指出的栏目更新不及时，已经通过每月巡查解决。";

    fn section(text: &str) -> String {
        format!("[problems]\ntext = '''\n{text}\n'''\n")
    }

    #[test]
    fn problems_that_are_those_of_last_year() {
        check_years(
            &RULE,
            &section(OLD),
            &format!("[problems]\n#^ % 的文字与上年重复\ntext = '''\n{OLD}\n{SHORT}'''\n"),
        );
    }

    #[test]
    fn the_longest_repeats_are_shown() {
        let last = report_of_last_year(&section(OLD));
        let this = section(&format!("{OLD}\n{SHORT}"));
        let this = format!("format = \"2021\"\nreport.year = 2023\n{this}");
        let found = run_given(&RULE, &SourceFile::parse("t", this), Some(&last));
        assert_eq!(found.len(), 1);
        let Place::Text(path, range) = &found[0].related[0].place else { panic!() };
        assert_eq!(path.as_str(), "problems.text");
        assert_eq!(range.len(), OLD.len());
    }

    #[test]
    fn what_every_report_says_in_the_same_words_is_no_copy() {
        let first = OLD.split_inclusive('；').next().unwrap();
        let same = "本报告所列数据的统计期限自1月1日起至12月31日止。本报告电子版可在县政府网站查阅和下载。全年未收到政府信息公开申请，上年无结转。没有发生因政府信息公开引起的行政复议、行政诉讼。";
        let this = section(&format!("{same}{NEW}{first}"));
        check_years(&RULE, &section(&format!("{same}{OLD}")), &this);
        // Nothing but such words is too short to be judged.
        check_years(&RULE, &section(same), &section(&format!("{same}{SHORT}")));
    }

    #[test]
    fn new_text_with_a_little_of_the_old() {
        let first = OLD.split_inclusive('；').next().unwrap();
        check_years(&RULE, &section(OLD), &section(&format!("{NEW}{first}")));
        check_years(&RULE, &section(OLD), &section("一是政策解读的形式还不够丰富。"));
        check_years(&RULE, "", &section(OLD));
    }

    #[test]
    fn an_office_sets_its_own_limit() {
        let first = OLD.split_inclusive('；').next().unwrap();
        let text = format!("{NEW}{first}");
        check_years(
            &RULE,
            &section(OLD),
            &format!("rules.similarity = 20\n[problems]\n#^ 超过 20%\ntext = '''\n{text}\n'''\n"),
        );
    }
}
