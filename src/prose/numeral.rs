//! Numbers in running text: their value, printed precision, unit, and whether they are approximate.

use std::ops::Range;

use rust_decimal::Decimal;

use super::lexicon::{Counter, Lexicon};
use super::numeral_rows::in_a_row;
use super::spelled::{chinese_value, spelled};

/// A number as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numeral {
    /// The bytes of the text from the first digit to the end of the unit.
    pub(crate) range: Range<usize>,
    /// The bytes of the digits alone, with 万 or 亿.
    pub(crate) digits: Range<usize>,
    /// The value; 万 and 亿 are worked in, except before 元.
    pub(crate) value: Decimal,
    /// The number of decimals printed.
    pub(crate) places: u32,
    /// The unit.
    pub(crate) unit: Unit,
    /// Its exactness.
    pub(crate) exactness: Exactness,
    /// The worth of one in its last printed place: 100 for 48.62万.
    pub(crate) step: Decimal,
}

/// The unit behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A word that counts things, such as 件.
    Counter(&'static Counter),
    /// 元, with 万 and 亿 worked in.
    Yuan,
    /// %.
    Percent,
    /// 个百分点.
    Points,
    /// 倍.
    Times,
    /// 年 behind four digits.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
}

impl Unit {
    /// The word that counts things, where it is one.
    pub(crate) fn counter(self) -> Option<&'static Counter> {
        match self {
            Self::Counter(counter) => Some(counter),
            Self::Yuan
            | Self::Percent
            | Self::Points
            | Self::Times
            | Self::Year
            | Self::Month
            | Self::Day => None,
        }
    }
}

/// The exactness that a number claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exactness {
    /// As written.
    Exact,
    /// 余, 多, 以上, 超过: at least as much.
    AtLeast,
    /// 约, 近, 左右: about as much.
    About,
}

/// The number that begins at a byte, if one does.
///
/// The character before must not make it part of a name: a letter, a digit, a dash between digits, 第.
pub(crate) fn numeral_at(text: &str, start: usize) -> Option<Numeral> {
    let first = text[start..].chars().next()?;
    if digit(first).is_some() {
        return arabic_at(text, start);
    }
    if matches!(first, '零' | '〇' | '两') || spelled(first).is_some() || first == '十' {
        return chinese_at(text, start);
    }
    None
}

/// The bytes of the number or name that begins at a byte with a digit, to be passed over as one.
pub(crate) fn digits_at(text: &str, start: usize) -> usize {
    let end = text[start..].find(|c: char| digit(c).is_none());
    end.map_or(text.len(), |length| start + length).max(start)
}

fn arabic_at(text: &str, start: usize) -> Option<Numeral> {
    let before = text[..start].trim_end_matches([' ', '\u{3000}', '\u{a0}']).chars().next_back();
    if before.is_some_and(|c| {
        c.is_ascii_alphabetic()
            || digit(c).is_some()
            || matches!(c, '第' | '〔' | '[' | '-' | '—' | '－' | '–' | '/' | '_')
            || c == '.' && !numbers_item(text, start - c.len_utf8())
    }) {
        return None;
    }
    let (mut value, places, mut end) = plain_number(text, start)?;
    let after_digits = end;
    let mut exactness = exactness_before(text, start);
    end = more(text, end, &mut exactness);
    let scaled = blanks(text, end);
    let mut step = Decimal::new(1, places);
    for (sign, factor) in [('万', 10_000), ('亿', 100_000_000)] {
        if text[scaled..].starts_with(sign) {
            value = value.checked_mul(Decimal::from(factor))?;
            step = step.checked_mul(Decimal::from(factor))?;
            end = more(text, scaled + sign.len_utf8(), &mut exactness);
        }
    }
    let digits_end = if end > after_digits { end } else { after_digits };
    let unit = unit_at(text, blanks(text, end), digits_end == after_digits);
    let (unit, unit_end) = unit.or_else(|| scale_alone(text, end))?;
    if unit == Unit::Year && !(4..=12).contains(&(after_digits - start)) {
        return None;
    }
    let end = after_unit(text, unit_end, &mut exactness);
    let (range, digits) = (start..end, start..digits_end);
    Some(Numeral { range, digits, value, places, unit, exactness, step })
}

/// Digits with thousands separators and decimals: the value, the decimals, the byte behind.
fn plain_number(text: &str, start: usize) -> Option<(Decimal, u32, usize)> {
    const LONGEST: u32 = 15;
    let mut value = 0_i128;
    let (mut places, mut length, mut in_fraction, mut end) = (0, 0_u32, false, start);
    while let Some(c) = text[end..].chars().next() {
        if let Some(d) = digit(c) {
            length += 1;
            if length > LONGEST {
                return None;
            }
            value = value * 10 + i128::from(d);
            places += u32::from(in_fraction);
        } else if matches!(c, ',' | '，') && !in_fraction && grouped(&text[end + c.len_utf8()..], c)
        {
            // 1,355: a separator stands before exactly three digits.
        } else if matches!(c, '.' | '．')
            && !in_fraction
            && !numbers_item(text, end)
            && text[end + c.len_utf8()..].chars().next().is_some_and(|c| digit(c).is_some())
        {
            in_fraction = true;
        } else {
            break;
        }
        end += c.len_utf8();
    }
    (length > 0).then(|| (Decimal::from_i128_with_scale(value, places), places, end))
}

/// True if the point at a byte parts the number of an item from a year: 2.2024年收到行政复议.
fn numbers_item(text: &str, point: usize) -> bool {
    const YEAR: usize = 4;
    let before = text[..point].trim_end_matches(|c: char| c.is_ascii_digit());
    let opens = before.chars().next_back().is_none_or(|c| matches!(c, '\n' | '。' | '；' | '：'));
    let behind = text[point..].strip_prefix(['.', '．']).unwrap_or_default();
    let n_behind = behind.bytes().take_while(u8::is_ascii_digit).count();
    let is_year = n_behind == YEAR && behind[YEAR..].starts_with('年');
    before.len() < point && opens && is_year && behind.starts_with(['1', '2'])
}

/// True if a text begins with exactly three digits; behind a full-width comma also a unit must follow.
fn grouped(text: &str, separator: char) -> bool {
    let digits = text.chars().take_while(|c| digit(*c).is_some()).take(4).count();
    if digits != 3 {
        return false;
    }
    // 收到5，128件: a full-width comma separates thousands only where three digits stand on both
    // sides, which a caller cannot know; it is taken for a comma of the sentence.
    separator == ','
}

fn chinese_at(text: &str, start: usize) -> Option<Numeral> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| matches!(c, '第' | '“' | '《') || spelled(c).is_some()) {
        return None;
    }
    let (value, mut end) = chinese_value(text, start)?;
    if value == 1 && is_picked(&text[..start]) {
        return None;
    }
    let digits_end = end;
    let mut exactness = exactness_before(text, start);
    end = more(text, end, &mut exactness);
    if let Some((unit, tenfold)) = part_or_multiple(&text[end..]) {
        let unit_end = end + '倍'.len_utf8();
        let end = after_unit(text, unit_end, &mut exactness);
        let value = Decimal::from(if tenfold { value.saturating_mul(10) } else { value });
        let exactness = if tenfold { Exactness::About } else { exactness };
        let (range, digits) = (start..end, start..digits_end);
        return Some(Numeral {
            range,
            digits,
            value,
            places: 0,
            unit,
            exactness,
            step: Decimal::ONE,
        });
    }
    // 三条主线 is no figure, but 三十条 mostly is.
    let large = value >= 10 && text[end..].starts_with('条');
    let counters = &Lexicon::get().counters;
    let counter = counters.behind_numeral(&text[end..]);
    let counter = counter.or(large.then(|| counters.get("条")).flatten());
    let counter = counter.or_else(|| in_a_row(text, start, end, value))?;
    let unit_end = end + counter.word.len();
    if text[unit_end..].starts_with(['事', '一']) || text[unit_end..].starts_with(&counter.word) {
        return None; // 一件事, 一件一审, 件件
    }
    let end = after_unit(text, unit_end, &mut exactness);
    Some(Numeral {
        range: start..end,
        digits: start..digits_end,
        value: Decimal::from(value),
        places: 0,
        unit: Unit::Counter(counter),
        exactness,
        step: Decimal::ONE,
    })
}

/// True if the words before 一 pick one out of many: 最快一件, 每一件.
fn is_picked(before: &str) -> bool {
    const SUPERLATIVE: char = '最';
    let before = before.strip_suffix('的').unwrap_or(before);
    let mut last = before.chars().rev();
    let superlative = last.by_ref().nth(1) == Some(SUPERLATIVE);
    superlative || Lexicon::get().numbers.picking.end_of(before).is_some()
}

/// True if a text begins with 倍, or with 成, which is a tenth.
fn part_or_multiple(text: &str) -> Option<(Unit, bool)> {
    if text.starts_with('倍') {
        return Some((Unit::Times, false));
    }
    // 一成不变, 三成员 are other words.
    let behind = text.strip_prefix('成')?.chars().next();
    let ends = behind.is_none_or(|c| "，。、；）),;多左以".contains(c));
    ends.then_some((Unit::Percent, true))
}

fn unit_at(text: &str, at: usize, bare: bool) -> Option<(Unit, usize)> {
    let rest = &text[at..];
    for (sign, unit) in
        [("%", Unit::Percent), ("％", Unit::Percent), ("元", Unit::Yuan), ("倍", Unit::Times)]
    {
        if rest.starts_with(sign) {
            return Some((unit, at + sign.len()));
        }
    }
    if bare {
        for (sign, unit) in
            [("年度", Unit::Year), ("年", Unit::Year), ("月", Unit::Month), ("日", Unit::Day)]
        {
            if rest.starts_with(sign) {
                return Some((unit, at + sign.len()));
            }
        }
    }
    const POINTS: &str = "个百分点";
    if rest.starts_with(POINTS) {
        return Some((Unit::Points, at + POINTS.len()));
    }
    if rest.starts_with("个月") || rest.starts_with("条例") {
        return None;
    }
    let counter = Lexicon::get().counters.start_of(rest)?;
    Some((Unit::Counter(counter), at + counter.word.len()))
}

/// 万 as the counter of a number that ends with it: 粉丝187万，其中微信62万.
fn scale_alone(text: &str, end: usize) -> Option<(Unit, usize)> {
    const SCALE: &str = "万";
    const ENDS: &[char] = &['，', '。', '；', '、', '）', '（', '\n', ',', ';'];
    let behind = &text[end..];
    // 用户由42.6万增至47.1万
    let growth = &Lexicon::get().growth;
    let changes = growth.up_alone.start_of(behind).or_else(|| growth.down_alone.start_of(behind));
    let goes = changes.is_some_and(|verb| growth.base_to.start_of(&behind[verb.len()..]).is_some());
    let ends = behind.is_empty() || behind.starts_with(ENDS) || goes;
    let counter = Lexicon::get().counters.get(SCALE).filter(|_| ends)?;
    text[..end].ends_with(SCALE).then_some((Unit::Counter(counter), end))
}

fn exactness_before(text: &str, start: usize) -> Exactness {
    let before = text[..start].trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let words = &Lexicon::get().exactness;
    // 签约4287户 counts exactly.
    if words.about.end_of(before).is_some() && words.not_about.end_of(before).is_none() {
        Exactness::About
    } else if words.at_least.end_of(before).is_some() {
        Exactness::AtLeast
    } else {
        Exactness::Exact
    }
}

/// The byte behind 余 or 多.
fn more(text: &str, at: usize, exactness: &mut Exactness) -> usize {
    let start = blanks(text, at);
    match Lexicon::get().exactness.more.start_of(&text[start..]) {
        Some(sign) => {
            *exactness = Exactness::AtLeast;
            start + sign.len()
        }
        None => at,
    }
}

/// The byte behind 左右 or 以上.
fn after_unit(text: &str, at: usize, exactness: &mut Exactness) -> usize {
    let words = &Lexicon::get().exactness;
    for (behind, meaning) in
        [(&words.about_behind, Exactness::About), (&words.at_least_behind, Exactness::AtLeast)]
    {
        if let Some(word) = behind.start_of(&text[at..]) {
            *exactness = meaning;
            return at + word.len();
        }
    }
    at
}

fn blanks(text: &str, at: usize) -> usize {
    at + (text[at..].len() - text[at..].trim_start_matches([' ', '\u{3000}', '\u{a0}']).len())
}

/// The value of an Arabic digit, half or full width.
pub(crate) fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => return None,
    };
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Unit, Exactness)> {
        let start = text.find(|c: char| digit(c).is_some() || spelled(c).is_some() || c == '十')?;
        numeral_at(text, start).map(|n| (n.value.to_string(), n.unit, n.exactness))
    }

    #[test]
    fn figures_in_all_their_spellings() {
        let cases = [
            ("128件", "128"),
            ("128 件", "128"),
            ("１２８件", "128"),
            ("1,355件", "1355"),
            ("十五件", "15"),
            ("一百二十八件", "128"),
            ("两件", "2"),
            ("一千零三件", "1003"),
            ("1.2万件", "12000.0"),
            ("536 万次", "5360000"),
        ];
        for (text, value) in cases {
            let (found, unit, exactness) = read(text).unwrap();
            assert_eq!((found.as_str(), exactness), (value, Exactness::Exact), "{text}");
            assert!(matches!(unit, Unit::Counter(_)), "{text}");
        }
    }

    #[test]
    fn what_is_not_exact_says_so() {
        assert_eq!(read("500余条").unwrap().2, Exactness::AtLeast);
        assert_eq!(read("约500条").unwrap().2, Exactness::About);
        assert_eq!(read("近 300 个").unwrap().2, Exactness::About);
        assert_eq!(read("70%以上").unwrap().2, Exactness::AtLeast);
        assert_eq!(read("十余件").unwrap().2, Exactness::AtLeast);
    }

    #[test]
    fn names_and_documents_are_no_figures() {
        for text in [
            "12345热线",
            "〔2021〕30号",
            "第50条",
            "二〇二三年",
            "二十大",
            "一件事",
            "一成不变",
            "一件一审",
            "A4张",
            "0999—8795893",
            "三安全一稳定",
            "最快一件次日答复",
            "最晚的一件十二月收到",
            "每一件都有回音",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn years_shares_and_money() {
        assert_eq!(read("2023年").unwrap().1, Unit::Year);
        assert_eq!(numeral_at("2023年度", 0).unwrap().range, 0.."2023年度".len());
        assert_eq!(read("99.8%").unwrap().1, Unit::Percent);
        assert_eq!(read("三成，").unwrap(), ("30".into(), Unit::Percent, Exactness::About));
        assert_eq!(read("2.3倍").unwrap().1, Unit::Times);
        assert_eq!(read("两倍").unwrap(), ("2".into(), Unit::Times, Exactness::Exact));
        assert_eq!(read("3.5万元").unwrap(), ("35000.0".into(), Unit::Yuan, Exactness::Exact));
    }
}
