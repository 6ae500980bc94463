//! The owner of the figures of a text, as far as the figures themselves show it.
//!
//! 全市公安机关 may be more than the tables hold, or just what they hold. Where most figures of a text agree with the
//! tables they are those of the tables, whatever the words say of whose they are, and one that differs is a slip.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::prose::clause::Counted;
use crate::prose::mention::{Mention, Others};
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::readings::readings;
use crate::report::Report;

/// Decides for the figures that are not plainly the body's own whether the tables hold them: one of another body loses
/// its meaning, and a difference of one of an office is only worth a look, unless its neighbours prove that the
/// tables are meant.
pub(super) fn settle_scope(report: &Report, mentions: &mut [Mention]) {
    for others in [Others::Foreign, Others::Office] {
        let proven = agree_with_tables(report, mentions, others);
        // 全省系统处罚1874件，其中省厅本级62件: the tables hold the second, so the first is of more.
        let mut told: BTreeMap<Decimal, Vec<Unit>> = BTreeMap::new();
        for mention in mentions.iter() {
            let units = told.entry(mention.value).or_default();
            if !units.contains(&mention.unit) {
                units.push(mention.unit);
            }
        }
        for mention in mentions.iter_mut().filter(|mention| mention.of_others == Some(others)) {
            let wanted = mention.counted.as_ref().map(|counted| values(report, counted));
            let is_told =
                |value: &Decimal| told.get(value).is_some_and(|u| u.contains(&mention.unit));
            let elsewhere = wanted.iter().flatten().any(is_told);
            let own = mention.counted.as_ref().is_some_and(|c| is_of_tables(report, mention, c));
            match (proven && (own || !elsewhere), others) {
                (true, _) => mention.unread = mention.unread.filter(|_| mention.counted.is_none()),
                (false, Others::Foreign) => mention.told = mention.counted.take(),
                (false, Others::Office) => {
                    if let Some(counted) = &mut mention.counted {
                        counted.only_hint = true;
                    }
                }
            }
        }
    }
}

/// True if enough figures agree with the tables that it cannot be chance, and hardly any differs.
fn agree_with_tables(report: &Report, mentions: &[Mention], others: Others) -> bool {
    /// Small figures agree by chance.
    const LARGE: u32 = 10;
    let mine = mentions.iter().filter(|m| m.of_others == Some(others) && m.of_this_year);
    let mut agreeing: Vec<Decimal> = Vec::new();
    let mut n_differing = 0;
    for mention in mine.filter(|mention| mention.exactness == Exactness::Exact) {
        let Some(counted) = mention.counted.as_ref().filter(|c| !c.at_most && !c.only_hint) else {
            continue;
        };
        if is_of_tables(report, mention, counted) {
            if mention.value > Decimal::ZERO && !agreeing.contains(&mention.value) {
                agreeing.push(mention.value);
            }
        } else {
            n_differing += 1;
        }
    }
    let large = agreeing.iter().filter(|value| **value >= Decimal::from(LARGE)).count();
    agreeing.len() >= 2 && large >= 1 && n_differing * 2 <= agreeing.len()
}

/// True if a figure is one of those that the tables hold for what it counts.
fn is_of_tables(report: &Report, mention: &Mention, counted: &Counted) -> bool {
    let equals = |value: Decimal| (mention.value - value).abs() < mention.step.max(Decimal::ONE);
    values(report, counted).into_iter().any(equals)
}

/// The values that the tables hold for what a figure counts, one for each way to read it.
fn values(report: &Report, counted: &Counted) -> Vec<Decimal> {
    readings(report, counted).into_iter().flatten().filter_map(|reading| reading.value).collect()
}
