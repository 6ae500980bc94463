//! [`Reader`]: the state of the reading of one text, and what each token does to it.

use std::ops::Range;

use super::bodies::Bodies;
use super::level::{Averaged, Level};
use super::scope::Scope;
use crate::prose::clause::{Claim, Counted, TextPart, Topic};
use crate::prose::lexicon::{Lexicon, Sense, Word};
use crate::prose::list::{List, Opening};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Numeral, Unit, numeral_at};
use crate::prose::token::{Mark, Token, What, bounds_year, filler, merge_other};
use crate::report::{AgencyKind, AgencyLevel, Report, Text, Whose};

/// The most figures of a sentence that are remembered as possible wholes; keeps the reading linear.
pub(super) const REMEMBERED: usize = 16;
/// The most brackets that may be open inside each other.
const BRACKETS: usize = 4;

/// A declaration of the data file on some bytes of a text as typed.
pub(super) struct Declared {
    pub(super) range: Range<usize>,
    pub(super) whose: Whose,
    /// The place of the declaration in the report.
    pub(super) place: usize,
    /// True if a figure is told otherwise by it.
    pub(super) is_used: bool,
}

/// The state of the reading of one text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text,
    pub(super) year: Option<u16>,
    pub(super) government: bool,
    pub(super) bodies: Bodies<'a>,
    pub(super) about_requests: bool,
    pub(super) part: TextPart,
    /// True if the sentence tells how documents are labelled: 标注主动公开486件、依申请公开391件.
    pub(super) labels: bool,
    pub(super) topic: Topic,
    pub(super) sentence: usize,
    pub(super) of_this_year: bool,
    /// True if the sentence has named a year behind that of the report.
    pub(super) planned: bool,
    /// True if the sentence tells what there is up to now: figures that add up, and are none of the tables.
    pub(super) as_of_now: bool,
    /// True if a mean made it a part of a sentence that is not of the year.
    pub(super) averaged: Averaged,
    pub(super) scope: Scope,
    /// The words that made it that of others, where they are known.
    pub(super) scope_named: Option<Range<usize>>,
    /// The declarations of the data file on the text.
    pub(super) declared: Vec<Declared>,
    /// The scope before a part of a list named a body of its own; it comes back with the next sentence.
    pub(super) scope_before: Option<Scope>,
    /// Figures of the sentence that are those of an office or of the body by name.
    pub(super) of_office: Vec<usize>,
    /// True if the sentence also has figures of other bodies.
    pub(super) has_foreign: bool,
    /// True if the sentence has figures of other bodies that the tables would count, had they been its own.
    pub(super) of_others: bool,
    /// True if the sentence has figures that are not those of other bodies.
    pub(super) of_own: bool,
    /// The body whose figures the sentence began with.
    pub(super) scope_at_start: Scope,
    /// The scope before an area that is named in a clause only as that of an object, and the words for it.
    pub(super) scope_of_clause: Option<(Scope, Option<Range<usize>>)>,
    /// True if the handling fee has been told of.
    pub(super) fee_told: bool,
    /// True between the brackets round a figure that the words before them name.
    in_named_bracket: bool,
    /// The meaning of what is said to have come to another figure: 由55件降为53件.
    pub(super) turned: Option<(usize, Counted)>,
    /// True if the body may be one that decides on cases against others.
    pub(super) decides_cases: bool,
    /// True if it is one of a county or below.
    pub(super) is_small: bool,
    pub(super) next_bound: usize,
    /// The end of the words that have been read together with a token before them: 结转 of 2023年结转.
    pub(super) read_up_to: usize,
    pub(super) levels: Vec<Level>,
    /// The only figure of the sentence before.
    pub(super) alone_before: Option<usize>,
    pub(super) mentions: Vec<Mention>,
    pub(super) lists: Vec<List>,
    pub(super) claims: Vec<Claim>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        report: &'a Report,
        text: &'a Text,
        topic: Topic,
        about_requests: bool,
        part: TextPart,
    ) -> Self {
        // An outpost has an area of its own as a government has.
        let government = matches!(
            report.agency.effective_kind(),
            Some(AgencyKind::Government | AgencyKind::Outpost)
        );
        Self {
            text,
            year: report.header.year,
            government,
            bodies: Bodies::of(report),
            about_requests,
            part,
            labels: false,
            topic,
            sentence: 0,
            of_this_year: true,
            planned: false,
            as_of_now: false,
            averaged: Averaged::default(),
            scope: Scope::Own,
            scope_named: None,
            declared: Vec::new(),
            scope_before: None,
            of_office: Vec::new(),
            has_foreign: false,
            of_others: false,
            of_own: false,
            scope_at_start: Scope::Own,
            scope_of_clause: None,
            fee_told: false,
            in_named_bracket: false,
            turned: None,
            is_small: matches!(
                report.agency.level,
                Some(AgencyLevel::County | AgencyLevel::Township)
            ),
            decides_cases: report.agency.effective_kind() == Some(AgencyKind::Government)
                && report.agency.level != Some(AgencyLevel::Township)
                || !government && Bodies::of(report).decides_cases(),
            next_bound: 0,
            read_up_to: 0,
            levels: vec![Level::default()],
            alone_before: None,
            mentions: Vec::new(),
            lists: Vec::new(),
            claims: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, token: Token) {
        let Some(token) = self.unread(token) else { return };
        match token.what {
            What::Number(ref numeral) => self.number(&token, &numeral.clone()),
            What::Phrase(sense) => self.phrase(token, sense),
            What::Other => self.level().words.push(token),
            What::Mark(mark) => self.mark(mark, &token),
        }
    }

    pub(super) fn level(&mut self) -> &mut Level {
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
        if sense == Sense::Word(Word::Parts) && self.is_court(&token) {
            // 法院判决维持7件: whose case it is, the text has said before.
            self.level().words.push(filler(&token));
            return;
        }
        if self.labels && sense == Sense::Word(Word::Request) {
            // 依申请公开 is the name of a label here.
            let what = What::Phrase(Sense::Word(Word::Thing));
            self.level().words.push(Token { range: token.range, what });
            return;
        }
        match sense {
            Sense::Word(Word::Request) => self.topic = Topic::Requests,
            // 认定为内部事务信息的4件 among applications are outcomes.
            Sense::Word(Word::Labels) if self.part == TextPart::Requests => {}
            Sense::Word(Word::Labels) => {
                self.labels = true;
                self.topic = Topic::Elsewhere;
            }
            // In brackets it only explains: 不予处理5件（均为投诉举报）.
            Sense::Word(Word::Elsewhere) if self.levels.len() > 1 => {}
            Sense::Word(Word::Elsewhere) => self.topic = Topic::Elsewhere,
            Sense::Subject(subject) => self.topic = self.topic_of(subject),
            // 2026年每季出2条，全年不低于8条: the whole of the year that was named.
            Sense::Word(Word::OwnPeriod) if self.planned && self.is_of_named_year(&token) => {}
            Sense::Word(Word::OwnPeriod) => self.of_this_year = true,
            Sense::Word(Word::OtherPeriod) => {
                if self.denies_carried_in(&token) {
                    return;
                }
                if self.other_period(&token) {
                    // 目前有效的规范性文件: what the clause counts, the other words say.
                    self.level().words.push(filler(&token));
                    return;
                }
            }
            Sense::Word(Word::Area) => self.area(&token),
            Sense::Word(Word::OpenEnd) => self.open_end(),
            Sense::Word(word) => {
                if let Some(opening) = Opening::of(word)
                    && !self.includes(&token)
                {
                    self.open_list(opening);
                }
            }
            Sense::Quantity(quantity) => self.quantity(quantity, &token),
            Sense::Applicant(_) | Sense::Aspect(_) => {}
        }
        self.level().words.push(token);
    }

    /// The topic that a subject makes: of a kind of lawsuits that has been told of among all, it stays all.
    fn topic_of(&self, subject: usize) -> Topic {
        let subjects = &Lexicon::get().subjects;
        let is_another = |token: &Token| matches!(token.what, What::Phrase(Sense::Subject(other)) if other != subject);
        if self.levels.last().is_some_and(|level| level.words.iter().any(is_another)) {
            // 行政复议、行政诉讼案件25件，纠正2件: of both together.
            return Topic::Unknown;
        }
        if let Topic::Subject(of) = self.topic {
            let (all, some) = (&subjects[of].rows, &subjects[subject].rows);
            if some.len() < all.len() && some.iter().all(|row| all.contains(row)) {
                return self.topic;
            }
        }
        Topic::Subject(subject)
    }

    /// True if 含 only says what the figure to come includes: 含上年结转在内，共答复148件.
    fn includes(&self, token: &Token) -> bool {
        const LONGEST: usize = 24;
        let behind = self.text.printed()[token.range.end..].chars().take(LONGEST);
        let clause: String = behind.take_while(|c| !"，。；、（）".contains(*c)).collect();
        clause.contains("在内")
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
            Mark::Comma => {
                let whole = self.whole_of_clause();
                self.end_clause_of_opening();
                self.leave_other_period();
                if let Some(whole) = whole {
                    self.open_list_of(whole, Opening::Plain);
                }
            }
            Mark::Colon => {
                let level = self.level();
                let behind = level.behind_figure && level.words.is_empty();
                self.end_clause_of_opening();
                self.of_this_year |= std::mem::take(&mut self.averaged).is_told;
                if behind {
                    self.open_list(Opening::Bare);
                }
            }
            Mark::Semicolon => {
                self.end_clause();
                if let Some(scope) = self.scope_before.take() {
                    self.scope = scope;
                }
                let rest = &self.text.printed()[token.range.end..];
                // 二是四季度降至1件；三是对年末尚未审结的3件…: another matter.
                let again = Lexicon::get().clauses.new_points.start_of(rest).is_some();
                self.of_this_year |= std::mem::take(&mut self.averaged).is_told || again;
                let next = self.mentions.len();
                let level = self.level();
                level.semicolon = true;
                level.since_semicolon = next;
                level.waiting.clear();
            }
            Mark::Open => self.open_bracket(token.range.end),
            Mark::Close => self.close_bracket(),
            Mark::Stop => {
                self.end_sentence();
                if self.text.printed()[token.range.clone()].ends_with('\n') {
                    self.scope = Scope::Own;
                    self.scope_at_start = Scope::Own;
                }
            }
        }
    }

    fn open_bracket(&mut self, behind: usize) {
        if self.levels.len() > BRACKETS {
            return;
        }
        // 过程性信息（22件）、第三方合法权益（15件）: what stands before the bracket names the figure in it.
        let level = self.level();
        let named = !level.behind_figure && !level.words.is_empty();
        if named && holds_one_figure(&self.text.printed()[behind..]) {
            self.in_named_bracket = true;
            return;
        }
        let of_rate = self.mentions.last().is_some_and(|last| last.is_rate_up_to(behind));
        let printed = self.text.printed();
        let level = self.level();
        let holder = (level.behind_figure && level.says_little(printed) && !of_rate)
            .then(|| level.figures.last().copied())
            .flatten();
        let mut inner = Level {
            scope_before: Some(self.scope),
            was_of_this_year: Some(self.of_this_year),
            ..Level::default()
        };
        if let Some(holder) = holder {
            inner.figures.push(holder);
            inner.lists.push(self.lists.len());
            inner.just_opened = true;
            self.lists.push(List::new(holder, Opening::Bare));
        }
        self.levels.push(inner);
    }

    fn close_bracket(&mut self) {
        if std::mem::take(&mut self.in_named_bracket) {
            return;
        }
        if self.levels.len() > 1 {
            self.end_clause();
            let inner = self.levels.pop();
            // 行政许可17233件（县公安局3998件）、行政处罚2916件: what a bracket names ends with it.
            if let Some(scope) = inner.as_ref().and_then(|level| level.scope_before) {
                self.scope = scope;
            }
            // 比上年下降9.2%（上年184件），应办理173件: so does the year.
            if let Some(was) = inner.as_ref().and_then(|level| level.was_of_this_year) {
                self.of_this_year = was;
            }
            let explained = inner.filter(|level| !level.has_figure).map(|level| level.before);
            self.include_bracket(explained.unwrap_or_default());
        }
    }

    pub(super) fn end_sentence(&mut self) {
        self.in_named_bracket = false;
        while self.levels.len() > 1 {
            self.close_bracket();
        }
        self.end_clause();
        let level = std::mem::take(self.level());
        self.alone_before = match level.figures.as_slice() {
            [only] if level.lists.is_empty() => Some(*only),
            _ => None,
        };
        self.narrow_to_some();
        self.sentence += 1;
        self.labels = false;
        self.as_of_now = false;
        self.averaged = Averaged::default();
        self.planned = false;
        self.of_this_year = true;
        // 县政府收到12件，部门收到110件: the first are some of all, and the reader can see it.
        let parts = std::mem::take(&mut self.of_office);
        if std::mem::take(&mut self.has_foreign) {
            parts.into_iter().for_each(|figure| self.mentions[figure].counted = None);
        }
        if let Some(scope) = self.scope_before.take() {
            self.scope = scope;
        }
        let of_others = std::mem::take(&mut self.of_others);
        if self.scope == Scope::Foreign && !of_others {
            // 排名全县第六: no figure of the tables was of others, so none of the next sentence is.
            self.scope = self.scope_at_start;
        }
        self.of_own = false;
        self.scope = if self.scope == Scope::Itself { Scope::Own } else { self.scope };
        self.scope_at_start = self.scope;
        if self.about_requests {
            self.topic = Topic::Requests;
        }
    }

    /// Ends a clause; where it was no more than 其中, what follows is still the first part.
    fn end_clause_of_opening(&mut self) {
        let opened = self.level().just_opened;
        self.end_clause();
        self.level().just_opened = opened;
    }

    /// Ends a clause: what is pending is resolved, claims are read.
    fn end_clause(&mut self) {
        self.resolve_pending();
        self.carry_out();
        self.claim();
        if let Some((scope, named)) = self.scope_of_clause.take() {
            self.scope = scope;
            self.scope_named = named;
        }
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
            Unit::Points => self.points(token, numeral),
            Unit::Counter(_) | Unit::Yuan => self.figure(token, numeral),
        }
    }
}

/// True if a text begins with one figure and the end of its bracket: 22件）.
fn holds_one_figure(text: &str) -> bool {
    numeral_at(text, 0).is_some_and(|numeral| {
        matches!(numeral.unit, Unit::Counter(_))
            && text[numeral.range.end..].starts_with(['）', ')'])
    })
}
