//! [`Thing`]: the thing that a figure counts which no table holds, in words that can be compared.
//!
//! 通过县政府门户网站公开信息97条 and 网站只有97条 tell one figure. Of the words round a figure the place of publication is
//! kept and what tells the thing from others; acts, adverbs and the names of the body itself say nothing of it.

use std::cell::OnceCell;

use super::lexicon::{Lexicon, ThingWords};
use super::mention::{Mention, Others, Unread};
use super::numeral::{Exactness, Unit};
use super::passage::Passage;

/// The thing that a figure counts.
#[derive(Debug, Clone)]
pub(crate) struct Thing<'a> {
    /// The places of publication that are named, by kind.
    pub(crate) channels: Vec<String>,
    /// The body whose place of publication it is, as far as it is said.
    pub(crate) owner: String,
    /// All other words that tell it from others.
    pub(crate) words: String,
    /// Of these, those of the figure itself, without those of what it is a part of.
    name: String,
    /// The word by which it is said to be information.
    information: Option<String>,
    /// The word by which it is said to have been made public.
    act: Option<String>,
    /// True if the figure stands for what has been told of before: 97条信息中.
    pub(crate) refers: bool,
    /// True if it stands for all of what has been told of before: 5个问题全部销号.
    pub(crate) is_all: bool,
    /// True if its words are said of it by 的, and so were told of before: 未通过的3个所.
    pub(crate) is_attributive: bool,
    /// True if it is a part of what refers to something told before: 42篇解读中视频9篇.
    of_told: bool,
    /// True if places of publication themselves are counted: 24个公众号.
    counts_places: bool,
    /// True if only the clause before names it: 视频号内容少，仅29条.
    by_clause: bool,
    /// The words of the sentence before the figure, where no place of publication is named with it.
    sentence: &'a str,
    /// True if one is named there; looked for only where two figures are compared.
    unsure_where: OnceCell<bool>,
    /// The words for whose figure it is, where they are not plainly the body's own.
    whose: Option<String>,
}

/// The marks that end the words of a figure.
const ENDS: &[char] =
    &['，', '。', '；', '：', '、', '！', '？', '\n', ',', ';', ':', '（', '）', '(', ')'];
/// The most characters that name a thing.
const LONGEST: usize = 24;

impl<'a> Thing<'a> {
    /// The thing that a figure of a passage counts; `own` is the name of the body, as it begins with its place.
    pub(crate) fn of(passage: &Passage, text: &'a str, figure: usize, own: &str) -> Option<Self> {
        /// The greatest number of lists inside each other.
        const NESTED: usize = 4;
        let mut thing = Self::alone(passage, text, figure, own)?;
        if whole_of(passage, figure).is_some() && !thing.names_itself() {
            return None; // 148条: a part that only the list names
        }
        let mut part = figure;
        for _ in 0..NESTED {
            let Some(whole) = whole_of(passage, part) else { return Some(thing) };
            let of_whole = Self::alone(passage, text, whole, own)?;
            // 网站和公众号公开96条，其中公众号56条: the part says where itself.
            let named = thing.channels.iter().all(|own| of_whole.channels.contains(own));
            if thing.channels.is_empty() || !named || of_whole.channels.len() < 2 {
                thing.channels.extend(of_whole.channels);
            }
            if thing.owner.is_empty() {
                thing.owner = of_whole.owner;
            }
            thing.words.insert_str(0, &of_whole.words);
            thing.information = thing.information.or(of_whole.information);
            thing.act = thing.act.or(of_whole.act);
            thing.channels.sort();
            thing.channels.dedup();
            thing.of_told |= of_whole.refers;
            part = whole;
        }
        None
    }

    /// The thing by the words of the figure itself.
    fn alone(passage: &Passage, text: &'a str, figure: usize, own: &str) -> Option<Self> {
        let mention = &passage.mentions[figure];
        if !may_be_compared(mention) {
            return None;
        }
        let things = &Lexicon::get().things;
        let Surroundings { before, behind, refers, is_all, is_attributive } =
            surroundings(passage, text, figure)?;
        if is_of_each(passage, text, figure)
            || mention.is_excluded(text)
            || is_of_several(&text[..mention.digits.start], before)
        {
            return None;
        }
        // 第二期3场, 还有1个在解决中, 其他文件126件: one of several, or of what is left.
        if things.is_numbered(before) || is_of_rest(before) {
            return None;
        }
        let example = things.examples.iter().filter_map(|word| before.rfind(word)).max();
        let before = example.map_or(before, |at| &before[at..]);
        let named = Named::of(before, own, things);
        let named = if named.says_nothing() { Named::of(behind, own, things) } else { named };
        let clause = named.says_nothing().then(|| clause_of_lack(text, mention, before)).flatten();
        let by_clause = clause.is_some();
        let named = clause.map_or(named, |clause| Named::of(clause, own, things));
        let long = named.words.chars().count() > LONGEST;
        if long || things.unlike.are_in(&named.words) || is_sampled(text, mention, &named.words) {
            return None;
        }
        let sentence = if named.channels.is_empty() { sentence_before(text, mention) } else { "" };
        let whose = match (mention.of_others, &mention.owner) {
            (None, _) => None,
            (Some(Others::Office), _) => Some(String::new()),
            (Some(Others::Foreign), named) => Some(text.get(named.clone()?)?.to_owned()),
        };
        let Named { channels, owner, words, information, act } = named;
        let name = words.clone();
        Some(Self {
            whose,
            channels,
            owner,
            words,
            name,
            information,
            act,
            refers,
            is_all,
            is_attributive,
            of_told: false,
            counts_places: mention.unit.counter().is_some_and(|c| things.places.has(&c.word)),
            by_clause,
            sentence,
            unsure_where: OnceCell::new(),
        })
    }

    /// True if two are named by the same words, and by enough of them.
    pub(crate) fn is(&self, other: &Self) -> bool {
        const ENOUGH: usize = 4;
        const SHORTEST: usize = 3;
        let n = self.words.chars().count();
        let said = |thing: &Self| thing.information.is_some() || thing.act.is_some();
        let informs = self.information.is_some() || other.information.is_some();
        let told = !self.channels.is_empty() && (informs || said(self) && said(other))
            || n >= ENOUGH
            || n >= 2 && (self.refers || other.refers)
            || n == 0 && (self.is_all_of(other) || self.are_places(other));
        // 检出不合格36批次……不合格的36批次.
        let again = other.is_attributive
            && other.words.chars().count() >= SHORTEST
            && self.words.ends_with(&other.words);
        // 政策解读42篇，视频9篇；42篇解读中视频9篇.
        let of_told = other.of_told
            && other.name == self.name
            && self.name.chars().count() >= 2
            && self.words.ends_with(&other.words);
        let named = !self.by_clause && !other.by_clause;
        (told && self.words == other.words || again || of_told) && named && self.is_at(other)
    }

    /// True if two may be one: the words of one are among those of the other, or the later one stands for what was
    /// told before.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let is_in = |short: &String, long: &String| {
            short.chars().count() >= 2 && long.contains(short.as_str())
        };
        let either = |one: &String, two: &String| is_in(one, two) || is_in(two, one);
        let shared = either(&self.words, &other.words) || either(&self.name, &other.name);
        let (one, two) = (self.words.is_empty(), other.words.is_empty());
        // 最多的为32件: who counts what has not been told, so nothing stands for it later.
        let silent =
            (one && two || (one || two) && (self.refers || other.refers)) && self.names_itself();
        let told = !self.channels.is_empty() || self.refers || other.refers || shared;
        let somewhere = self.channels.is_empty() != other.channels.is_empty();
        let placed = || self.is_at(other) || somewhere && (shared || self.refers || other.refers);
        told && self.whose == other.whose && (shared || silent) && placed()
    }

    /// True if it is information that was made public.
    pub(crate) fn is_information(&self) -> bool {
        self.information.is_some()
    }

    fn names_itself(&self) -> bool {
        !self.channels.is_empty() || !self.words.is_empty() || self.information.is_some()
    }

    /// True if two are published in the same place.
    fn is_at(&self, other: &Self) -> bool {
        let owners = self.owner.is_empty() || other.owner.is_empty() || self.owner == other.owner;
        let same = self.channels == other.channels && self.whose == other.whose && owners;
        same && !self.is_unsure_where() && !other.is_unsure_where()
    }

    /// True if the place of publication may be that of another clause of the sentence.
    pub(crate) fn is_unsure_where(&self) -> bool {
        let channels = || Lexicon::get().things.channels.iter().flatten();
        let named = || channels().any(|word| self.sentence.contains(word.as_str()));
        *self.unsure_where.get_or_init(named)
    }

    /// True if both count places of publication of one kind, and one stands for those told before: 24个公众号中.
    fn are_places(&self, other: &Self) -> bool {
        let refers = self.refers || other.refers;
        refers && self.counts_places && other.counts_places && !self.channels.is_empty()
    }

    /// True if both are all information that was made public, in the same words: 发布信息 may be more than 主动公开政府信息.
    fn is_all_of(&self, other: &Self) -> bool {
        let all = |thing: &Self| thing.channels.is_empty() && thing.information.is_some();
        let same =
            self.act.is_some() && self.act == other.act && self.information == other.information;
        all(self) && all(other) && (same || self.refers || other.refers)
    }
}

/// True if a figure counts bodies that were picked out of all: 抽查42个县和36个省级部门.
fn is_sampled(text: &str, mention: &Mention, words: &str) -> bool {
    let lexicon = Lexicon::get();
    let part = || sentence_before(text, mention).rsplit('；').next().unwrap_or_default();
    lexicon.sums.bodies.end_of(words).is_some() && lexicon.clauses.sampled.are_in(part())
}

/// True if a figure is told of each of several, or counts those of whom it is told: 3名自然人各提出2件.
fn is_of_each(passage: &Passage, text: &str, figure: usize) -> bool {
    let each = |pair: &[Mention]| pair[1].is_of_each_of(&pair[0], text);
    let from = figure.saturating_sub(1);
    let to = passage.mentions.len().min(figure + 2);
    passage.mentions[from..to].windows(2).any(each)
}

/// True if the words before a figure, of which a text ends with some, say that it counts several things together: 发布4115条，
/// 与网站信息合计10323条; 学区、编制、校外培训合计19件; 网站、公示屏、公众号三个渠道公开372条.
fn is_of_several(text: &str, before: &str) -> bool {
    let lexicon = Lexicon::get();
    let beside = text[..text.len() - before.len()].ends_with('、');
    let with = lexicon.growth.base_with.start_of(before).is_some();
    let words = &lexicon.sums;
    let of = |(number, _): &(String, String)| Some(before.split_once(number.as_str())?.1);
    let mut counters = words.counted.iter().filter_map(of);
    let counted = beside && counters.any(|behind| words.counted_by.start_of(behind).is_some());
    (with || beside) && words.total.are_in(before) || counted
}

/// True if a figure counts something that no table holds, exactly and of this year.
fn may_be_compared(mention: &Mention) -> bool {
    mention.of_this_year
        && !matches!(mention.unread, Some(Unread::OtherPeriod | Unread::Declared(_)))
        && mention.counted.is_none()
        && mention.growth.is_none()
        && mention.share.is_none()
        && mention.exactness == Exactness::Exact
        && matches!(mention.unit, Unit::Counter(_))
}

/// True if some words name what is left of others: 还有, 其他文件.
fn is_of_rest(words: &str) -> bool {
    let sums = &Lexicon::get().sums;
    sums.rest_alone.has(words) || sums.others.start_of(words).is_some()
}

/// The words that name a thing.
#[derive(Default)]
struct Named {
    channels: Vec<String>,
    owner: String,
    words: String,
    information: Option<String>,
    act: Option<String>,
}

impl Named {
    fn of(words: &str, own: &str, things: &ThingWords) -> Self {
        let mut left = without_accounts(words, things);
        let mut named = Self::default();
        for channel in &things.channels {
            for word in channel.iter().skip(1) {
                let Some(at) = left.find(word.as_str()) else { continue };
                if let Some(owner) = things.owners.iter().find(|o| left[..at].ends_with(*o)) {
                    named.owner = owner.to_owned();
                }
                named.channels.push(channel[0].clone());
                left = left.replacen(word.as_str(), "　", 1);
                break;
            }
        }
        named.channels.sort();
        let place = things.of_places.iter().find_map(|end| own.strip_suffix(end)).unwrap_or(own);
        let blank_out = |left: &mut String, word: &str| {
            if left.contains(word) {
                *left = left.replace(word, "　");
            }
        };
        for name in [own, place].into_iter().filter(|name| !name.is_empty()) {
            blank_out(&mut left, name);
        }
        named.act = things.acts.iter().find(|word| left.contains(word)).map(str::to_owned);
        for word in things.acts.iter().chain(things.empty.iter()) {
            blank_out(&mut left, word);
        }
        named.information =
            things.information.iter().find(|word| left.contains(word)).map(str::to_owned);
        for word in things.information.iter().chain(things.little.iter()) {
            blank_out(&mut left, word);
        }
        left.retain(|c| c.is_alphanumeric() && !c.is_ascii_digit());
        named.words = left;
        named
    }

    /// True if nothing is named, or no more than an act whose object stands behind: 抽查发现5个问题.
    fn says_nothing(&self) -> bool {
        let act = Lexicon::get().clauses.statement.has(&self.words);
        self.channels.is_empty() && (self.words.is_empty() || act) && self.information.is_none()
    }
}

/// Some words without blanks and the names of accounts in quotation marks: “某某发布”公众号.
fn without_accounts(words: &str, things: &ThingWords) -> String {
    let mut left: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let mut from = 0;
    while let Some(open) = left[from..].find('“').map(|at| at + from) {
        let Some(close) = left[open..].find('”').map(|at| at + open + '”'.len_utf8()) else {
            break;
        };
        let is_titled = things.titled.start_of(&left[close..]).is_some();
        let is_account = !is_titled
            && things.channels.iter().flatten().any(|word| left[close..].starts_with(word));
        if is_account {
            left.replace_range(open..close, "");
            from = open;
        } else {
            from = close;
        }
    }
    left
}

/// The words round a figure.
struct Surroundings<'a> {
    before: &'a str,
    behind: &'a str,
    /// True if it stands for what has been told of before.
    refers: bool,
    /// True if it stands for all of it.
    is_all: bool,
    /// True if the words before it are said of it by 的.
    is_attributive: bool,
}

/// The words before a figure, those behind it, and what it stands for.
fn surroundings<'a>(passage: &Passage, text: &'a str, figure: usize) -> Option<Surroundings<'a>> {
    /// The reach of the words, in bytes; it also keeps a long line from being read again for each figure.
    const REACH: usize = 120;
    let within = &Lexicon::get().clauses.within;
    let mention = &passage.mentions[figure];
    let floor = mention.digits.start.saturating_sub(REACH);
    let floor = (floor..).find(|at| text.is_char_boundary(*at))?;
    let last = figure.checked_sub(1).map_or(0, |before| passage.mentions[before].range.end);
    let before = text.get(last.max(floor)..mention.digits.start)?;
    let before = last_words(before);
    // 19条解读中图解只有5条: behind the word the part begins.
    let whole_ends = |before: &'a str| {
        let ends = within.iter().filter_map(|word| Some(before.rfind(word)? + word.len()));
        ends.max().map_or(before, |at| &before[at..])
    };
    let adjoins = last > floor && text[last..mention.digits.start].len() == before.len();
    // 12个机构有3个未参加, 13个乡镇和31个部门: the name is that of the figure before.
    let joins = before.ends_with('有') || Lexicon::get().sums.joins.end_of(before).is_some();
    let before = match before {
        _ if adjoins && joins => "",
        _ if adjoins => whole_ends(before),
        _ => before,
    };
    let next = passage.mentions.get(figure + 1).map_or(text.len(), |next| next.digits.start);
    let ceiling = next.min(mention.range.end.saturating_add(REACH)).min(text.len());
    let ceiling = (0..=ceiling).rev().find(|at| text.is_char_boundary(*at))?;
    let behind = text.get(mention.range.end..ceiling)?;
    let behind = behind.split(ENDS).next().unwrap_or_default();
    let cut = within.iter().filter_map(|word| behind.find(word)).min();
    let refers = cut.is_some_and(|at| behind[..at].chars().count() <= 10);
    let behind = cut.filter(|_| refers).map_or(behind, |at| &behind[..at]);
    let all = Lexicon::get().things.all.iter().filter_map(|word| behind.find(word)).min();
    let is_all = all.is_some_and(|at| (1..=10).contains(&behind[..at].chars().count()));
    let behind = all.filter(|_| is_all).map_or(behind, |at| &behind[..at]);
    let is_attributive = before.ends_with('的');
    Some(Surroundings { before, behind, refers: refers || is_all, is_all, is_attributive })
}

/// The words behind the last mark; a bracket without figures in a name is none: 各县（市）和行署部门.
fn last_words(before: &str) -> &str {
    let end = before.rfind(ENDS).map(|at| (at, before[at..].chars().next()));
    let Some((at, Some(mark))) = end else { return before };
    let opens = if mark == '）' { before[..at].rfind('（') } else { None };
    let inside = opens.map(|open| &before[open + '（'.len_utf8()..at]);
    let plain = |inside: &str| {
        inside.chars().count() <= 4 && inside.chars().all(|c| c.is_alphabetic() || c == '、')
    };
    match (opens, inside) {
        (Some(open), Some(inside)) if plain(inside) => {
            let name = last_words(&before[..open]);
            &before[open - name.len()..]
        }
        _ => &before[at + mark.len_utf8()..],
    }
}

/// The clause before a figure that is said to be few, without what it says of it: 视频号内容 of 视频号内容少，仅29条.
fn clause_of_lack<'a>(text: &'a str, mention: &Mention, before: &str) -> Option<&'a str> {
    const REACH: usize = 60;
    let things = &Lexicon::get().things;
    if !things.only.are_in(before) {
        return None;
    }
    let end = mention.digits.start.checked_sub(before.len())?;
    let floor = (end.saturating_sub(REACH)..=end).find(|at| text.is_char_boundary(*at))?;
    let said = text.get(floor..end)?.strip_suffix('，')?;
    let clause = said.rsplit(ENDS).next()?;
    let clause = clause.rsplit(|c: char| c.is_ascii_digit()).next()?;
    let lack = things.lacks.end_of(clause)?;
    Some(&clause[..clause.len() - lack.len()])
}

/// The words of a sentence before a figure, as far back as another clause may name a place of publication for it.
fn sentence_before<'a>(text: &'a str, mention: &Mention) -> &'a str {
    const REACH: usize = 300;
    let floor = mention.digits.start.saturating_sub(REACH);
    let floor = (floor..).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let sentence = text[floor..mention.digits.start].rsplit(['。', '\n']).next();
    sentence.unwrap_or_default()
}

/// The figure that another one is a part of.
fn whole_of(passage: &Passage, part: usize) -> Option<usize> {
    if let Some(list) = passage.mentions[part].list {
        return Some(passage.lists[list].whole);
    }
    let sum = &passage.sums[passage.mentions[part].sum?];
    sum.total.filter(|total| *total < part)
}
