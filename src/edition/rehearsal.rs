//! A rehearsal of the next form, for unit tests only: that of 2021 with one row added and one renamed, put in by the
//! checklist of [`Edition`]. All tests that walk the editions walk it, too.

use super::unchanged::{
    CHALLENGES, ITEM, REQUEST_COLUMNS, SECTIONS, not_processed, other, outcome, refused, top,
    unavailable,
};
use super::{
    DisclosureBlock, DisclosureColumn, DisclosureRow, DisclosureTable, Edition, Form, RequestGroup,
    RequestRow, RequestRowLabel, RequestsTable,
};
use crate::law;

/// The first report year of the form.
pub(super) const FIRST_YEAR: u16 = 2998;

/// The complete form.
pub(super) static FORM: Form = Form {
    edition: Edition::Rehearsal,
    notice: &law::FORMAT_2021,
    // Until the rules cite the newer notice, all that they cite is that of 2021.
    provisions: &[],
    sections: SECTIONS,
    report_name: "政府信息公开工作年度报告",
    disclosure: DisclosureTable { column_widths: &[2435; 4], blocks: DISCLOSURE_BLOCKS },
    requests: RequestsTable {
        column_widths: &[685, 836, 2970, 622, 622, 622, 622, 622, 622, 622],
        corner: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        applicants_label: "申请人情况",
        organisations_label: "法人或其他组织",
        columns: REQUEST_COLUMNS,
        outcome_label: "三、本年度办理结果",
        rows: REQUEST_ROWS,
        groups: &[
            (RequestGroup::Refused, "（三）不予公开"),
            (RequestGroup::Unavailable, "（四）无法提供"),
            (RequestGroup::NotProcessed, "（五）不予处理"),
            (RequestGroup::Other, "（六）其他处理"),
        ],
    },
    challenges: CHALLENGES,
};

const DECISIONS: &[(DisclosureColumn, &str)] = &[(DisclosureColumn::Decisions, "本年处理决定数量")];

const DISCLOSURE_BLOCKS: &[DisclosureBlock] = &[
    DisclosureBlock {
        title: "第二十条第（一）项",
        item_label: ITEM,
        columns: &[
            (DisclosureColumn::Issued, "本年制发件数"),
            (DisclosureColumn::Repealed, "本年废止件数"),
            (DisclosureColumn::InForce, "现行有效件数"),
        ],
        rows: &[
            (DisclosureRow::Regulations, "规章"),
            (DisclosureRow::NormativeDocuments, "行政规范性文件"),
        ],
    },
    DisclosureBlock {
        title: "第二十条第（五）项",
        item_label: ITEM,
        columns: DECISIONS,
        rows: &[(DisclosureRow::Licences, "行政许可")],
    },
    DisclosureBlock {
        title: "第二十条第（六）项",
        item_label: ITEM,
        columns: DECISIONS,
        rows: &[
            (DisclosureRow::Penalties, "行政处罚"),
            (DisclosureRow::CoerciveMeasures, "行政强制"),
        ],
    },
    DisclosureBlock {
        title: "第二十条第（八）项",
        item_label: ITEM,
        columns: &[(DisclosureColumn::Amount, "本年收费金额（单位：万元）")],
        rows: &[(DisclosureRow::Fees, "行政事业性收费")],
    },
];

const REQUEST_ROWS: &[RequestRowLabel] = &[
    top(RequestRow::Received, "一、本年新收政府信息公开申请数量"),
    top(RequestRow::CarriedIn, "二、上年结转政府信息公开申请数量"),
    outcome(RequestRow::Granted, "（一）予以公开"),
    outcome(RequestRow::PartlyGranted, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    refused(RequestRow::StateSecret, "1.属于国家秘密"),
    refused(RequestRow::ForbiddenByLaw, "2.其他法律行政法规禁止公开"),
    refused(RequestRow::EndangersSecurityOrStability, "3.危及“三安全一稳定”"),
    refused(RequestRow::ThirdPartyRights, "4.保护第三方合法权益"),
    refused(RequestRow::InternalAffairs, "5.属于三类内部事务信息"),
    refused(RequestRow::ProcessInformation, "6.属于四类过程性信息"),
    refused(RequestRow::EnforcementFile, "7.属于行政执法案卷"),
    refused(RequestRow::AdministrativeQuery, "8.属于行政查询事项"),
    unavailable(RequestRow::NotHeld, "1.本机关不掌握相关政府信息"),
    unavailable(RequestRow::NeedsCompiling, "2.没有现成信息需要另行制作"),
    unavailable(RequestRow::StillUnclear, "3.补正后申请内容仍不明确"),
    not_processed(RequestRow::PetitionOrComplaint, "1.信访举报投诉类申请"),
    not_processed(RequestRow::Repeated, "2.重复申请"),
    not_processed(RequestRow::PublishedMaterial, "3.要求提供已出版的材料"),
    not_processed(RequestRow::Excessive, "4.无正当理由大量反复申请"),
    not_processed(RequestRow::Confirmation, "5.要求行政机关确认或重新出具已获取信息"),
    not_processed(RequestRow::Rehearsed, "6.以申请公开名义进行咨询"),
    other(
        RequestRow::NotSupplemented,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    other(
        RequestRow::FeeUnpaid,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    other(RequestRow::OtherOutcome, "3.其他"),
    outcome(RequestRow::OutcomeTotal, "（七）总计"),
    top(RequestRow::CarriedOut, "四、结转下年度继续办理"),
];

#[cfg(test)]
mod tests {
    use super::super::{Axis as _, Cell, RequestColumn, y2021};
    use super::*;
    use crate::render::{Format, Renderer};
    use crate::report::Report;
    use crate::rules::Given;
    use crate::source::{SourceFile, starter, write};
    use crate::{document, review, workbook};

    /// A data file in which three applications came in, and that many were not processed for the new reason.
    fn text(n_rehearsed: u8) -> String {
        let mut text = "format = \"2998\"\n".to_owned();
        for row in FORM.requests.rows.iter().filter(|row| row.row != RequestRow::OutcomeTotal) {
            let n = match row.row {
                RequestRow::Received => 3,
                RequestRow::PublishedMaterial => 1,
                RequestRow::Rehearsed => n_rehearsed,
                _ => 0,
            };
            text.push_str(&format!("requests.{} = [{n}, 0, 0, 0, 0, 0]\n", row.row.key()));
        }
        text.push_str("[report]\nyear = 2998\npublished = 2999-01-20\n");
        text.push_str("[agency]\nname = \"某某县人民政府\"\nkind = \"government\"\n");
        text
    }

    fn report() -> Report {
        let source = SourceFile::parse("t.toml", text(2));
        let (report, problems) = crate::source::read(&source);
        assert_eq!(problems, []);
        report.unwrap()
    }

    #[test]
    fn it_differs_from_the_form_of_2021_by_one_row_and_one_label() {
        let old = |row: RequestRow| y2021::FORM.requests.rows.iter().find(|own| own.row == row);
        let (renamed, added): (Vec<_>, Vec<_>) = FORM
            .requests
            .rows
            .iter()
            .filter(|row| old(row.row).is_none_or(|old| old.label != row.label))
            .partition(|row| old(row.row).is_some());
        assert_eq!(
            renamed.iter().map(|row| row.row).collect::<Vec<_>>(),
            [RequestRow::PublishedMaterial]
        );
        assert_eq!(added.iter().map(|row| row.row).collect::<Vec<_>>(), [RequestRow::Rehearsed]);
    }

    #[test]
    fn a_report_of_it_is_read_judged_written_and_added_up() {
        let report = report();
        let cell = Cell::Requests(RequestRow::Rehearsed, RequestColumn::Total);
        assert_eq!(report.printed(cell), Some(2.into()));
        let is_told = |n_rehearsed| {
            let review = review(&SourceFile::parse("t.toml", text(n_rehearsed)), Given::default());
            review.findings.iter().any(|finding| finding.code.starts_with("NB3"))
        };
        assert!(!is_told(2) && is_told(1));
        let again = crate::source::read(&SourceFile::parse("t.toml", write(&report))).0.unwrap();
        assert_eq!(again.requests, report.requests);
        let key = RequestRow::Rehearsed.key().rsplit('.').next().unwrap();
        assert!(starter(&Report::empty(Edition::Rehearsal), None).contains(&format!("#{key} ")));
        assert!(crate::source::schema().contains(&format!("\"{key}\"")));
        let reading = workbook::read(&workbook::write(&report).unwrap(), &report);
        assert_eq!(workbook::compare(&report, &reading, false).unwrap(), []);
    }

    #[test]
    fn every_output_shows_its_rows() {
        let document = document::build(&report(), true);
        let renderer = Renderer::new();
        for format in Format::ALL {
            let bytes = renderer.render(&document, *format).unwrap();
            // Labels may break between words.
            let page = String::from_utf8_lossy(&bytes).replace("<wbr>", "");
            for label in ["要求提供已出版的材料", "以申请公开名义进行咨询"] {
                // The bytes of the others are packed.
                let is_text = matches!(format, Format::Html | Format::HtmlFragment);
                assert!(page.contains(label) || !is_text, "{label}");
            }
        }
    }
}
