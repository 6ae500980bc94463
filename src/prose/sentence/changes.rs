//! Reading of changes: what has grown, by how much, and what it was the year before.

use super::level::is_of_cases;
use super::reader::{REMEMBERED, Reader};
use super::scope::Scope;
use crate::prose::clause::{
    Change, Context, Counted, Growth, behind_bracket, change, is_base, meaning, told_of_last_year,
};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Numeral, Unit};
use crate::prose::sums::counts_parts;
use crate::prose::token::{Token, is_filler};

impl Reader<'_> {
    /// Reads what the words before a figure say of a change.
    pub(super) fn read_growth(&mut self, mention: &mut Mention) {
        if let Some(of) = self.grown_from(mention) {
            mention.growth = Some(Growth { of, change: Change::Base });
            return;
        }
        let Some((growth, rough)) = self.growth(mention.unit) else { return };
        mention.growth = Some(growth);
        // 是上年的1.5倍: the year before has only been the measure, what follows is of this year again.
        self.of_this_year = true;
        if rough && mention.exactness == Exactness::Exact {
            mention.exactness = Exactness::About;
        }
    }

    /// The change that the words before a figure speak of, where it is that of the figure before.
    fn growth(&self, unit: Unit) -> Option<(Growth, bool)> {
        let level = self.levels.last()?;
        let (of, is_based) = self.grown()?;
        let text = self.text.printed();
        let words = if level.before.iter().all(is_filler) {
            level.words.clone()
        } else {
            // 与上年相比，增加20件.
            [level.before.clone(), level.words.clone()].concat()
        };
        let grown = Some(self.mentions[of].unit);
        let (change, rough) = change(&words, text, (self.year, is_based), (unit, grown))?;
        Some((Growth { of, change }, rough))
    }

    /// The figure that is compared with this one of the year before: 收到15件，较2022年的11件增加4件.
    fn grown_from(&self, mention: &Mention) -> Option<usize> {
        let level = self.levels.last()?;
        let (of, _) = self.grown()?;
        let text = self.text.printed();
        let alone = level.before.iter().all(is_filler) && mention.same_unit(&self.mentions[of]);
        let behind = &text[mention.range.end..];
        (alone && is_base(&level.words, text, self.year, behind)).then_some(of)
    }

    /// Last year's value as the words before a figure tell it, where that is certain.
    pub(super) fn told_of_last_year(
        &self,
        words: &[Token],
        before: &[Token],
        figure: &Numeral,
    ) -> Option<Counted> {
        let alone = self.levels.len() == 1 && before.iter().all(is_filler);
        let listed = self.levels.last().is_some_and(|level| !level.lists.is_empty());
        if !alone || listed || self.scope != Scope::Own {
            return None;
        }
        let behind = &self.text.printed()[figure.range.end..];
        let words = told_of_last_year(words, self.text.printed(), self.year, behind)?;
        let of_cases = is_of_cases(figure.unit);
        meaning(&words, Context { of_cases, ..Context::default() })
            .filter(|counted| counted.kind == QuantityKind::Intake && counted.applicant.is_empty())
    }

    /// 2024年1377件，三年累计3731件，2024年比上年增加129件: what is told of several years is not what has grown.
    fn adds_years(&self, figure: usize) -> bool {
        let mention = &self.mentions[figure];
        let words = self.text.printed().get(mention.phrase.start..mention.digits.start);
        words.is_some_and(|words| words.contains('年') && counts_parts(words).is_some())
    }

    /// The number of the figures right behind one that are those of its halves or quarters.
    fn n_periods(&self, of: usize) -> usize {
        let (text, words) = (self.text.printed(), &Lexicon::get().sums);
        let behind = &self.mentions[of + 1..];
        let names = |(mention, period): (&Mention, &str)| {
            let said = text.get(mention.phrase.start..mention.digits.start).unwrap_or_default();
            said.contains(period) && mention.same_unit(&self.mentions[of])
        };
        let are = |periods: &[&str]| {
            behind.len() >= periods.len() && behind.iter().zip(periods.iter().copied()).all(names)
        };
        let halves = [words.halves.0.as_str(), words.halves.1.as_str()];
        let quarters: Vec<&str> = words.quarters.iter().collect();
        let all = [&halves[..], &quarters];
        all.into_iter().find(|periods| are(periods)).map_or(0, <[&str]>::len)
    }

    /// The last figure, if nothing has been said since but how it changed, and in brackets; and whether the
    /// year before has been named as what it is compared with.
    pub(super) fn grown(&self) -> Option<(usize, bool)> {
        let figures = &self.levels.last()?.figures;
        let n_cumulative = usize::from(figures.last().is_some_and(|last| self.adds_years(*last)));
        let (of, before) = figures[..figures.len() - n_cumulative].split_last()?;
        let (of, figure) = (*of, &self.mentions[*of]);
        // 436条，上半年197条、下半年239条，比上年的389条增加47条: all of them.
        let n_aside = n_cumulative + self.n_periods(of);
        // 286条，日均不到1条，较上年的255条增加31条: the mean is told beside what has grown.
        let beside = before.last().is_some_and(|before| self.mentions[*before].same_unit(figure));
        if beside && figure.is_average(self.text.printed()) {
            return None;
        }
        let bracket = behind_bracket(self.text.printed(), figure.range.end.max(figure.phrase.end));
        let behind = self.mentions.get(of + 1..).filter(|behind| behind.len() <= REMEMBERED)?;
        let says_change = |mention: &Mention| mention.growth.is_some_and(|growth| growth.of == of);
        let near = |m: &Mention| says_change(m) || m.range.end <= bracket;
        let near = behind.iter().skip(n_aside).all(near);
        // 新收212件，上年结转9件；较上年下降14.5%: the last figure before the semicolon need not be the one compared.
        let level = self.levels.last()?;
        let before = level.figures.iter().filter(|figure| **figure < level.since_semicolon).count();
        let unsure = of < level.since_semicolon && before > 1;
        (near && !unsure).then(|| (of, behind.iter().any(says_change)))
    }
}
