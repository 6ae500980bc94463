//! Applicants told in 名 or 家 beside the cases.

use super::level::Pending;
use super::reader::{REMEMBERED, Reader};
use crate::prose::clause::{Counted, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::mention::Mention;
use crate::prose::token::{Token, is_applicant, is_filler};

impl Reader<'_> {
    /// 个人19名、企业9家; 10名个人、1家企业: applicants and nothing else.
    pub(super) fn read_applicants(
        &self,
        mention: &mut Mention,
        words: &[Token],
    ) -> Option<Pending> {
        if !self.tells_of_applicants(mention.digits.start) {
            return None;
        }
        let context = self.context_in(true, false);
        if words.iter().all(|word| is_filler(word) || is_applicant(word)) {
            mention.counted = meaning(words, context).and_then(as_applicants);
        }
        let silent = words.iter().all(is_filler) && mention.counted.is_none();
        let index = self.mentions.len();
        silent.then(|| Pending { mention: index, before: Vec::new(), verb: Vec::new() })
    }

    /// True if the sentence round a figure tells who applied, and not who came or was gone to.
    fn tells_of_applicants(&self, at: usize) -> bool {
        let clauses = &Lexicon::get().clauses;
        let (before, behind) = self.text.printed().split_at(at);
        let before = before.rsplit(['。', '；', '\n']).next().unwrap_or_default();
        let behind = behind.split(['。', '；', '\n']).next().unwrap_or_default();
        let asked = self.mentions.iter().rev().take(REMEMBERED).any(|mention| {
            let kind = mention.counted.as_ref().map(|counted| counted.kind);
            mention.sentence == self.sentence
                && matches!(kind, Some(QuantityKind::Intake | QuantityKind::Request))
        });
        (asked || clauses.applicants.are_in(before))
            && ![before, behind].iter().any(|words| clauses.gathers.are_in(words))
    }
}

/// Applicants, each of whom stands for one application or more.
pub(super) fn as_applicants(counted: Counted) -> Option<Counted> {
    (!counted.applicant.is_empty()).then_some(Counted { at_most: true, ..counted })
}
