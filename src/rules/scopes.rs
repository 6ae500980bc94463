//! Declarations of whose figures a text tells, and those of them that change nothing.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, Severity};
use crate::prose::Prose;
use crate::report::{FieldPath, Report, Whose};

/// A declaration of scope that changes nothing.
pub const UNUSED_SCOPE: &str = "DF16";

/// Reports every declaration that no figure of the texts it is made for needs.
pub(super) fn judge(report: &Report, prose: &Prose, findings: &mut Vec<Diagnostic>) {
    let mut used: BTreeMap<usize, bool> = BTreeMap::new();
    for (place, is_used) in prose.passages.iter().flat_map(|passage| &passage.declared) {
        *used.entry(*place).or_default() |= *is_used;
    }
    for place in used.into_iter().filter(|(_, is_used)| !is_used).map(|(place, _)| place) {
        let Some(scope) = report.scopes.get(place) else { continue };
        let why = match scope.whose {
            Some(Whose::Own) => "那里没有写成别的机关的数",
            Some(Whose::Other) | None => "那里没有它所说的数",
        };
        let at = Place::Value(FieldPath::new("scopes").index(place).key("at"));
        let message = format!("这条口径说明没有用上：{why}");
        let finding = Diagnostic::new(UNUSED_SCOPE, Severity::Warning, at, message, "");
        findings.push(finding.help("文字已经改过的，删去这条说明；写错地方的，改正 at 或 words"));
    }
}

#[cfg(test)]
mod tests {
    use super::UNUSED_SCOPE;
    use crate::review;
    use crate::rules::Given;
    use crate::source::SourceFile;

    fn unused(text: &str, whose: &str) -> usize {
        let file = format!(
            "format = \"2021\"\nreport.year = 2023\nagency = {{ name = \"某某县水利局\", kind = \"department\" }}\n\
             overview.text = \"{text}\"\n[[scopes]]\nat = \"overview.text\"\nwhose = \"{whose}\"\nreason = \"说明\"\n"
        );
        let found = review(&SourceFile::parse("t", file), Given::default()).findings;
        found.iter().filter(|finding| finding.code == UNUSED_SCOPE).count()
    }

    #[test]
    fn a_declaration_that_changes_nothing_is_named() {
        assert_eq!(unused("全面落实公开要求。", "other"), 1);
        assert_eq!(unused("收到政府信息公开申请3件。", "own"), 1);
    }

    #[test]
    fn one_that_settles_a_figure_is_not() {
        assert_eq!(unused("收到政府信息公开申请3件。", "other"), 0);
        assert_eq!(unused("全县各部门收到政府信息公开申请3件。", "own"), 0);
        assert_eq!(unused("全县办结率98.5%。", "other"), 0);
    }
}
