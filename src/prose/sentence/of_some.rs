//! Figures that count some of what the tables count, by the sentence they stand in: 新收的50件中48件年内答复; 科研机构的2件申请，1件予以公开.

use rust_decimal::Decimal;

use super::reader::{REMEMBERED, Reader};
use crate::prose::clause::Counted;
use crate::prose::lexicon::{Lexicon, QuantityKind};

impl Reader<'_> {
    /// Narrows the figures of the sentence that has ended.
    pub(super) fn narrow_to_some(&mut self) {
        let n = self.mentions.len();
        let own = self.mentions.iter().rev().take_while(|m| m.sentence == self.sentence);
        // A sentence with more figures is a table.
        let n_own = own.take(REMEMBERED + 1).count();
        if n_own > REMEMBERED {
            return;
        }
        let first = n - n_own;
        for figure in first..n {
            if self.is_handled_of_new(figure)
                && let Some(counted) = self.mentions[figure].counted.as_mut()
            {
                counted.at_most = true;
            }
        }
        self.narrow_to_applicant(first);
    }

    /// 新收的50件中48件年内答复: those carried in were dealt with besides.
    fn is_handled_of_new(&self, figure: usize) -> bool {
        const LONGEST: usize = 8;
        let Some(before) = figure.checked_sub(1) else { return false };
        let is = |figure: usize, kinds: &[QuantityKind]| {
            let counted = self.mentions[figure].counted.as_ref();
            counted.is_some_and(|counted| kinds.contains(&counted.kind))
        };
        let (whole, part) = (&self.mentions[before], &self.mentions[figure]);
        let between = self.text.printed().get(whole.range.end..part.digits.start);
        let within = &Lexicon::get().clauses.within;
        let inside = between.is_some_and(|words| {
            words.chars().count() <= LONGEST
                && within.iter().any(|word| words.contains(word))
                && !words.contains(['，', '；', '。'])
        });
        inside
            && is(figure, &[QuantityKind::Handled])
            && is(before, &[QuantityKind::Intake, QuantityKind::Request])
    }

    /// 科研机构的2件申请，1件予以公开、1件不予公开: what became of those, where the sentence tells of nothing else.
    fn narrow_to_applicant(&mut self, first: usize) {
        let told: Vec<usize> =
            (first..self.mentions.len()).filter(|i| self.mentions[*i].counted.is_some()).collect();
        let Some((whole, outcomes)) = told.split_first().filter(|(_, rest)| !rest.is_empty())
        else {
            return;
        };
        let counted = |figure: usize| self.mentions[figure].counted.as_ref();
        let of_applicant = counted(*whole).filter(|counted| {
            let came = matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request);
            came && counted.applicant.len() == 1
        });
        let plain = |counted: &Counted| {
            counted.kind == QuantityKind::Outcome && counted.applicant.is_empty()
        };
        let all_plain = outcomes.iter().all(|figure| counted(*figure).is_some_and(plain));
        let sum = outcomes.iter().map(|figure| self.mentions[*figure].value).sum::<Decimal>();
        let fits = sum <= self.mentions[*whole].value;
        let Some(applicant) = of_applicant.filter(|_| all_plain && fits) else { return };
        let applicant = applicant.applicant.clone();
        for figure in outcomes {
            if let Some(counted) = self.mentions[*figure].counted.as_mut() {
                counted.applicant.clone_from(&applicant);
            }
        }
    }
}
