//! The tables and keys of the data file of a report.

use super::fields::{each, fee, font, heading, lines, list, of};
use super::value::Slot;
use super::{Choice, Field, Key, KeyKind, KeyTable, Label, List, key, table};
use crate::edition::{Edition, Section};
use crate::report::{
    AgencyKind, AgencyLevel, Aspect, FigureScope, FigureSource, HeadingStyle, Note, Part,
    RuleLevel, Waiver, Whose,
};

/// The keys of a narrative section.
macro_rules! narrative {
    ($($section:ident).+, $text:literal) => {
        [
            key("heading_style", "小标题位置", KeyKind::Choice)
                .noted("不写则独占一行")
                .one_of(|| words(HeadingStyle::ALL))
                .aside()
            .at(of!($($section).+.heading_style)),
            key("text", $text, KeyKind::Text).at(of!($($section).+.text)),
            key("parts", "各部分，自动编号（一）（二）……", KeyKind::Tables),
        ]
    };
}

/// The parts of a narrative section.
macro_rules! parts {
    ($name:literal, $($section:ident).+) => {
        KeyTable {
            name: $name,
            label: Label::Words("一个部分（problems.parts、other.parts 相同）"),
            keys: &[
                key("aspect", "属于五个方面中的哪一个", KeyKind::Choice)
                    .one_of(|| words(Aspect::ALL))
                    .at(each!($($section).+.parts: aspect)),
                key("heading", "小标题，不带序号", KeyKind::Line).at(heading!($($section).+.parts)),
                key("text", "正文", KeyKind::Text).at(each!($($section).+.parts: text)),
            ],
            list: list!($($section).+.parts of Part),
        }
    };
}

/// The words of a list of choices.
fn words<T>(all: &[(T, &'static str, &'static str)]) -> Vec<Choice> {
    all.iter().map(|one| (one.1, one.2)).collect()
}

/// A section of the report as a key of the file.
const fn section(name: &'static str, section: Section) -> Key {
    Key { label: Label::Title(section), ..key(name, "", KeyKind::Table) }
}

/// A table with the text of a section.
const fn section_table(name: &'static str, section: Section, keys: &'static [Key]) -> KeyTable {
    KeyTable { name, label: Label::Title(section), keys, list: None }
}

/// The top of the file.
pub(in super::super) static ROOT: KeyTable = table(
    "",
    "文件",
    &[
        key("format", "格式版本", KeyKind::Choice)
            .required()
            .one_of(|| Edition::ALL.iter().map(|e| (e.key(), e.form().notice.number)).collect())
            .at(of!(edition)),
        key("needs", "需要哪个版本以上的 nianbao 才能读", KeyKind::Line)
            .noted("例如 0.2；用到新版才有的写法时写")
            .aside()
            .at(of!(needs)),
        key("report", "报告", KeyKind::Table).required().like("[report] 和 year = …"),
        key("agency", "机关", KeyKind::Table)
            .required()
            .like("[agency]、name = \"…\" 和 kind = \"…\""),
        key("opening", "引言", KeyKind::Table),
        section("overview", Section::Overview),
        section("disclosure", Section::Disclosure),
        section("requests", Section::Requests),
        section("challenges", Section::Challenges),
        section("problems", Section::Problems),
        section("other", Section::Other),
        key("fonts", "PDF 用的自备字体", KeyKind::Table),
        key("notes", "备注", KeyKind::Tables),
        key("sources", "数据来源", KeyKind::Tables),
        key("waivers", "豁免", KeyKind::Tables),
        key("scopes", "口径", KeyKind::Tables),
        key("second", "二人复核", KeyKind::Table),
        key("rules", "检查的本地参数", KeyKind::Table),
    ],
);

/// `[report]`.
pub(in super::super) static REPORT: KeyTable = table(
    "report",
    "报告",
    &[
        key("year", "报告年度", KeyKind::Year)
            .required()
            .noted("四位数的年份")
            .like("year = {year}（报告年度）")
            .at(of!(header.year)),
        key("published", "公布日期", KeyKind::Date)
            .noted("县级以上人民政府部门应当在次年1月31日前公布，县级以上地方人民政府应当在3月31日前（条例第四十九条），乡镇和街道按当地要求；写成 {next}-01-09 的样子")
            .like("published = {next}-01-09（公布日期）")
            .at(of!(header.published)),
        key("previous", "上一年度数据文件", KeyKind::File)
            .noted("从本文件所在的文件夹算起；写了才能与上年核对")
            .aside()
            .at(of!(header.previous)),
        key(
            "units",
            "下级单位名单（units.toml）；本报告的数据由下级相加时写，用来核对",
            KeyKind::File,
        )
        .aside()
            .at(of!(header.units)),
        key("title", "标题；不写则为“机关全称＋年度＋报告名称”", KeyKind::Line).aside()
            .at(of!(header.title)),
        key("closing", "文末是否印机关名称和日期；不写则印", KeyKind::Boolean)
            .aside()
            .at(of!(header.closing)),
        key(
            "charts",
            "第三部分末尾是否加统计图（办理结果、申请人，有上一年度数据的并列比较）；不写则不加",
            KeyKind::Boolean,
        )
        .aside()
            .at(of!(header.charts)),
    ],
);

/// `[agency]`.
pub(in super::super) static AGENCY: KeyTable = table(
    "agency",
    "机关",
    &[
        key("name", "机关全称", KeyKind::Line)
            .required()
            .noted("例如 某某县教育局")
            .like("name = \"机关全称\"")
            .at(of!(agency.name)),
        key("kind", "机关类别", KeyKind::Choice)
            .required()
            .like("kind = \"government\" 或 \"department\"、\"authorized\"")
            .noted("街道办事处是派出机关，不是一级人民政府")
            .one_of(|| words(AgencyKind::ALL))
            .at(of!(agency.kind)),
        key("level", "机关层级", KeyKind::Choice)
            .one_of(|| words(AgencyLevel::ALL))
            .at(of!(agency.level)),
        key("contact", "联系方式", KeyKind::Table),
    ],
);

/// `[agency.contact]`.
pub(in super::super) static CONTACT: KeyTable = table(
    "agency.contact",
    "联系方式，写入标准引言",
    &[
        key("office", "联系科室", KeyKind::Line)
            .noted("一般不写个人姓名")
            .at(of!(agency.contact.office)),
        key("address", "地址", KeyKind::Line).at(of!(agency.contact.address)),
        key("postcode", "邮政编码", KeyKind::Line).at(of!(agency.contact.postcode)),
        key("phone", "联系电话", KeyKind::Line)
            .noted("写办公电话；个人手机号是个人信息，一般不写")
            .at(of!(agency.contact.phone)),
        key("email", "电子邮箱", KeyKind::Line).at(of!(agency.contact.email)),
        key("website", "电子版查阅、下载处（网址或网站名称）", KeyKind::Line)
            .at(of!(agency.contact.website)),
    ],
);

/// `[opening]`.
pub(in super::super) static OPENING: KeyTable = table(
    "opening",
    "引言；整张表不写则用标准引言",
    &[key("text", "正文", KeyKind::Text).at(of!(opening))],
);

/// `[overview]`.
pub(in super::super) static OVERVIEW: KeyTable =
    section_table("overview", Section::Overview, &narrative!(overview, "正文（在各部分之前）"));

/// `[[overview.parts]]`.
static OVERVIEW_PARTS: KeyTable = parts!("overview.parts[]", overview);

/// `[problems]`.
static PROBLEMS: KeyTable =
    section_table("problems", Section::Problems, &narrative!(problems, "正文（在各部分之前）"));

/// `[[problems.parts]]`.
static PROBLEMS_PARTS: KeyTable = parts!("problems.parts[]", problems);

const OTHER_NARRATIVE: [Key; 3] = narrative!(other.narrative, "正文；不写则按信息处理费写标准表述");

/// `[other]`.
pub(in super::super) static OTHER: KeyTable = section_table(
    "other",
    Section::Other,
    &[
        key("handling_fee", "政府信息公开信息处理费", KeyKind::Table).noted("没有收取的填 0"),
        OTHER_NARRATIVE[0],
        OTHER_NARRATIVE[1],
        OTHER_NARRATIVE[2],
    ],
);

/// `[[other.parts]]`.
static OTHER_PARTS: KeyTable = parts!("other.parts[]", other.narrative);

/// `other.handling_fee`.
pub(in super::super) static HANDLING_FEE: KeyTable = table(
    "other.handling_fee",
    "政府信息公开信息处理费",
    &[
        key("notices", "发出收费通知件数", KeyKind::Count).at(fee!(notices)),
        key("amount", "收取金额（元）", KeyKind::Money).noted("单位是元").at(fee!(amount)),
    ],
);

/// `[fonts]`.
pub(in super::super) static FONTS: KeyTable = table(
    "fonts",
    "PDF 用的自备字体；路径从本数据文件所在的文件夹算起，不写的用自带字体；.ttc 文件用其中的简体中文字体，或者在后面写 #字体名称",
    &[
        key("body", "正文（仿宋）", KeyKind::File).at(font!("body")),
        key("kai", "二级标题（楷体）", KeyKind::File).at(font!("kai")),
        key("hei", "一级标题（黑体）", KeyKind::File).at(font!("hei")),
        key("title", "标题（小标宋）", KeyKind::File).at(font!("title")),
        key("song", "表格和页码（宋体）", KeyKind::File).at(font!("song")),
    ],
);

/// `[[notes]]`.
pub(in super::super) static NOTE: KeyTable = KeyTable {
    name: "notes[]",
    label: Label::Words("备注：单元格的印在数字后，整行、整表的印在表下"),
    keys: &[
        key("at", "说的是哪一格、哪一行或哪张表", KeyKind::Path)
            .required()
            .noted("例如 requests.received")
            .like("at = \"requests.received\"（所说的位置）")
            .at(each!(notes: at)),
        key("text", "备注内容", KeyKind::Line).required().at(each!(notes: text)),
    ],
    list: list!(notes of Note),
};

/// `[[sources]]`.
pub(in super::super) static SOURCE: KeyTable = KeyTable {
    name: "sources[]",
    label: Label::Words("数据来源：一格、一行或一张表的数从哪里来；不印在年报里，列在检查单上"),
    keys: &[
        key("at", "哪一格、哪一行或哪张表的数", KeyKind::Path)
            .required()
            .noted("例如 requests 或 requests.received；更具体的算数")
            .like("at = \"requests.received\"（哪些数）")
            .at(each!(sources: at)),
        key("from", "来自哪份台账、来函或文件", KeyKind::Line)
            .required()
            .like("from = \"…\"（来源）")
            .at(each!(sources: from)),
        key("date", "台账截止或来函的日期", KeyKind::Date).at(each!(sources: date)),
        key("by", "提供的人或单位", KeyKind::Line).at(each!(sources: by)),
    ],
    list: list!(sources of FigureSource),
};

/// `[[waivers]]`.
pub(in super::super) static WAIVER: KeyTable = KeyTable {
    name: "waivers[]",
    label: Label::Words("豁免：对一条检查结果说明理由，不再计为错误"),
    keys: &[
        key("rule", "规则代码", KeyKind::Line)
            .required()
            .like("rule = \"NB501\"（规则代码）")
            .at(each!(waivers: rule)),
        key("at", "只豁免这一处", KeyKind::Path).at(each!(waivers: at)),
        key("reason", "理由", KeyKind::Line)
            .required()
            .like("reason = \"…\"（理由）")
            .at(each!(waivers: reason)),
        key("by", "核准人", KeyKind::Line)
            .required()
            .like("by = \"…\"（核准人）")
            .at(each!(waivers: by)),
        key("date", "核准日期，应在报告年度结束之后", KeyKind::Date)
            .required()
            .like("date = {next}-01-09（核准日期）")
            .at(each!(waivers: date)),
        key("until", "有效期至，与公布日期比较；不写则只对本年度报告有效", KeyKind::Date)
            .at(each!(waivers: until)),
    ],
    list: list!(waivers of Waiver),
};

/// `[[scopes]]`.
pub(in super::super) static SCOPE: KeyTable = KeyTable {
    name: "scopes[]",
    label: Label::Words(
        "口径：文字中一段或一句里的数是谁的；只能逐段、逐句说明，不与表核对的都列在检查单上",
    ),
    keys: &[
        key("at", "哪一段文字", KeyKind::Path)
            .required()
            .noted("例如 overview.parts[1] 或 overview.text")
            .like("at = \"overview.parts[1]\"（哪一段文字）")
            .at(each!(scopes: at)),
        key("words", "只说其中一句的，写这一句里的几个字；不写则是整段", KeyKind::Line)
            .at(each!(scopes: words)),
        key("whose", "这些数", KeyKind::Choice)
            .required()
            .like("whose = \"other\"（这些数是谁的）")
            .one_of(|| words(Whose::ALL))
            .at(each!(scopes: whose)),
        key("reason", "理由", KeyKind::Line)
            .required()
            .like("reason = \"…\"（理由）")
            .at(each!(scopes: reason)),
    ],
    list: list!(scopes of FigureScope),
};

/// `[second]`.
pub(in super::super) static SECOND: KeyTable = table(
    "second",
    "二人复核：另一人照台账再录一遍三张表，逐格比对；不写则不做",
    &[
        key("entry", "第二人录入的文件", KeyKind::File)
            .noted("用 nianbao second 建；写了才比对")
            .at(of!(second.entry)),
        key("first", "第一人，看过不同的格以后写", KeyKind::Line)
            .noted("两人的姓名都写了，才显示不同的格各是多少")
            .at(of!(second.first)),
        key("second", "第二人，看过不同的格以后写", KeyKind::Line).at(of!(second.second)),
        key("date", "比对的日期", KeyKind::Date).aside().at(of!(second.date)),
    ],
);

/// `[rules]`.
pub(in super::super) static RULES: KeyTable = table(
    "rules",
    "检查的本地参数",
    &[
        key("deadline", "本地要求的公布期限，早于法定期限的才写", KeyKind::Date)
            .at(of!(settings.deadline)),
        key("overview_limit", "第一部分的字数上限", KeyKind::Whole(1, 1_000_000))
            .at(of!(settings.overview_limit)),
        key("typos", "本单位常见的错别字，每行一条，写成 错 → 对", KeyKind::Lines)
            .noted("几条的写在两行 ''' 之间")
            .at(lines!(typos)),
        key(
            "terms",
            "本单位的专用词，每行一个，2 至 16 个汉字；不会被当作错字，写错了会指出",
            KeyKind::Lines,
        )
        .at(lines!(terms)),
        key("accepted", "本来就这样写的词句，每行一个；其中不再找错字", KeyKind::Lines)
            .at(lines!(accepted)),
        key("required", "报告里必须有的话，每行一句；…… 代表任意的文字", KeyKind::Lines)
            .at(lines!(required)),
        key("style", "本单位的统一写法，每行一条，写成 不用的写法 → 统一的写法", KeyKind::Lines)
            .at(lines!(style)),
        key("similarity", "与上一年度文字重复的上限，百分之几，1 至 100", KeyKind::Whole(1, 100))
            .at(of!(settings.similarity)),
        key("severity", "各条规则的程度", KeyKind::Table),
    ],
);

/// `[rules.severity]`, whose keys are the codes of rules.
pub(in super::super) static SEVERITY: KeyTable = table(
    "rules.severity",
    "各条规则的程度，如 NB615 = \"off\"；数据、勾稽、结构和期限方面的错误不能降低",
    &[key(
        "NB…",
        "规则代码；写 off（不检查）、hint（提示）、warning（警告）或 error（错误）",
        KeyKind::Choice,
    )
    .one_of(|| words(RuleLevel::ALL))],
);

/// All tables of the data file but those of figures; those of the same section stand together.
pub static KEY_TABLES: &[&KeyTable] = &[
    &ROOT,
    &REPORT,
    &AGENCY,
    &CONTACT,
    &FONTS,
    &OPENING,
    &OVERVIEW,
    &OVERVIEW_PARTS,
    &PROBLEMS,
    &PROBLEMS_PARTS,
    &OTHER,
    &OTHER_PARTS,
    &HANDLING_FEE,
    &NOTE,
    &SOURCE,
    &WAIVER,
    &SCOPE,
    &SECOND,
    &RULES,
    &SEVERITY,
];
