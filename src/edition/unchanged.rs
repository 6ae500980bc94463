//! The parts that no notice has changed so far: the sections, table 3, the columns of table 2, and how rows
//! are written down.

use super::{
    ChallengeColumn, ChallengesTable, RequestColumn, RequestColumnLabel, RequestGroup, RequestRow,
    RequestRowLabel, RequestRowPlace, Section, SectionTitle,
};

/// The six sections.
pub(super) const SECTIONS: &[SectionTitle] = &[
    section(Section::Overview, "一、总体情况", "总体情况", &[]),
    section(Section::Disclosure, "二、主动公开政府信息情况", "主动公开政府信息情况", &[]),
    section(
        Section::Requests,
        "三、收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请情况",
        &[],
    ),
    section(
        Section::Challenges,
        "四、政府信息公开行政复议、行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        // After the words of the Regulation.
        &["因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
    ),
    section(
        Section::Problems,
        "五、存在的主要问题及改进情况",
        "存在的主要问题及改进情况",
        &["政府信息公开工作存在的主要问题及改进情况"],
    ),
    section(Section::Other, "六、其他需要报告的事项", "其他需要报告的事项", &[]),
];

const fn section(
    section: Section,
    title: &'static str,
    in_text: &'static str,
    also: &'static [&'static str],
) -> SectionTitle {
    SectionTitle { section, title, in_text, also }
}

/// Over the labels of the rows of table 1.
pub(super) const ITEM: &str = "信息内容";

/// The columns of figures of table 2.
pub(super) const REQUEST_COLUMNS: &[RequestColumnLabel] = &[
    column(RequestColumn::NaturalPerson, "自然人", false),
    column(RequestColumn::Business, "商业企业", true),
    column(RequestColumn::Research, "科研机构", true),
    column(RequestColumn::PublicWelfare, "社会公益组织", true),
    column(RequestColumn::LegalService, "法律服务机构", true),
    column(RequestColumn::Other, "其他", true),
    column(RequestColumn::Total, "总计", false),
];

/// Table 3.
pub(super) const CHALLENGES: ChallengesTable = ChallengesTable {
    column_widths: &[590; 15],
    reconsideration_label: "行政复议",
    litigation_label: "行政诉讼",
    direct_label: "未经复议直接起诉",
    after_label: "复议后起诉",
    columns: &[
        (ChallengeColumn::Upheld, "结果维持"),
        (ChallengeColumn::Corrected, "结果纠正"),
        (ChallengeColumn::OtherResult, "其他结果"),
        (ChallengeColumn::Pending, "尚未审结"),
        (ChallengeColumn::Total, "总计"),
    ],
};

const fn column(
    column: RequestColumn,
    label: &'static str,
    organisation: bool,
) -> RequestColumnLabel {
    RequestColumnLabel { column, label, organisation }
}

/// A row of table 2 whose label takes all label columns.
pub(super) const fn top(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Top }
}

/// An outcome row of no group.
pub(super) const fn outcome(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Outcome }
}

/// An outcome row of （三）不予公开.
pub(super) const fn refused(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Grouped(RequestGroup::Refused) }
}

/// An outcome row of （四）无法提供.
pub(super) const fn unavailable(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Grouped(RequestGroup::Unavailable) }
}

/// An outcome row of （五）不予处理.
pub(super) const fn not_processed(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Grouped(RequestGroup::NotProcessed) }
}

/// An outcome row of （六）其他处理.
pub(super) const fn other(row: RequestRow, label: &'static str) -> RequestRowLabel {
    RequestRowLabel { row, label, place: RequestRowPlace::Grouped(RequestGroup::Other) }
}
