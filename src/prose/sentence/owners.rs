//! The owner of a figure, by the words round it or by a declaration of the data file.

use super::figures::names_figure;
use super::level::is_countable;
use super::reader::{Declared, Reader};
use super::scope::Scope;
use crate::prose::lexicon::QuantityKind;
use crate::prose::mention::{Mention, Unread};
use crate::prose::token::Token;
use crate::report::Whose;

impl Reader<'_> {
    /// Says of a figure whose it is.
    pub(super) fn own_figure(&mut self, mention: &mut Mention, words: &[Token]) {
        let own = self.scope != Scope::Foreign;
        if own {
            self.of_own = true;
            self.fee_told |= mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Fee);
        } else {
            mention.unread = Some(Unread::OtherBody);
            mention.owner = self.scope_named.clone();
            self.of_others |= is_countable(mention.unit) && words.iter().any(names_figure);
        }
        self.declare(mention);
    }

    /// Takes what the data file declares of a figure for whose it is.
    pub(super) fn declare(&mut self, mention: &mut Mention) {
        let typed = self.text.typed_range(mention.digits.clone());
        let holds = |one: &Declared| one.range.start <= typed.start && typed.end <= one.range.end;
        // A sentence is declared more closely than the text it stands in.
        let all = self.declared.iter_mut().filter(|one| holds(one));
        let Some(declared) = all.min_by_key(|one| one.range.len()) else { return };
        let of_others = mention.of_others.is_some()
            || mention.unread == Some(Unread::OtherBody)
            || self.scope != Scope::Own;
        declared.is_used |= of_others || declared.whose == Whose::Other;
        mention.of_others = None;
        mention.owner = None;
        match declared.whose {
            Whose::Own => mention.unread = None,
            Whose::Other => {
                mention.unread = Some(Unread::Declared(declared.place));
                mention.told = mention.counted.take();
            }
        }
    }
}
