//! Shares of which no figure tells the part, as the tables hold both: 无法提供占答复总数的24.1%.

use rust_decimal::Decimal;

use crate::edition::RequestRow;
use crate::prose::{Counted, Exactness, NamedShare, Passage, percent, readings, row_value};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports every share that no sums of cells give which its words may name.
pub(super) fn judge_named_shares(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            if let Some(named) = &mention.named_share {
                judge(report, findings, (passage, text, i), named);
            }
        }
    }
}

fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text, i): (&Passage, &Text, usize),
    named: &NamedShare,
) {
    let mention = &passage.mentions[i];
    let exact = mention.exactness == Exactness::Exact && mention.unread.is_none();
    if !exact || !mention.is_typed() {
        return;
    }
    let parts = values(report, &named.part);
    let mut wholes = values(report, &named.whole);
    if named.whole.is_intake() && !is_of_one_row(report, &named.whole) {
        // 占申请总数的24.1%: of those dealt with, as outcomes are.
        wholes.extend(row_value(report, RequestRow::OutcomeTotal));
    }
    let pairs = parts.iter().flat_map(|part| wholes.iter().map(move |whole| (*part, *whole)));
    let shares = pairs
        .filter(|(part, whole)| part <= whole)
        .filter_map(|(part, whole)| Some((part, whole, percent(part, whole, mention.places)?)));
    let shares: Vec<(Decimal, Decimal, Decimal)> = shares.collect();
    // Cut off instead of rounded, a share is off by one in its last place.
    let last_place = Decimal::new(1, mention.places);
    let fits = |share: &&(Decimal, Decimal, Decimal)| (share.2 - mention.value).abs() <= last_place;
    let fitting = shares.iter().find(fits);
    let Some((part, whole, right)) = fitting.or(shares.first()) else { return };
    findings.held(passage, i, Held::Text(format!("表中 {part} 除以 {whole}")));
    if fitting.is_some() {
        return;
    }
    let said = clause(text, &(mention.phrase.start..mention.range.end));
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!("“{said}”：表中 {part} 除以 {whole} 是 {right}%"),
        format!("应为 {right}%"),
    );
    finding.help.push("核对件数和占比；按别的数计算的，在文字中写明“占……的”".to_owned());
}

/// True if some words can only name one sum of cells: 新收申请, but not 收到的申请.
pub(super) fn is_of_one_row(report: &Report, counted: &Counted) -> bool {
    matches!(readings(report, counted).as_slice(), [only] if only.len() == 1)
}

/// The sums of cells that some words may name; none where one of the cells is not filled.
fn values(report: &Report, counted: &Counted) -> Vec<Decimal> {
    let readings = readings(report, counted).into_iter().flatten();
    readings.map(|reading| reading.value).collect::<Option<Vec<_>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [76, 0, 0, 0, 0, 0]\ncarried_in = [3, 0, 0, 0, 0, 0]\ncarried_out = [5, 0, 0, 0, 0, 0]\n[requests.outcome]\ngranted = [30, 0, 0, 0, 0, 0]\nunavailable.not_held = [17, 0, 0, 0, 0, 0]\nunavailable.needs_compiling = [0, 0, 0, 0, 0, 0]\nunavailable.still_unclear = [0, 0, 0, 0, 0, 0]\ntotal = [74, 0, 0, 0, 0, 0]\n[challenges]\nreconsideration = [43, 12, 9, 7]\n";

    #[test]
    fn a_share_of_one_row_in_another() {
        for wrong in [
            "收到政府信息公开申请79件，办结74件。无法提供占答复总数的22.4%。",
            "全年办结政府信息公开申请74件，予以公开30件，占新收申请的40.5%。",
            "因政府信息公开引起的行政复议71件，其中维持43件、纠正12件，被纠正的占复议案件总数的18.8%。",
            "上年结转政府信息公开申请3件，本年应办79件，办结74件，办结率97.4%，其余5件结转下年度。",
            "承办建议9件、提案6件，共15件；答复全文公开9件，占65.0%，摘要公开6件。",
            "收到政府信息公开申请76件，办结74件。无法提供一项便占办结总数的22.4%。",
            "收到政府信息公开申请76件，办结74件。予以公开和无法提供合占办结总数的61.8%。",
            "收到政府信息公开申请76件，办结74件。予以公开30件、无法提供17件，合占办结的61.8%。",
            "收到政府信息公开申请76件，办结74件。办结申请中，予以公开30件，占39.5%。",
            "收到政府信息公开申请76件，办结74件。办结件里，予以公开30件，占39.5%，无法提供17件。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, TABLE, 1);
        }
    }

    #[test]
    fn shares_that_are_right_or_of_something_else() {
        for fine in [
            "收到政府信息公开申请76件，办结74件。无法提供占答复总数的23.0%。",
            "上年结转政府信息公开申请3件，本年应办79件，办结74件，办结率93.7%，其余5件结转下年度。",
            "新收政府信息公开申请76件，办结74件，办结率97.4%，另有5件结转下年度。",
            "承办建议9件、提案6件，共15件；答复全文公开9件，占60.0%，摘要公开6件。",
            "收到政府信息公开申请76件，办结74件。无法提供占申请总数的22.4%。",
            "全年办结政府信息公开申请74件，予以公开30件，占新收申请的39.5%。",
            "因政府信息公开引起的行政复议71件，其中维持43件、纠正12件，被纠正的占复议案件总数的16.9%。",
            "收到政府信息公开申请76件，办结74件。无法提供占上年答复总数的22.4%。",
            "收到政府信息公开申请76件，办结74件。第四季度无法提供占答复总数的31.2%。",
            "收到政府信息公开申请76件，办结74件。征地类无法提供占答复总数的11.2%。",
            "收到政府信息公开申请76件，办结74件。无法提供一项便占办结总数的23.0%。",
            "收到政府信息公开申请76件，办结74件。予以公开30件、无法提供17件，合占办结的63.5%。",
            "收到政府信息公开申请76件，办结74件。办结申请中，予以公开30件，占40.5%。",
            "收到政府信息公开申请76件，办结74件。办结申请中，无法提供17件，其中征地类9件，占52.9%。",
            "收到政府信息公开申请76件，办结74件。办结较多的申请中，予以公开30件，占39.5%。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, TABLE, 0);
        }
    }
}
