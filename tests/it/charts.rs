//! Charts: none unless asked for, the same figures in every output, each with its words for who cannot see.

use lopdf::Object;
use nianbao::document::{self, Block, Chart, ChartKind, Document};
use nianbao::edition::{Cell, Edition, RequestColumn, RequestRow};
use nianbao::internals::layout::{Faces, Item, NodeRole, lay_out, paper};
use nianbao::render::{Format, Renderer};
use nianbao::report::Report;

use crate::support::{chart_document, files};

fn charts(document: &Document) -> Vec<&Chart> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
        .collect()
}

/// A report that asks for charts, with these figures of table 2.
fn asking(figures: &[(RequestRow, RequestColumn, u64)]) -> Report {
    by_edition(Edition::Y2021, 2023, figures)
}

fn by_edition(edition: Edition, year: u16, figures: &[(RequestRow, RequestColumn, u64)]) -> Report {
    let mut report = Report::empty(edition);
    report.header.year = Some(year);
    report.header.charts = Some(true);
    for cell in report.form().cells() {
        if let Cell::Requests(row, column) = cell
            && row != RequestRow::OutcomeTotal
            && column != RequestColumn::Total
        {
            report.put(cell, 0.into());
        }
    }
    for (row, column, count) in figures {
        report.put(Cell::Requests(*row, *column), (*count).into());
    }
    report
}

/// The contents of a chart, a row a line.
fn shown(chart: &Chart) -> Vec<String> {
    let values = |values: &[Option<u64>]| -> Vec<String> {
        values.iter().map(|value| value.map_or("-".to_owned(), |value| value.to_string())).collect()
    };
    chart
        .rows
        .iter()
        .map(|row| format!("{} {}", row.label, values(&row.values).join(" ")))
        .collect()
}

#[test]
fn the_national_form_has_none() {
    for path in files("examples", "toml") {
        let report = nianbao::internals::load::load(&path).unwrap().review.report.unwrap();
        assert_eq!(charts(&document::build(&report, false)), Vec::<&Chart>::new());
    }
}

#[test]
fn they_stand_right_below_table_2_and_show_its_figures_and_last_year_s() {
    let document = chart_document();
    let at = document.blocks.iter().position(|block| matches!(block, Block::Chart(_))).unwrap();
    assert!(matches!(&document.blocks[at - 1], Block::Table(table) if table.n_columns() == 10));
    let charts = charts(&document);
    assert_eq!(
        charts.iter().map(|chart| chart.kind).collect::<Vec<_>>(),
        [ChartKind::Outcomes, ChartKind::Applicants]
    );
    assert_eq!(charts[0].series, ["2023年", "2022年"]);
    assert_eq!(
        shown(charts[0]),
        [
            "予以公开 41 38",
            "部分公开 12 9",
            "不予公开 11 10",
            "无法提供 19 18",
            "不予处理 8 5",
            "其他处理 2 0"
        ]
    );
    // Research was nobody's last year and welfare nobody's this year: both are shown, with their 0.
    assert_eq!(
        shown(charts[1]),
        [
            "自然人 64 58",
            "商业企业 9 11",
            "科研机构 1 0",
            "社会公益组织 0 2",
            "法律服务机构 14 9",
            "其他 3 3"
        ]
    );
    assert_eq!(charts[0].description, "条形图：本年度办理结果。图中各项数据依次列在图下");
    assert_eq!(charts[0].list[0], "予以公开41件（2022年38件）；");
    assert_eq!(charts[0].list[5], "其他处理2件（2022年0件）。");
}

#[test]
fn nothing_but_0_is_left_out_and_nothing_at_all_is_no_chart() {
    use RequestColumn::{Business, NaturalPerson};
    use RequestRow::{Granted, Received, StateSecret, ThirdPartyRights};
    assert!(charts(&document::build(&asking(&[]), false)).is_empty());
    let report = asking(&[
        (Received, Business, 5),
        (Granted, Business, 1),
        (StateSecret, Business, 1),
        (ThirdPartyRights, NaturalPerson, 3),
    ]);
    let document = document::build(&report, false);
    let charts = charts(&document);
    assert_eq!(shown(charts[0]), ["予以公开 1", "不予公开 4"]);
    // One bar alone has nothing to be compared with.
    assert_eq!(charts.len(), 1);
    assert_eq!(
        charts[0].words(),
        [
            "本年度办理结果（件）",
            "予以公开",
            "1",
            "不予公开",
            "4",
            "予以公开1件；",
            "不予公开4件。"
        ]
    );
}

#[test]
fn what_the_form_of_2019_counted_otherwise_is_not_put_beside_the_form_of_2021() {
    use RequestColumn::NaturalPerson;
    use RequestRow::{NotHeld, NotSupplemented, Received};
    let report = by_edition(
        Edition::Y2021,
        2021,
        &[
            (Received, NaturalPerson, 6),
            (NotHeld, NaturalPerson, 4),
            (NotSupplemented, NaturalPerson, 2),
        ],
    );
    let figures = [(Received, NaturalPerson, 3), (NotHeld, NaturalPerson, 3)];
    let last = by_edition(Edition::Y2019, 2020, &figures);
    let (report, _) = nianbao::internals::bind::bind(report, Some(&last));
    let document = document::build(&report, false);
    let charts = charts(&document);
    // The outcomes changed with the form, as `compare` and the rules say, too; who applied did not.
    assert_eq!(charts[0].series, ["2021年"]);
    assert_eq!(shown(charts[0]), ["无法提供 4", "其他处理 2"]);
    assert_eq!(charts[1].series, ["2021年", "2020年"]);
    assert_eq!(shown(charts[1]), ["自然人 6 3"]);
}

#[test]
fn what_is_not_filled_is_never_0() {
    use RequestColumn::NaturalPerson;
    use RequestRow::{Granted, NotHeld, PartlyGranted, Received};
    let mut report = asking(&[
        (Granted, NaturalPerson, 2),
        (NotHeld, NaturalPerson, 3),
        (Received, NaturalPerson, 2),
    ]);
    report.requests.cells[(PartlyGranted, NaturalPerson)] = nianbao::report::Entry::Absent;
    // Last year's report lacks a figure: the outcomes are shown without it, the applicants with it.
    let mut last = asking(&[(Received, NaturalPerson, 7)]);
    last.header.year = Some(2022);
    last.requests.cells[(Granted, NaturalPerson)] = nianbao::report::Entry::Absent;
    let (report, _) = nianbao::internals::bind::bind(report, Some(&last));
    let document = document::build(&report, true);
    let charts = charts(&document);
    assert_eq!(shown(charts[0]), ["予以公开 2", "部分公开〔未填〕 -", "无法提供 3"]);
    assert_eq!(charts[0].list, ["予以公开2件；", "部分公开〔未填〕；", "无法提供3件。"]);
    assert_eq!(shown(charts[1]), ["自然人 2 7"]);
    // Where nothing is filled at all, there is nothing to draw.
    let mut blank = Report::empty(Edition::Y2021);
    blank.header.charts = Some(true);
    assert!(document::build(&blank, true).blocks.iter().all(|b| !matches!(b, Block::Chart(_))));
    // A draft with a hole is a document in every format.
    let renderer = Renderer::new();
    for format in Format::ALL {
        assert!(!renderer.render(&document, *format).unwrap().is_empty());
    }
}

#[test]
fn a_page_draws_them_with_a_name_and_a_description() {
    let document = chart_document();
    let renderer = Renderer::new();
    let html = |format| String::from_utf8(renderer.render(&document, format).unwrap()).unwrap();
    let page = html(Format::Html);
    for chart in charts(&document) {
        let name = chart.kind.name();
        assert!(page.contains(&format!(
            "aria-labelledby=\"{name}-title\" aria-describedby=\"{name}-desc\""
        )));
        assert!(page.contains(&format!(
            "<desc id=\"{name}-desc\" class=\"not-report\">{}",
            chart.description
        )));
    }
    assert_eq!(page.matches("<svg role=\"img\"").count(), 2);
    let fragment = html(Format::HtmlFragment);
    for chart in charts(&document) {
        assert!(
            fragment.contains(&format!("<svg role=\"img\" aria-label=\"{}\"", chart.description))
        );
    }
    // A content system brings no style sheet of ours, and gets no names that could clash with its own.
    let figure = &fragment[fragment.find("<figure").unwrap()..fragment.rfind("</figure>").unwrap()];
    assert!(!figure.contains("class=") && !figure.contains("id="), "{figure}");
}

#[test]
fn bars_are_as_long_as_their_figures_and_leave_room_for_the_longest() {
    use RequestColumn::NaturalPerson;
    use RequestRow::{Granted, PartlyGranted, Received};
    for largest in [1, 4, 400, 999_999_999_999] {
        let report = asking(&[
            (Received, NaturalPerson, largest),
            (Granted, NaturalPerson, largest),
            (PartlyGranted, NaturalPerson, largest.div_ceil(4)),
        ]);
        let document = document::build(&report, false);
        let page = Renderer::new().render(&document, Format::Html).unwrap();
        let page = String::from_utf8(page).unwrap();
        let lengths: Vec<f64> = page
            .split("<rect class=\"bar-1\"")
            .skip(1)
            .map(|rest| rest.split("width=\"").nth(1).unwrap().split('%').next().unwrap())
            .map(|length| length.parse().unwrap())
            .collect();
        // Eight pixels a digit beside the bar, on the narrowest of phones.
        let digits = 8.0 * largest.to_string().len() as f64 + 8.0;
        assert!(30.0 + lengths[0] + digits / 2.84 <= 100.0, "{largest}: {lengths:?}");
        if largest >= 4 {
            assert!((lengths[1] - lengths[0] / 4.0).abs() < 0.02, "{largest}: {lengths:?}");
        }
    }
}

#[test]
fn a_pdf_holds_each_whole_as_a_figure_with_its_words() {
    let document = chart_document();
    let pages = lay_out(&document, &Faces::bundled()).unwrap();
    let mut areas = Vec::new();
    for (i, node) in pages.nodes.iter().enumerate() {
        let NodeRole::Figure { description, area } = &node.role else { continue };
        assert!(charts(&document).iter().any(|chart| chart.description == *description));
        let on = |page: &nianbao::internals::layout::Page| {
            page.items.iter().any(|item| matches!(item, Item::Fill(fill) if fill.node.0 == i))
        };
        assert_eq!(pages.pages.iter().filter(|page| on(page)).count(), 1);
        let area = area.unwrap();
        assert!(area.y >= paper::TOP && area.y + area.height <= paper::TOP + paper::HEIGHT + 0.1);
        for fill in pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Fill(fill) if fill.node.0 == i => Some(fill.area),
            _ => None,
        }) {
            assert!(fill.x >= area.x && fill.x + fill.width <= area.x + area.width);
            assert!(fill.y >= area.y && fill.y + fill.height <= area.y + area.height + 0.1);
        }
        areas.push(area);
    }
    assert_eq!(areas.len(), 2);

    let bytes = Renderer::new().render(&document, Format::Pdf).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let figures: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|d| d.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|name| name == b"Figure")))
        .collect();
    assert_eq!(figures.len(), 2);
    for (figure, chart) in figures.iter().zip(charts(&document)) {
        let alt = figure.get(b"Alt").unwrap().as_str().unwrap();
        let units: Vec<u16> =
            alt[2..].chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        assert_eq!(String::from_utf16(&units).unwrap(), chart.description);
        let attributes = figure.get(b"A").unwrap().as_dict().unwrap();
        assert!(
            matches!(attributes.get(b"BBox"), Ok(Object::Array(corners)) if corners.len() == 4)
        );
    }
}

#[test]
fn a_chart_that_does_not_fit_goes_to_the_next_page_with_its_title() {
    let document = chart_document();
    let Document { meta, .. } = &document;
    let chart = charts(&document)[0].clone();
    let filler = |n: usize| {
        let text = vec![document::Inline::Text("字".repeat(26))];
        let paragraph = document::Paragraph { lead_in: None, text, origin: None };
        vec![Block::Paragraph(paragraph); n]
    };
    for n in 0..=22 {
        let mut blocks = filler(n);
        blocks.push(Block::Chart(chart.clone()));
        let pages =
            lay_out(&Document { meta: meta.clone(), blocks }, &Faces::bundled()).unwrap().pages;
        let words = |i: usize| -> String {
            pages[i]
                .items
                .iter()
                .filter_map(|item| match item {
                    Item::Text(run) => Some(run.words()),
                    Item::Rule(_) | Item::Fill(_) => None,
                })
                .collect()
        };
        let with_title = (0..pages.len()).find(|i| words(*i).contains(&chart.title)).unwrap();
        assert!(words(with_title).contains("其他处理"), "after {n} lines the chart is torn");
        assert!(pages.len() <= 2);
    }
}

#[test]
fn a_word_file_has_them_as_charts_of_its_own_with_their_words() {
    let document = chart_document();
    let bytes = Renderer::new().render(&document, Format::Docx).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |path: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(path).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let mut text = |path: &str| String::from_utf8(part(path)).unwrap();
    let body = text("word/document.xml");
    for (i, chart) in charts(&document).iter().enumerate() {
        assert!(body.contains(&format!("descr=\"{}\"", chart.description)));
        let figures = text(&format!("word/charts/chart{}.xml", i + 1));
        let values = chart.rows.iter().flat_map(|row| row.values.iter().flatten());
        for value in values {
            assert!(figures.contains(&format!("<c:v>{value}</c:v>")), "{value}");
        }
        // Colours alone tell nothing on a copy: the bars differ in lightness, and every bar has its figure.
        assert!(figures.contains("4D4D4D") && figures.contains("E6E6E6"));
        assert_eq!(figures.matches("<c:showVal val=\"1\"/>").count(), 2);
        // Its last cells are those of the workbook behind it, in which Word lets the figures be edited.
        let last = format!("Sheet1!$C$2:$C${}", chart.rows.len() + 1);
        assert!(figures.contains(&format!("<c:numRef><c:f>{last}</c:f>")), "{last}");
    }
    for (i, chart) in charts(&document).iter().enumerate() {
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(
            std::io::Cursor::new(part(&format!("word/embeddings/chart{}.xlsx", i + 1))),
        )
        .unwrap();
        let sheet = calamine::Reader::worksheet_range(&mut workbook, "Sheet1").unwrap();
        let cells: Vec<String> = sheet
            .rows()
            .flatten()
            .map(ToString::to_string)
            .filter(|cell| !cell.is_empty())
            .collect();
        assert_eq!(cells, chart.words()[1..=cells.len()]);
        assert!(cells.len() == chart.words().len() - 1 - chart.list.len());
    }
}
