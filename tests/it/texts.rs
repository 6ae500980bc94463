//! Running text of every kind: no panic, places inside the file, the same findings twice, and an
//! end to every text.

use nianbao::review;
use nianbao::source::{SourceFile, locate};

/// Pieces of text that rules look for, whole and broken.
const PIECES: &[&str] = &[
    "，",
    "。",
    "；",
    "：",
    "、",
    "（",
    "）",
    "(",
    ")",
    "《",
    "》",
    "〈",
    "“",
    "”",
    "〔2020〕12号",
    "[2020]12号",
    "<",
    ">",
    "<b>",
    "**",
    "##",
    "XX",
    "［",
    "[bookmark: ",
    "（文字描述",
    "\n",
    " ",
    "\u{3000}",
    "\t",
    "\u{200b}",
    "一、",
    "（一）",
    "（二）",
    "1.",
    "3.",
    "（1）",
    "①",
    "一是",
    "二是",
    "三是",
    "第一，",
    "五、存在的问题及改进措施",
    "2022年",
    "2023年",
    "2023年1月1日",
    "2023.12.31",
    "１２",
    "十二",
    "至",
    "—",
    "统计期限",
    "本报告数据",
    "截至",
    "120条",
    "12件",
    "其中",
    "其中，其中",
    "今年以来",
    "目前",
    "我局",
    "我市将",
    "本机关",
    "电子版",
    "下载",
    "请与",
    "《全县政务公开第三方评估指标》",
    "全县政务公开第三方评价指标",
    "政府信公开",
    "各别",
    "布署",
    "主动公开",
    "依申请公开",
    "六个部分",
    "总体情况",
    "复议",
    "存在的",
    "其他需要",
    "较上年增长5%",
    "将",
    "已",
    "下一步",
    "改进情况",
    "问题",
    "0999—1234567",
    "13800001111",
    "12345678@qq.com",
    "11010519491231002X",
    "http://www.example.gov.cn/a,b",
    "{{ report.year }}",
    "{{ agency.name }}",
    "收取信息处理费0元",
    "考核",
    "社会评议",
    "责任追究",
    "龘",
    "😀",
];

fn file(text: &str) -> String {
    format!(
        "format = \"2021\"\n[report]\nyear = 2023\ntitle = '{title}'\n[agency]\nname = \"某县人民政府\"\n\
         kind = \"government\"\nlevel = \"county\"\n[opening]\ntext = '''\n{text}'''\n[overview]\n\
         text = '''\n{text}'''\n[[overview.parts]]\nheading = '{title}'\ntext = '''\n{text}'''\n\
         [problems]\ntext = '''\n{text}'''\n[other]\ntext = '''\n{text}'''\n",
        title = text.replace('\n', ""),
    )
}

#[test]
fn any_text_is_judged_and_the_same_way_twice() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap() % n
    };
    for _ in 0..crate::support::rounds(400) {
        let text: String = (0..next(40)).map(|_| PIECES[next(PIECES.len())]).collect();
        let source = SourceFile::parse("t", file(&text));
        let once = review(&source, nianbao::rules::Given::default());
        for finding in &once.findings {
            for label in std::iter::once(&finding.primary).chain(&finding.related) {
                let range = locate(&source, &label.place);
                assert!(source.text().get(range).is_some(), "{finding:#?} in {text}");
            }
        }
        assert_eq!(
            once.findings,
            review(&source, nianbao::rules::Given::default()).findings,
            "{text}"
        );
    }
}

#[test]
fn a_long_run_of_one_piece_is_judged_in_the_end() {
    let pieces = [
        "一",
        "1",
        "X",
        "*",
        "龘",
        "“",
        "（",
        "<",
        "\n",
        "，",
        "三是",
        "（二）",
        "2022年",
        "其中",
        "12条、",
        "2023年1月1日至",
        "统计期限2023年",
        "《全县政务公开第三方评估指标》全县政务公开第三方评价指标",
    ];
    // A rule that looks at every pair of characters would not come to an end with these.
    for piece in pieces {
        let source = SourceFile::parse("t", file(&piece.repeat(20_000 / piece.len())));
        assert!(review(&source, nianbao::rules::Given::default()).report.is_some());
    }
}
