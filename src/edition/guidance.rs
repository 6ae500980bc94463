//! How each row of the tables is to be filled, for starter files and editors.

use super::{Cell, DisclosureRow, Edition, Form, Proceeding, RequestRow};
use crate::law::{self, Provision};

/// What helps to fill a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guidance {
    /// What belongs there, in one Chinese phrase without a full stop; empty where the label says it all.
    pub note: &'static str,
    /// The articles in which the matter is ruled; they explain the row, and no rule rests on them.
    pub see: &'static [Provision],
}

impl Form {
    /// What helps to fill the row of a cell.
    pub fn guidance(&self, cell: Cell) -> Guidance {
        match cell {
            Cell::Disclosure(row, _) => match self.edition {
                // The rows had other columns then, which say themselves what belongs there.
                Edition::Y2019 => Guidance { note: "", see: &[law::REGULATION_20] },
                Edition::Y2021 => find(DISCLOSURE, row),
            },
            Cell::Requests(row, _) => find(REQUESTS, row),
            Cell::Challenges(proceeding, _) => find(CHALLENGES, proceeding),
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
        "现行有效件数一般按年底计；因清理与上年接不上的，在备注中说明",
        &[law::REGULATION_20],
    ),
    (DisclosureRow::Licences, "本年作出的决定", &[law::REGULATION_20]),
    (DisclosureRow::Penalties, "本年作出的决定", &[law::REGULATION_20]),
    (DisclosureRow::CoerciveMeasures, "本年作出的决定", &[law::REGULATION_20]),
    (
        DisclosureRow::Fees,
        "单位是万元，小数照写；申请人缴纳的信息处理费另在第六部分报告，单位是元",
        &[law::REGULATION_20],
    ),
];

const REQUESTS: &[Line<RequestRow>] = &[
    (RequestRow::Received, "本年1月1日至12月31日收到的申请，按申请人分列", &[]),
    (RequestRow::CarriedIn, "照上年报告的“结转下年度继续办理”填，各列都应相同", &[]),
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
        "工商、不动产登记资料等，获取办法另有规定的",
        &[law::REGULATION_36],
    ),
    (RequestRow::NotHeld, "", &[law::REGULATION_36]),
    (RequestRow::NeedsCompiling, "", &[law::REGULATION_38]),
    (RequestRow::StillUnclear, "", &[law::REGULATION_30]),
    (RequestRow::PetitionOrComplaint, "", &[law::REGULATION_39]),
    (RequestRow::Repeated, "", &[law::REGULATION_36]),
    (RequestRow::PublishedMaterial, "", &[law::REGULATION_39]),
    (RequestRow::Excessive, "", &[law::REGULATION_35]),
    (RequestRow::NotSupplemented, "", &[law::REGULATION_30]),
    (RequestRow::FeeUnpaid, "", &[law::REGULATION_42, law::FEE_2020]),
    (RequestRow::OtherOutcome, "不属于以上各项的，例如申请人撤回申请", &[]),
    (RequestRow::OutcomeTotal, "（一）至（六）各行相加；可以不写，由程序相加", &[]),
    (RequestRow::CarriedOut, "到本年12月31日还没有办结的申请", &[]),
];

const CHALLENGES: &[Line<Proceeding>] = &[
    (Proceeding::Reconsideration, "总计包括尚未审结的", &[]),
    (Proceeding::LitigationDirect, "总计包括尚未审结的", &[]),
    (Proceeding::LitigationAfter, "总计包括尚未审结的", &[]),
];

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
    fn no_row_is_explained_twice() {
        for (i, line) in REQUESTS.iter().enumerate() {
            assert!(REQUESTS[i + 1..].iter().all(|other| other.0 != line.0), "{:?}", line.0);
        }
    }
}
