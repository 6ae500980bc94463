//! Reading of years: which of them is the year of the report, and which only says where applications go.

use super::reader::Reader;
use crate::prose::lexicon::{Lexicon, Sense, Word};
use crate::prose::numeral::Numeral;
use crate::prose::token::{Token, What, compares, ends_with_up_to, filler};

impl Reader<'_> {
    pub(super) fn year_named(&mut self, token: &Token, numeral: &Numeral) {
        if self.carries_over(token, numeral) {
            return;
        }
        let named =
            self.year.is_some_and(|year| numeral.value == rust_decimal::Decimal::from(year));
        // 2021年至2023年 is not the year of the report, though it ends with it.
        let before = &self.text.printed()[..token.range.start];
        let own = named && (self.of_this_year || !ends_with_up_to(before));
        let compared = self.level().words.last().is_some_and(compares);
        let word = if own { Word::OwnPeriod } else { Word::OtherPeriod };
        if own {
            self.of_this_year = true;
        } else if !compared {
            self.of_this_year = false;
        }
        let what = What::Phrase(Sense::Word(if own { Word::Filler } else { word }));
        self.level().words.push(Token { range: token.range.clone(), what });
    }

    /// 结转至2026年, 转入2026年, 2024年结转: a year that only says where applications go or come from.
    fn carries_over(&mut self, token: &Token, numeral: &Numeral) -> bool {
        let Some(year) = self.year.map(rust_decimal::Decimal::from) else { return false };
        let lexicon = Lexicon::get();
        let text = self.text.printed();
        let (before, behind) = (&text[..token.range.start], &text[token.range.end..]);
        let one = rust_decimal::Decimal::ONE;
        let into = lexicon.clauses.carried_into.end_of(before);
        let (range, key) = match into {
            Some(word) if numeral.value == year + one => {
                (token.range.start - word.len()..token.range.end, "carried_out")
            }
            _ if numeral.value == year - one => {
                if lexicon.clauses.carried_from.start_of(behind).is_none() {
                    return false;
                }
                // The word behind it says the rest.
                self.level().words.push(filler(token));
                return true;
            }
            _ => return false,
        };
        let Some(quantity) = lexicon.quantity(key) else { return false };
        let level = self.level();
        while level.words.last().is_some_and(|last| last.range.end > range.start) {
            level.words.pop();
        }
        level.words.push(Token { range, what: What::Phrase(Sense::Quantity(quantity)) });
        true
    }
}
