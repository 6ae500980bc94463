//! [`Mention`]: a figure in running text with all that the text says of it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clause::{Counted, Growth};
use super::lexicon::{Counter, Lexicon};
use super::numeral::{Exactness, Unit};

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
    /// The number of decimals that are printed.
    pub(crate) places: u32,
    /// The worth of one in its last printed place.
    pub(crate) step: Decimal,
    /// The unit.
    pub(crate) unit: Unit,
    /// The exactness it claims.
    pub(crate) exactness: Exactness,
    /// The reason why its meaning was not even looked for.
    pub(crate) unread: Option<Unread>,
    /// The bytes of the words that name whose figure it is, where it is another body's.
    pub(crate) owner: Option<Range<usize>>,
    /// The thing that it counts of another body, or by the data file of none in the tables.
    pub(crate) told: Option<Counted>,
    /// Its owner, where that is not plainly the body itself.
    pub(crate) of_others: Option<Others>,
    /// True if it was bound, and so is right by construction.
    pub(crate) bound: bool,
    /// The thing counted, if that is certain.
    pub(crate) counted: Option<Counted>,
    /// True if it is a figure of the report year and not a comparison with another one.
    pub(crate) of_this_year: bool,
    /// The list it is a part of.
    pub(crate) list: Option<usize>,
    /// The first sum that comes out which it is a part of.
    pub(crate) sum: Option<usize>,
    /// True if 等 follows.
    pub(crate) open_end: bool,
    /// True if it is what is left: 其他.
    pub(crate) is_rest: bool,
    /// For a share: of what.
    pub(crate) share: Option<Share>,
    /// For a share of which no figure tells the part: what its words name as part and whole.
    pub(crate) named_share: Option<NamedShare>,
    /// For a change against the year before: of what.
    pub(crate) growth: Option<Growth>,
    /// The number of the sentence it stands in.
    pub(crate) sentence: usize,
}

/// The reason why nobody asked for the meaning of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is that of another body, or of more or less than the report.
    OtherBody,
    /// It is that of another year or period.
    OtherPeriod,
    /// The data file declares that it is not of the tables, by the place of the declaration in the report.
    Declared(usize),
}

/// The owner of a figure that is not plainly the body's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// Another body's, or of more or less than the report.
    Foreign,
    /// One office's, or the body's by name, with or without what is under it.
    Office,
}

/// The part and the whole of a percentage.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Share {
    /// The figure that is the part.
    pub(crate) part: usize,
    /// Further figures that are added to it: 两项占.
    pub(crate) others: Vec<usize>,
    /// The figure that is told as the whole: 占612条的.
    pub(crate) whole_figure: Option<usize>,
    /// The thing that is named as the whole.
    pub(crate) whole: Option<Counted>,
    /// True if nothing but its name and the body's own words name the whole: 占办结总数的, but not 占省政府办结数的.
    pub(crate) whole_is_plain: bool,
    /// True if it is a rate of completion: the part is completed, the whole came in.
    pub(crate) finish: bool,
}

impl Share {
    /// The share of one figure in a whole that nothing names.
    pub(crate) fn of(part: usize) -> Self {
        Self {
            part,
            others: Vec::new(),
            whole_figure: None,
            whole: None,
            whole_is_plain: false,
            finish: false,
        }
    }
}

/// The part and the whole that the words of a share name: 无法提供占答复总数的24.1%.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedShare {
    /// The part.
    pub(crate) part: Counted,
    /// The whole.
    pub(crate) whole: Counted,
}

impl Mention {
    /// True if a rule may judge it: typed, exact in meaning, of this year.
    pub(crate) fn is_typed(&self) -> bool {
        !self.bound && self.of_this_year
    }

    /// True if the words directly before it say that it was told before: 这9件, 上述3件, but not 3次以上2件.
    pub(crate) fn refers_back(&self, text: &str) -> bool {
        let before = &text[..self.digits.start];
        let Some(word) = Lexicon::get().clauses.referring.end_of(before) else { return false };
        let before = &before[..before.len() - word.len()];
        !word.ends_with('上') || !before.ends_with(char::is_alphanumeric)
    }

    /// True if the words directly behind it say something of all that it counts: 11项均已完成.
    pub(crate) fn is_said_of_all(&self, text: &str) -> bool {
        Lexicon::get().things.all.start_of(&text[self.range.end..]).is_some()
    }

    /// True if a figure before it counts people or bodies of whom each has as many: 3名自然人各提出2件.
    pub(crate) fn is_of_each_of(&self, before: &Self, text: &str) -> bool {
        const EACH: char = '各';
        let applies = before.unit.counter().is_some_and(Counter::counts_applicants);
        let between = text.get(before.range.end..self.digits.start).unwrap_or_default();
        applies && between.contains(EACH) && !between.contains(['，', '；', '。'])
    }

    /// True if it is as many for each of some that are counted or named, and no sum: 两个乡镇各1件, 公益组织和其他组织各1件.
    pub(crate) fn is_for_each(&self, text: &str) -> bool {
        const REACH: usize = 12;
        let before = &text[..self.digits.start];
        let Some(before) = before_each(before) else { return false };
        let near = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let clause = before[near..].rsplit(['，', '；', '。', '（']).next().unwrap_or_default();
        let mut names = clause.rsplit('、');
        let name = names.next().unwrap_or_default();
        // 科研机构、公益组织各1件
        let two = |other: &str| !other.is_empty() && other.chars().all(char::is_alphabetic);
        if names.next().is_some_and(two) {
            return true;
        }
        // 其余三个分局各2件
        let rests = &Lexicon::get().sums.others;
        let name = rests.start_of(name).map_or(name, |rest| &name[rest.len()..]);
        name.starts_with(|c: char| c.is_ascii_digit() || "两二三四五六七八九十几".contains(c))
            || name.contains(['和', '与', '及'])
    }

    /// True if it is a rate of completion or of something else than a part, and a bracket of one character up to `end` follows.
    pub(crate) fn is_rate_up_to(&self, end: usize) -> bool {
        let rate = self.unit == Unit::Percent && self.growth.is_none();
        let told = self.share.as_ref().is_none_or(|share| share.finish);
        rate && told && self.range.end + '（'.len_utf8() >= end
    }

    /// True if it is an exact number of things, or an amount, and no change.
    pub(crate) fn counts_exactly(&self) -> bool {
        self.is_exact_number() && self.growth.is_none()
    }

    /// True if it is an exact number of things, or an amount, be it a change or one that has changed.
    pub(crate) fn is_exact_number(&self) -> bool {
        matches!(self.unit, Unit::Counter(_) | Unit::Yuan) && self.exactness == Exactness::Exact
    }

    /// True if it is a mean: 日均3条.
    pub(crate) fn is_average(&self, text: &str) -> bool {
        let words = text.get(self.phrase.start..self.digits.start).unwrap_or_default();
        Lexicon::get().sums.means.of_each.are_in(words)
            || Lexicon::get().clauses.averages.are_in(words)
    }

    /// True if it is told of each of several: 每期印发3200份.
    pub(crate) fn is_of_each(&self, text: &str) -> bool {
        const EACH: char = '每';
        const REACH: usize = 6;
        let before = text.get(..self.digits.start).unwrap_or_default();
        let mut near = before.chars().rev().take(REACH).take_while(|c| c.is_alphabetic());
        if near.any(|c| c == EACH) {
            return true;
        }
        // 每四件办结件中约有一件
        let clause = before.rsplit(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
        if clause.strip_prefix(EACH).is_some_and(starts_with_number) && clause.contains('中') {
            return true;
        }
        // 每10件申请中，就有8件
        let mut clauses = before.rsplit(['，', '。', '；', '：', '\n']);
        let then = clauses.next().is_some_and(|said| Lexicon::get().clauses.then.has(said));
        then && clauses.next().is_some_and(|c| c.starts_with(EACH))
    }

    /// True if it is taken off what is told: 除2件外.
    pub(crate) fn is_excluded(&self, text: &str) -> bool {
        const REACH: usize = 12;
        let behind = text[self.range.end..].chars().take(REACH);
        let mut behind = behind.take_while(|c| !"，。；、：\n".contains(*c));
        let excluded = &Lexicon::get().clauses.excluded;
        excluded.end_of(&text[..self.digits.start]).is_some() && behind.any(|c| c == '外')
    }

    /// True if it counts things in the same unit as another figure; 条次 are 条.
    pub(crate) fn same_unit(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Unit::Counter(own), Unit::Counter(other)) => own.is_like(other),
            (own, other) => own == other,
        }
    }
}

/// The words before 各, where no more than a short verb stands behind it: 第三、四季度各清理.
fn before_each(words: &str) -> Option<&str> {
    const EACH: char = '各';
    /// The most characters of the verb.
    const VERB: usize = 3;
    /// The first characters of what 各 belongs to: 各乡镇.
    const NOUNS: &str = "类个种项部单乡镇级地方区县市街科室季月年期";
    let mut near = words.char_indices().rev().take(VERB + 1);
    let at = near.find_map(|(at, c)| (c == EACH || !c.is_alphabetic()).then_some((at, c)));
    let (at, _) = at.filter(|(_, c)| *c == EACH)?;
    let verb = &words[at + EACH.len_utf8()..];
    (!verb.starts_with(|c| NOUNS.contains(c))).then_some(&words[..at])
}

/// True if words begin with a number and a counter: 四件, but not 四季度.
fn starts_with_number(words: &str) -> bool {
    const NUMERALS: &str = "一二两三四五六七八九十百0123456789";
    let behind = words.trim_start_matches(|c| NUMERALS.contains(c));
    behind.len() < words.len() && Lexicon::get().counters.start_of(behind).is_some()
}
