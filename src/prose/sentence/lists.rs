//! Reading of lists: which figure is a part of which.

use super::reader::{REMEMBERED, Reader};
use crate::prose::clause::{are_apart, is_beside, is_within};
use crate::prose::lexicon::{Lexicon, QuantityKind};
use crate::prose::list::{List, Opening, are_pieces, can_be_part};
use crate::prose::mention::Mention;
use crate::prose::sums::counts_parts;
use crate::prose::token::{Token, is_filler, takes_object};

impl Reader<'_> {
    /// The last figure, if the words behind it up to here say that what follows takes it apart: 611条信息中.
    pub(super) fn whole_of_clause(&mut self) -> Option<usize> {
        const LONGEST: usize = 16;
        let text = self.text.printed();
        let level = self.levels.last()?;
        let whole = level.figures.last().copied().filter(|_| level.behind_figure)?;
        let end = level.words.last()?.range.end;
        let behind = text.get(self.mentions[whole].range.end..end)?;
        let short = behind.chars().count() <= LONGEST && !behind.contains(['，', '、', '（']);
        (short && Lexicon::get().clauses.within.end_of(behind).is_some()).then_some(whole)
    }

    /// The last figure, if the words between it and the next one say that this is a part: 解读19篇中图文10篇.
    pub(super) fn whole_before_figure(&self) -> Option<usize> {
        const LONGEST: usize = 8;
        let level = self.levels.last()?;
        let whole = level.figures.last().copied().filter(|_| level.behind_figure)?;
        let (first, last) = (level.words.first()?, level.words.last()?);
        let start = self.mentions[whole].range.end;
        let words = self.text.printed().get(start..last.range.end)?;
        let clauses = &Lexicon::get().clauses;
        // 7个村集中公示项目13个: 中 of another word.
        let own = |at: &usize| {
            let said = words.get(..*at + '中'.len_utf8()).unwrap_or_default();
            clauses.not_within.end_of(said).is_none()
        };
        let at = clauses.within.iter().find_map(|word| words.find(word)).filter(own)?;
        let noun = &words[..at];
        let near =
            noun.chars().count() <= LONGEST && !noun.contains(['，', '、', '。', '；', '（', '）']);
        (first.range.start == start && near).then_some(whole)
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
        if self.is_aside(index) || self.repeats_part(index) || self.adds_parts(index) {
            return;
        }
        let just_opened = self.level().just_opened;
        if self.is_next_whole(index) {
            self.level().lists.pop();
            return;
        }
        let continues = self.is_what_is_left(index)
            || self.goes_on_behind_semicolon(index, words)
            || self.fills_the_list(index);
        let ends = !just_opened && !continues && self.begins_anew(index, words);
        loop {
            let level = self.level();
            let nested = level.lists.len() > 1;
            let Some(list) = level.lists.last().copied() else { return };
            let whole = &self.mentions[self.lists[list].whole];
            let part = &self.mentions[index];
            if !ends && !can_be_part(whole, part) {
                // 131条，其中网站39条、公众号92篇，短视频5件: the last is told beside them.
                let room = !self.lists[list].is_full(&self.mentions)
                    && (self.lists[list].sum.saturating_add(part.value) <= whole.value
                        || self.lists[list].is_slip_with(part, &self.mentions));
                let named = just_opened || self.is_next_piece(index);
                let piece = room && named && are_pieces(whole, part);
                let piece = !nested && (piece || self.ends_in_other_counter(list, index));
                self.lists[list].mixed = true;
                if piece {
                    self.lists[list].mixed_pieces = true;
                    self.add_part(list, index);
                }
                return;
            }
            // 7件（校内7件、校外3件）: one more, although the first is already all.
            let full = self.lists[list].is_full(&self.mentions) && !self.is_paused(index);
            let full = full && !continues;
            let over = self.lists[list].sum.saturating_add(part.value) > whole.value;
            // 其中规范性文件6件、其他文件73件: too large for a part of 72, and it can be nothing else.
            let goes_on = self.lists[list].opening != Opening::Some && self.goes_on(index, words);
            let too_large = part.value > whole.value
                && !self.lists[list].parts.is_empty()
                && (!goes_on || nested);
            // 分别是9篇、7篇、6篇: all of them, although they are too many.
            let of_all = self.lists[list].opening == Opening::All && self.goes_on(index, words);
            let back = self.mentions[index].refers_back(self.text.printed());
            let again = over && (back || self.tells_whole_again(list, index));
            // 1233条，含规范性文件5件、其他文件1231件: by a slip too many.
            let slip =
                self.lists[list].is_slip_with(part, &self.mentions) && self.goes_on(index, words);
            let outside = nested && over && !just_opened && !of_all && !slip;
            let ends = ends || self.is_of_another_outcome(list, index);
            if ends || full || too_large || again || outside {
                self.level().lists.pop();
                continue;
            }
            self.add_part(list, index);
            return;
        }
    }

    /// True if a list takes one outcome apart, and a figure counts another: 无法提供35件，其中…；不予处理15件; 予以公开78件，其中自然人68件；部分公开24件.
    fn is_of_another_outcome(&self, list: usize, index: usize) -> bool {
        let counted = |i: usize| self.mentions[i].counted.as_ref();
        let both = counted(index).zip(counted(self.lists[list].whole));
        let parted = self.levels.last().is_some_and(|level| level.semicolon);
        both.is_some_and(|(part, whole)| is_beside(part, whole) || parted && are_apart(part, whole))
    }

    /// True if a figure is of an outcome that is a part of the list itself: 办结98件，其中…无法提供31件，本机关不掌握28件.
    fn is_of_part(&self, list: usize, index: usize) -> bool {
        let counted = |i: usize| self.mentions[i].counted.as_ref();
        let holds = |part: &usize| {
            let both = counted(index).zip(counted(*part));
            let fits = self.mentions[index].value <= self.mentions[*part].value;
            *part != index && fits && both.is_some_and(|(own, part)| is_within(own, part))
        };
        self.lists[list].parts.iter().rev().take(REMEMBERED).any(holds)
    }

    /// Takes a figure out of its list, where the words behind it name another outcome than the one that is taken apart, or one
    /// that a part of it is divided into.
    pub(super) fn leave_list_of_another_outcome(&mut self, index: usize) {
        let Some(list) = self.mentions[index].list else { return };
        let leaves = self.is_of_another_outcome(list, index) || self.is_of_part(list, index);
        if self.lists[list].parts.last() == Some(&index) && leaves {
            self.lists[list].parts.pop();
            self.lists[list].sum -= self.mentions[index].value;
            self.mentions[index].list = None;
        }
    }

    /// Makes a figure a part of a list; 两个乡镇各1件 is as many for each, and nobody adds them up.
    fn add_part(&mut self, list: usize, index: usize) {
        if self.is_of_part(list, index) {
            return;
        }
        let each = self.mentions[index].is_for_each(self.text.printed());
        self.lists[list].add(index, &self.mentions);
        self.lists[list].mixed |= each;
        self.mentions[index].list = Some(list);
    }

    /// True if a figure is taken apart as the whole of the open list is: 13个乡镇中优秀3家，31个部门中优秀9家.
    fn is_next_whole(&self, index: usize) -> bool {
        let list = self.levels.last().and_then(|level| level.lists.last());
        let whole = list.map(|list| &self.mentions[self.lists[*list].whole]);
        whole.is_some_and(|whole| {
            self.is_taken_apart(whole) && self.is_taken_apart(&self.mentions[index])
        })
    }

    /// True if the words behind a figure up to the next say that this is of it: 13个乡镇中.
    fn is_taken_apart(&self, mention: &Mention) -> bool {
        const REACH: usize = 10;
        let behind = self.text.printed()[mention.range.end..].chars().take(REACH);
        let name: String =
            behind.take_while(|c| c.is_alphabetic() && !c.is_ascii_digit()).collect();
        Lexicon::get().clauses.within.iter().any(|word| name.contains(word))
    }

    /// True if nothing but a pause and a name stand between a figure and the one before it.
    fn is_paused(&self, index: usize) -> bool {
        const LONGEST: usize = 10;
        let Some(before) = index.checked_sub(1).map(|before| &self.mentions[before]) else {
            return false;
        };
        let name = self.text.printed().get(before.range.end..self.mentions[index].digits.start);
        let name = name.and_then(|name| name.strip_prefix('、')).unwrap_or_default();
        let plain = !name.contains(['，', '；', '。', '（', '）', '、', '：']);
        (1..=LONGEST).contains(&name.chars().count())
            && plain
            && before.list.is_some()
            && before.same_unit(&self.mentions[index])
    }

    /// True if a figure makes up the whole of a list, or misses it by a slip, whatever verb stands before it: 504条，其中
    /// 动态140条、公告316条，办理提案结果48条.
    fn fills_the_list(&self, index: usize) -> bool {
        const FEWEST: usize = 2;
        let level = self.levels.last().filter(|level| level.lists.len() == 1);
        let list = level.and_then(|level| level.lists.last()).map(|list| &self.lists[*list]);
        let part = &self.mentions[index];
        list.is_some_and(|list| {
            let few = list.parts.len() < FEWEST;
            let open = list.open_end || list.opening == Opening::Some || list.mixed;
            let same = self.mentions[list.whole].same_unit(part) && part.list.is_none();
            let counted = self.mentions[list.whole].counted.is_some();
            let more = !list.is_full(&self.mentions);
            !few && !open && !counted && same && more && list.is_slip_with(part, &self.mentions)
        })
    }

    /// True if a figure tells a part of the innermost list again: 其中自然人9件，这9件均已答复.
    fn repeats_part(&self, index: usize) -> bool {
        let part = &self.mentions[index];
        let list = self.levels.last().and_then(|level| level.lists.last());
        list.is_some_and(|list| {
            part.refers_back(self.text.printed())
                && part.value != self.mentions[self.lists[*list].whole].value
        })
    }

    /// True if a figure is what some parts before it come to: 公开10件、部分公开3件，前两项合计13件.
    fn adds_parts(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).map(|before| &self.mentions[before]) else {
            return false;
        };
        let text = self.text.printed();
        let words = text.get(before.range.end..self.mentions[index].digits.start);
        before.list.is_some() && words.and_then(counts_parts).is_some()
    }

    /// True if a figure tells the whole of a list once more: 解读32篇，其中图解12篇，32篇解读均同步推送.
    fn tells_whole_again(&self, list: usize, index: usize) -> bool {
        const NOUN: usize = 2;
        let text = self.text.printed();
        let (list, part) = (&self.lists[list], &self.mentions[index]);
        let whole = &self.mentions[list.whole];
        let Some(last) = list.parts.last().filter(|_| part.value == whole.value) else {
            return false;
        };
        let between = text.get(self.mentions[*last].range.end..part.digits.start);
        let silent = matches!(between, Some("，" | "；" | ","));
        let name = text.get(whole.phrase.start..whole.phrase.end.max(whole.range.end));
        let noun: String = text[part.range.end..].chars().take(NOUN).collect();
        silent && noun.chars().all(char::is_alphabetic) && name.unwrap_or_default().contains(&noun)
    }

    /// True if a figure is that of what is carried over, and just what a list of outcomes leaves of all that came in:
    /// 收办104件，其中予以公开60件、无法提供35件、转下年度办理9件.
    fn is_what_is_left(&self, index: usize) -> bool {
        let part = &self.mentions[index];
        let list = self.levels.last().and_then(|level| level.lists.last());
        let Some(list) = list.map(|list| &self.lists[*list]) else { return false };
        let whole = &self.mentions[list.whole];
        let is = |mention: &Mention, kinds: &[QuantityKind]| {
            mention.counted.as_ref().is_some_and(|counted| kinds.contains(&counted.kind))
        };
        is(part, &[QuantityKind::CarriedOut])
            && is(whole, &[QuantityKind::Intake, QuantityKind::Request, QuantityKind::Handled])
            && list.sum.saturating_add(part.value) == whole.value
    }

    /// True if a part stands behind a semicolon with nothing but its name, and the whole has room for it:
    /// 230条，其中门户网站11条；公众号64条；报纸155条.
    fn goes_on_behind_semicolon(&self, index: usize, words: &[Token]) -> bool {
        const LONGEST: usize = 12;
        let level = self.levels.last();
        let list = level.filter(|level| level.semicolon).and_then(|level| level.lists.last());
        let Some(list) = list.map(|list| &self.lists[*list]) else { return false };
        let (Some(last), part) = (list.parts.last(), &self.mentions[index]) else { return false };
        let last = &self.mentions[*last];
        let between = self.text.printed().get(last.range.end..part.digits.start);
        let name = between.and_then(|between| between.strip_prefix(['；', ';']));
        // 公众号64条 among websites and papers is one more of them.
        let of_channels = name.is_some_and(is_channel) && self.is_of_channels(list);
        let plain = name.is_some_and(|name| {
            !name.is_empty()
                && !name.contains(['，', '、', '。', '；', '：'])
                && name.chars().count() <= LONGEST
                && (of_channels || Lexicon::get().clauses.statement.start_of(name).is_none())
        });
        let whole = self.mentions[list.whole].value;
        let fits = list.sum.saturating_add(part.value) <= whole || part.is_rest || of_channels;
        let outside = part.counted.is_none();
        plain && fits && outside && last.same_unit(part) && !words.iter().any(takes_object)
    }

    /// True if a part is named by where something was published, as those before it are: 网站390条、微信公众号871条.
    fn is_next_channel(&self, index: usize) -> bool {
        let text = self.text.printed();
        let list = self.levels.last().and_then(|level| level.lists.last());
        let list = list.map(|list| &self.lists[*list]).filter(|list| !list.parts.is_empty());
        let names = |part: usize| {
            let part = &self.mentions[part];
            let mut name = text.get(part.phrase.start..part.digits.start).unwrap_or_default();
            while let Some(word) = Lexicon::get().sums.opens.start_of(name) {
                name = name[word.len()..].trim_start_matches(['，', '：']);
            }
            let channels = &Lexicon::get().things.channels;
            channels.iter().flatten().any(|word| name.contains(word.as_str()))
        };
        self.is_next_piece(index)
            && names(index)
            && list.is_some_and(|list| list.parts.iter().rev().take(REMEMBERED).all(|p| names(*p)))
    }

    /// True if the last parts of a list are named by where something was published, and by nothing else.
    fn is_of_channels(&self, list: &List) -> bool {
        let text = self.text.printed();
        list.parts.iter().rev().take(REMEMBERED).all(|part| {
            let part = &self.mentions[*part];
            let name = text.get(part.phrase.start..part.digits.start).unwrap_or_default();
            let opens = &Lexicon::get().sums.opens;
            let mut name = name;
            while let Some(word) = opens.start_of(name) {
                name = &name[word.len()..];
            }
            is_channel(name.trim_start_matches(['，', '：', '、']))
        })
    }

    /// True if a figure follows the one before it with nothing but a mark and a name in between, in any unit.
    fn is_next_piece(&self, index: usize) -> bool {
        const LONGEST: usize = 20;
        let Some(before) = index.checked_sub(1).map(|before| &self.mentions[before]) else {
            return false;
        };
        let between = self.text.printed().get(before.range.end..self.mentions[index].digits.start);
        between.and_then(|between| between.strip_prefix(['、', '，'])).is_some_and(|name| {
            !name.contains(['，', '、', '。', '；', '：']) && name.chars().count() <= LONGEST
        })
    }

    /// True if a part follows the one before it with nothing but its name in between.
    fn goes_on(&self, index: usize, words: &[Token]) -> bool {
        const LONGEST: usize = 12;
        let text = self.text.printed();
        let mentions = &self.mentions;
        let Some(before) = index.checked_sub(1).map(|before| &mentions[before]) else {
            return false;
        };
        let between = text.get(before.range.end..mentions[index].digits.start).unwrap_or_default();
        let name = between.trim_start_matches(['、', '，']);
        name.len() < between.len()
            && !name.contains(['，', '、', '。', '；', '：'])
            && name.chars().count() <= LONGEST
            && (!words.iter().any(takes_object) || self.is_by_another_way(index))
            && Lexicon::get().clauses.statement.start_of(name).is_none()
            && before.same_unit(&mentions[index])
    }

    /// True if a figure and the one before it are told by the ways in which things came in: 现场办理83件，网上办结131件.
    fn is_by_another_way(&self, index: usize) -> bool {
        const LONGEST: usize = 8;
        let text = self.text.printed();
        let channels = &Lexicon::get().sums.channels;
        let names_way = |index: usize| {
            let from = index.checked_sub(1).map_or(0, |before| self.mentions[before].range.end);
            let words = text.get(from..self.mentions[index].digits.start).unwrap_or_default();
            let name = words.rsplit(['，', '、', '；', '：']).next().unwrap_or_default();
            let opens = &Lexicon::get().sums.opens;
            let name = opens.start_of(name).map_or(name, |word| &name[word.len()..]);
            channels.start_of(name).is_some() && name.chars().count() <= LONGEST
        };
        index.checked_sub(1).is_some_and(&names_way) && names_way(index)
    }

    /// True if a figure is the first part of a list, or the next one of it with nothing but its name.
    fn is_named_part(&self, list: Option<usize>, index: usize) -> bool {
        let first = list.is_some_and(|list| self.lists[list].parts.is_empty());
        let whole = list.map(|list| &self.mentions[self.lists[list].whole]);
        let counts = whole.is_some_and(|whole| {
            let part = &self.mentions[index];
            whole.same_unit(part) || are_pieces(whole, part)
        });
        counts && (first || self.is_next_piece(index))
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
            // 公开信息165条。其中，行政规范性文件0条，行政许可类信息10条: of what was published.
            Some(QuantityKind::Document) => {
                whole_kind != kind && !(whole_kind.is_none() && self.is_named_part(list, index))
            }
            Some(QuantityKind::Proceeding) => whole_kind != kind,
            Some(QuantityKind::Outcome | QuantityKind::Rest) => false,
            Some(QuantityKind::Intake | QuantityKind::Handled | QuantityKind::Request) => {
                !has_applicant
            }
            Some(QuantityKind::CarriedIn | QuantityKind::CarriedOut | QuantityKind::Fee) => true,
            None => false,
        };
        let takes_in = words.iter().any(takes_object);
        let level = self.level();
        let past_semicolon =
            level.semicolon && !matches!(kind, Some(QuantityKind::Outcome | QuantityKind::Rest));
        // 通过网站公开133条，通过微信群转发30条; 发布规范性文件5件，发布要闻384条.
        let by = words.first().is_some_and(|word| {
            let statement = &Lexicon::get().clauses.statement;
            let verb = |at: usize| statement.start_of(&self.text.printed()[at..]);
            let own = verb(word.range.start);
            let mut before = list.iter().flat_map(|list| &self.lists[*list].parts);
            let as_before = |part: &usize| verb(self.mentions[*part].phrase.start) == own;
            own.is_some() && before.any(as_before)
        });
        let speaks = !by
            && !self.is_next_channel(index)
            && !self.level().behind_figure
            && !matches!(kind, Some(QuantityKind::Outcome | QuantityKind::Rest))
            && words.iter().find(|token| !is_filler(token)).is_some_and(|token| {
                let rest = &self.text.printed()[token.range.start..];
                Lexicon::get().clauses.statement.start_of(rest).is_some()
            });
        let of_all = self.is_said_of_all(index);
        let by = by || self.is_by_another_way(index);
        flow || takes_in && !by && !has_applicant || past_semicolon || speaks || of_all
    }
}

impl Reader<'_> {
    /// True if something is said of all that a figure counts, which is no part then: 审结的6件均获支持.
    fn is_said_of_all(&self, index: usize) -> bool {
        let (text, figure) = (self.text.printed(), &self.mentions[index]);
        text[..figure.digits.start].ends_with('的') && figure.is_said_of_all(text)
    }
}

/// True if some words are the name of a kind of place of publication.
fn is_channel(name: &str) -> bool {
    Lexicon::get().things.channels.iter().flatten().any(|word| word == name)
}
