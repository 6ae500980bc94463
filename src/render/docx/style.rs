//! The styles a report uses: what each is for, how Word calls it, and which identifier a file gives it.

/// The pitch of a character of body text in twips: 156 mm for 28 characters (GB/T 9704-2012, 5.2.3).
pub(super) const CHARACTER: i32 = 315;

/// The role of a paragraph, a run or a table in the look of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The title of the report.
    Title,
    /// A section heading `一、`.
    Heading1,
    /// A part heading `（一）`.
    Heading2,
    /// A heading below that, for an editor of the file.
    Heading3,
    /// Running text.
    Body,
    /// A heading that runs into the text.
    LeadIn,
    /// A web or mail address.
    Link,
    /// The name of the body at the end.
    Agency,
    /// The date at the end.
    Date,
    /// The three tables.
    Table,
    /// A column head.
    TableHead,
    /// A figure, or a row head of a wide table.
    TableText,
    /// A column head of a table with many columns.
    SmallTableHead,
    /// A figure or a group of rows in a table with many columns.
    SmallTableText,
    /// A row head in a table with many columns.
    SmallTableLabel,
    /// A remark behind a figure, and all words of a table whose type is a step smaller.
    SmallTableRemark,
    /// All words of a table whose type is two steps smaller.
    SmallestTable,
    /// A note under a table.
    TableNote,
    /// The title above a chart.
    ChartTitle,
    /// A paragraph that holds a chart.
    Chart,
    /// The page head, which only a draft has.
    Header,
    /// The page foot of odd pages.
    Footer,
    /// The page foot of even pages.
    EvenFooter,
    /// The page number.
    PageNumber,
}

impl Role {
    /// All roles; `parts/styles.xml` defines each of them.
    pub(super) const ALL: [Self; 24] = [
        Self::Title,
        Self::Heading1,
        Self::Heading2,
        Self::Heading3,
        Self::Body,
        Self::LeadIn,
        Self::Link,
        Self::Agency,
        Self::Date,
        Self::Table,
        Self::TableHead,
        Self::TableText,
        Self::SmallTableHead,
        Self::SmallTableText,
        Self::SmallTableLabel,
        Self::SmallTableRemark,
        Self::SmallestTable,
        Self::TableNote,
        Self::ChartTitle,
        Self::Chart,
        Self::Header,
        Self::Footer,
        Self::EvenFooter,
        Self::PageNumber,
    ];

    /// The identifier of our own style, the name Word stores, and the name a Chinese Word shows.
    ///
    /// Word knows its own styles by their stored English names, whatever language it runs in.
    pub(super) fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Title => ("Title", "Title", "标题"),
            Self::Heading1 => ("Heading1", "heading 1", "标题 1"),
            Self::Heading2 => ("Heading2", "heading 2", "标题 2"),
            Self::Heading3 => ("Heading3", "heading 3", "标题 3"),
            Self::Body => ("BodyText", "Body Text", "正文文本"),
            Self::LeadIn => ("LeadIn", "段首标题", "段首标题"),
            Self::Link => ("Hyperlink", "Hyperlink", "超链接"),
            Self::Agency => ("Signature", "Signature", "签名"),
            Self::Date => ("Date", "Date", "日期"),
            Self::Table => ("ReportTable", "年报表格", "年报表格"),
            Self::TableHead => ("TableHead", "表头", "表头"),
            Self::TableText => ("TableText", "表格文字", "表格文字"),
            Self::SmallTableHead => ("SmallTableHead", "小表头", "小表头"),
            Self::SmallTableText => ("SmallTableText", "小表格文字", "小表格文字"),
            Self::SmallTableLabel => ("SmallTableLabel", "小表格项目", "小表格项目"),
            Self::SmallTableRemark => ("SmallTableRemark", "小表格备注", "小表格备注"),
            Self::SmallestTable => ("SmallestTable", "最小表格文字", "最小表格文字"),
            Self::TableNote => ("TableNote", "表注", "表注"),
            Self::ChartTitle => ("ChartTitle", "图题", "图题"),
            Self::Chart => ("Chart", "统计图", "统计图"),
            Self::Header => ("Header", "header", "页眉"),
            Self::Footer => ("Footer", "footer", "页脚"),
            Self::EvenFooter => ("EvenFooter", "偶数页页脚", "偶数页页脚"),
            Self::PageNumber => ("PageNumber", "page number", "页码"),
        }
    }
}

/// The style identifier of each role in the file being written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StyleIds(pub(super) [String; Role::ALL.len()]);

impl StyleIds {
    /// The identifiers of our own style sheet.
    pub(super) fn own() -> Self {
        Self(Role::ALL.map(|role| role.names().0.to_owned()))
    }

    /// The identifier of a role.
    pub(super) fn of(&self, role: Role) -> &str {
        &self.0[role as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::xml;
    use crate::render::docx::parts;

    #[test]
    fn our_style_sheet_defines_every_role_under_its_name() {
        let styles = xml::parse(&parts::styles()).unwrap();
        for (i, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, i);
            let (id, name, _) = role.names();
            let style = styles.elements().find(|s| s.get("w:styleId") == Some(id)).unwrap();
            assert_eq!(style.find("w:name").and_then(|n| n.get("w:val")), Some(name));
        }
    }
}
