//! Texts of one report that stand in another one, found without holding each against each.
//!
//! An index of fingerprints says how many each two texts share; only the few likeliest are held against each other by the
//! measure of NB704. The work grows with the length of all texts, not with the square of their number: of a fingerprint that
//! many have, only the first of them are counted.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use crate::ordered::in_order;
use crate::rules::{OwnText, Repeated};

/// A text that stands in that of another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alike {
    /// The unit, as an index into the list.
    pub(crate) unit: usize,
    /// The other one, in whose text the most of it stands.
    pub(crate) with: usize,
    /// The extent to which it does.
    pub(crate) here: Repeated,
    /// The extent to which the text of the other one stands in this.
    pub(crate) there: Repeated,
}

/// A clause that most units have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Common {
    /// The clause, as the first of them has it.
    pub(crate) words: String,
    /// The number of units that have it, or nearly so.
    pub(crate) n_units: usize,
}

/// A shorter text is not judged, in characters.
const SHORT: usize = 100;
/// Of a fingerprint with more owners only so many count.
const MOST_OWNERS: usize = 32;
/// The texts that are looked at in full for each.
const LIKELY: usize = 3;
/// Without so many units nothing is common to most of them.
const FEWEST: usize = 5;

/// The texts that stand in others by more than `limit` percent, in the order of the units, and the clauses that more than
/// half of the units have: those are the words of the office rather than of one of them.
pub(super) fn find(mut texts: Vec<(usize, OwnText)>, limit: usize) -> (Vec<Alike>, Vec<Common>) {
    let common = take_common(&mut texts);
    let index = Index::of(&texts);
    let never = AtomicBool::new(false);
    let mut best: Vec<Option<(usize, Repeated)>> = Vec::with_capacity(texts.len());
    let look = |i: usize| {
        let (_, text) = &texts[i];
        let looked = index.likely(i).into_iter().map(|j| (j, text.repeated_in(&texts[j].1)));
        let likest = looked.max_by_key(|(j, found)| (found.repeated, std::cmp::Reverse(*j)))?;
        let found = &likest.1;
        (found.all >= SHORT && found.repeated * 100 > found.all * limit).then_some(likest)
    };
    in_order(texts.len(), &never, look, |_, found| best.push(found));
    let is_told = |i: usize, j: usize| j < i && best[j].as_ref().is_some_and(|(k, _)| *k == i);
    let alike = best.iter().enumerate().filter_map(|(i, found)| {
        let (j, here) = found.as_ref().filter(|(j, _)| !is_told(i, *j))?;
        let there = texts[*j].1.repeated_in(&texts[i].1);
        Some(Alike { unit: texts[i].0, with: texts[*j].0, here: here.clone(), there })
    });
    (alike.collect(), common)
}

/// Takes the clauses out of the texts of which most fingerprints are those of more than half of them.
fn take_common(texts: &mut [(usize, OwnText)]) -> Vec<Common> {
    let prints: Vec<Vec<Vec<u64>>> = texts.iter().map(|(_, text)| text.fingerprints()).collect();
    let mut owners: HashMap<u64, usize> = HashMap::new();
    for own in &prints {
        let mut all: Vec<u64> = own.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().for_each(|print| *owners.entry(print).or_default() += 1);
    }
    let n = texts.len();
    let is_often = |print: &&u64| n >= FEWEST && owners[*print] * 2 > n;
    let mut told: HashMap<u64, ()> = HashMap::new();
    let mut common: Vec<Common> = Vec::new();
    for ((_, text), prints) in texts.iter_mut().zip(&prints) {
        let mut kept = Vec::with_capacity(text.clauses.len());
        for (words, prints) in std::mem::take(&mut text.clauses).into_iter().zip(prints) {
            let n_often = prints.iter().filter(is_often).count();
            if prints.is_empty() || n_often * 4 < prints.len() * 3 {
                kept.push(words);
                continue;
            }
            // Nearly the same words of another unit are the same clause.
            let is_new = prints.iter().filter(is_often).all(|print| !told.contains_key(print));
            told.extend(prints.iter().map(|print| (*print, ())));
            if is_new {
                let n_units = prints.iter().map(|print| owners[print]).max().unwrap_or(0);
                common.push(Common { words, n_units });
            }
        }
        text.clauses = kept;
    }
    common
}

/// The texts by their fingerprints.
struct Index {
    /// Those of each text, each once.
    prints: Vec<Vec<u64>>,
    /// The first texts that have each.
    owners: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn of(texts: &[(usize, OwnText)]) -> Self {
        let of_text = |(_, text): &(usize, OwnText)| {
            let mut all: Vec<u64> = text.fingerprints().concat();
            all.sort_unstable();
            all.dedup();
            all
        };
        let prints: Vec<Vec<u64>> = texts.iter().map(of_text).collect();
        let mut owners: HashMap<u64, Vec<usize>> = HashMap::new();
        for (i, prints) in prints.iter().enumerate() {
            for print in prints {
                let of_it = owners.entry(*print).or_default();
                if of_it.len() <= MOST_OWNERS {
                    of_it.push(i);
                }
            }
        }
        // What only one has finds nothing.
        owners.retain(|_, of_it| of_it.len() > 1);
        Self { prints, owners }
    }

    /// The texts that share the most fingerprints with one, the likeliest first.
    fn likely(&self, text: usize) -> Vec<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for print in &self.prints[text] {
            for other in self.owners.get(print).into_iter().flatten().filter(|i| **i != text) {
                *votes.entry(*other).or_default() += 1;
            }
        }
        let mut counted: Vec<(usize, usize)> = votes.into_iter().map(|(i, n)| (n, i)).collect();
        counted.sort_unstable_by_key(|(n, i)| (std::cmp::Reverse(*n), *i));
        counted.into_iter().take(LIKELY).map(|(_, i)| i).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(clauses: &[&str]) -> OwnText {
        OwnText { clauses: clauses.iter().map(|clause| (*clause).to_owned()).collect() }
    }

    const OWN: [&str; 4] = [
        "门户网站的政策栏目由各业务科室轮流值守，逾期不更新的由办公室当日提醒并登记在册",
        "年内把三百余件历史文件逐件核对，失效的移出现行有效目录，并注明移出的日期和原因",
        "在政务大厅设置自助查询终端，群众可以自行打印办事指南，工作人员负责讲解填写要求",
        "与镇村两级共同梳理试点领域的公开事项，编成一册目录，印发各村并在公告栏里张贴",
    ];
    const OTHER: [&str; 3] = [
        "水库移民后期扶持的资金安排按批次公布，项目验收以后补充公布结算的情况和照片",
        "防汛物资的采购和发放逐笔登记，汛期结束以后在网站上公布全部的明细供社会监督",
        "河长名单随人员调整当月更新，每一处公示牌都有电话，接听的情况由值班人员记录",
    ];

    #[test]
    fn a_copy_is_found_with_other_figures_and_a_word_more_and_told_once() {
        let copied =
            OWN.map(|clause| clause.replace("三百余件", "120件").replace("当日", "当日电话"));
        let mut copied: Vec<&str> = copied.iter().map(String::as_str).collect();
        copied.push(OTHER[0]);
        let texts = vec![(3, text(&OWN)), (5, text(&OTHER)), (8, text(&copied))];
        let (alike, common) = find(texts, 50);
        assert_eq!(alike.len(), 1, "{alike:?}");
        assert_eq!((alike[0].unit, alike[0].with), (3, 8));
        assert!(alike[0].here.percent() == 100 && (70..90).contains(&alike[0].there.percent()));
        assert!(common.is_empty());
    }

    #[test]
    fn the_words_of_the_office_are_no_copy_and_are_named() {
        let of = |i: usize| {
            let own = format!("第{i}处办事大厅{}", OTHER[i % 3]);
            let mut all: Vec<String> = OWN.map(str::to_owned).to_vec();
            all.push(own);
            OwnText { clauses: all }
        };
        let texts: Vec<(usize, OwnText)> = (0..6).map(|i| (i, of(i))).collect();
        let (_, common) = find(texts, 50);
        assert_eq!(common.len(), 4, "{common:?}");
        assert_eq!(common[0], Common { words: OWN[0].to_owned(), n_units: 6 });
    }

    #[test]
    fn thousands_of_texts_take_no_square() {
        let word = |n: usize| char::from_u32(0x4e00 + u32::try_from(n % 5000).unwrap()).unwrap();
        let of = |i: usize| -> OwnText {
            // Every second is the copy of the one before it.
            let seed = i / 2 * 2;
            let clause = |k: usize| {
                (0..24).map(|c| word(seed * 7919 + k * 104_729 + c * (17 + k))).collect::<String>()
            };
            OwnText { clauses: (0..6).map(clause).collect() }
        };
        let texts: Vec<(usize, OwnText)> = (0..2_000).map(|i| (i, of(i))).collect();
        let (alike, _) = find(texts, 50);
        assert_eq!(alike.len(), 1_000);
        assert!(alike.iter().all(|pair| pair.with == pair.unit + 1));
    }
}
