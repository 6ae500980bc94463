//! Guidance for filling each row of the tables, for starter files and editors.

use super::{Cell, DisclosureRow, Edition, Form, Proceeding, RequestRow};
use crate::law::{self, Provision};

/// The help for filling a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guidance {
    /// The value that belongs there, in one Chinese phrase without a full stop; empty where the label says it all.
    /// Practice that no provision demands is called usual.
    pub note: &'static str,
    /// The articles in which the matter is ruled; they explain the row, and no rule rests on them.
    pub see: &'static [Provision],
}

impl Form {
    /// The help for filling the row of a cell.
    pub fn guidance(&self, cell: Cell) -> Guidance {
        match cell {
            Cell::Disclosure(row, _) => match self.edition {
                // The rows had other columns then, which say themselves what belongs there.
                Edition::Y2019 => Guidance { note: "", see: &[law::REGULATION_20] },
                Edition::Y2021 => find(DISCLOSURE, row),
                #[cfg(test)]
                Edition::Rehearsal => find(DISCLOSURE, row),
            },
            Cell::Requests(row, _) => find(REQUESTS, row),
            Cell::Challenges(proceeding, _) => match self.edition {
                // What has changed about suits since concerns no report of those years.
                Edition::Y2019 => Guidance { note: TOTAL, see: &[law::FORMAT_2019_TABLE_3] },
                Edition::Y2021 => find(CHALLENGES, proceeding),
                #[cfg(test)]
                Edition::Rehearsal => find(CHALLENGES, proceeding),
            },
        }
    }
}

/// A row with its note and its articles.
type Line<R> = (R, &'static str, &'static [Provision]);

fn find<R: Copy + PartialEq>(lines: &[Line<R>], row: R) -> Guidance {
    lines
        .iter()
        .find(|line| line.0 == row)
        .map_or(Guidance { note: "", see: &[] }, |line| Guidance { note: line.1, see: line.2 })
}

const DISCLOSURE: &[Line<DisclosureRow>] = &[
    (
        DisclosureRow::Regulations,
        "只有国务院部门、省级和设区的市级人民政府等能制定规章，其他机关填 0；现行有效件数一般按年底计",
        &[law::LEGISLATION_RULES, law::REGULATION_20],
    ),
    (
        DisclosureRow::NormativeDocuments,
        "现行有效件数一般按年底计；因清理与上年接不上的，一般在备注中说明",
        &[law::REGULATION_20],
    ),
    (DisclosureRow::Licences, DECISIONS, &[law::REGULATION_20]),
    (DisclosureRow::Penalties, DECISIONS, &[law::REGULATION_20]),
    (
        DisclosureRow::CoerciveMeasures,
        "包括强制措施和强制执行；一般填本年作出的全部决定，已公开的和依法不公开的都计入",
        &[law::COERCION_2, law::REGULATION_20],
    ),
    (
        DisclosureRow::Fees,
        "单位是万元，小数照写；信息处理费也属于行政事业性收费，收取情况在第六部分报告，单位是元",
        &[law::REGULATION_20, law::FORMAT_2021_TABLE_1, law::FORMAT_2021_SECTION_6],
    ),
];

/// As a local notice on the reports of 2025 puts it.
const DECISIONS: &str = "一般填本年作出的全部决定，已公开的和依法不公开的都计入";

const REQUESTS: &[Line<RequestRow>] = &[
    (
        RequestRow::Received,
        "本年1月1日至12月31日收到的申请，哪天算收到见条例第三十一条；按申请人分列",
        &[law::REGULATION_49, law::REGULATION_31],
    ),
    (
        RequestRow::CarriedIn,
        "一般照上年报告的“四、结转下年度继续办理”填，各列都相同",
        &[law::FORMAT_2021_TABLE_2],
    ),
    (RequestRow::Granted, "", &[law::REGULATION_36]),
    (RequestRow::PartlyGranted, "", &[law::REGULATION_37]),
    (RequestRow::StateSecret, "", &[law::REGULATION_14]),
    (RequestRow::ForbiddenByLaw, "", &[law::REGULATION_14]),
    (
        RequestRow::EndangersSecurityOrStability,
        "国家安全、公共安全、经济安全、社会稳定",
        &[law::REGULATION_14],
    ),
    (RequestRow::ThirdPartyRights, "", &[law::REGULATION_15, law::REGULATION_32]),
    (RequestRow::InternalAffairs, "人事管理、后勤管理、内部工作流程", &[law::REGULATION_16]),
    (RequestRow::ProcessInformation, "讨论记录、过程稿、磋商信函、请示报告", &[law::REGULATION_16]),
    (RequestRow::EnforcementFile, "", &[law::REGULATION_16]),
    (
        RequestRow::AdministrativeQuery,
        "工商、不动产登记资料等信息，法律、行政法规对获取有特别规定的",
        &[law::REGULATION_36],
    ),
    (
        RequestRow::NotHeld,
        "经检索没有的，和不由本机关负责公开的，一般都填在这里",
        &[law::REGULATION_36],
    ),
    (RequestRow::NeedsCompiling, "", &[law::REGULATION_38]),
    (RequestRow::StillUnclear, "", &[law::REGULATION_30]),
    (RequestRow::PetitionOrComplaint, "", &[law::REGULATION_39]),
    (RequestRow::Repeated, "", &[law::REGULATION_36]),
    (RequestRow::PublishedMaterial, "", &[law::REGULATION_39]),
    (RequestRow::Excessive, "", &[law::REGULATION_35]),
    (RequestRow::NotSupplemented, "", &[law::REGULATION_30]),
    (RequestRow::FeeUnpaid, "", &[law::REGULATION_42, law::FEE_2020]),
    (RequestRow::OtherOutcome, "不属于以上各项的，申请人撤回申请的一般计在这里", &[]),
    (
        RequestRow::OutcomeTotal,
        "（一）至（六）各行相加；可以不写，由程序相加",
        &[law::FORMAT_2021_TABLE_2],
    ),
    (
        RequestRow::CarriedOut,
        "到本年12月31日还没有办结的申请",
        &[law::REGULATION_49, law::FORMAT_2021_TABLE_2],
    ),
];

const CHALLENGES: &[Line<Proceeding>] = &[
    (Proceeding::Reconsideration, TOTAL, &[law::FORMAT_2021_TABLE_3]),
    (
        Proceeding::LitigationDirect,
        "2024年起，不服不予公开的，应当先申请行政复议，一般不在此列；总计一般包括尚未审结的",
        &[
            law::FORMAT_2021_TABLE_3,
            law::RECONSIDERATION_FIRST,
            law::RECONSIDERATION_RULES_31,
            law::DISCLOSURE_SUITS,
        ],
    ),
    (
        Proceeding::LitigationAfter,
        "复议机关不予受理或者逾期不作答复而起诉的，一般也计在这里；总计一般包括尚未审结的",
        &[law::FORMAT_2021_TABLE_3, law::RECONSIDERATION_NOT_DECIDED, law::LITIGATION_45],
    ),
];

/// So it is in every published report whose table was looked at.
const TOTAL: &str = "总计一般包括尚未审结的";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{DisclosureColumn, RequestColumn};

    #[test]
    fn rows_are_explained() {
        let form = Edition::Y2021.form();
        let fees = form.guidance(Cell::Disclosure(DisclosureRow::Fees, DisclosureColumn::Amount));
        assert!(fees.note.contains("万元"));
        let row = Cell::Requests(RequestRow::StillUnclear, RequestColumn::Total);
        assert_eq!(form.guidance(row).see, [law::REGULATION_30]);
    }

    #[test]
    fn advice_has_a_source_or_says_that_it_is_only_usual() {
        for form in Edition::ALL.iter().map(|edition| edition.form()) {
            for cell in form.cells() {
                let Guidance { note, see } = form.guidance(cell);
                assert!(note.is_empty() || note.contains("一般") || !see.is_empty(), "{note}");
                let binds = see.iter().any(|provision| provision.authority.binds());
                assert!(!note.contains("应当") || binds, "{note}");
            }
        }
    }

    #[test]
    fn no_row_is_explained_twice() {
        for (i, line) in REQUESTS.iter().enumerate() {
            assert!(REQUESTS[i + 1..].iter().all(|other| other.0 != line.0), "{:?}", line.0);
        }
    }
}
