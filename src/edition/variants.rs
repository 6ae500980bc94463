//! Other words under which published reports print labels of the form: each was seen, and means nothing else.

use super::{DisclosureRow, Form, RequestRow};

/// Labels of rows of table 1.
const DISCLOSURE: &[(DisclosureRow, &[&str])] = &[
    (DisclosureRow::NormativeDocuments, &["规范性文件", "行政规范性文件"]),
    (DisclosureRow::Fees, &["行政事业性收费项目"]),
];

/// Labels of rows of table 2, without their numbers.
const REQUESTS: &[(RequestRow, &[&str])] = &[
    (RequestRow::Received, &["本年新收政府信息公开申请总数", "本年新收政府信息公开申请数"]),
    (RequestRow::CarriedIn, &["上年结转政府信息公开申请总数", "上年度结转政府信息公开申请数量"]),
    (RequestRow::PartlyGranted, &["部分公开"]),
    (RequestRow::ForbiddenByLaw, &["其他法律行政止公开", "其他法律、行政法规禁止公开"]),
    (RequestRow::Confirmation, &["要求行政机关确认或重新出具已获取的信息"]),
    // Reports that follow the form of 2021 in all else print this group as the one row of the form before.
    (RequestRow::OtherOutcome, &["其他处理"]),
    (RequestRow::CarriedOut, &["结转下年度", "结转下年度继续办理数量"]),
];

impl Form {
    /// Other words under which the label of a row of table 1 is printed.
    pub fn disclosure_row_also(&self, row: DisclosureRow) -> &'static [&'static str] {
        DISCLOSURE.iter().find(|(known, _)| *known == row).map_or(&[], |(_, words)| *words)
    }

    /// Other words, without a number, under which the label of a row of table 2 is printed.
    pub fn request_row_also(&self, row: RequestRow) -> &'static [&'static str] {
        REQUESTS.iter().find(|(known, _)| *known == row).map_or(&[], |(_, words)| *words)
    }
}
