//! Every legal provision the program cites, each once, with its full title.

use std::fmt;

/// A provision: an act or notice, and the article or part of it that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provision {
    /// The full title in book marks.
    pub title: &'static str,
    /// The document number, in full.
    pub number: &'static str,
    /// The article or part, or empty for the whole act.
    pub article: &'static str,
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）{}", self.title, self.number, self.article)
    }
}

const REGULATION: Provision = Provision {
    title: "《中华人民共和国政府信息公开条例》",
    number: "国务院令第711号",
    article: "",
};

/// Article 20: what is disclosed without being asked for.
pub const REGULATION_20: Provision = Provision { article: "第二十条", ..REGULATION };
/// Article 49: who reports, and by when.
pub const REGULATION_49: Provision = Provision { article: "第四十九条", ..REGULATION };
/// Article 50: what the report contains.
pub const REGULATION_50: Provision = Provision { article: "第五十条", ..REGULATION };

/// The notice that issued the form for the report years from 2021 on.
pub const FORMAT_2021: Provision = Provision {
    title: "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》",
    number: "国办公开办函〔2021〕30号",
    article: "",
};
/// The six sections of the 2021 form.
pub const FORMAT_2021_SECTIONS: Provision =
    Provision { article: "附件（六个部分及其标题）", ..FORMAT_2021 };
/// Table 1 of the 2021 form.
pub const FORMAT_2021_TABLE_1: Provision = Provision {
    article: "附件第二部分“主动公开政府信息情况”表",
    ..FORMAT_2021
};
/// Table 2 of the 2021 form.
pub const FORMAT_2021_TABLE_2: Provision = Provision {
    article: "附件第三部分“收到和处理政府信息公开申请情况”表",
    ..FORMAT_2021
};
/// Table 3 of the 2021 form.
pub const FORMAT_2021_TABLE_3: Provision = Provision {
    article: "附件第四部分“政府信息公开行政复议、行政诉讼情况”表",
    ..FORMAT_2021
};
