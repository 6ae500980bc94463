//! Every legal provision the program cites, each once, with its full title.

use std::fmt;

/// A provision: an act or notice, and the article or part of it that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provision {
    /// The full title in book marks.
    pub title: &'static str,
    /// The document number, in full; empty for what has none.
    pub number: &'static str,
    /// The article or part, or empty for the whole act.
    pub article: &'static str,
}

impl fmt::Display for Provision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)?;
        if !self.number.is_empty() {
            write!(f, "（{}）", self.number)?;
        }
        f.write_str(self.article)
    }
}

const REGULATION: Provision = Provision {
    title: "《中华人民共和国政府信息公开条例》",
    number: "国务院令第711号",
    article: "",
};

/// Article 6: what is disclosed is disclosed in time and correctly.
pub const REGULATION_6: Provision = Provision { article: "第六条", ..REGULATION };
/// Article 20: what is disclosed without being asked for.
pub const REGULATION_20: Provision = Provision { article: "第二十条", ..REGULATION };
/// Article 14: state secrets, and what laws or security forbid to disclose.
pub const REGULATION_14: Provision = Provision { article: "第十四条", ..REGULATION };
/// Article 16: internal matters, material of a process, files of enforcement.
pub const REGULATION_16: Provision = Provision { article: "第十六条", ..REGULATION };
/// Article 30: an application that is not clear is to be supplemented.
pub const REGULATION_30: Provision = Provision { article: "第三十条", ..REGULATION };
/// Article 32: a third party is asked.
pub const REGULATION_32: Provision = Provision { article: "第三十二条", ..REGULATION };
/// Article 33: twenty working days to answer, twenty more with leave.
pub const REGULATION_33: Provision = Provision { article: "第三十三条", ..REGULATION };
/// Article 35: applications beyond all measure.
pub const REGULATION_35: Provision = Provision { article: "第三十五条", ..REGULATION };
/// Article 36: the answers that can be given.
pub const REGULATION_36: Provision = Provision { article: "第三十六条", ..REGULATION };
/// Article 37: what may be disclosed is parted from what may not.
pub const REGULATION_37: Provision = Provision { article: "第三十七条", ..REGULATION };
/// Article 38: only information that is there already.
pub const REGULATION_38: Provision = Provision { article: "第三十八条", ..REGULATION };
/// Article 39: complaints, and publications that can be had elsewhere.
pub const REGULATION_39: Provision = Provision { article: "第三十九条", ..REGULATION };
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
/// What the notice demands of the contents: accurate and complete.
pub const FORMAT_2021_ACCURACY: Provision = Provision {
    article: "“明确责任”部分（发布内容准确、全面）",
    ..FORMAT_2021
};
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

/// The notice that issued the form on trial, for the report years 2019 and 2020.
pub const FORMAT_2019: Provision = Provision {
    title: "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》",
    number: "国办公开办函〔2019〕60号",
    article: "",
};
/// The six sections of the 2019 form.
pub const FORMAT_2019_SECTIONS: Provision =
    Provision { article: FORMAT_2021_SECTIONS.article, ..FORMAT_2019 };
/// Section one of the 2019 form.
pub const FORMAT_2019_SECTION_1: Provision =
    Provision { article: FORMAT_2021_SECTION_1.article, ..FORMAT_2019 };
/// Table 1 of the 2019 form.
pub const FORMAT_2019_TABLE_1: Provision =
    Provision { article: FORMAT_2021_TABLE_1.article, ..FORMAT_2019 };
/// Table 2 of the 2019 form.
pub const FORMAT_2019_TABLE_2: Provision =
    Provision { article: FORMAT_2021_TABLE_2.article, ..FORMAT_2019 };
/// Table 3 of the 2019 form.
pub const FORMAT_2019_TABLE_3: Provision =
    Provision { article: FORMAT_2021_TABLE_3.article, ..FORMAT_2019 };

/// Who may make regulations.
pub const LEGISLATION_RULES: Provision = Provision {
    title: "《中华人民共和国立法法》",
    number: "主席令第3号，2023年修正",
    article: "第九十一条、第九十三条",
};

/// Who could make regulations in the report years 2019 and 2020.
pub const LEGISLATION_RULES_2015: Provision = Provision {
    title: LEGISLATION_RULES.title,
    number: "主席令第20号，2015年修正",
    article: "第八十条、第八十二条",
};

/// Article 42: no fee for handling applications but one for excessive ones.
pub const REGULATION_42: Provision = Provision { article: "第四十二条", ..REGULATION };

/// Article 15: no disclosure that harms a third party, of personal privacy among others.
pub const REGULATION_15: Provision = Provision { article: "第十五条", ..REGULATION };
/// What section six of the 2021 form must report.
pub const FORMAT_2021_SECTION_6: Provision = Provision {
    article: "附件第六部分“其他需要报告的事项”（收取信息处理费情况在此处报告）",
    ..FORMAT_2021
};

/// What section one of the 2021 form must treat.
pub const FORMAT_2021_SECTION_1: Provision =
    Provision { article: "附件第一部分“总体情况”", ..FORMAT_2021 };

/// The rules of the fee for handling information.
pub const FEE_2020: Provision = Provision {
    title: "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》",
    number: "国办函〔2020〕109号",
    article: "",
};

/// State organs write the standard language and standard characters.
pub const LANGUAGE_9: Provision = Provision {
    title: "《中华人民共和国国家通用语言文字法》",
    number: "主席令第三十七号",
    article: "第九条",
};

/// How official documents are laid out.
const LAYOUT: Provision =
    Provision { title: "《党政机关公文格式》", number: "GB/T 9704-2012", article: "" };
/// Years in document numbers stand in 〔〕.
pub const LAYOUT_DOCUMENT_NUMBER: Provision = Provision { article: "第7.2.5条", ..LAYOUT };
/// The levels of numbering: 一、（一）1.（1）.
pub const LAYOUT_NUMBERING: Provision = Provision { article: "第7.3.3条", ..LAYOUT };

/// The use of punctuation marks.
pub const PUNCTUATION: Provision =
    Provision { title: "《标点符号用法》", number: "GB/T 15834-2011", article: "" };
/// Figures in writing.
pub const NUMERALS: Provision =
    Provision { title: "《出版物上数字用法》", number: "GB/T 15835-2011", article: "" };

/// What well-made reports do although no provision demands it.
pub const PRACTICE: Provision =
    Provision {
        title: "各地编制年度报告的通行做法", number: "", article: "（国家没有统一规定）"
    };
