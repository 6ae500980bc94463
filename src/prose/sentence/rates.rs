//! Reading of percentages: shares of one figure, of several, of a whole that is named.

use super::reader::Reader;
use crate::prose::bare::is_span;
use crate::prose::clause::{Context, Counted, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::Share;
use crate::prose::numeral::{Numeral, Unit};
use crate::prose::token::{Token, What, changes, is_filler};

impl Reader<'_> {
    pub(super) fn percentage(&mut self, token: &Token, numeral: &Numeral) {
        let mut mention = self.mention(token, numeral);
        self.read_growth(&mut mention);
        let words = std::mem::take(&mut self.level().words);
        mention.of_this_year &= !words.iter().any(changes) && !self.as_of_now;
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        let told_behind = self.names_figure_behind(&words, numeral);
        // 当面28件，分别占43.5%、…: the first share is not that of the last figure.
        let each = has(Word::Respectively);
        let (share, finish) = (has(Word::Share) && !each, has(Word::Finish) && !each);
        let rate = has(Word::Rate);
        let bare = words.is_empty() && self.levels.len() > 1;
        mention.share = if let Some(part) = self.next_of_shared(&words, numeral) {
            let level = self.level();
            let (whole, whole_figure) = (level.shared_thing.clone(), level.shared_whole);
            Some(Share { whole, whole_figure, ..Share::of(part) })
        } else {
            let told = share || self.told_share_before(&words);
            let several = || self.of_several(numeral, &words).filter(|_| told && !rate && !each);
            self.of_told_whole(numeral).or_else(several)
        };
        // 自然人30件，占九成以上，为90.9%
        let more_exactly = mention.share.is_none() && self.told_share_before(&words) && !each;
        let says_share = finish || (share || bare || more_exactly) && !rate;
        let part = if finish { self.finished() } else { self.last_counted() };
        let since = self.level().since_semicolon;
        // 对2件案件复盘；图解比重升至45.9%: of something else.
        let part = part.filter(|part| *part >= since || finish).filter(|part| {
            let part = &self.mentions[*part];
            let end = part.range.end.max(part.phrase.end);
            let between = self.text.printed().get(end..numeral.digits.start).unwrap_or_default();
            finish || is_of_one(between) && !part.is_excluded(self.text.printed())
        });
        if let (Some(part), true, None) = (part, says_share, &mention.share) {
            let whole = self.named_whole(&words);
            let whole = whole.or_else(|| self.whole_of_sentence(part, numeral));
            let known = self.knows_whole(&words, whole.as_ref(), numeral);
            let share = Share { whole, finish, ..Share::of(part) };
            mention.share = known.then_some(share);
        }
        if share && self.names_row_behind(&words, numeral) {
            let whole = self.named_whole(&words);
            mention.share = whole
                .map(|whole| Share { whole: Some(whole), ..Share::of(self.mentions.len() + 1) });
        }
        self.name_whole(&mut mention, &words, rate || each);
        // 全县办结率98.5% may be all that is declared to be of others.
        self.declare(&mut mention);
        let unknown = mention.share.is_none();
        self.mentions.push(mention);
        let level = self.level();
        match told_behind.filter(|_| unknown) {
            Some(named) => level.words = words[..named].to_vec(),
            None => level.behind_figure = true,
        }
    }

    /// The last figure of the clauses before that is no length of time: 6份晚于文件3个工作日以上，占16.2%.
    fn last_counted(&self) -> Option<usize> {
        let text = self.text.printed();
        let is_time = |figure: &&usize| is_span(text, &self.mentions[**figure].digits);
        self.levels.last()?.figures.iter().rev().find(|figure| !is_time(figure)).copied()
    }

    /// 予以公开占38.2%，计63件: the number of the words before 占, where the figure whose share it is stands behind and they
    /// name it.
    fn names_figure_behind(&self, words: &[Token], numeral: &Numeral) -> Option<usize> {
        let behind = &self.text.printed()[numeral.range.end..];
        let link = Lexicon::get().clauses.counted_behind.start_of(behind)?;
        let share = What::Phrase(Sense::Word(Word::Share));
        let at = words.iter().position(|token| token.what == share).filter(|at| *at > 0)?;
        behind[link.len()..].starts_with(|c: char| c.is_ascii_digit()).then_some(at)
    }

    /// True if the words before 占 name several things whose figures stand behind the share: 三类占新收申请的65.4%，分别为71件、38件.
    fn names_row_behind(&self, words: &[Token], numeral: &Numeral) -> bool {
        let behind = &self.text.printed()[numeral.range.end..];
        let link = Lexicon::get().clauses.listed_behind.start_of(behind);
        let figure = |link: &str| behind[link.len()..].starts_with(|c: char| c.is_ascii_digit());
        let share = What::Phrase(Sense::Word(Word::Share));
        let named = words.iter().position(|token| token.what == share).is_some_and(|at| at > 0);
        named && link.is_some_and(figure)
    }

    /// True if a percentage only says more exactly what the clause before says: 占近半，为48.0%.
    fn told_share_before(&self, words: &[Token]) -> bool {
        let share = What::Phrase(Sense::Word(Word::Share));
        let before = self.levels.last().map_or(&[][..], |level| level.before.as_slice());
        words.iter().all(is_filler) && before.iter().any(|token| token.what == share)
    }

    /// The thing that the words behind 占 name as the whole.
    pub(super) fn named_whole(&self, words: &[Token]) -> Option<Counted> {
        let from = words
            .iter()
            .position(|token| token.what == What::Phrase(Sense::Word(Word::Share)))
            .map_or(words.len(), |i| i + 1);
        meaning(&words[from..], Context { whole: None, ..self.context(true) })
    }

    /// True unless the words behind 占 name a whole of the tables, but which of it, nobody can tell: 诉讼5件，占办结申请的5.7%.
    fn knows_whole(&self, words: &[Token], whole: Option<&Counted>, share: &Numeral) -> bool {
        let named = whole.is_some() || !names_whole(words);
        named && !self.is_explained(share.digits.start) && !names_part_of_flow(words, whole)
    }

    /// True if a bracket between its name and a share says what is taken in: 公开比例（含部分公开）35.9%.
    pub(super) fn is_explained(&self, start: usize) -> bool {
        self.text.printed()[..start].ends_with(['）', ')'])
    }

    /// The last figure that says that it was finished: 办结12691条，办理中215条，办结率98.3%.
    fn finished(&self) -> Option<usize> {
        const NEAR: usize = 3;
        let clauses = &Lexicon::get().clauses;
        let words = |figure: &usize| {
            self.text.printed().get(self.mentions[*figure].phrase.clone()).unwrap_or_default()
        };
        // 按期办结1236件，超期11件，按期办结率99.1%
        let open = |figure: &usize| {
            clauses.unfinished.are_in(words(figure)) || clauses.overdue.are_in(words(figure))
        };
        let figures = &self.levels.last()?.figures;
        figures.iter().rev().take(NEAR).find(|figure| !open(figure)).copied()
    }

    /// The figure whose share this is, where several are told in the same order: 各占40.3%、9.4%.
    fn next_of_shared(&mut self, words: &[Token], numeral: &Numeral) -> Option<usize> {
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        let told = has(Word::Share);
        let text = self.text.printed();
        let n = if told { percents_in_row(text, numeral.digits.start) } else { 0 };
        // 复议8件、诉讼5件，占9.2%、5.7%
        let row = n > 1 && text[numeral.range.end..].starts_with('、');
        let each = has(Word::Respectively) || has(Word::Each) || has(Word::OpensAll) || row;
        if told && each {
            let whole = self.told_whole_of_each();
            let thing = self.named_whole(words).filter(|_| row);
            let unknown = row && thing.is_none() && names_whole(words);
            let level = self.level();
            if unknown {
                level.shared.clear();
                return None;
            }
            level.shared_thing = thing;
            let end = level.figures.len() - usize::from(whole.is_some());
            level.shared = level.figures[end.checked_sub(n)?..end].to_vec();
            level.shared_whole = whole;
        } else if words.iter().any(|token| token.what != What::Phrase(Sense::Word(Word::And))) {
            // 依次为49.1%、29.3%和21.6%: 和 goes on.
            self.level().shared.clear();
        }
        let level = self.level();
        (!level.shared.is_empty()).then(|| level.shared.remove(0))
    }

    /// 通报4家，约谈2家，占被考核38家的比例分别为10.5%和5.3%: the figure between 占 and the shares is the whole of all.
    fn told_whole_of_each(&self) -> Option<usize> {
        let last = *self.levels.last()?.figures.last()?;
        let before = self.mentions.get(last.checked_sub(1)?)?;
        let text = self.text.printed();
        let between = text.get(before.range.end..self.mentions[last].digits.start)?;
        let clause = between.rsplit(['，', '；', '。']).next()?;
        clause.starts_with('占').then_some(last)
    }

    /// 463条，占公开总量612条的75.7%: the last figure is the whole of the one before.
    fn of_told_whole(&self, numeral: &Numeral) -> Option<Share> {
        // 第四季度420条，占全年1200条的35%: of whatever period.
        let whole = &self.mentions.len().checked_sub(1)?;
        let part = &whole.checked_sub(1)?;
        let counts = |i: &usize| matches!(self.mentions[*i].unit, Unit::Counter(_) | Unit::Yuan);
        if !counts(part) || !counts(whole) {
            return None;
        }
        let text = self.text.printed();
        let end = |figure: usize| self.mentions[figure].range.end;
        let link = text.get(end(*whole)..numeral.digits.start)?;
        let between = text.get(end(*part)..self.mentions[*whole].digits.start)?;
        let (name, _) = between.split_once('占')?;
        let told = link == "的" && !between.contains(['；', '。']);
        // 纠正6件，未审结5件，纠正的占已审结41件的14.6%: of another one, which the words name.
        let name = name.trim_start_matches(['，', '（']).trim_end_matches('的');
        if told && !name.is_empty() && !between.contains('）') {
            let mut figures = self.levels.last()?.figures.iter().rev();
            let part = figures.find(|figure| *figure < whole && self.is_named(**figure, name))?;
            return Some(Share { whole_figure: Some(*whole), ..Share::of(*part) });
        }
        // 公开30件（含部分公开7件），占51件的58.8%: of what the bracket stands behind.
        let inside = between.contains('）') && !between.contains('（');
        let holder = self.mentions[*part].list.filter(|_| inside).map(|list| &self.lists[list]);
        let part = holder.map_or(*part, |list| list.whole);
        told.then(|| Share { whole_figure: Some(*whole), ..Share::of(part) })
    }

    /// 予以公开152件、部分公开21件，两项占31.1%; 满意和基本满意合计占96.25%.
    fn of_several(&self, numeral: &Numeral, words: &[Token]) -> Option<Share> {
        const SHORTEST: usize = 2;
        let text = self.text.printed();
        let level = self.levels.last()?;
        let last = *level.figures.last()?;
        let said = text.get(self.mentions[last].range.end..numeral.digits.start)?;
        let clauses = &Lexicon::get().clauses;
        // 自然人申请占八成以上，为85.6%: in the clause before.
        let mut pieces = said.split('；').next_back()?.rsplit('，').take(2);
        let piece = said.rsplit(['；', '，']).next()?;
        let own = pieces.next().and_then(at_share);
        let earlier = own.is_none();
        let (before, _) = own.or_else(|| pieces.next().and_then(at_share))?;
        let both = clauses.both.start_of(before).is_some() && before.chars().count() <= 4;
        let mut parts: Vec<usize> = if both {
            self.some_of_row(before)?
        } else if before.is_empty() && clauses.together.start_of(piece).is_some() {
            self.row_of_outcomes()?
        } else {
            let named = |name: &str| {
                let whole_name = name.trim_matches(['“', '”']);
                let name = whole_name;
                let ends = &Lexicon::get().sums.share_names;
                let stem = ends.end_of(name).and_then(|end| name.strip_suffix(end));
                let name = stem.filter(|_| earlier).unwrap_or(name);
                // 网站157条；解读35篇，网站占比71.4%: of what was told since.
                let since = if last < level.since_semicolon { 0 } else { level.since_semicolon };
                let fits = |figure: &&usize| **figure >= since && self.is_named(**figure, name);
                let mut named = level.figures.iter().rev().filter(fits);
                let (own, other) = (named.next().copied(), named.next().copied());
                // 普通高考612条，成人高考138条，高考占46.2%: the name says which only where one has it.
                let sentence = |figure: usize| self.mentions[figure].sentence;
                let alike = own.zip(other).is_some_and(|(a, b)| sentence(a) == sentence(b));
                own.filter(|_| name.chars().count() >= SHORTEST && (!alike || name == whole_name))
            };
            let before =
                clauses.both.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
            let included = included(said).into_iter();
            let names = before.split(['和', '与', '、', '及']).chain(included);
            names.map(named).collect::<Option<Vec<_>>>()?
        };
        let unit = self.mentions[parts[0]].unit;
        let same = parts.iter().all(|part| self.mentions[*part].unit == unit);
        let part = parts.remove(0);
        let whole = self.named_whole(words).filter(|_| !self.is_explained(numeral.digits.start));
        // 合计占该类办结数的51.7%: of some of them, whose number nobody tells.
        if names_part_of_flow(words, whole.as_ref()) {
            return None;
        }
        same.then_some(Share { others: parts, whole, ..Share::of(part) })
    }

    /// The figures of the clauses before that 合计 means: two or more outcomes in a row.
    fn row_of_outcomes(&self) -> Option<Vec<usize>> {
        let level = self.levels.last()?;
        let is_outcome = |figure: &&usize| {
            let counted = self.mentions[**figure].counted.as_ref();
            **figure >= level.since_semicolon
                && counted.is_some_and(|counted| counted.kind == QuantityKind::Outcome)
        };
        let mut row: Vec<usize> =
            level.figures.iter().rev().take_while(is_outcome).copied().collect();
        row.reverse();
        (row.len() > 1).then_some(row)
    }

    /// The figures that 两项 or 三项 means: the last ones; of 前两项 the first ones of the row that ends with the last.
    fn some_of_row(&self, named: &str) -> Option<Vec<usize>> {
        const LONGEST: usize = 12;
        const FIRST: char = '前';
        let figures = &self.levels.last()?.figures;
        let is_row = |pair: &&[usize]| {
            let [one, other] = [0, 1].map(|i| &self.mentions[pair[i]]);
            let between = self.text.printed().get(one.range.end..other.digits.start);
            let name = between.and_then(|between| between.strip_prefix(['、', '，']));
            name.is_some_and(|name| {
                let opens = Lexicon::get().sums.opens.start_of(name).is_some();
                let plain = name.chars().all(char::is_alphabetic) && !opens;
                name.chars().count() <= LONGEST && plain
            })
        };
        let meant = if Lexicon::get().clauses.three.are_in(named) { 3 } else { 2 };
        let n = match named.starts_with(FIRST) {
            true => 1 + figures.windows(2).rev().take_while(is_row).count(),
            false => meant,
        };
        let row = figures.get(figures.len().checked_sub(n)?..)?;
        Some(row.get(..meant)?.to_vec())
    }

    /// True if the words of a figure are a name, or end with it.
    fn is_named(&self, figure: usize, name: &str) -> bool {
        let mention = &self.mentions[figure];
        let before = self.text.printed().get(mention.phrase.start..mention.digits.start);
        let before = before.unwrap_or_default().trim_end_matches(['的', '”', '有', '为']);
        let before = before.trim_start_matches(['“', '，']).trim_start_matches("表示“");
        let opposites = &Lexicon::get().sums.name_opposites;
        before.strip_suffix(name).is_some_and(|said| opposites.end_of(said).is_none())
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

    /// 7.3个百分点, which only the two rates before it decide.
    pub(super) fn points(&mut self, token: &Token, numeral: &Numeral) {
        let mut mention = self.mention(token, numeral);
        mention.of_this_year = false;
        let level = self.level();
        level.words.clear();
        level.behind_figure = true;
        self.mentions.push(mention);
    }
}

/// True if the words behind 占 name applications.
fn names_whole(words: &[Token]) -> bool {
    let share = What::Phrase(Sense::Word(Word::Share));
    let mut behind = words.iter().skip_while(|token| token.what != share).skip(1);
    let applies = |word: &Token| {
        matches!(word.what, What::Phrase(Sense::Word(Word::Request | Word::Application)))
    };
    behind.any(applies)
}

/// True if the words behind 占 name applications coming in or dealt with that are narrowed by a word that nobody knows: 占部门收件的.
fn names_part_of_flow(words: &[Token], whole: Option<&Counted>) -> bool {
    let flow = whole.is_some_and(|whole| {
        matches!(whole.kind, QuantityKind::Intake | QuantityKind::Handled | QuantityKind::Request)
    });
    let share = What::Phrase(Sense::Word(Word::Share));
    let mut behind = words.iter().skip_while(|token| token.what != share);
    flow && behind.any(|token| token.what == What::Other)
}

/// The name in a bracket at the end of some words that says what is taken in: 部分公开 of 公开比例（含部分公开）.
fn included(said: &str) -> Option<&str> {
    let (_, inside) = said.strip_suffix('）')?.rsplit_once('（')?;
    let opens = Lexicon::get().sums.opens.start_of(inside)?;
    Some(&inside[opens.len()..])
}

/// A clause parted at 占.
fn at_share(piece: &str) -> Option<(&str, &str)> {
    Lexicon::get().clauses.shares.iter().find_map(|word| piece.split_once(word))
}

/// True if a share is that of the one figure before it: nothing else is named between them that is a part, and
/// it is not shared out among several: 两项占, 各占, 主动公开占.
fn is_of_one(between: &str) -> bool {
    /// The most characters of a share in words.
    const ROUGH: usize = 6;
    let before = between.split_once('占').map_or("", |(before, _)| before);
    let named = before.trim_matches(|c: char| !c.is_alphanumeric());
    let clauses = &Lexicon::get().clauses;
    // 9件，超过半数，占52.9%
    let rough = named.chars().count() <= ROUGH && clauses.rough_shares.are_in(named);
    named.is_empty() || clauses.before_share.has(named) || rough
}

/// The number of percentages that stand in a row, parted by pauses.
fn percents_in_row(text: &str, start: usize) -> usize {
    let mut rest = &text[start..];
    let mut n = 0;
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let Some(behind) = digits.strip_prefix(['%', '％']).filter(|_| digits.len() < rest.len())
        else {
            return n;
        };
        n += 1;
        rest = behind.strip_prefix(['、', '，', '和', '与', '及']).unwrap_or_default();
    }
}
