//! Clues to a wrong figure of a text: the sum of cells it has probably been taken from, and those beside it that are right.

use rust_decimal::Decimal;

use crate::edition::{Axis, ChallengeColumn, Proceeding, RequestColumn, RequestGroup, RequestRow};
use crate::prose::{
    Counted, Exactness, Lexicon, Mention, Passage, QuantityKind, Term, readings, row_value,
};
use crate::report::Report;

/// A value of the tables with its name.
type Named = (String, Decimal);

/// The sum or difference of cells that a figure equals, as a sentence for the reader; none where it equals several
/// or none, or is 0.
pub(super) fn taken_from(report: &Report, mention: &Mention, counted: &Counted) -> Option<String> {
    if mention.value == Decimal::ZERO || counted.at_most || !counted.applicant.is_empty() {
        return None;
    }
    let all = match counted.kind {
        QuantityKind::Intake
        | QuantityKind::Request
        | QuantityKind::Handled
        | QuantityKind::CarriedIn
        | QuantityKind::CarriedOut => of_flow(report),
        QuantityKind::Outcome => of_outcomes(report),
        QuantityKind::Proceeding => of_challenges(report),
        QuantityKind::Rest | QuantityKind::Document | QuantityKind::Fee => return None,
    };
    let mut equal = all.into_iter().filter(|(_, value)| *value == mention.value);
    let (name, value) = equal.next()?;
    // Two ways to come to a number say nothing of how it came about.
    equal.next().is_none().then(|| format!("{value} 是{name}；说的是它，请在文字中写明"))
}

/// True if two numbers are one slip of the hand apart: one digit is another, or two stand the other way round.
pub(super) fn is_slip(a: Decimal, b: Decimal) -> bool {
    const SHORTEST: usize = 2;
    // 40.9 and 49.0 have as many digits.
    let scale = a.normalize().scale().max(b.normalize().scale());
    let digits = |value: Decimal| {
        let mut value = value.normalize();
        value.rescale(scale);
        value.to_string()
    };
    let point = |digits: &str| digits.find('.').map(|at| digits.len() - at);
    let (a, b) = (digits(a), digits(b));
    let places = point(&a) == point(&b);
    let plain = |digits: String| digits.replace('.', "").into_bytes();
    let (a, b) = (plain(a), plain(b));
    if !places || a.len() != b.len() || a.len() < SHORTEST {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match differ.as_slice() {
        [_] => a.len() > SHORTEST,
        [i, j] => *j == *i + 1 && a[*i] == b[*j] && a[*j] == b[*i],
        _ => false,
    }
}

fn of_flow(report: &Report) -> Vec<Named> {
    let row = |row| Some((report.form().requests.row_name(row), row_value(report, row)?));
    let [received, carried_in, total, carried_out] = [
        RequestRow::Received,
        RequestRow::CarriedIn,
        RequestRow::OutcomeTotal,
        RequestRow::CarriedOut,
    ]
    .map(row);
    let minus = |a: &Option<Named>, b: &Option<Named>| {
        let ((a, from), (b, taken)) = (a.clone()?, b.clone()?);
        (taken > Decimal::ZERO).then(|| (format!("“{a}”减“{b}”"), from - taken))
    };
    let plus = |a: &Option<Named>, b: &Option<Named>| {
        let ((a, one), (b, other)) = (a.clone()?, b.clone()?);
        (other > Decimal::ZERO).then(|| (format!("“{a}”加“{b}”"), one + other))
    };
    [
        minus(&total, &carried_in),
        minus(&received, &carried_out),
        plus(&total, &carried_out).filter(|_| carried_in.as_ref().is_none_or(|c| c.1.is_zero())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_outcomes(report: &Report) -> Vec<Named> {
    let table = &report.form().requests;
    let group = |group: RequestGroup| -> Option<Named> {
        let rows = table.group_rows(group);
        let cells = rows.map(|row| report.requests.count(table, row, RequestColumn::Total));
        let sum = cells.map(|cell| cell.map(Decimal::from)).sum::<Option<Decimal>>()?;
        Some((table.group_label(group).to_owned(), sum))
    };
    let row = |row| Some((table.plain_row_label(row).to_owned(), row_value(report, row)?));
    let all: Vec<Named> = [
        row(RequestRow::Granted),
        row(RequestRow::PartlyGranted),
        group(RequestGroup::Refused),
        group(RequestGroup::Unavailable),
        group(RequestGroup::NotProcessed),
    ]
    .into_iter()
    .flatten()
    .filter(|(_, value)| *value > Decimal::ZERO)
    .collect();
    let pairs = all.iter().enumerate().flat_map(|(i, (a, one))| {
        let others = all[i + 1..].iter();
        others.map(move |(b, other)| (format!("“{a}”加“{b}”"), *one + *other))
    });
    let pairs: Vec<Named> = pairs.collect();
    pairs
}

fn of_challenges(report: &Report) -> Vec<Named> {
    let form = &report.form().challenges;
    let count = |row, column| report.challenges.count(row, column).map(Decimal::from);
    let pending = form.column_label(ChallengeColumn::Pending);
    let decided = |row: Proceeding| {
        let (all, open) =
            (count(row, ChallengeColumn::Total)?, count(row, ChallengeColumn::Pending)?);
        let label = form.proceeding_label(row);
        (open > Decimal::ZERO).then(|| (format!("“{label}”的总计减“{pending}”"), all - open))
    };
    let total = |row: Proceeding| {
        let all = count(row, ChallengeColumn::Total).filter(|all| *all > Decimal::ZERO)?;
        Some((format!("“{}”的总计", form.proceeding_label(row)), all))
    };
    Proceeding::ALL.iter().flat_map(|row| [decided(*row), total(*row)]).flatten().collect()
}
/// True if a figure of one result is that of all cases that the sentence has told, and not of those of one kind told since:
/// 行政诉讼7件，1件在复议后起诉的案件中被纠正，5件维持.
pub(super) fn is_of_all_cases(report: &Report, passage: &Passage, figure: usize) -> bool {
    const NEAR: usize = 6;
    let mention = &passage.mentions[figure];
    let counted = mention.counted.as_ref().filter(|c| c.kind == QuantityKind::Proceeding);
    let terms = counted.map_or(&[][..], |counted| counted.terms.as_slice());
    let [Term::Subject { subject, aspect: aspect @ Some(_) }] = terms else { return false };
    let rows = |subject: usize| &Lexicon::get().subjects[subject].rows;
    let contains = |all, part| all != part && rows(part).iter().all(|row| rows(all).contains(row));
    let before = passage.mentions[..figure].iter().rev().take(NEAR);
    let mut before = before.take_while(|told| told.sentence == mention.sentence);
    before.any(|told| {
        let told = told.counted.as_ref().filter(|told| told.kind == QuantityKind::Proceeding);
        let wider = |told: &Counted| match told.terms.as_slice() {
            [Term::Subject { subject: all, aspect: None }] => {
                contains(*all, *subject).then_some(*all)
            }
            _ => None,
        };
        let Some((told, all)) = told.and_then(|told| Some((told, wider(told)?))) else {
            return false;
        };
        let terms = vec![Term::Subject { subject: all, aspect: *aspect }];
        let of_all = readings(report, &Counted { terms, ..told.clone() }).concat();
        of_all.iter().any(|reading| reading.value == Some(mention.value))
    })
}

/// True if another figure of the sentence, of those that may be of some other range than the tables, is just that of its table: 公开
/// 许可决定1849件、处罚决定57件, where the table has 1846 and 57.
pub(super) fn is_beside_the_tables(report: &Report, passage: &Passage, mention: &Mention) -> bool {
    const SMALLEST: u32 = 10;
    let is_right = |other: &&Mention| {
        let counted = other.counted.as_ref().filter(|counted| counted.only_hint);
        let large = other.exactness == Exactness::Exact && other.value >= Decimal::from(SMALLEST);
        let groups = counted.filter(|_| large).map(|counted| readings(report, counted));
        groups.is_some_and(|groups| {
            let values = groups.iter().flatten().filter_map(|reading| reading.value);
            values.into_iter().any(|value| value == other.value)
        })
    };
    let same = |other: &&Mention| {
        other.sentence == mention.sentence && other.digits != mention.digits && !other.bound
    };
    passage.mentions.iter().filter(same).any(|other| is_right(&other))
}
