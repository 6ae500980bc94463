//! Reading of decisions by their short names, where the full one of another stands beside them.

use super::level::is_of_cases;
use super::reader::Reader;
use crate::prose::clause::{Counted, Joined, Term};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_filler, span};

impl Reader<'_> {
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
