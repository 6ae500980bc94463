//! Reading of kinds of decisions, documents and cases that are told side by side.

use super::level::is_of_cases;
use super::reader::Reader;
use crate::prose::clause::{Counted, Joined, Term};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Unit, numeral_at};
use crate::prose::token::{Token, What, is_filler, span};

impl Reader<'_> {
    /// 制定规章2件、规范性文件53件，分别废止1件、37件: what became of each of the kinds told side by side.
    pub(super) fn distributed_before(&self, words: &[Token]) -> Vec<Counted> {
        /// Fewer or more are no such series.
        const KINDS: usize = 2;
        let lexicon = Lexicon::get();
        let mut aspects = words.iter().filter_map(|token| match token.what {
            What::Phrase(Sense::Aspect(aspect)) => Some(aspect),
            _ => None,
        });
        let (Some(done), None) = (aspects.next(), aspects.next()) else { return Vec::new() };
        let parts = |token: &Token| {
            let What::Phrase(Sense::Word(word)) = token.what else { return false };
            matches!(word, Word::Respectively | Word::OpensAll)
        };
        let apart = |token: &Token| parts(token) || is_filler(token);
        let is_aspect = |token: &Token| token.what == What::Phrase(Sense::Aspect(done));
        let told_apart = words.iter().any(parts);
        if !told_apart || !words.iter().all(|token| apart(token) || is_aspect(token)) {
            return Vec::new();
        }
        let kind = lexicon.aspects[done].kind();
        let figures = self.levels.last().map_or(&[][..], |level| level.figures.as_slice());
        let told: Vec<&Counted> =
            figures.iter().filter_map(|figure| self.mentions[*figure].counted.as_ref()).collect();
        let of_kind = |counted: &&Counted| counted.kind == kind && counted.terms.len() == 1;
        if told.len() != KINDS || figures.len() != KINDS || !told.iter().all(of_kind) {
            return Vec::new();
        }
        let each = told.into_iter().filter_map(|counted| {
            let subject = counted.terms.first()?.subject()?;
            let terms = vec![Term::Subject { subject, aspect: Some(done) }];
            let at_most = lexicon.aspects[done].at_most;
            let only_hint = lexicon.aspects[done].only_hint;
            Some(Counted { terms, at_most, only_hint, ..counted.clone() })
        });
        each.collect()
    }

    /// The number of figures that stand in a row from one on, with nothing but their units and marks: 3件、2件和1件.
    pub(super) fn n_in_row(&self, first: &Mention) -> usize {
        const MOST: usize = 8;
        let text = self.text.printed();
        let (mut n, mut end) = (1, first.range.end);
        while n < MOST {
            let behind = &text[end..];
            let start = end + behind.len()
                - behind.trim_start_matches(['、', '，', '和', '与', '及']).len();
            let next = numeral_at(text, start).filter(|_| start > end);
            let Some(next) = next else { break };
            (n, end) = (n + 1, next.range.end);
        }
        n
    }

    /// 作出行政许可3417件、处罚628件、强制73件: the row of a short name beside decisions of another row.
    pub(super) fn decision_beside(&self, words: &[Token], unit: Unit) -> Option<Counted> {
        /// The most figures between the two.
        const NEAR: usize = 4;
        let lexicon = Lexicon::get();
        let all = span(words);
        let said = self.text.printed().get(all.clone())?;
        let names = lexicon.clauses.decisions.iter().filter(|(name, _)| said.ends_with(name));
        let (name, row) = names.max_by_key(|(name, _)| name.len())?;
        let start = all.end - name.len();
        let plain = |token: &Token| {
            is_filler(token) || token.what == What::Other && token.range.start >= start
        };
        if !words.iter().all(plain) {
            return None;
        }
        let subject = lexicon.subjects.iter().position(|subject| subject.rows == [*row])?;
        let of_other = |counted: &Counted| {
            let mut subjects = counted.terms.iter().filter_map(Term::subject);
            subjects.any(|other| {
                lexicon.is_of_decisions(other) && lexicon.subjects[other].rows != [*row]
            })
        };
        let figures = self.levels.last()?.figures.iter().rev().take(NEAR);
        let beside = figures
            .filter_map(|figure| self.mentions[*figure].counted.as_ref())
            .find(|counted| counted.kind == QuantityKind::Document && of_other(counted))?;
        (is_of_cases(unit) && unit != Unit::Yuan).then(|| Counted {
            kind: QuantityKind::Document,
            terms: vec![Term::Subject { subject, aspect: None }],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: beside.only_hint,
            strict: false,
            at_most: false,
        })
    }
}
