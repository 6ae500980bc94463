//! Settings of the rules in the data file, and their limits.

use super::waivers::{FIXED_SEVERITY, UNKNOWN_RULE, unknown_rule};
use super::{RULES, Rule};
use crate::diag::{Diagnostic, Place, Severity};
use crate::report::{FieldPath, Report, RuleLevel};

/// The severity that the data file gives the findings of a rule; `None` where it says nothing or must not.
pub(super) fn level(report: &Report, rule: &Rule) -> Option<RuleLevel> {
    let (_, level) = report.settings.levels.iter().find(|(code, _)| code == rule.code)?;
    (!rule.fixed).then_some(*level)
}

/// The severity of a level; `None` for a rule that is not run.
pub(super) fn severity(level: RuleLevel) -> Option<Severity> {
    match level {
        RuleLevel::Off => None,
        RuleLevel::Hint => Some(Severity::Hint),
        RuleLevel::Warning => Some(Severity::Warning),
        RuleLevel::Error => Some(Severity::Error),
    }
}

/// Finds levels of rules that do not exist, or that the data file must not change.
pub(super) fn judge(report: &Report, findings: &mut Vec<Diagnostic>) {
    let table = FieldPath::new("rules.severity");
    for (code, level) in &report.settings.levels {
        let path = table.key(code);
        let Some(rule) = RULES.iter().find(|rule| rule.code == code) else {
            let place = Place::Key(path);
            let finding = Diagnostic::new(
                UNKNOWN_RULE,
                Severity::Warning,
                place,
                format!("没有“{code}”这条规则"),
                "",
            );
            findings.push(finding.help(unknown_rule(code)));
            continue;
        };
        if rule.fixed && *level != RuleLevel::Error {
            let message = format!("{code} 的程度不能改为“{}”", level.key());
            let finding = Diagnostic::new(
                FIXED_SEVERITY,
                Severity::Error,
                Place::Value(path),
                message,
                "只能是 \"error\"",
            );
            findings.push(finding.help(
                "删去这一行；确有特殊情况的，用 [[waivers]] 写明理由、核准人和日期，逐处豁免",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Given;
    use super::*;
    use crate::review;
    use crate::source::SourceFile;

    fn codes(lines: &str) -> Vec<(&'static str, Severity)> {
        let head = "format = \"2021\"\nreport.year = 2023\n\
            agency = { name = \"某县人民政府\", kind = \"government\" }\n";
        let review = review(&SourceFile::parse("t", format!("{head}{lines}")), Given::default());
        review.findings.iter().map(|d| (d.code, d.severity)).collect()
    }

    const SHORT: &str = "problems.text = \"一是公开不及时；二是队伍不稳定。\"\n";

    #[test]
    fn what_cannot_be_turned_down_is_an_error() {
        for rule in RULES.iter().filter(|rule| rule.fixed) {
            assert_eq!(rule.severity, Severity::Error, "{}", rule.code);
        }
    }

    #[test]
    fn a_rule_is_turned_off_or_made_graver() {
        assert!(codes(SHORT).contains(&("NB005", Severity::Hint)));
        let with = |level: &str| codes(&format!("{SHORT}[rules.severity]\nNB005 = \"{level}\"\n"));
        assert!(with("warning").contains(&("NB005", Severity::Warning)));
        assert!(!with("off").iter().any(|(code, _)| *code == "NB005"));
    }

    #[test]
    fn sums_cannot_be_turned_down() {
        let wrong = "[requests]\nreceived = [3, 0, 0, 0, 0, 0, 4]\n[rules.severity]\n";
        for level in ["off", "hint", "warning"] {
            let found = codes(&format!("{wrong}NB304 = \"{level}\"\n"));
            assert!(found.contains(&("NB304", Severity::Error)), "{level}: {found:?}");
            assert!(found.contains(&(FIXED_SEVERITY, Severity::Error)), "{level}: {found:?}");
        }
        let found = codes(&format!("{wrong}NB304 = \"error\"\n"));
        assert!(!found.iter().any(|(code, _)| *code == FIXED_SEVERITY));
    }

    #[test]
    fn a_rule_that_does_not_exist_is_named() {
        let found = codes("[rules.severity]\nNB999 = \"off\"\n");
        assert!(found.contains(&(UNKNOWN_RULE, Severity::Warning)), "{found:?}");
    }
}
