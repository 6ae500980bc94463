//! Document numbers that lack a part, or have one too many or in the wrong place: 〔2024〕5, 〔2024〕第5号, 〔2024〕某办发5号.

use std::ops::Range;

use super::text::is_han;
use super::word_lists::WordLists;

/// A document number that is not written as GB/T 9704 says.
pub(in crate::rules) struct Malformed {
    /// The bytes that are wrong.
    pub(in crate::rules) range: Range<usize>,
    /// The fault.
    pub(in crate::rules) fault: Fault,
    /// The way to write it.
    pub(in crate::rules) right: String,
}

/// The way a document number departs from the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Fault {
    /// 〔2024〕5.
    NoSign,
    /// 〔2024〕第5号.
    Ordinal,
    /// 〔2024〕05号.
    Zero,
    /// 〔24〕5号.
    ShortYear,
    /// 〔2024〕某政办发5号.
    YearFirst,
    /// 某政办发2024年5号.
    NoBrackets,
    /// 某政办发2024〔5〕号.
    Misplaced,
}

impl Fault {
    /// True if numbers of cases may be so.
    fn is_of_form(self) -> bool {
        match self {
            Self::Ordinal | Self::Zero => true,
            Self::NoSign
            | Self::ShortYear
            | Self::YearFirst
            | Self::NoBrackets
            | Self::Misplaced => false,
        }
    }
}

/// The document numbers of a text that are malformed, in reading order.
pub(in crate::rules) fn malformed(text: &str) -> Vec<Malformed> {
    let mut found = Vec::new();
    for (at, bracket) in text.match_indices(['〔', '[', '［', '【']) {
        let rest = &text[at..];
        let digits = figures(&rest[bracket.len()..]);
        let year = &rest[bracket.len()..bracket.len() + digits];
        let closed = rest[bracket.len() + digits..].strip_prefix(['〕', ']', '］', '】']);
        let Some(behind) = closed else { continue };
        // 〔2024]5号 is a matter of brackets alone.
        let is_bracketed = bracket == "〔" && rest[bracket.len() + digits..].starts_with('〕');
        let coded = text[..at].ends_with(is_code);
        let judged = match (digits, coded) {
            (2 | 4, true) => with_code(year, behind)
                .filter(|(fault, ..)| !(fault.is_of_form() && is_of_case(&text[..at])))
                .filter(|(fault, ..)| is_bracketed || *fault == Fault::NoSign),
            (4, false) if is_bracketed => code_behind(year, behind),
            _ => None,
        };
        found.extend(judged.map(|(fault, right, length)| {
            let end = text.len() - behind.len() + length;
            Malformed { range: at..end, fault, right }
        }));
    }
    found.extend(without_brackets(text));
    found.extend(misplaced(text));
    found.sort_by_key(|malformed| malformed.range.start);
    found
}

/// The fault behind the bracketed year of a number, how to write it, and the bytes behind the bracket.
fn with_code(year: &str, behind: &str) -> Option<(Fault, String, usize)> {
    const ORDINAL: char = '第';
    let number = behind.trim_start_matches(ORDINAL);
    let ordinal = behind.len() - number.len();
    let n = figures(number);
    let serial = number[..n].trim_start_matches('0');
    if serial.is_empty() {
        return None;
    }
    let after = &number[n..];
    let signed = after.starts_with('号');
    let length = ordinal + n + if signed { '号'.len_utf8() } else { 0 };
    let full = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    let right = format!("〔{full}〕{serial}号");
    let fault = if !signed {
        // 〔2024〕5、6号 and 〔2024〕5—8号 are several numbers with one sign.
        let goes_on =
            after.starts_with(['、', '-', '—', '～', '~', '至', '和', '及', '，', '／', '/']);
        if goes_on && after.chars().skip(1).take(8).any(|c| c == '号') {
            return None;
        }
        Fault::NoSign
    } else if ordinal > 0 {
        Fault::Ordinal
    } else if serial.len() < n {
        Fault::Zero
    } else if year.len() == 2 {
        Fault::ShortYear
    } else {
        return None;
    };
    Some((fault, right, length))
}

/// 〔2024〕某政办发5号: the year stands before the code of the issuer.
fn code_behind(year: &str, behind: &str) -> Option<(Fault, String, usize)> {
    let code: usize = behind.chars().take_while(|c| is_han(*c)).take(10).map(char::len_utf8).sum();
    let (code, rest) = behind.split_at(code);
    let n = figures(rest);
    let fits = code.ends_with(is_code) && n > 0 && rest[n..].starts_with('号');
    let right = format!("{code}〔{year}〕{}号", &rest[..n]);
    fits.then(|| (Fault::YearFirst, right, code.len() + n + '号'.len_utf8()))
}

/// 某政办发2024年5号, 某政办发2024-5号.
fn without_brackets(text: &str) -> Vec<Malformed> {
    let mut found = Vec::new();
    for code in WordLists::get().codes_of_issuers.all_in(text) {
        for (at, _) in text.match_indices(code) {
            let start = at + code.len();
            let rest = &text[start..];
            if figures(rest) != 4 || !rest.starts_with("20") {
                continue;
            }
            let year = &rest[..4];
            let serial = rest[4..].trim_start_matches(['年', '-', '－', '—', '第', ' ']);
            let n = figures(serial);
            let joined = rest.len() - 4 > serial.len();
            if n == 0 || n > 4 || !joined || !serial[n..].starts_with('号') {
                continue;
            }
            let end = text.len() - serial.len() + n + '号'.len_utf8();
            let right = format!("{code}〔{year}〕{}号", serial[..n].trim_start_matches('0'));
            found.push(Malformed { range: at..end, fault: Fault::NoBrackets, right });
        }
    }
    found
}

/// 某政办发2024〔5〕号: the number stands in the brackets of the year.
fn misplaced(text: &str) -> Vec<Malformed> {
    const YEAR: usize = 4;
    let judge = |at: usize, bracket: &str| {
        let before = &text[..at];
        let start = at.checked_sub(YEAR)?;
        let year = before.get(start..).filter(|year| figures(year) == YEAR)?;
        let coded = before[..start].ends_with(is_code) && year.starts_with("20");
        let rest = &text[at + bracket.len()..];
        let (serial, behind) = rest.split_at(figures(rest));
        let signed = behind.strip_prefix(['〕', ']', '］', '】', '）', ')'])?.starts_with('号');
        let end = text.len() - behind.len() + behind.find('号')? + '号'.len_utf8();
        let right = format!("〔{year}〕{serial}号");
        (coded && signed && !serial.is_empty()).then_some(Malformed {
            range: start..end,
            fault: Fault::Misplaced,
            right,
        })
    };
    let brackets = text.match_indices(['〔', '[', '［', '【', '（', '(']);
    brackets.filter_map(|(at, bracket)| judge(at, bracket)).collect()
}

/// True for the last character of a code of an issuer.
fn is_code(c: char) -> bool {
    "发函办字规通电文告复议督令号建财教卫法".contains(c)
}

/// True if a code is that of licences, penalties, replies or other cases, which bodies number by their own rules: 某环罚字〔2024〕第005号.
fn is_of_case(before: &str) -> bool {
    let code: String = before.chars().rev().take_while(|c| is_han(*c)).take(4).collect();
    WordLists::get().codes_of_cases.are_in(&code)
}

/// The figures that a text begins with.
fn figures(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Numbers of the decree behind the title of the Regulation that are those of another one: the bytes.
pub(in crate::rules) fn other_decree(
    text: &str,
    title: &str,
    number: &str,
) -> Option<Range<usize>> {
    let own = number.trim_matches(|c: char| !c.is_ascii_digit());
    let mut start = 0;
    text.split_inclusive(['。', '\n']).find_map(|sentence| {
        let at = start;
        start += sentence.len();
        let found = other_decree_of(sentence, title, own)?;
        Some(at + found.start..at + found.end)
    })
}

/// [`other_decree`] of one sentence, each character of which is looked at a bounded number of times.
fn other_decree_of(sentence: &str, title: &str, own: &str) -> Option<Range<usize>> {
    let mut opens = None;
    let mut found = sentence.match_indices(['《', '》']).filter_map(|(at, mark)| {
        let start = at + mark.len();
        if mark == "《" {
            opens = Some(at);
            return None;
        }
        let opens = opens?;
        let name = &sentence[opens + '《'.len_utf8()..at];
        let named = title.ends_with(name) && name.ends_with("条例") && name.len() > "条例".len();
        if !named || sentence[..opens].ends_with(['原', '旧']) {
            return None;
        }
        let bracket = sentence[start..].chars().next().filter(|c| matches!(c, '（' | '('))?;
        let start = start + bracket.len_utf8();
        // 国务院令第492号公布，第711号修订 names both.
        let number = sentence[start..].strip_prefix("中华人民共和国").unwrap_or(&sentence[start..]);
        let short = || number.strip_prefix('国').filter(|number| number.starts_with('令'));
        let number = number.strip_prefix("国务院").or_else(short)?;
        let serial = number.trim_start_matches(['令', '第', ' ']);
        let n = figures(serial);
        let rest = serial[n..].trim_start_matches(['号', '令', ' ']);
        let inside = rest.split(['）', ')']).next().unwrap_or_default();
        // （国务院令第492号，以下简称《条例》）
        // 第492号公布 is right, 第771号修订 is not.
        let revised = inside.starts_with("修订");
        let closed = inside.is_empty() || inside.starts_with(['，', '；', ',']) || revised;
        if n == 0 || !closed || &serial[..n] == own || inside.contains(own) {
            return None;
        }
        let end = sentence.len() - serial.len() + n;
        Some(start..sentence.len() - sentence[end..].trim_start_matches(['号', '令', ' ']).len())
    });
    // 修订前的《条例》 bore the number of then.
    found.next().filter(|_| !WordLists::get().earlier_version.are_in(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law;

    fn found(text: &str) -> Vec<(Fault, &str, String)> {
        malformed(text).into_iter().map(|m| (m.fault, &text[m.range], m.right)).collect()
    }

    #[test]
    fn parts_that_are_missing_too_many_or_misplaced() {
        for (text, fault, words, right) in [
            ("（某政办发〔2024〕5）", Fault::NoSign, "〔2024〕5", "〔2024〕5号"),
            ("国办公开办函〔2021〕30文件", Fault::NoSign, "〔2021〕30", "〔2021〕30号"),
            ("国办公开办函[2021]30的要求", Fault::NoSign, "[2021]30", "〔2021〕30号"),
            ("某政办发〔2024】5的要求", Fault::NoSign, "〔2024】5", "〔2024〕5号"),
            ("某政办发〔2024〕第5号", Fault::Ordinal, "〔2024〕第5号", "〔2024〕5号"),
            ("某政办发〔2024〕05号", Fault::Zero, "〔2024〕05号", "〔2024〕5号"),
            ("某政办发〔24〕5号", Fault::ShortYear, "〔24〕5号", "〔2024〕5号"),
            ("〔2024〕某政办发5号", Fault::YearFirst, "〔2024〕某政办发5号", "某政办发〔2024〕5号"),
            ("某政办发2024年5号", Fault::NoBrackets, "办发2024年5号", "办发〔2024〕5号"),
            ("国办公开办函2021〔30〕号", Fault::Misplaced, "2021〔30〕号", "〔2021〕30号"),
            ("某府办函2024-12号", Fault::NoBrackets, "办函2024-12号", "办函〔2024〕12号"),
        ] {
            assert_eq!(found(text), [(fault, words, right.to_owned())], "{text}");
        }
    }

    #[test]
    fn numbers_that_are_well_formed() {
        for text in [
            "某政办发〔2024〕5号，〔2024〕6号，某政办发〔2024〕7、8号，某政办发〔2024〕9—12号",
            "公告（2024年第5号），某发2024（增刊），国务院令第711号，会议纪要〔2024〕10号，全年印发2024年5号文件",
            "某环罚字〔2024〕第005号，某水信公开告〔2024〕003号，某审办字〔2024〕第2号，公开复〔2024〕05号",
            "〔2024〕，〔注〕，〔2024〕第一次会议，全年发2024年规划，办发2024",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_decree_of_the_regulation_as_it_was() {
        let (title, number) =
            (law::REGULATION_50.title.trim_matches(['《', '》']), law::REGULATION_50.number);
        let found =
            |text: &str| other_decree(text, title, number).map(|range| text[range].to_owned());
        assert_eq!(
            found("《政府信息公开条例》（国务院令第492号）").as_deref(),
            Some("国务院令第492号")
        );
        assert_eq!(
            found("《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第492号）").as_deref(),
            Some("中华人民共和国国务院令第492号")
        );
        assert_eq!(found("《政府信息公开条例》（国令第771号）").as_deref(), Some("国令第771号"));
        for (behind, said) in [("492", "，以下简称《条例》"), ("771", "修订")] {
            let text = format!("《政府信息公开条例》（国务院令第{behind}号{said}）");
            assert_eq!(found(&text), Some(format!("国务院令第{behind}号")));
        }
        for text in [
            "《中华人民共和国政府信息公开条例》（国务院令第711号）",
            "《中华人民共和国政府信息公开条例》（国令第711号）",
            "《中华人民共和国政府信息公开条例》（国务院第711号令）",
            "《政府信息公开条例》（国务院令第492号公布，国务院令第711号修订）",
            "修订前的《政府信息公开条例》（国务院令第492号）规定了期限。原《政府信息公开条例》（国务院令第492号）",
            "《政府信息公开条例》（国务院令第492号）自2008年5月1日起施行。",
            "《行政复议法实施条例》（国务院令第499号），《条例》（国务院令第1号）",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
