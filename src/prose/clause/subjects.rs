//! The proceeding or class of documents that a clause names, and the column of it.

use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term};
use super::phrases::Phrases;
use crate::edition::ChallengeColumn;
use crate::prose::lexicon::{AspectColumn, Lexicon, QuantityKind, Sense, SubjectRow, Word};

/// A proceeding or a class of documents.
pub(super) fn subject(
    lexicon: &Lexicon,
    phrases: &Phrases,
    context: Context<'_>,
) -> Option<Counted> {
    let clause = Clause::new(lexicon, phrases, context);
    // 复议诉讼共12件 may be their sum, 经复议提起行政诉讼 is one of them.
    if clause.subjects.windows(2).any(|pair| pair[0].0 + 1 == pair[1].0) {
        return None;
    }
    let named = clause.by_name().or_else(|| clause.by_aspect())?;
    let misses = !phrases.reaches_figure(named.last)
        || phrases.has(Word::Elsewhere)
        || clause.lacks_cause(&named);
    if misses || clause.is_of_other_unit(&named) {
        return None;
    }
    let only_hint = match named.kind {
        QuantityKind::Proceeding if clause.decides_on_others() => return None,
        QuantityKind::Proceeding => false,
        _ => clause.is_hint_only(&named)?,
    };
    // 2件复议案件和1件诉讼案件被纠正 are some of them.
    let single = named.kind == QuantityKind::Proceeding
        && context.part == TextPart::Problems
        && clause.aspects.is_empty();
    let in_part = clause.aspects.iter().any(|(_, aspect)| lexicon.aspects[*aspect].at_most);
    Some(Counted {
        kind: named.kind,
        terms: named.terms,
        joined: Joined::Sum,
        applicant: Vec::new(),
        only_hint,
        strict: false,
        at_most: named.at_most || single || in_part,
    })
}

/// A clause with the subjects and aspects it names, each with its place among the tokens.
struct Clause<'a> {
    lexicon: &'a Lexicon,
    phrases: &'a Phrases,
    context: Context<'a>,
    subjects: Vec<(usize, usize)>,
    aspects: Vec<(usize, usize)>,
}

/// The things that a clause names, and the place of the last word that names them.
struct Named {
    kind: QuantityKind,
    terms: Vec<Term>,
    last: usize,
    at_most: bool,
}

impl<'a> Clause<'a> {
    fn new(lexicon: &'a Lexicon, phrases: &'a Phrases, context: Context<'a>) -> Self {
        let (mut subjects, mut aspects) = (Vec::new(), Vec::new());
        for (i, sense) in &phrases.list {
            match sense {
                Sense::Subject(subject) => subjects.push((*i, *subject)),
                Sense::Aspect(aspect) => aspects.push((*i, *aspect)),
                Sense::Quantity(_) | Sense::Applicant(_) | Sense::Word(_) => {}
            }
        }
        // 以其他结果结案1件: that it is decided says less than how.
        let column = |aspect: usize| lexicon.aspects[aspect].column;
        if let [.., (_, result), (_, last)] = aspects.as_mut_slice()
            && column(*last) == AspectColumn::Decided
            && matches!(column(*result), AspectColumn::Proceeding(_))
        {
            *last = *result;
        }
        Self { lexicon, phrases, context, subjects, aspects }
    }

    /// Subjects that the clause names itself.
    fn by_name(&self) -> Option<Named> {
        let (last, subject) = *self.subjects.last()?;
        let kind = self.lexicon.subjects[subject].kind();
        let mine = self.subjects.iter().filter(|(_, s)| self.lexicon.subjects[*s].kind() == kind);
        let mut terms: Vec<usize> = mine.map(|(_, subject)| *subject).collect();
        let joins = |pair: &[(usize, usize)]| self.phrases.joins(pair[0].0, pair[1].0);
        let run = self.subjects.windows(2).all(joins);
        if !run && kind == QuantityKind::Proceeding {
            return None; // 经行政复议后提起行政诉讼1件 are only some of the lawsuits.
        }
        if !run {
            terms = vec![subject];
        }
        terms.dedup();
        let aspect = self.aspects.last().filter(|(_, a)| self.lexicon.aspects[*a].kind() == kind);
        let last = aspect.map_or(last, |(i, _)| (*i).max(last));
        let term = |subject| Term::Subject { subject, aspect: aspect.map(|(_, a)| *a) };
        let terms = terms.into_iter().map(term).collect();
        Some(Named { kind, terms, last, at_most: false })
    }

    /// Subjects told of before, of which the clause names only what became of them.
    fn by_aspect(&self) -> Option<Named> {
        if !self.subjects.is_empty() {
            return None;
        }
        if self.phrases.has(Word::Respectively) || self.phrases.has(Word::OpensAll) {
            return None; // 分别废止1件、37件: of which is first, the words before the list say.
        }
        let (lexicon, context) = (self.lexicon, self.context);
        let (last, aspect) = *self.aspects.last()?;
        let kind = lexicon.aspects[aspect].kind();
        if context.of_pair && kind == QuantityKind::Proceeding {
            return None;
        }
        let before = self.told_before(kind)?;
        // 应诉8件，其中复议后起诉3件，审结的6件胜诉: of the eight, which nothing names.
        let is_part = context.of_unknown && context.neighbour.is_some_and(|n| n.kind == kind);
        if is_part && context.part != TextPart::Problems && kind == QuantityKind::Proceeding {
            return None;
        }
        let mut at_most = false;
        // 改进情况：被纠正的4件已经重新答复: of all, whatever was named last.
        let problems = context.part == TextPart::Problems && context.is_first;
        let subjects: Vec<usize> = match (before, context.topic) {
            (None, _) if problems && kind == QuantityKind::Proceeding => {
                at_most = true;
                all_proceedings(lexicon)
            }
            (Some(before), _) => before.terms.iter().filter_map(Term::subject).collect(),
            // 规范性文件3件；另清理一般性文件46件，废止11件: of what was told last.
            // 文件5件，有效63件。发布标准21项，其中新制定13项: a part of what no table holds.
            (None, Topic::Subject(_))
                if kind == QuantityKind::Document
                    && (context.behind_other || context.of_unknown) =>
            {
                return None;
            }
            (None, Topic::Subject(subject)) if lexicon.subjects[subject].kind() == kind => {
                vec![subject]
            }
            (None, _) if tells_of_corrected(lexicon, self.phrases, aspect, context) => {
                // 1件答复被撤销, too.
                // 对4件被纠正案件倒查: of reconsideration and litigation together, at the most.
                at_most = true;
                all_proceedings(lexicon)
            }
            (None, _) => return None,
        };
        let term = |subject| Term::Subject { subject, aspect: Some(aspect) };
        Some(Named { kind, terms: subjects.into_iter().map(term).collect(), last, at_most })
    }

    /// The figure of one kind that was told before, if there is one; none where one of two may be meant.
    #[expect(clippy::option_option, reason = "nothing told is not the same as not certain")]
    fn told_before(&self, kind: QuantityKind) -> Option<Option<&'a Counted>> {
        let (lexicon, context) = (self.lexicon, self.context);
        let of_whole = context.whole.filter(|whole| whole.kind == kind);
        let neighbour = context.neighbour.or(context.cases);
        let mut before = of_whole.or(neighbour.filter(|counted| counted.kind == kind));
        // 诉讼9件：直接起诉5件，3件胜诉: of the five or of the nine.
        let narrower = |whole: &Counted| neighbour.is_some_and(|n| is_narrower(lexicon, n, whole));
        if of_whole.is_some_and(narrower) && !context.is_full {
            return None;
        }
        // 直接起诉8件、复议后起诉17件；尚有3件未审结: of the last or of all.
        let unsure = context.past_semicolon && of_whole.is_none();
        if let (Some(told), Topic::Subject(topic), true) = (before, context.topic, unsure)
            && told.terms.iter().filter_map(Term::subject).any(|subject| subject != topic)
        {
            // 规章15部；规范性文件方面，新出台9件: of what was named last.
            if kind != QuantityKind::Document || lexicon.subjects[topic].kind() != kind {
                return None;
            }
            before = None;
        }
        // 行政诉讼8件，其中直接起诉5件、复议后起诉3件，败诉1件: of the last or of all.
        let of_some = before.is_some_and(|told| is_some_of_topic(lexicon, told, context));
        (!of_some).then_some(before)
    }

    fn decisions(&self, named: &Named) -> bool {
        named.terms.iter().filter_map(Term::subject).any(|s| self.lexicon.is_of_decisions(s))
    }

    fn fees(&self, named: &Named) -> bool {
        named.terms.iter().filter_map(Term::subject).any(|s| self.lexicon.is_of_fees(s))
    }

    /// True if the figure cannot count what is named: 行政许可申请 are no decisions, and fines are no number of them.
    fn is_of_other_unit(&self, named: &Named) -> bool {
        let (context, phrases) = (self.context, self.phrases);
        let (decisions, fees) = (self.decisions(named), self.fees(named));
        let of_requests = phrases.has(Word::Application) || phrases.has(Word::Request);
        fees != (context.of_money && named.kind == QuantityKind::Document)
            || context.of_money && !fees
            || decisions
                && (of_requests
                    || !context.of_cases && !self.is_of_any_unit(named)
                    || context.part == TextPart::Requests
                    || is_part_of_other(&named.terms, context))
    }

    /// True if a phrase names only decisions, whatever they are counted in: 行政处罚决定233项.
    fn is_of_any_unit(&self, named: &Named) -> bool {
        let mut subjects = named.terms.iter().filter_map(Term::subject);
        subjects.all(|subject| self.lexicon.subjects[subject].any_unit)
    }

    /// True if a phrase may name lawsuits of any kind, and nothing says that these are about information: 应诉12件.
    fn lacks_cause(&self, named: &Named) -> bool {
        let open = |subject: usize| self.lexicon.subjects[subject].caused;
        named.terms.iter().filter_map(Term::subject).any(open)
            && self.context.part != TextPart::Requests
            && !self.phrases.has(Word::Because)
    }

    /// True if the clause may speak of cases on which the body decides, which are cases against others.
    fn decides_on_others(&self) -> bool {
        let decides = self.phrases.list.iter().any(|(_, sense)| match sense {
            Sense::Quantity(q) => {
                matches!(
                    self.lexicon.quantities[*q].kind,
                    QuantityKind::Intake | QuantityKind::Handled
                )
            }
            _ => false,
        });
        let caused = self.phrases.has(Word::Because)
            || self.phrases.has(Word::Request)
            || !self.context.decides_cases
                && (self.context.is_small || self.context.part == TextPart::Requests);
        decides && !caused
    }

    /// True if a difference in a number of documents is only worth a look; none where something else is done with
    /// them.
    fn is_hint_only(&self, named: &Named) -> Option<bool> {
        let decisions = self.decisions(named);
        let blocks = |(i, sense): &(usize, Sense)| {
            let other = matches!(sense, Sense::Word(Word::Thing | Word::Channel));
            // 对缴存单位作出行政处罚7件: what decisions are made on, unless it is what is done with them.
            let adjacent = self.subjects.first().is_some_and(|(subject, _)| i + 1 == *subject);
            other && (!decisions || adjacent || self.subjects.is_empty())
        };
        let plain = !self.phrases.list.iter().any(blocks);
        let told = decisions || self.fees(named);
        let hint = |term: &Term| match term {
            Term::Subject { aspect: Some(aspect), .. } => self.lexicon.aspects[*aspect].only_hint,
            _ => !told,
        };
        plain.then(|| named.terms.iter().any(hint))
    }
}

/// True if proceedings that were counted, whatever became of them, are of fewer kinds than others.
fn is_narrower(lexicon: &Lexicon, told: &Counted, whole: &Counted) -> bool {
    let rows = |counted: &Counted| -> Vec<SubjectRow> {
        let subjects = counted.terms.iter().filter_map(Term::subject);
        subjects.flat_map(|subject| lexicon.subjects[subject].rows.clone()).collect()
    };
    let plain = told.terms.iter().all(|term| matches!(term, Term::Subject { aspect: None, .. }));
    let (some, all) = (rows(told), rows(whole));
    told.kind == whole.kind
        && plain
        && some.len() < all.len()
        && some.iter().all(|row| all.contains(row))
}

/// True if what was counted last is one of two kinds of the proceedings that the sentence is about, and no more is said of
/// it.
fn is_some_of_topic(lexicon: &Lexicon, told: &Counted, context: Context<'_>) -> bool {
    let Topic::Subject(topic) = context.topic else { return false };
    let all = &lexicon.subjects[topic].rows;
    let plain = |term: &Term| match term {
        Term::Subject { subject, aspect: None } => {
            let rows = &lexicon.subjects[*subject].rows;
            rows.len() < all.len() && rows.iter().all(|row| all.contains(row))
        }
        Term::Subject { .. } | Term::Quantity(_) | Term::Requests => false,
    };
    context.whole.is_none() && told.terms.iter().all(plain)
}

/// True if a clause of section five counts cases that were corrected, and does not say of which kind.
fn tells_of_corrected(
    lexicon: &Lexicon,
    phrases: &Phrases,
    aspect: usize,
    context: Context<'_>,
) -> bool {
    let answered = |(_, sense): &(usize, Sense)| matches!(sense, Sense::Quantity(q) if lexicon.quantities[*q].kind == QuantityKind::Handled);
    let of_answers = phrases.list.iter().any(answered) && phrases.has(Word::Because);
    let corrected = AspectColumn::Proceeding(ChallengeColumn::Corrected);
    context.part == TextPart::Problems
        && context.of_cases
        && (phrases.has(Word::Case) || phrases.has(Word::Subset) || of_answers)
        && lexicon.aspects[aspect].column == corrected
}

/// True if a column holds all cases that were corrected.
pub(super) fn is_corrected(lexicon: &Lexicon, aspect: usize) -> bool {
    let aspect = &lexicon.aspects[aspect];
    let corrected = AspectColumn::Proceeding(ChallengeColumn::Corrected);
    !aspect.at_most && aspect.column == corrected
}

/// The subjects that together are all proceedings.
pub(super) fn all_proceedings(lexicon: &Lexicon) -> Vec<usize> {
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for (i, subject) in lexicon.subjects.iter().enumerate() {
        if subject.kind() == QuantityKind::Proceeding
            && !subject.rows.iter().any(|row| rows.contains(row))
        {
            rows.extend(subject.rows.iter().copied());
            all.push(i);
        }
    }
    all
}

/// True if decisions may be a part of what the list they stand in divides: 办理事项500件，其中行政许可300件. Those of
/// another row of the table begin anew: 行政许可500件，其中……；行政处罚20件.
fn is_part_of_other(terms: &[Term], context: Context<'_>) -> bool {
    let rows = |terms: &[Term]| {
        let subjects = terms.iter().filter_map(Term::subject);
        subjects.flat_map(|s| &Lexicon::get().subjects[s].rows).copied().collect::<Vec<_>>()
    };
    let own = rows(terms);
    let of_table = context.whole.or(context.neighbour).is_some_and(|counted| {
        counted.kind == QuantityKind::Document
            && rows(&counted.terms).iter().all(|row| !own.contains(row))
    });
    (context.whole.is_some() || context.of_unknown) && !of_table && !context.past_semicolon
}
