//! Words of names, titles and labels: the only places where their lines may end, in every output.
//!
//! Chinese marks no words. In running text a line may end nearly anywhere, but a title, a signature or a
//! label reads badly when `阿合奇县管委会` ends in `管` and goes on with `委会`. What a word is follows from
//! the structure of such names: a place ends with the word for its kind (`县`), a body with the word for
//! its kind (`管委会`), a figure keeps its unit (`2023年度`), and the rest is made of the terms of the
//! field. What is known by none of these stays whole.

mod kinds;
mod lexicon;
#[cfg(test)]
mod listed;
mod token;
mod whole;

use token::{Token, TokenKind};
pub use whole::{are_set_off, gaps, is_ideograph, whole_parts, without_typed_gaps};

/// A word with what lies before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// The word with its marks.
    pub text: &'t str,
    /// The merit of its beginning as the beginning of a line.
    pub seam: Seam,
}

/// The merit of a place as the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seam {
    /// Before a year.
    Year,
    /// Between two names, or behind a mark.
    Name,
    /// Between two words of one name, or a place and its body.
    Word,
}

/// The words of a text in order; nothing lies between them.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let tokens = token::tokens(text);
    let mut groups: Vec<Group> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        add(&mut groups, token, tokens.get(i + 1), text);
    }
    let groups = join_single_characters(groups, text);
    let mut start = 0;
    groups
        .iter()
        .map(|group| {
            let word = Word { text: &text[start..group.end], seam: group.seam };
            start = group.end;
            word
        })
        .collect()
}

/// A title in lines no wider than `ems`: one line where it fits, else as few as there can be of which one
/// begins with the year, preferably between the parts.
pub fn title_lines(parts: &[String], ems: f64) -> Vec<String> {
    set(parts, ems)
}

/// A text in lines no wider than `ems`, which end between words: as few as there can be, of about the
/// same width, preferably between names.
///
/// A word that is wider than a line is broken where it must be.
pub fn lines(text: &str, ems: f64) -> Vec<String> {
    set(&[text.to_owned()], ems)
}

/// The cost of ending a line before a piece, and to go on with it on the same line.
#[derive(Clone, Copy)]
struct Cost {
    end: f64,
    go_on: f64,
}

fn set(parts: &[String], ems: f64) -> Vec<String> {
    const INSIDE: Cost = Cost { end: 200.0, go_on: 0.0 };
    let mut pieces: Vec<(&str, Cost)> = Vec::new();
    for part in parts {
        for (i, word) in words(part).iter().enumerate() {
            let mut cost = match word.seam {
                // A line more is better than a year in the middle of one.
                Seam::Year => Cost { end: 0.0, go_on: 1500.0 },
                _ if i == 0 => Cost { end: 0.0, go_on: 300.0 },
                Seam::Name => Cost { end: 0.0, go_on: 0.0 },
                Seam::Word => Cost { end: 20.0, go_on: 0.0 },
            };
            let mut rest = word.text;
            while width(rest) > ems {
                let (piece, after) = rest.split_at(longest_fitting(rest, ems));
                pieces.push((piece, cost));
                rest = after;
                cost = INSIDE;
            }
            pieces.push((rest, cost));
        }
    }
    if pieces.iter().map(|piece| width(piece.0)).sum::<f64>() <= ems {
        return vec![parts.concat()];
    }
    let n = pieces.len();
    let mut best = vec![(f64::INFINITY, 0); n + 1];
    best[0] = (0.0, 0);
    for start in 0..n {
        let mut taken = 0.0;
        let mut gone_on = 0.0;
        for end in start + 1..=n {
            let (piece, cost) = pieces[end - 1];
            taken += width(piece);
            gone_on += if end > start + 1 { cost.go_on } else { 0.0 };
            if taken > ems && end > start + 1 {
                break;
            }
            let seam = gone_on + pieces.get(end).map_or(0.0, |piece| piece.1.end);
            // Rather a longer line above a shorter one than the other way round.
            let weight = if end == n { 100.0 } else { 101.0 };
            let cost = best[start].0 + 1000.0 + seam + weight * ((ems - taken) / ems).powi(2);
            if cost < best[end].0 {
                best[end] = (cost, start);
            }
        }
    }
    let mut lines = Vec::new();
    let mut end = n;
    while end > 0 {
        let start = best[end].1;
        let line: String = pieces[start..end].iter().map(|piece| piece.0).collect();
        lines.push(line.trim().to_owned());
        end = start;
    }
    lines.reverse();
    lines
}

/// The most characters that a unit has.
pub const LONGEST: usize = lexicon::LONGEST;

/// The number of characters at the beginning of a text that are the unit of a figure before it.
pub fn unit_length(after: &str) -> usize {
    lexicon::beginnings(after)
        .find(|(_, entry)| entry.measure)
        .map_or(0, |(unit, _)| unit.chars().count())
}

/// The greatest width of a text, in widths of a Chinese character, whatever the face.
pub fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum()
}

/// The number of bytes of a text that fit on a line; at least one character.
fn longest_fitting(text: &str, ems: f64) -> usize {
    let mut taken = 0.0;
    for (at, c) in text.char_indices() {
        taken += width(c.encode_utf8(&mut [0; 4]));
        if taken > ems && at > 0 {
            return at;
        }
    }
    text.len()
}

/// A word while it is gathered.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    seam: Seam,
    state: State,
}

/// The element that a word expects next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The next word stands apart.
    Done,
    /// A name is complete: the next begins another.
    Ended,
    /// It is (so far) of no known words, and may be a name that goes on.
    Unknown,
    /// The rest belongs to it.
    Open,
}

/// Adds a token to the word it belongs to, or begins a word with it.
fn add(groups: &mut Vec<Group>, token: &Token, next: Option<&Token>, text: &str) {
    let before = groups.last().map(|group| group.state);
    let unknown_goes_on = before == Some(State::Unknown);
    let next_is = |is: fn(&TokenKind) -> bool| next.is_some_and(|next| is(&next.kind));
    let (joins, state) = match token.kind {
        // The number of an item, and the year of a document's number, take what follows along.
        TokenKind::Closing => {
            let number = groups.len() == 1 && is_number(&text[..token.end]);
            let year = text[token.start..].starts_with('〕');
            (true, if number || year { State::Open } else { State::Ended })
        }
        TokenKind::Opening { tied } => (tied, State::Open),
        TokenKind::Space => (true, State::Ended),
        TokenKind::Figure if groups.is_empty() && is_number(&text[..token.end]) => {
            (false, State::Open)
        }
        TokenKind::Figure => (false, State::Done),
        TokenKind::Word { place: true, .. } => (unknown_goes_on, State::Ended),
        TokenKind::Word { body: true, .. } => (false, State::Ended),
        TokenKind::Word { .. } => (false, State::Done),
        TokenKind::Place if next.is_some_and(|next| is_part_of_name(token, next, text)) => {
            (unknown_goes_on, State::Unknown)
        }
        TokenKind::Place => match before {
            Some(State::Unknown | State::Done) => (true, State::Ended),
            Some(State::Ended | State::Open) | None => (false, State::Unknown),
        },
        TokenKind::Body
            if next_is(|kind| {
                matches!(kind, TokenKind::Unknown | TokenKind::Place | TokenKind::People)
            }) =>
        {
            (unknown_goes_on, State::Unknown)
        }
        TokenKind::Body => (before.is_some(), State::Ended),
        TokenKind::Forward if unknown_goes_on => (true, State::Unknown),
        TokenKind::Forward => (next.is_none(), State::Open),
        TokenKind::Back => match before {
            Some(State::Done | State::Unknown) => (true, before.unwrap_or(State::Done)),
            Some(State::Ended | State::Open) | None => (false, State::Unknown),
        },
        TokenKind::Unknown | TokenKind::People => (unknown_goes_on, State::Unknown),
    };
    let words = &text[token.start..token.end];
    let seam = match token.kind {
        TokenKind::Figure if words.len() > "年".len() + 3 && words.contains('年') => Seam::Year,
        TokenKind::Opening { .. } => Seam::Name,
        // `阿合奇县` and its `管委会` rather stay together.
        TokenKind::Word { .. } if ends_with_place(groups, text) => Seam::Word,
        _ if before == Some(State::Ended) => Seam::Name,
        _ => Seam::Word,
    };
    match groups.last_mut() {
        Some(last) if joins || last.state == State::Open => {
            last.end = token.end;
            last.state = state;
        }
        _ => groups.push(Group { start: token.start, end: token.end, seam, state }),
    }
}

/// True if what stands last is the name of a place.
fn ends_with_place(groups: &[Group], text: &str) -> bool {
    let Some(group) = groups.last().filter(|group| group.state == State::Ended) else {
        return false;
    };
    let name = &text[group.start..group.end];
    lexicon::ends_with_place(name)
}

/// True if a word for a kind of place belongs to a name: `镇` in `景德镇市`, `州` in `杭州市`, `乡` in
/// `东乡族`; but not `市` in `青岛市市北区`.
fn is_part_of_name(token: &Token, next: &Token, text: &str) -> bool {
    let kind = |token: &Token| text[token.start..token.end].chars().next();
    let level = |token: &Token| match kind(token) {
        Some('省') => 5,
        Some('市' | '州' | '盟') => 4,
        Some('县' | '区' | '旗') => 3,
        Some('镇' | '乡') => 2,
        _ => 1,
    };
    match next.kind {
        TokenKind::People => true,
        TokenKind::Place => matches!(kind(token), Some('州' | '旗')) || level(token) < level(next),
        _ => false,
    }
}

/// True if a text is the number of an item with its mark: `（三）`, `一、`, `1.`.
fn is_number(text: &str) -> bool {
    let inner = text.trim_start_matches('（').trim_end_matches(['）', '、', '.', '．']);
    let numeral = |c: char| c.is_ascii_digit() || lexicon::is_numeral(c);
    !inner.is_empty() && inner.len() < text.len() && inner.chars().all(numeral)
}

/// A character of no known word that stands alone belongs to the word before it, or else behind it.
fn join_single_characters(groups: Vec<Group>, text: &str) -> Vec<Group> {
    let mut joined: Vec<Group> = Vec::new();
    let mut forward = false;
    for group in groups {
        let words = &text[group.start..group.end];
        let alone = words.chars().count() == 1 && group.state == State::Unknown;
        match joined.last_mut() {
            Some(last) if forward || (alone && last.state != State::Ended) => {
                last.end = group.end;
                last.state = group.state;
                forward = false;
            }
            _ => {
                forward = alone;
                joined.push(group);
            }
        }
    }
    // At the very end there is nothing behind it.
    if let [.., before, last] = joined.as_mut_slice()
        && text[last.start..last.end].chars().count() == 1
    {
        before.end = last.end;
        joined.pop();
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(text: &str) -> String {
        words(text).iter().map(|word| word.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn names_are_divided_behind_places_and_bodies() {
        for expected in [
            "阿合奇县|管委会|2023年度",
            "新疆维吾尔自治区|克孜勒苏柯尔克孜自治州|阿合奇县|哈拉奇乡|人民政府|与经济技术|开发区|管委会",
            "黔西南布依族苗族自治州|义龙新区|管理委员会|自然资源|和规划局",
            "霍尔果斯市|人民政府|办公室|（霍尔果斯市|政务|公开|工作|领导小组|办公室）|2023年度|《政府|信息|公开|工作|年度|报告》",
            "积石山保安族东乡族撒拉族自治县|应急|管理局",
            "凉山州|会东县|人民政府",
            "庆阳市|镇原县|人民政府|办公室",
            "杭州市|临平区|市场监督|管理局",
            "通辽市|科尔沁右翼中旗|司法局",
            "呼和浩特市|和林格尔县|城关镇|人民政府",
            "政和县|发展|和改革|委员会",
            "苏州|工业园区|管委会",
            "郑州市|中原区|中原西路街道|办事处",
            "新乡市|卫生健康|委员会",
            "景德镇市|教育局",
            "青岛市|市北区|水务局",
        ] {
            assert_eq!(divided(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn figures_keep_their_units() {
        for expected in [
            "海东市|人民政府|2023年|政府|信息|公开|工作|年度|报告",
            "2023年度|报告",
            "第二十条|第（一）项",
            "国办公开办函〔2021〕30号",
        ] {
            assert_eq!(divided(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn labels_are_divided_between_words() {
        for expected in [
            "（本列|数据的|勾稽关系为：|第一项加|第二项|之和，|等于|第三项加|第四项|之和）",
            "（二）部分|公开|（区分|处理的，|只计|这一|情形，|不计|其他|情形）",
            "3.危及|“三安全|一稳定”",
            "（三）不予|公开",
            "三、本年度|办理|结果",
            "法律|服务|机构",
        ] {
            assert_eq!(divided(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn nothing_is_lost_and_no_mark_is_parted() {
        for text in [
            "",
            "（",
            "）））",
            "2023",
            "的",
            "  a b ",
            "——……",
            "和",
            "市",
            "县县县",
            "第",
            "（）《》",
        ] {
            assert_eq!(words(text).iter().map(|word| word.text).collect::<String>(), text);
            assert!(words(text).iter().all(|word| !word.text.is_empty()));
        }
    }

    #[test]
    fn titles_are_set_in_lines_of_whole_words() {
        let set = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            title_lines(&parts, 20.0).join("|")
        };
        let report = "2023年政府信息公开工作年度报告";
        assert_eq!(
            set(&["霍尔果斯市人民政府", report]),
            "霍尔果斯市人民政府|2023年政府信息公开工作年度报告"
        );
        assert_eq!(
            set(&[
                "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县哈拉奇乡人民政府与经济技术开发区管委会",
                report
            ]),
            "新疆维吾尔自治区克孜勒苏柯尔克孜自治州|阿合奇县哈拉奇乡人民政府|与经济技术开发区管委会|2023年政府信息公开工作年度报告"
        );
        assert_eq!(
            set(&["黔西南布依族苗族自治州义龙新区管理委员会自然资源和规划局", report]),
            "黔西南布依族苗族自治州|义龙新区管理委员会自然资源和规划局|2023年政府信息公开工作年度报告"
        );
        // The title of a clerk's own goes on behind the body's name.
        assert_eq!(
            set(&[
                "霍尔果斯市人民政府",
                "办公室（霍尔果斯市政务公开工作领导小组办公室）2023年度《政府信息公开工作年度报告》"
            ]),
            "霍尔果斯市人民政府办公室|（霍尔果斯市政务公开工作领导小组办公室）|2023年度《政府信息公开工作年度报告》"
        );
        assert_eq!(set(&["白石乡人民政府", "2023年年报"]), "白石乡人民政府2023年年报");
        assert_eq!(set(&[&"龘".repeat(45)]).split('|').count(), 3);
    }
}
