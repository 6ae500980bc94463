//! Reading of running text: which figure counts which thing, for whom and for which period.
//!
//! The reading is shallow and careful. It knows phrases, cuts sentences into clauses, and lets a figure
//! count only what its own clause names; whatever it cannot place with certainty stays without a meaning,
//! and rules leave such a figure alone. It returns readings and never judges: the rules do.
//!
//! # One sentence from end to end
//!
//! > 全年收到政府信息公开申请42件（含上年结转3件），办结40件，其中予以公开31件。
//!
//! 1. **Tokens** ([`token`]). The longest phrases of [`lexicon`] at each place, figures with their units
//!    ([`numeral`]) and marks: `全年` a period of the report, `收到` the quantity *received*,
//!    `政府信息公开申请` the noun for applications, `42件` a figure, `（` a mark, `含` the opening of a list,
//!    `上年结转` the quantity *carried in*, `3件` a figure, and so on. Anything else says nothing.
//! 2. **Clauses** ([`sentence`]). Marks end a clause and brackets hold one of their own. The clause of 42 is
//!    `全年收到政府信息公开申请`, that of 3 is `含上年结转`, that of 31 is `其中予以公开`. The bracket behind 42 and
//!    `其中` behind 40 each open a [`List`] whose whole is the figure before.
//! 3. **The thing counted** ([`clause`]). `收到` and `政府信息公开申请` stand in the clause of 42 with nothing of
//!    unknown meaning behind them, so 42 counts applications coming in, of all applicants. 3 counts those
//!    carried in, 40 those dealt with, and 31 an outcome, because applications are the topic.
//! 4. **Admissible readings** ([`readings`](readings())). Offices say 收到 for two sums: the new applications
//!    alone, or with those carried in. In a report with 39 new applications and 3 carried in, the readings
//!    of 42 come to 39 and to 42.
//! 5. **Verdict**, which is the business of the rules: 42 equals one of its readings and is right. With 40
//!    new applications its readings would be 40 and 43, and it would be wrong.
//!
//! An unread figure is as important: had the clause said `通过网站收到申请42件`, the figure would be a part
//! that no table holds, and would have no meaning.

mod arithmetic;
mod bare;
mod clause;
#[cfg(test)]
mod corpus;
mod lexicon;
mod list;
mod mention;
mod numeral;
mod numeral_rows;
mod passage;
mod readings;
mod sentence;
mod slip;
mod spelled;
mod sums;
mod thing;
mod token;

use crate::report::{Report, Text};

pub(crate) use arithmetic::{added, may_be_rounded, percent};
pub(crate) use bare::{Bare, BareKind, bare_numbers, is_span};
pub(crate) use clause::{Change, Claimed, Counted, Growth, Joined, Term, Wordless, whole_group};
pub(crate) use lexicon::{
    AspectColumn, Lexicon, QuantityKind, Sense, SubjectRow, Word, Words, by_field, listed,
};
pub(crate) use list::{List, is_filled_between};
pub(crate) use mention::{Mention, NamedShare, Share, Unread};
pub(crate) use numeral::{Exactness, Unit};
pub(crate) use passage::Passage;
pub(crate) use readings::{Reading, readings, row_value};
pub(crate) use slip::{are_swapped, one_slip};
pub(crate) use sums::{
    Balance, BesidePlan, Product, Ratio, Sum, beside_plans, has_own_total, name_of_share,
};
pub(crate) use thing::Thing;
pub(crate) use token::{names_quantity, senses};

/// All texts of a report as read.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// One for every text of [`Report::texts`], in the same order.
    pub(crate) passages: Vec<Passage>,
    /// The number of sentences too long to be read; their figures stay without a meaning.
    pub(crate) n_unread: usize,
}

impl Prose {
    /// Reads all texts of a report.
    pub(crate) fn of(report: &Report) -> Self {
        let (passages, n_unread) = sentence::passages(report);
        Self { passages, n_unread }
    }

    /// Every text of the report it was read from, with what was read.
    pub(crate) fn each<'a>(
        &'a self,
        report: &'a Report,
    ) -> impl Iterator<Item = (&'a Passage, &'a Text)> {
        self.passages.iter().zip(report.texts().into_iter().map(|(_, text)| text))
    }
}

#[cfg(test)]
mod tests {
    use super::clause::Claimed;
    use super::token::{What, tokens};
    use super::*;
    use crate::edition::{Edition, RequestColumn, RequestRow};
    use crate::report::Entry;

    const SENTENCES: &str = "2023年，全市共收到政府信息公开申请128件，其中自然人107件、法律服务机构12件、其他9件。\
        办结128件（含上年结转2件），予以公开58件，占45.3%；部分公开两件；因不掌握相关政府信息无法提供37件，\
        不予处理31件，包括信访举报投诉类申请30件、无正当理由大量反复申请1件。结转下年度继续办理0件。\
        没有因政府信息公开引起的行政复议、行政诉讼。12345热线受理诉求68,848件，\n\n已经办结68710件，办结率99.8%。\
        行政复议、行政诉讼分别为33件、21件。发布信息1.2万余条《通知》（国办发〔2019〕19号）。\n收取信息处理费０元。新收申请128件，同比增长25%（较上年下降3%），比上年增加20件，是上年的1.5倍，与上年持平，翻了一番。\
        2022年收到政府信息公开申请100件。";

    fn read_text(text: Text) -> Passage {
        let mut report = Report::empty(Edition::Y2021);
        report.header.year = Some(2023);
        report.overview.text = Some(text);
        Prose::of(&report).passages.remove(0)
    }

    /// A small generator of numbers, the same in every run.
    fn next(state: &mut u64) -> usize {
        *state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*state >> 33).unwrap_or(0)
    }

    #[test]
    fn no_text_makes_it_panic_or_point_outside() {
        let original: Vec<char> = SENTENCES.chars().collect();
        let mut state = 7;
        for _ in 0..2000 {
            let mut text = original.clone();
            for _ in 0..=next(&mut state) % 6 {
                let (at, from) = (next(&mut state) % text.len(), next(&mut state) % original.len());
                match next(&mut state) % 4 {
                    0 => text[at] = original[from],
                    1 => text.insert(at, original[from]),
                    2 => text.truncate(at.max(1)),
                    _ => {
                        text.remove(at);
                        text.push('（');
                    }
                }
            }
            let text: String = text.into_iter().collect();
            let passage = read_text(Text::new(text.clone()));
            for (i, mention) in passage.mentions.iter().enumerate() {
                assert!(mention.growth.is_none_or(|growth| growth.of < i), "{mention:?} in {text}");
                for range in [&mention.range, &mention.digits, &mention.phrase] {
                    assert!(text.get(range.clone()).is_some(), "{range:?} in {text}");
                }
            }
            for list in &passage.lists {
                assert!(list.parts.iter().all(|part| *part > list.whole), "{list:?} in {text}");
            }
            for claim in &passage.claims {
                assert!(text.get(claim.range.clone()).is_some(), "{claim:?} in {text}");
                if let Claimed::Change(of, _) | Claimed::LastYear(of, _) = claim.what {
                    assert!(of < passage.mentions.len(), "{claim:?} in {text}");
                }
            }
        }
    }

    #[test]
    fn a_bound_figure_is_known_as_such() {
        let typed = "收到政府信息公开申请{{ a }}件，其中自然人7件";
        let at = typed.find("{{").unwrap();
        let text = Text::new(typed).with_figures(&[(at..at + 7, "128".into())]);
        let bound: Vec<bool> = read_text(text).mentions.iter().map(|m| m.bound).collect();
        assert_eq!(bound, [true, false]);
    }

    #[test]
    fn parts_know_their_whole() {
        let passage = read_text(Text::new(SENTENCES));
        let value = |i: &usize| passage.mentions[*i].value.to_string();
        let lists: Vec<(String, Vec<String>)> = passage
            .lists
            .iter()
            .map(|list| (value(&list.whole), list.parts.iter().map(value).collect()))
            .collect();
        let list = |whole: &str, parts: &[&str]| {
            (whole.to_owned(), parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>())
        };
        assert!(lists.contains(&list("128", &["107", "12", "9"])), "{lists:?}");
        assert!(lists.contains(&list("128", &["2"])), "{lists:?}");
        assert!(lists.contains(&list("31", &["30", "1"])), "{lists:?}");
    }

    const WALKED: &str =
        "全年收到政府信息公开申请42件（含上年结转3件），办结40件，其中予以公开31件。";

    #[test]
    fn the_sentence_of_the_documentation_is_read_as_it_says() {
        let documented =
            include_str!("mod.rs").lines().any(|line| line == format!("//! > {WALKED}"));
        assert!(documented);
        let printed: Vec<&str> =
            tokens(WALKED).iter().map(|token| &WALKED[token.range.clone()]).collect();
        let first =
            ["全年", "收到", "政府信息公开申请", "42件", "（", "含", "上年结转", "3件", "）"];
        assert_eq!(printed[..first.len()], first);
        assert!(!tokens(WALKED).iter().any(|token| token.what == What::Other));

        let mut report = Report::empty(Edition::Y2021);
        report.requests.cells[(RequestRow::Received, RequestColumn::Total)] = Entry::Value(39);
        report.requests.cells[(RequestRow::CarriedIn, RequestColumn::Total)] = Entry::Value(3);
        let passage = read_text(Text::new(WALKED));
        let kinds: Vec<_> = passage
            .mentions
            .iter()
            .map(|m| m.counted.as_ref().map(|counted| counted.kind))
            .collect();
        let expected = [
            QuantityKind::Intake,
            QuantityKind::CarriedIn,
            QuantityKind::Handled,
            QuantityKind::Outcome,
        ];
        assert_eq!(kinds, expected.map(Some));
        let lists: Vec<_> =
            passage.lists.iter().map(|list| (list.whole, &list.parts[..])).collect();
        assert_eq!(lists, [(0, &[1][..]), (2, &[3])]);
        let received = passage.mentions[0].counted.as_ref().unwrap();
        let values: Vec<_> = readings(&report, received).concat().iter().map(|r| r.value).collect();
        assert_eq!(values, [Some(39.into()), Some(42.into())]);

        let part = read_text(Text::new("通过网站收到申请42件"));
        assert!(part.mentions[0].counted.is_none());
    }
}
