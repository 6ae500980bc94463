//! Reading of percentages and of what is said of changes.

use super::level::is_of_cases;
use super::reader::{REMEMBERED, Reader};
use super::scope::Scope;
use crate::prose::clause::{
    Change, Context, Counted, Growth, behind_bracket, change, is_base, meaning, told_of_last_year,
};
use crate::prose::lexicon::{Kind, Sense, Word};
use crate::prose::mention::{Mention, Share};
use crate::prose::numeral::{Exactness, Numeral, Unit};
use crate::prose::token::{Token, What, changes, is_filler};

impl Reader<'_> {
    pub(super) fn percentage(&mut self, token: &Token, numeral: &Numeral) {
        let mut mention = self.mention(token, numeral);
        self.read_growth(&mut mention);
        let words = std::mem::take(&mut self.level().words);
        mention.of_this_year &= !words.iter().any(changes);
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        // 当面28件，分别占43.5%、…: the first share is not that of the last figure.
        let each = has(Word::Respectively);
        let (share, finish) = (has(Word::Share) && !each, has(Word::Finish) && !each);
        let rate = has(Word::Rate);
        let bare = words.is_empty() && self.levels.len() > 1;
        let part = self.level().figures.last().copied();
        let says_share = finish || (share || bare) && !rate;
        let part = part.filter(|part| {
            let part = &self.mentions[*part];
            let end = part.range.end.max(part.phrase.end);
            let between = self.text.printed().get(end..numeral.digits.start).unwrap_or_default();
            finish || is_of_one(between)
        });
        // 正在办理中215条，办结率98.3%: those are not the ones that were finished.
        let unfinished = part.is_some_and(|part| {
            let phrase = self.text.printed().get(self.mentions[part].phrase.clone());
            phrase.is_some_and(|words| {
                ["正在", "办理中", "未", "尚"].iter().any(|word| words.contains(word))
            })
        });
        if let (Some(part), true) = (part, says_share && !(finish && unfinished)) {
            let from = words
                .iter()
                .position(|token| token.what == What::Phrase(Sense::Word(Word::Share)))
                .map_or(words.len(), |i| i + 1);
            let whole = meaning(&words[from..], Context { whole: None, ..self.context(true) });
            mention.share = Some(Share { part, whole, finish });
        }
        let level = self.level();
        level.behind_figure = true;
        self.mentions.push(mention);
    }

    /// 2.3倍, of which only a change against the year before is of use.
    pub(super) fn multiple(&mut self, token: &Token, numeral: &Numeral) {
        let mut mention = self.mention(token, numeral);
        self.read_growth(&mut mention);
        mention.of_this_year = false;
        let level = self.level();
        level.words.clear();
        level.behind_figure = true;
        self.mentions.push(mention);
    }

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
        let (change, rough) = change(&words, text, (self.year, is_based), unit)?;
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
            .filter(|counted| counted.kind == Kind::Intake && counted.applicant.is_empty())
    }

    /// The last figure, if nothing has been said since but how it changed, and in brackets; and whether the
    /// year before has been named as what it is compared with.
    pub(super) fn grown(&self) -> Option<(usize, bool)> {
        let of = *self.levels.last()?.figures.last()?;
        let figure = &self.mentions[of];
        let bracket = behind_bracket(self.text.printed(), figure.range.end.max(figure.phrase.end));
        let behind = self.mentions.get(of + 1..).filter(|behind| behind.len() <= REMEMBERED)?;
        let says_change = |mention: &Mention| mention.growth.is_some_and(|growth| growth.of == of);
        let near = behind.iter().all(|m| says_change(m) || m.range.end <= bracket);
        near.then(|| (of, behind.iter().any(says_change)))
    }
}

/// True if a share is that of the one figure before it: nothing else is named between them that is a part, and
/// it is not shared out among several: 两项占, 各占, 主动公开占.
fn is_of_one(between: &str) -> bool {
    let before = between.split_once('占').map_or("", |(before, _)| before);
    let named = before.trim_matches(|c: char| !c.is_alphanumeric());
    named.is_empty() || ["约", "所", "数量", "同比"].contains(&named)
}
