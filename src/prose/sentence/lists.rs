//! Reading of lists: which figure is a part of which.

use super::reader::Reader;
use crate::prose::lexicon::{Kind, Lexicon, Sense, Word};
use crate::prose::list::{List, Opening, can_be_part};
use crate::prose::token::{Token, What, is_filler, takes_object};

/// The most lists that may be open inside each other.
const NESTED: usize = 3;

impl Reader<'_> {
    /// Opens a list whose whole is the last figure, where the opening word begins its clause.
    pub(super) fn open_list(&mut self, opening: Opening) {
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
    pub(super) fn open_end(&mut self) {
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

    /// Adds a figure to the innermost list it can belong to; ends the lists it cannot belong to.
    pub(super) fn join_list(&mut self, index: usize, words: &[Token]) {
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

    /// True if a figure's clause says something new instead of naming the next part.
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
        // 通过网站公开133条，通过微信群转发30条.
        let by = words.first().is_some_and(|word| {
            const BY: &str = "通过";
            let printed = self.text.printed();
            let before = list.and_then(|list| self.lists[list].parts.last());
            let as_before = before
                .is_some_and(|part| printed[self.mentions[*part].phrase.start..].starts_with(BY));
            as_before && printed[word.range.start..].starts_with(BY)
        });
        let level = self.level();
        let speaks = !by
            && !level.behind_figure
            && !matches!(kind, Some(Kind::Outcome | Kind::Rest))
            && words.iter().find(|token| !is_filler(token)).is_some_and(|token| {
                let rest = &self.text.printed()[token.range.start..];
                Lexicon::get().clauses.statement.start_of(rest).is_some()
            });
        flow || takes_in && !has_applicant || past_semicolon || speaks
    }
}
