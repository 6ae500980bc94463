//! The parts of a sheet put where they belong in a report.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::{is_note_mark, key, squeezed};
use super::published::Places;
use super::sheet::{Block, Grid, GridCell, Sheet};
use super::tables::{Tables, Value};
use super::texts::{
    Labelled, Piece, contact, date_of, fee, is_numbered_on, labelled, narrative, section_of_title,
};
use crate::document::{standard_fee, standard_opening};
use crate::edition::{Axis as _, Cell, Section};
use crate::report::{
    AgencyKind, Contact, Entry, FieldPath, Money, Narrative, Note, Number, Report, Text,
};

/// A report in the making.
pub(super) struct Making<'a> {
    pub(super) report: Report,
    /// The paragraphs that are in the report.
    pub(super) placed: BTreeSet<usize>,
    /// The lines and tables of the page round the report, of which only the date is taken.
    pub(super) beside: BTreeSet<usize>,
    pub(super) places: Places,
    pub(super) sheet: &'a Sheet,
    /// The sections whose parts are numbered otherwise than the data file will number them.
    pub(super) renumbered: Vec<Section>,
}

impl Making<'_> {
    pub(super) fn head(
        &mut self,
        head: &super::texts::Head,
        lines: &[(usize, &str)],
        titles: &[(usize, Section)],
    ) {
        let header = &mut self.report.header;
        header.year = head.year;
        header.title.clone_from(&head.title);
        header.published = head.published;
        self.report.agency.name.clone_from(&head.agency);
        for used in &head.used {
            let of_page = head.bylines.contains(used);
            let own = if of_page { &mut self.beside } else { &mut self.placed };
            own.insert(lines[*used].0);
        }
        if let Some((at, _)) = head.used.iter().filter_map(|i| lines.get(*i)).next_back() {
            for path in ["report.year", "report.title", "agency.name"] {
                self.places.values.insert(FieldPath::new(path), (*at, None));
            }
        }
        let dated =
            head.used.iter().filter_map(|i| lines.get(*i)).find(|(_, t)| date_of(t).is_some());
        if let Some((at, _)) = dated.filter(|_| head.published.is_some()) {
            self.places.values.insert(FieldPath::new("report.published"), (*at, None));
        }
        let opening: Vec<(usize, &str)> = head
            .opening
            .iter()
            .map(|i| lines[*i])
            .filter(|(_, text)| section_of_title(text).is_none() || titles.is_empty())
            .collect();
        if !titles.is_empty() && !opening.is_empty() {
            let (text, pieces) = text_of(&opening, FieldPath::new("opening").key("text"));
            self.take(&opening, pieces);
            self.report.agency.contact = contact(text.typed());
            if self.report.header.year.is_none() {
                self.report.header.year = year_of_period(text.typed());
            }
            self.report.opening = Some(text);
        }
    }

    /// The body and the year where no title names them and a line does by their labels.
    pub(super) fn labels(&mut self) {
        let sheet = self.sheet;
        let is_open =
            |report: &Report| report.agency.name.is_none() || report.header.year.is_none();
        if !is_open(&self.report) {
            return;
        }
        for (at, text) in sheet.lines(0..sheet.blocks.len()) {
            let Labelled { agency, year, says_more } = labelled(text);
            if agency.is_none() && year.is_none() {
                continue;
            }
            let (old, header) = (&mut self.report.agency.name, &mut self.report.header);
            if let (None, Some(agency)) = (&*old, &agency) {
                *old = Some(agency.clone());
                self.places.values.insert(FieldPath::new("agency.name"), (at, None));
            }
            if let (None, Some(year)) = (header.year, year) {
                header.year = Some(year);
                self.places.values.insert(FieldPath::new("report.year"), (at, None));
            }
            // The same line may stand above each table; one that says anything else is listed.
            let is_known =
                (agency.is_none() || agency == *old) && (year.is_none() || year == header.year);
            if is_known && !says_more {
                self.placed.insert(at);
            }
        }
    }

    /// The date of publication in the tables that sites put above a report.
    pub(super) fn metadata(&mut self, first: usize, tables: &Tables) {
        for (i, block) in self.sheet.blocks[..first].iter().enumerate() {
            let Block::Grid(grid) = block else { continue };
            if tables.placed.iter().any(|(block, _)| *block == i) {
                continue;
            }
            self.beside.insert(i);
            self.contact_in(grid);
            let named = grid.cells.iter().enumerate().find(|(_, cell)| {
                let words = squeezed(&cell.text);
                ["公开日期", "发布日期", "公布日期", "发布时间"].iter().any(|w| words.contains(w))
            });
            let Some((index, cell)) = named else { continue };
            let next = grid
                .at(cell.row, cell.column + cell.columns)
                .map(|at| grid.cells[at].text.as_str());
            let date = date_of(&cell.text).or_else(|| date_of(next.unwrap_or_default()));
            if let (None, Some(date)) = (self.report.header.published, date) {
                self.report.header.published = Some(date);
                self.places.values.insert(FieldPath::new("report.published"), (i, Some(index)));
            }
        }
    }

    /// The contact that a table above a report names by labels, each with its value in the next cell, where the
    /// opening does not.
    fn contact_in(&mut self, grid: &Grid) {
        let next = |cell: &GridCell| grid.text(cell.row, cell.column + cell.columns).to_owned();
        let lines = grid.cells.iter().map(|cell| format!("{}：{}\n", cell.text.trim(), next(cell)));
        let Contact { office: _, address, postcode, phone, email, website: _ } =
            contact(&lines.collect::<String>());
        let own = &mut self.report.agency.contact;
        for (own, found) in [
            (&mut own.address, address),
            (&mut own.postcode, postcode),
            (&mut own.phone, phone),
            (&mut own.email, email),
        ] {
            if own.is_none() {
                *own = found;
            }
        }
    }

    /// Keeps where pieces of text stand.
    fn take(&mut self, lines: &[(usize, &str)], pieces: Vec<Piece>) {
        self.placed.extend(lines.iter().map(|(at, _)| *at));
        for piece in pieces {
            self.places.values.entry(piece.at.clone()).or_insert((piece.paragraph, None));
            self.places.texts.push(piece);
        }
    }

    /// The texts of the sections that are texts, and the words at the end.
    pub(super) fn sections(&mut self, titles: &[(usize, Section)]) {
        for (i, (at, section)) in titles.iter().enumerate() {
            self.placed.insert(*at);
            let root = FieldPath::new(section.key());
            self.places.values.insert(root.clone(), (*at, None));
            let end = titles.get(i + 1).map_or(self.sheet.blocks.len(), |(next, _)| *next);
            let mut own: Vec<(usize, &str)> = self.sheet.lines(at + 1..end).collect();
            if i + 1 == titles.len() {
                self.closing(&mut own);
            }
            let is_text = matches!(section, Section::Overview | Section::Problems | Section::Other);
            if !is_text || own.is_empty() {
                continue;
            }
            let (text, pieces) = narrative(&own, &root, self.sheet.goes_back);
            if !text.parts.is_empty() && !is_numbered_on(&own) {
                self.renumbered.push(*section);
            }
            self.take(&own, pieces);
            match section {
                Section::Overview => self.report.overview = text,
                Section::Problems => self.report.problems = text,
                Section::Other => {
                    let words: Vec<&str> = own.iter().map(|(_, text)| *text).collect();
                    self.report.other.handling_fee = fee(&words.join("\n"));
                    self.report.other.narrative = text;
                }
                Section::Disclosure | Section::Requests | Section::Challenges => {}
            }
        }
    }

    /// Takes the name of the body and the date from the end of the last section.
    fn closing(&mut self, own: &mut Vec<(usize, &str)>) {
        let is_date = |text: &str| {
            date_of(text).is_some() && squeezed(text).chars().count() <= 18 && !text.contains('。')
        };
        let dated = own.iter().rposition(|(_, text)| is_date(text));
        let agency = self.report.agency.name.clone().map(|name| key(&name));
        let is_body = |text: &str| {
            let words = key(text);
            let is_short = text.chars().count() <= 30 && !text.contains(['。', '，', '；', '：']);
            Some(&words) == agency.as_ref() || agency.is_none() && is_short
        };
        let named = match dated {
            Some(at) => at.checked_sub(1).filter(|at| {
                let text = own[*at].1;
                is_body(text)
                    || (text.chars().count() <= 30 && !text.contains(['。', '，', '；', '：']))
            }),
            None => own.iter().rposition(|(_, text)| is_body(text)).filter(|_| agency.is_some()),
        };
        if let Some(at) = dated {
            let (block, text) = own[at];
            self.report.header.published = date_of(text).or(self.report.header.published);
            self.places.values.insert(FieldPath::new("report.published"), (block, None));
            self.placed.insert(block);
        }
        if let Some(at) = named {
            let (block, text) = own[at];
            self.placed.insert(block);
            self.report.agency.name.get_or_insert_with(|| squeezed(text));
        }
        match named.or(dated) {
            // What stands behind the end is not of the report.
            Some(first) => own.truncate(first),
            None => self.report.header.closing = Some(false),
        }
    }

    /// The figures of the tables.
    pub(super) fn figures(&mut self, tables: &Tables) {
        for (cell, found) in &tables.cells {
            let path = FieldPath::of(*cell);
            self.places.values.insert(path.clone(), (found.at.0, Some(found.at.1)));
            self.places
                .values
                .entry(FieldPath::row_of(*cell))
                .or_insert((found.at.0, Some(found.at.1)));
            if found.trouble.is_some() {
                self.report.unclear.push(path);
                continue;
            }
            match &found.value {
                Value::Blank => {}
                Value::Mark(words) | Value::Unclear(words) => self.keep_words(*cell, words),
                Value::Number { number, plus, .. } => self.put(*cell, *number, *plus),
            }
        }
    }

    fn put(&mut self, cell: Cell, number: Money, plus: bool) {
        match cell {
            // An amount keeps its digits, and a change its sign.
            Cell::Disclosure(row, column) => {
                self.report.disclosure.cells[(row, column)] =
                    Entry::Value(Number { value: number, plus });
            }
            Cell::Requests(..) | Cell::Challenges(..) => self.report.put(cell, number),
        }
    }

    /// A value that is no number stands in the data file between quotes.
    fn keep_words(&mut self, cell: Cell, words: &str) {
        let quoted = format!("\"{}\"", words.replace(['"', '\\'], "'"));
        match cell {
            Cell::Disclosure(row, column) => {
                self.report.disclosure.cells[(row, column)] = Entry::Unusable(quoted);
            }
            Cell::Requests(row, column) => {
                self.report.requests.cells[(row, column)] = Entry::Unusable(quoted);
            }
            Cell::Challenges(row, column) => {
                self.report.challenges.cells[(row, column)] = Entry::Unusable(quoted);
            }
        }
    }

    /// The remarks in cells and below tables.
    pub(super) fn notes(&mut self, titles: &[(usize, Section)], tables: &Tables) -> Vec<Note> {
        let mut notes = Vec::new();
        for (cell, found) in &tables.cells {
            if let Value::Number { note: Some(text), .. } = &found.value {
                notes.push(Note { at: FieldPath::of(*cell), text: text.clone() });
            }
        }
        let marks = marks(tables);
        for (i, (at, section)) in titles.iter().enumerate() {
            if !matches!(section, Section::Disclosure | Section::Requests | Section::Challenges) {
                continue;
            }
            let end = titles.get(i + 1).map_or(self.sheet.blocks.len(), |(next, _)| *next);
            let own: Vec<(usize, &str)> = self.sheet.lines(at + 1..end).collect();
            let mut goes_on = false;
            for (block, text) in own {
                let bare = text.trim_start_matches(is_note_mark);
                if let Some(path) =
                    marks.get(&(*section, text[..text.len() - bare.len()].to_owned()))
                {
                    self.placed.insert(block);
                    notes.push(Note { at: path.clone(), text: bare.trim().to_owned() });
                    continue;
                }
                let marked = text
                    .split_once(['：', ':'])
                    .filter(|(head, _)| head.starts_with('注') && head.chars().count() <= 3);
                let (path, words) = match marked {
                    Some((head, words))
                        if head == "注" || head.chars().nth(1).is_some_and(|c| c == ' ') =>
                    {
                        (FieldPath::new(section.key()), words)
                    }
                    Some((head, words)) => {
                        let path = marks.get(&(*section, head.to_owned())).cloned();
                        (path.unwrap_or_else(|| FieldPath::new(section.key())), words)
                    }
                    // A list of notes goes on by its numbers.
                    None if goes_on && text.starts_with(|c: char| c.is_ascii_digit()) => {
                        (FieldPath::new(section.key()), text)
                    }
                    None => {
                        goes_on = false;
                        continue;
                    }
                };
                goes_on = true;
                self.placed.insert(block);
                let bare = words.trim_start_matches(|c: char| c.is_ascii_digit());
                let bare = if bare.len() < words.len() {
                    bare.trim_start_matches(['.', '．', '、'])
                } else {
                    words
                };
                notes.push(Note { at: path, text: bare.trim().to_owned() });
            }
        }
        notes
    }

    /// Leaves out what the program writes by itself: the standard opening, and the sentence on the fee.
    pub(super) fn shorten(&mut self) {
        self.report.agency.kind = self.report.agency.name.as_deref().and_then(kind_of);
        let opening = self.report.opening.take();
        let standard = standard_opening(&self.report);
        let is_standard = opening.as_ref().is_some_and(|text| {
            let own: Vec<String> = text.paragraphs().map(|p| p.text.to_owned()).collect();
            own == standard
        });
        if !is_standard {
            // Without an opening the program would write one.
            self.report.opening = opening;
        }
        let narrative = &self.report.other.narrative;
        let own: Vec<String> = narrative
            .text
            .iter()
            .flat_map(|text| text.paragraphs().map(|p| p.text.to_owned()).collect::<Vec<_>>())
            .collect();
        let is_sentence = narrative.parts.is_empty()
            && standard_fee(&self.report).is_some_and(|sentence| own == [sentence]);
        if is_sentence {
            self.report.other.narrative = Narrative::default();
        }
    }
}

/// The cells and rows with marks of notes, by these.
fn marks(tables: &Tables) -> BTreeMap<(Section, String), FieldPath> {
    let of_cells = tables.cells.iter().filter_map(|(cell, found)| match &found.value {
        Value::Number { mark: Some(mark), .. } => {
            Some(((cell.section(), mark.clone()), FieldPath::of(*cell)))
        }
        Value::Number { mark: None, .. } | Value::Blank | Value::Mark(_) | Value::Unclear(_) => {
            None
        }
    });
    let of_rows = tables.marks.iter().map(|(section, mark, path)| ((*section, mark.clone()), path));
    of_cells.chain(of_rows.map(|(mark, path)| (mark, path.clone()))).collect()
}

/// Some paragraphs as one text.
fn text_of(lines: &[(usize, &str)], at: FieldPath) -> (Text, Vec<Piece>) {
    let mut typed = String::new();
    let mut pieces = Vec::new();
    for (paragraph, text) in lines {
        let range = typed.len()..typed.len() + text.len();
        pieces.push(Piece { at: at.clone(), typed: range, paragraph: *paragraph, start: 0 });
        typed.push_str(text);
        typed.push('\n');
    }
    (Text::new(typed), pieces)
}

/// The year whose first day a text names as the beginning of its figures.
fn year_of_period(text: &str) -> Option<u16> {
    let words = squeezed(text);
    let at = words.find("年1月1日")?;
    words[..at].get(at.checked_sub(4)?..)?.parse().ok()
}

/// The kind of body that a name ends in, where it can mean only one.
fn kind_of(name: &str) -> Option<AgencyKind> {
    const ENDS: &[(&str, AgencyKind)] = &[
        ("人民政府", AgencyKind::Government),
        ("街道办事处", AgencyKind::Outpost),
        ("局", AgencyKind::Department),
        ("委员会", AgencyKind::Department),
        ("厅", AgencyKind::Department),
        ("部", AgencyKind::Department),
        ("政府办公室", AgencyKind::Department),
        ("政府办公厅", AgencyKind::Department),
    ];
    ENDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, kind)| *kind)
}
