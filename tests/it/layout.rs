//! Pages as readable text, and what must hold on every page whatever the report says.

use std::collections::BTreeMap;

use nianbao::document::words::words;
use nianbao::document::{self, Block, CellKind, Document, Inline, Meta, Paragraph, TableKind};
use nianbao::edition::Edition;
use nianbao::internals::layout::{
    Faces, Item, LayoutError, Node, NodeId, NodeRole, Owner, Page, Pages, Role, TextRun, columns,
    lay_out, paper,
};
use nianbao::report::{FieldPath, Note, Report};

use crate::pdf::examples;
use crate::support::{document_words, files, project, stem, without_blanks};

fn pages(document: &Document) -> Pages {
    lay_out(document, &Faces::bundled()).unwrap()
}

/// A document of these blocks and nothing else.
fn of(blocks: Vec<Block>) -> Document {
    let Document { meta, .. } = document::build(&Report::empty(Edition::Y2021), true);
    Document { meta: Meta { draft: false, ..meta }, blocks }
}

fn paragraph(words: &str) -> Block {
    let text = vec![Inline::Text(words.to_owned())];
    Block::Paragraph(Paragraph { lead_in: None, text, origin: None })
}

fn link(words: &str) -> Block {
    let text = vec![Inline::Link { text: words.to_owned(), target: words.to_owned() }];
    Block::Paragraph(Paragraph { lead_in: None, text, origin: None })
}

fn heading(level: u8, words: &str) -> Block {
    let (text, anchor) = (words.to_owned(), "anchor".to_owned());
    Block::Heading(document::Heading { level, text, anchor, origin: None })
}

#[cfg(feature = "fangsong")]
fn lead_in(words: &str) -> document::Heading {
    document::Heading {
        level: 2,
        text: words.to_owned(),
        anchor: "anchor".to_owned(),
        origin: None,
    }
}

fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        Item::Rule(_) | Item::Fill(_) => None,
    })
}

/// The words of a page line by line, without page number and repeated heads.
fn lines(page: &Page) -> Vec<String> {
    let mut lines: Vec<(i64, String)> = Vec::new();
    for run in runs(page).filter(|run| matches!(run.owner, Owner::Node(_))) {
        let y = (run.y * 100.0).round() as i64;
        match lines.last_mut() {
            Some((at, words)) if *at == y => words.push_str(&run.words()),
            _ => lines.push((y, run.words())),
        }
    }
    lines.into_iter().map(|(_, words)| words).collect()
}

/// The documents of all examples, of their units, and of a report with charts.
fn all_documents() -> Vec<(String, Document)> {
    let units = files("examples/district", "toml").into_iter();
    let units = units.filter(|path| stem(path) != "units").map(|path| {
        let report = nianbao::internals::load::load(&path).unwrap().review.report.unwrap();
        (stem(&path), document::build(&report, false))
    });
    let last =
        nianbao::internals::load::load(&project("tests/charts/2022.toml")).unwrap().review.report;
    let last = ("charts-2022".to_owned(), document::build(&last.unwrap(), false));
    examples().into_iter().chain(units).chain([last]).collect()
}

/// An empty report with this in every cell of a table.
fn filled(edition: Edition, kind: TableKind, text: &str) -> Document {
    let mut document = document::build(&Report::empty(edition), true);
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        let text = if table.kind == kind { text } else { "0" };
        let rows = table.groups.iter_mut().flat_map(|group| &mut group.body);
        let cells = rows.flat_map(|row| &mut row.cells).filter(|cell| cell.origin.is_some());
        cells.for_each(|cell| cell.text = text.to_owned());
    }
    document
}

/// For each cell of a table, its words by page and baseline.
fn cell_lines(pages: &Pages, kind: CellKind) -> Vec<Vec<String>> {
    let is_cell =
        |node: &Node| matches!(node.role, NodeRole::TableCell { kind: k, .. } if k == kind);
    let mut cells: BTreeMap<NodeId, Vec<(usize, i64, String)>> = BTreeMap::new();
    for (i, page) in pages.pages.iter().enumerate() {
        for run in runs(page) {
            let Owner::Node(id) = run.owner else { continue };
            if !is_cell(&pages.nodes[id.0]) {
                continue;
            }
            let lines = cells.entry(id).or_default();
            let y = (run.y * 100.0).round() as i64;
            match lines.last_mut() {
                Some((page, at, words)) if (*page, *at) == (i, y) => words.push_str(&run.words()),
                _ => lines.push((i, y, run.words())),
            }
        }
    }
    let words = |lines: Vec<(usize, i64, String)>| lines.into_iter().map(|line| line.2).collect();
    cells.into_values().map(words).collect()
}

fn body_lines(words: &str) -> Vec<String> {
    pages(&of(vec![paragraph(words)])).pages.iter().flat_map(lines).collect()
}

#[cfg(feature = "fangsong")]
#[test]
fn a_page_reads_as_text() {
    let document = of(vec![
        Block::Title(vec!["霍尔果斯市人民政府".into(), "2023年政府信息公开工作年度报告".into()]),
        heading(1, "一、总体情况"),
        Block::Paragraph(Paragraph {
            lead_in: Some(lead_in("（一）主动公开情况。")),
            text: vec![Inline::Text("全年公开信息3415条。".into())],
            origin: None,
        }),
        Block::Closing {
            agency: "霍尔果斯市人民政府".into(), date: Some("2024年1月29日".into())
        },
    ]);
    let expected = "\
── 1 ──
  201.5  131.2 22.0 NotoSerifCJKscBold 霍尔果斯市人民政府
  128.7  167.2 22.0 NotoSerifCJKscBold 2023年政府信息公开工作年度报告
  110.9  241.4 16.0 NotoSansCJKscMedium 一、总体情况
  110.9  270.4 16.0 NianbaoKaiRegular  （一）主动公开情况。
  268.8  270.4 16.0 FandolFangRegular  全年公开信息3415条。
  347.7  328.4 16.0 FandolFangRegular  霍尔果斯市人民政府
  379.4  357.4 16.0 FandolFangRegular  2024年1月29日
# 463.0  766.3 14.0 NotoSerifCJKscRegular —
# 478.0  766.3 14.0 NotoSerifCJKscRegular  1\x20
# 490.8  766.3 14.0 NotoSerifCJKscRegular —
";
    assert_eq!(pages(&document).dump(), expected);
}

#[test]
fn twenty_two_lines_of_twenty_eight_characters() {
    let pages = pages(&of(vec![paragraph(&"公".repeat(2000))]));
    let first = lines(&pages.pages[0]);
    assert_eq!(first.len(), 22);
    assert_eq!(first[0].chars().count(), 26, "two characters are left free");
    assert!(first[1..].iter().all(|line| line.chars().count() == 28));
}

#[test]
fn no_line_begins_or_ends_with_a_forbidden_mark() {
    for (name, document) in examples() {
        for line in pages(&document).pages.iter().flat_map(lines) {
            assert!(
                !line.starts_with(['，', '。', '、', '；', '：', '）', '》', '”', '〕', '·']),
                "{name}: {line}"
            );
            let tail = line.trim_end();
            assert!(!tail.ends_with(['（', '《', '“', '〔', '‘', '〈']), "{name}: {line}");
        }
    }
}

#[test]
fn dashes_stay_together_and_figures_stay_whole() {
    for n in 20..32 {
        let words = format!("{}——2023年收到政府信息公开申请1234567件……", "公".repeat(n));
        let lines = body_lines(&words);
        assert_eq!(lines.concat(), words);
        for line in &lines {
            assert_eq!(line.matches('—').count() % 2, 0, "{line}");
            assert_eq!(line.matches('…').count() % 2, 0, "{line}");
            assert!(
                !line.starts_with(|c: char| c.is_ascii_digit())
                    || line.starts_with("2023")
                    || line.starts_with("1234567"),
                "{line}"
            );
        }
    }
}

#[test]
fn no_last_line_of_one_character() {
    let words = format!("{}。", "公".repeat(26 + 28 + 1));
    let lines = body_lines(&words);
    let last = lines.last().unwrap();
    assert!(last.chars().count() > 2 || lines.len() == 2, "{lines:?}");
}

#[test]
fn full_lines_end_flush() {
    for (name, document) in examples() {
        for (i, page) in pages(&document).pages.iter().enumerate() {
            let right = paper::left(i) + paper::WIDTH;
            for run in runs(page).filter(|run| run.size == paper::BODY_SIZE) {
                let last = run.glyphs.last().unwrap();
                assert!(last.x + 0.5 * last.advance < right + 0.5, "{name}: {}", run.words());
            }
        }
    }
}

#[test]
fn everything_stays_in_the_type_area() {
    for (name, document) in examples() {
        for (i, page) in pages(&document).pages.iter().enumerate() {
            let left = paper::left(i) - 8.5;
            let right = paper::left(i) + paper::WIDTH + 8.5;
            let bottom = paper::TOP + paper::HEIGHT + 1.0;
            for run in runs(page).filter(|run| run.owner != Owner::Pagination) {
                let (first, last) = (run.glyphs.first().unwrap(), run.glyphs.last().unwrap());
                assert!(
                    first.x >= left && last.x + last.advance <= right,
                    "{name}: {}",
                    run.words()
                );
                assert!(run.y > paper::TOP && run.y < bottom, "{name}: {}", run.words());
            }
        }
    }
}

#[test]
fn left_and_right_pages_lie_behind_each_other() {
    let front = paper::left(0);
    let back = paper::left(1);
    assert!((front + back + paper::WIDTH - paper::SHEET_WIDTH).abs() < 1e-9);
    let pages = pages(&of(vec![paragraph(&"公".repeat(900))]));
    let number = |page: &Page| {
        runs(page).find(|run| run.owner == Owner::Pagination).map(|run| run.glyphs[0].x).unwrap()
    };
    assert!(number(&pages.pages[0]) > paper::SHEET_WIDTH / 2.0);
    assert!(number(&pages.pages[1]) < paper::SHEET_WIDTH / 2.0);
}

#[test]
fn headings_take_two_lines_of_text_with_them() {
    for n in 1..24 {
        let mut blocks: Vec<Block> = (0..n).map(|_| paragraph("一行")).collect();
        blocks.extend([heading(1, "一、总体情况"), heading(2, "（一）主动公开")]);
        blocks.push(paragraph(&"公".repeat(200)));
        let pages = pages(&of(blocks));
        for page in &pages.pages {
            let lines = lines(page);
            let at = lines.iter().position(|line| line.starts_with('一') && line.len() > 6);
            if let Some(at) = at {
                assert!(lines.len() >= at + 4, "{n} lines above: {lines:?}");
            }
        }
    }
}

#[test]
fn headings_without_text_fill_pages_however_many_they_are() {
    let blocks = (0..20_000).map(|i| heading(2, &format!("（{i}）问题"))).collect();
    let pages = pages(&of(blocks)).pages;
    assert_eq!(pages.len(), 20_000_usize.div_ceil(22));
    let n_lines: Vec<usize> = pages.iter().map(|page| lines(page).len()).collect();
    assert_eq!(n_lines.iter().sum::<usize>(), 20_000, "{n_lines:?}");
}

#[test]
fn no_widow_and_no_orphan() {
    for n in 1..24 {
        for length in [2, 3, 4, 5, 6, 30] {
            let mut blocks: Vec<Block> = (0..n).map(|_| paragraph("一行")).collect();
            blocks.push(paragraph(&"公".repeat(28 * length - 4)));
            for page in &pages(&of(blocks)).pages {
                let full = lines(page).iter().filter(|line| line.starts_with('公')).count();
                assert_ne!(full, 1, "{n} lines above a paragraph of {length}");
            }
        }
    }
}

#[test]
fn the_closing_has_text_on_its_page() {
    for n in 1..24 {
        for length in [1, 2, 3, 4, 8] {
            let mut blocks: Vec<Block> = (0..n).map(|_| paragraph("一行")).collect();
            blocks.push(paragraph(&"公".repeat(28 * length - 4)));
            let date = Some("2024年12月29日".to_owned());
            blocks.push(Block::Closing { agency: "某县".into(), date });
            let pages = pages(&of(blocks));
            let last = lines(pages.pages.last().unwrap());
            assert!(last.len() > 2, "{n} lines, then {length}: {last:?}");
            assert!(last.ends_with(&["某县".to_owned(), "2024年12月29日".to_owned()]));
        }
    }
}

#[test]
fn a_date_longer_than_the_name_stands_two_characters_from_the_edge() {
    let date = Some("2024年12月29日".to_owned());
    let pages = pages(&of(vec![Block::Closing { agency: "某县".into(), date }]));
    let runs: Vec<&TextRun> = runs(&pages.pages[0]).collect();
    let right = paper::left(0) + paper::WIDTH - 2.0 * paper::CELL;
    let last = runs[1].glyphs.last().unwrap();
    assert!((last.x + paper::CELL - right).abs() < 0.5);
    assert!((runs[1].glyphs[0].x - runs[0].glyphs[0].x - 2.0 * paper::CELL).abs() < 0.5);
}

#[test]
fn the_requests_stand_on_one_page() {
    for (name, document) in examples() {
        let pages = pages(&document);
        let with = |words: &str| {
            let has = |page: &Page| lines(page).concat().contains(words);
            pages.pages.iter().position(has).unwrap_or_else(|| panic!("{name}: no {words}"))
        };
        assert_eq!(with("（本列数据的勾稽关系为"), with("四、结转下年度继续办理"), "{name}");
        assert_eq!(with("三、收到和处理"), with("四、结转下年度继续办理"), "{name}");
    }
}

#[test]
fn figures_are_nine_points_at_least() {
    for (name, document) in examples() {
        let pages = pages(&document);
        let is_mark = |run: &TextRun| match run.owner {
            Owner::Node(id) => matches!(pages.nodes[id.0].role, NodeRole::NoteLink { .. }),
            Owner::Pagination | Owner::Repeat => false,
        };
        for run in pages.pages.iter().flat_map(runs).filter(|run| !is_mark(run)) {
            assert!(run.size >= 9.0, "{name}: {}", run.words());
        }
    }
}

#[test]
fn a_table_that_fits_a_page_is_not_divided() {
    for (name, document) in all_documents() {
        let pages = pages(&document);
        let tables: Vec<NodeId> = (0..pages.nodes.len())
            .map(NodeId)
            .filter(|id| matches!(pages.nodes[id.0].role, NodeRole::Table { .. }))
            .collect();
        let pages_of = |table: NodeId| -> Vec<usize> {
            let of_table = |run: &TextRun| {
                let Owner::Node(mut id) = run.owner else { return false };
                while let Some(parent) = pages.nodes[id.0].parent.filter(|_| id != table) {
                    id = parent;
                }
                id == table
            };
            (0..pages.pages.len()).filter(|i| runs(&pages.pages[*i]).any(of_table)).collect()
        };
        for table in &tables {
            assert_eq!(pages_of(*table).len(), 1, "{name}");
        }
        // The four tables of table 1 are drawn as one.
        let first: Vec<usize> = tables[..4].iter().flat_map(|table| pages_of(*table)).collect();
        assert!(first.iter().all(|page| *page == first[0]), "{name}: {first:?}");
    }
}

#[test]
fn pages_are_full_unless_a_table_had_to_move() {
    for (name, document) in all_documents() {
        let pages = pages(&document).pages;
        for (i, pair) in pages.windows(2).enumerate() {
            let own = runs(&pair[0]).filter(|run| run.owner != Owner::Pagination);
            let low = own.map(|run| run.y).fold(0.0, f64::max);
            let moved =
                pair[1].items.iter().any(|item| matches!(item, Item::Rule(_) | Item::Fill(_)));
            let full = low - paper::TOP > paper::HEIGHT / 3.0;
            assert!(full || moved, "{name}: page {} ends at {low}", i + 1);
        }
    }
}

#[test]
fn no_figure_is_broken() {
    let most = [(TableKind::Disclosure, 10), (TableKind::Requests, 10), (TableKind::Challenges, 7)];
    for edition in Edition::ALL {
        for (kind, most) in most {
            for text in (1..=most).map(|n| "9".repeat(n)).chain(["〔未填〕".to_owned()]) {
                let document = filled(*edition, kind, &text);
                let pages = pages(&document);
                for lines in cell_lines(&pages, CellKind::Figure) {
                    assert_eq!(lines.len(), 1, "{kind:?} {lines:?}");
                }
                assert!(pages.pages.len() <= 5, "{kind:?} with {text}: {}", pages.pages.len());
            }
        }
    }
}

#[test]
fn a_figure_too_long_for_its_cell_is_named() {
    let document = filled(Edition::Y2021, TableKind::Challenges, &"9".repeat(9));
    let error = lay_out(&document, &Faces::bundled()).unwrap_err();
    assert!(error.to_string().contains("行政复议"), "{error}");
    assert!(error.to_string().contains("结果维持"), "{error}");
}

#[test]
fn tables_are_set_in_steps_of_type_that_agree() {
    for (name, document) in all_documents() {
        let pages = pages(&document);
        let mut sizes: Vec<f64> = Vec::new();
        for run in pages.pages.iter().flat_map(runs) {
            let Owner::Node(id) = run.owner else { continue };
            if matches!(pages.nodes[id.0].role, NodeRole::TableCell { .. })
                && !sizes.contains(&run.size)
            {
                sizes.push(run.size);
            }
        }
        assert!(sizes.iter().all(|size| columns::SIZES.contains(size)), "{name}: {sizes:?}");
        // A remark in a cell may be smaller.
        assert!(sizes.len() <= 2, "{name}: {sizes:?}");
    }
}

#[test]
fn labels_end_their_lines_between_words() {
    for (name, document) in all_documents() {
        let pages = pages(&document);
        for kind in [CellKind::ColumnHead, CellKind::RowHead] {
            for lines in cell_lines(&pages, kind) {
                if lines.iter().skip(1).all(|line| line.chars().count() == 1) {
                    continue; // a label set upright, or on one line
                }
                let label = lines.concat();
                let mut ends = Vec::new();
                let mut at = 0;
                for word in words(&label) {
                    at += word.text.len();
                    ends.push(at);
                }
                let mut at = 0;
                for line in &lines {
                    at += line.len();
                    let number = label[..at].ends_with('）') || label[..at].ends_with('、');
                    assert!(number || ends.contains(&at), "{name}: {lines:?}");
                }
            }
        }
    }
}

#[test]
fn notes_are_not_torn_line_from_line() {
    for n in 1..20 {
        let mut document = filled(Edition::Y2021, TableKind::Requests, "12");
        for block in &mut document.blocks {
            let Block::Table(table) = block else { continue };
            table.notes =
                vec![format!("注：{}。", "统计口径与上年相同".repeat(n)), "第二条。".into()];
        }
        let pages = pages(&document);
        let mut of_note: BTreeMap<NodeId, BTreeMap<usize, usize>> = BTreeMap::new();
        for (i, page) in pages.pages.iter().enumerate() {
            for run in runs(page) {
                let Owner::Node(id) = run.owner else { continue };
                if matches!(pages.nodes[id.0].role, NodeRole::Note) {
                    *of_note.entry(id).or_default().entry(i).or_default() += 1;
                }
            }
        }
        for pages in of_note.values().filter(|pages| pages.len() > 1) {
            assert!(pages.values().all(|lines| *lines >= 2), "{n}: {pages:?}");
        }
    }
}

#[test]
fn a_mark_leads_to_its_note() {
    let mut report = Report::empty(Edition::Y2021);
    for (at, text) in [
        ("requests.received.natural_person", "含上年度转办的申请，逐件统计"),
        ("challenges.reconsideration", "含上年度案件，统计口径不变"),
    ] {
        report.notes.push(Note { at: FieldPath::new(at), text: text.into() });
    }
    let pages = pages(&document::build(&report, true));
    let links: Vec<NodeId> =
        pages.pages.iter().flat_map(|page| &page.links).map(|link| link.node).collect();
    assert_eq!(links.len(), 2);
    for link in links {
        let NodeRole::NoteLink { note, mark } = &pages.nodes[link.0].role else {
            panic!("{:?}", pages.nodes[link.0])
        };
        let parent = |id: NodeId| pages.nodes[id.0].parent.unwrap();
        assert_eq!(pages.nodes[parent(link).0].role, NodeRole::Reference);
        assert!(matches!(pages.nodes[parent(parent(link)).0].role, NodeRole::TableCell { .. }));
        assert_eq!(pages.nodes[note.0].role, NodeRole::Note);
        let words: String = pages
            .pages
            .iter()
            .flat_map(runs)
            .filter(|run| run.owner == Owner::Node(*note))
            .map(TextRun::words)
            .collect();
        assert!(words.starts_with(&format!("{mark}：含上年度")), "{words}");
    }
}

#[test]
fn figures_stay_with_their_units() {
    for n in 16..30 {
        let words =
            format!("{}第30号，1月1日收到0件，GB/T 9704—2012共500余条、1.2万件。", "公".repeat(n));
        let text = body_lines(&words).join("|");
        for whole in ["第30号", "1月1日", "0件", "GB/T 9704—2012", "500余条", "1.2万件"]
        {
            assert!(text.contains(whole), "{text}");
        }
    }
}

#[test]
fn dashes_begin_no_line() {
    for n in 20..32 {
        for mark in ["——", "……"] {
            let lines = body_lines(&format!("{}{mark}公开", "公".repeat(n)));
            assert!(lines.iter().all(|line| !line.starts_with(['—', '…'])), "{lines:?}");
        }
    }
}

#[test]
fn chinese_and_western_stand_a_quarter_apart_on_every_line() {
    let words = "全年受理APP、网站申请45.3%；公开2023年信息12条，其中ABC类3条".repeat(4);
    let pages = pages(&of(vec![paragraph(&words)]));
    assert!(!pages.words().contains(' '));
    let mut lines: BTreeMap<i64, Vec<(f64, f64, char)>> = BTreeMap::new();
    for run in runs(&pages.pages[0]).filter(|run| run.owner != Owner::Pagination) {
        let line = lines.entry((run.y * 100.0).round() as i64).or_default();
        line.extend(run.glyphs.iter().map(|g| (g.x, g.advance, g.character)));
    }
    for line in lines.values() {
        let han = |c: char| ('\u{4E00}'..'\u{A000}').contains(&c);
        let mut seams = Vec::new();
        let mut plain = Vec::new();
        for pair in line.windows(2) {
            let [(x, advance, a), (next, _, b)] = [pair[0], pair[1]];
            let gap = (next - x - advance) / paper::BODY_SIZE;
            if (han(a) && b.is_ascii_alphanumeric()) || (a.is_ascii_alphanumeric() && han(b)) {
                seams.push(gap);
            } else if han(a) && han(b) {
                plain.push(gap);
            }
        }
        assert!(seams.iter().all(|gap| (0.2..0.26).contains(gap)), "{seams:?}");
        assert!(plain.iter().all(|gap| *gap < 0.15), "{plain:?}");
    }
}

#[test]
fn all_words_are_printed_in_order() {
    for (name, document) in examples() {
        let words = without_blanks(&pages(&document).words());
        assert_eq!(words, document_words(&document).concat(), "{name}");
    }
}

#[test]
fn a_word_of_ten_thousand_letters_fills_pages() {
    let pages = pages(&of(vec![paragraph(&"x".repeat(10_000)), link(&"http://a.cn/".repeat(100))]));
    assert!(pages.pages.len() > 5);
    for (i, page) in pages.pages.iter().enumerate() {
        let right = paper::left(i) + paper::WIDTH + 1.0;
        for run in runs(page) {
            let last = run.glyphs.last().unwrap();
            assert!(last.x + last.advance < right, "{}", run.words());
        }
    }
}

#[test]
fn marks_that_must_not_be_parted_stay_on_the_page() {
    for mark in ["）", "（", "——", "。", "A）"] {
        let pages = pages(&of(vec![paragraph(&mark.repeat(3000))]));
        assert_eq!(pages.words(), mark.repeat(3000));
        for (i, page) in pages.pages.iter().enumerate() {
            let right = paper::left(i) + paper::WIDTH + 9.0;
            assert!(runs(page).all(|run| run.glyphs.last().unwrap().x < right), "{mark}");
        }
    }
}

#[test]
fn long_names_stay_on_the_page() {
    let name = "新疆维吾尔自治区伊犁哈萨克自治州霍尔果斯市人民政府".repeat(4);
    let pages = pages(&of(vec![
        Block::Title(vec![name.clone(), "2023年政府信息公开工作年度报告".into()]),
        Block::Closing { agency: name, date: Some("2024年1月29日".into()) },
    ]));
    for run in runs(&pages.pages[0]).filter(|run| run.owner != Owner::Pagination) {
        let last = run.glyphs.last().unwrap();
        assert!(run.glyphs[0].x >= paper::left(0) - 0.1, "{}", run.words());
        assert!(last.x < paper::left(0) + paper::WIDTH, "{}", run.words());
    }
}

#[test]
fn a_remark_higher_than_a_page_goes_on() {
    let mut document = document::build(&Report::empty(Edition::Y2021), false);
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        let rows = table.groups.iter_mut().flat_map(|g| &mut g.body);
        let figures = rows.flat_map(|row| &mut row.cells).filter(|cell| cell.origin.is_some());
        // Some in each row and in each column.
        for cell in figures.step_by(4) {
            cell.note = Some(format!("（{}）", "其中含上年结转".repeat(60)));
        }
    }
    let pages = pages(&document);
    assert!(pages.pages.len() > 30);
    let count = |words: &str| words.matches('转').count();
    assert_eq!(count(&pages.words()), count(&document_words(&document).concat()));
    for page in &pages.pages {
        let bottom = paper::TOP + paper::HEIGHT + 1.0;
        for run in runs(page).filter(|run| run.owner != Owner::Pagination) {
            assert!(run.y < bottom, "{}", run.words());
        }
    }
}

#[test]
fn unknown_characters_are_named_with_their_place() {
    let document = of(vec![paragraph("全年受理申请😀十二件，办结\u{F0000}十件")]);
    let error = lay_out(&document, &Faces::bundled()).unwrap_err();
    let LayoutError::MissingCharacters(missing) = error else { panic!("{error}") };
    let characters: Vec<char> = missing.iter().map(|(c, _)| *c).collect();
    assert_eq!(characters, ['😀', '\u{F0000}']);
    assert!(missing[0].1.contains("申请😀十二件"), "{}", missing[0].1);
}

#[test]
fn characters_that_print_nothing_are_left_out() {
    let words: String = body_lines("公\u{200B}开\u{FEFF}信\u{AD}息\u{2028}").concat();
    assert_eq!(words, "公开信息");
}

#[test]
fn rare_characters_come_from_another_face() {
    let document = of(vec![paragraph("浉瀍硚镕堃喆漷垟塱昇玥珺赟祎")]);
    let pages = pages(&document);
    assert_eq!(pages.words(), "浉瀍硚镕堃喆漷垟塱昇玥珺赟祎");
}

#[test]
fn drafts_are_marked_on_every_page() {
    let (_, document) = examples().remove(0);
    let draft = Document { meta: Meta { draft: true, ..document.meta.clone() }, ..document };
    let marked = pages(&draft);
    for (i, page) in marked.pages.iter().enumerate() {
        // A screen reader says it once, before anything else; on later pages it is for the eye alone.
        let first = marked.nodes[0].children[0];
        let owner = if i == 0 { Owner::Node(first) } else { Owner::Pagination };
        let run = runs(page).next().unwrap();
        assert!(run.words().contains("草稿") && run.owner == owner, "{}", run.words());
    }
}

#[test]
fn an_empty_report_has_pages_too() {
    let pages = pages(&document::build(&Report::empty(Edition::Y2021), true));
    assert!(!pages.pages.is_empty());
    assert_eq!(lay_out(&of(Vec::new()), &Faces::bundled()).unwrap().pages.len(), 1);
}

#[test]
fn a_face_of_ones_own_takes_over_its_role() {
    let song = include_bytes!("../../assets/fonts/song.otf").as_slice();
    let faces = Faces::bundled().with(Role::Body, song, None).unwrap().0;
    let pages = lay_out(&of(vec![paragraph("公开信息")]), &faces).unwrap();
    assert!(pages.dump().contains("NotoSerifCJKscRegular 公开信息"));
    let error = Faces::bundled().with(Role::Body, b"no font".as_slice(), None).unwrap_err();
    assert!(error.to_string().contains("仿宋"), "{error}");
}
