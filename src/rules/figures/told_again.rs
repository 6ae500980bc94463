//! Figures that are told once more with their noun: 13个社区中有10个建成公开角，余下3个列入计划……3个社区没有公开角.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Lexicon, Mention, Passage, Prose, Unit, are_swapped, one_slip};
use crate::report::{Report, Text};

/// The marks that end the words of a figure.
const ENDS: &[char] = &['，', '。', '；', '：', '、', '！', '？', '\n', ',', ';', ':'];
/// The most figures of a report that are compared.
const MOST: usize = 300;

/// A figure with the words round it.
pub(super) struct Spoken<'a> {
    passage: &'a Passage,
    text: &'a Text,
    figure: usize,
    /// The place of its text among all, and that of its sentence.
    place: (usize, usize),
    sentence: &'a str,
    before: &'a str,
    behind: &'a str,
}

/// Every figure that names what was counted before and has a number that was told of nothing of the kind, with the one
/// told before that one slip makes of it.
pub(super) fn told_again<'a>(
    prose: &'a Prose,
    report: &'a Report,
    is_known: impl Fn(usize, usize) -> bool,
) -> Vec<(Spoken<'a>, Spoken<'a>)> {
    let mut found = Vec::new();
    let mut told: Vec<Spoken<'a>> = Vec::new();
    for (nth, (passage, text)) in prose.each(report).enumerate() {
        for figure in 0..passage.mentions.len() {
            let Some(spoken) = Spoken::of((passage, text), nth, figure) else { continue };
            if told.len() == MOST {
                return found;
            }
            if !is_known(nth, figure)
                && let Some(before) = spoken.contradicts(&told)
            {
                let before =
                    Spoken::of((before.passage, before.text), before.place.0, before.figure);
                let here = Spoken::of((passage, text), nth, figure);
                found.extend(here.zip(before));
            }
            told.push(spoken);
        }
    }
    found
}

impl<'a> Spoken<'a> {
    fn of((passage, text): (&'a Passage, &'a Text), nth: usize, figure: usize) -> Option<Self> {
        /// The reach of a sentence round a figure, in bytes.
        const REACH: usize = 300;
        const NEAR: usize = 16;
        let mention = &passage.mentions[figure];
        let counts = matches!(mention.unit, Unit::Counter(_));
        let plain = mention.is_typed()
            && mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && mention.unread.is_none()
            && mention.of_others.is_none();
        let printed = text.printed();
        // 3个工作日: a length of time is none of things.
        let time = Lexicon::get().numbers.spans.start_of(&printed[mention.range.end..]).is_some();
        if !counts || !plain || time || mention.is_excluded(printed) {
            return None;
        }
        let (start, end) = (mention.digits.start, mention.range.end);
        let floor =
            (start.saturating_sub(REACH)..=start).find(|at| printed.is_char_boundary(*at))?;
        let ceiling = printed.len().min(end + REACH);
        let ceiling = (end..=ceiling).rev().find(|at| printed.is_char_boundary(*at))?;
        let from = printed[floor..start].rfind(['。', '\n']).map_or(floor, |at| floor + at);
        let to = printed[end..ceiling].find(['。', '\n']).map_or(ceiling, |at| end + at);
        let last = figure.checked_sub(1).map_or(0, |before| passage.mentions[before].range.end);
        let before = printed.get(last.max(from)..start)?;
        let before = before.rsplit(ENDS).next().unwrap_or_default();
        let skipped = before.chars().count().saturating_sub(NEAR);
        let before = before.char_indices().nth(skipped).map_or("", |(at, _)| &before[at..]);
        let next = passage.mentions.get(figure + 1).map_or(to, |next| next.digits.start.min(to));
        let behind = printed.get(end..next)?.split(ENDS).next().unwrap_or_default();
        let behind = behind.char_indices().nth(NEAR).map_or(behind, |(at, _)| &behind[..at]);
        let sentence = printed.get(from..to)?;
        let place = (nth, mention.sentence);
        Some(Self { passage, text, figure, place, sentence, before, behind })
    }

    /// Its text as read, the text itself and its place among the figures.
    pub(super) fn shown(&self) -> (&'a Passage, &'a Text, usize) {
        (self.passage, self.text, self.figure)
    }

    fn mention(&self) -> &'a Mention {
        &self.passage.mentions[self.figure]
    }

    /// The figure told before that this one should be, if it names the same things and none told of them is its own.
    fn contradicts<'s>(&self, told: &'s [Self]) -> Option<&'s Self> {
        let own = self.mention();
        let open = own.counted.as_ref().is_none_or(|counted| counted.at_most);
        let before = self.by_long_name(told).or_else(|| self.turned_round(told));
        if let Some(before) = before.or_else(|| self.by_attribute(told)) {
            return open.then_some(before);
        }
        let nouns = self.nouns();
        let bare = self.is_bare();
        if !open || nouns.is_empty() && !bare || !self.stands_for_another() {
            return None;
        }
        let alike = |other: &&Self| other.place != self.place && other.mention().same_unit(own);
        let named = |other: &&Self| {
            nouns.iter().any(|noun| other.names(noun)) || bare && self.bare_name(other).is_some()
        };
        let mut places: Vec<(usize, usize)> =
            told.iter().filter(alike).filter(named).map(|other| other.place).collect();
        places.dedup();
        let of_them: Vec<&Self> =
            told.iter().filter(alike).filter(|other| places.contains(&other.place)).collect();
        let values: Vec<Decimal> = of_them.iter().map(|other| other.mention().value).collect();
        if is_among(&values, own.value) {
            return None;
        }
        let fits = |other: &&&Self| {
            !other.names_another(&nouns)
                && !self.is_some_of(other)
                && one_slip(other.mention().value, own.value)
                && self.speaks_of(other, &nouns)
        };
        of_them.iter().rev().find(fits).copied()
    }

    /// 启动应急响应14次……全年16次应急响应: the only figure of those things, which this one tells for the whole year.
    fn by_long_name<'s>(&self, told: &'s [Self]) -> Option<&'s Self> {
        const SHORTEST: usize = 4;
        let lexicon = Lexicon::get();
        lexicon.clauses.of_the_year.end_of(self.before)?;
        let ends = |at: usize| {
            let rest = &self.behind[at..];
            let words = &lexicon.things;
            rest.starts_with('的')
                || words.all.start_of(rest).is_some()
                || lexicon.clauses.within.start_of(rest).is_some()
        };
        let end = self.behind.char_indices().map(|(at, _)| at).find(|at| ends(*at));
        let noun = &self.behind[..end.unwrap_or(self.behind.len())];
        if noun.chars().count() < SHORTEST || !noun.chars().all(char::is_alphabetic) {
            return None;
        }
        let own = self.mention();
        let names = |other: &&Self| {
            let named = other.before.ends_with(noun) || other.behind.starts_with(noun);
            other.place != self.place && other.mention().same_unit(own) && named
        };
        let mut all = told.iter().filter(names);
        let only = all.next().filter(|_| all.next().is_none())?;
        let slip = one_slip(only.mention().value, own.value);
        (slip && only.mention().value != own.value).then_some(only)
    }

    /// 17所被责令限期整改……责令整改的19所学校: the only figure of those of which all that the attribute says is said right behind them.
    fn by_attribute<'s>(&self, told: &'s [Self]) -> Option<&'s Self> {
        const LENGTH: usize = 2;
        const PASSIVE: char = '被';
        const HOUSES: &str = "家";
        let own = self.mention();
        let general = &Lexicon::get().sums.general;
        let counter = own.unit.counter()?;
        if general.has(&counter.word) && counter.word != HOUSES {
            return None; // 17个被通报 may be of anything.
        }
        let attribute: Vec<char> = self.before.strip_suffix('的')?.chars().collect();
        let verbs = attribute.len().checked_sub(2 * LENGTH).map(|from| &attribute[from..])?;
        let word = |from: usize| verbs[from..from + LENGTH].iter().collect::<String>();
        let (one, other) = (word(0), word(LENGTH));
        let said = |told: &&Self| {
            let same = told.place != self.place && told.mention().unit.counter() == Some(counter);
            let behind = told.behind;
            same && behind.starts_with(PASSIVE) && behind.contains(&one) && behind.contains(&other)
        };
        let mut all = told.iter().filter(said);
        let only = all.next().filter(|_| all.next().is_none())?;
        let slip = one_slip(only.mention().value, own.value);
        (slip && only.mention().value != own.value).then_some(only)
    }

    /// 列席代表57人次……邀请代表走进常务会议75人次: two digits of a figure of the same words stand the other way round, in a unit that
    /// little else is counted in.
    fn turned_round<'s>(&self, told: &'s [Self]) -> Option<&'s Self> {
        /// The characters of a word, and how many words both share.
        const LENGTH: usize = 2;
        const SHARED: usize = 3;
        let lexicon = Lexicon::get();
        let own = self.mention();
        let counter = own.unit.counter()?;
        if lexicon.sums.general.has(&counter.word) || told.iter().any(|t| t.is_as_large(self)) {
            return None;
        }
        let said: Vec<char> = format!("{}　{}", self.clause(), self.behind).chars().collect();
        let shares = |other: &&Self| {
            let mut words: Vec<String> =
                said.windows(LENGTH).map(|pair| pair.iter().collect()).collect();
            words.sort_unstable();
            words.dedup();
            let shared = words.iter().filter(|word| {
                word.chars().all(char::is_alphabetic)
                    && !lexicon.things.empty.are_in(word)
                    && !lexicon.things.acts.are_in(word)
                    && other.sentence.contains(word.as_str())
            });
            shared.count() >= SHARED
        };
        let turned = |other: &&Self| {
            let same = other.mention().unit == own.unit && other.place != self.place;
            same && are_swapped(other.mention().value, own.value, LENGTH)
        };
        told.iter().filter(turned).find(shares)
    }

    /// True if two figures in one unit are equal.
    fn is_as_large(&self, other: &Self) -> bool {
        self.mention().unit == other.mention().unit && self.mention().value == other.mention().value
    }

    /// The clause before the figure.
    fn clause(&self) -> &str {
        let own = self.mention();
        let printed = self.text.printed();
        let start = own.phrase.start.min(own.digits.start);
        printed.get(start..own.digits.start).unwrap_or_default()
    }

    /// True if words that nothing was told of pick some of the things: 更新迟缓的3家单位, 已有结果的12件复议.
    fn is_some_of(&self, other: &Self) -> bool {
        const LENGTH: usize = 2;
        let Some(attribute) = self.before.strip_suffix('的') else { return false };
        let n = attribute.chars().count();
        let word: String = attribute.chars().skip(n.saturating_sub(LENGTH)).collect();
        let clauses = &Lexicon::get().clauses;
        let plain = word.chars().count() == LENGTH && word.chars().all(char::is_alphabetic);
        plain && (!other.sentence.contains(&word) || clauses.resulted.has(&word))
    }

    /// True if the figure adds up things of another noun than some: 共6个品种 for 乡镇.
    fn names_another(&self, nouns: &[String]) -> bool {
        const LONGEST: usize = 3;
        let n = self.behind.chars().count();
        let adds = Lexicon::get().sums.total_alone.has(self.before);
        let alone = (2..=LONGEST).contains(&n) && self.behind.chars().all(char::is_alphabetic);
        alone && adds && !nouns.iter().any(|noun| self.names(noun))
    }

    /// True if nothing but 中 stands behind the figure: 20家中7家.
    fn is_bare(&self) -> bool {
        let within = &Lexicon::get().clauses.within;
        without_little(self.before).is_empty() && within.start_of(self.behind).is_some()
    }

    /// The name of a figure told before, if this one has none of its own and its sentence has that name before it: 乡镇卫生院公开
    /// 不平衡，20家中7家.
    fn bare_name<'s>(&self, other: &'s Self) -> Option<&'s str> {
        const LENGTH: usize = 2;
        if !self.is_bare() {
            return None;
        }
        let name = without_little(other.before);
        let skipped = name.chars().count().checked_sub(LENGTH)?;
        let (at, _) = name.char_indices().nth(skipped)?;
        let noun = &name[at..];
        let lexicon = Lexicon::get();
        let little = lexicon.things.acts.are_in(noun)
            || lexicon.things.empty.are_in(noun)
            || lexicon.clauses.statement.has(noun);
        let plain = noun.chars().all(char::is_alphabetic) && !little;
        (plain && self.sentence.contains(noun)).then_some(noun)
    }

    /// The nouns behind the figure: 学院 of 3个曾超期的学院 as well as what stands first.
    fn nouns(&self) -> Vec<String> {
        const LENGTH: usize = 2;
        let lexicon = Lexicon::get();
        let ends = |name: &str| {
            let name: String = name.chars().take(LENGTH).collect();
            let plain = name.chars().all(char::is_alphabetic) && name.chars().count() == LENGTH;
            let words = &lexicon.things;
            let little =
                words.empty.start_of(&name).is_some() || words.all.start_of(&name).is_some();
            (plain && !little && lexicon.clauses.within.start_of(&name).is_none()).then_some(name)
        };
        let of = self.behind.rsplit_once('的').map(|(_, noun)| noun);
        let mut nouns: Vec<String> =
            [Some(self.behind), of].into_iter().flatten().filter_map(ends).collect();
        nouns.extend(self.name_before());
        nouns
    }

    /// The name before the figure, if it is long: 社区治理 of 社区治理类信息17条.
    fn name_before(&self) -> Option<String> {
        const LENGTH: usize = 4;
        let name = without_little(self.before);
        let n = name.chars().count().checked_sub(LENGTH)?;
        let name: String = name.chars().skip(n).collect();
        let words = &Lexicon::get().things;
        let plain = name.chars().all(char::is_alphabetic) && !words.acts.are_in(&name);
        plain.then_some(name)
    }

    /// True if the figure counts the things of a noun: 社区 of 13个社区中, 问题 of 发现问题12个.
    fn names(&self, noun: &str) -> bool {
        const NEAR: usize = 6;
        let behind: String = self.behind.chars().take(NEAR).collect();
        let n = self.before.chars().count().saturating_sub(NEAR);
        let before: String = self.before.chars().skip(n).collect();
        behind.contains(noun) || before.contains(noun)
    }

    /// True if the words round the figure say that it was told before.
    fn stands_for_another(&self) -> bool {
        let lexicon = Lexicon::get();
        let sampled = lexicon.clauses.sampled.are_in(self.sentence);
        let rest = self.mention().is_rest || lexicon.sums.rest.start_of(self.before).is_some();
        let new = rest || lexicon.things.unlike.are_in(self.before);
        let in_problems = self.passage.path.as_str().starts_with("problems");
        let objects = lexicon.things.objects.end_of(self.before).is_some();
        let all =
            lexicon.things.all.are_in(self.behind) || lexicon.clauses.within.are_in(self.behind);
        !sampled && !new && (in_problems || objects || all)
    }

    /// True if the sentence of a figure told before has words that are said of this one, beside the nouns.
    fn speaks_of(&self, other: &Self, nouns: &[String]) -> bool {
        /// The characters of a word that two sentences share.
        const SHARED: usize = 2;
        /// The characters of a name that is the same in both.
        const NAMED: usize = 3;
        let stop = &Lexicon::get().things;
        let statement = &Lexicon::get().clauses.statement;
        let name: String = self.behind.chars().take(NAMED).collect();
        // 6个村的公示栏, 5个村的公示内容: no name.
        let named = |c: char| c.is_alphabetic() && c != '的';
        let long = name.chars().count() == NAMED && name.chars().all(named);
        if self.name_before().is_some_and(|name| other.before.contains(&name)) {
            return true;
        }
        // 部门36个、乡镇22个……将22个乡镇全部纳入通报; 政策解读类19条……19条解读中图解只有5条.
        let two_digits = self.mention().value >= Decimal::TEN;
        let lexicon = Lexicon::get();
        let other_name = without_little(other.before);
        let of_all = |noun: &String| {
            let rest = self.behind.strip_prefix(noun.as_str()).unwrap_or_default();
            let all = lexicon.things.all.start_of(rest).is_some()
                || lexicon.clauses.within.start_of(rest).is_some();
            all && (other_name.ends_with(noun.as_str()) || other.behind.starts_with(noun.as_str()))
        };
        if two_digits && (nouns.iter().any(of_all) || self.bare_name(other).is_some()) {
            return true;
        }
        if long && (other.behind.contains(&name) || other.before.contains(&name)) {
            return true;
        }
        let said = format!("{}　{}", self.before, self.behind);
        let said = nouns.iter().fold(said, |said, noun| said.replace(noun.as_str(), "　"));
        let chars: Vec<char> = said.chars().collect();
        chars.windows(SHARED).any(|pair| {
            let word: String = pair.iter().collect();
            let plain = pair.iter().all(|c| c.is_alphabetic());
            let little = stop.empty.are_in(&word)
                || stop.acts.are_in(&word)
                || stop.information.are_in(&word)
                || statement.has(&word);
            plain && !little && other.sentence.contains(&word)
        })
    }
}

/// A name without the words at its end that say little: 社区治理 of 社区治理类信息.
fn without_little(mut name: &str) -> &str {
    let lexicon = Lexicon::get();
    let little = [&lexicon.sums.share_names, &lexicon.things.information, &lexicon.things.empty];
    while let Some(end) = little.iter().find_map(|words| words.end_of(name)) {
        name = &name[..name.len() - end.len()];
    }
    name
}

/// True if a value is one of some, or the sum or the difference of two of them.
fn is_among(values: &[Decimal], value: Decimal) -> bool {
    let two = |a: &Decimal| {
        values.iter().any(|b| a.saturating_add(*b) == value || (*a - *b).abs() == value)
    };
    values.contains(&value) || values.iter().any(two)
}
