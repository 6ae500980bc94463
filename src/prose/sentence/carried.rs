//! Reading of what is carried over, where a clause without a figure says it of the figure before.

use super::level::is_of_cases;
use super::reader::Reader;
use crate::prose::clause::{Counted, Joined, Term, TextPart, Topic};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense};
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_filler};

impl Reader<'_> {
    /// 剩余1件正在征求第三方意见，结转下年: the figure whose clause says nothing of the tables is that of what is carried over.
    pub(super) fn carry_out(&mut self) {
        let Some(level) = self.levels.last() else { return };
        let of_requests = self.part == TextPart::Requests && self.topic == Topic::Requests;
        if level.behind_figure || !of_requests || !carries_out(&level.words) {
            return;
        }
        let (Some(figure), Some(first)) = (level.figures.last().copied(), level.words.first())
        else {
            return;
        };
        let mention = &self.mentions[figure];
        let own = mention.counted.is_none() && mention.unread.is_none() && mention.list.is_none();
        let between = self.text.printed().get(mention.range.end..first.range.start);
        let next = between.is_some_and(|between| {
            between.ends_with('，') && between.matches(['，', '；', '、', '（', '。']).count() == 1
        });
        let cases = is_of_cases(mention.unit) && mention.unit != Unit::Yuan;
        let Some(quantity) =
            Lexicon::get().quantity("carried_out").filter(|_| own && next && cases)
        else {
            return;
        };
        // 1件正在补正，结转下年 may be one of several; 剩余1件 is all.
        let before = &self.text.printed()[..mention.digits.start];
        let all = Lexicon::get().clauses.left_in_all.end_of(before).is_some();
        self.mentions[figure].counted = Some(Counted {
            kind: QuantityKind::CarriedOut,
            terms: vec![Term::Quantity(quantity)],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: !all,
        });
    }
}

/// True if some words say that something is carried over, and no more.
fn carries_out(words: &[Token]) -> bool {
    let carried = |token: &Token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::CarriedOut
        }
        _ => false,
    };
    words.iter().any(carried) && words.iter().all(|word| carried(word) || is_filler(word))
}
