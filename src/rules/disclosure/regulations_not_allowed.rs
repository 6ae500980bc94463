//! NB204: only bodies that may make regulations report any.

use crate::diag::{Place, Severity};
use crate::edition::{DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Agency, AgencyKind, AgencyLevel, Disclosure, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB204",
    name: "regulations-not-allowed",
    title: "无权制定规章的机关填写了规章件数",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::LEGISLATION_RULES, law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "机关不是国务院部门，也不是省级或设区的市级人民政府时，“规章”一行三个数是否都为 0。",
        why: "规章只能由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定；县级以下政府和地方各级政府部门填写的，多半是把规范性文件或者内部制度算了进来。",
        example: "[agency]\nkind = \"department\"\nlevel = \"county\"\n[disclosure]\nregulations = { issued = 3, repealed = 0, in_force = 9 }",
        corrected: "[agency]\nkind = \"department\"\nlevel = \"county\"\n[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let row = DisclosureRow::Regulations;
    let cells = report.form().disclosure.cells().filter(|(r, _)| *r == row);
    let filled = cells.filter_map(|(_, column)| {
        let count = report.disclosure.entry(row, column).count()?;
        (count > 0).then_some((column, count))
    });
    let filled: Vec<_> = filled.collect();
    let Some((first, count)) = filled.first() else { return };
    match may_make_regulations(&report.agency) {
        Some(true) => {}
        None => findings.unassessed("没有写明机关的类别或层级（agency.kind、agency.level）"),
        Some(false) => {
            let column = report.form().disclosure.column_label(row, *first);
            let finding = findings.report(
                Place::Value(Disclosure::path(row, *first)),
                format!("“规章”的“{column}”填了 {count}，本机关没有规章制定权，应为 0"),
                "应为 0",
            );
            for (column, count) in &filled[1..] {
                let place = Place::Value(Disclosure::path(row, *column));
                finding.related.push(crate::diag::Label::new(place, count.to_string()));
            }
            let documents = report.form().disclosure.row_label(DisclosureRow::NormativeDocuments);
            finding.help.push(format!(
                "属于{documents}的，移到下一行；内部规章制度不在本表统计；机关层级填错的，改 agency.level"
            ));
        }
    }
}

/// The answer to the question if a body may make regulations; `None` when its kind or level is not known.
fn may_make_regulations(agency: &Agency) -> Option<bool> {
    Some(match (agency.level?, agency.effective_kind()?) {
        (AgencyLevel::State, _) => true,
        // The office of such a government often reports what the government made.
        (AgencyLevel::Province | AgencyLevel::City, kind) => {
            let name = agency.name.as_deref().unwrap_or_default();
            kind == AgencyKind::Government || name.contains("人民政府办公")
        }
        (AgencyLevel::County | AgencyLevel::Township, _) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_county_office_with_regulations() {
        check(
            &RULE,
            r#"
[agency]
kind = "department"
level = "county"
[disclosure]
regulations = { issued = 0, repealed = 0, in_force = 9 }
#                                                    ^ 填了 9，本机关没有规章制定权
"#,
        );
    }

    #[test]
    fn a_city_with_districts_makes_regulations() {
        check(
            &RULE,
            "[agency]\nkind = \"government\"\nlevel = \"city\"\n[disclosure]\nregulations = { issued = 9, repealed = 0, in_force = 53 }\n",
        );
    }

    #[test]
    fn the_office_of_a_great_city_reports_for_its_government() {
        check(
            &RULE,
            "[agency]\nname = \"某市人民政府办公厅\"\nkind = \"department\"\nlevel = \"province\"\n[disclosure]\nregulations = { issued = 9, repealed = 0, in_force = 53 }\n",
        );
    }

    #[test]
    fn a_body_of_unknown_level_is_not_judged() {
        check(&RULE, "[disclosure]\nregulations = { issued = 9, repealed = 0, in_force = 53 }\n");
    }
}
