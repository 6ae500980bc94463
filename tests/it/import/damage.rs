//! Seeded damages: nothing wrong may come out as certain, and what a damage does not touch stays certain.

use std::collections::BTreeSet;

use nianbao::document::build;
use nianbao::edition::{Cell, Form, Section};
use nianbao::internals::import::{Class, Published};
use nianbao::render::{Format, Renderer};
use nianbao::report::{FieldPath, Money, Report};

use super::number;
use crate::support::{load, project};

/// The number of damages of each kind that are tried; the gate tries more.
pub(super) fn n_seeds() -> u64 {
    std::env::var("NIANBAO_DAMAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

/// The same numbers on every machine (xorshift).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// A page without the figures that it carries: nothing but what is printed may tell them.
fn page(report: &Report) -> String {
    let page = Renderer::new().render(&build(report, false), Format::Html).unwrap();
    let page = String::from_utf8(page).unwrap();
    let start = page.find("<script type=\"application/json\"").unwrap();
    let end = start + page[start..].find("</script>").unwrap();
    // The places where labels may break are in the way of those who change them.
    format!("{}{}", &page[..start], &page[end..]).replace("<wbr>", "")
}

/// A figure on a page: its address, and where its digits are.
struct Figure {
    cell: Cell,
    start: usize,
    end: usize,
}

fn figures(page: &str, form: &Form) -> Vec<Figure> {
    let of = |cell: Cell| {
        let mark = format!("data-field=\"{}\">", FieldPath::of(cell));
        let start = page.find(&mark)? + mark.len();
        let end = start + page[start..].find('<')?;
        Some(Figure { cell, start, end })
    };
    form.cells().filter_map(of).collect()
}

/// The cells that share an equation with any of some cells.
pub(super) fn touched(form: &Form, cells: &[Cell]) -> BTreeSet<Cell> {
    let mut touched: BTreeSet<Cell> = cells.iter().copied().collect();
    for cell in form.cells() {
        let shares = cells.iter().any(|damaged| match (cell, *damaged) {
            (Cell::Requests(row, column), Cell::Requests(r, c)) => row == r || column == c,
            (Cell::Challenges(p, _), Cell::Challenges(q, _)) => p == q,
            (a, b) => a == b,
        });
        if shares {
            touched.insert(cell);
        }
    }
    touched
}

/// Nothing that differs from the truth is certain.
pub(super) fn never_wrong(name: &str, published: &Published, truth: &Report) {
    for cell in truth.form().cells() {
        if published.classes.get(&cell).is_some_and(|(class, _)| *class == Class::Certain) {
            let read = number(published, cell);
            assert_eq!(read, truth.printed(cell), "{name}: {cell:?} is certain and wrong");
        }
    }
}

/// As [`never_wrong`], and what lies apart from the damage is certain.
fn judge(name: &str, published: &Published, truth: &Report, damaged: &[Cell]) {
    let form = truth.form();
    let near = touched(form, damaged);
    never_wrong(name, published, truth);
    for cell in form.cells() {
        let Some((class, why)) = published.classes.get(&cell) else { continue };
        if cell.section() != Section::Disclosure && !near.contains(&cell) {
            assert_eq!(*class, Class::Certain, "{name}: {cell:?} is not touched: {why}");
        }
    }
}

pub(super) fn truths() -> Vec<Report> {
    ["khorgos-2023", "haidong-2023", "qinglan-2020"]
        .iter()
        .map(|name| load(&project(&format!("examples/{name}.toml"))).1.report.unwrap())
        .collect()
}

#[test]
fn a_digit_that_is_lost_or_changed_is_never_certain() {
    for truth in truths() {
        let page = page(&truth);
        let all = figures(&page, truth.form());
        for seed in 1..=n_seeds() * 4 {
            let mut dice = Dice(seed * 7_919);
            let figure = &all[dice.roll(all.len())];
            let digits = &page[figure.start..figure.end];
            // A change of the form of 2019 has a sign, which takes more than a byte.
            let places: Vec<usize> = digits.char_indices().map(|(at, _)| at).collect();
            let at = places[dice.roll(places.len())];
            let mut changed = digits.to_owned();
            match dice.roll(3) {
                0 => {
                    changed.remove(at);
                }
                1 => changed.insert(at, char::from(b'1' + u8::try_from(dice.roll(9)).unwrap())),
                _ => changed.insert(at, ' '),
            }
            let damaged = format!("{}{changed}{}", &page[..figure.start], &page[figure.end..]);
            let name = format!("seed {seed}: {} {digits} → {changed}", FieldPath::of(figure.cell));
            let Ok(published) = nianbao::internals::import::read(damaged.as_bytes()) else {
                panic!("{name}")
            };
            judge(&name, &published, &truth, &[figure.cell]);
            if !changed.trim().is_empty() && changed.trim() != digits {
                let class = published.classes[&figure.cell].0;
                let is_table_1 = figure.cell.section() == Section::Disclosure;
                assert!(is_table_1 || class >= Class::Doubtful, "{name}: {class:?}");
            }
        }
    }
}

#[test]
fn a_row_that_is_lost_shifted_or_mislabelled_is_never_certain() {
    for truth in truths() {
        let page = page(&truth);
        let form = truth.form();
        let all = figures(&page, form);
        for seed in 1..=n_seeds() * 3 {
            let mut dice = Dice(seed * 104_729);
            let figure = &all[dice.roll(all.len())];
            let (start, end) = row_of(&page, figure.start);
            let row = &page[start..end];
            let cells: Vec<Cell> = all
                .iter()
                .filter(|other| (start..end).contains(&other.start))
                .map(|other| other.cell)
                .collect();
            let (kind, changed) = match dice.roll(3) {
                0 => ("lost", String::new()),
                1 => ("shifted", without_cell(row, dice.roll(cells.len()))),
                _ => ("mislabelled", mislabelled(row, &mut dice)),
            };
            // A whole row that is lost takes the group beside it with it, and the table is another one.
            if kind == "lost" && row.contains("rowspan") {
                continue;
            }
            let damaged = format!("{}{changed}{}", &page[..start], &page[end..]);
            let name = format!("seed {seed}: {kind} {}", FieldPath::row_of(figure.cell));
            let published = nianbao::internals::import::read(damaged.as_bytes())
                .unwrap_or_else(|e| panic!("{name}: {e}"));
            judge(&name, &published, &truth, &cells);
        }
    }
}

#[test]
fn a_row_of_challenges_without_a_cell_is_not_read_even_where_the_sums_come_out() {
    let truth = &truths()[2];
    let page = page(truth);
    let all = figures(&page, truth.form());
    let first = all.iter().find(|one| one.cell.section() == Section::Challenges).unwrap();
    let (start, end) = row_of(&page, first.start);
    for index in 0..15 {
        let row = without_cell(&page[start..end], index);
        let published = super::read(format!("{}{row}{}", &page[..start], &page[end..]).as_bytes());
        let read = |cell: &Cell| published.classes[cell].0 != Class::Unread;
        let cells = truth.form().cells().filter(|cell| cell.section() == Section::Challenges);
        assert_eq!(cells.filter(read).count(), 0, "without cell {index}");
    }
}

/// The row of a page in which a byte stands.
fn row_of(page: &str, at: usize) -> (usize, usize) {
    let start = page[..at].rfind("<tr>").unwrap();
    (start, start + page[start..].find("</tr>").unwrap() + "</tr>".len())
}

/// A row without one of its cells of figures.
fn without_cell(row: &str, index: usize) -> String {
    let (at, _) = row.match_indices("<td").nth(index).unwrap();
    let end = at + row[at..].find("</td>").unwrap() + "</td>".len();
    format!("{}{}", &row[..at], &row[end..])
}

/// A row whose label lacks some characters, or has others.
fn mislabelled(row: &str, dice: &mut Dice) -> String {
    let Some(end) = row.rfind("</span></th>") else { return row.to_owned() };
    let start = row[..end].rfind('>').unwrap() + 1;
    let label: Vec<char> = row[start..end].chars().collect();
    let at = dice.roll(label.len());
    let n = 1 + dice.roll(label.len());
    let left: String = label[..at].iter().chain(label.iter().skip(at + n)).collect();
    format!("{}{left}{}", &row[..start], &row[end..])
}

#[test]
fn columns_without_their_heads_are_never_certain() {
    for truth in truths() {
        let page = page(&truth);
        for head in ["自然人", "商业企业", "法律服务机构", "总计"] {
            let damaged = page.replacen(&format!("<span>{head}</span>"), "<span></span>", 1);
            assert_ne!(damaged, page);
            let published = super::read(damaged.as_bytes());
            for cell in truth.form().cells().filter(|cell| cell.section() == Section::Requests) {
                let class = published.classes[&cell].0;
                assert_ne!(class, Class::Certain, "{head}: {cell:?}");
                let read = number(&published, cell);
                assert!(read.is_none() || read == truth.printed(cell), "{head}: {cell:?}");
            }
        }
    }
}

#[test]
fn columns_that_move_with_their_heads_are_followed() {
    let truth = &truths()[1];
    let page = page(truth);
    let mut moved = page.clone();
    // 自然人 and 法律服务机构 change places, head and figures.
    let swap = |text: &mut String, one: &str, other: &str| {
        *text = text.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other);
    };
    swap(&mut moved, "<span>商业企业</span>", "<span>法律服务机构</span>");
    for row in truth.form().requests.rows {
        let cell = |column| Cell::Requests(row.row, column);
        let places: Vec<Figure> = figures(&moved, truth.form())
            .into_iter()
            .filter(|f| {
                [
                    nianbao::edition::RequestColumn::Business,
                    nianbao::edition::RequestColumn::LegalService,
                ]
                .map(cell)
                .contains(&f.cell)
            })
            .collect();
        let [one, other] = places.as_slice() else { panic!("{:?}", row.row) };
        let (a, b) =
            (moved[one.start..one.end].to_owned(), moved[other.start..other.end].to_owned());
        let (first, second) =
            if one.start < other.start { ((one, b), (other, a)) } else { ((other, a), (one, b)) };
        moved = format!(
            "{}{}{}{}{}",
            &moved[..first.0.start],
            first.1,
            &moved[first.0.end..second.0.start],
            second.1,
            &moved[second.0.end..]
        );
    }
    let published = super::read(moved.as_bytes());
    judge("moved", &published, truth, &[]);
}

#[test]
fn a_blank_total_stays_blank() {
    let truth = &truths()[0];
    let page = page(truth);
    let total = truth.form().cells().filter(|cell| cell.is_total());
    for cell in total {
        let mark = format!("data-field=\"{}\">", FieldPath::of(cell));
        let start = page.find(&mark).unwrap() + mark.len();
        let end = start + page[start..].find('<').unwrap();
        let damaged = format!("{}{}", &page[..start], &page[end..]);
        let published = super::read(damaged.as_bytes());
        assert_eq!(number(&published, cell), None::<Money>, "{cell:?}");
        assert_eq!(published.classes[&cell].0, Class::Unread, "{cell:?}");
        judge(&mark, &published, truth, &[cell]);
    }
}
