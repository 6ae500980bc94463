//! Running text read word by word: characters and words doubled by mistake, terms of the field that are one character off,
//! and the common words of these terms.
//!
//! Text is read in runs of Chinese characters; a mark, a figure, a letter or the end of a line closes a run, and nothing
//! is matched across it. A run is cut into words, and a slip is looked for where a character stands that belongs to
//! no word, or where the same character stands twice. A word is never taken for wrong because it is rare: every
//! slip is a known term less, more or with another of one character, a common word of such terms with another, or a
//! character or a word that follows itself.

mod characters;
mod common;
mod doubled;
mod edits;
mod han;
mod lexicon;
mod places;
mod repeated;
mod segment;
mod terms;

use std::ops::Range;

use han::is_han;
use lexicon::BUILT_IN;
use segment::Words;
use terms::{SHORTEST, Terms};

/// A place where one character is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The bytes of the text that are shown as wrong.
    pub range: Range<usize>,
    /// The wording that was meant; for a doubled character, the words with it once.
    pub right: String,
    /// The way the text departs from it.
    pub kind: SlipKind,
    /// Its certainty.
    pub certainty: Certainty,
}

/// The way a text departs from the wording that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlipKind {
    /// A character stands twice.
    Doubled,
    /// A character of the term is missing.
    Missing,
    /// Two neighbours stand in each other's place.
    Swapped,
    /// Another character stands in its place.
    Replaced,
}

/// The certainty of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Worth a look.
    Possible,
    /// Right only where the term itself is not meant.
    Likely,
    /// Right in no text.
    Certain,
}

/// Words that an office or its report adds to those known here.
#[derive(Debug, Clone, Default)]
pub struct Own {
    terms: Terms,
    words: Vec<Vec<char>>,
    /// Places of the body itself, shorter than a term.
    places: Vec<Vec<char>>,
    accepted: Vec<String>,
}

impl Own {
    /// Names and terms that are right as they stand, and phrases in which nothing is to be found.
    ///
    /// A name of four characters or more is also a term: a slip in it is found. Characters that are not Chinese cut a
    /// name into parts.
    pub fn new<'a>(
        terms: impl IntoIterator<Item = &'a str>,
        accepted: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut words: Vec<Vec<char>> = Vec::new();
        for term in terms {
            words.extend(term.split(|c| !is_han(c)).map(|part| part.chars().collect()));
        }
        words.retain(|word: &Vec<char>| word.len() >= 2);
        words.sort();
        words.dedup();
        let terms = Terms::new(&words);
        let accepted = accepted.into_iter().filter(|phrase| !phrase.is_empty());
        let accepted = accepted.map(str::to_owned).collect();
        Self { terms, words, places: Vec::new(), accepted }
    }

    /// The same with the places of the body itself, of which one that is too short to be a term is looked for, too.
    #[must_use]
    pub fn with_places<'a>(mut self, places: impl IntoIterator<Item = &'a str>) -> Self {
        let places = places.into_iter().map(|place| place.chars().collect::<Vec<char>>());
        self.places = places.filter(|place| (3..SHORTEST).contains(&place.len())).collect();
        self.places.sort();
        self.places.dedup();
        self
    }
}

/// The slips of a text in reading order. Where a character stands twice, nothing else is said of the place; those where it
/// does come first of all that begin there.
pub fn slips(text: &str, own: &Own) -> Vec<Slip> {
    let lexicon = &BUILT_IN;
    let mut slips: Vec<Slip> = Vec::new();
    for run in Run::all(text) {
        let words = Words::of(&run.chars, lexicon, &own.words);
        let mut found = doubled::find(&run, &words, lexicon, own);
        found.extend(repeated::find(&run, &words, lexicon, own));
        let doubles: Vec<Range<usize>> = found.iter().map(|double| double.range.clone()).collect();
        let misspelt = edits::find(&run, &words, lexicon, own).into_iter();
        found.extend(
            misspelt.filter(|slip| !doubles.iter().any(|double| meet(double, &slip.range))),
        );
        let of_places = places::find(&run, &words, lexicon, own).into_iter();
        let others: Vec<Range<usize>> = found.iter().map(|slip| slip.range.clone()).collect();
        found.extend(of_places.filter(|slip| !others.iter().any(|other| meet(other, &slip.range))));
        let others: Vec<Range<usize>> = found.iter().map(|slip| slip.range.clone()).collect();
        let common = common::find(&run, &words, lexicon).into_iter();
        found.extend(common.filter(|slip| !others.iter().any(|other| meet(other, &slip.range))));
        found.sort_by_key(|slip| (slip.range.start, slip.kind));
        slips.extend(found.into_iter().map(|found| found.in_text(&run)));
    }
    if !own.accepted.is_empty() {
        let phrases = own.accepted.iter().flat_map(|phrase| text.match_indices(phrase.as_str()));
        let accepted: Vec<Range<usize>> =
            phrases.map(|(at, phrase)| at..at + phrase.len()).collect();
        slips.retain(|slip| !accepted.iter().any(|phrase| meet(phrase, &slip.range)));
    }
    slips
}

/// True if some characters of a text are the end of one word and the beginning of the next: 分折 in 部分折旧.
#[must_use]
pub(crate) fn is_between_words(text: &str, range: &Range<usize>) -> bool {
    /// The longest word of the lists.
    const REACH: usize = 4;
    let (Some(before), Some(behind)) = (text.get(..range.start), text.get(range.end..)) else {
        return false;
    };
    let mut near: Vec<char> = before.chars().rev().take(REACH).take_while(|c| is_han(*c)).collect();
    near.reverse();
    let start = near.len();
    near.extend(text[range.clone()].chars());
    let end = near.len();
    near.extend(behind.chars().take(REACH).take_while(|c| is_han(*c)));
    let words = Words::of(&near, &BUILT_IN, &[]);
    start < end && words.span(start).0 < start && words.span(end - 1).1 > end
}

/// True if a few characters may be a name: each stands alone, one though it rarely does, and none is a word of grammar.
#[must_use]
pub(crate) fn is_unknown(characters: &str) -> bool {
    let run: Vec<char> = characters.chars().collect();
    let words = Words::of(&run, &BUILT_IN, &[]);
    let alone = (0..run.len()).all(|i| words.length(i) == 1 && !BUILT_IN.is_grammar(run[i]));
    (2..=3).contains(&run.len()) && alone && (0..run.len()).any(|i| words.is_stray(i))
}

/// True if two characters sound or look alike, so that one is easily typed for the other.
#[must_use]
pub(crate) fn are_alike(a: char, b: char) -> bool {
    BUILT_IN.are_alike(a, b)
}

/// True if the last character of a text is a word of its own: 件 in 书面申请件, but not in 文件.
#[must_use]
pub(crate) fn ends_with_single(text: &str) -> bool {
    /// As far as the words before it can change where it begins.
    const REACH: usize = 12;
    let mut near: Vec<char> = text.chars().rev().take(REACH).take_while(|c| is_han(*c)).collect();
    near.reverse();
    let words = Words::of(&near, &BUILT_IN, &[]);
    near.len().checked_sub(1).is_some_and(|last| words.length(last) == 1)
}

/// True if the cutting of a run makes one word of some of its characters.
#[must_use]
pub fn is_word(run: &[char], range: Range<usize>) -> bool {
    let words = Words::of(run, &BUILT_IN, &[]);
    range.start < range.end && words.span(range.start) == (range.start, range.end)
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A run of Chinese characters.
struct Run {
    chars: Vec<char>,
    /// The byte of the text at which the run begins; every character takes three.
    start: usize,
    /// The character before it, if it is on the same line.
    before: Option<char>,
    /// The character behind it.
    behind: Option<char>,
}

/// The bytes of a Chinese character.
const BYTES: usize = 3;

impl Run {
    fn all(text: &str) -> impl Iterator<Item = Self> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at + text[at..].find(is_han)?;
            let end = text[start..].find(|c| !is_han(c)).map_or(text.len(), |n| start + n);
            let before = text[at..start].chars().next_back().filter(|c| *c != '\n');
            let mut chars = Vec::with_capacity((end - start) / BYTES);
            chars.extend(text[start..end].chars());
            at = end;
            Some(Self { chars, start, before, behind: text[end..].chars().next() })
        })
    }

    /// True if a figure stands right before the run, blanks aside.
    fn follows_figure(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
    }

    /// True if the run begins inside brackets or quotation marks.
    fn follows_bracket(&self) -> bool {
        self.before.is_some_and(|c| "（(“‘《〈「【”’》〉）)".contains(c))
    }

    /// True if a bracket opens right behind the run.
    fn precedes_bracket(&self) -> bool {
        self.behind.is_some_and(|c| "（(〔[".contains(c))
    }
}

/// A slip by places of characters in its run.
struct Found {
    range: Range<usize>,
    right: String,
    kind: SlipKind,
    certainty: Certainty,
}

impl Found {
    fn in_text(self, run: &Run) -> Slip {
        let byte = |i: usize| run.start + i * BYTES;
        let range = byte(self.range.start)..byte(self.range.end);
        Slip { range, right: self.right, kind: self.kind, certainty: self.certainty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_in_a_term_and_the_bureau_of_a_city_are_no_slips() {
        let own = Own::default();
        for text in ["落实专（兼）职人员2名", "今年以来，市市场监管局公开信息", "全市市民"]
        {
            assert_eq!(slips(text, &own), [], "{text}");
        }
        assert_eq!(slips("落实专，", &own).len(), 1);
        assert_eq!(slips("全县县级部门", &own), []);
        assert_eq!(slips("今年以来，县县政府公开信息", &own).len(), 1);
    }

    #[test]
    fn a_shorter_word_and_a_meeting_are_no_slips() {
        let own = Own::default();
        for text in [
            "贯彻落实中央深改委文件",
            "国务院第40次常务会议",
            "国务院第711号令",
            "答复归为5类",
            "充分利用新媒体发布",
            "细化政府信息公开粒度",
            "建设服务政府",
            "未收信息处理费",
            "配专职人员三名",
        ] {
            assert_eq!(slips(text, &own), [], "{text}");
        }
    }

    #[test]
    fn a_name_of_the_form_has_no_other_wording() {
        let own = Own::default();
        assert_eq!(slips("属于行政咨询事项3件", &own).len(), 1);
        assert_eq!(slips("属于两类过程性信息", &own), []);
    }

    #[test]
    fn what_stands_twice_by_nature_does_not_stand_thrice() {
        let own = Own::default();
        assert_eq!(
            slips(
                "推进校校通，村村设立公开栏，县县有平台，节节有提升，税务局局领导接待日，村委会会务公开，共受理理赔纠纷",
                &own
            ),
            []
        );
        assert_eq!(slips("由专人层层落实，紧紧围绕，件件有回音，常常有群众来电", &own), []);
        assert_eq!(slips("我局紧紧紧围绕全市工作", &own).len(), 1);
        assert_eq!(slips("一件诉讼案件件被纠正", &own).len(), 1);
        assert_eq!(slips("逐个数字的说说明", &own).len(), 1);
    }

    #[test]
    fn the_first_character_of_a_term_is_replaced() {
        let own = Own::default();
        assert_eq!(slips("推进赠府信息公开工作", &own).len(), 1);
        assert_eq!(slips("推进县府信息公开工作", &own), []);
    }

    #[test]
    fn a_place_of_the_body_is_one_character_off() {
        let own = Own::new(["云岭县人民政府", "云岭县"], []).with_places(["云岭县"]);
        for wrong in ["在“云领县”专栏公开信息。", "云领县公开信息3条。"] {
            assert_eq!(slips(wrong, &own).len(), 1, "{wrong}");
        }
        for right in ["在“云岭县”专栏公开信息。", "与云岭乡、云山县一同公开信息。"]
        {
            assert_eq!(slips(right, &own).len(), 0, "{right}");
        }
    }

    #[test]
    fn a_place_without_its_kind_is_no_slip() {
        let own = Own::new(["霍尔果斯市", "霍尔果斯市人民政府"], []);
        assert_eq!(slips("推进霍尔果斯经济开发区建设，霍尔果斯发布公众号", &own), []);
        let own = Own::new(["十堰市住房和城乡建设局"], []);
        assert_eq!(slips("推动十堰住房和城乡建设事业发展", &own), []);
        let own = Own::new(["霍尔果斯市", "霍尔果斯市人民政府"], []);
        assert_eq!(slips("霍尔果司市人民政府", &own).len(), 1);
    }

    #[test]
    fn a_common_word_with_another_character_is_a_slip() {
        let own = Own::default();
        for (text, right) in [("由县政附组织实施", "政府"), ("各科室和奢区全部公开", "社区")]
        {
            let found = slips(text, &own);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].right, right);
            assert_eq!(found[0].certainty, Certainty::Possible);
        }
        // A name, a word that is in no list, and a figure before its counter.
        for text in
            ["不逐个列出", "有2件诉至法院", "权威发布，拓宽渠道", "铸牢意识", "法释", "甘谷县"]
        {
            assert_eq!(slips(text, &own), [], "{text}");
        }
    }

    #[test]
    fn a_word_of_two_characters_stands_twice() {
        let own = Own::new(["青麓县人民政府"], []);
        for text in [
            "推进政府政府信息公开",
            "中华人民人民共和国",
            "属于三类三类内部事务信息",
            "没有收取收取信息处理费",
            "事故调查查报告",
        ] {
            assert_eq!(slips(text, &own).len(), 1, "{text}");
        }
        for text in [
            "青麓县人民政府政府信息公开工作",
            "县政府政府信息公开专栏",
            "集体经济组织组织开展活动",
            "人大代表代表团审议",
            "鼓励创业创新",
            "一条一条研究，深入研究研究",
            "居民身份证证明",
            "工作中常常检查",
            "申请人人身权益",
        ] {
            assert_eq!(slips(text, &own), [], "{text}");
        }
    }
}
