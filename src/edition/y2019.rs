//! The form of 国办公开办函〔2019〕60号, on trial for the report years 2019 and 2020.

use super::unchanged::{
    CHALLENGES, ITEM, REQUEST_COLUMNS, SECTIONS, not_processed, outcome, refused, top, unavailable,
};
use super::{
    DisclosureBlock, DisclosureColumn, DisclosureRow, DisclosureTable, Edition, Form, RequestGroup,
    RequestRow, RequestRowLabel, RequestsTable,
};
use crate::law::{self, Provision};

/// The complete form.
pub(super) static FORM: Form = Form {
    edition: Edition::Y2019,
    notice: &law::FORMAT_2019,
    provisions: PROVISIONS,
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
            (RequestGroup::Other, OTHER),
        ],
    },
    challenges: CHALLENGES,
};

/// The group that this form does not divide: its label is that of its only row.
const OTHER: &str = "（六）其他处理";

/// The items of the year before, their change, and the decisions made.
const ITEMS: &[(DisclosureColumn, &str)] = &[
    (DisclosureColumn::ItemsLastYear, "上一年项目数量"),
    (DisclosureColumn::Change, "本年增/减"),
    (DisclosureColumn::DecisionsMade, "处理决定数量"),
];

const DISCLOSURE_BLOCKS: &[DisclosureBlock] = &[
    DisclosureBlock {
        title: "第二十条第（一）项",
        item_label: ITEM,
        columns: &[
            (DisclosureColumn::Made, "本年新制作数量"),
            (DisclosureColumn::Disclosed, "本年新公开数量"),
            (DisclosureColumn::DisclosedTotal, "对外公开总数量"),
        ],
        rows: &[
            (DisclosureRow::Regulations, "规章"),
            (DisclosureRow::NormativeDocuments, "规范性文件"),
        ],
    },
    DisclosureBlock {
        title: "第二十条第（五）项",
        item_label: ITEM,
        columns: ITEMS,
        rows: &[
            (DisclosureRow::Licences, "行政许可"),
            (DisclosureRow::OtherServices, "其他对外管理服务事项"),
        ],
    },
    DisclosureBlock {
        title: "第二十条第（六）项",
        item_label: ITEM,
        columns: ITEMS,
        rows: &[
            (DisclosureRow::Penalties, "行政处罚"),
            (DisclosureRow::CoerciveMeasures, "行政强制"),
        ],
    },
    DisclosureBlock {
        title: "第二十条第（八）项",
        item_label: ITEM,
        columns: &[
            (DisclosureColumn::ItemsLastYear, "上一年项目数量"),
            (DisclosureColumn::Change, "本年增/减"),
        ],
        rows: &[(DisclosureRow::Fees, "行政事业性收费")],
    },
    DisclosureBlock {
        title: "第二十条第（九）项",
        item_label: ITEM,
        columns: &[
            (DisclosureColumn::Purchases, "采购项目数量"),
            (DisclosureColumn::PurchaseAmount, "采购总金额"),
        ],
        rows: &[(DisclosureRow::CentralProcurement, "政府集中采购")],
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
    not_processed(RequestRow::PublishedMaterial, "3.要求提供公开出版物"),
    not_processed(RequestRow::Excessive, "4.无正当理由大量反复申请"),
    not_processed(RequestRow::Confirmation, "5.要求行政机关确认或重新出具已获取信息"),
    outcome(RequestRow::UndividedOther, OTHER),
    outcome(RequestRow::OutcomeTotal, "（七）总计"),
    top(RequestRow::CarriedOut, "四、结转下年度继续办理"),
];

/// The provisions of this notice, or of the Regulation, in the place of those that the rules cite.
const PROVISIONS: &[(Provision, Option<Provision>)] = &[
    (law::FORMAT_2021, Some(law::FORMAT_2019)),
    (law::FORMAT_2021_SECTIONS, Some(law::FORMAT_2019_SECTIONS)),
    (law::FORMAT_2021_TABLE_1, Some(law::FORMAT_2019_TABLE_1)),
    (law::FORMAT_2021_TABLE_2, Some(law::FORMAT_2019_TABLE_2)),
    (law::FORMAT_2021_TABLE_3, Some(law::FORMAT_2019_TABLE_3)),
    // What the later notice says of accuracy, the Regulation says of all that is disclosed.
    (law::FORMAT_2021_ACCURACY, Some(law::REGULATION_6)),
    // That nothing may be left out, the Regulation says by its list of contents.
    (law::FORMAT_2021_CONTENTS, Some(law::REGULATION_50)),
    // The aspects of section one, and that nothing may be copied, were first named by the later notice.
    (law::FORMAT_2021_SECTION_1, None),
    (law::FORMAT_2021_REPETITION, None),
];
