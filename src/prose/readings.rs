//! The admissible readings of a figure and what they come to in the tables.

use rust_decimal::Decimal;

use super::clause::{Counted, Joined, Term};
use super::lexicon::{Aspect, AspectColumn, Cell, Lexicon, QuantityKind, Subject, SubjectRow};
use crate::edition::{
    ChallengeColumn, DisclosureColumn, DisclosureRow, Edition, Proceeding, RequestColumn,
    RequestGroup, RequestRow,
};
use crate::report::{Challenges, Disclosure, FieldPath, Report, Requests};

/// One way to read a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    /// Its name in messages.
    pub(crate) name: String,
    /// Its sum; none when a cell is not filled.
    pub(crate) value: Option<Decimal>,
    /// Its sum when a total that was typed is added up from its parts instead.
    pub(crate) added_up: Option<Decimal>,
    /// The figures it is the sum of, each with its value.
    pub(crate) figures: Vec<(FieldPath, Option<Decimal>)>,
    /// True if some use the words so, but the table does not mean it.
    pub(crate) loose: bool,
}

impl Reading {
    /// The addresses of the figures it is the sum of.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        self.figures.iter().map(|(path, _)| path)
    }
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
            let mut groups: Vec<(Option<QuantityKind>, Vec<Reading>)> = Vec::new();
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
        figures: [a.figures.clone(), b.figures.clone()].concat(),
        loose: a.loose || b.loose,
    }
}

fn of_term(report: &Report, counted: &Counted, term: Term) -> Vec<Reading> {
    let lexicon = Lexicon::get();
    let of_cells = |cells: &[Cell], loose| of_cells(report, counted, cells, loose);
    match term {
        Term::Quantity(quantity) => {
            let quantity = &lexicon.quantities[quantity];
            // A row that the form does not have is no way to read a figure, as long as there is another.
            let stands = |cells: &&[Cell]| cells.iter().all(|cell| is_of_form(report, *cell));
            let all: Vec<&[Cell]> = quantity.readings.iter().map(|sum| sum.0.as_slice()).collect();
            let of_form: Vec<&[Cell]> = all.iter().copied().filter(stands).collect();
            let mut readings: Vec<Reading> = if of_form.is_empty() { all } else { of_form }
                .into_iter()
                .map(|cells| of_cells(cells, false))
                .collect();
            if !counted.strict {
                readings.extend(quantity.loose.iter().map(|sum| of_cells(&sum.0, true)));
            }
            readings
        }
        Term::Requests => ["received", "handled"]
            .iter()
            .filter_map(|key| lexicon.quantity(key))
            .flat_map(|quantity| &lexicon.quantities[quantity].readings)
            .map(|sum| of_cells(&sum.0, false))
            .collect(),
        Term::Subject { subject, aspect } => {
            let aspect = aspect.map(|aspect| &lexicon.aspects[aspect]);
            of_subject(report, counted, &lexicon.subjects[subject], aspect)
        }
    }
}

/// The readings of a number of proceedings or documents, one for each column that may be meant.
fn of_subject(
    report: &Report,
    counted: &Counted,
    subject: &Subject,
    aspect: Option<&Aspect>,
) -> Vec<Reading> {
    let form = report.form();
    let of_column = |label: &str, cell: &dyn Fn(SubjectRow) -> Option<Cell>| {
        let cells: Vec<Cell> = subject.rows.iter().filter_map(|row| cell(*row)).collect();
        let fees = report.disclosure.fees().filter(|_| is_of_fees(subject));
        let name = match fees {
            Some(fees) => {
                format!("“{}”的“{label}”（{fees}万元，合元）", subject_name(report, subject))
            }
            None => format!("“{}”的“{label}”", subject_name(report, subject)),
        };
        Reading { name, ..of_cells(report, counted, &cells, false) }
    };
    match subject.kind() {
        QuantityKind::Document => subject
            .rows
            .first()
            .map_or(Vec::new(), |row| columns_of(report.edition, *row, aspect))
            .into_iter()
            .map(|column| {
                let row = match subject.rows.first() {
                    Some(SubjectRow::Document(row)) => *row,
                    Some(SubjectRow::Proceeding(_)) | None => DisclosureRow::Regulations,
                };
                let label = column_name(report.edition, row, column);
                of_column(label, &|row| match row {
                    SubjectRow::Document(row) => Some(Cell::Document(row, column)),
                    SubjectRow::Proceeding(_) => None,
                })
            })
            .collect(),
        _ => {
            let column = match aspect.map(|aspect| aspect.column) {
                Some(AspectColumn::Proceeding(column)) => column,
                Some(AspectColumn::Decided) => return vec![decided(report, counted, subject)],
                Some(AspectColumn::Document(_)) | None => ChallengeColumn::Total,
            };
            vec![of_column(form.challenges.column_label(column), &|row| match row {
                SubjectRow::Proceeding(row) => Some(Cell::Challenge(row, column)),
                SubjectRow::Document(_) => None,
            })]
        }
    }
}

/// The proceedings of a kind that have been decided: all columns but the total and those still pending.
fn decided(report: &Report, counted: &Counted, subject: &Subject) -> Reading {
    let cells = |column| {
        subject.rows.iter().filter_map(move |row| match row {
            SubjectRow::Proceeding(row) => Some(Cell::Challenge(*row, column)),
            SubjectRow::Document(_) => None,
        })
    };
    let columns =
        [ChallengeColumn::Upheld, ChallengeColumn::Corrected, ChallengeColumn::OtherResult];
    let cells: Vec<Cell> = columns.into_iter().flat_map(cells).collect();
    let pending = report.form().challenges.column_label(ChallengeColumn::Pending);
    let name = format!("“{}”中除“{pending}”外的", subject_name(report, subject));
    Reading { name, ..of_cells(report, counted, &cells, false) }
}

/// True if it is the row of fees, whose table counts in ten-thousands of yuan.
fn is_of_fees(subject: &Subject) -> bool {
    subject.rows == [SubjectRow::Document(DisclosureRow::Fees)]
}

/// The name of a kind of proceedings or documents in messages.
fn subject_name(report: &Report, subject: &Subject) -> &'static str {
    let form = report.form();
    match subject.rows.as_slice() {
        [SubjectRow::Proceeding(only)] => form.challenges.proceeding_label(*only),
        [SubjectRow::Document(only), ..] => form.disclosure.row_label(*only),
        [SubjectRow::Proceeding(_), ..] | [] => form.challenges.litigation_label,
    }
}

/// The columns of a row of table 1 that a figure may be: a row of decisions or of fees has only one.
fn columns_of(edition: Edition, row: SubjectRow, aspect: Option<&Aspect>) -> Vec<DisclosureColumn> {
    use DisclosureColumn::{Amount, Decisions};
    match row {
        SubjectRow::Document(DisclosureRow::Fees) => vec![Amount],
        SubjectRow::Document(
            DisclosureRow::Licences | DisclosureRow::Penalties | DisclosureRow::CoerciveMeasures,
        ) => vec![Decisions],
        SubjectRow::Document(_) | SubjectRow::Proceeding(_) => document_columns(edition, aspect),
    }
}

/// The columns of table 1 that a number of documents may be. One that the form does not have stands
/// for a figure that is not filled, so nothing is judged by it.
fn document_columns(edition: Edition, aspect: Option<&Aspect>) -> Vec<DisclosureColumn> {
    use DisclosureColumn::{Disclosed, DisclosedTotal, InForce, Issued, Made, Repealed};
    let table = &edition.form().disclosure;
    let has = |column| !table.column_label(DisclosureRow::NormativeDocuments, column).is_empty();
    let issued = if has(Issued) { Issued } else { Made };
    match aspect.map(|aspect| (aspect.only_hint, aspect.column)) {
        Some((false, AspectColumn::Document(Issued))) => vec![issued],
        Some((false, AspectColumn::Document(column))) => vec![column],
        Some((false, AspectColumn::Proceeding(_) | AspectColumn::Decided)) => Vec::new(),
        Some(_) | None if has(Disclosed) => vec![issued, Disclosed, DisclosedTotal],
        Some(_) => vec![issued, InForce],
        None => vec![issued, InForce, Repealed],
    }
}

fn of_cells(report: &Report, counted: &Counted, cells: &[Cell], loose: bool) -> Reading {
    let all: Vec<CellValue> =
        cells.iter().map(|cell| CellValue::of(report, *cell, &counted.applicant)).collect();
    let sum = |value: fn(&CellValue) -> Option<Decimal>| {
        all.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(value(cell)?))
    };
    Reading {
        name: all.iter().map(|cell| cell.name.clone()).collect::<Vec<_>>().join("加"),
        value: sum(|cell| cell.value),
        added_up: sum(|cell| cell.added_up.or(cell.value)),
        figures: all.into_iter().flat_map(|cell| cell.figures).collect(),
        loose,
    }
}

/// The value of a row of table 2 for all applicants.
pub(crate) fn row_value(report: &Report, row: RequestRow) -> Option<Decimal> {
    CellValue::of(report, Cell::Request(row), &[]).value
}

/// A cell with all that messages say of it.
struct CellValue {
    name: String,
    value: Option<Decimal>,
    added_up: Option<Decimal>,
    figures: Vec<(FieldPath, Option<Decimal>)>,
}

impl CellValue {
    fn of(report: &Report, cell: Cell, applicant: &[RequestColumn]) -> Self {
        match cell {
            Cell::Request(row) => {
                let label = report.form().requests.row_name(row);
                Self::of_requests(report, &[row], &label, applicant)
            }
            Cell::Group(group) => {
                let table = &report.form().requests;
                let rows: Vec<RequestRow> = table.group_rows(group).collect();
                Self::of_requests(report, &rows, table.group_label(group), applicant)
            }
            Cell::Challenge(row, column) => Self::of_challenges(report, row, column),
            Cell::Document(row, column) => Self::of_documents(report, row, column),
            Cell::HandlingFee => {
                let fee = report.other.handling_fee.as_ref();
                let value = fee.and_then(|fee| fee.amount.value().copied());
                let path = FieldPath::new("other.handling_fee.amount");
                Self::alone("“信息处理费”收取金额".to_owned(), path, value)
            }
            Cell::FeeNotices => {
                let fee = report.other.handling_fee.as_ref();
                let value = fee.and_then(|fee| fee.notices.value().copied()).map(Decimal::from);
                let path = FieldPath::new("other.handling_fee.notices");
                Self::alone("信息处理费的收费通知件数".to_owned(), path, value)
            }
        }
    }

    fn alone(name: String, path: FieldPath, value: Option<Decimal>) -> Self {
        Self { name, value, added_up: None, figures: vec![(path, value)] }
    }

    fn of_challenges(report: &Report, row: Proceeding, column: ChallengeColumn) -> Self {
        let form = &report.form().challenges;
        let name = format!("“{}”的“{}”", form.proceeding_label(row), form.column_label(column));
        let value = report.challenges.count(row, column).map(Decimal::from);
        Self::alone(name, Challenges::path(row, column), value)
    }

    fn of_documents(report: &Report, row: DisclosureRow, column: DisclosureColumn) -> Self {
        let label = report.form().disclosure.row_label(row);
        let name = format!("“{label}”");
        let value = match row {
            // The table counts in ten-thousands, the text is read in yuan.
            DisclosureRow::Fees => {
                report.disclosure.fees().and_then(|fees| fees.checked_mul(Decimal::from(10_000)))
            }
            DisclosureRow::Regulations
            | DisclosureRow::NormativeDocuments
            | DisclosureRow::Licences
            | DisclosureRow::OtherServices
            | DisclosureRow::Penalties
            | DisclosureRow::CoerciveMeasures
            | DisclosureRow::CentralProcurement => {
                report.disclosure.entry(row, column).count().map(Decimal::from)
            }
        };
        Self::alone(name, Disclosure::path(row, column), value)
    }

    /// Rows of table 2, in the columns of the applicants or in the total.
    fn of_requests(
        report: &Report,
        rows: &[RequestRow],
        label: &str,
        applicant: &[RequestColumn],
    ) -> Self {
        let table = &report.form().requests;
        let columns = if applicant.is_empty() { &[RequestColumn::Total][..] } else { applicant };
        let value = |row, column| report.requests.count(table, row, column).map(Decimal::from);
        let cells = |columns: &[RequestColumn]| -> Vec<(RequestRow, RequestColumn)> {
            rows.iter().flat_map(|row| columns.iter().map(move |column| (*row, *column))).collect()
        };
        let sum = |columns: &[RequestColumn]| {
            // A form without the rows says nothing of them, not that there were none.
            let own = Some(cells(columns)).filter(|own| !own.is_empty())?;
            own.into_iter()
                .try_fold(Decimal::ZERO, |sum, (row, column)| sum.checked_add(value(row, column)?))
        };
        let total = sum(columns);
        let mut added_up = applicant.is_empty().then(|| sum(RequestColumn::APPLICANTS)).flatten();
        if rows == [RequestRow::OutcomeTotal] && applicant.is_empty() {
            let results = table.result_rows().map(|row| value(row, RequestColumn::Total));
            let results = results.collect::<Option<Vec<_>>>().map(|all| all.into_iter().sum());
            added_up = results.filter(|sum| Some(*sum) != total).or(added_up);
        }
        let name = match applicant {
            [] => format!("“{label}”"),
            [only] => format!("“{label}”的“{}”一列", table.column_label(*only)),
            _ => format!("“{label}”的相应各列"),
        };
        Self {
            name,
            value: total,
            added_up: added_up.filter(|sum| Some(*sum) != total),
            figures: cells(columns)
                .into_iter()
                .map(|(row, column)| (Requests::path(row, column), value(row, column)))
                .collect(),
        }
    }
}

/// True if the form of the report has the row or group of table 2.
fn is_of_form(report: &Report, cell: Cell) -> bool {
    let table = &report.form().requests;
    match cell {
        Cell::Request(row) => table.rows.iter().any(|own| own.row == row),
        Cell::Group(group) => has_group(report, group),
        Cell::Challenge(..) | Cell::Document(..) | Cell::HandlingFee | Cell::FeeNotices => true,
    }
}

fn has_group(report: &Report, group: RequestGroup) -> bool {
    report.form().requests.groups.iter().any(|(own, _)| *own == group)
}

/// The name of a column of documents in messages: its label without the measure.
fn column_name(edition: Edition, row: DisclosureRow, column: DisclosureColumn) -> &'static str {
    edition.form().disclosure.short_column_label(row, column)
}
