//! Figures in a row that mean to add up, with or without a word that says so: 文字83篇、图文56篇，共139篇.
//!
//! The lists of [`List`](super::List) open with a word. Much else is added up in texts: what stands before
//! 合计 and 共, what divides a whole by 按…分, the parts that follow their whole with nothing but a comma.
//! This reading looks at figures of one unit on one level of brackets and at what stands between them.

use rust_decimal::Decimal;

use super::lexicon::Lexicon;
use super::mention::Mention;
use super::numeral::{Exactness, Unit};

/// Figures that mean to add up to another one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sum {
    /// The figures that are added.
    pub(crate) parts: Vec<usize>,
    /// The figure that they should come to; none where it is the applications of the report.
    pub(crate) total: Option<usize>,
    /// True if a single part is larger than the whole that it is said to be a part of.
    pub(crate) impossible: bool,
    /// True if they do add up.
    pub(crate) fits: bool,
}

/// The sums of a text; `about_requests` is whether applications are its matter.
pub(super) fn sums(text: &str, mentions: &[Mention], about_requests: bool) -> Vec<Sum> {
    /// A sentence with more figures is a table, and the search would be slow.
    const MOST: usize = 200;
    let mut found: Vec<Sum> = Vec::new();
    for group in groups(text, mentions).into_iter().filter(|group| group.own.len() <= MOST) {
        let reading = Group { text, mentions, figures: &group, about_requests };
        found.extend(reading.sums());
    }
    found
}

/// The figures of one sentence or of one pair of brackets.
struct Figures {
    /// Where the sentence or the bracket begins.
    start: usize,
    /// The figures, without shares and changes.
    own: Vec<usize>,
    /// The figures of the sentence before, where this is a sentence.
    before: Vec<usize>,
    /// The figure that a bracket stands behind.
    holder: Option<usize>,
}

/// The figures of a text by sentences and brackets.
fn groups(text: &str, mentions: &[Mention]) -> Vec<Figures> {
    let new = |start| Figures { start, own: Vec::new(), before: Vec::new(), holder: None };
    let (mut done, mut open) = (Vec::new(), vec![new(0)]);
    let mut next = 0;
    for (at, c) in text.char_indices() {
        while let Some(mention) = mentions.get(next).filter(|m| m.digits.start <= at) {
            let counts = matches!(mention.unit, Unit::Counter(_) | Unit::Yuan);
            if let Some(last) = open.last_mut().filter(|_| counts && mention.growth.is_none()) {
                last.own.push(next);
            }
            next += 1;
        }
        let behind = at + c.len_utf8();
        match c {
            '（' | '(' => {
                let holder = open.last().and_then(|last| last.own.last().copied());
                let holder = holder.filter(|i| mentions[*i].range.end == at);
                open.push(Figures { holder, ..new(behind) });
            }
            '）' | ')' if open.len() > 1 => done.extend(open.pop()),
            '。' | '！' | '？' | '\n' => {
                done.extend(open.drain(1..));
                let before = open[0].own.clone();
                // A line break behind a full stop ends nothing anew.
                let before = if before.is_empty() { open[0].before.clone() } else { before };
                let before = if c == '\n' { Vec::new() } else { before };
                let sentence = std::mem::replace(&mut open[0], Figures { before, ..new(behind) });
                done.push(sentence);
            }
            _ => {}
        }
    }
    done.extend(open);
    done
}

/// The words between two figures, without what stands in brackets, and without shares and changes.
struct Gap {
    /// All of it.
    all: String,
    /// Cut at its marks; two at least where there is a mark.
    pieces: Vec<String>,
    /// The first mark.
    mark: Option<char>,
}

const MARKS: &[char] = &['、', '，', ',', '；', ';'];

impl Gap {
    fn of(text: &str) -> Self {
        let (mut all, mut depth) = (String::new(), 0_usize);
        for c in text.chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                c if depth == 0 && !c.is_whitespace() => all.push(c),
                _ => {}
            }
        }
        let words = &Lexicon::get().sums;
        let cut: Vec<&str> = all.split(MARKS).collect();
        let last = cut.len() - 1;
        let aside = |piece: &str| words.aside.are_in(piece);
        let pieces = cut.iter().enumerate();
        let pieces = pieces.filter(|(i, piece)| *i == 0 || *i == last || !aside(piece));
        let pieces = pieces.map(|(_, piece)| (*piece).to_owned()).collect();
        let mark = all.chars().find(|c| MARKS.contains(c));
        Self { all, pieces, mark }
    }

    fn first(&self) -> &str {
        self.pieces.first().map_or("", String::as_str)
    }

    fn last(&self) -> &str {
        self.pieces.last().map_or("", String::as_str)
    }

    /// True if nothing but the name of the next part stands there, or that of the one before.
    fn joins(&self) -> bool {
        const LONGEST: usize = 16;
        let words = &Lexicon::get().sums;
        let short = |piece: &str| piece.chars().count() <= LONGEST;
        let joined = match self.pieces.as_slice() {
            [only] => words.joins.start_of(only).is_some(),
            [first, last] => first.is_empty() || last.is_empty(),
            _ => false,
        };
        joined
            && short(self.first())
            && short(self.last())
            && !self.all.contains('：')
            && !self.all.contains(':')
            && !self.opens()
            && !self.last().starts_with(['由', '除'])
            && !words.aside.are_in(self.last())
    }

    /// True if the next figure is said to be what those before it come to.
    fn totals(&self) -> bool {
        const LONGEST: usize = 5;
        let words = &Lexicon::get().sums;
        let last = self.last();
        let follows = match self.pieces.as_slice() {
            [_] => true,
            [first, _] => first.chars().count() <= LONGEST,
            _ => false,
        };
        let named = words.total.end_of(last).and_then(|end| last.strip_suffix(end));
        follows
            && (words.total_alone.has(last)
                || named.is_some_and(|named| named.chars().count() <= LONGEST))
    }

    /// True if the figures behind are said to be parts of the one before.
    fn opens(&self) -> bool {
        let words = &Lexicon::get().sums;
        words.complete.are_in(&self.all) || words.opens.are_in(&self.all)
    }

    /// True if the figures behind are all the parts of the one before.
    fn opens_all(&self) -> bool {
        let words = &Lexicon::get().sums;
        let told = words.complete.iter().find_map(|word| self.all.find(word));
        let last = self.all.rfind(MARKS).unwrap_or_default();
        // 复议和诉讼分别为: two things of their own.
        let plain = told.is_some_and(|at| {
            at >= last && self.all.get(last..at).is_some_and(|named| !words.joins.are_in(named))
        });
        let by_colon = self.last().rsplit_once('：').is_some_and(|(before, _)| {
            words.opens.end_of(before).is_none() && !words.joins.are_in(before)
        });
        (plain || by_colon) && !self.selects()
    }

    /// True if the figures behind divide something by a point of view: 按申请方式划分, 从发布主体看.
    fn divides(&self) -> bool {
        let words = &Lexicon::get().sums;
        let by = words.by.iter().any(|(from, to)| {
            self.all.find(from.as_str()).is_some_and(|at| self.all[at..].contains(to.as_str()))
        });
        by && !self.selects()
    }

    /// True if only some parts are named: 前三位, 主要.
    fn selects(&self) -> bool {
        Lexicon::get().sums.some.are_in(&self.all)
    }
}

/// The figures of a sentence or bracket with all that the search needs.
struct Group<'a> {
    text: &'a str,
    mentions: &'a [Mention],
    figures: &'a Figures,
    about_requests: bool,
}

/// Figures that stand in a row, with the words before the first.
struct Run {
    parts: Vec<usize>,
    lead: Gap,
    /// The figure before them, if one stands in the sentence.
    before: Option<usize>,
    /// The figure behind them that says what they come to.
    total: Option<usize>,
}

impl Group<'_> {
    fn sums(&self) -> Vec<Sum> {
        self.runs().iter().filter_map(|run| self.sum(run)).collect()
    }

    /// The words before a figure, from the figure before it or the beginning of the sentence.
    fn gap(&self, nth: usize) -> Gap {
        let figure = &self.mentions[self.figures.own[nth]];
        let from = match nth.checked_sub(1) {
            Some(before) => self.mentions[self.figures.own[before]].range.end,
            None => self.figures.start,
        };
        Gap::of(self.text.get(from..figure.digits.start).unwrap_or_default())
    }

    /// The longest rows of figures in one unit.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (nth, i) in self.figures.own.iter().enumerate() {
            let gap = self.gap(nth);
            let before = nth.checked_sub(1).map(|before| self.figures.own[before]);
            let fits = before.is_some_and(|b| self.mentions[b].same_unit(&self.mentions[*i]));
            if let Some(run) = runs.last_mut().filter(|run| fits && run.total.is_none()) {
                if gap.totals() {
                    run.total = Some(*i);
                    continue;
                }
                if gap.joins() {
                    run.parts.push(*i);
                    continue;
                }
            }
            let before = before.or(self.figures.holder);
            runs.push(Run { parts: vec![*i], lead: gap, before, total: None });
        }
        runs
    }

    fn sum(&self, run: &Run) -> Option<Sum> {
        if run.parts.iter().any(|part| !self.is_sure(*part)) {
            return None;
        }
        self.before_total(run)
            .or_else(|| self.behind_whole(run))
            .or_else(|| self.of_division(run))
            .or_else(|| self.of_head(run))
    }

    /// 建议87件、提案63件，共150件.
    fn before_total(&self, run: &Run) -> Option<Sum> {
        let total = run.total.filter(|total| self.is_sure(*total))?;
        let value = self.value(total);
        let last = run.parts.len().checked_sub(2)?;
        let suffixes = (0..=last).map(|from| &run.parts[from..]);
        let nearest = suffixes.min_by_key(|parts| (self.added(parts) - value).abs())?;
        let sum = self.added(nearest);
        near(sum, value, 2).then(|| of(nearest, Some(total), sum == value))
    }

    /// 504条，数量分别为96条、148条; 来源为…; 91件（甲31件、乙60件）.
    fn behind_whole(&self, run: &Run) -> Option<Sum> {
        let (whole, same_sentence) = match run.before {
            Some(before) => (before, true),
            None => (*self.figures.before.first()?, false),
        };
        let fits =
            self.is_sure(whole) && self.mentions[whole].same_unit(&self.mentions[run.parts[0]]);
        let behind =
            run.parts.last().map_or("", |last| &self.text[self.mentions[*last].range.end..]);
        let words = &Lexicon::get().sums;
        let composed = run.lead.all.contains('由') && words.composed.start_of(behind).is_some();
        if !fits || !composed && !run.lead.opens() && !run.lead.opens_all() {
            return None;
        }
        let value = self.value(whole);
        // 其中 over a full stop; within the sentence the lists see it.
        let mere = words.opens.start_of(run.lead.all.trim_start_matches(MARKS)).is_some()
            && !run.lead.selects();
        let alone = !same_sentence && self.figures.before.len() == 1;
        let is_too_large = |part: &&usize| self.value(**part) > value && self.goes_on(**part);
        if let Some(large) = run.parts.iter().find(is_too_large).filter(|_| mere && alone) {
            return Some(Sum { impossible: true, ..of(&[*large], Some(whole), false) });
        }
        let sum = self.added(&run.parts);
        let complete = same_sentence && (composed || run.lead.opens_all()) && !self.is_open(run);
        let told = sum == value || complete && (composed || near(sum, value, 4));
        (run.parts.len() >= 2 && told).then(|| of(&run.parts, Some(whole), sum == value))
    }

    /// 按申请方式划分，在线366件，邮寄161件: of a figure before them or of all applications.
    fn of_division(&self, run: &Run) -> Option<Sum> {
        let words = &Lexicon::get().sums;
        let lead = |part: &usize| self.lead(*part);
        let halves = run.parts.len() == 2
            && lead(&run.parts[0]).contains(words.halves.0.as_str())
            && lead(&run.parts[1]).contains(words.halves.1.as_str());
        let by_channel = self.about_requests
            && run.parts.iter().all(|part| {
                let name = lead(part);
                words.channels.are_in(&name) && !words.not_channels.are_in(&name)
            });
        let divides = run.lead.divides() || halves || by_channel;
        if run.parts.len() < 2 || !divides || self.is_open(run) || run.lead.selects() {
            return None;
        }
        let sum = self.added(&run.parts);
        let first = run.parts[0];
        let earlier = self.figures.before.iter().chain(&self.figures.own);
        let earlier = earlier.take_while(|i| **i < first).copied();
        let wholes: Vec<usize> = earlier
            .filter(|i| self.is_sure(*i) && self.mentions[*i].same_unit(&self.mentions[first]))
            .collect();
        if let Some(whole) = wholes.iter().find(|whole| self.value(**whole) == sum) {
            return Some(of(&run.parts, Some(*whole), true));
        }
        let of_requests = by_channel || self.about_requests && run.lead.all.contains("申请");
        if of_requests {
            return Some(of(&run.parts, None, false));
        }
        let nearest = wholes.into_iter().min_by_key(|whole| (self.value(*whole) - sum).abs())?;
        near(sum, self.value(nearest), 10).then(|| of(&run.parts, Some(nearest), false))
    }

    /// 解读176篇，文字83篇、图文56篇、音视频37篇: the first of a row is the whole of the others.
    fn of_head(&self, run: &Run) -> Option<Sum> {
        const SLIP: u32 = 9;
        let (head, parts) = run.parts.split_first()?;
        let (value, sum) = (self.value(*head), self.added(parts));
        if parts.len() < 2 || run.total.is_some() || self.is_open(run) {
            return None;
        }
        let words = &Lexicon::get().sums;
        let name = self.lead(*run.parts.last()?);
        let behind =
            run.parts.last().map_or("", |last| &self.text[self.mentions[*last].range.end..]);
        let behind = behind.split(MARKS).next().unwrap_or_default();
        let completes = words.rest.are_in(&name) || words.rest.start_of(behind).is_some();
        let marked = self.mark_before(parts[0]).is_some_and(|mark| mark != '、');
        let small = (sum - value).abs() <= Decimal::from(SLIP);
        let larger = parts.iter().all(|part| self.value(*part) < value);
        let fits = marked && small && larger && near(sum, value, 10);
        let told = parts.len() >= 3 || completes;
        (fits && told).then(|| of(parts, Some(*head), sum == value))
    }

    /// True if the words before a part do not speak of something new: 办理提案20件.
    fn goes_on(&self, part: usize) -> bool {
        const BY: &str = "通过";
        let name = self.lead(part);
        name.starts_with(BY) || Lexicon::get().clauses.statement.start_of(&name).is_none()
    }

    /// The name of a part: the words between the last mark and the figure.
    fn lead(&self, part: usize) -> String {
        let nth = self.figures.own.iter().position(|i| *i == part);
        nth.map_or(String::new(), |nth| {
            self.gap(nth).last().rsplit(['：', ':']).next().unwrap_or_default().to_owned()
        })
    }

    fn mark_before(&self, part: usize) -> Option<char> {
        let nth = self.figures.own.iter().position(|i| *i == part)?;
        self.gap(nth).mark
    }

    /// True if 等 says that more could be named.
    fn is_open(&self, run: &Run) -> bool {
        run.parts.iter().any(|part| self.mentions[*part].open_end)
    }

    fn is_sure(&self, i: usize) -> bool {
        let mention = &self.mentions[i];
        mention.exactness == Exactness::Exact && mention.step <= Decimal::ONE
    }

    fn value(&self, i: usize) -> Decimal {
        self.mentions[i].value
    }

    fn added(&self, parts: &[usize]) -> Decimal {
        parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(self.value(*part)))
    }
}

fn of(parts: &[usize], total: Option<usize>, fits: bool) -> Sum {
    Sum { parts: parts.to_vec(), total, impossible: false, fits }
}

/// True if a sum misses a whole by no more than one part in `nth`.
fn near(sum: Decimal, whole: Decimal, nth: u32) -> bool {
    (sum - whole).abs().saturating_mul(Decimal::from(nth)) <= whole
}
