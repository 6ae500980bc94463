//! The greatest and the least of a row by its own figures: 网上15件，居各渠道之首；信函8件，当面2件.

use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_groups::LeaderWords;
use crate::rules::machinery::word_lists::WordLists;

/// A figure that is said to be the greatest or the least of its row, with one that is beyond it.
pub(super) struct Leader {
    pub(super) figure: usize,
    /// Figures of the row, other than it.
    pub(super) others: Vec<usize>,
    /// True if it is said to be the greatest, false if the least.
    pub(super) greatest: bool,
}

/// Every figure of a text that is said to lead the row in which it stands.
pub(super) fn leaders(passage: &Passage, text: &str) -> Vec<Leader> {
    let words = &WordLists::get().leaders;
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['。', '\n']) {
        let end = start + sentence.len();
        let reading = Reading { words, passage, text, sentence: (start, end) };
        let mut clause_start = start;
        for clause in sentence.split_inclusive(CLAUSE_ENDS) {
            found.extend(reading.leader(clause_start, clause));
            clause_start += clause.len();
        }
        start = end;
    }
    found
}

struct Reading<'a> {
    words: &'a LeaderWords,
    passage: &'a Passage,
    text: &'a str,
    sentence: (usize, usize),
}

impl Reading<'_> {
    /// The leader that a clause without figures names behind its figure, or before it.
    fn leader(&self, start: usize, clause: &str) -> Option<Leader> {
        let said = clause.trim_end_matches(CLAUSE_ENDS);
        let greatest = self.words.greatest.end_of(said);
        let word = greatest.or_else(|| self.words.least.end_of(said))?;
        let name = said.strip_suffix(word)?;
        let mentions = &self.passage.mentions;
        let next = mentions.partition_point(|m| m.digits.start < start);
        // The figure may stand in the clause itself: 网上15件居首.
        let (figure, name) = match self.own_figure(next, start, said.len()) {
            Some(figure) => (figure, name.get(mentions[figure].range.end - start..)?),
            None => (next.checked_sub(1)?, name),
        };
        let itself = self.words.of_itself.has(name);
        // 96条、143条、128条、117条，全年484条，其中二季度最多: their total may stand behind them.
        let before = figure.checked_sub(1).filter(|_| !itself);
        let row = self.row(figure, itself).or_else(|| self.row(before?, itself))?;
        let figure = if itself {
            let last = &mentions[figure];
            let behind = self.text.get(last.range.end..start).unwrap_or_default();
            let beside = behind.chars().all(|c| c == '，') || figure + 1 > next;
            beside.then_some(figure)?
        } else {
            self.named(&row, name)?
        };
        let others = row.into_iter().filter(|other| *other != figure).collect();
        Some(Leader { figure, others, greatest: greatest.is_some() })
    }

    fn own_figure(&self, next: usize, start: usize, length: usize) -> Option<usize> {
        let own = self.passage.mentions.get(next)?;
        (own.range.end <= start + length).then_some(next)
    }

    /// The row of a figure: those beside it that are told in the same way, with nothing else between but their shares.
    ///
    /// A figure before one that is the greatest `itself` may be the whole of it, unless a mark of rows parts them: 组织233件，
    /// 商业企业142件最多.
    fn row(&self, figure: usize, itself: bool) -> Option<Vec<usize>> {
        /// The most figures on each side that are looked at.
        const MOST: usize = 12;
        let mentions = &self.passage.mentions;
        let own = &mentions[figure];
        let inside = |i: &usize| {
            let digits = &mentions[*i].digits;
            self.sentence.0 <= digits.start && digits.end <= self.sentence.1
        };
        if !inside(&figure) || !self.is_plain(own) {
            return None;
        }
        let alike = |i: &usize| self.is_plain(&mentions[*i]) && mentions[*i].same_unit(own);
        let of_shares = own.unit == Unit::Percent;
        let counts = |i: &usize| of_shares || mentions[*i].unit != Unit::Percent;
        let mut row: Vec<usize> = vec![figure];
        let mut before = (0..figure).rev().take(MOST).filter(counts).take_while(inside);
        let mut later = figure;
        let joins =
            |later: usize| self.is_parallel(later) && !(itself && self.mark(later) == Some('，'));
        while let Some(i) = before.next().filter(|i| alike(i) && joins(later)) {
            row.push(i);
            later = i;
        }
        if later != figure && self.may_be_whole(&row) {
            row.pop();
        }
        let behind = (figure + 1..mentions.len()).take(MOST).filter(counts).take_while(inside);
        // 不予公开29件，过程性信息11件居首；无法提供41件: what divides one member is no row with those behind it.
        let divides = self.has_greater_before(figure);
        row.extend(behind.take_while(|i| {
            alike(i) && self.is_parallel(*i) && !(divides && self.is_parted(figure, *i))
        }));
        row.sort_unstable();
        (row.len() > 1).then_some(row)
    }

    /// True if the first figure of a row, the last in hand, may be the whole of the others: it stands in another kind of words.
    fn may_be_whole(&self, row: &[usize]) -> bool {
        let [.., second, first] = row else { return false };
        let words = self.words;
        let (lead, _) = self.lead(*first);
        let begins = words.row_begins.start_of(lead).or_else(|| words.row_begins.end_of(lead));
        let in_turn = self.text.get(..self.passage.mentions[*second].digits.start);
        let in_turn = in_turn.and_then(|before| before.strip_suffix(self.lead(*second).0));
        // 涉及养老服务的9件、婚姻登记的12件: one mark divides members alone.
        let one_mark = in_turn.is_some_and(|before| before.ends_with('、'));
        !self.is_parallel(*first) && begins.is_none() && !one_mark
    }

    fn has_greater_before(&self, figure: usize) -> bool {
        let (own, mentions) = (&self.passage.mentions[figure], &self.passage.mentions);
        let before = mentions[..figure].iter().enumerate().rev();
        let piece = before.take_while(|(i, other)| {
            other.digits.start >= self.sentence.0 && !self.is_parted(*i, figure)
        });
        piece.into_iter().any(|(_, other)| other.same_unit(own) && other.value > own.value)
    }

    /// True if a semicolon stands between two figures.
    fn is_parted(&self, first: usize, second: usize) -> bool {
        let ends = [first, second].map(|i| self.passage.mentions[i].digits.start);
        self.text.get(ends[0]..ends[1]).is_some_and(|between| between.contains('；'))
    }

    fn is_plain(&self, mention: &Mention) -> bool {
        // 咨询类占45%，求助类占30%: shares that no figure stands before.
        let is_share = mention.unit == Unit::Percent
            && mention.exactness == Exactness::Exact
            && mention.share.is_none()
            && mention.growth.is_none();
        (is_share || mention.counts_exactly()) && !mention.bound
    }

    /// The words of a figure's clause before it, and whether the clause is divided from another one by a mark of a row.
    fn lead(&self, figure: usize) -> (&str, bool) {
        let digits = self.passage.mentions[figure].digits.start;
        let before = self.text.get(self.sentence.0..digits).unwrap_or_default();
        let lead = before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
        (lead, self.mark(figure).is_some_and(|mark| "，、；".contains(mark)))
    }

    /// The mark before the clause of a figure.
    fn mark(&self, figure: usize) -> Option<char> {
        let digits = self.passage.mentions[figure].digits.start;
        let before = self.text.get(self.sentence.0..digits)?;
        before.rfind(CLAUSE_ENDS).and_then(|at| before[at..].chars().next())
    }

    /// True if nothing but the name of a member stands before a figure: 信函8件.
    fn is_parallel(&self, figure: usize) -> bool {
        const LONGEST: usize = 10;
        let (lead, divided) = self.lead(figure);
        let clauses = &Lexicon::get().clauses;
        divided
            && lead.chars().count() <= LONGEST
            && lead.chars().all(char::is_alphabetic)
            && clauses.statement.start_of(lead).is_none()
            && !self.words.not_of_row.are_in(lead)
    }

    /// The member of a row that a name names: by the words before its figure, or as a quarter of four.
    fn named(&self, row: &[usize], name: &str) -> Option<usize> {
        let words = self.words;
        let name = words.row_begins.start_of(name).map_or(name, |begin| &name[begin.len()..]);
        let bare = |name: &str| {
            let mut end = name.len();
            while let Some(more) = words.name_ends.end_of(&name[..end]) {
                end -= more.len();
            }
            end
        };
        let name = &name[..bare(name)];
        if name.chars().count() < 2 {
            return None;
        }
        let mut own = row.iter().copied().filter(|i| {
            let (lead, _) = self.lead(*i);
            lead[..bare(lead)].ends_with(name)
        });
        if let Some(member) = own.next() {
            return own.next().is_none().then_some(member);
        }
        if let Some(member) = self.named_in_turn(row, name) {
            return Some(member);
        }
        let sums = &Lexicon::get().sums;
        let of_quarters = row.len() == sums.quarters.iter().count()
            && row.iter().skip(1).all(|i| self.lead(*i).0.is_empty())
            && sums.periods.all_quarters.are_in(self.lead(*row.first()?).0);
        let nth = sums.quarters.iter().position(|quarter| name.ends_with(quarter));
        nth.filter(|_| of_quarters).and_then(|nth| row.get(nth).copied())
    }

    /// The member of a row whose names all stand before its first figure: 东部、中部、西部三个片区得分分别为91分、92分、93分，中部居首.
    fn named_in_turn(&self, row: &[usize], name: &str) -> Option<usize> {
        let alone = row.iter().skip(1).all(|i| self.lead(*i).0.is_empty());
        let first = self.passage.mentions[*row.first()?].digits.start;
        let before = self.text.get(self.sentence.0..first).filter(|_| alone)?;
        let begin = self.words.row_begins.end_of(before)?;
        let names = before[..before.len() - begin.len()].rsplit(['，', '：', '；']).next()?;
        let names: Vec<&str> = names.split(['、', '和', '及']).collect();
        let mut own = (0..names.len()).filter(|i| {
            let own = names[*i];
            own == name
                || *i == 0 && own.ends_with(name)
                || *i + 1 == row.len() && own.starts_with(name)
        });
        let nth = own.next().filter(|_| own.next().is_none() && names.len() == row.len())?;
        row.get(nth).copied()
    }
}
