//! Reading of how a list opens, and which figure is its whole.

use super::level::Level;
use super::reader::Reader;
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::list::{List, Opening};
use crate::prose::mention::Mention;
use crate::prose::token::{Token, What};

/// The greatest number of lists that may be open inside each other.
const NESTED: usize = 3;

impl Reader<'_> {
    /// 公开（含部分公开）54件: a bracket without a figure that takes something in names it, too.
    pub(super) fn include_bracket(&mut self, words: Vec<Token>) {
        let includes =
            words.first().is_some_and(|word| word.what == What::Phrase(Sense::Word(Word::Opens)));
        let outcome = words.into_iter().find(|token| match token.what {
            What::Phrase(Sense::Quantity(quantity)) => {
                Lexicon::get().quantities[quantity].kind == QuantityKind::Outcome
            }
            _ => false,
        });
        if let (true, Some(outcome)) = (includes, outcome) {
            let and = What::Phrase(Sense::Word(Word::And));
            let at = outcome.range.start..outcome.range.start;
            let level = self.level();
            if !level.behind_figure {
                level.words.push(Token { range: at, what: and });
                level.words.push(outcome);
            }
        }
    }

    /// Opens a list whose whole is the last figure, where the opening word begins its clause.
    pub(super) fn open_list(&mut self, opening: Opening) {
        let alone_before = self.alone_before;
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
        if opening == Opening::All && self.names_others() {
            return;
        }
        let level = self.level();
        // 487条，比上年增加51条；其中网站298条: of what has grown.
        let figures = level.figures.clone();
        let whole = figures.iter().rev().find(|figure| self.mentions[**figure].growth.is_none());
        let whole = whole.or(figures.last()).copied().or(alone_before);
        if let Some(whole) = whole {
            self.open_list_of(whole, opening);
        }
    }

    /// True if several things are named between the last figure and the words up to here, whose figures follow: 商业企业22件；
    /// 科研机构、公益组织较少，分别为3件、1件.
    fn names_others(&self) -> bool {
        const REACH: usize = 60;
        let last = self.levels.last().and_then(|level| level.figures.last());
        let Some(last) = last.map(|figure| self.mentions[*figure].range.end) else { return false };
        let behind = self.text.printed()[last..].chars().take(REACH);
        behind.take_while(|c| !c.is_ascii_digit() && *c != '。').any(|c| c == '、')
    }

    /// Opens a list of a whole.
    pub(super) fn open_list_of(&mut self, whole: usize, opening: Opening) {
        self.recall(whole);
        let next_list = self.lists.len();
        let rivals = self.rivals(whole);
        let level = self.level();
        let since = floor_of(level, whole);
        let before =
            level.figures.iter().rev().find(|figure| **figure < whole && **figure >= since);
        let before = before.copied().filter(|_| level.lists.is_empty());
        level.semicolon = false;
        level.just_opened = true;
        if level.lists.len() >= NESTED {
            level.lists.remove(0);
        }
        level.lists.push(next_list);
        // 行政复议33件、行政诉讼21件，其中……: of the last or of both.
        let ambiguous = before.is_some_and(|before| self.are_a_pair(before, whole))
            || self.ends_division_of_cases(whole);
        self.lists.push(List { ambiguous, rivals, ..List::new(whole, opening) });
    }

    /// Gives a figure that opens a sentence, and whose words say nothing, the meaning of the one told before: 办结98件。98件里，….
    fn recall(&mut self, whole: usize) {
        const NEAR: usize = 12;
        let mention = &self.mentions[whole];
        let printed = self.text.printed();
        let before = printed[..mention.digits.start].trim_end_matches(['这', '上', '述', '在']);
        let opens = before.ends_with(['。', '\n', '；']);
        if mention.counted.is_some() || !opens || !mention.of_this_year {
            return;
        }
        let same = |told: &&Mention| {
            let plain = told.counted.as_ref().is_some_and(|counted| {
                let flow = [QuantityKind::Intake, QuantityKind::Request, QuantityKind::Handled];
                flow.contains(&counted.kind) && counted.applicant.is_empty() && !counted.at_most
            });
            plain && told.value == mention.value && told.same_unit(mention)
        };
        let near = &self.mentions[whole.saturating_sub(NEAR)..whole];
        let told = near.iter().rev().find(same).and_then(|told| told.counted.clone());
        self.mentions[whole].counted = told;
    }

    /// The figures of the same unit that stand before a whole in its part of the sentence, and could be the whole
    /// as well.
    fn rivals(&self, whole: usize) -> Vec<usize> {
        let Some(level) = self.levels.last() else { return Vec::new() };
        let since = floor_of(level, whole);
        let fits = |figure: &usize| {
            *figure < whole
                && *figure >= since
                && self.mentions[*figure].same_unit(&self.mentions[whole])
        };
        level.figures.iter().copied().filter(fits).collect()
    }

    /// 诉讼27件，直接起诉13件，复议后起诉14件，其中维持16件: true if a figure is the last of those that cases are divided into.
    fn ends_division_of_cases(&self, whole: usize) -> bool {
        let Some(level) = self.levels.last() else { return false };
        let is_case = |figure: &&usize| {
            let counted = self.mentions[**figure].counted.as_ref();
            counted.is_some_and(|counted| counted.kind == QuantityKind::Proceeding)
        };
        let last = level.figures.iter().rev().take_while(is_case).take(3);
        let [own, beside, all] = last.copied().collect::<Vec<_>>()[..] else { return false };
        let value = |figure: usize| self.mentions[figure].value;
        own == whole && value(own).saturating_add(value(beside)) == value(all)
    }

    /// True if two figures stand side by side as members of one series.
    fn are_a_pair(&self, first: usize, second: usize) -> bool {
        let (first, second) = (&self.mentions[first], &self.mentions[second]);
        let between = self.text.printed().get(first.range.end..second.digits.start);
        first.same_unit(second)
            && between.is_some_and(|words| {
                !words.contains(['，', ',', '；', ';', '。', '：', '（'])
                    && (words.starts_with('、')
                        || is_joined_noun(words)
                        || Lexicon::get().sums.joins.start_of(words).is_some())
            })
    }
}

/// The first figure that stands beside a whole: behind the last semicolon, or before it where the whole does, too: 许可1127件、
/// 处罚2684件、强制63件；其中渣土运输类处罚972件.
fn floor_of(level: &Level, whole: usize) -> usize {
    if whole < level.since_semicolon { 0 } else { level.since_semicolon }
}

/// True if some words are a noun and what joins it to the next figure: 复议、 of 10件复议、7件诉讼中.
fn is_joined_noun(words: &str) -> bool {
    const LONGEST: usize = 8;
    let noun = words.trim_end_matches(['、', '和', '与', '及']);
    noun.len() < words.len()
        && noun.chars().count() <= LONGEST
        && noun.chars().all(char::is_alphabetic)
}
