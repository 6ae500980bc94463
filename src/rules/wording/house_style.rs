//! NB818: words that the office writes in one way.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::dictionary::Dictionary;
use crate::rules::machinery::text::pieces;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::{Docs, Findings, Rule};
use crate::words::is_between_words;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB818",
    name: "house-style",
    title: "与本机关的统一写法不同",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Office,
    basis: &[law::OFFICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字里是否有 [rules] 的 style 所列的不用的写法，每行一条，写成 不用的写法 → 统一的写法；后面可以注明例外，例如 群众 → 公众（后面是：来访；前面是：信访）。书名号里的名称不查。没有写 style 的不查。",
        why: "这些写法不是错字，国家没有统一规定；一个机关的报告、一个地方各单位的报告，称呼和用语前后一致，读者才知道说的是同一件事。",
        example: "[rules]\nstyle = \"我局 → 本机关\"\n\n[opening]\ntext = \"我局编制本报告。\"",
        corrected: "[rules]\nstyle = \"我局 → 本机关\"\n\n[opening]\ntext = \"本机关编制本报告。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(list) = report.settings.style.as_deref() else { return };
    let dictionary = match Dictionary::read(&[list]) {
        Ok(dictionary) => dictionary,
        Err(line) => {
            let place = Place::Value(FieldPath::new("rules.style"));
            let finding = findings.report(place, format!("统一写法中的“{line}”看不懂"), "");
            let help = "每行一条，写成 不用的写法 → 统一的写法，例如 我局 → 本机关";
            finding.help.push(help.to_owned());
            // The other lines hold all the same, above all those of the office above.
            let good = list.lines().filter(|line| Dictionary::read(&[line]).is_ok());
            Dictionary::read(&[&good.collect::<Vec<_>>().join("\n")]).unwrap_or_default()
        }
    };
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        let text = piece.printed();
        for hit in dictionary.find(text) {
            let range = hit.start..hit.start + hit.entry.wrong.len();
            if !is_between_words(text, &range) && !is_in_a_name(&text[..hit.start]) {
                seen.add((hit.entry.wrong.clone(), hit.entry.right.clone()), &piece, range);
            }
        }
    }
    for seen in seen.into_kinds() {
        let (from, to) = &seen.kind;
        let (message, label) = match to.as_str() {
            "" => (format!("按统一写法不写“{from}”"), "不写".to_owned()),
            to => (format!("“{from}”统一写作“{to}”"), format!("统一写作“{to}”")),
        };
        let finding = findings.report(seen.first(), format!("{message}{}", seen.times()), label);
        seen.show_others(finding);
        finding.help.push(match to.as_str() {
            "" => format!("删去“{from}”"),
            to => format!("改为“{to}”"),
        });
    }
}

/// True if a name in book marks, which is left as it is, has begun and not ended.
fn is_in_a_name(before: &str) -> bool {
    before.rfind('《').is_some_and(|begin| !before[begin..].contains('》'))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    const STYLE: &str =
        "[rules]\nstyle = '''\n群众 → 公众（后面是：来访）\n我局 → 本机关\n'''\n[opening]\n";

    #[test]
    fn words_of_the_list_are_named_once_each() {
        let text = format!("{STYLE}text = \"我局方便群众，我局听取群众意见。\"\n");
        points_at(&RULE, &text, &[("我局", "“我局”统一写作“本机关”"), ("群众", "统一写作“公众”")]);
    }

    #[test]
    fn names_exceptions_and_reports_without_a_list_are_left_alone() {
        check(&RULE, &format!("{STYLE}text = \"印发《方便群众办事办法》，接待群众来访。\"\n"));
        check(&RULE, "[opening]\ntext = \"我局方便群众。\"\n");
    }

    #[test]
    fn a_line_that_is_none_is_named_and_the_others_hold() {
        points_at(
            &RULE,
            "[opening]\ntext = \"我局编制。\"\n[rules]\nstyle = \"我局 → 本机关\\n群众公众\"\n",
            &[("\"我局 → 本机关\\n群众公众\"", "“群众公众”看不懂"), ("我局", "统一写作“本机关”")],
        );
    }
}
