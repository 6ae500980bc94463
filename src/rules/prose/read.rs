//! From tokens to figures with a meaning, lists and claims, in one pass over the text.

use super::claim::claim;
use super::growth::{Growth, direction};
use super::level::{Level, Pending, is_countable, is_of_cases};
use super::lexicon::{Kind, Lexicon, Sense, Word};
use super::list::{List, Opening, can_be_part};
use super::meaning::{Context, Topic, distributed, meaning};
use super::numeral::{Numeral, Unit};
use super::token::{
    Mark, Token, What, changes, compares, filler, is_colourless, is_filler, is_rest, opens, span,
    takes_object, tokens,
};
use super::{Claim, Mention, Passage, Share};
use crate::report::{AgencyKind, Aspect, FieldPath, Report, Step, Text};

/// How many figures of a sentence are remembered as possible wholes; keeps the reading linear.
const REMEMBERED: usize = 16;
/// How many lists may be open inside each other.
const NESTED: usize = 3;
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

struct Reader<'a> {
    text: &'a Text,
    year: Option<u16>,
    government: bool,
    /// The area of a government, as 全市 names it; none for other bodies.
    area: Option<char>,
    about_requests: bool,
    topic: Topic,
    sentence: usize,
    of_this_year: bool,
    scope: Scope,
    next_bound: usize,
    levels: Vec<Level>,
    /// The only figure of the sentence before.
    alone_before: Option<usize>,
    mentions: Vec<Mention>,
    lists: Vec<List>,
    claims: Vec<Claim>,
}

/// Whose figures the text is speaking of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The body's own.
    Own,
    /// Those of one office of the government whose report it is.
    Office,
    /// Those of others, or of more than the body.
    Foreign,
}

impl<'a> Reader<'a> {
    fn new(report: &Report, text: &'a Text, topic: Topic, about_requests: bool) -> Self {
        let government = report.agency.kind == Some(AgencyKind::Government);
        let name = report.agency.name.as_deref().unwrap_or_default();
        let area = name.strip_suffix("人民政府").and_then(|place| place.chars().next_back());
        Self {
            text,
            year: report.header.year,
            government,
            area: area.filter(|_| government),
            about_requests,
            topic,
            sentence: 0,
            of_this_year: true,
            scope: Scope::Own,
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
                let own = self.area.is_some_and(|area| printed.ends_with(area));
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
                if &self.text.printed()[token.range.clone()] == "\n" {
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

    /// Opens a list whose whole is the last figure, where the opening word begins its clause.
    fn open_list(&mut self, opening: Opening) {
        let (alone_before, next_list) = (self.alone_before, self.lists.len());
        let level = self.level();
        let begins = level.words.iter().all(|token| {
            matches!(
                token.what,
                What::Phrase(Sense::Word(Word::Filler | Word::And | Word::Opens | Word::Every))
            )
        });
        if !begins {
            return;
        }
        if level.just_opened
            && let Some(list) = level.lists.last().copied()
        {
            self.lists[list].opening = opening;
            return;
        }
        let whole = level.figures.last().copied().or(alone_before);
        let Some(whole) = whole else { return };
        let ambiguous = level.figures.len() > 1 && level.lists.is_empty();
        level.semicolon = false;
        level.just_opened = true;
        if level.lists.len() >= NESTED {
            level.lists.remove(0);
        }
        level.lists.push(next_list);
        self.lists.push(List { ambiguous, ..List::new(whole, opening) });
    }

    /// 等 directly behind a figure.
    fn open_end(&mut self) {
        let level = self.level();
        if !level.behind_figure || !level.words.is_empty() {
            return;
        }
        let (figure, list) = (level.figures.last().copied(), level.lists.last().copied());
        if let Some(figure) = figure {
            self.mentions[figure].open_end = true;
        }
        if let Some(list) = list {
            self.lists[list].open_end = true;
        }
    }

    fn number(&mut self, token: &Token, numeral: &Numeral) {
        match numeral.unit {
            Unit::Year => self.year_named(token, numeral),
            Unit::Month => {
                let month = numeral.value;
                let bounds = [rust_decimal::Decimal::ONE, rust_decimal::Decimal::from(12)];
                self.of_this_year &= bounds.contains(&month);
                self.level().words.push(filler(token));
            }
            Unit::Day => self.level().words.push(filler(token)),
            Unit::Percent => self.percentage(token, numeral),
            Unit::Counter(_) | Unit::Yuan => self.figure(token, numeral),
        }
    }

    fn year_named(&mut self, token: &Token, numeral: &Numeral) {
        let own = self.year.is_some_and(|year| numeral.value == rust_decimal::Decimal::from(year));
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

    fn percentage(&mut self, token: &Token, numeral: &Numeral) {
        let mut mention = self.mention(token, numeral);
        let words = std::mem::take(&mut self.level().words);
        mention.of_this_year &= !words.iter().any(changes);
        mention.growth = self.growth(&words);
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        let (share, finish, rate) = (has(Word::Share), has(Word::Finish), has(Word::Rate));
        let bare = words.is_empty() && self.levels.len() > 1;
        let part = self.level().figures.last().copied();
        let says_share = finish || (share || bare) && !rate;
        if let (Some(part), true) = (part, says_share) {
            let from = words
                .iter()
                .position(|token| token.what == What::Phrase(Sense::Word(Word::Share)))
                .map_or(words.len(), |i| i + 1);
            let whole = meaning(&words[from..], Context { whole: None, ..self.context(true) });
            mention.share = Some(Share { part, whole, finish });
        }
        let level = self.level();
        level.behind_figure = true;
        self.mentions.push(mention);
    }

    /// The growth that the words before a percentage speak of, where it is that of the figure before.
    fn growth(&self, words: &[Token]) -> Option<Growth> {
        let level = self.levels.last()?;
        let of = *level.figures.last()?;
        let near = of + 1 == self.mentions.len() && level.before.iter().all(is_filler);
        let up = direction(words, self.text.printed(), self.year)?;
        near.then_some(Growth { of, up })
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
            of_office: self.scope == Scope::Office,
        }
    }

    fn figure(&mut self, token: &Token, numeral: &Numeral) {
        self.resolve_pending();
        let mut mention = self.mention(token, numeral);
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

    /// A figure of 各部门 or 市本级 is not the body's own, nor are those that follow it, until
    /// applications are counted anew.
    fn narrow_scope(&mut self, words: &[Token]) {
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        if has(Word::Parts) {
            self.scope = Scope::Foreign;
        } else if has(Word::Office) && self.government {
            self.scope = Scope::Office;
        } else if !has(Word::Area) && words.iter().any(takes_object) && has(Word::Request) {
            self.scope = Scope::Own;
        }
    }

    /// Adds a figure to the innermost list it can belong to; ends the lists it cannot belong to.
    fn join_list(&mut self, index: usize, words: &[Token]) {
        let just_opened = self.level().just_opened;
        let ends = !just_opened && self.begins_anew(index, words);
        loop {
            let level = self.level();
            let nested = level.lists.len() > 1;
            let Some(list) = level.lists.last().copied() else { return };
            let whole = &self.mentions[self.lists[list].whole];
            let part = &self.mentions[index];
            if !ends && !can_be_part(whole, part) {
                self.lists[list].mixed = true;
                return;
            }
            let sum = self.lists[list].sum(&self.mentions);
            let full = self.lists[list].is_full(&self.mentions, sum);
            let over = sum.saturating_add(part.value) > whole.value;
            let too_large = part.value > whole.value && !self.lists[list].parts.is_empty();
            if ends || full || too_large || (nested && over && !just_opened) {
                self.level().lists.pop();
                continue;
            }
            self.lists[list].parts.push(index);
            self.mentions[index].list = Some(list);
            return;
        }
    }

    /// Whether a figure's clause says something new instead of naming the next part.
    fn begins_anew(&mut self, index: usize, words: &[Token]) -> bool {
        let list = self.level().lists.last().copied();
        let kind = self.mentions[index].counted.as_ref().map(|counted| counted.kind);
        let has_applicant =
            self.mentions[index].counted.as_ref().is_some_and(|c| !c.applicant.is_empty());
        let whole_kind = list
            .and_then(|list| self.mentions[self.lists[list].whole].counted.as_ref())
            .map(|counted| counted.kind);
        let flow = match kind {
            Some(Kind::Proceeding | Kind::Document) => whole_kind != kind,
            Some(Kind::Outcome | Kind::Rest) => false,
            Some(Kind::Intake | Kind::Handled | Kind::Request) => !has_applicant,
            Some(Kind::CarriedIn | Kind::CarriedOut | Kind::Fee) => true,
            None => false,
        };
        let takes_in = words.iter().any(takes_object);
        let level = self.level();
        let past_semicolon = level.semicolon && !matches!(kind, Some(Kind::Outcome | Kind::Rest));
        let speaks = !level.behind_figure
            && !matches!(kind, Some(Kind::Outcome | Kind::Rest))
            && words.iter().find(|token| !is_filler(token)).is_some_and(|token| {
                Lexicon::get().begins_statement(&self.text.printed()[token.range.start..])
            });
        flow || takes_in && !has_applicant || past_semicolon || speaks
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
        let words = std::mem::take(&mut level.words);
        if self.of_this_year
            && self.scope == Scope::Own
            && let Some(what) = claim(&words, self.text.printed(), self.context(true))
        {
            self.claims.push(Claim { range: span(&words), what });
        }
        self.level().words = words;
    }
}
