//! Reading of what a clause says without a figure: 全部办结, 均已审结, 未发生行政复议.

use super::bodies::Whose;
use super::reader::Reader;
use super::scope::Scope;
use crate::prose::clause::{
    Claim, Claimed, Term, Topic, claim, denials, of_cases, only_denies, says_all_handled, wholly,
    wordless,
};
use crate::prose::lexicon::{Counter, Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::Mention;
use crate::prose::token::{Token, What, is_filler, span};

impl Reader<'_> {
    /// Reads what a clause says without a figure.
    pub(super) fn claim(&mut self) {
        let level = self.level();
        if level.behind_figure && level.words.is_empty() || self.as_of_now {
            return;
        }
        let level = self.level();
        let behind_figure = level.behind_figure;
        let words = std::mem::take(&mut level.words);
        self.take_result(&words);
        if let Some((of, _)) = self.grown()
            && let Some(change) = wordless(&words, self.text.printed(), self.year)
        {
            self.claims.push(Claim { range: span(&words), what: Claimed::Change(of, change) });
            self.of_this_year = true;
        }
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        // 全县各部门 are all that the report is of.
        // 省政府本级案件中无败诉 says nothing of the others that the report is of.
        let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
        let office = words.iter().position(|token| is(token, Word::Office));
        let beside = |at: usize| at.checked_sub(1).is_some_and(|at| is(&words[at], Word::And));
        let of_some = self.government && office.is_some_and(|at| !beside(at));
        let of_others = has(Word::Parts) && !has(Word::Area)
            || of_some
            || self.bodies.whose(&words, self.text.printed()) == Some(Whose::Other);
        // 上年结转的4件申请已全部办结 is said of those four.
        let of_figure = behind_figure
            && self
                .context(true)
                .neighbour
                .is_some_and(|counted| counted.kind == QuantityKind::CarriedIn);
        if self.of_this_year && self.scope == Scope::Own && !of_others && !of_figure {
            let read = self.claims_of(&words);
            self.claims.extend(read);
            self.claims.extend(self.wholly(&words));
            self.claims.extend(self.handled_by_year_end(&words));
        } else if self.of_this_year && self.scope == Scope::Foreign && has(Word::Area) {
            let read = self.denied_of_area(&words);
            self.claims.extend(read);
        }
        let by_others = of_others && !self.is_single_case();
        if self.of_this_year && self.scope == Scope::Own && !by_others {
            let none = self.cases_denied(&words, behind_figure);
            self.claims.extend(none);
        }
        self.level().words = words;
    }

    /// The cases that a clause says there were none of, by what it says of all of them, or of a single one.
    fn cases_denied(&self, words: &[Token], behind_figure: bool) -> Vec<Claim> {
        let named = self.subjects_before();
        let decided = (behind_figure || self.follow_figure(words)) && self.is_of_decided();
        // 1名申请人申请行政复议，复议机关决定纠正
        let all = words.iter().any(is_every) || !named.is_empty() && self.is_one_person();
        if !all && self.stand_at_figure(words) {
            // 行政复议、行政诉讼合计3件被纠正: as many as that of all.
            return Vec::new();
        }
        let told = if decided {
            // 行政诉讼3件，法院已判2件，均维持: of those told before.
            let own = self.decided_subject();
            if own.is_empty() { self.cases_told() } else { own }
        } else if behind_figure && self.is_of_some() {
            Vec::new()
        } else if named.is_empty() {
            self.cases_told()
        } else {
            named
        };
        let told = if all { told } else { self.last_of(told) };
        let single = (self.is_single_case(), decided);
        let range = span(words);
        let claim = |counted| Claim { range: range.clone(), what: Claimed::None(counted) };
        of_cases(words, self.text.printed(), &told, single).into_iter().map(claim).collect()
    }

    /// Gives the last figure the result that stands right behind it, if it counts the cases of some kinds: 行政复议3件被纠正.
    fn take_result(&mut self, words: &[Token]) {
        if !self.stand_at_figure(words) {
            return;
        }
        let mut told = words.iter().filter(|token| !is_filler(token));
        let (Some(What::Phrase(Sense::Aspect(result))), None) =
            (told.next().map(|token| &token.what), told.next())
        else {
            return;
        };
        let counted = self.mentions.last_mut().and_then(|last| last.counted.as_mut());
        let Some(counted) = counted.filter(|c| c.kind == QuantityKind::Proceeding) else { return };
        for term in &mut counted.terms {
            if let Term::Subject { aspect: aspect @ None, .. } = term {
                *aspect = Some(*result);
                counted.at_most |= Lexicon::get().aspects[*result].at_most;
            }
        }
    }

    /// True if some words begin where the last figure ends.
    fn stand_at_figure(&self, words: &[Token]) -> bool {
        let last = self.mentions.last().map(|last| last.range.end);
        words.first().is_some_and(|first| last == Some(first.range.start))
    }

    /// True if nothing but a comma stands between the last figure and some words.
    fn follow_figure(&self, words: &[Token]) -> bool {
        let last = self.mentions.last().map_or(0, |last| last.range.end);
        let between =
            words.first().and_then(|first| self.text.printed().get(last..first.range.start));
        between == Some("，")
    }

    /// The claims of a clause, one for each thing that it denies.
    fn claims_of(&self, words: &[Token]) -> Vec<Claim> {
        let text = self.text.printed();
        let before = self.levels.last().map_or(&[][..], |level| level.before.as_slice());
        let whole = only_denies(words).then(|| [before, words].concat());
        let words = whole.as_deref().unwrap_or(words);
        let read = |words: &[Token]| {
            let what = claim(words, text, self.context(true))?;
            Some(Claim { range: span(words), what })
        };
        denials(words).into_iter().filter_map(read).collect()
    }

    /// 全年申请无一超期，年底前全部办结: that no application was left, where the clause before names those of the year.
    fn handled_by_year_end(&self, words: &[Token]) -> Option<Claim> {
        let before = self.levels.last().map_or(&[][..], |level| level.before.as_slice());
        let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
        let said = |token: &&Token| !is_filler(token) || is(token, Word::OwnPeriod);
        let named = before.iter().filter(said).collect::<Vec<_>>();
        let of_year = named.windows(2).any(|pair| {
            let application = is(pair[1], Word::Application) || is(pair[1], Word::Request);
            is(pair[0], Word::OwnPeriod) && application
        });
        let elsewhere = [Word::Elsewhere, Word::Thing, Word::Parts];
        let elsewhere = named.iter().any(|token| elsewhere.iter().any(|word| is(token, *word)));
        let known = matches!(self.topic, Topic::Requests | Topic::Unknown) && !elsewhere;
        let said = self.text.printed().get(span(words))?;
        let by_then = Lexicon::get().clauses.year_ends.are_in(said);
        let all = of_year && known && by_then && says_all_handled(words, self.text.printed());
        all.then(|| Claim { range: span(words), what: Claimed::AllHandled })
    }

    /// The denials of a clause on the area that the body is of, which deny it of the body, too: 全市均未收取信息处理费.
    fn denied_of_area(&self, words: &[Token]) -> Vec<Claim> {
        let is_area = |token: &Token| token.what == What::Phrase(Sense::Word(Word::Area));
        let rest: Vec<Token> = words.iter().filter(|token| !is_area(token)).cloned().collect();
        let mut claims = self.claims_of(&rest);
        claims.retain(|claim| matches!(claim.what, Claimed::None(_)));
        claims
    }

    /// The claim of a clause that all that the last figure counts is of one outcome.
    fn wholly(&self, words: &[Token]) -> Option<Claim> {
        let figure = *self.levels.last()?.figures.last()?;
        let named = wholly(words, self.text.printed(), self.context(true))?;
        let beside = |mention: &Mention| mention.growth.is_some() || !mention.of_this_year;
        let last = self.mentions[figure + 1..].iter().all(beside);
        last.then(|| Claim { range: span(words), what: Claimed::Wholly(figure, named) })
    }

    /// True if the last figure is one case: 行政复议1件，经审理后决定纠正.
    fn is_single_case(&self) -> bool {
        self.mentions.last().is_some_and(|last| last.value == rust_decimal::Decimal::ONE)
    }

    /// True if the last figure is one person: 1名申请人申请行政复议.
    fn is_one_person(&self) -> bool {
        let persons = |last: &Mention| last.unit.counter().is_some_and(Counter::counts_persons);
        self.is_single_case() && self.mentions.last().is_some_and(persons)
    }

    /// The kinds of proceedings that the clause before names without a figure: 复议后起诉的案件均已审结，全部维持.
    fn subjects_before(&self) -> Vec<usize> {
        let before = self.levels.last().map_or(&[][..], |level| level.before.as_slice());
        let named = before.iter().filter_map(|token| match token.what {
            What::Phrase(Sense::Subject(subject)) => Some(subject),
            _ => None,
        });
        named.collect()
    }

    /// The kind of proceedings of the last figure, which counts those that have been decided: 已审结的4件全部维持.
    fn decided_subject(&self) -> Vec<usize> {
        let counted = self.mentions.last().and_then(|last| last.counted.as_ref());
        let terms = counted.map_or(&[][..], |counted| counted.terms.as_slice());
        let mut subjects: Vec<usize> = terms.iter().filter_map(Term::subject).collect();
        subjects.dedup();
        if subjects.len() == 1 { subjects } else { Vec::new() }
    }

    /// True if the last figure is one of cases of which something has been told, or that nothing names: 已经判决的3件均维持.
    fn is_of_some(&self) -> bool {
        let counted = self.mentions.last().and_then(|last| last.counted.as_ref());
        let is_all = |term: &Term| matches!(term, Term::Subject { aspect: None, .. });
        self.is_of_decided() || counted.is_none_or(|counted| !counted.terms.iter().all(is_all))
    }

    /// True if the last figure is that of the cases that have been decided: 已审结的5件全部胜诉.
    fn is_of_decided(&self) -> bool {
        const REACH: usize = 60;
        let Some(last) = self.mentions.last() else { return false };
        let text = self.text.printed();
        let from = last.digits.start.saturating_sub(REACH);
        let from = (from..=last.digits.start).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let said = text[from..last.digits.start].rsplit(['，', '。', '；', '\n']).next();
        Lexicon::get().clauses.decided.are_in(said.unwrap_or_default())
    }

    /// The kinds of proceedings whose numbers the sentence has told, or of a sentence that has told what became of some,
    /// its part behind the last semicolon; none where that has told it, too.
    fn cases_told(&self) -> Vec<usize> {
        let Some(level) = self.levels.first() else { return Vec::new() };
        let terms_from = |first: usize| -> Vec<Term> {
            let figures = level.figures.iter().filter(|figure| **figure >= first);
            let counted = figures.filter_map(|i| self.mentions[*i].counted.as_ref());
            let cases = counted.filter(|counted| counted.kind == QuantityKind::Proceeding);
            cases.flat_map(|counted| counted.terms.iter().copied()).collect()
        };
        let is_by_result = |terms: &[Term]| {
            terms.iter().any(|term| matches!(term, Term::Subject { aspect: Some(_), .. }))
        };
        // 复议3起，维持2起，尚未审结1起；诉讼1起，已审结，结果维持.
        // 诉讼7件，未经复议的5件，1件未结；经过复议的2件，均维持: of those behind the semicolon.
        let mut terms = terms_from(level.since_semicolon);
        if terms.is_empty() {
            terms = terms_from(0);
        }
        let by_result = is_by_result(&terms);
        let mut subjects: Vec<usize> = terms.iter().filter_map(Term::subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        if by_result { Vec::new() } else { subjects }
    }

    /// Of some kinds of proceedings those that the last figure has counted.
    fn last_of(&self, mut told: Vec<usize>) -> Vec<usize> {
        let last = self.context(true).neighbour;
        let terms = last.map_or(&[][..], |counted| counted.terms.as_slice());
        told.retain(|subject| terms.iter().any(|term| term.subject() == Some(*subject)));
        told
    }
}

/// True if a word says that something holds for all.
fn is_every(token: &Token) -> bool {
    token.what == What::Phrase(Sense::Word(Word::Every))
}
