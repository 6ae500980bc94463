//! Pages as readable text, and what must hold on every page whatever the report says.

use nianbao::document::{self, Block, Document, Inline, Meta, Paragraph};
use nianbao::edition::Edition;
use nianbao::layout::{
    Faces, Item, LayoutError, Owner, Page, Pages, Role, TextRun, lay_out, paper,
};
use nianbao::report::Report;

use crate::pdf::examples;
use crate::support::{document_words, without_blanks};

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
  131.4  167.2 22.0 NotoSerifCJKscBold 2023年政府信息公开工作年度报告
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
        for page in &pages(&document).pages {
            assert!(runs(page).all(|run| run.size >= 9.0), "{name}");
        }
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
    let faces = Faces::bundled().with(Role::Body, song, 0).unwrap();
    let pages = lay_out(&of(vec![paragraph("公开信息")]), &faces).unwrap();
    assert!(pages.dump().contains("NotoSerifCJKscRegular 公开信息"));
    let error = Faces::bundled().with(Role::Body, b"no font".as_slice(), 0).unwrap_err();
    assert!(error.to_string().contains("仿宋"), "{error}");
}
