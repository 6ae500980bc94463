//! Chinese numerals that are figures because they stand in a row with Arabic ones: 高中五所、初中22所.

use super::lexicon::{Counter, Lexicon};
use super::spelled::spelled;

/// The counter of Chinese numerals that are a figure because they stand in a row with Arabic ones, or are large: 高中五所、初中22所;
/// 十一个行政村.
pub(super) fn in_a_row(
    text: &str,
    start: usize,
    end: usize,
    value: u64,
) -> Option<&'static Counter> {
    const LARGE: u64 = 11;
    /// The most members of a row that are looked at on either side.
    const NEAR: usize = 6;
    const NAME: usize = 8;
    /// The members of a row without Arabic numerals: 优秀五家、良好六家、合格两家.
    const SEVERAL: usize = 3;
    let counter = Lexicon::get().counters.start_of(&text[end..])?;
    if value >= LARGE {
        return Some(counter);
    }
    // 一件一审, 三类信息: where something is named behind it, it may be part of a word.
    let behind = &text[end + counter.word.len()..];
    let counters = &Lexicon::get().counters;
    let bodies = &Lexicon::get().bodies.ends;
    let member = |words: &str| {
        let name = bodies.end_of(words).map_or(words, |body| &words[..words.len() - body.len()]);
        let counter = counters.end_of(words).or_else(|| counters.end_of(name))?;
        let name = words
            .strip_suffix(counter.word.as_str())
            .or(name.strip_suffix(counter.word.as_str()))?;
        let arabic = name.ends_with(is_arabic);
        (arabic || name.ends_with(|c| c == '两' || spelled(c).is_some())).then_some(arabic)
    };
    let before = members_before(&text[..start]).skip(1).take(NEAR).map_while(member);
    let follows = members_behind(behind).take(NEAR).map_while(member);
    let others: Vec<bool> = before.chain(follows).collect();
    let row = others.len() + 1 >= SEVERAL || others.contains(&true);
    // 新增“甲”“乙”等两项 names those that it counts.
    let is_name = |name: &str| !name.ends_with('等') && (1..=NAME).contains(&name.chars().count());
    let named = members_before(&text[..start]).next().is_some_and(is_name);
    let noun = bodies.start_of(behind).map_or(0, str::len);
    let ends = [0, noun].into_iter().any(|n| {
        let rest = &behind[n..];
        rest.is_empty() || rest.starts_with(ROW_ENDS)
    });
    (named && ends && row).then_some(counter)
}

/// True if a character is an Arabic digit, half or full width.
fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The marks at the end of a member of a row.
const ROW_ENDS: &[char] = &['、', '，', '；', '。', '）', ',', ';', ')', '\n'];

/// The marks that end a row.
const MARKS: &[char] = &['，', ',', '。', '；', ';', '：', '（', '(', '）', ')', '\n'];

/// The members of a row before a place, the nearest first: the words between pauses, as far as they are short.
fn members_before(text: &str) -> impl Iterator<Item = &str> {
    const REACH: usize = 240;
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..];
    let row = near.rsplit(MARKS).next().unwrap_or_default();
    row.rsplit('、').take_while(|member| is_member(member))
}

/// The members of a row behind one that ends at a pause.
fn members_behind(text: &str) -> impl Iterator<Item = &str> {
    const REACH: usize = 240;
    let near = &text[..text.floor_char_boundary(text.len().min(REACH))];
    let row = near.split(MARKS).next().unwrap_or_default().strip_prefix('、');
    row.unwrap_or_default().split('、').take_while(|member| is_member(member))
}

/// True if some words are no longer than a name with its figure.
fn is_member(words: &str) -> bool {
    const LONGEST: usize = 16;
    words.chars().count() <= LONGEST
}
