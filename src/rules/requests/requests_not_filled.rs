//! NB301: every figure of table 2 is there and is a count.

use crate::diag::{Place, Severity};
use crate::edition::{Cell, Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{Entry, FieldPath, Report, Requests};
use crate::rules::machinery::cells::not_a_count;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB301",
    name: "requests-not-filled",
    title: "申请情况表有数据未填，或不是整数",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_CONTENTS, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "“收到和处理政府信息公开申请情况”表的每一行是否都已填写，每个数是否为不小于零的整数。各行的总计和“（七）总计”一行可以不写，由程序相加。",
        why: "格式文件要求内容“不能遗漏”。没有填的行分不清是零还是漏填，所以按“未填”处理，不等于 0，程序不会替您补 0；没有发生的填 0。",
        example: "[requests.outcome.not_processed]\npetition_or_complaint = [30, 0, 0, 0, 0, 0]",
        corrected: "[requests.outcome.not_processed]\npetition_or_complaint = [30, 0, 0, 0, 0, 0]\nrepeated           = 0\npublished_material = 0\nexcessive          = [1, 0, 0, 0, 0, 0]\nconfirmation       = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.requests.is_empty() {
        return; // The whole section is missing, which is NB001's business.
    }
    let form = report.form();
    // One finding for all missing rows of one table of the data file, not one a row.
    let mut missing: Vec<(FieldPath, Vec<RequestRow>)> = Vec::new();
    for row in form.requests.rows.iter().map(|r| r.row) {
        let is_absent = |column: &RequestColumn| report.requests.entry(row, *column).is_absent();
        let absent = RequestColumn::APPLICANTS.iter().any(is_absent);
        if absent && row != RequestRow::OutcomeTotal && !report.is_unclear(&Requests::row_path(row))
        {
            let table = Requests::row_path(row).parent();
            match missing.iter_mut().find(|(other, _)| *other == table) {
                Some((_, rows)) => rows.push(row),
                None => missing.push((table, vec![row])),
            }
        }
        for column in form.requests.columns.iter().map(|c| c.column) {
            if let Entry::Unusable(typed) = report.requests.entry(row, column) {
                let (wrong, help) = not_a_count(typed);
                let message = format!("{}：{wrong}", form.cell_name(Cell::Requests(row, column)));
                let place = Place::Value(Requests::path(row, column));
                findings.report(place, message, "应是不小于零的整数").help.push(help);
            }
        }
    }
    for (table, rows) in missing {
        let labels: Vec<String> =
            rows.iter().map(|row| format!("“{}”", form.requests.row_name(*row))).collect();
        let message = format!("有{}行没有填写：{}", rows.len(), labels.join("、"));
        let keys: Vec<String> = rows
            .iter()
            .map(|row| Requests::row_path(*row).as_str()[table.as_str().len() + 1..].to_owned())
            .collect();
        let place = match rows.as_slice() {
            [only] => Place::Key(Requests::row_path(*only)),
            _ => Place::Key(table.clone()),
        };
        let finding = findings.report(place, message, "");
        let each: Vec<String> = keys.iter().map(|key| format!("{key} = [ … ]")).collect();
        let first = keys.first().map_or("", String::as_str);
        finding.help.push(format!(
            "在 [{table}] 之下写 {}；整行没有的写一个 0，如 {first} = 0",
            each.join("、")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, zero_rows};

    #[test]
    fn zeros_are_figures_and_totals_may_be_left_out() {
        check(&RULE, &zero_rows());
    }

    #[test]
    fn rows_left_out_are_named_together() {
        let text = zero_rows()
            .replace("repeated = 0\npublished_material = 0\n", "")
            .replace(
                "[requests.outcome.not_processed]\n",
                "[requests.outcome.not_processed]\n#                 ^ 有2行没有填写：“（五）不予处理 2.重复申请”、“（五）不予处理 3.要求提供公开出版物”\n",
            );
        check(&RULE, &text);
    }

    #[test]
    fn rows_of_one_table_are_one_finding_although_others_stand_between() {
        let text = zero_rows()
            .replace("received = 0\n", "")
            .replace("carried_out = 0\n", "")
            .replace(
                "[requests]\n",
                "[requests]\n#^ 有2行没有填写：“一、本年新收政府信息公开申请数量”、“四、结转下年度继续办理”\n",
            );
        check(&RULE, &text);
    }

    #[test]
    fn what_is_no_count_is_named_cell_by_cell() {
        let text = zero_rows().replace(
            "\ngranted = 0\n",
            "\ngranted = [1, -2, 0.5, 0, 0, 0]\n#             ^ “（一）予以公开”一行“商业企业”一列：写的是负数 -2\n\
             #                 ^ 0.5 带小数\n",
        );
        check(&RULE, &text);
    }
}
