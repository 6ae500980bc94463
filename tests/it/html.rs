//! The web page: its words, its tables, its data, its look, and the office's own templates.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;

use nianbao::document::{self, Block, CellKind, Document, Inline};
use nianbao::edition::{
    Axis, Cell, ChallengeColumn, DisclosureColumn, DisclosureRow, Edition, Proceeding,
    RequestColumn,
};
use nianbao::internals::bind;
use nianbao::render::RenderError;
use nianbao::render::html::{self, Options, Templates};
use nianbao::report::{
    Aspect, Date, Entry, FieldPath, HandlingFee, HeadingStyle, Note, Number, Part, Report, Text,
};
use nianbao::source;

use crate::support::chart_document;

/// The fees of table 1.
const FEES: Cell = Cell::Disclosure(DisclosureRow::Fees, DisclosureColumn::Amount);

/// A report with every cell filled, in which every character that could break a page occurs.
fn report() -> Report {
    let mut report = Report::empty(Edition::Y2021);
    report.header.year = Some(2023);
    report.header.published = Date::new(2024, 1, 26);
    report.agency.name = Some("某某市“A<B”&人民政府办公室".to_owned());
    report.agency.contact.website = Some("http://www.example.gov.cn/".to_owned());
    report.agency.contact.email = Some("office@example.gov.cn".to_owned());
    report.overview.heading_style = HeadingStyle::OwnLine;
    let long =
        "依托政府门户网站的信息公开专栏，及时公开职责范围内的政府信息，制发行政规范性文件15件。"
            .repeat(6);
    for (heading, aspect) in
        [("主动公开情况", Aspect::Disclosure), ("依申请公开情况", Aspect::Requests)]
    {
        let text = format!("{long}\n\n二是<b>加强</b>“</script>”审核 & 'x'。{long}");
        report.overview.parts.push(Part {
            aspect: Some(aspect),
            heading: Some(Text::new(heading)),
            text: Some(Text::new(text)),
        });
    }
    report.problems.text = Some(Text::new(long.repeat(2)));
    report.problems.heading_style = HeadingStyle::RunIn;
    report.problems.parts.push(Part {
        aspect: None,
        heading: Some(Text::new("改进情况")),
        text: Some(Text::new(long)),
    });
    let form = report.form();
    let mut next = 0_u64;
    let mut figure = |every| {
        next += 1;
        Entry::Value(if next.is_multiple_of(every) { next * 37 } else { 0 })
    };
    for (row, column) in form.disclosure.cells() {
        report.disclosure.cells[(row, column)] = figure(1).map(Number::from);
    }
    report.put(FEES, "1725.6160".parse().unwrap());
    for row in form.requests.rows {
        for column in RequestColumn::APPLICANTS {
            report.requests.cells[(row.row, *column)] = figure(5);
        }
    }
    for proceeding in Proceeding::ALL {
        for column in ChallengeColumn::RESULTS {
            report.challenges.cells[(*proceeding, *column)] = figure(4);
        }
    }
    report.other.handling_fee =
        Some(HandlingFee { notices: Entry::Value(0), amount: Entry::Value("0".parse().unwrap()) });
    report
}

fn page(document: &Document) -> String {
    String::from_utf8(html::render(document, &Options::default()).unwrap()).unwrap()
}

fn fragment(document: &Document) -> String {
    String::from_utf8(html::fragment(document, &Options::default()).unwrap()).unwrap()
}

/// The finished examples and the report above, as drafts and as reports to be published.
fn documents() -> Vec<Document> {
    let mut reports = vec![report()];
    reports.extend(Edition::ALL.iter().map(|edition| Report::empty(*edition)));
    for file in std::fs::read_dir("examples").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let mut bytes = Vec::new();
            let mut file = std::fs::File::open(&path).unwrap();
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let source = source::SourceFile::parse(name, String::from_utf8(bytes).unwrap());
            let (read, _) = source::read(&source);
            reports.push(bind::bind(read.unwrap(), None).0);
        }
    }
    assert!(reports.len() > 2);
    let both = |report: &Report| [true, false].map(|draft| document::build(report, draft));
    reports.iter().flat_map(both).chain([chart_document()]).collect()
}

/// The words of an HTML text in order, without blanks, without elements of one of the classes `but`.
fn words(html: &str, but: &[&str]) -> String {
    let mut words = String::new();
    let mut rest = html;
    // The open elements, each with whether it is left out.
    let mut open: Vec<(&str, bool)> = Vec::new();
    while let Some(start) = rest.find('<') {
        let left_out = open.last().is_some_and(|(_, left_out)| *left_out);
        if !left_out {
            words.push_str(&rest[..start]);
        }
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop().map(|(name, _)| name), Some(name), "badly nested");
        } else if !["col", "br", "meta", "wbr"].contains(&name) && !tag.ends_with('/') {
            let classes = attribute(tag, "class").unwrap_or_default();
            let leaves = classes.split(' ').any(|class| but.contains(&class));
            open.push((name, left_out || leaves));
        }
    }
    words.push_str(rest);
    assert!(open.is_empty(), "not closed: {open:?}");
    plain(&words)
}

fn plain(escaped: &str) -> String {
    let text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&amp;", "&");
    text.split_whitespace().collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// Every opening tag.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag)
}

fn main_of(page: &str) -> &str {
    let start = page.find("<main").unwrap();
    &page[start..page.find("</main>").unwrap() + "</main>".len()]
}

fn words_of(block: &Block) -> String {
    let words = match block {
        Block::Title(pieces) => pieces.concat(),
        Block::Heading(heading) => heading.text.clone(),
        Block::Paragraph(paragraph) => {
            let text = paragraph.text.iter().map(Inline::text).collect::<String>();
            let lead_in = paragraph.lead_in.as_ref().map_or("", |heading| heading.text.as_str());
            format!("{lead_in}{text}")
        }
        Block::Table(table) => {
            let cells = table.rows().flat_map(|row| &row.cells).map(|cell| cell.words());
            cells.chain(table.notes.iter().cloned()).collect()
        }
        Block::Chart(chart) => chart.words().concat(),
        Block::Closing { agency, date } => {
            format!("{agency}{}", date.as_deref().unwrap_or_default())
        }
    };
    words.split_whitespace().collect()
}

#[test]
fn the_words_of_main_are_the_words_of_the_report() {
    for document in documents() {
        let page = page(&document);
        let expected: String = document.blocks.iter().map(words_of).collect();
        assert_eq!(words(main_of(&page), &["not-report"]), expected);
    }
}

#[test]
fn the_words_of_a_fragment_are_the_words_of_the_report_without_its_title() {
    for document in documents() {
        let blocks = document.blocks.iter().filter(|block| !matches!(block, Block::Title(_)));
        let expected: String = blocks.map(words_of).collect();
        assert_eq!(words(&fragment(&document), &["draft-mark"]), expected);
    }
}

#[test]
fn every_figure_names_its_field_and_its_heads() {
    for document in documents() {
        let page = page(&document);
        let ids: Vec<&str> = tags(&page).filter_map(|tag| attribute(tag, "id")).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id occurs twice");
        let is_figure = |tag: &&str| tag.starts_with("td ") && !tag.contains("class=\"corner");
        let figures: Vec<&str> = tags(&page).filter(is_figure).collect();
        assert_eq!(figures.len(), document.meta.edition.form().cells().count());
        for tag in figures {
            assert!(attribute(tag, "data-field").is_some(), "{tag}");
            let heads = attribute(tag, "headers").unwrap();
            assert!(heads.split(' ').all(|head| known.contains(head)), "{tag}");
        }
        for tag in tags(&page).filter(|tag| tag.starts_with("th ")) {
            assert!(attribute(tag, "scope").is_some(), "{tag}");
        }
        let links = tags(&page).filter_map(|tag| attribute(tag, "href")?.strip_prefix('#'));
        for target in links {
            assert!(known.contains(target), "{target}");
        }
    }
}

#[test]
fn every_field_of_the_document_is_marked() {
    let document = document::build(&report(), false);
    let page = page(&document);
    let marked: Vec<&str> = tags(&page).filter_map(|tag| attribute(tag, "data-field")).collect();
    let mut expected = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => expected.extend(heading.origin.as_ref()),
            Block::Paragraph(paragraph) => {
                let lead_in = paragraph.lead_in.as_ref();
                expected.extend(lead_in.and_then(|heading| heading.origin.as_ref()));
                expected.extend(paragraph.origin.as_ref());
            }
            Block::Table(table) => expected.extend(
                table.rows().flat_map(|row| &row.cells).filter_map(|cell| cell.origin.as_ref()),
            ),
            Block::Title(_) | Block::Chart(_) | Block::Closing { .. } => {}
        }
    }
    let expected: Vec<&str> = expected.into_iter().map(FieldPath::as_str).collect();
    assert_eq!(marked, expected);
}

#[test]
fn the_figures_can_be_read_back() {
    for document in documents() {
        let page = page(&document);
        let (_, island) =
            page.split_once(r#"<script type="application/json" id="nianbao">"#).unwrap();
        let (island, _) = island.split_once("</script>").unwrap();
        let island: serde_json::Value = serde_json::from_str(island).unwrap();
        assert_eq!(island["format"], "nianbao/1");
        assert_eq!(island["edition"], document.meta.edition.key());
        assert_eq!(island["agency"], document.meta.agency.as_str());
        assert_eq!(island["year"].as_u64(), document.meta.year.map(u64::from));
        assert_eq!(island["draft"], document.meta.draft);
        let figures = island["figures"].as_object().unwrap();
        assert_eq!(figures.len(), document.meta.edition.form().cells().count());
        for block in &document.blocks {
            let Block::Table(table) = block else { continue };
            let cells = table.rows().flat_map(|row| &row.cells);
            for cell in cells.filter(|cell| cell.kind == CellKind::Figure) {
                let figure = &figures[cell.origin.as_ref().unwrap().as_str()];
                // For programs, a minus is the sign on their keyboards.
                let text = cell.text.replace('−', "-");
                let unsigned = text.trim_start_matches(['+', '-']);
                let usable = unsigned.starts_with(|c: char| c.is_ascii_digit());
                assert_eq!(figure.as_str(), usable.then_some(text.as_str()));
            }
        }
    }
}

#[test]
fn the_form_of_the_data_is_frozen() {
    let mut report = Report::empty(Edition::Y2021);
    report.header.year = Some(2023);
    report.header.published = Date::new(2024, 1, 26);
    report.agency.name = Some("某县人民政府".to_owned());
    report.put(FEES, "3297.50".parse().unwrap());
    let at = FieldPath::new("disclosure.fees");
    report.notes.push(Note { at, text: "含代收".to_owned() });
    let page = page(&document::build(&report, true));
    let (_, island) = page.split_once("id=\"nianbao\">").unwrap();
    let island = island.split_once("</script>").unwrap().0;
    assert!(island.starts_with(
        r#"{"format":"nianbao/1","edition":"2021","year":2023,"agency":"某县人民政府","published":"2024-01-26","draft":true,"figures":{"disclosure.regulations.issued":null,"#
    ), "{island}");
    assert!(
        island.contains(r#""disclosure.fees":"3297.50","requests.received.natural_person":null"#)
    );
    assert!(island.ends_with(r#"},"notes":{"disclosure.fees":"（含代收）"}}"#), "{island}");
}

#[test]
fn a_page_needs_nothing_but_itself() {
    for document in documents() {
        for html in [page(&document), fragment(&document)] {
            for tag in tags(&html) {
                let name = tag.split([' ', '\n']).next().unwrap();
                assert!(
                    !["link", "img", "iframe", "object", "embed", "base"].contains(&name),
                    "{tag}"
                );
                assert!(attribute(tag, "src").is_none() && !tag.contains(" on"), "{tag}");
                assert!(
                    name != "script" || tag == r#"script type="application/json" id="nianbao""#
                );
            }
            assert!(!html.contains("url(") && !html.contains("@import"));
        }
        assert!(!fragment(&document).contains("<style"));
    }
}

#[test]
fn no_text_becomes_markup() {
    let page = page(&document::build(&report(), false));
    assert!(page.contains(
        "<title>某某市“A&lt;B”&amp;人民政府办公室2023年政府信息公开工作年度报告</title>"
    ));
    let spans = ["</span>", "<span class=\"whole\">", "<span class=\"west-first\">"];
    let unset = spans.iter().fold(page.clone(), |page, span| page.replace(span, ""));
    // The typed blank before the sign is the white that the page leaves.
    assert!(unset.contains("二是&lt;b&gt;加强&lt;/b&gt;“&lt;/script&gt;”审核&amp; &#39;x&#39;。"));
    assert_eq!(page.matches("</script>").count(), 1);
}

#[test]
fn only_a_draft_says_that_it_is_one() {
    for document in documents() {
        for html in [page(&document), fragment(&document)] {
            let marks = tags(&html).filter(|tag| attribute(tag, "class") == Some("draft-mark"));
            assert_eq!(marks.count(), usize::from(document.meta.draft));
        }
        assert_eq!(page(&document).contains(r#"content="noindex""#), document.meta.draft);
        assert_eq!(page(&document).contains(r#"<body class="draft">"#), document.meta.draft);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let render = || {
        let document = document::build(&report(), true);
        (page(&document), fragment(&document))
    };
    let first = render();
    let others = [std::thread::spawn(render), std::thread::spawn(render)];
    for other in others {
        assert_eq!(other.join().unwrap(), first);
    }
    assert_eq!(render(), first);
}

#[test]
fn a_character_that_no_page_can_carry_is_named() {
    for bad in ['\u{1}', '\u{7f}', '\u{86}', '\u{fffe}', '\u{1ffff}'] {
        let mut report = report();
        report.problems.text = Some(Text::new(format!("甲乙丙{bad}丁戊")));
        let error =
            html::render(&document::build(&report, false), &Options::default()).unwrap_err();
        let around = "甲乙丙丁戊".to_owned();
        assert_eq!(error, RenderError::ForbiddenCharacter { character: bad, around });
    }
}

fn with(own: &[(&str, &str)]) -> Result<String, RenderError> {
    let options = Options { templates: Templates::with(own.iter().copied())? };
    let page = html::render(&document::build(&report(), false), &options)?;
    Ok(String::from_utf8(page).unwrap())
}

fn template_error(own: &[(&str, &str)]) -> String {
    with(own).unwrap_err().to_string()
}

#[test]
fn an_office_can_bring_its_own_look() {
    let page = with(&[
        ("report.html", "\u{feff}<h1>{{ page.title }}</h1>{% include \"_foot.html\" %}"),
        ("_foot.html", "<footer>{{ page.agency }}</footer>"),
    ]);
    let title = "某某市“A&lt;B”&amp;人民政府办公室";
    assert_eq!(
        page.unwrap(),
        format!("<h1>{title}2023年政府信息公开工作年度报告</h1><footer>{title}</footer>")
    );
    let styled = with(&[("report.css", "h1 { color: {{ this is no template }} }")]).unwrap();
    assert!(styled.contains("<style>\nh1 { color: {{ this is no template }} }</style>"));
    assert!(styled.contains("<main"));
}

#[test]
fn mistakes_in_templates_are_placed_and_explained() {
    assert_eq!(
        template_error(&[("raport.html", "")]),
        "模板 raport.html：没有这个名称的模板，可用 report.html、blocks.html、fragment.html、report.css；自用的部分应以“_”开头、以“.html”结尾"
    );
    assert_eq!(
        template_error(&[("report.html", "<p>\n标题：{{ page.titel }}")]),
        "模板 report.html 第2行第12列：没有名为“titel”的字段；此处可用 agency, draft, published, title, year"
            .replace(", ", "、")
    );
    let unknown = template_error(&[("report.html", "{{ titel }}")]);
    assert!(
        unknown.starts_with("模板 report.html 第1行第4列：没有名为“titel”的变量；此处可用 "),
        "{unknown}"
    );
    assert!(unknown.contains("、page、"), "{unknown}");
    assert_eq!(
        template_error(&[("report.html", "<p>\n\n  {{ page.title | uper }}")]),
        "模板 report.html 第3行第19列：没有名为“uper”的过滤器"
    );
    let open = template_error(&[("report.html", "{% if page.draft %}\n草稿")]);
    assert!(open.starts_with("模板 report.html 第2行"), "{open}");
    assert!(open.contains("意外结束"), "{open}");
    assert_eq!(
        template_error(&[("report.html", "{{ page.title")]).split('：').next().unwrap(),
        "模板 report.html 第1行第14列"
    );
    assert_eq!(
        template_error(&[("report.html", "{% include \"_none.html\" %}")]),
        "模板 report.html 第1行第12列：没有名为“_none.html”的模板"
    );
    assert_eq!(
        template_error(&[("report.css", "p {}\n  </STYLE>")]),
        "模板 report.css 第2行第3列：样式表内不能出现“</style”"
    );
}

/// WCAG 2.2, 1.4.3: every colour of letters on every colour they can stand on.
#[test]
fn letters_stand_out_from_their_ground() {
    let css = include_str!("../../templates/report.css");
    let color = |name: &str| {
        let hex = css.split_once(&format!("--{name}: #")).unwrap().1.split(';').next().unwrap();
        let part = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).unwrap();
        luminance([part(0), part(2), part(4)])
    };
    let used = |property: &str| -> BTreeSet<&str> {
        css.lines()
            .flat_map(|line| line.split([';', '{']))
            .filter_map(|rule| rule.trim().strip_prefix(property)?.trim().strip_prefix("var(--"))
            .map(|name| name.split(')').next().unwrap())
            .collect()
    };
    let letters = used("color:");
    let grounds = used("background:");
    assert_eq!(letters, ["accent", "ink", "link", "paper", "quiet"].into());
    assert_eq!(grounds, ["accent", "ground", "head", "paper"].into());
    for letter in &letters {
        for ground in &grounds {
            // White letters stand only on the accent, and only white letters do.
            if (*letter == "paper") != (*ground == "accent") {
                continue;
            }
            let contrast = contrast(color(letter), color(ground));
            assert!(contrast >= 4.5, "{letter} on {ground}: {contrast:.2}");
        }
    }
    // Cells have a colour and a ground of their own, so nothing shines through.
    let cells = css.split_once("\nth, td {").unwrap().1.split('}').next().unwrap();
    assert!(cells.contains("color: var(--ink)") && cells.contains("background: var(--paper)"));
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
