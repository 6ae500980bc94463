//! NB013: the kind of body agrees with its name.

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, FieldPath, Report};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB013",
    name: "kind-name-differ",
    title: "机关类别与机关名称不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "机关类别（kind）与机关名称的末尾是否一致：名称以“人民政府”结尾的是人民政府，以局、厅、委员会、办公室等结尾的不是人民政府，街道办事处是派出机关。管理委员会等可以是不同类别的，不作判断。",
        why: "类别决定适用哪一个公布期限：《条例》第四十九条规定县级以上人民政府部门在 1 月 31 日前，县级以上地方人民政府在 3 月 31 日前。类别选错，就会按错误的期限判断。",
        example: "[agency]\nname = \"某某县农业农村局\"\nkind = \"government\"",
        corrected: "[agency]\nname = \"某某县农业农村局\"\nkind = \"department\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let (Some(kind), Some((right, key))) = (report.agency.kind, kind_by_name(report)) else {
        return;
    };
    let named = |kind: AgencyKind| {
        AgencyKind::ALL
            .iter()
            .find(|(of, ..)| *of == kind)
            .map_or(("", ""), |(_, key, name)| (*key, *name))
    };
    let message = format!("机关类别写的是“{}”，{key}", named(kind).1);
    let finding =
        findings.report(Place::Value(FieldPath::new("agency.kind")), message, "与名称不符");
    finding.related.push(Label::new(Place::Value(FieldPath::new("agency.name")), ""));
    finding.help.push(format!(
        "类别应为“{}”的，写成 kind = \"{}\"；公布期限随类别而定",
        named(right).1,
        named(right).0
    ));
}

/// The kind that the name of a body tells, where another is given, and the words for it.
pub(super) fn kind_by_name(report: &Report) -> Option<(AgencyKind, &'static str)> {
    let name = report.agency.name.as_deref()?.trim();
    match report.agency.kind? {
        AgencyKind::Government if report.agency.effective_kind() == Some(AgencyKind::Outpost) => {
            Some((AgencyKind::Outpost, "名称是派出机关"))
        }
        // A zone may be run by a committee that has the powers of a government.
        AgencyKind::Government if name.ends_with("管理委员会") || name.ends_with("管委会") => {
            None
        }
        AgencyKind::Government if WordLists::get().office_ends.end_of(name).is_some() => {
            Some((AgencyKind::Department, "名称像是部门"))
        }
        AgencyKind::Department | AgencyKind::Outpost | AgencyKind::Authorized
            if name.ends_with("人民政府") =>
        {
            Some((AgencyKind::Government, "名称是人民政府"))
        }
        AgencyKind::Government
        | AgencyKind::Department
        | AgencyKind::Outpost
        | AgencyKind::Authorized => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn agency(name: &str, kind: &str, expected: &str) {
        check(&RULE, &format!("[agency]\nname = \"{name}\"\nkind = \"{kind}\"\n{expected}"));
    }

    #[test]
    fn a_bureau_is_no_government_and_a_government_no_department() {
        agency("云岭县农业农村局", "government", "#      ^ 名称像是部门\n");
        agency("云岭县人民政府办公室", "government", "#      ^ 名称像是部门\n");
        agency("云岭县青溪镇人民政府", "department", "#      ^ 名称是人民政府\n");
        agency("云岭区青溪街道办事处", "government", "#      ^ kind = \"outpost\"\n");
    }

    #[test]
    fn names_that_agree_or_leave_it_open() {
        agency("云岭县农业农村局", "department", "");
        agency("云岭区青溪街道办事处", "outpost", "");
        agency("云岭县人民政府", "government", "");
        agency("云岭县气象局", "authorized", "");
        agency("云岭经济开发区管理委员会", "government", "");
        agency("云岭经济开发区管理委员会", "authorized", "");
    }
}
