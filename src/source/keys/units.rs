//! The tables and keys of a list of units.

use super::{KeyKind, KeyTable, key, table};
use crate::edition::{Axis, DisclosureColumn, DisclosureRow, Edition};
use crate::report::{AgencyKind, AgencyLevel};
use crate::units::Holds;

/// The rows in which documents are counted.
pub(in super::super) const ROWS: &[DisclosureRow] =
    &[DisclosureRow::Regulations, DisclosureRow::NormativeDocuments];

/// Their columns.
pub(in super::super) const COLUMNS: &[DisclosureColumn] =
    &[DisclosureColumn::Issued, DisclosureColumn::Repealed, DisclosureColumn::InForce];

/// The words for the rows in which documents are counted.
fn rows() -> Vec<super::Choice> {
    let table = &Edition::LATEST.form().disclosure;
    ROWS.iter().map(|row| (row.key(), table.row_label(*row))).collect()
}

/// The words for their columns.
pub(in super::super) fn columns() -> Vec<super::Choice> {
    let table = &Edition::LATEST.form().disclosure;
    let label = |column| table.column_label(DisclosureRow::NormativeDocuments, column);
    COLUMNS.iter().map(|column| (column.key(), label(*column))).collect()
}

/// The top of a list of units.
pub(in super::super) static UNITS_ROOT: KeyTable = table(
    "",
    "名单",
    &[
        key("year", "报告年度", KeyKind::Year).required().like("year = {year}（报告年度）"),
        key("name", "汇总到哪个机关：机关全称", KeyKind::Line)
            .required()
            .like("name = \"机关全称\""),
        key("units", "下级单位", KeyKind::Tables)
            .required()
            .like("units = […]，或者另起一行写 [[units]]"),
        key("joint", "联合发文；没有的写 joint = []", KeyKind::Tables),
        key("due", "报送截止日期，例如 2026-01-20", KeyKind::Date),
        key("rules", "全部单位都按的检查规则：文件，路径从名单所在的文件夹算起", KeyKind::Line),
    ],
);

/// `[[units]]`.
pub(in super::super) static UNIT: KeyTable = table(
    "units[]",
    "一个单位",
    &[
        key("name", "单位名称，一般就是机关全称", KeyKind::Line)
            .required()
            .like("name = \"机关全称\""),
        key("under", "上级单位的 name；直接归汇总机关的不写", KeyKind::Line),
        key(
            "file",
            "数据文件，路径从名单所在的文件夹算起；只用来归类、自己不报的不写",
            KeyKind::Line,
        ),
        key("figures", "有下级又有数据文件的必须写：它的数含不含下级", KeyKind::Choice)
            .one_of(|| Holds::ALL.iter().map(|holds| (holds.1, holds.2)).collect()),
        key("agency", "数据文件中的机关全称；与 name 相同的不写", KeyKind::Line),
        key("kind", "机关类别", KeyKind::Choice)
            .one_of(|| AgencyKind::ALL.iter().map(|kind| (kind.1, kind.2)).collect()),
        key("level", "机关层级", KeyKind::Choice)
            .one_of(|| AgencyLevel::ALL.iter().map(|level| (level.1, level.2)).collect()),
    ],
);

/// `[[joint]]`.
pub(in super::super) static JOINT: KeyTable = table(
    "joint[]",
    "一个联合发文，几个单位都计入了，相加时只算一次",
    &[
        key("document", "文件名称", KeyKind::Line).required().like("document = \"…\"（文件名称）"),
        key("units", "都计入了这个文件的单位", KeyKind::Names)
            .required()
            .like("units = […]，或者另起一行写 [[units]]"),
        key("row", "计在哪一行", KeyKind::Choice)
            .required()
            .like("row = \"normative_documents\"（哪一行）")
            .one_of(rows),
        key("columns", "计在哪几列", KeyKind::Names)
            .required()
            .like("columns = [\"issued\", \"in_force\"]（哪几列）")
            .one_of(columns),
    ],
);

/// All tables of a list of units.
pub static UNIT_TABLES: &[&KeyTable] = &[&UNITS_ROOT, &UNIT, &JOINT];
