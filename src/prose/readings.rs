//! The admissible readings of a figure and what they come to in the tables.

use rust_decimal::Decimal;

use super::lexicon::{Aspect, Kind, Lexicon};
use super::meaning::{Counted, Joined, Term};
use crate::edition::{
    Axis, ChallengeColumn, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestColumn,
    RequestGroup, RequestRow,
};
use crate::report::{Challenges, Disclosure, FieldPath, Report, Requests};

/// One way to read a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    /// What messages call it.
    pub(crate) name: String,
    /// What it comes to; none when a cell is not filled.
    pub(crate) value: Option<Decimal>,
    /// What it comes to when a total that was typed is added up from its parts instead.
    pub(crate) added_up: Option<Decimal>,
    /// The values it is the sum of.
    pub(crate) keys: Vec<FieldPath>,
    /// Whether some use the words so, but the table does not mean it.
    pub(crate) loose: bool,
}

/// The readings of a figure, in groups: it is right when it equals one reading of every group.
pub(crate) fn readings(report: &Report, counted: &Counted) -> Vec<Vec<Reading>> {
    let each = counted.terms.iter().map(|term| of_term(report, counted, *term));
    match counted.joined {
        Joined::Any => vec![each.flatten().collect()],
        Joined::All => {
            let lexicon = Lexicon::get();
            // 收到、受理和办理: whatever came in is one group, whatever was handled another.
            let kind = |term: &Term| match term {
                Term::Quantity(quantity) => Some(lexicon.quantities[*quantity].kind),
                Term::Subject { .. } | Term::Requests => None,
            };
            let mut groups: Vec<(Option<Kind>, Vec<Reading>)> = Vec::new();
            for (term, readings) in counted.terms.iter().zip(each) {
                let kind = kind(term);
                match groups.iter_mut().find(|(k, _)| kind.is_some() && *k == kind) {
                    Some((_, group)) => group.extend(readings),
                    None => groups.push((kind, readings)),
                }
            }
            groups.into_iter().map(|(_, readings)| readings).collect()
        }
        Joined::Sum => vec![sums(each.collect())],
    }
}

/// Every sum of one reading of each term.
fn sums(terms: Vec<Vec<Reading>>) -> Vec<Reading> {
    const MOST: usize = 64;
    let mut sums: Vec<Reading> = Vec::new();
    for (i, term) in terms.into_iter().enumerate() {
        if i == 0 {
            sums = term;
            continue;
        }
        sums = sums
            .iter()
            .flat_map(|sum| term.iter().map(move |reading| plus(sum, reading)))
            .take(MOST)
            .collect();
    }
    sums
}

fn plus(a: &Reading, b: &Reading) -> Reading {
    let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
    Reading {
        name: format!("{}加{}", a.name, b.name),
        value: add(a.value, b.value),
        added_up: add(a.added_up.or(a.value), b.added_up.or(b.value)),
        keys: [a.keys.clone(), b.keys.clone()].concat(),
        loose: a.loose || b.loose,
    }
}

fn of_term(report: &Report, counted: &Counted, term: Term) -> Vec<Reading> {
    let lexicon = Lexicon::get();
    match term {
        Term::Quantity(quantity) => {
            let quantity = &lexicon.quantities[quantity];
            // A row that the form does not have is no way to read a figure, as long as there is another.
            let stands = |keys: &&Vec<String>| keys.iter().all(|key| is_of_form(report, key));
            let of_form: Vec<&Vec<String>> = quantity.readings.iter().filter(stands).collect();
            let all = || quantity.readings.iter().collect();
            let mut readings: Vec<Reading> = if of_form.is_empty() { all() } else { of_form }
                .into_iter()
                .map(|keys| of_keys(report, counted, keys, false))
                .collect();
            if !counted.strict {
                readings
                    .extend(quantity.loose.iter().map(|keys| of_keys(report, counted, keys, true)));
            }
            readings
        }
        Term::Requests => lexicon
            .quantities
            .iter()
            .filter(|quantity| matches!(quantity.key.as_str(), "received" | "handled"))
            .flat_map(|quantity| &quantity.readings)
            .map(|keys| of_keys(report, counted, keys, false))
            .collect(),
        Term::Subject { subject, aspect } => {
            let subject = &lexicon.subjects[subject];
            let aspect = aspect.map(|aspect| &lexicon.aspects[aspect]);
            let columns = match (aspect, subject.kind) {
                (aspect, Kind::Document) => document_columns(report.edition, aspect),
                (Some(aspect), _) => vec![(aspect.column.as_str(), aspect.name.as_str())],
                (None, _) => vec![("total", "总计")],
            };
            columns
                .into_iter()
                .map(|(column, label)| {
                    let rows = subject.rows.iter().map(|row| format!("{row}.{column}"));
                    let keys: Vec<String> = rows.collect();
                    Reading {
                        name: format!("“{}”的“{label}”", subject.name),
                        ..of_keys(report, counted, &keys, false)
                    }
                })
                .collect()
        }
    }
}

/// The columns of table 1 that a number of documents may be, and what messages call them. One that the
/// form does not have stands for a figure that is not filled, so nothing is judged by it.
fn document_columns(edition: Edition, aspect: Option<&Aspect>) -> Vec<(&str, &str)> {
    const DISCLOSED: [(&str, &str); 2] =
        [("disclosed", "本年新公开"), ("disclosed_total", "对外公开总数量")];
    let issued = match edition {
        Edition::Y2019 => ("made", "本年新制作"),
        Edition::Y2021 => ("issued", "本年制发"),
    };
    match (edition, aspect) {
        (_, Some(aspect)) if !aspect.only_hint && aspect.column == "issued" => vec![issued],
        (_, Some(aspect)) if !aspect.only_hint => {
            vec![(aspect.column.as_str(), aspect.name.as_str())]
        }
        (Edition::Y2019, _) => vec![issued, DISCLOSED[0], DISCLOSED[1]],
        (Edition::Y2021, Some(_)) => vec![issued, ("in_force", "现行有效")],
        (Edition::Y2021, None) => vec![issued, ("in_force", "现行有效"), ("repealed", "本年废止")],
    }
}

fn of_keys(report: &Report, counted: &Counted, keys: &[String], loose: bool) -> Reading {
    let cells: Vec<Cell> = keys.iter().map(|key| cell(report, key, &counted.applicant)).collect();
    let sum = |value: fn(&Cell) -> Option<Decimal>| {
        cells.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(value(cell)?))
    };
    Reading {
        name: cells.iter().map(|cell| cell.name.clone()).collect::<Vec<_>>().join("加"),
        value: sum(|cell| cell.value),
        added_up: sum(|cell| cell.added_up.or(cell.value)),
        keys: cells.into_iter().flat_map(|cell| cell.paths).collect(),
        loose,
    }
}

/// What a key of the data file stands for.
struct Cell {
    name: String,
    value: Option<Decimal>,
    added_up: Option<Decimal>,
    paths: Vec<FieldPath>,
}

/// The value that stands under a key of the data file, `*` for all applicants.
pub(crate) fn cell_value(report: &Report, key: &str) -> Option<Decimal> {
    cell(report, key, &[]).value
}

fn cell(report: &Report, key: &str, applicant: &[RequestColumn]) -> Cell {
    let none = || Cell {
        name: key.to_owned(),
        value: None,
        added_up: None,
        paths: vec![FieldPath::new(key)],
    };
    if let Some(row) = key.strip_prefix("requests.").and_then(|key| key.strip_suffix(".*")) {
        return of_requests(report, row, applicant).unwrap_or_else(none);
    }
    let mut steps = key.split('.');
    let (table, row, column) = (steps.next(), steps.next(), steps.next());
    match (table, row, column) {
        (Some("challenges"), Some(row), Some(column)) => {
            let (Some(row), Some(column)) =
                (Proceeding::from_key(row), ChallengeColumn::from_key(column))
            else {
                return none();
            };
            let form = &report.form().challenges;
            Cell {
                name: format!("“{}”的“{}”", form.proceeding_label(row), form.column_label(column)),
                value: report.challenges.count(row, column).map(Decimal::from),
                added_up: None,
                paths: vec![Challenges::path(row, column)],
            }
        }
        (Some("disclosure"), Some(row), Some(column)) => {
            let (Some(row), Some(column)) =
                (DisclosureRow::from_key(row), DisclosureColumn::from_key(column))
            else {
                return none();
            };
            Cell {
                name: format!("“{}”", report.form().disclosure.row_label(row)),
                value: report.disclosure.entry(row, column).count().map(Decimal::from),
                added_up: None,
                paths: vec![Disclosure::path(row, column)],
            }
        }
        (Some("other"), ..) => {
            let fee = report.other.handling_fee.as_ref();
            Cell {
                name: "“信息处理费”收取金额".to_owned(),
                value: fee.and_then(|fee| fee.amount.value().copied()),
                added_up: None,
                paths: vec![FieldPath::new(key)],
            }
        }
        _ => none(),
    }
}

/// Whether the form of the report has the row or group of table 2 that a key names.
fn is_of_form(report: &Report, key: &str) -> bool {
    let Some(key) = key.strip_prefix("requests.").and_then(|key| key.strip_suffix(".*")) else {
        return true;
    };
    let table = &report.form().requests;
    match key.strip_prefix("groups.") {
        Some(group) => table.groups.iter().any(|(g, _)| g.key() == group),
        None => table.rows.iter().any(|row| row.row.key() == key),
    }
}

/// A row or a group of table 2, in the columns of the applicants or in the total.
fn of_requests(report: &Report, key: &str, applicant: &[RequestColumn]) -> Option<Cell> {
    let table = &report.form().requests;
    let (rows, label): (Vec<RequestRow>, String) = match key.strip_prefix("groups.") {
        Some(group) => {
            let group = RequestGroup::from_key(group)?;
            let label = table.groups.iter().find(|(g, _)| *g == group)?.1;
            (table.group_rows(group).collect(), label.to_owned())
        }
        None => {
            let row = RequestRow::from_key(key)?;
            (vec![row], report.form().requests.row_name(row))
        }
    };
    let columns = if applicant.is_empty() { &[RequestColumn::Total][..] } else { applicant };
    let sum = |columns: &[RequestColumn]| {
        let all = rows.iter().flat_map(|row| columns.iter().map(move |column| (*row, *column)));
        all.map(|(row, column)| report.requests.count(table, row, column))
            .try_fold(Decimal::ZERO, |sum, count| sum.checked_add(Decimal::from(count?)))
    };
    let value = sum(columns);
    let mut added_up = applicant.is_empty().then(|| sum(RequestColumn::APPLICANTS)).flatten();
    if rows == [RequestRow::OutcomeTotal] && applicant.is_empty() {
        let results = table
            .result_rows()
            .map(|row| report.requests.count(table, row, RequestColumn::Total).map(Decimal::from));
        let results = results.collect::<Option<Vec<_>>>().map(|all| all.into_iter().sum());
        added_up = results.filter(|sum| Some(*sum) != value).or(added_up);
    }
    let paths = rows
        .iter()
        .flat_map(|row| columns.iter().map(|column| Requests::path(*row, *column)))
        .collect();
    let name = match applicant {
        [] => format!("“{label}”"),
        [only] => format!("“{label}”的“{}”一列", table.column_label(*only)),
        _ => format!("“{label}”的相应各列"),
    };
    Some(Cell { name, value, added_up: added_up.filter(|sum| Some(*sum) != value), paths })
}
