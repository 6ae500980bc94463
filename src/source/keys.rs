//! The keys of the data file that are not figures of the form: tables, keys, what each holds.
//!
//! The figures' keys come from [`edition`](crate::edition). The reader, the writer and the generated
//! reference of the data file all walk these lists.

use crate::edition::Edition;
use crate::report::{AgencyKind, AgencyLevel, Aspect, HeadingStyle, RuleLevel};

/// A table of the data file.
#[derive(Debug)]
pub struct KeyTable {
    /// Its dotted name, empty for the top of the file; `[]` at the end marks a list of tables.
    pub name: &'static str,
    /// What it holds, in Chinese.
    pub label: &'static str,
    /// Its keys in order.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it means, in Chinese.
    pub label: &'static str,
    /// What it holds.
    pub kind: KeyKind,
    /// Whether it must be there.
    pub required: bool,
    /// How it is filled, in one Chinese phrase without a full stop; empty where the label says it all.
    pub note: &'static str,
}

impl Key {
    /// The same key with a word on how it is filled.
    const fn noted(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}

/// The words that can be written where a key holds a choice, each with its meaning or nothing.
pub(super) fn choices(table: &KeyTable, key: &Key) -> Vec<(&'static str, &'static str)> {
    match (table.name, key.name) {
        ("", _) => Edition::ALL.iter().map(|e| (e.key(), e.form().notice.number)).collect(),
        ("agency", "kind") => AgencyKind::ALL.iter().map(|k| (k.1, k.2)).collect(),
        ("agency", _) => AgencyLevel::ALL.iter().map(|l| (l.1, l.2)).collect(),
        (_, "aspect") => Aspect::ALL.iter().map(|a| (a.1, a.2)).collect(),
        ("rules.severity", _) => RuleLevel::ALL.iter().map(|l| (l.1, l.2)).collect(),
        _ => HeadingStyle::ALL.iter().map(|s| (s.1, s.2)).collect(),
    }
}

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// A text on one line.
    Line,
    /// A text of paragraphs in which figures can be bound.
    Text,
    /// A list, one entry a line.
    Lines,
    /// A year.
    Year,
    /// A date.
    Date,
    /// `true` or `false`.
    Boolean,
    /// A count.
    Count,
    /// An amount of money.
    Money,
    /// A list of texts.
    Names,
    /// One of some words.
    Choice,
    /// The address of a value.
    Path,
    /// A table of its own.
    Table,
    /// A list of tables.
    Tables,
}

const fn key(name: &'static str, label: &'static str, kind: KeyKind) -> Key {
    Key { name, label, kind, required: false, note: "" }
}

const fn required(name: &'static str, label: &'static str, kind: KeyKind) -> Key {
    Key { name, label, kind, required: true, note: "" }
}

/// The top of the file.
pub(super) static ROOT: KeyTable = KeyTable {
    name: "",
    label: "文件",
    keys: &[
        required("format", "格式版本", KeyKind::Choice),
        required("report", "报告", KeyKind::Table),
        required("agency", "机关", KeyKind::Table),
        key("opening", "引言", KeyKind::Table),
        key("overview", "一、总体情况", KeyKind::Table),
        key("disclosure", "二、主动公开政府信息情况", KeyKind::Table),
        key("requests", "三、收到和处理政府信息公开申请情况", KeyKind::Table),
        key("challenges", "四、政府信息公开行政复议、行政诉讼情况", KeyKind::Table),
        key("problems", "五、存在的主要问题及改进情况", KeyKind::Table),
        key("other", "六、其他需要报告的事项", KeyKind::Table),
        key("fonts", "PDF 用的自备字体", KeyKind::Table),
        key("notes", "备注", KeyKind::Tables),
        key("waivers", "豁免", KeyKind::Tables),
        key("rules", "检查的本地参数", KeyKind::Table),
    ],
};

/// `[report]`.
pub(super) static REPORT: KeyTable = KeyTable {
    name: "report",
    label: "报告",
    keys: &[
        required("year", "报告年度", KeyKind::Year).noted("四位数的年份"),
        key("published", "公布日期", KeyKind::Date).noted("县级以上人民政府部门应当在次年1月31日前公布，县级以上地方人民政府应当在3月31日前（条例第四十九条），乡镇和街道按当地要求；写成 2024-01-09 的样子"),
        key("previous", "上一年度数据文件", KeyKind::Line).noted("从本文件所在的文件夹算起；写了才能与上年核对"),
        key(
            "units",
            "下级单位名单（units.toml）；本报告的数据由下级相加时写，用来核对",
            KeyKind::Line,
        ),
        key("title", "标题；不写则为“机关全称＋年度＋政府信息公开工作年度报告”", KeyKind::Line),
        key("closing", "文末是否印机关名称和日期；不写则印", KeyKind::Boolean),
        key(
            "charts",
            "第三部分末尾是否加统计图（办理结果、申请人情况，有上一年度数据的并列比较）；不写则不加",
            KeyKind::Boolean,
        ),
    ],
};

/// `[agency]`.
pub(super) static AGENCY: KeyTable = KeyTable {
    name: "agency",
    label: "机关",
    keys: &[
        required("name", "机关全称", KeyKind::Line).noted("例如 某某县教育局"),
        required("kind", "机关类别", KeyKind::Choice)
            .noted("街道办事处是派出机关，不是一级人民政府"),
        key("level", "机关层级", KeyKind::Choice),
        key("contact", "联系方式", KeyKind::Table),
    ],
};

/// `[agency.contact]`.
pub(super) static CONTACT: KeyTable = KeyTable {
    name: "agency.contact",
    label: "联系方式，写入标准引言",
    keys: &[
        key("office", "联系科室", KeyKind::Line).noted("一般不写个人姓名"),
        key("address", "地址", KeyKind::Line),
        key("postcode", "邮政编码", KeyKind::Line),
        key("phone", "联系电话", KeyKind::Line).noted("写办公电话；个人手机号是个人信息，一般不写"),
        key("email", "电子邮箱", KeyKind::Line),
        key("website", "电子版查阅、下载处（网址或网站名称）", KeyKind::Line),
    ],
};

/// `[fonts]`.
pub(super) static FONTS: KeyTable = KeyTable {
    name: "fonts",
    label: "PDF 用的自备字体；路径从本数据文件所在的文件夹算起，不写的用自带字体；.ttc 文件用其中的简体中文字体，或者在后面写 #字体名称",
    keys: &[
        key("body", "正文（仿宋）", KeyKind::Line),
        key("kai", "二级标题（楷体）", KeyKind::Line),
        key("hei", "一级标题（黑体）", KeyKind::Line),
        key("title", "标题（小标宋）", KeyKind::Line),
        key("song", "表格和页码（宋体）", KeyKind::Line),
    ],
};

/// `[opening]`.
pub(super) static OPENING: KeyTable = KeyTable {
    name: "opening",
    label: "引言；整张表不写则用标准引言",
    keys: &[key("text", "正文", KeyKind::Text)],
};

/// `[overview]`.
pub(super) static OVERVIEW: KeyTable =
    KeyTable { name: "overview", label: "一、总体情况", keys: NARRATIVE_KEYS };

/// `[problems]`.
pub(super) static PROBLEMS: KeyTable =
    KeyTable {
        name: "problems", label: "五、存在的主要问题及改进情况", keys: NARRATIVE_KEYS
    };

/// `[other]`.
pub(super) static OTHER: KeyTable = KeyTable {
    name: "other",
    label: "六、其他需要报告的事项",
    keys: &[
        key("handling_fee", "政府信息公开信息处理费", KeyKind::Table).noted("没有收取的填 0"),
        key("heading_style", "小标题位置", KeyKind::Choice).noted("不写则独占一行"),
        key("text", "正文；不写则按信息处理费写标准表述", KeyKind::Text),
        key("parts", "各部分", KeyKind::Tables),
    ],
};

const NARRATIVE_KEYS: &[Key] = &[
    key("heading_style", "小标题位置", KeyKind::Choice).noted("不写则独占一行"),
    key("text", "正文（在各部分之前）", KeyKind::Text),
    key("parts", "各部分，自动编号（一）（二）……", KeyKind::Tables),
];

/// `[[overview.parts]]` and its likes.
pub(super) static PART: KeyTable = KeyTable {
    name: "overview.parts[]",
    label: "一个部分（problems.parts、other.parts 相同）",
    keys: &[
        key("aspect", "属于五个方面中的哪一个", KeyKind::Choice),
        key("heading", "小标题，不带序号", KeyKind::Line),
        key("text", "正文", KeyKind::Text),
    ],
};

/// `other.handling_fee`.
pub(super) static HANDLING_FEE: KeyTable = KeyTable {
    name: "other.handling_fee",
    label: "政府信息公开信息处理费",
    keys: &[
        key("notices", "发出收费通知件数", KeyKind::Count),
        key("amount", "收取金额（元）", KeyKind::Money).noted("单位是元"),
    ],
};

/// `[[notes]]`.
pub(super) static NOTE: KeyTable = KeyTable {
    name: "notes[]",
    label: "备注：单元格的印在数字后，整行、整表的印在表下",
    keys: &[
        required("at", "说的是哪一格、哪一行或哪张表", KeyKind::Path)
            .noted("例如 requests.received"),
        required("text", "备注内容", KeyKind::Line),
    ],
};

/// `[[waivers]]`.
pub(super) static WAIVER: KeyTable = KeyTable {
    name: "waivers[]",
    label: "豁免：对一条检查结果说明理由，不再计为错误",
    keys: &[
        required("rule", "规则代码", KeyKind::Line),
        key("at", "只豁免这一处", KeyKind::Path),
        required("reason", "理由", KeyKind::Line),
        required("by", "核准人", KeyKind::Line),
        required("date", "核准日期，应在报告年度结束之后", KeyKind::Date),
        key("until", "有效期至，与公布日期比较；不写则只对本年度报告有效", KeyKind::Date),
    ],
};

/// `[rules]`.
pub(super) static RULES: KeyTable = KeyTable {
    name: "rules",
    label: "检查的本地参数",
    keys: &[
        key("deadline", "本地要求的公布期限，早于法定期限的才写", KeyKind::Date),
        key("overview_limit", "“一、总体情况”的字数上限", KeyKind::Count),
        key("typos", "本单位常见的错别字，每行一条，写成 错 → 对", KeyKind::Lines)
            .noted("几条的写在两行 ''' 之间"),
        key(
            "terms",
            "本单位的专用词，每行一个，2 至 16 个汉字；不会被当作错字，写错了会指出",
            KeyKind::Lines,
        ),
        key("accepted", "本来就这样写的词句，每行一个；其中不再找错字", KeyKind::Lines),
        key("similarity", "与上一年度文字重复的上限，百分之几，1 至 100", KeyKind::Count),
        key("severity", "各条规则的程度", KeyKind::Table),
    ],
};

/// `[rules.severity]`, whose keys are the codes of rules.
pub(super) static SEVERITY: KeyTable = KeyTable {
    name: "rules.severity",
    label: "各条规则的程度，如 NB615 = \"off\"；数据、勾稽、结构和期限方面的错误不能降低",
    keys: &[key(
        "NB…",
        "规则代码；写 off（不检查）、hint（提示）、warning（警告）或 error（错误）",
        KeyKind::Choice,
    )],
};

/// All tables of the data file but those of figures, in the order of the file.
pub static KEY_TABLES: &[&KeyTable] = &[
    &ROOT,
    &REPORT,
    &AGENCY,
    &CONTACT,
    &FONTS,
    &OPENING,
    &OVERVIEW,
    &PART,
    &PROBLEMS,
    &OTHER,
    &HANDLING_FEE,
    &NOTE,
    &WAIVER,
    &RULES,
    &SEVERITY,
];

/// The top of a list of units.
pub(super) static UNITS_ROOT: KeyTable = KeyTable {
    name: "",
    label: "名单",
    keys: &[
        required("year", "报告年度", KeyKind::Year),
        required("name", "汇总到哪个机关：机关全称", KeyKind::Line),
        required("units", "下级单位", KeyKind::Tables),
        key("joint", "联合发文；没有的写 joint = []", KeyKind::Tables),
    ],
};

/// `[[units]]`.
pub(super) static UNIT: KeyTable = KeyTable {
    name: "units[]",
    label: "一个单位",
    keys: &[
        required("name", "单位名称，一般就是机关全称", KeyKind::Line),
        key("under", "上级单位的 name；直接归汇总机关的不写", KeyKind::Line),
        key(
            "file",
            "数据文件，路径从名单所在的文件夹算起；只用来归类、自己不报的不写",
            KeyKind::Line,
        ),
        key(
            "figures",
            "有下级又有数据文件的必须写：own 只是本机关自己的数据，summed 已经汇总了下级",
            KeyKind::Choice,
        ),
        key("agency", "数据文件中的机关全称；与 name 相同的不写", KeyKind::Line),
    ],
};

/// `[[joint]]`.
pub(super) static JOINT: KeyTable = KeyTable {
    name: "joint[]",
    label: "一个联合发文，几个单位都计入了，相加时只算一次",
    keys: &[
        required("document", "文件名称", KeyKind::Line),
        required("units", "都计入了这个文件的单位", KeyKind::Names),
        required(
            "row",
            "计在哪一行：regulations 规章，normative_documents 行政规范性文件",
            KeyKind::Choice,
        ),
        required(
            "columns",
            "计在哪几列：issued 本年制发，repealed 本年废止，in_force 现行有效",
            KeyKind::Names,
        ),
    ],
};

/// All tables of a list of units.
pub static UNIT_TABLES: &[&KeyTable] = &[&UNITS_ROOT, &UNIT, &JOINT];
