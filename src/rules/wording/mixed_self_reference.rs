//! NB809: one body calls itself by one name.

use std::ops::Range;

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, Report};
use crate::rules::machinery::text::{Piece, Role, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB809",
    name: "mixed-self-reference",
    title: "对本机关的自称不一致",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "部门的报告是否混用“我办”“我局”，或者以“我市”作为工作的主体；人民政府的报告是否混用“我市”“本市”，或者自称“我办”“我局”；自称与机关名称是否相符：名称的结尾看得出是哪一类机关、自称的却是另一类的（局的报告自称“我委”，街道办事处的自称“本局”），多半抄自别的机关，作警告；引文、文件题名里的不算；申请是否写成了向别的机关提出。“本机关”“我单位”什么机关都可以用，不算混用。",
        why: "一份报告只说一个机关的工作。自称不一，读者分不清是谁的工作、谁的数字。",
        example: "[overview]\ntext = \"我局公开信息90条。我市将加大公开力度。\"",
        corrected: "[overview]\ntext = \"我局公开信息90条。我局将加大公开力度。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(kind) = report.agency.effective_kind() else {
        findings.unassessed("机关类别没有填写或写得不对");
        return;
    };
    // Section six speaks of 本机关 in the words of the fee rules, in any report.
    let pieces: Vec<Piece<'_>> = pieces(report)
        .into_iter()
        .filter(|piece| piece.role == Role::Body && !piece.path.as_str().starts_with("other"))
        .collect();
    let foreign = foreign_names(report, &pieces, findings);
    let lists = WordLists::get();
    let words: Vec<&str> = lists.self_offices.iter().map(|(word, _)| word.as_str()).collect();
    let areas: Vec<&str> = lists.self_areas.iter().collect();
    let offices = first_uses(&pieces, &words, is_said_of_itself);
    let areas = match kind {
        AgencyKind::Government => first_uses(&pieces, &areas, |_, _| true),
        // A department's area is where it works; only as one that acts it takes the body's place.
        AgencyKind::Department | AgencyKind::Outpost | AgencyKind::Authorized => {
            first_uses(&pieces, &areas, |text, area| {
                lists.area_acts.start_of(&text[area.end..]).is_some()
            })
        }
    };
    let names: Vec<&Use<'_>> = offices.iter().chain(&areas).collect();
    let [first, second, ..] = names.as_slice() else { return };
    // That one of them is not this body's has been said.
    if names.iter().any(|used| foreign.contains(&used.word)) {
        return;
    }
    let all: Vec<String> = names.iter().map(|used| format!("“{}”", used.word)).collect();
    let place = second.piece.place(second.at..second.at + second.word.len());
    let finding =
        findings.report(place, format!("对本机关的自称不一致：{}", all.join("")), "自称不一致");
    let shown = first.piece.place(first.at..first.at + first.word.len());
    finding.related.push(Label::new(shown, ""));
    finding.help.push("全文用一个自称；说的是全市（县）工作的，写明“全市”".to_owned());
}

/// Finds words by which another body calls itself, and applications that were made to another one: text that was
/// taken over from a report of that body. Gives the words.
fn foreign_names(
    report: &Report,
    pieces: &[Piece<'_>],
    findings: &mut Findings<'_>,
) -> Vec<&'static str> {
    let Some(agency) = report.agency.name.as_deref() else { return Vec::new() };
    // A name that ends with a placeholder tells no kind of body.
    if WordLists::get().nameless_ends.end_of(agency).is_some() {
        return Vec::new();
    }
    let foreign = foreign_selves(agency, pieces, findings);
    for piece in pieces {
        let text = piece.printed();
        let Some(range) = text.match_indices('向').find_map(|(at, sign)| {
            let start = at + sign.len();
            let name =
                text[start..].split(['，', '。', '；', '、', '\n']).next().unwrap_or_default();
            let to = name.split_once("提出").map(|(to, _)| to)?;
            name.contains("申请").then_some(start..start + to.len())
        }) else {
            continue;
        };
        let to = &text[range.clone()];
        let is_body = WordLists::get().body_ends.end_of(to).is_some();
        let is_own = agency.replace("人民政府", "政府").contains(&to.replace("人民政府", "政府"));
        let is_general = WordLists::get().general_bodies.are_in(to);
        if !is_body || is_general || is_own {
            continue;
        }
        let message = format!("申请是向“{to}”提出的，本报告是“{agency}”的");
        let finding = findings.report(piece.place(range), message, "与机关名称不符");
        finding.help.push("核对这段文字是否抄自别的机关的报告".to_owned());
    }
    foreign
}

/// Finds words by which another kind of body calls itself: 我委 in the report of a 局. Gives the words.
fn foreign_selves(
    agency: &str,
    pieces: &[Piece<'_>],
    findings: &mut Findings<'_>,
) -> Vec<&'static str> {
    let lists = WordLists::get();
    let selves = &lists.selves;
    // A name of several bodies leaves open what it may call itself.
    if selves.joint.are_in(agency) {
        return Vec::new();
    }
    let is_plain = selves.kinds.end_of(agency).is_some();
    // A government's office speaks of 我办, and so may the government.
    let is_own =
        |ending: &str| agency.contains(ending) || ending == "办" && agency.ends_with("政府");
    let known = |word: &str| lists.self_offices.iter().any(|(own, _)| own == word);
    let more = selves.sure.iter().filter(|(word, _)| is_plain && !known(word));
    let words = lists.self_offices.iter().chain(more).filter(|(_, ending)| !is_own(ending));
    let mut foreign = Vec::new();
    for (word, ending) in words {
        let own = |text: &str, word: Range<usize>| {
            is_said_of_itself(text, word.clone()) && !is_of_another(&text[..word.start], ending)
        };
        let Some(used) = first_use(pieces, word, own) else { continue };
        let is_sure = is_plain && selves.sure.iter().any(|(sure, _)| sure == word);
        let severity = if is_sure { Severity::Warning } else { Severity::Hint };
        let place = used.piece.place(used.at..used.at + word.len());
        let message = format!("“{word}”与机关名称“{agency}”不符");
        let label = format!("名称中没有“{ending}”");
        let finding = findings.report_as(severity, place, message, label);
        finding.help.push("核对这段文字是否抄自别的机关的报告；自称与机关名称一致".to_owned());
        foreign.push(used.word);
    }
    foreign
}

/// True if words name a body of a kind, or all of them, in the sentence that goes on: 市场监管局公开本局清单.
fn is_of_another(before: &str, ending: &str) -> bool {
    /// The reach of a sentence, in bytes.
    const REACH: usize = 240;
    let floor = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let sentence = before[floor..].rsplit(['。', '\n']).next().unwrap_or_default();
    sentence.contains(ending) || sentence.contains('各')
}

/// True if a word for a body itself stands at some bytes as one, and not in another word, a title or what somebody says.
fn is_said_of_itself(text: &str, word: Range<usize>) -> bool {
    /// The bytes before it in which a quotation begins.
    const REACH: usize = 300;
    let selves = &WordLists::get().selves;
    let (before, from) = text.split_at(word.start);
    let floor = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let near = before[floor..].rsplit('\n').next().unwrap_or_default();
    let quoted = [('“', '”'), ('《', '》'), ('「', '」')]
        .iter()
        .any(|(open, close)| near.rfind(*open) > near.rfind(*close));
    !quoted
        && !starts_fixed(from)
        && selves.before.end_of(before).is_none()
        && selves.others.start_of(from).is_none()
}

/// A word with the first place where it is used.
struct Use<'a> {
    word: &'static str,
    piece: &'a Piece<'a>,
    at: usize,
}

/// The first use of each word, in the order of the list; `counts` is asked with the text and the bytes of the word.
fn first_uses<'a>(
    pieces: &'a [Piece<'a>],
    words: &[&'static str],
    counts: impl Fn(&str, Range<usize>) -> bool,
) -> Vec<Use<'a>> {
    words.iter().filter_map(|word| first_use(pieces, word, &counts)).collect()
}

/// The first use of a word; `counts` is asked with the text and the bytes of the word.
fn first_use<'a>(
    pieces: &'a [Piece<'a>],
    word: &'static str,
    counts: impl Fn(&str, Range<usize>) -> bool,
) -> Option<Use<'a>> {
    pieces.iter().find_map(|piece| {
        let text = piece.printed();
        let mut places = text.match_indices(word).map(|(at, _)| at);
        let at = places.find(|at| counts(text, *at..*at + word.len()))?;
        Some(Use { word, piece, at })
    })
}

fn starts_fixed(text: &str) -> bool {
    WordLists::get().form_phrases.start_of(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::{RULE, Severity};
    use crate::rules::testing::{points_at, run};
    use crate::source::SourceFile;

    fn overview(kind: &str, text: &str, expected: &[(&str, &str)]) {
        let lines = format!("[agency]\nkind = \"{kind}\"\n[overview]\ntext = \"{text}\"\n");
        points_at(&RULE, &lines, expected);
    }

    #[test]
    fn s001_08_an_office_that_speaks_as_the_city() {
        overview(
            "department",
            "我办公开信息90条。下一步，我市将加大力度。",
            &[("我市", "“我办”“我市”")],
        );
    }

    #[test]
    fn two_names_for_one_body() {
        overview("department", "我局公开信息90条。我办加强培训。", &[("我办", "“我局”“我办”")]);
        overview("government", "我县公开信息90条。我办组织培训。", &[("我县", "“我办”“我县”")]);
    }

    #[test]
    fn a_word_that_any_body_may_use() {
        overview("department", "我局公开信息90条。本单位加强培训。", &[]);
        overview("department", "我委公开信息90条。我单位和本机关加强培训。", &[]);
    }

    fn of(name: &str, text: &str, expected: &[(&str, &str)]) {
        let lines = format!(
            "[agency]\nname = \"{name}\"\nkind = \"department\"\n[overview]\ntext = \"{text}\"\n"
        );
        points_at(&RULE, &lines, expected);
    }

    #[test]
    fn text_of_another_body() {
        of("云岭县卫生健康委员会", "我局公开信息90条。", &[("我局", "与机关名称")]);
        of("云岭县卫生健康委员会", "我委公开信息90条。", &[]);
        of("云岭市财政局", "我局公开信息90条。", &[]);
        of("某某县某某委员会", "我局公开信息90条。", &[("我局", "与机关名称")]);
        of("某某县某某机关", "我局公开信息90条。", &[]);
        let application = "公民可以向市政府提出公开申请。";
        of("云岭市青溪区东门街道办事处", application, &[("市政府", "申请是向“市政府”提出的")]);
        of("云岭市人民政府办公室", application, &[]);
        of("云岭市财政局", "公民可以向我局提出公开申请，也可以向行政机关提出申请。", &[]);
    }

    #[test]
    fn another_kind_of_body() {
        let severity = |name: &str, text: &str| {
            let lines = format!(
                "format = \"2021\"\n[agency]\nname = \"{name}\"\nkind = \"department\"\n[overview]\ntext = \"{text}\"\n"
            );
            let found = run(&RULE, &SourceFile::parse("test.toml", lines));
            found.first().map(|finding| finding.severity)
        };
        for (name, text) in [
            ("云岭县应急管理局", "下一步，我委将邀请群众参观。"),
            ("云岭县青溪街道办事处", "本局主要负责人每季度听取汇报。"),
            ("云岭县人民政府", "我局公开信息90条。"),
            ("云岭县发展和改革委员会", "本局公开信息90条。"),
            ("云岭县白石镇人民政府", "我乡公开信息90条。"),
            ("云岭市财政局", "“一站式”服务，我镇公开信息90条。"),
        ] {
            assert_eq!(severity(name, text), Some(Severity::Warning), "{name}: {text}");
        }
        assert_eq!(severity("云岭县红十字会", "我局公开信息90条。"), Some(Severity::Hint));
        for (name, text) in [
            ("云岭县人民政府办公室", "我办公开信息90条，市政府公开80条。"),
            ("云岭县人民政府", "我办公开信息90条。"),
            ("云岭县青溪街道办事处", "我街道公开信息90条。"),
            ("云岭县应急管理局", "印发本办法，形成基本局面，群众说“我委托你办”。"),
            ("云岭县应急管理局", "印发《我委工作规则》，留言写道“我镇的路不通，请我委帮忙”。"),
            ("云岭县应急管理局", "群众的事为我办理，开展“我为群众办实事”，帮我办事。"),
            ("云岭县乡村振兴局", "党委和我局一起公开本级信息。"),
            ("云岭县经济开发区管理委员会", "我委公开信息90条。"),
            ("云岭县人民政府", "县市场监管局公开本局权责清单，各部门在本局网站公开预算。"),
            ("云岭县教育局", "根本原则不变，本次、本年、本委托书均已公开。"),
        ] {
            assert_eq!(severity(name, text), None, "{name}: {text}");
        }
        let joint = severity("云岭县发展和改革局（粮食和物资储备委）", "我委公开信息90条。");
        assert_eq!(joint, None);
        let joint = severity("云岭县卫生健康局、医疗保障局", "我委公开信息90条。");
        assert_eq!(joint, None);
    }

    #[test]
    fn one_name_and_the_words_of_the_form() {
        overview("department", "我局服务我市企业，属于本机关不掌握的信息。我局公开信息90条。", &[]);
        overview("government", "我县公开信息90条，我县各部门公开80条。", &[]);
    }
}
