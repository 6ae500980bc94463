//! Inputs to begin with.

use nianbao::document;
use nianbao::internals::workbook;
use nianbao::render::{Format, Renderer};
use nianbao::report::Report;
use nianbao::source::{self, SourceFile};

pub(super) const EXAMPLE: &str = include_str!("../../examples/qinglan-2020.toml");

/// A data file as small as one can be in which there is something of everything.
const SMALL: &str = "format = \"2021\"\n[report]\nyear = 2023\npublished = 2024-01-20\n[agency]\nname = \"某县教育局\"\nkind = \"department\"\n\
    [overview]\ntext = '''\n全年公开信息12条，其中{{ requests.received.total }}件，较上年增长5%。\n'''\n\
    [disclosure.licences]\ndecisions = 3\n\
    [requests]\nreceived = [3, 0, 0, 0, 0, 0, 3]\ncarried_in = [0, 0, 0, 0, 0, 0, 0]\n\
    [[notes]]\nat = \"requests.received\"\ntext = \"含来函\"\n\
    [[waivers]]\nrule = \"NB302\"\nreason = \"已核\"\nby = \"张三\"\ndate = 2024-01-10\n\
    [[scopes]]\nat = \"overview.text\"\nwhose = \"other\"\n\
    [[sources]]\nat = \"requests\"\nfrom = \"登记台账\"\n";

/// The report of the example.
pub(super) fn example() -> Report {
    let (report, _) = source::read(&SourceFile::parse("年报.toml", EXAMPLE));
    report.expect("the example is a report")
}

pub(super) fn data_files() -> Vec<Vec<u8>> {
    vec![SMALL.into(), EXAMPLE.into(), source::starter(&example(), None).into()]
}

/// A file and some steps behind a zero byte.
pub(super) fn edits() -> Vec<Vec<u8>> {
    let steps: Vec<u8> = (0..6).flat_map(|i| [0, i * 9, i, 1, i, 0, 0, 7]).collect();
    let files = [SMALL.to_owned(), EXAMPLE.to_owned(), source::starter(&example(), None)];
    files.iter().map(|file| [file.as_bytes(), b"\0", &steps].concat()).collect()
}

pub(super) fn expressions() -> Vec<Vec<u8>> {
    [
        "requests.received.total",
        "requests.received.total + requests.received.business - 1",
        "requests.received.natural_person | share(of=requests.received.total, places=1)",
        "requests.received.total | growth(from=previous.requests.received.total) | abs",
        "\"增加\" if requests.received.total > previous.requests.received.total else \"减少\"",
        "(requests.most // 3) * 3 % 7",
        "agency.name ~ \"的\" ~ requests.carried_in.total",
    ]
    .map(Into::into)
    .into()
}

/// A page, a zero byte, and a part that it may include.
pub(super) fn templates() -> Vec<Vec<u8>> {
    let own = include_str!("../../templates/report.html");
    vec![
        [own, "\0<p>无</p>"].concat().into(),
        "<!DOCTYPE html>\n<h1>{{ title }}</h1>{% for block in blocks %}{% if loop.first %}{% include \"_part.html\" %}{% endif %}\
         {{ block | upper }}{% endfor %}\0{% set x = 1 %}{{ x ~ x | replace(from=\"1\", to=\"2\") }}"
            .into(),
        "{% component A() %}{{ <B /> }}{% endcomponent A %}{{ <A /> }}\0{% component B() %}b{% endcomponent B %}".into(),
    ]
}

/// A list, a zero byte, and names.
pub(super) fn units() -> Vec<Vec<u8>> {
    let list = include_str!("../../examples/district/units.toml");
    let small = "year = 2023\nname = \"某县人民政府\"\njoint = [{ units = [\"甲镇\", \"乙镇\"], row = \"disclosure.normative_documents\" }]\n\
        [[units]]\nname = \"乡镇\"\n[[units]]\nname = \"甲镇\"\nunder = \"乡镇\"\nfile = \"a.toml\"\nfigures = \"summed\"\n\
        [[units]]\nname = \"乙镇\"\nunder = \"甲镇\"\nfile = \"b.toml\"\n";
    vec![
        [list, "\0县教育局\n县公安局\n一、乡镇\n 1.青溪镇人民政府\n 2.白石乡\n"].concat().into(),
        [small, "\0序号,单位名称,上级单位,类别\n1,教育局,,部门\n2,\"青溪镇\",乡镇,\n"]
            .concat()
            .into(),
    ]
}

/// One report in every format.
fn rendered() -> Vec<Vec<u8>> {
    let document = document::build(&example(), true);
    let renderer = Renderer::new();
    Format::ALL.iter().filter_map(|format| renderer.render(&document, *format).ok()).collect()
}

/// The files of the program's own that are packages.
pub(super) fn packages() -> Vec<Vec<u8>> {
    let is_archive = |bytes: &Vec<u8>| bytes.starts_with(b"PK");
    rendered().into_iter().chain(workbook::write(&example()).ok()).filter(is_archive).collect()
}

/// Small ones of each kind, then those of the program's own.
pub(super) fn published() -> Vec<Vec<u8>> {
    let table = "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数<tr><td>规章<td>0<td>0<td>0</table>";
    let page = format!(
        "<!DOCTYPE html><meta charset=utf-8><h1>某县教育局2023年政府信息公开工作年度报告</h1><p>一、总体情况<p>收到3件。<p>二、主动公开政府信息情况{table}"
    );
    let letter = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
    );
    let rich = "{\\rtf1\\ansi\\ansicpg936 \\u19968?\\'a1\\'a2\\par\\trowd\\cellx100\\cellx200\\intbl 1\\cell 2\\cell\\row\\pard\\par}";
    let plain = "某县教育局2023年政府信息公开工作年度报告\n一、总体情况\n收到3件。\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n";
    let mut all: Vec<Vec<u8>> = vec![page.into(), letter.into(), rich.into(), plain.into()];
    all.push(include_bytes!("../../tests/published/01-site-in-gbk.html").into());
    all.push(include_bytes!("../../tests/published/03-saved-page.mht").into());
    all.extend(rendered());
    all.extend(workbook::write(&example()));
    all
}

pub(super) fn parts() -> Vec<Vec<u8>> {
    (0..3)
        .flat_map(|file| {
            (0..8).map(move |part| vec![file, part, 128, 0, 4, b'<', b'w', b':', b'p', b'/', b'>'])
        })
        .collect()
}

/// A PDF of the program's own with its streams and objects as they are.
pub(super) fn pdf_in_the_open() -> Vec<u8> {
    let made = Renderer::new().render(&document::build(&example(), true), Format::Pdf);
    let made = made.expect("the example can be made");
    let mut pdf = lopdf::Document::load_mem(&made).expect("a PDF that was made can be opened");
    pdf.decompress();
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("it can be written again");
    bytes
}

pub(super) fn objects() -> Vec<Vec<u8>> {
    let pieces = [
        "/Kids [1 0 R]",
        "<< /Length 99999 >>",
        "BT /F0 12 Tf <0001> Tj ET",
        "1 0 0 1 0 0 cm",
        "endstream",
    ];
    let places = (0..16).map(|i| i * 16);
    places
        .zip(pieces.iter().cycle())
        .map(|(at, piece)| [&[at, 7, 9], piece.as_bytes()].concat())
        .collect()
}

/// Changes in the directory of tables, and one anywhere.
pub(super) fn faces() -> Vec<Vec<u8>> {
    (0..12).map(|entry| vec![0, 0, 12 + 16 * entry + 10, 255, 255, 4, entry, 0, 0, 1]).collect()
}

pub(super) fn requests() -> Vec<Vec<u8>> {
    let get = |path: &str| format!("GET @S{path} HTTP/1.1\r\nHost: @H\r\n\r\n");
    let post = |path: &str, body: &str| {
        format!(
            "POST @S{path} HTTP/1.1\r\nHost: @H\r\nOrigin: http://@H\r\nSec-Fetch-Site: same-origin\r\nX-Nianbao-Token: @T\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let all = [
        get(""),
        get("state"),
        get("state?after=0"),
        get("trace?requests.received.total"),
        get("report.html"),
        get("preview/"),
        post(
            "edit",
            "{\"label\":\"x\",\"changes\":[{\"kind\":\"value\",\"path\":\"agency.name\",\"old\":null,\"new\":\"甲\"}]}",
        ),
        post("undo", "{}"),
        post(
            "paste",
            "{\"at\":\"requests.received.natural_person\",\"rows\":[[\"1\",\"2\"],[\"３\"]]}",
        ),
        post("clean", "{\"text\":\"全 年　收到\\u200b3件\"}"),
        post("save-as", "{\"name\":\"../x.toml\"}"),
        post("read-back", "{\"name\":\"x.docx\"}"),
        post("read-back/take", "{\"accepted\":[0]}"),
        post("second", "{}"),
    ];
    all.map(String::into_bytes).into()
}

pub(super) fn changes() -> Vec<Vec<u8>> {
    let all = [
        r#"[[{"kind":"value","path":"requests.received.natural_person","old":null,"new":"5"}]]"#,
        r#"[[{"kind":"note","path":"requests.received","old":null,"new":"含来函"}],[{"kind":"note","path":"requests.received","old":"含来函","new":null}]]"#,
        r#"[[{"kind":"source","path":"requests","old":null,"new":{"from":"台账","date":"2024-01-02","by":"张三"}}]]"#,
        r#"[[{"kind":"add_part","section":"overview","aspect":"disclosure"}],[{"kind":"swap_parts","section":"overview","index":0}],[{"kind":"remove_part","section":"overview","index":0,"old":""}]]"#,
        r#"[[{"kind":"waive","rule":"NB302","at":"requests","reason":"已核","by":"张三","date":"2024-01-02"}],[{"kind":"unwaive","index":0,"rule":"NB302"}]]"#,
        r#"[[{"kind":"scope","at":"overview.text","words":null,"whose":"other","reason":"下级"}],[{"kind":"unscope","index":0,"at":"overview.text"}],[{"kind":"level","rule":"NB302","old":null,"new":"off"}]]"#,
        r#"[[{"kind":"value","path":"agency.name","old":"青岚县人民政府","new":"甲\n乙"},{"kind":"value","path":"overview.text","old":null,"new":"{{ requests.received.total }}\r\n'''"}]]"#,
    ];
    // Each list of changes is a step.
    let steps = |changes: &str| changes.replace("],[", "]},{\"label\":\"填写\",\"changes\":[");
    let edits = |changes: &str| {
        let changes = &changes[1..changes.len() - 1];
        format!("[{{\"label\":\"填写\",\"changes\":{}}}]", steps(changes))
    };
    all.map(|changes| edits(changes).into_bytes()).into()
}
