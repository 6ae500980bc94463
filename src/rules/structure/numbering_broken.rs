//! NB008: numbers of items begin at the beginning and leave nothing out.

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Marker, Style, leading, markers};
use crate::rules::machinery::text::{Piece, Role, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB008",
    name: "numbering-broken",
    title: "层次序号不连续，或与程序的编号重复",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::LAYOUT_NUMBERING],
    editions: Edition::ALL,
    docs: Docs {
        what: "各部分文字中的序号（“（一）”“1.”“（1）”“①”“一是”）是否从第一项开始、逐项连续；[[….parts]] 的标题由程序编号，标题里是否又写了序号，段内是否又用了同级的“（一）”。",
        why: "层次序数依次可以用“一、”“（一）”“1.”“（1）”。有“（二）”没有“（一）”、“一是”之后直接“三是”，多半是删改时漏了内容或者漏改了序号。",
        example: "[problems]\ntext = '''\n1.公开不够及时。\n（二）改进措施\n1.完善制度。\n'''",
        corrected: "[problems]\ntext = '''\n（一）存在的主要问题\n1.公开不够及时。\n（二）改进措施\n1.完善制度。\n'''",
    },
    check,
};

/// A text whose numbers break more often than this is no list.
const MOST: usize = 10;

/// The last item of each style, with its place in the text; an item ends the lists below it.
#[derive(Default)]
struct Lists(Vec<(Style, u32, std::ops::Range<usize>)>);

impl Lists {
    fn last(&self, style: Style) -> Option<&(Style, u32, std::ops::Range<usize>)> {
        self.0.iter().find(|(s, ..)| *s == style)
    }

    fn set(&mut self, marker: &Marker) {
        // Running lists stand inside an item of any level and end none but themselves.
        let running = matches!(marker.style, Style::Running | Style::Ordinal);
        self.0.retain(
            |(style, ..)| if running { *style != marker.style } else { *style < marker.style },
        );
        self.0.push((marker.style, marker.number, marker.range.clone()));
    }
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    for piece in pieces(report) {
        match piece.role {
            Role::Heading => heading(&piece, findings),
            Role::Body => body(&piece, findings),
            Role::Title | Role::Note => {}
        }
    }
}

/// A heading is numbered by the program, so a number of its own would stand beside it.
fn heading(piece: &Piece<'_>, findings: &mut Findings<'_>) {
    let text = piece.printed();
    let Some(marker) = leading(text.trim_start()) else { return };
    if matches!(marker.style, Style::Running | Style::Ordinal) {
        return;
    }
    let start = text.len() - text.trim_start().len();
    let words = &text[start..start + marker.range.end];
    let message = format!("标题里写了“{words}”，程序还会在前面加上序号");
    findings
        .report(piece.place(start..start + words.len()), message, "删去序号")
        .help
        .push("标题只写文字，序号由程序按（一）（二）编排".to_owned());
}

fn body(piece: &Piece<'_>, findings: &mut Findings<'_>) {
    let text = piece.printed();
    let mut lists = Lists::default();
    let mut clash = false;
    let mut top: Option<Marker> = None;
    let before = findings.list.len();
    for marker in markers(text) {
        if findings.list.len() - before >= MOST {
            return;
        }
        let words = &text[marker.range.clone()];
        let place = || piece.place(marker.range.clone());
        if marker.style == Style::Top {
            lists.0.clear(); // NB002 and NB009 judge it.
            // 三则：一、……；二、……；三、……: items of one line.
            let last =
                top.take().filter(|last| !text[last.range.end..marker.range.start].contains('\n'));
            if let Some(last) = last.filter(|_| marker.number != 1) {
                follows(piece, (last.number, &last.range), &marker, findings);
            }
            top = Some(marker);
            continue;
        }
        if marker.style == Style::Second && piece.path.as_str().contains(".parts[") {
            if !clash {
                let message =
                    format!("这一部分由程序编了“（一）”一级的序号，段内又用了同级的“{words}”");
                let finding = findings.report(place(), message, "应低一级");
                finding.help.push("改用“1.”，或者另列一部分 [[….parts]]，由程序编号".to_owned());
            }
            clash = true;
        } else if marker.number != 1 {
            match lists.last(marker.style) {
                None if marker.style == Style::Ordinal => {} // 首先……，第二，……
                // 存在一是……；二是……: the first item stands in the middle of a clause.
                None if marker.number == 2
                    && text[..marker.range.start].contains(first(words, marker.style)) => {}
                None => {
                    let message = format!("“{words}”前面没有“{}”", first(words, marker.style));
                    let finding = findings.report(place(), message, "不是从第一项开始");
                    if let Some((_, _, range)) = lists.0.last() {
                        let shown = Label::new(piece.place(range.clone()), "前面的序号");
                        finding.related.push(shown);
                    }
                    finding.help.push("补上漏写的前一项，或者改正序号".to_owned());
                }
                Some((_, last, range)) => follows(piece, (*last, range), &marker, findings),
            }
        }
        lists.set(&marker);
    }
}

/// Judges the number of an item behind that of the item before it in its list.
fn follows(
    piece: &Piece<'_>,
    (last, range): (u32, &std::ops::Range<usize>),
    marker: &Marker,
    findings: &mut Findings<'_>,
) {
    if marker.number == last + 1 {
        return;
    }
    let text = piece.printed();
    let (before, words) = (&text[range.clone()], &text[marker.range.clone()]);
    let message = if marker.number == last {
        format!("“{words}”写了两次")
    } else {
        format!("“{before}”之后是“{words}”，序号不连续")
    };
    let finding = findings.report(piece.place(marker.range.clone()), message, "序号不连续");
    finding.related.push(Label::new(piece.place(range.clone()), "前一项"));
    finding.help.push("补上漏写的一项，或者改正序号".to_owned());
}

/// The first item of a list as written.
fn first(words: &str, style: Style) -> &str {
    match style {
        Style::Top => "一、",
        Style::Second => "（一）",
        Style::Third => "1.",
        Style::Fourth if words.starts_with(['（', '(']) => "（1）",
        Style::Fourth => "1）",
        Style::Circled => "①",
        Style::Running => "一是",
        Style::Ordinal => "第一，",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn problems(text: &str) {
        check(&RULE, &format!("[problems]\ntext = '''\n{text}'''\n"));
    }

    #[test]
    fn s002_08_a_second_without_a_first() {
        problems(
            "1.主动性不强。\n2.人手不足。\n（二）改进措施\n#< 前面没有“（一）”\n1.加强培训。\n2.充实人手。\n",
        );
    }

    #[test]
    fn an_item_left_out_or_written_twice() {
        problems("一是主动性不强。三是人手不足。\n#               ^ 序号不连续\n");
        problems("一是少。二是弱。二是慢。\n#               ^ 写了两次\n");
        problems("2.人手不足。\n#< 前面没有“1.”\n");
        problems("三则：一、甲事；二、乙事；二、丙事。\n#                         ^ 写了两次\n");
    }

    #[test]
    fn a_heading_with_a_number_of_its_own() {
        check(
            &RULE,
            "[[overview.parts]]\nheading = \"（一）主动公开情况\"\n#          ^ 程序还会在前面加上序号\ntext = \"（一）发布信息。\"\n#       ^ 同级\n",
        );
    }

    #[test]
    fn whole_lists_are_silent() {
        problems("（一）主要问题。一是少。二是弱。\n（二）改进措施。一是多。二是强，三是快。\n");
        problems(
            "1.人手：一是少；二是弱。\n2.发布：一是慢；二是错。\n3.其他：（1）甲。（2）乙。\n",
        );
        problems("三则：一、甲事；二、乙事；三、丙事。\n一、丁事；二、戊事。\n二、己事。\n");
        problems("首先，人手不足。第二，解读不够。\n");
        problems(
            "依照第二十条第（一）项、（五）项，（六）项公开，增长2.5倍。\n2023年共5件。12345热线。\n",
        );
    }
}
