//! Reading of running text: which figure counts what, for whom and for which period.
//!
//! The reading is shallow and careful. It knows the phrases of `data/phrases.toml`, cuts sentences
//! into clauses, and lets a figure count only what its own clause names; whatever it cannot place
//! with certainty stays without a meaning, and rules leave such a figure alone.

mod applications;
mod bodies;
mod claim;
mod growth;
mod level;
mod lexicon;
mod list;
mod meaning;
mod numeral;
mod read;
mod readings;
mod token;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::report::{FieldPath, Report, Text};

pub(crate) use growth::{Change, Growth, Wordless};
pub(crate) use lexicon::{Kind, Lexicon};
pub(crate) use list::List;
pub(crate) use meaning::{Counted, Joined, Term};
pub(crate) use numeral::{Exactness, Unit};
pub(crate) use readings::{Reading, cell_value, readings};

/// All texts of a report as read.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// One for every text of [`Report::texts`], in the same order.
    pub(crate) passages: Vec<Passage>,
}

/// One text as read.
#[derive(Debug)]
pub(crate) struct Passage {
    /// Its address.
    pub(crate) path: FieldPath,
    /// Its figures in order.
    pub(crate) mentions: Vec<Mention>,
    /// Its lists of parts of a whole.
    pub(crate) lists: Vec<List>,
    /// What it says without a figure.
    pub(crate) claims: Vec<Claim>,
}

/// A figure in running text.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The bytes of the printed text from the first digit to the end of the unit.
    pub(crate) range: Range<usize>,
    /// The bytes of the digits alone.
    pub(crate) digits: Range<usize>,
    /// The bytes of the words that name it and the figure itself.
    pub(crate) phrase: Range<usize>,
    /// The value.
    pub(crate) value: Decimal,
    /// How many decimals are printed.
    pub(crate) places: u32,
    /// What is counted.
    pub(crate) unit: Unit,
    /// How exact it claims to be.
    pub(crate) exactness: Exactness,
    /// Whether it was bound, and so is right by construction.
    pub(crate) bound: bool,
    /// What it counts, if that is certain.
    pub(crate) counted: Option<Counted>,
    /// Whether it is a figure of the report year and not a comparison with another one.
    pub(crate) of_this_year: bool,
    /// The list it is a part of.
    pub(crate) list: Option<usize>,
    /// Whether 等 follows.
    pub(crate) open_end: bool,
    /// Whether it is what is left: 其他.
    pub(crate) is_rest: bool,
    /// For a share: of what.
    pub(crate) share: Option<Share>,
    /// For a change against the year before: of what.
    pub(crate) growth: Option<Growth>,
    /// The number of the sentence it stands in.
    pub(crate) sentence: usize,
}

/// What a percentage says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Share {
    /// The figure that is the part.
    pub(crate) part: usize,
    /// What is named as the whole.
    pub(crate) whole: Option<Counted>,
    /// Whether it is a rate of completion: the part is completed, the whole came in.
    pub(crate) finish: bool,
}

/// Something said without a figure, or of another year.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The bytes of the printed text.
    pub(crate) range: Range<usize>,
    /// What is claimed.
    pub(crate) what: Claimed,
}

/// What is said without a figure, or of another year.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Claimed {
    /// There was none of it.
    None(Counted),
    /// Every application has been dealt with.
    AllHandled,
    /// A figure is as it was the year before, or twice as much.
    Change(usize, Wordless),
    /// A figure was that many of something the year before.
    LastYear(usize, Counted),
}

impl Prose {
    /// Reads all texts of a report.
    pub(crate) fn of(report: &Report) -> Self {
        Self { passages: read::passages(report) }
    }

    /// Every text of the report it was read from, with what was read.
    pub(crate) fn each<'a>(
        &'a self,
        report: &'a Report,
    ) -> impl Iterator<Item = (&'a Passage, &'a Text)> {
        self.passages.iter().zip(report.texts().into_iter().map(|(_, text)| text))
    }
}

impl Mention {
    /// Whether a rule may judge it: typed, exact in meaning, of this year.
    pub(crate) fn is_typed(&self) -> bool {
        !self.bound && self.of_this_year
    }

    /// Whether it counts things in the same unit as another figure.
    pub(crate) fn same_unit(&self, other: &Self) -> bool {
        self.unit == other.unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;
    use crate::report::Text;

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
}
