//! Reading of years and periods: which of them is the year of the report, and which only says where applications go.

use super::reader::Reader;
use crate::prose::clause::{Change, Topic};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
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
        let later = |year: u16| numeral.value > rust_decimal::Decimal::from(year);
        self.planned = !own && (self.planned || self.year.is_some_and(later));
        let what = What::Phrase(Sense::Word(if own { Word::Filler } else { word }));
        self.level().words.push(Token { range: token.range.clone(), what });
    }

    /// 结转至2026年, 转入2026年, 2024年结转: a year that only says where applications go or come from.
    fn carries_over(&mut self, token: &Token, numeral: &Numeral) -> bool {
        let Some(year) = self.year.map(rust_decimal::Decimal::from) else { return false };
        let lexicon = Lexicon::get();
        let text = self.text.printed();
        let before = &text[..token.range.start];
        let one = rust_decimal::Decimal::ONE;
        if numeral.value == year - one {
            return self.denies_carried_in(token) || self.carries_in(token);
        }
        let into = lexicon.clauses.carried_into.end_of(before);
        let Some(word) = into.filter(|_| numeral.value == year + one) else { return false };
        let range = token.range.start - word.len()..token.range.end;
        let Some(quantity) = lexicon.quantity("carried_out") else { return false };
        let level = self.level();
        while level.words.last().is_some_and(|last| last.range.end > range.start) {
            level.words.pop();
        }
        level.words.push(Token { range, what: What::Phrase(Sense::Quantity(quantity)) });
        true
    }

    /// Reads 2023年结转 and the like as what was carried in, where 2023 is the year before.
    fn carries_in(&mut self, token: &Token) -> bool {
        let lexicon = Lexicon::get();
        let end = self.end_of_year(token);
        let behind = &self.text.printed()[end..];
        let Some(word) = lexicon.clauses.carried_from.start_of(behind) else { return false };
        let Some(quantity) = lexicon.quantity("carried_in") else { return false };
        let range = token.range.start..end + word.len();
        self.read_up_to = range.end;
        self.level().words.push(Token { range, what: What::Phrase(Sense::Quantity(quantity)) });
        true
    }

    /// The part of a token that has not been read together with one before it.
    pub(super) fn unread(&self, token: Token) -> Option<Token> {
        if token.range.start >= self.read_up_to {
            return Some(token);
        }
        let carried =
            |quantity: usize| Lexicon::get().quantities[quantity].kind == QuantityKind::CarriedIn;
        match token.what {
            _ if token.range.end <= self.read_up_to => None,
            // 2023年结转 has said all that 结转的 says.
            What::Phrase(Sense::Quantity(quantity)) if carried(quantity) => None,
            What::Other => Some(Token { range: self.read_up_to..token.range.end, ..token }),
            What::Phrase(_) | What::Number(_) | What::Mark(_) => Some(token),
        }
    }

    /// The end of a year with the 度 of 年度.
    fn end_of_year(&self, token: &Token) -> usize {
        const YEARLY: char = '度';
        let behind = &self.text.printed()[token.range.end..];
        token.range.end + if behind.starts_with(YEARLY) { YEARLY.len_utf8() } else { 0 }
    }

    /// Reads 上年无结转, 2023年没有遗留 as a denial of what was carried in; of anything but applications it says nothing.
    pub(super) fn denies_carried_in(&mut self, token: &Token) -> bool {
        let lexicon = Lexicon::get();
        let end = self.end_of_year(token);
        let (printed, behind) = self.text.printed().split_at(end);
        let named = &printed[token.range.clone()];
        let last_year =
            matches!(token.what, What::Number(_)) || lexicon.growth.last_year.has(named);
        let clauses = &lexicon.clauses;
        let denial = clauses.lacking.start_of(behind).filter(|_| last_year);
        let Some(denial) = denial else { return false };
        let carried = clauses.carried_from.start_of(&behind[denial.len()..]);
        let Some((word, quantity)) = carried.zip(lexicon.quantity("carried_in")) else {
            return false;
        };
        let at = end + denial.len();
        self.read_up_to = at + word.len();
        if self.topic != Topic::Requests {
            self.level().words.push(filler(token));
            return true;
        }
        let without = What::Phrase(Sense::Word(Word::Without));
        let carried = What::Phrase(Sense::Quantity(quantity));
        let range = token.range.start..at;
        self.level().words.push(Token { range, what: without });
        self.level().words.push(Token { range: at..at + word.len(), what: carried });
        true
    }

    /// True if a word for a year may mean whichever was named last: 全年.
    pub(super) fn is_of_named_year(&self, token: &Token) -> bool {
        Lexicon::get().clauses.named_years.has(&self.text.printed()[token.range.clone()])
    }

    /// True if a period says nothing of the clauses behind its own: 每季度通报一次, 为近五年最高, 与上年相比.
    fn is_period_of_clause(&self, token: &Token) -> bool {
        let lexicon = Lexicon::get();
        let printed = &self.text.printed()[token.range.clone()];
        let rest = &self.text.printed()[token.range.end..];
        let clause = rest.split(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
        let silent = !clause.contains(|c: char| c.is_ascii_digit());
        lexicon.clauses.averages.has(printed) && (silent || self.tells_duration(token.range.end))
            || silent && lexicon.clauses.superlatives.are_in(clause)
            || silent && self.is_quarterly(token)
            || lexicon.growth.compared_behind.start_of(clause).is_some()
    }

    /// Takes note of another period, for the clauses behind it as well where it holds for them; true if it is now.
    pub(super) fn other_period(&mut self, token: &Token) -> bool {
        let compared = self.level().words.last().is_some_and(compares);
        let printed = &self.text.printed()[token.range.clone()];
        let own_clause = self.is_period_of_clause(token);
        let as_of_now = Lexicon::get().clauses.as_of_now.has(printed);
        self.as_of_now |= as_of_now;
        // 平均每个县22次；复议被纠正7件: a mean ends with its part of the sentence.
        let mean = self.of_this_year && Lexicon::get().clauses.averages.has(printed);
        self.averaged.is_told |= mean;
        if mean && self.is_mean_alone(token) {
            self.averaged.from = Some(token.range.start);
        }
        self.of_this_year &= compared || own_clause || as_of_now;
        as_of_now
    }

    /// True if a mean is told with nothing but its period, and so holds for its own figure alone: 平均每月16条, but not 平均每月收到2件.
    fn is_mean_alone(&self, token: &Token) -> bool {
        const EACH: char = '每';
        let lexicon = Lexicon::get();
        let words = &self.text.printed()[token.range.start..];
        let end = words.find(|c: char| c.is_ascii_digit() || "，。；：\n".contains(c));
        let mut left = &words[..end.unwrap_or(words.len())];
        let periods = &lexicon.sums.periods;
        let rounds = || periods.rounds_of_a_year.iter().map(|(period, _)| period.as_str());
        while !left.is_empty() {
            let word = lexicon.clauses.averages.start_of(left);
            let word = word.or_else(|| lexicon.exactness.about.start_of(left));
            let behind = left.strip_prefix(EACH);
            let period = behind.and_then(|each| {
                let round = rounds().find(|period| each.starts_with(period));
                round.or_else(|| periods.days.start_of(each))
            });
            left = match (word, period) {
                (Some(word), _) => &left[word.len()..],
                (None, Some(period)) => &left[EACH.len_utf8() + period.len()..],
                (None, None) => return false,
            };
        }
        true
    }

    /// Goes back to the year of the report behind the figure of a mean that is told alone, and behind a comparison that is
    /// told in full: 新收193件，上年168件，净增25件.
    pub(super) fn leave_other_period(&mut self) {
        let n = self.mentions.len();
        let change = |i: usize| self.mentions.get(i).and_then(|mention| mention.growth);
        if let (Some(base), Some(by)) = (change(n.wrapping_sub(2)), change(n.wrapping_sub(1)))
            && base.change == Change::Base
            && matches!(by.change, Change::Difference(_) | Change::Rate(_))
            && by.of == base.of
            && self.mentions[by.of].of_this_year
        {
            self.of_this_year = true;
        }
        let told = |from: usize| self.mentions.last().is_some_and(|last| last.range.start > from);
        if self.averaged.from.is_some_and(told) {
            self.of_this_year |= std::mem::take(&mut self.averaged).is_told;
        }
    }

    /// Takes note of a quantity that names the year of the report or the fee.
    pub(super) fn quantity(&mut self, quantity: usize, token: &Token) {
        let printed = &self.text.printed()[token.range.clone()];
        self.of_this_year |= Lexicon::get().clauses.own_years.start_of(printed).is_some();
        let quantity = &Lexicon::get().quantities[quantity];
        self.fee_told |= quantity.kind == QuantityKind::Fee && !quantity.told_before;
    }

    /// True if a word only says how often something is done: 建立季度通报制度, but not 第三季度.
    fn is_quarterly(&self, token: &Token) -> bool {
        let (before, printed) = self.text.printed().split_at(token.range.start);
        let which = |c: char| c.is_ascii_digit() || "一二三四第本上下首末个".contains(c);
        printed.starts_with("季度") && !before.ends_with(which)
    }

    /// True if a word is a court, or the like, that does something with a case.
    pub(super) fn is_court(&self, token: &Token) -> bool {
        let clauses = &Lexicon::get().clauses;
        let (printed, behind) = (self.text.printed(), &self.text.printed()[token.range.end..]);
        clauses.courts.has(&printed[token.range.clone()])
            && clauses.verdicts.start_of(behind).is_some()
    }

    /// True if the figure of the clause that goes on at `from` is how long something took: 平均每件办理时间9天.
    fn tells_duration(&self, from: usize) -> bool {
        let rest = &self.text.printed()[from..];
        let clause = rest.split(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
        let durations = &Lexicon::get().clauses.durations;
        clause.match_indices(|c: char| c.is_ascii_digit()).any(|(at, digit)| {
            let unit = &clause[at + digit.len()..];
            durations.start_of(unit.strip_prefix('个').unwrap_or(unit)).is_some()
        })
    }
}
