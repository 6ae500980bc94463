//! Clues to a wrong figure of a text: the sum of cells it has probably been taken from, and those beside it that are right.

use rust_decimal::Decimal;

use crate::edition::{Axis, ChallengeColumn, Proceeding, RequestColumn, RequestGroup, RequestRow};
use crate::prose::{
    Counted, Exactness, Lexicon, Mention, Passage, QuantityKind, Reading, Term, readings, row_value,
};
use crate::report::Report;
use crate::rules::figures::cross_cells::is_cross_cell;
use crate::rules::figures::excuses::{
    is_kept_by_cleaning, is_left_when_taken_off, is_of_answers_in_cases, is_rest_of_outcomes,
    is_rest_of_told, is_sum_of_named,
};

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

/// The reason why a figure that equals none of its readings is right all the same: it is told of more or of something else than these.
pub(super) fn excuse(
    report: &Report,
    (passage, text): (&Passage, &str),
    figure: usize,
    groups: &[Vec<Reading>],
) -> Option<&'static str> {
    if is_told_before(passage, text, figure) {
        Some("是前面写的那几件")
    } else if is_of_all_cases(report, passage, figure) {
        Some("与前面所说各类案件的这一结果合计相符")
    } else if is_of_told_row(report, passage, text, figure) {
        Some("与前面总数所在的那一行相符")
    } else if is_wider(passage, figure, groups) {
        Some("分项相加相符，表中的数是其中一项")
    } else if is_sum_of_named(report, (passage, text), figure) {
        Some("与后面写明的几项之和相符")
    } else if is_rest_of_outcomes(report, passage, figure) {
        Some("是前面各项之外的全部，相加与总计相符")
    } else if is_rest_of_told((passage, text), figure) {
        Some("是前面那个数减去各项以后的数")
    } else if is_kept_by_cleaning((passage, text), figure) {
        Some("是清理后保留的，与旁边的数相加相符")
    } else if is_left_when_taken_off((passage, text), figure, groups) {
        Some("是扣除前面各项以后的数，与表中数据相符")
    } else if is_of_answers_in_cases((passage, text), figure) {
        Some("说的是复议、诉讼案件中的答复")
    } else if is_cross_cell(report, (passage, text), figure) {
        Some("与句中另外写明的行、列相交的那一格相符")
    } else {
        None
    }
}

/// True if the words before a figure say that it has been told, and it has: 自然人9件，这9件均按时答复.
fn is_told_before(passage: &Passage, text: &str, figure: usize) -> bool {
    const NEAR: usize = 8;
    let own = &passage.mentions[figure];
    let same = |other: &Mention| other.value == own.value && other.same_unit(own);
    let mut before = passage.mentions[..figure].iter().rev().take(NEAR);
    own.refers_back(text) && before.any(same)
}

/// True if a figure of one result is that of all cases that the sentence has told, and not of those of one kind told since, or of both
/// kinds together: 行政诉讼7件，1件在复议后起诉的案件中被纠正，5件维持; 行政复议7件、行政诉讼5件，结果维持7件.
fn is_of_all_cases(report: &Report, passage: &Passage, figure: usize) -> bool {
    const NEAR: usize = 6;
    let mention = &passage.mentions[figure];
    let [Term::Subject { subject, aspect: aspect @ Some(_) }] = terms_of_cases(mention) else {
        return false;
    };
    let rows = |subject: usize| &Lexicon::get().subjects[subject].rows;
    let contains = |all, part| all != part && rows(part).iter().all(|row| rows(all).contains(row));
    let decided = Lexicon::get().decided();
    let before = passage.mentions[..figure].iter().rev().take(NEAR);
    let before = before.take_while(|told| told.sentence == mention.sentence);
    let wholes = before.filter_map(|told| match terms_of_cases(told) {
        // 复议审结8件、诉讼审结6件，共14件
        [Term::Subject { subject, aspect }] if aspect.is_none() || *aspect == decided => {
            Some((*subject, told.counted.as_ref()?))
        }
        _ => None,
    });
    let wholes: Vec<(usize, &Counted)> = wholes.collect();
    // 行政复议4件，2件维持、1件纠正；行政诉讼3件，2件维持、1件纠正: what became of the first has been told.
    let is_result = |told: &Mention| matches!(terms_of_cases(told), [Term::Subject { aspect: told, .. }] if told == aspect);
    let told_of_first = passage.mentions[..figure].iter().rev().take(NEAR);
    let told_of_first =
        told_of_first.take_while(|told| told.sentence == mention.sentence).any(is_result);
    let value = |(subject, told): &(usize, &Counted)| {
        let terms = vec![Term::Subject { subject: *subject, aspect: *aspect }];
        readings(report, &Counted { terms, ..(*told).clone() }).into_iter().flatten().next()?.value
    };
    let of_one = wholes.iter().filter(|(all, _)| contains(*all, *subject)).filter_map(value);
    let of_both = match wholes.as_slice() {
        [one, other, ..]
            if !told_of_first && !rows(one.0).iter().any(|row| rows(other.0).contains(row)) =>
        {
            value(one).zip(value(other)).map(|(one, other)| one.saturating_add(other))
        }
        _ => None,
    };
    of_one.chain(of_both).any(|value| value == mention.value)
}

/// The terms of a figure that counts proceedings; none of any other.
fn terms_of_cases(mention: &Mention) -> &[Term] {
    let counted = mention.counted.as_ref().filter(|c| c.kind == QuantityKind::Proceeding);
    counted.map_or(&[][..], |counted| counted.terms.as_slice())
}

/// True if kinds of applicants told in a row are all those of one row of the table, whose total the sentence tells before: 尚有27件（自然人
/// 22件、商业企业5件）结转下年.
fn is_of_told_row(report: &Report, passage: &Passage, text: &str, figure: usize) -> bool {
    /// The most kinds of applicants, and the most figures before them that are looked at.
    const KINDS: usize = 6;
    const NEAR: usize = 12;
    let mentions = &passage.mentions;
    let of_applicants = |mention: &&Mention| {
        let named = mention.counted.as_ref().is_some_and(|counted| !counted.applicant.is_empty());
        named && mention.sentence == mentions[figure].sentence
    };
    let before = mentions[..figure].iter().rev().take(KINDS).take_while(of_applicants).count();
    let behind = mentions[figure..].iter().take(KINDS).take_while(of_applicants).count();
    let first = figure - before;
    let row = &mentions[first..figure + behind];
    let value = |mention: &Mention, row: RequestRow| {
        let columns = mention.counted.iter().flat_map(|counted| &counted.applicant);
        let cells =
            columns.map(|column| report.requests.count(&report.form().requests, row, *column));
        cells.map(|cell| cell.map(Decimal::from)).sum::<Option<Decimal>>()
    };
    let is_told = |total: Decimal| {
        let near = mentions[..first].iter().rev().take(NEAR);
        let mut near = near.take_while(|told| told.sentence == mentions[figure].sentence);
        // 上年度结转的3件申请中，自然人2件: that row, and no other one of 3.
        let of_row = |told: &Mention| {
            let counted = told.counted.as_ref().filter(|counted| counted.applicant.is_empty());
            let all = counted.map_or_else(Vec::new, |counted| readings(report, counted));
            all.iter().flatten().any(|reading| reading.value == Some(told.value))
        };
        near.any(|told| {
            told.value == total
                && !of_row(told)
                && told.unit.counter().is_some_and(|counter| counter.counts_cases())
        })
    };
    let sum = row.iter().map(|mention| mention.value.saturating_mul(kinds(text, mention)));
    let sum = sum.sum::<Decimal>();
    behind > 0
        && row.len() > 1
        && is_told(sum)
        && RequestRow::ALL.iter().copied().any(|told| {
            let all = || row.iter().all(|mention| value(mention, told) == Some(mention.value));
            row_value(report, told) == Some(sum) && all()
        })
}

/// The number of the kinds of applicants of each of which a figure tells: two of 法律服务机构和其他各1件.
fn kinds(text: &str, mention: &Mention) -> Decimal {
    const EACH: char = '各';
    const REACH: usize = 90;
    const MARKS: &[char] = &['，', '；', '。', '：', '（', '、'];
    let start = mention.digits.start;
    let from = text.ceil_char_boundary(start.saturating_sub(REACH));
    let Some(before) = text[from..start].strip_suffix(EACH) else { return Decimal::ONE };
    let name = before.rsplit(MARKS).next().unwrap_or_default();
    let two = Lexicon::get().sums.joins.are_in(name);
    if two { Decimal::TWO } else { Decimal::ONE }
}

/// True if a figure is taken apart into what the tables count and something else: 总金额3860元，其中收取3240元，逾期未缴620元.
fn is_wider(passage: &Passage, figure: usize, groups: &[Vec<Reading>]) -> bool {
    let is_value = |part: &usize| {
        let readings = groups.iter().flatten().filter(|reading| !reading.loose);
        readings
            .filter_map(|reading| reading.value)
            .any(|value| value == passage.mentions[*part].value)
    };
    let own = passage.sums.iter().filter(|sum| sum.total == Some(figure) && sum.fits);
    let listed = passage.lists.iter().filter(|list| list.whole == figure);
    let listed = listed.filter(|list| list.sum == passage.mentions[figure].value);
    // 新收12件，上年结转1件，应办13件: the other part is held to a table of its own.
    let is_free = |part: &usize| passage.mentions[*part].counted.is_none();
    own.map(|sum| &sum.parts).chain(listed.map(|list| &list.parts)).any(|parts| {
        let (of_table, others): (Vec<usize>, Vec<usize>) = parts.iter().partition(|i| is_value(i));
        of_table.len() == 1 && !others.is_empty() && others.iter().all(is_free)
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
