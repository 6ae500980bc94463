//! The provisions. Their texts stand in `tests/law`, where a test looks up each of them.

use super::{Authority, Provision};

const REGULATION: Provision = Provision {
    title: "《中华人民共和国政府信息公开条例》",
    number: "国务院令第711号",
    article: "",
    authority: Authority::Law,
    since: None,
    earlier: None,
};

/// An article of the Regulation, which has held unchanged as long as there have been these reports.
const fn regulation(article: &'static str) -> Provision {
    Provision { article, ..REGULATION }
}

/// Article 6: what is disclosed is disclosed in time and correctly.
pub(crate) const REGULATION_6: Provision = regulation("第六条");
/// Article 8: the management of information by one standard.
pub(crate) const REGULATION_8: Provision = regulation("第八条");
/// Article 11: bodies agree on what they disclose together.
pub(crate) const REGULATION_11: Provision = regulation("第十一条");
/// Article 12: the guide and the catalogue are kept up to date.
pub(crate) const REGULATION_12: Provision = regulation("第十二条");
/// Article 14: state secrets, and what laws or security forbid to disclose.
pub(crate) const REGULATION_14: Provision = regulation("第十四条");
/// Article 15: no disclosure that harms a third party.
pub(crate) const REGULATION_15: Provision = regulation("第十五条");
/// Article 16: internal matters, material of a process, files of enforcement.
pub(crate) const REGULATION_16: Provision = regulation("第十六条");
/// Article 17: what is disclosed is examined before.
pub(crate) const REGULATION_17: Provision = regulation("第十七条");
/// Article 18: what is not disclosed is looked at again from time to time.
pub(crate) const REGULATION_18: Provision = regulation("第十八条");
/// Article 20: what is disclosed without being asked for.
pub(crate) const REGULATION_20: Provision = regulation("第二十条");
/// Article 23: the ways in which information is published.
pub(crate) const REGULATION_23: Provision = regulation("第二十三条");
/// Article 24: the platform on the site of the government.
pub(crate) const REGULATION_24: Provision = regulation("第二十四条");
/// Article 25: places where information can be read.
pub(crate) const REGULATION_25: Provision = regulation("第二十五条");
/// Article 26: twenty working days to publish.
pub(crate) const REGULATION_26: Provision = regulation("第二十六条");
/// Article 28: the ways to apply.
pub(crate) const REGULATION_28: Provision = regulation("第二十八条");
/// Article 29: what an application contains.
pub(crate) const REGULATION_29: Provision = regulation("第二十九条");
/// Article 30: an application that is not clear is to be supplemented.
pub(crate) const REGULATION_30: Provision = regulation("第三十条");
/// Article 31: the day on which an application is received.
pub(crate) const REGULATION_31: Provision = regulation("第三十一条");
/// Article 32: a third party is asked.
pub(crate) const REGULATION_32: Provision = regulation("第三十二条");
/// Article 33: twenty working days to answer, twenty more with leave.
pub(crate) const REGULATION_33: Provision = regulation("第三十三条");
/// Article 34: bodies that made information together are asked.
pub(crate) const REGULATION_34: Provision = regulation("第三十四条");
/// Article 35: applications beyond all measure.
pub(crate) const REGULATION_35: Provision = regulation("第三十五条");
/// Article 36: the answers that can be given.
pub(crate) const REGULATION_36: Provision = regulation("第三十六条");
/// Article 37: what may be disclosed is parted from what may not.
pub(crate) const REGULATION_37: Provision = regulation("第三十七条");
/// Article 38: only information that is there already.
pub(crate) const REGULATION_38: Provision = regulation("第三十八条");
/// Article 39: complaints, and publications that can be had elsewhere.
pub(crate) const REGULATION_39: Provision = regulation("第三十九条");
/// Article 41: information on oneself that is not correct.
pub(crate) const REGULATION_41: Provision = regulation("第四十一条");
/// Article 42: no fee for handling applications but one for excessive ones.
pub(crate) const REGULATION_42: Provision = regulation("第四十二条");
/// Article 43: help for those who cannot read or hear.
pub(crate) const REGULATION_43: Provision = regulation("第四十三条");
/// Article 45: how applications are registered, answered and filed.
pub(crate) const REGULATION_45: Provision = regulation("第四十五条");
/// Article 46: appraisal by the office above and by society, and liability.
pub(crate) const REGULATION_46: Provision = regulation("第四十六条");
/// Article 47: guidance and supervision.
pub(crate) const REGULATION_47: Provision = regulation("第四十七条");
/// Article 48: those who do the work are trained.
pub(crate) const REGULATION_48: Provision = regulation("第四十八条");
/// Article 49: who reports on the year before, and by when.
pub(crate) const REGULATION_49: Provision = regulation("第四十九条");
/// Article 50: what the report contains.
pub(crate) const REGULATION_50: Provision = regulation("第五十条");
/// Article 50, item 4: problems and improvements, and what governments report beside them.
pub(crate) const REGULATION_50_4: Provision = regulation("第五十条第一款第四项");
/// Article 54: organizations that a law gives public affairs to.
pub(crate) const REGULATION_54: Provision = regulation("第五十四条");
/// Article 55: public enterprises and institutions.
pub(crate) const REGULATION_55: Provision = regulation("第五十五条");
/// Article 56, the last one: the day from which the Regulation holds.
pub(crate) const REGULATION_56: Provision = regulation("第五十六条");

/// The notice that issued the form for the report years from 2021 on.
pub(crate) const FORMAT_2021: Provision = Provision {
    title: "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》",
    number: "国办公开办函〔2021〕30号",
    article: "",
    authority: Authority::Notice,
    since: None,
    earlier: None,
};
/// The notice's demand on the contents as a whole: nothing left out, nothing broadened.
pub(crate) const FORMAT_2021_CONTENTS: Provision =
    Provision { article: "“一、报告内容”", ..FORMAT_2021 };
/// The aspects of section one in the 2021 form.
pub(crate) const FORMAT_2021_SECTION_1: Provision =
    Provision { article: "“一、报告内容”“（一）总体情况”", ..FORMAT_2021 };
/// The liability for a report that is late, wrong, incomplete or copied.
pub(crate) const FORMAT_2021_ACCURACY: Provision =
    Provision { article: "“（四）明确责任”", ..FORMAT_2021 };
/// The same of what is copied.
pub(crate) const FORMAT_2021_REPETITION: Provision = Provision {
    article: "“（四）明确责任”（“内容雷同、敷衍塞责”）",
    ..FORMAT_2021
};
/// The six sections of the 2021 form.
pub(crate) const FORMAT_2021_SECTIONS: Provision =
    Provision { article: "附件（六个部分及其标题）", ..FORMAT_2021 };
/// Table 1 of the 2021 form.
pub(crate) const FORMAT_2021_TABLE_1: Provision = Provision {
    article: "附件第二部分“主动公开政府信息情况”表",
    ..FORMAT_2021
};
/// Table 2 of the 2021 form.
pub(crate) const FORMAT_2021_TABLE_2: Provision = Provision {
    article: "附件第三部分“收到和处理政府信息公开申请情况”表",
    ..FORMAT_2021
};
/// Table 3 of the 2021 form.
pub(crate) const FORMAT_2021_TABLE_3: Provision = Provision {
    article: "附件第四部分“政府信息公开行政复议、行政诉讼情况”表",
    ..FORMAT_2021
};
/// The contents of section six in the 2021 form.
pub(crate) const FORMAT_2021_SECTION_6: Provision = Provision {
    article: "附件第六部分“其他需要报告的事项”（“收取信息处理费情况在此处报告”）",
    ..FORMAT_2021
};

/// The notice that issued the form on trial, for the report years 2019 and 2020.
pub(crate) const FORMAT_2019: Provision = Provision {
    title: "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》",
    number: "国办公开办函〔2019〕60号",
    ..FORMAT_2021
};
/// The six sections of the 2019 form.
pub(crate) const FORMAT_2019_SECTIONS: Provision =
    Provision { article: FORMAT_2021_SECTIONS.article, ..FORMAT_2019 };
/// Table 1 of the 2019 form.
pub(crate) const FORMAT_2019_TABLE_1: Provision =
    Provision { article: FORMAT_2021_TABLE_1.article, ..FORMAT_2019 };
/// Table 2 of the 2019 form.
pub(crate) const FORMAT_2019_TABLE_2: Provision =
    Provision { article: FORMAT_2021_TABLE_2.article, ..FORMAT_2019 };
/// Table 3 of the 2019 form.
pub(crate) const FORMAT_2019_TABLE_3: Provision =
    Provision { article: FORMAT_2021_TABLE_3.article, ..FORMAT_2019 };

/// The rules of the fee for handling information.
pub(crate) const FEE_2020: Provision = Provision {
    title: "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》",
    number: "国办函〔2020〕109号",
    ..FORMAT_2021
};
/// The steps of the fee, by applications and by pages.
pub(crate) const FEE_2020_TARIFF: Provision =
    Provision { article: "第四条、第五条", ..FEE_2020 };

/// The power to make regulations.
pub(crate) const LEGISLATION_RULES: Provision = Provision {
    title: "《中华人民共和国立法法》",
    number: "主席令第3号，2023年修正",
    article: "第九十一条、第九十三条",
    authority: Authority::Law,
    since: Some((2023, 3, 15)),
    earlier: Some(&LEGISLATION_RULES_2015),
};
/// The earlier power to make regulations.
pub(crate) const LEGISLATION_RULES_2015: Provision = Provision {
    title: "《中华人民共和国立法法》",
    number: "主席令第20号，2015年修正",
    article: "第八十条、第八十二条",
    authority: Authority::Law,
    since: None,
    earlier: None,
};

/// State organs write the standard language, and government sites keep to its standards.
pub(crate) const LANGUAGE: Provision = Provision {
    title: "《中华人民共和国国家通用语言文字法》",
    number: "2025年修订",
    article: "第十条、第十七条",
    authority: Authority::Law,
    since: Some((2026, 1, 1)),
    earlier: Some(&LANGUAGE_2000),
};
/// State organs wrote standard characters before.
pub(crate) const LANGUAGE_2000: Provision = Provision {
    title: "《中华人民共和国国家通用语言文字法》",
    number: "主席令第三十七号",
    article: "第九条",
    authority: Authority::Law,
    since: None,
    earlier: None,
};

/// Reconsideration comes before a suit on a refusal of information.
pub(crate) const RECONSIDERATION_FIRST: Provision = Provision {
    title: "《中华人民共和国行政复议法》",
    number: "2023年修订",
    article: "第二十三条第一款第四项",
    authority: Authority::Law,
    since: Some((2024, 1, 1)),
    earlier: None,
};
/// A suit also lies when reconsideration, which comes first, was not taken up or not decided in time.
pub(crate) const RECONSIDERATION_NOT_DECIDED: Provision =
    Provision { article: "第三十四条", ..RECONSIDERATION_FIRST };
/// The refusals that must go to reconsideration first.
pub(crate) const RECONSIDERATION_RULES_31: Provision = Provision {
    title: "《中华人民共和国行政复议法实施条例》",
    number: "国务院令第836号，2026年修订",
    article: "第三十一条",
    authority: Authority::Law,
    since: Some((2026, 7, 1)),
    earlier: None,
};
/// The suits on disclosure that the courts take, and their dismissal of those that skip reconsideration.
pub(crate) const DISCLOSURE_SUITS: Provision = Provision {
    title: "《最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释》",
    number: "法释〔2025〕8号",
    article: "第一条、第十条",
    authority: Authority::Law,
    since: Some((2025, 6, 1)),
    earlier: None,
};
/// A suit lies after a decision on reconsideration, and when none is made in time.
pub(crate) const LITIGATION_45: Provision = Provision {
    title: "《中华人民共和国行政诉讼法》",
    number: "2017年修正",
    article: "第四十五条",
    authority: Authority::Law,
    since: None,
    earlier: None,
};

/// Coercion is measures and execution.
pub(crate) const COERCION_2: Provision = Provision {
    title: "《中华人民共和国行政强制法》",
    number: "",
    article: "第二条",
    authority: Authority::Law,
    since: None,
    earlier: None,
};

/// Personal information is not disclosed without consent, and state organs do no more than they must.
pub(crate) const PERSONAL_INFORMATION: Provision = Provision {
    title: "《中华人民共和国个人信息保护法》",
    number: "",
    article: "第二十五条、第三十四条",
    authority: Authority::Law,
    since: Some((2021, 11, 1)),
    earlier: None,
};
/// Numbers and mailboxes by which a person can be told are personal information.
pub(crate) const CIVIL_CODE_1034: Provision = Provision {
    title: "《中华人民共和国民法典》",
    number: "",
    article: "第一千零三十四条",
    authority: Authority::Law,
    since: Some((2021, 1, 1)),
    earlier: None,
};

/// The layout of official documents.
const LAYOUT: Provision = Provision {
    title: "《党政机关公文格式》",
    number: "GB/T 9704-2012",
    article: "",
    authority: Authority::Standard,
    since: None,
    earlier: None,
};
/// Years in document numbers stand in 〔〕.
pub(crate) const LAYOUT_DOCUMENT_NUMBER: Provision = Provision { article: "第7.2.5条", ..LAYOUT };
/// The levels of numbering: 一、（一）1.（1）.
pub(crate) const LAYOUT_NUMBERING: Provision = Provision { article: "第7.3.3条", ..LAYOUT };

/// The use of punctuation marks.
pub(crate) const PUNCTUATION: Provision =
    Provision { title: "《标点符号用法》", number: "GB/T 15834-2011", ..LAYOUT };
/// Figures in writing.
pub(crate) const NUMERALS: Provision =
    Provision { title: "《出版物上数字用法》", number: "GB/T 15835-2011", ..LAYOUT };

/// The practice of well-made reports, which no provision demands.
pub(crate) const PRACTICE: Provision = Provision {
    title: "各地编制年度报告的通行做法",
    number: "",
    article: "（国家没有统一规定）",
    authority: Authority::Practice,
    since: None,
    earlier: None,
};

/// The demands of an office on its own reports, or on those of its units.
pub(crate) const OFFICE: Provision = Provision {
    title: "本单位或者上级的要求",
    article: "（写在 [rules] 中）",
    authority: Authority::Office,
    ..PRACTICE
};

/// Every provision that is cited.
pub const ALL: &[Provision] = &[
    REGULATION_6,
    REGULATION_8,
    REGULATION_11,
    REGULATION_12,
    REGULATION_14,
    REGULATION_15,
    REGULATION_16,
    REGULATION_17,
    REGULATION_18,
    REGULATION_20,
    REGULATION_23,
    REGULATION_24,
    REGULATION_25,
    REGULATION_26,
    REGULATION_28,
    REGULATION_29,
    REGULATION_30,
    REGULATION_31,
    REGULATION_32,
    REGULATION_33,
    REGULATION_34,
    REGULATION_35,
    REGULATION_36,
    REGULATION_37,
    REGULATION_38,
    REGULATION_39,
    REGULATION_41,
    REGULATION_42,
    REGULATION_43,
    REGULATION_45,
    REGULATION_46,
    REGULATION_47,
    REGULATION_48,
    REGULATION_49,
    REGULATION_50,
    REGULATION_50_4,
    REGULATION_54,
    REGULATION_55,
    REGULATION_56,
    FORMAT_2021,
    FORMAT_2021_CONTENTS,
    FORMAT_2021_SECTION_1,
    FORMAT_2021_ACCURACY,
    FORMAT_2021_REPETITION,
    FORMAT_2021_SECTIONS,
    FORMAT_2021_TABLE_1,
    FORMAT_2021_TABLE_2,
    FORMAT_2021_TABLE_3,
    FORMAT_2021_SECTION_6,
    FORMAT_2019,
    FORMAT_2019_SECTIONS,
    FORMAT_2019_TABLE_1,
    FORMAT_2019_TABLE_2,
    FORMAT_2019_TABLE_3,
    FEE_2020,
    FEE_2020_TARIFF,
    LEGISLATION_RULES,
    LEGISLATION_RULES_2015,
    LANGUAGE,
    LANGUAGE_2000,
    RECONSIDERATION_FIRST,
    RECONSIDERATION_NOT_DECIDED,
    RECONSIDERATION_RULES_31,
    DISCLOSURE_SUITS,
    LITIGATION_45,
    COERCION_2,
    PERSONAL_INFORMATION,
    CIVIL_CODE_1034,
    LAYOUT_DOCUMENT_NUMBER,
    LAYOUT_NUMBERING,
    PUNCTUATION,
    NUMERALS,
    PRACTICE,
    OFFICE,
];
