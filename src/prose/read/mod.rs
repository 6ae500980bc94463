//! From tokens to figures with a meaning, lists and claims, in one pass over the text.

mod lists;
mod rates;
mod scope;

use scope::Scope;

use super::bodies::{Bodies, Whose};
use super::claim::claim;
use super::growth::wordless;
use super::level::{Level, Pending, is_countable, is_of_cases};
use super::lexicon::{Kind, Sense, Word};
use super::list::{List, Opening};
use super::meaning::{Context, Counted, Topic, distributed, meaning};
use super::numeral::{Numeral, Unit};
use super::token::{
    Mark, Token, What, bounds_year, changes, compares, ends_with_up_to, filler, is_applicant,
    is_colourless, is_filler, is_rest, merge_other, opens, span, takes_object, tokens,
};
use super::{Claim, Claimed, Mention, Passage};
use crate::report::{AgencyKind, Aspect, FieldPath, Report, Step, Text};

/// How many figures of a sentence are remembered as possible wholes; keeps the reading linear.
const REMEMBERED: usize = 16;
/// How many brackets may be open inside each other.
const BRACKETS: usize = 4;

/// Reads every text of a report, in the order of [`Report::texts`].
pub(crate) fn passages(report: &Report) -> Vec<Passage> {
    let mut topic = Topic::Unknown;
    let mut heading: Option<FieldPath> = None;
    let mut passages = Vec::new();
    for (path, text) in report.texts() {
        let part = path.parent();
        if heading.as_ref() != Some(&part) {
            topic = Topic::Unknown;
        }
        if aspect(report, &path) == Some(Aspect::Requests) {
            topic = Topic::Requests;
        }
        let about_requests = topic == Topic::Requests;
        let mut reader = Reader::new(report, text, topic, about_requests);
        for token in tokens(text.printed()) {
            reader.take(token);
        }
        reader.end_sentence();
        topic = reader.topic;
        heading = path.as_str().ends_with(".heading").then_some(part);
        passages.push(Passage {
            path,
            mentions: reader.mentions,
            lists: reader.lists,
            claims: reader.claims,
        });
    }
    passages
}

/// The aspect of the part of section one to which a text belongs.
fn aspect(report: &Report, path: &FieldPath) -> Option<Aspect> {
    match path.steps().as_slice() {
        [Step::Key("overview"), Step::Key("parts"), Step::Index(i), ..] => {
            report.overview.parts.get(*i)?.aspect
        }
        _ => None,
    }
}

/// Whether a figure is that of applications coming in or dealt with, of all applicants.
fn is_plain_flow(counted: Option<&Counted>) -> bool {
    counted.is_some_and(|counted| {
        matches!(counted.kind, Kind::Intake | Kind::Handled) && counted.applicant.is_empty()
    })
}

struct Reader<'a> {
    text: &'a Text,
    year: Option<u16>,
    government: bool,
    bodies: Bodies<'a>,
    about_requests: bool,
    topic: Topic,
    sentence: usize,
    of_this_year: bool,
    scope: Scope,
    /// Figures of the sentence that are those of an office or of the body by name.
    of_office: Vec<usize>,
    /// Whether the sentence also has figures of other bodies.
    has_foreign: bool,
    next_bound: usize,
    levels: Vec<Level>,
    /// The only figure of the sentence before.
    alone_before: Option<usize>,
    mentions: Vec<Mention>,
    lists: Vec<List>,
    claims: Vec<Claim>,
}

impl<'a> Reader<'a> {
    fn new(report: &'a Report, text: &'a Text, topic: Topic, about_requests: bool) -> Self {
        let government = report.agency.kind == Some(AgencyKind::Government);
        Self {
            text,
            year: report.header.year,
            government,
            bodies: Bodies::of(report),
            about_requests,
            topic,
            sentence: 0,
            of_this_year: true,
            scope: Scope::Own,
            of_office: Vec::new(),
            has_foreign: false,
            next_bound: 0,
            levels: vec![Level::default()],
            alone_before: None,
            mentions: Vec::new(),
            lists: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn take(&mut self, token: Token) {
        match token.what {
            What::Number(ref numeral) => self.number(&token, &numeral.clone()),
            What::Phrase(sense) => self.phrase(token, sense),
            What::Other => self.level().words.push(token),
            What::Mark(mark) => self.mark(mark, &token),
        }
    }

    fn level(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn phrase(&mut self, token: Token, sense: Sense) {
        if sense == Sense::Word(Word::Parts)
            && self.bodies.is_end_of_name(&self.text.printed()[token.range.clone()])
        {
            // 公安局 in the report of one.
            merge_other(&mut self.level().words, token.range);
            return;
        }
        match sense {
            Sense::Word(Word::Request) => self.topic = Topic::Requests,
            Sense::Word(Word::Elsewhere) => self.topic = Topic::Elsewhere,
            Sense::Subject(subject) => self.topic = Topic::Subject(subject),
            Sense::Word(Word::OwnPeriod) => self.of_this_year = true,
            Sense::Word(Word::OtherPeriod) => {
                let compared = self.level().words.last().is_some_and(compares);
                self.of_this_year &= compared;
            }
            Sense::Word(Word::Area) => {
                let printed = &self.text.printed()[token.range.clone()];
                let own = self.bodies.area.is_some_and(|area| printed.ends_with(area));
                self.scope = if own { Scope::Own } else { Scope::Foreign };
            }
            Sense::Word(Word::OpenEnd) => self.open_end(),
            Sense::Word(word) => {
                if let Some(opening) = Opening::of(word) {
                    self.open_list(opening);
                }
            }
            Sense::Quantity(_) | Sense::Applicant(_) | Sense::Aspect(_) => {}
        }
        self.level().words.push(token);
    }

    fn mark(&mut self, mark: Mark, token: &Token) {
        match mark {
            Mark::Pause => {
                let level = self.level();
                if level.behind_figure {
                    self.resolve_pending();
                    self.next_clause(false);
                } else {
                    let what = What::Phrase(Sense::Word(Word::And));
                    level.words.push(Token { range: token.range.clone(), what });
                }
            }
            Mark::Comma => self.end_clause(),
            Mark::Colon => {
                let level = self.level();
                let behind = level.behind_figure && level.words.is_empty();
                self.end_clause();
                if behind {
                    self.open_list(Opening::Plain);
                }
            }
            Mark::Semicolon => {
                self.end_clause();
                let level = self.level();
                level.semicolon = true;
                level.waiting.clear();
            }
            Mark::Open => self.open_bracket(),
            Mark::Close => self.close_bracket(),
            Mark::Stop => {
                self.end_sentence();
                if self.text.printed()[token.range.clone()].ends_with('\n') {
                    self.scope = Scope::Own;
                }
            }
        }
    }

    fn open_bracket(&mut self) {
        if self.levels.len() > BRACKETS {
            return;
        }
        let level = self.level();
        let holder = (level.behind_figure && level.words.is_empty())
            .then(|| level.figures.last().copied())
            .flatten();
        let mut inner = Level::default();
        if let Some(holder) = holder {
            inner.figures.push(holder);
            inner.lists.push(self.lists.len());
            inner.just_opened = true;
            self.lists.push(List::new(holder, Opening::Plain));
        }
        self.levels.push(inner);
    }

    fn close_bracket(&mut self) {
        if self.levels.len() > 1 {
            self.end_clause();
            self.levels.pop();
        }
    }

    pub(crate) fn end_sentence(&mut self) {
        while self.levels.len() > 1 {
            self.close_bracket();
        }
        self.end_clause();
        let level = std::mem::take(self.level());
        self.alone_before = match level.figures.as_slice() {
            [only] if level.lists.is_empty() => Some(*only),
            _ => None,
        };
        self.sentence += 1;
        self.of_this_year = true;
        // 县政府收到12件，部门收到110件: the first are some of all, and the reader can see it.
        let parts = std::mem::take(&mut self.of_office);
        if std::mem::take(&mut self.has_foreign) {
            parts.into_iter().for_each(|figure| self.mentions[figure].counted = None);
        }
        if self.scope == Scope::Itself {
            self.scope = Scope::Own;
        }
        if self.about_requests {
            self.topic = Topic::Requests;
        }
    }

    /// Ends a clause: what is pending is resolved, claims are read.
    fn end_clause(&mut self) {
        self.resolve_pending();
        self.claim();
        self.next_clause(true);
    }

    fn next_clause(&mut self, keep: bool) {
        let level = self.level();
        let words = std::mem::take(&mut level.words);
        if keep && !level.behind_figure {
            level.before = words;
        } else {
            level.before.clear();
        }
        level.behind_figure = false;
        level.just_opened = false;
    }

    fn number(&mut self, token: &Token, numeral: &Numeral) {
        match numeral.unit {
            Unit::Year => self.year_named(token, numeral),
            Unit::Month => {
                let text = self.text.printed();
                self.of_this_year &= bounds_year(text, &numeral.range, &numeral.digits);
                self.level().words.push(filler(token));
            }
            Unit::Day => self.level().words.push(filler(token)),
            Unit::Percent => self.percentage(token, numeral),
            Unit::Times => self.multiple(token, numeral),
            Unit::Counter(_) | Unit::Yuan => self.figure(token, numeral),
        }
    }

    fn year_named(&mut self, token: &Token, numeral: &Numeral) {
        let named =
            self.year.is_some_and(|year| numeral.value == rust_decimal::Decimal::from(year));
        // 2021年至2023年 is not the year of the report, though it ends with it.
        let before = &self.text.printed()[..token.range.start];
        let own = named && (self.of_this_year || !ends_with_up_to(before));
        let compared = self.level().words.last().is_some_and(compares);
        let word = if own { Word::OwnPeriod } else { Word::OtherPeriod };
        if own {
            self.of_this_year = true;
        } else if !compared {
            self.of_this_year = false;
        }
        let what = What::Phrase(Sense::Word(if own { Word::Filler } else { word }));
        self.level().words.push(Token { range: token.range.clone(), what });
    }

    /// A new mention with everything that does not depend on its meaning.
    fn mention(&mut self, token: &Token, numeral: &Numeral) -> Mention {
        let bounds = self.text.bound();
        while bounds.get(self.next_bound).is_some_and(|b| b.printed.end <= numeral.range.start) {
            self.next_bound += 1;
        }
        let bound =
            bounds.get(self.next_bound).is_some_and(|b| b.printed.start < numeral.digits.end);
        let start = self.level().words.first().map_or(token.range.start, |word| word.range.start);
        Mention {
            range: numeral.range.clone(),
            digits: numeral.digits.clone(),
            phrase: start..numeral.range.end,
            value: numeral.value,
            places: numeral.places,
            unit: numeral.unit,
            exactness: numeral.exactness,
            bound,
            counted: None,
            of_this_year: self.of_this_year,
            list: None,
            open_end: false,
            is_rest: false,
            share: None,
            growth: None,
            sentence: self.sentence,
        }
    }

    fn context(&self, of_cases: bool) -> Context<'_> {
        let level = self.levels.last();
        let list = level.and_then(|level| level.lists.last());
        let whole = list.and_then(|list| self.mentions[self.lists[*list].whole].counted.as_ref());
        let neighbour = level
            .and_then(|level| level.figures.last())
            .and_then(|figure| self.mentions[*figure].counted.as_ref());
        Context {
            topic: self.topic,
            whole,
            of_unknown: list.is_some() && whole.is_none(),
            neighbour,
            of_cases,
            of_office: matches!(self.scope, Scope::Office | Scope::Itself),
        }
    }

    fn figure(&mut self, token: &Token, numeral: &Numeral) {
        self.resolve_pending();
        let mut mention = self.mention(token, numeral);
        self.read_growth(&mut mention);
        let of_cases = is_of_cases(numeral.unit);
        let level = self.level();
        let words = std::mem::take(&mut level.words);
        let before = std::mem::take(&mut level.before);
        let mut waiting = std::mem::take(&mut level.waiting);
        let says_nothing = words.iter().all(is_filler);
        let mut pending = None;
        if words.iter().any(changes) {
            mention.of_this_year = false;
        }
        mention.is_rest = words.iter().any(is_rest);
        if words.iter().any(|t| t.what == What::Phrase(Sense::Word(Word::OtherPeriod))) {
            mention.of_this_year = false;
        }
        self.narrow_scope(&words);
        let words = self.bodies.without_own(&words, self.text.printed());
        if let Some(counted) = self.told_of_last_year(&words, &before, numeral) {
            let what = Claimed::LastYear(self.mentions.len(), counted);
            self.claims.push(Claim { range: mention.phrase.clone(), what });
        }
        if is_countable(numeral.unit) && self.scope != Scope::Foreign {
            if says_nothing && !waiting.is_empty() {
                mention.counted = Some(waiting.remove(0));
            } else if says_nothing {
                pending = Some(Pending {
                    mention: self.mentions.len(),
                    before: [before, words.clone()].concat(),
                    verb: Vec::new(),
                });
            } else {
                waiting = distributed(&words, self.context(of_cases));
                mention.counted = if waiting.is_empty() {
                    meaning(&words, self.context(of_cases))
                } else {
                    Some(waiting.remove(0))
                };
                if before.iter().any(is_applicant) && is_plain_flow(mention.counted.as_ref()) {
                    // 上年未收到商业企业申请，本年收到2件: those of the same kind, perhaps.
                    mention.counted = None;
                }
                let verb = words.iter().any(takes_object);
                if mention.counted.is_none() && (verb || words.iter().all(is_colourless)) {
                    let verb = if verb { words.clone() } else { Vec::new() };
                    let mention = self.mentions.len();
                    pending = Some(Pending { mention, before: Vec::new(), verb });
                }
            }
        }
        let index = self.mentions.len();
        let in_this_year = mention.of_this_year;
        self.mentions.push(mention);
        if in_this_year {
            self.join_list(index, &words);
        }
        self.has_foreign |= self.scope == Scope::Foreign;
        if matches!(self.scope, Scope::Office | Scope::Itself) {
            self.of_office.push(index);
            if self.mentions[index].list.is_some() {
                // 其中县政府办公室受理30件: a part, and nothing in the tables is that part.
                self.mentions[index].counted = None;
            }
        }
        let level = self.level();
        level.pending = pending;
        level.waiting = waiting;
        level.behind_figure = true;
        level.just_opened = false;
        if in_this_year {
            if level.figures.len() == REMEMBERED {
                level.figures.remove(0);
            }
            level.figures.push(index);
        }
    }

    /// Gives a figure without words of its own the meaning of the words behind it, or else of
    /// the clause before.
    fn resolve_pending(&mut self) {
        let level = self.level();
        let Some(pending) = level.pending.take() else { return };
        let behind: Vec<Token> = level.words.clone();
        let of_cases = is_of_cases(self.mentions[pending.mention].unit);
        let figure = pending.mention;
        // The figure itself must not be taken for its own neighbour.
        let neighbour_hidden = self.level().figures.pop();
        let context = self.context(of_cases);
        let named = behind.iter().any(|token| !is_filler(token));
        let counted = if named {
            let words = [pending.verb, behind.clone()].concat();
            meaning(&words, context)
        } else {
            let opened = pending.before.iter().any(opens);
            if opened { None } else { meaning(&pending.before, context) }
        };
        if let Some(figure) = neighbour_hidden {
            self.level().figures.push(figure);
        }
        if self.mentions[figure].of_this_year {
            self.mentions[figure].counted = counted;
        }
        if named {
            let end = behind.last().map_or(self.mentions[figure].range.end, |t| t.range.end);
            self.mentions[figure].phrase.end = end;
            self.level().words.clear();
        }
    }

    /// Reads what a clause says without a figure.
    fn claim(&mut self) {
        let level = self.level();
        if level.behind_figure && level.words.is_empty() {
            return;
        }
        let behind_figure = level.behind_figure;
        let words = std::mem::take(&mut level.words);
        if let Some((of, _)) = self.grown()
            && let Some(change) = wordless(&words, self.text.printed(), self.year)
        {
            self.claims.push(Claim { range: span(&words), what: Claimed::Change(of, change) });
            self.of_this_year = true;
        }
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        // 全县各部门 are all that the report is of.
        let of_others = has(Word::Parts) && !has(Word::Area)
            || self.bodies.whose(&words, self.text.printed()) == Some(Whose::Other);
        // 上年结转的4件申请已全部办结 is said of those four.
        let of_figure = behind_figure
            && self.context(true).neighbour.is_some_and(|counted| counted.kind == Kind::CarriedIn);
        if self.of_this_year
            && self.scope == Scope::Own
            && !of_others
            && !of_figure
            && let Some(what) = claim(&words, self.text.printed(), self.context(true))
        {
            self.claims.push(Claim { range: span(&words), what });
        }
        self.level().words = words;
    }
}
