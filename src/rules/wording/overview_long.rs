//! NB812: section one is brief.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::{length, section_pieces};
use crate::rules::{Docs, Findings, Rule};

/// More characters than this are long by any measure; a body may set a limit of its own.
const LONG: usize = 1500;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB812",
    name: "overview-long",
    title: "总体情况过长",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "总体情况的文字（含小标题，空格不计）是否超过字数上限。上限由数据文件的 overview_limit 规定，没有规定的按 1500 字提示。",
        why: "国家没有规定字数。有的地方要求不超过 1000 字；简明的总体情况以数据和事实为主。",
        example: "[rules]\noverview_limit = 20   # 实际如 1000\n\n[overview]\ntext = \"全年主动公开政府信息120条，开展业务培训2次，组织网上检查4次。\"",
        corrected: "[rules]\noverview_limit = 20\n\n[overview]\ntext = \"公开信息120条，培训2次。\"",
    },
    check,
};

/// The length of section one beside the length it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverviewLength {
    /// Its characters, those of headings among them, blanks not.
    pub n: usize,
    /// The most it may have.
    pub limit: usize,
    /// True if the data file sets that limit.
    pub is_local: bool,
}

/// The length of section one of a report.
pub fn overview_length(report: &Report) -> OverviewLength {
    let pieces = section_pieces(&report.overview, "overview");
    let n = pieces.iter().map(|piece| length(piece.printed())).sum();
    let local = report.settings.overview_limit.and_then(|limit| usize::try_from(limit).ok());
    OverviewLength { n, limit: local.unwrap_or(LONG), is_local: local.is_some() }
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let OverviewLength { n, limit, is_local } = overview_length(report);
    if n <= limit {
        return;
    }
    let help = if is_local {
        "删去一般性的叙述，保留事实和数据"
    } else {
        "删去一般性的叙述，保留事实和数据；当地规定了字数的，写在 [rules] 的 overview_limit"
    };
    let place = Place::Key(FieldPath::new("overview"));
    findings
        .report(place, format!("总体情况有{n}字，超过{limit}字"), "")
        .help
        .push(help.to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_22_a_long_section() {
        check(
            &RULE,
            &format!(
                "[overview]\n#^ 有1600字，超过1500字\ntext = \"{}\"\n",
                "公开信息".repeat(400)
            ),
        );
    }

    #[test]
    fn a_limit_of_the_place() {
        let text = "公开信息".repeat(300);
        check(
            &RULE,
            &format!(
                "[rules]\noverview_limit = 1000\n[overview]\n#^ 有1200字，超过1000字\ntext = \"{text}\"\n"
            ),
        );
        check(&RULE, &format!("[overview]\ntext = \"{text}\"\n"));
    }

    #[test]
    fn blanks_are_not_counted() {
        check(&RULE, &format!("[overview]\ntext = \"{}\"\n", "公开信息 ".repeat(375)));
    }
}
