//! Numbers of a text that are no figures with a unit: dates, numbers of documents, and those whose unit is missing
//! or not known.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::mention::Mention;
use super::numeral::digit;

/// A number that was not read as a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bare {
    /// The bytes of its digits.
    pub(crate) range: Range<usize>,
    /// The bytes of the words it stands in.
    pub(crate) words: Range<usize>,
    /// The reason why it is no figure.
    pub(crate) kind: BareKind,
}

/// The reason why a number is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BareKind {
    /// A date or a time.
    Date,
    /// A length of time.
    Span,
    /// The number of a document, a telephone, an address.
    Number,
    /// The number of an article, a chapter, an item of a list.
    Ordinal,
    /// A part of a title or a name.
    Name,
    /// No unit stands behind it.
    NoUnit,
    /// The unit behind it is not known.
    UnknownUnit,
    /// Its sentence was not read.
    Unread,
}

impl BareKind {
    /// The words for the reader.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Date => "日期",
            Self::Span => "时限",
            Self::Number => "文号、号码",
            Self::Ordinal => "条文、序号",
            Self::Name => "名称",
            Self::NoUnit => "没有单位",
            Self::UnknownUnit => "单位不明",
            Self::Unread => "没有读",
        }
    }
}

/// The numerals in which articles are counted.
const NUMERALS: &str = "零〇一二三四五六七八九十百";
/// The marks that end the words a number stands in.
const ENDS: &[char] = &['，', '。', '；', '：', '、', '！', '？', '\n', ',', ';', '（', '）'];
/// Signs that join a number to a name, an address or another number.
const JOINTS: &[char] = &[
    '/', '@', '_', '.', '．', '+', '＋', '-', '—', '－', '–', '~', '～', ':', '&', '=', '?', '#',
    '·', '×',
];

/// Every number in Arabic digits, and every article, that is inside no figure, in order. Those inside `unread` stand
/// in sentences that were not read.
pub(crate) fn bare_numbers(text: &str, mentions: &[Mention], unread: &[Range<usize>]) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut figures = mentions.iter().map(|mention| mention.range.clone()).peekable();
    let mut unread = unread.iter().peekable();
    let mut titles = 0_usize;
    let mut line = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        while figures.next_if(|figure| figure.end <= at).is_some() {}
        while unread.next_if(|sentence| sentence.end <= at).is_some() {}
        let next = at + c.len_utf8();
        match c {
            '《' => titles += 1,
            '》' => titles = titles.saturating_sub(1),
            '\n' => {
                line = next;
                titles = 0;
            }
            _ => {}
        }
        let number = if digit(c).is_some() {
            Some(at..digits_end(text, at))
        } else if c == '第' {
            article(text, next)
        } else {
            None
        };
        let Some(range) = number else {
            at = next;
            continue;
        };
        if figures.peek().is_some_and(|figure| figure.start < range.end) {
            at = figures.peek().map_or(next, |figure| figure.end).max(next);
            continue;
        }
        at = range.end.max(next);
        let kind = if unread.peek().is_some_and(|sentence| sentence.start <= range.start) {
            BareKind::Unread
        } else if titles > 0 {
            BareKind::Name
        } else {
            kind(text, &range, line)
        };
        found.push(Bare { words: words(text, &range), range, kind });
    }
    found
}

/// True if a number is a length of time: 20个工作日.
pub(crate) fn is_span(text: &str, digits: &Range<usize>) -> bool {
    let behind = text[digits.end..].trim_start_matches([' ', '\u{3000}', '多', '余']);
    let behind = behind.strip_prefix('个').unwrap_or(behind);
    let year = behind.starts_with('年') && digits.len() >= 4;
    !year && Lexicon::get().numbers.spans.start_of(behind).is_some()
}

/// The byte behind the digits of a number, with its decimals and thousands.
fn digits_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        let joins = matches!(c, '.' | ',' | '．') && rest.peek().copied().and_then(digit).is_some();
        if digit(c).is_none() && !joins {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// The number of an article behind 第, in Chinese numerals.
fn article(text: &str, start: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 6;
    let numerals = text[start..].chars().take(LONGEST).take_while(|c| NUMERALS.contains(*c));
    let end = start + numerals.map(char::len_utf8).sum::<usize>();
    let articles = &Lexicon::get().numbers.articles;
    (end > start && articles.start_of(&text[end..]).is_some()).then_some(start..end)
}

fn kind(text: &str, range: &Range<usize>, line: usize) -> BareKind {
    let before = text[..range.start].trim_end_matches([' ', '\u{3000}']);
    let behind = text[range.end..].trim_start_matches([' ', '\u{3000}']);
    let (last, next) = (before.chars().next_back(), behind.chars().next());
    let digits = &text[range.clone()];
    if last == Some('第') {
        return BareKind::Ordinal;
    }
    if last.is_some_and(|c| "〔[［【".contains(c)) || next.is_some_and(|c| "〕]］】号".contains(c))
    {
        return BareKind::Number;
    }
    if is_span(text, range) {
        return BareKind::Span;
    }
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if next.is_some_and(|c| "年月日时点".contains(c)) || behind.starts_with("季度") || is_year
    {
        return BareKind::Date;
    }
    if digits.matches('.').count() > 1 {
        return BareKind::Date;
    }
    if text[line..range.start].trim_matches(['（', '(', ' ', '\u{3000}']).is_empty()
        && next.is_some_and(|c| ".．、）)".contains(c))
    {
        return BareKind::Ordinal;
    }
    if last == Some('（') && next == Some('）') || last == Some('(') && next == Some(')') {
        return BareKind::Ordinal;
    }
    if Lexicon::get().numbers.lines.start_of(behind).is_some() || is_dialled(before) {
        return BareKind::Number;
    }
    let joined = |c: char| c.is_ascii_alphabetic() || JOINTS.contains(&c);
    if last.is_some_and(joined) || next.is_some_and(joined) {
        let long = digits.len() > 4 || last.is_some_and(|c| c.is_ascii_alphabetic());
        return if long { BareKind::Number } else { BareKind::Name };
    }
    if last.is_some_and(|c| "“‘".contains(c)) || next.is_some_and(|c| "”’".contains(c)) {
        return BareKind::Name;
    }
    match next {
        Some(c) if c.is_alphanumeric() => BareKind::UnknownUnit,
        Some(_) | None => BareKind::NoUnit,
    }
}

/// True if the words directly before a number say that it is dialled.
fn is_dialled(before: &str) -> bool {
    const NEAR: usize = 6;
    let start = before.char_indices().rev().take(NEAR).last().map_or(0, |(at, _)| at);
    let near = &before[start..];
    Lexicon::get().numbers.dialled.are_in(near)
}

/// The words round a number, up to the next marks.
fn words(text: &str, range: &Range<usize>) -> Range<usize> {
    const NEAR: usize = 12;
    let before = text[..range.start].char_indices().rev().take(NEAR);
    let start =
        before.take_while(|(_, c)| !ENDS.contains(c)).last().map_or(range.start, |(at, _)| at);
    let behind = text[range.end..].chars().take(NEAR / 2).take_while(|c| !ENDS.contains(c));
    let end = range.end + behind.map(char::len_utf8).sum::<usize>();
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, BareKind)> {
        let all = bare_numbers(text, &[], &[]).into_iter();
        all.map(|bare| (&text[bare.range], bare.kind)).collect()
    }

    #[test]
    fn each_kind_of_number_is_told_by_what_stands_round_it() {
        for (text, expected) in [
            ("2023年", &[("2023", BareKind::Date)][..]),
            ("截至2023.12.31", &[("2023.12.31", BareKind::Date)]),
            ("30个工作日内", &[("30", BareKind::Span)]),
            ("3年行动", &[("3", BareKind::Span)]),
            ("依照第三十六条", &[("三十六", BareKind::Ordinal)]),
            ("第36条", &[("36", BareKind::Ordinal)]),
            ("1.主动公开", &[("1", BareKind::Ordinal)]),
            ("（2）其他", &[("2", BareKind::Ordinal)]),
            ("第711号", &[("711", BareKind::Ordinal)]),
            ("〔2021〕30号", &[("2021", BareKind::Number), ("30", BareKind::Number)]),
            (
                "联系电话：0912-3456789",
                &[("0912", BareKind::Number), ("3456789", BareKind::Number)],
            ),
            ("《“十四五”2025远景》", &[("2025", BareKind::Name)]),
            ("“1+N”", &[("1", BareKind::Name)]),
            ("部分公开67，占", &[("67", BareKind::NoUnit)]),
            ("共67", &[("67", BareKind::NoUnit)]),
            ("里程67公里", &[("67", BareKind::UnknownUnit)]),
            ("得１２分", &[("１２", BareKind::UnknownUnit)]),
            ("", &[]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_that_were_not_read_keep_their_numbers() {
        let text = "共67。又68";
        let unread = 0.."共67。".len();
        let found = bare_numbers(text, &[], std::slice::from_ref(&unread));
        let kinds: Vec<_> = found.iter().map(|bare| bare.kind).collect();
        assert_eq!(kinds, [BareKind::Unread, BareKind::NoUnit]);
    }
}
