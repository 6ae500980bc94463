//! Official names that are written wrongly in book marks, and document numbers that belong to another title.

use std::ops::Range;

use super::text::{is_han, sentences};
use super::word_lists::WordLists;
use crate::law;

/// A name or a number that is not the official one.
pub(in crate::rules) struct Misnamed {
    /// The bytes that are wrong.
    pub(in crate::rules) range: Range<usize>,
    /// The wording to write.
    pub(in crate::rules) right: String,
}

/// The laws and notices that a report names, and their numbers.
const DOCUMENTS: [law::Provision; 4] =
    [law::REGULATION_50, law::FORMAT_2021, law::FORMAT_2019, law::FEE_2020];

/// Parts of such names that stand alone as well.
pub(super) fn parts() -> [&'static str; 3] {
    let inner = |title: &'static str| {
        let from = title.find('〈').map_or(0, |at| at + '〈'.len_utf8());
        let to = title.find('〉').unwrap_or(title.len());
        &title[from..to]
    };
    // Without its country the Regulation is named as often.
    let regulation = law::REGULATION_50.title.trim_matches(['《', '》']);
    let short = regulation.split_once('国').map_or(regulation, |(_, short)| short);
    [short, inner(law::FORMAT_2021.title), inner(law::FEE_2020.title)]
}

/// Names in book marks that are one or two characters off an official one, or give the Regulation to another body.
pub(in crate::rules) fn misnamed(text: &str) -> Vec<Misnamed> {
    let mut found = Vec::new();
    if !text.contains('《') {
        return found;
    }
    let official = official();
    for range in titles(text) {
        let name = bare(&text[range.clone()]);
        if official.contains(&name) || is_of_place(&name, &official) {
            continue;
        }
        let near = official.iter().filter(|right| is_near(&name, right)).max_by_key(|n| n.len());
        let given = giver(&name).or_else(|| retitled(&name)).or_else(|| issuer(&name));
        if let Some(right) = near.cloned().or(given) {
            found.push(Misnamed { range, right: with_marks(&right) });
        }
    }
    found
}

/// Document numbers that stand right behind the title of another document: the number, and that of the title.
pub(in crate::rules) fn misnumbered(text: &str) -> Vec<Misnamed> {
    let mut found = Vec::new();
    for range in titles(text) {
        let name = bare(&text[range.clone()]);
        let behind = &text[range.end..];
        let Some(behind) = behind.strip_prefix('》') else { continue };
        let skipped = behind.len() - behind.trim_start_matches(['（', '(', ' ']).len();
        let Some(length) = number(&behind[skipped..]) else { continue };
        let start = range.end + '》'.len_utf8() + skipped;
        let there = &text[start..start + length];
        let own = DOCUMENTS.iter().find(|document| {
            let title = bare(document.title);
            let inner = document.title.split(['〈', '〉']).nth(1).map(bare);
            name == title || inner.is_some_and(|inner| inner == name) || is_near(&name, &title)
        });
        let Some(own) = own.filter(|own| own.number.contains('〔')) else { continue };
        if same_number(there, own.number) {
            continue;
        }
        found.push(Misnamed { range: start..start + length, right: own.number.to_owned() });
    }
    found
}

/// Numbers of the notice on the form that are off by the year or by the number, in sentences that say how the report is
/// drawn up.
pub(in crate::rules) fn misnumbered_form(text: &str) -> Vec<Misnamed> {
    let right = law::FORMAT_2021.number;
    let Some((code, _)) = right.split_once('〔') else { return Vec::new() };
    let (year, serial) = year_and_serial(right);
    let mut found = Vec::new();
    if !text.contains(code) {
        return found;
    }
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let draws_up = words.contains("格式") || (words.contains("编") && words.contains("报告"));
        for (at, _) in words.match_indices(code).filter(|_| draws_up) {
            let Some(length) = number(&words[at..]) else { continue };
            let there = year_and_serial(&words[at..at + length]);
            // 〔2019〕60号 is another notice.
            if (there.0 == year) != (there.1 == serial) {
                let range = sentence.start + at..sentence.start + at + length;
                found.push(Misnamed { range, right: right.to_owned() });
            }
        }
    }
    found
}

/// Numbers of which the code of the issuer is one character off that of the office for open government.
pub(in crate::rules) fn miscoded(text: &str) -> Vec<Misnamed> {
    let Some((code, _)) = law::FORMAT_2021.number.split_once('〔') else { return Vec::new() };
    let right: Vec<char> = code.chars().collect();
    let known = [law::FORMAT_2021.number, law::FORMAT_2019.number];
    let mut found = Vec::new();
    for (bracket, _) in text.char_indices().filter(|(_, c)| "〔[［".contains(*c)) {
        let before: Vec<(usize, char)> = text[..bracket].char_indices().rev().take(12).collect();
        let before: Vec<(usize, char)> =
            before.into_iter().take_while(|(_, c)| is_han(*c)).collect();
        let last = |n: usize| before.iter().take(n).rev().map(|(_, c)| *c).collect::<Vec<char>>();
        if last(right.len()) == right {
            continue;
        }
        let near = [right.len(), right.len() - 1, right.len() + 1].into_iter().find(|n| {
            let there = last(*n);
            there.len() == *n
                && distance(&there, &right) == 1
                && there.first() == right.first()
                && there.last() == right.last()
        });
        let Some(start) = near.and_then(|n| before.get(n - 1)).map(|(at, _)| *at) else { continue };
        let Some(length) = number(&text[start..]) else { continue };
        let there = &text[start..start + length];
        let figures = year_and_serial(there);
        let is_known = known.iter().any(|number| year_and_serial(number) == figures);
        // 国办公开函 may well be a code of its own.
        if is_known || there.contains("开办函") {
            let range = start..start + length;
            let right = format!("{code}〔{}〕{}号", figures.0, figures.1);
            found.push(Misnamed { range, right });
        }
    }
    found
}

/// The figures of a document number: its year and its number.
pub(in crate::rules) fn year_and_serial(number: &str) -> (&str, &str) {
    let mut figures = number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    (figures.next().unwrap_or_default(), figures.next().unwrap_or_default())
}

/// Document numbers that follow a title without brackets.
pub(in crate::rules) fn unbracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('》') {
        let start = at + mark.len();
        if let Some(length) = number(&text[start..]) {
            found.push(start..start + length);
        }
    }
    found
}

/// The names as they are compared: without marks.
fn official() -> Vec<Vec<char>> {
    let whole = DOCUMENTS.iter().map(|document| bare(document.title));
    whole.chain(parts().into_iter().map(bare)).collect()
}

/// An official name as it is written, with the marks inside it.
fn with_marks(right: &[char]) -> String {
    let document = DOCUMENTS.iter().find(|document| bare(document.title) == right);
    let title = document.and_then(|document| document.title.strip_prefix('《')?.strip_suffix('》'));
    title.map_or_else(|| right.iter().collect(), str::to_owned)
}

/// The bytes inside the outermost book marks.
pub(in crate::rules) fn titles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, u32)> = None;
    for (at, c) in text.char_indices() {
        open = match (c, open) {
            ('《', None) => Some((at + c.len_utf8(), 1)),
            ('《', Some((start, depth))) => Some((start, depth + 1)),
            ('》', Some((start, 1))) => {
                found.push(start..at);
                None
            }
            ('》', Some((start, depth))) => Some((start, depth - 1)),
            ('\n', _) => None,
            (_, open) => open,
        };
    }
    found
}

/// The Chinese characters of a name.
pub(super) fn bare(name: &str) -> Vec<char> {
    name.chars().filter(|c| is_han(*c)).collect()
}

/// True if a name is one character off another, or a long one two, and ends like it.
fn is_near(name: &[char], right: &[char]) -> bool {
    if name.len().abs_diff(right.len()) > 2 || right.len() < 8 {
        return false;
    }
    // 政府信息公开案例 is a book of another kind.
    if WordLists::get().books.end_of(&name.iter().collect::<String>()).is_some() {
        return false;
    }
    let distance = distance(name, right);
    // 政府信息公开规定 and 政府信息公开指南 are other documents.
    let ends_alike = name.ends_with(&right[right.len() - 2..]);
    let begins_alike = name.first() == right.first();
    match distance {
        1 => ends_alike || (begins_alike && right.len() >= 8 && name.len() == right.len()),
        2 => ends_alike && begins_alike && right.len() >= 12,
        _ => false,
    }
}

/// True if a name gives an official one to a province, city or county: 《省政府信息公开条例》.
fn is_of_place(name: &[char], official: &[Vec<char>]) -> bool {
    let whose = |first: &char| "省市县区州盟旗".contains(*first);
    name.split_first()
        .is_some_and(|(first, rest)| whose(first) && official.iter().any(|o| o == rest))
}

/// The Regulation, where a name gives it to a body that did not make a law of this name.
fn giver(name: &[char]) -> Option<Vec<char>> {
    let regulation = bare(law::REGULATION_50.title);
    let short = bare(parts()[0]);
    let before = name.strip_suffix(short.as_slice())?;
    let before: String = before.iter().collect();
    let nation = matches!(before.as_str(), "国务院" | "国家" | "全国" | "中国" | "国务院办公厅");
    nation.then_some(regulation)
}

/// The Regulation, where its name makes another kind of law of it: 《中华人民共和国政府信息公开办法》.
fn retitled(name: &[char]) -> Option<Vec<char>> {
    const KIND: usize = 2;
    let regulation = bare(law::REGULATION_50.title);
    let (subject, _) = regulation.split_at(regulation.len() - KIND);
    let kind = name.strip_prefix(subject)?;
    (kind.len() <= KIND).then_some(regulation)
}

/// The notice on the form, where its name gives it to another office of the State Council.
fn issuer(name: &[char]) -> Option<Vec<char>> {
    let right = bare(law::FORMAT_2021.title);
    let title: String = right.iter().collect();
    let (from, _) = title.split_once("关于")?;
    let subject = &right[from.chars().count()..];
    let before: String = name.strip_suffix(subject)?.iter().collect();
    (before.starts_with("国务院办公") && before != from).then_some(right)
}

/// Edits between two names: a character more, less or another, or two neighbours in each other's place.
pub(super) fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

/// The bytes of a document number at the beginning of a text: 国办函〔2020〕109号.
pub(in crate::rules) fn number(text: &str) -> Option<usize> {
    let code: usize = text.chars().take_while(|c| is_han(*c)).take(12).map(char::len_utf8).sum();
    // 《条例》和国办函〔2020〕109号: what joins the two is no code of an issuer.
    let joins = |c: char| "和与及或的等以按由在从并要根依有印第".contains(c);
    if code == 0 || text[..code].contains(joins) {
        return None;
    }
    let mut rest = text[code..].chars();
    let mut length = code;
    let mut next = || {
        let c = rest.next()?;
        length += c.len_utf8();
        Some(c)
    };
    next().filter(|c| "〔[［【（(".contains(*c))?;
    for _ in 0..4 {
        next().filter(char::is_ascii_digit)?;
    }
    next().filter(|c| "〕]］】）)".contains(*c))?;
    next().filter(char::is_ascii_digit)?;
    loop {
        match next()? {
            c if c.is_ascii_digit() => {}
            '号' => break,
            _ => return None,
        }
    }
    Some(length)
}

/// True if two document numbers are one, whatever their brackets.
fn same_number(a: &str, b: &str) -> bool {
    let plain = |c: &char| c.is_alphanumeric();
    a.chars().filter(plain).eq(b.chars().filter(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        let names = misnamed(text);
        let numbers = misnumbered(text);
        names.iter().chain(&numbers).map(|found| text[found.range.clone()].to_owned()).collect()
    }

    #[test]
    fn names_that_are_a_character_off() {
        assert_eq!(wrong("《政府信息公开条理》"), ["政府信息公开条理"]);
        assert_eq!(wrong("《政务信息公开条例》"), ["政务信息公开条例"]);
        assert_eq!(wrong("《国务院政府信息公开条例》"), ["国务院政府信息公开条例"]);
        assert_eq!(wrong("《中华人民共和国信息公开条例》"), ["中华人民共和国信息公开条例"]);
        assert_eq!(wrong("《中华人民共和国政府信息公开办法》"), ["中华人民共和国政府信息公开办法"]);
        assert_eq!(wrong("《政府信息公开处理费管理办法》"), ["政府信息公开处理费管理办法"]);
    }

    #[test]
    fn other_names() {
        for text in [
            "《中华人民共和国政府信息公开条例》《政府信息公开条例》《条例》《上海市政府信息公开规定》",
            "《政府信息公开规定》《政府信息公开指南》《政府信息公开目录》《某省政府信息公开条例》",
            "《省政府信息公开条例》《市政府信息公开条例》《政府信息公开案例》《政府信息公开条文》",
            "《政府信息公开工作年度报告格式》《政府信息公开信息处理费管理办法》《公共企事业单位信息公开规定制定办法》",
            "《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）",
            "《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件，《条例》要求和国办公开办函〔2021〕30号",
            "《某省人民政府办公厅关于转发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（某政办〔2021〕5号）",
        ] {
            assert_eq!(wrong(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_number_of_another_document() {
        let text = "《国务院办公厅政府信息与政务公开办公室关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知》（国办公开办函〔2021〕31号）";
        assert_eq!(wrong(text), ["国办公开办函〔2021〕31号"]);
        assert_eq!(wrong(&text.replace("31", "30")), [""; 0]);
        assert_eq!(wrong(&text.replace("〔2021〕31", "[2021]30")), [""; 0]);
    }

    #[test]
    fn the_number_of_the_form_without_its_title() {
        let found = |text: &str| misnumbered_form(text).len();
        assert_eq!(found("按照年度报告格式（国办公开办函〔2021〕31号）编制。"), 1);
        assert_eq!(found("根据国办公开办函〔2020〕30号文件编制本报告。"), 1);
        assert_eq!(
            found("根据国办公开办函〔2021〕30号文件编制本报告，参照国办公开办函〔2019〕60号。"),
            0
        );
        assert_eq!(found("落实国办公开办函〔2021〕31号文件。"), 0);
    }

    #[test]
    fn the_code_of_the_issuer() {
        let found = |text: &str| -> Vec<String> {
            miscoded(text).into_iter().map(|found| found.right).collect()
        };
        assert_eq!(found("根据国办公开楷函〔2021〕30号编制"), ["国办公开办函〔2021〕30号"]);
        assert_eq!(found("格式（国办公办函〔2021〕30号）"), ["国办公开办函〔2021〕30号"]);
        assert_eq!(found("解释（国公开办函〔2016〕201号）"), ["国办公开办函〔2016〕201号"]);
        assert_eq!(found("按国办公开开办函[2019]60号"), ["国办公开办函〔2019〕60号"]);
        for text in [
            "国办公开办函〔2021〕30号",
            "国办函〔2020〕109号",
            "国办公开函〔2020〕8号",
            "市公开办函〔2021〕3号",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_number_without_brackets() {
        let text = "《办法》国办函〔2020〕109号，《条例》（国办函〔2020〕109号），《甲》的第3号，《条例》第五十条和国办函〔2020〕109号，《条例》和国办函〔2020〕109号，《条例》以及国办函〔2020〕109号";
        let found: Vec<&str> = unbracketed(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["国办函〔2020〕109号"]);
    }
}
