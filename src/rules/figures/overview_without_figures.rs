//! NB612: section one speaks of this body, with figures.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Prose, Unit};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB612",
    name: "overview-without-figures",
    title: "总体情况没有数字，或者说的不是本机关",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "第一部分是否至少有一个件数、条数一类的数（年份、文号不算）；是否只说“各级部门”“部分地区”“多数部门”而从不提到本机关。",
        why: "有的地方要求总体情况写数字、写事实，国家没有统一规定；一个数也没有、主语又是别人的，多半是套用的空话，放到哪个机关都能用。",
        example: "[overview]\ntext = \"各级部门高度重视政务公开工作，坚持以公开为常态、不公开为例外，部分地区成效明显，多数部门进展较快，群众的知情权、参与权和监督权得到切实保障，工作再上新台阶。\"",
        corrected: "[overview]\ntext = \"我局全年主动公开信息120条，办结政府信息公开申请9件。\"",
    },
    check,
};

/// Below this many characters a section is empty rather than without figures.
const SHORT: usize = 60;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose: &Prose = findings.prose(report);
    let mut text = String::new();
    let mut n_figures = 0;
    for (passage, words) in prose.each(report) {
        if !passage.path.as_str().starts_with("overview") {
            continue;
        }
        text.push_str(words.printed());
        n_figures += passage
            .mentions
            .iter()
            .filter(|m| matches!(m.unit, Unit::Counter(_) | Unit::Yuan | Unit::Percent))
            .count();
        // A figure that could not be bound is a figure all the same.
        n_figures += words.bound().len() + words.printed().matches("{{").count();
    }
    let length = text.chars().filter(|c| !c.is_whitespace()).count();
    if length < SHORT {
        return;
    }
    let place = || Place::Key(FieldPath::new("overview"));
    if n_figures == 0 {
        findings
            .report(place(), format!("总体情况共 {length} 字，没有一个件数、条数"), "没有数字")
            .help
            .push(
                "写明主动公开多少条、收到和办结申请多少件等；表中已有的数写成 {{ 数据名 }}"
                    .to_owned(),
            );
    }
    let lists = WordLists::get();
    let own_name = report.agency.name.as_deref().unwrap_or("〔〕");
    let speaks_of_itself = text.contains(own_name) || lists.itself.are_in(&text);
    if let (Some(nobody), false) =
        (lists.nobody.iter().find(|words| text.contains(words)), speaks_of_itself)
    {
        findings
            .report(place(), format!("总体情况说的是“{nobody}”，没有提到本机关"), "说的是谁")
            .help
            .push("以本机关为主语，写本机关做了什么".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const EMPTY: &str = "深入贯彻党的二十大精神，坚持以公开为常态、不公开为例外，着力提升政府透明度，切实保障群众的知情权、参与权、表达权和监督权，推动工作再上新台阶。";

    #[test]
    fn fine_words_and_not_one_figure() {
        check(
            &RULE,
            &format!("[overview]\n#^ 没有一个件数、条数\ntext = \"2023年，我局{EMPTY}\"\n"),
        );
    }

    #[test]
    fn nobody_in_particular() {
        check_text(&RULE, &format!("各级部门高度重视，公开信息20条。{EMPTY}"), "", 1);
    }

    #[test]
    fn figures_of_its_own() {
        check_text(&RULE, &format!("我局公开信息20条。{EMPTY}"), "", 0);
        check_text(&RULE, &format!("我局公开信息二十件。各级部门配合。{EMPTY}"), "", 0);
        check_text(&RULE, "我局认真落实要求。", "", 0);
        check_text(
            &RULE,
            &format!("我局收到申请{{{{ requests.received.total }}}}件。{EMPTY}"),
            "[requests]\nreceived = [1, 0, 0, 0, 0, 0]",
            0,
        );
    }
}
