//! Report and form to document, section by section.

use super::{
    Block, Cell, CellKind, Document, Heading, Inline, Meta, Paragraph, Row, RowGroup, Table,
    TableKind, wording,
};
use crate::edition::{
    Axis, ChallengeColumn, ChallengesTable, DisclosureColumn, DisclosureTable, Form, Proceeding,
    RequestColumn, RequestRowPlace, RequestsTable, Section,
};
use crate::report::{
    Challenges, Disclosure, Entry, FieldPath, Figure, HeadingStyle, Narrative, Note, Report,
    Requests, Text,
};

/// Builds the document of a report whose figures have been bound.
///
/// A report that is not complete gives a document too: what is missing is marked `〔未填〕`, which
/// only a draft may show.
pub fn build(report: &Report, draft: bool) -> Document {
    let form = report.form();
    let mut blocks = vec![Block::Title(report.title_pieces())];
    opening(report, &mut blocks);
    for section in form.sections {
        blocks.push(heading(1, section.title.to_owned(), section.section.key().to_owned(), None));
        match section.section {
            Section::Overview => narrative(&report.overview, "overview", &mut blocks),
            Section::Disclosure => {
                blocks.push(Block::Table(disclosure_table(&form.disclosure, report, form)));
            }
            Section::Requests => {
                blocks.push(Block::Table(requests_table(&form.requests, report, form)));
            }
            Section::Challenges => {
                blocks.push(Block::Table(challenges_table(&form.challenges, report, form)));
            }
            Section::Problems => narrative(&report.problems, "problems", &mut blocks),
            Section::Other => other_matters(report, &mut blocks),
        }
    }
    if report.header.closing.unwrap_or(true) {
        blocks.push(Block::Closing {
            agency: report.agency.name.clone().unwrap_or_default(),
            date: report.header.published.map(wording::date),
        });
    }
    let meta = Meta {
        edition: report.edition,
        title: report.title(),
        agency: report.agency.name.clone().unwrap_or_default(),
        year: report.header.year,
        published: report.header.published,
        draft,
    };
    Document { meta, blocks }
}

fn opening(report: &Report, blocks: &mut Vec<Block>) {
    match &report.opening {
        Some(text) => paragraphs(text, &FieldPath::new("opening.text"), None, blocks),
        None => blocks.extend(
            wording::opening(report.form(), &report.header, &report.agency)
                .into_iter()
                .map(|text| paragraph(None, &text, None)),
        ),
    }
}

fn narrative(narrative: &Narrative, key: &str, blocks: &mut Vec<Block>) {
    let at = FieldPath::new(key);
    if let Some(text) = &narrative.text {
        paragraphs(text, &at.key("text"), None, blocks);
    }
    for (i, part) in narrative.parts.iter().enumerate() {
        let at = at.key("parts").index(i);
        let title = part.heading.as_ref().map(|text| text.printed().trim()).unwrap_or_default();
        let number = wording::part_number(i + 1);
        let lead_in = match narrative.heading_style {
            HeadingStyle::RunIn => Some(closed(&format!("{number}{title}"))),
            HeadingStyle::OwnLine => {
                let anchor = format!("{key}-{}", i + 1);
                blocks.push(heading(
                    2,
                    format!("{number}{title}"),
                    anchor,
                    Some(at.key("heading")),
                ));
                None
            }
        };
        match (&part.text, lead_in) {
            (Some(text), lead_in) if !text.is_blank() => {
                paragraphs(text, &at.key("text"), lead_in, blocks);
            }
            (_, Some(lead_in)) => {
                blocks.push(paragraph(Some(lead_in), "", Some(at.key("heading"))));
            }
            (_, None) => {}
        }
    }
}

/// A heading that runs into the text ends with a full stop, unless it brings a mark of its own.
fn closed(heading: &str) -> String {
    if heading.ends_with(['。', '：', '；', '！', '？']) {
        heading.to_owned()
    } else {
        format!("{heading}。")
    }
}

fn other_matters(report: &Report, blocks: &mut Vec<Block>) {
    let silent = report.other.narrative.is_empty();
    if let (true, Some(fee)) = (silent, &report.other.handling_fee) {
        let sentence = wording::handling_fee(report.header.year, fee);
        blocks.push(paragraph(None, &sentence, Some(FieldPath::new("other.handling_fee"))));
    }
    narrative(&report.other.narrative, "other", blocks);
}

fn heading(level: u8, text: String, anchor: String, origin: Option<FieldPath>) -> Block {
    Block::Heading(Heading { level, text, anchor, origin })
}

fn paragraphs(text: &Text, at: &FieldPath, mut lead_in: Option<String>, blocks: &mut Vec<Block>) {
    for line in text.paragraphs() {
        blocks.push(paragraph(lead_in.take(), line.text, Some(at.clone())));
    }
}

fn paragraph(lead_in: Option<String>, text: &str, origin: Option<FieldPath>) -> Block {
    Block::Paragraph(Paragraph { lead_in, text: inlines(text), origin })
}

/// Splits running text at web and mail addresses, which become links.
fn inlines(text: &str) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let fresh = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let run = rest.find(|c: char| !is_address_char(c)).unwrap_or(rest.len());
        if run == 0 || !fresh {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let address =
            rest[..run].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '"']);
        if let Some(target) = target(address) {
            if plain_from < at {
                pieces.push(Inline::Text(text[plain_from..at].to_owned()));
            }
            pieces.push(Inline::Link { text: address.to_owned(), target });
            plain_from = at + address.len();
            at = plain_from;
        } else {
            at += run;
        }
    }
    if plain_from < text.len() {
        pieces.push(Inline::Text(text[plain_from..].to_owned()));
    }
    pieces
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'*+,;=%".contains(c)
}

/// The complete target of a web or mail address; `None` for anything else.
fn target(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")) {
        return rest.contains('.').then(|| address.to_owned());
    }
    if lower.starts_with("www.") && lower.matches('.').count() >= 2 {
        return Some(format!("http://{address}"));
    }
    let (user, host) = address.split_once('@')?;
    let plain = |s: &str| s.chars().all(|c| c.is_ascii_alphanumeric() || "-._+".contains(c));
    let is_mail = !user.is_empty()
        && plain(user)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.');
    is_mail.then(|| format!("mailto:{address}"))
}

fn disclosure_table(form: &DisclosureTable, report: &Report, whole: &Form) -> Table {
    let n_columns = form.column_widths.len();
    let groups = form
        .blocks
        .iter()
        .map(|block| {
            // A single column of figures takes the width that the label column leaves.
            let span = (n_columns - 1) / block.columns.len();
            let mut labels = vec![column_head(block.item_label, 1, 1)];
            labels.extend(block.columns.iter().map(|(_, label)| column_head(label, span, 1)));
            let head = vec![
                Row { cells: vec![column_head(block.title, n_columns, 1)] },
                Row { cells: labels },
            ];
            let body = block.rows.iter().map(|(row, label)| {
                let mut cells = vec![row_head(label, 1, 1)];
                cells.extend(block.columns.iter().map(|(column, _)| {
                    let text = match column {
                        DisclosureColumn::Amount => report.disclosure.fees.to_string(),
                        DisclosureColumn::Issued
                        | DisclosureColumn::Repealed
                        | DisclosureColumn::InForce
                        | DisclosureColumn::Decisions => {
                            report.disclosure.entry(*row, *column).to_string()
                        }
                    };
                    figure(text, Disclosure::path(*row, *column), span, report)
                }));
                Row { cells }
            });
            RowGroup { head, body: body.collect() }
        })
        .collect();
    Table {
        kind: TableKind::Disclosure,
        caption: caption(whole, Section::Disclosure),
        column_widths: form.column_widths.to_vec(),
        groups,
        notes: table_notes(report, "disclosure", whole),
    }
}

fn requests_table(form: &RequestsTable, report: &Report, whole: &Form) -> Table {
    let n_labels = form.column_widths.len() - form.columns.len();
    let n_organisations = form.columns.iter().filter(|c| c.organisation).count();
    let mut second = Vec::new();
    let mut third = Vec::new();
    for column in form.columns {
        if !column.organisation {
            second.push(column_head(column.label, 1, 2));
            continue;
        }
        if third.is_empty() {
            second.push(column_head(form.organisations_label, n_organisations, 1));
        }
        third.push(column_head(column.label, 1, 1));
    }
    let first = vec![
        column_head(form.corner, n_labels, 3),
        column_head(form.applicants_label, form.columns.len(), 1),
    ];
    let head = vec![Row { cells: first }, Row { cells: second }, Row { cells: third }];

    let n_outcome = form.rows.iter().filter(|r| r.place != RequestRowPlace::Top).count();
    let mut outcome_begun = false;
    let mut group_begun = None;
    let mut body = Vec::new();
    for row in form.rows {
        let mut cells = Vec::new();
        if row.place != RequestRowPlace::Top && !outcome_begun {
            outcome_begun = true;
            cells.push(row_head(form.outcome_label, 1, n_outcome));
        }
        match row.place {
            RequestRowPlace::Top => cells.push(row_head(row.label, n_labels, 1)),
            RequestRowPlace::Outcome => cells.push(row_head(row.label, n_labels - 1, 1)),
            RequestRowPlace::Grouped(group) => {
                if group_begun != Some(group) {
                    group_begun = Some(group);
                    let label = form
                        .groups
                        .iter()
                        .find(|(g, _)| *g == group)
                        .map_or("", |(_, label)| label);
                    cells.push(row_head(label, 1, form.group_rows(group).count()));
                }
                cells.push(row_head(row.label, n_labels - 2, 1));
            }
        }
        cells.extend(form.columns.iter().map(|column| {
            let text = printed(
                &report.requests.figure(form, row.row, column.column),
                report.requests.entry(row.row, column.column),
            );
            figure(text, Requests::path(row.row, column.column), 1, report)
        }));
        body.push(Row { cells });
    }
    Table {
        kind: TableKind::Requests,
        caption: caption(whole, Section::Requests),
        column_widths: form.column_widths.to_vec(),
        groups: vec![RowGroup { head, body }],
        notes: table_notes(report, "requests", whole),
    }
}

fn challenges_table(form: &ChallengesTable, report: &Report, whole: &Form) -> Table {
    let n = form.columns.len();
    let first = vec![
        column_head(form.reconsideration_label, n, 1),
        column_head(form.litigation_label, 2 * n, 1),
    ];
    let mut second: Vec<Cell> =
        form.columns.iter().map(|(_, label)| column_head(label, 1, 2)).collect();
    second.push(column_head(form.direct_label, n, 1));
    second.push(column_head(form.after_label, n, 1));
    let third = form
        .columns
        .iter()
        .chain(form.columns)
        .map(|(_, label)| column_head(label, 1, 1))
        .collect();
    let figures = Proceeding::ALL.iter().flat_map(|proceeding| {
        form.columns.iter().map(|(column, _)| {
            let text = printed(
                &report.challenges.figure(*proceeding, *column),
                report.challenges.entry(*proceeding, *column),
            );
            figure(text, Challenges::path(*proceeding, *column), 1, report)
        })
    });
    Table {
        kind: TableKind::Challenges,
        caption: caption(whole, Section::Challenges),
        column_widths: form.column_widths.to_vec(),
        groups: vec![RowGroup {
            head: vec![Row { cells: first }, Row { cells: second }, Row { cells: third }],
            body: vec![Row { cells: figures.collect() }],
        }],
        notes: table_notes(report, "challenges", whole),
    }
}

fn printed(figure: &Figure, entry: &Entry) -> String {
    match figure {
        Figure::Typed(count) | Figure::Computed(count) => count.to_string(),
        Figure::Missing => entry.to_string(),
    }
}

fn caption(form: &Form, section: Section) -> String {
    wording::without_number(form.section_title(section)).to_owned()
}

fn column_head(label: &str, column_span: usize, row_span: usize) -> Cell {
    label_cell(CellKind::ColumnHead, label, column_span, row_span)
}

fn row_head(label: &str, column_span: usize, row_span: usize) -> Cell {
    label_cell(CellKind::RowHead, label, column_span, row_span)
}

fn label_cell(kind: CellKind, label: &str, column_span: usize, row_span: usize) -> Cell {
    Cell { kind, text: label.to_owned(), note: None, column_span, row_span, origin: None }
}

fn figure(text: String, at: FieldPath, column_span: usize, report: &Report) -> Cell {
    let own = report.notes.iter().filter(|note| note.at == at && stands_in_cell(note));
    let notes: Vec<&str> = own.map(|note| note.text.trim()).collect();
    let note = (!notes.is_empty()).then(|| format!("（{}）", notes.join("；")));
    Cell { kind: CellKind::Figure, text, note, column_span, row_span: 1, origin: Some(at) }
}

/// Whether a note on a cell is short enough to stand in it; the columns of tables 2 and 3 are narrow.
fn stands_in_cell(note: &Note) -> bool {
    let most = if note.at.is_within(&FieldPath::new("disclosure")) { 20 } else { 6 };
    note.text.trim().chars().count() <= most
}

/// The notes under a table: those on the table itself, and those on a row or a cell, which name it.
fn table_notes(report: &Report, table: &str, form: &Form) -> Vec<String> {
    let table_path = FieldPath::new(table);
    let texts: Vec<String> = report
        .notes
        .iter()
        .filter(|note| note.at.is_within(&table_path))
        .filter_map(|note| {
            let text = note.text.trim();
            if note.at == table_path {
                return Some(text.to_owned());
            }
            match cell_label(form, &note.at) {
                Some(_) if stands_in_cell(note) => None,
                Some(label) => Some(format!("{label}：{text}")),
                None => row_label(form, &note.at).map(|label| format!("“{label}”：{text}")),
            }
        })
        .collect();
    match texts.as_slice() {
        [] => Vec::new(),
        [only] => vec![format!("注：{}", closed(only))],
        many => many
            .iter()
            .enumerate()
            .map(|(i, text)| {
                let head = if i == 0 { "注：" } else { "" };
                format!("{head}{}.{}", i + 1, closed(text))
            })
            .collect(),
    }
}

/// What the row at `path` is called.
fn row_label(form: &Form, path: &FieldPath) -> Option<String> {
    if let Some(row) = form.requests.rows.iter().find(|r| Requests::row_path(r.row) == *path) {
        return Some(row.label.to_owned());
    }
    if let Some(proceeding) = Proceeding::ALL.iter().find(|p| Challenges::row_path(**p) == *path) {
        return Some(form.challenges.proceeding_label(*proceeding).to_owned());
    }
    let mut rows = form.disclosure.blocks.iter().flat_map(|block| block.rows);
    rows.find(|(row, _)| Disclosure::row_path(*row) == *path).map(|(_, label)| (*label).to_owned())
}

/// What the cell at `path` is called; `None` when a whole row or table is meant.
fn cell_label(form: &Form, path: &FieldPath) -> Option<String> {
    if let Some((row, column)) =
        form.disclosure.cells().find(|(row, column)| Disclosure::path(*row, *column) == *path)
    {
        let (row_label, column_label) =
            (form.disclosure.row_label(row), form.disclosure.column_label(row, column));
        return Some(format!("“{row_label}”的“{column_label}”"));
    }
    let row = row_label(form, &path.parent())?;
    let key = path.as_str().rsplit('.').next().unwrap_or_default();
    let column = if path.is_within(&FieldPath::new("requests")) {
        form.requests.column_label(RequestColumn::from_key(key)?)
    } else {
        form.challenges.column_label(ChallengeColumn::from_key(key)?)
    };
    Some(format!("“{row}”的“{column}”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableGrid;
    use crate::edition::Edition;
    use crate::report::Date;

    #[test]
    fn every_table_of_every_form_fills_its_grid() {
        for edition in Edition::ALL {
            let document = build(&Report::empty(*edition), true);
            let tables: Vec<&Table> = document
                .blocks
                .iter()
                .filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
                .collect();
            let sizes: Vec<_> = tables
                .iter()
                .map(|table| {
                    let grid = TableGrid::of(table);
                    assert!(grid.is_closed(), "{:?} of {edition:?} has a hole", table.kind);
                    (grid.n_rows, grid.n_columns)
                })
                .collect();
            assert_eq!(sizes, [(14, 4), (28, 10), (4, 15)]);
        }
    }

    #[test]
    fn heads_speak_for_their_cells() {
        let document = build(&Report::empty(Edition::Y2021), true);
        let table = document
            .blocks
            .iter()
            .find_map(|b| match b {
                Block::Table(t) if t.kind == TableKind::Requests => Some(t),
                _ => None,
            })
            .unwrap();
        let grid = TableGrid::of(table);
        // The row 1.本机关不掌握相关政府信息, the column 法律服务机构.
        let heads = grid.heads_of(grid.index_at(15, 7).unwrap());
        let labels: Vec<_> = heads.iter().map(|i| grid.cells[*i].cell.text.as_str()).collect();
        assert_eq!(
            labels,
            [
                "申请人情况",
                "法人或其他组织",
                "法律服务机构",
                "三、本年度办理结果",
                "（四）无法提供",
                "1.本机关不掌握相关政府信息"
            ]
        );
    }

    #[test]
    fn addresses_become_links_and_nothing_is_lost() {
        let text = "电子版见http://www.example.gov.cn/zwgk/，邮箱a-b@example.cn；见www.example.cn。编号A@B,v1.2.3";
        let pieces = inlines(text);
        let links: Vec<_> = pieces
            .iter()
            .filter_map(|p| match p {
                Inline::Link { text, target } => Some((text.as_str(), target.as_str())),
                Inline::Text(_) => None,
            })
            .collect();
        assert_eq!(
            links,
            [
                ("http://www.example.gov.cn/zwgk/", "http://www.example.gov.cn/zwgk/"),
                ("a-b@example.cn", "mailto:a-b@example.cn"),
                ("www.example.cn", "http://www.example.cn"),
            ]
        );
        assert_eq!(pieces.iter().map(Inline::text).collect::<String>(), text);
    }

    #[test]
    fn short_notes_stand_in_their_cell_and_others_name_what_they_speak_of() {
        let mut report = Report::empty(Edition::Y2021);
        for (at, text) in [
            ("disclosure.normative_documents.issued", "其中修订16件"),
            ("requests.outcome.granted.total", "含上年度结转的申请数量"),
            ("requests.received", "含上年度转办"),
            ("challenges", "含上年度案件。"),
            ("challenges.reconsideration.upheld", "含撤回"),
        ] {
            report.notes.push(Note { at: FieldPath::new(at), text: text.into() });
        }
        let document = build(&report, true);
        let tables: Vec<&Table> = document
            .blocks
            .iter()
            .filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
            .collect();
        let in_cells = |table: &Table| -> Vec<String> {
            table
                .rows()
                .flat_map(|row| row.cells.iter().filter_map(|cell| cell.note.clone()))
                .collect()
        };
        assert_eq!(in_cells(tables[0]), ["（其中修订16件）"]);
        assert!(tables[0].notes.is_empty());
        assert!(in_cells(tables[1]).is_empty());
        assert_eq!(
            tables[1].notes,
            [
                "注：1.“（一）予以公开”的“总计”：含上年度结转的申请数量。",
                "2.“一、本年新收政府信息公开申请数量”：含上年度转办。"
            ]
        );
        assert_eq!(
            (in_cells(tables[2]), tables[2].notes.len()),
            (vec!["（含撤回）".to_owned()], 1)
        );
    }

    #[test]
    fn the_title_breaks_between_body_and_year() {
        let mut report = Report::empty(Edition::Y2021);
        report.agency.name = Some("海东市人民政府".into());
        report.header.year = Some(2023);
        report.header.published = Date::new(2024, 3, 10);
        let document = build(&report, false);
        assert_eq!(
            document.blocks[0],
            Block::Title(vec!["海东市人民政府".into(), "2023年政府信息公开工作年度报告".into()])
        );
        assert_eq!(
            document.blocks.last(),
            Some(&Block::Closing {
                agency: "海东市人民政府".into(),
                date: Some("2024年3月10日".into())
            })
        );
    }
}
