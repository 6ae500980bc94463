//! NB802: no word and no character stands twice in a row by mistake.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::dictionary::words;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, is_han, pieces};
use crate::rules::{Docs, Findings, Rule};
use crate::words::{Certainty, SlipKind};

/// The longest word that is looked for, in characters.
const LONGEST: usize = 12;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB802",
    name: "doubled-words",
    title: "词语重复",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "同一个词是否连写了两遍，包括隔着逗号、顿号、分号的“其中，其中”。三个字以上的一律检查；两个字的，不可能连写的词一律指出，其余的看前后是不是各成一词（人民政府政府信息、研究研究之类不查），把握不大的只作提示；同一个字是否连写，如“的的”“10条条”“行行政复议”（常常、件件、公开开展之类不查，把握不大的只作提示）。",
        why: "多半是修改时旧字没有删净。",
        example: "[overview]\ntext = \"公开信息90条，其中，其中转载60条。\"",
        corrected: "[overview]\ntext = \"公开信息90条，其中转载60条。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    let mut characters = Sightings::new();
    let slips = findings.slips(report);
    for piece in pieces(report) {
        let text = piece.printed();
        let mut found = adjacent(text);
        found.extend(across(text));
        found.extend(slogans(text));
        if piece.role == Role::Title {
            found.extend(year_twice(text));
        }
        found.sort_by_key(|(first, _)| first.start);
        let doubled = slips.at(&piece.path).iter().filter(|slip| slip.kind == SlipKind::Doubled);
        for slip in doubled {
            let told = |(first, second): &(Range<usize>, Range<usize>)| {
                first.start < slip.range.end && slip.range.start < second.end
            };
            if !found.iter().any(told) {
                let kind = (slip.right.clone(), slip.certainty);
                characters.add(kind, &piece, slip.range.clone());
            }
        }
        for (first, second) in found {
            // Two words far apart are shown by one of them.
            let near = second.start <= first.end + '，'.len_utf8();
            let both = if near { first.start..second.end } else { first.clone() };
            let both = text[both].to_owned();
            seen.add((text[first].to_owned(), both), &piece, second);
        }
    }
    for seen in seen.into_kinds() {
        let (word, both) = &seen.kind;
        let message = format!("“{both}”写了两遍{}", seen.times());
        let finding = findings.report(seen.first(), message, format!("删去一个“{word}”"));
        seen.show_others(finding);
        finding.help.push("删去重复的词".to_owned());
    }
    for seen in characters.into_kinds() {
        let (character, certainty) = &seen.kind;
        let (severity, says) = match certainty {
            Certainty::Certain => (findings.severity(), "多了一个"),
            Certainty::Likely | Certainty::Possible => (Severity::Hint, "像是多了一个"),
        };
        let message = format!("“{}”连写，{says}“{character}”{}", seen.words, seen.times());
        let label = format!("删去一个“{character}”");
        let finding = findings.report_as(severity, seen.first(), message, label);
        seen.show_others(finding);
        finding.help.push("删去多余的字".to_owned());
        finding
            .help
            .push("本来就这样写的，把前后几个字写进 [rules] 的 accepted，以后不再提示".to_owned());
    }
}

/// Words of two characters that cannot rightly be doubled.
fn short_words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| words(include_str!("data/doubled-words.txt")).collect())
}

/// Longer words that can.
fn legal_words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| words(include_str!("data/legal-doubles.txt")).collect())
}

/// True if a word of `n` characters is a mistake when it is doubled.
fn is_wrong(word: &str, n: usize) -> bool {
    // 一个环节一个环节, 第一，第一时间, 每一件每一件 are good Chinese.
    if word.starts_with(['一', '第', '每', '逐', '谁'])
        || !word.chars().all(|c| is_han(c) || c.is_ascii_digit())
    {
        return false;
    }
    if word.contains(|c: char| c.is_ascii_digit()) && !word.contains('年') {
        return false; // 12件12件 may be a list.
    }
    match n {
        0 | 1 => false,
        2 => short_words().contains(word),
        _ => !legal_words().contains(word) && !is_periodic(word),
    }
}

/// True if a word itself is one or two characters repeated, as in 哈哈哈 or 研究研究.
fn is_periodic(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    [1, 2].iter().any(|p| chars.len() > *p && chars.iter().zip(&chars[*p..]).all(|(a, b)| a == b))
}

/// Words that follow themselves directly: both places.
fn adjacent(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |i: usize| chars.get(i).map_or(text.len(), |(byte, _)| *byte);
    let same = |a: usize, b: usize, n: usize| {
        (0..n).all(|k| chars.get(b + k).is_some_and(|(_, c)| *c == chars[a + k].1))
    };
    let is_digit = |i: usize| chars[i].1.is_ascii_digit();
    // 加强加强再加强 is meant, and so is 表格的数据库的数据库文件.
    let is_meant = |start: usize, end: usize| {
        let next = chars.get(end).map(|(_, c)| *c);
        next == Some('再') || chars[start].1 == '的' && next.is_some_and(is_han)
    };
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        // A word begins with a Chinese character or with the first figure of a number.
        let begins = if is_digit(i) { i == 0 || !is_digit(i - 1) } else { is_han(chars[i].1) };
        if !begins {
            i += 1;
            continue;
        }
        let begins_again = |n: &usize| chars.get(i + n).is_some_and(|(_, c)| *c == chars[i].1);
        let double = (2..=LONGEST)
            .filter(begins_again)
            .find(|n| same(i, i + n, *n) && is_wrong(&text[byte(i)..byte(i + n)], *n));
        match double {
            Some(n) if !is_meant(i, i + 2 * n) => {
                found.push((byte(i)..byte(i + n), byte(i + n)..byte(i + 2 * n)));
                i += 2 * n;
            }
            _ => i += 1,
        }
    }
    found
}

/// 2024年某某县2024年度…: a title names its year once.
fn year_twice(title: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut years: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for part in title.split(|c: char| !c.is_ascii_digit()) {
        // What parts the figures takes the bytes of one character.
        let at = start;
        let next = title[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        start = at + part.len() + next;
        if part.len() == 4 && part.starts_with("20") {
            years.push(at..at + part.len());
        }
    }
    let (first, second) = (years.first()?, years.get(1)?);
    (title[first.clone()] == title[second.clone()]).then(|| (first.clone(), second.clone()))
}

/// 谁公开、谁审查，谁公开、谁审查: two clauses with 谁, said again; but 谁公开、谁审查，谁审查、谁负责 is a chain.
fn slogans(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut chain: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_han(c) {
            continue;
        }
        let clause = start..at;
        start = at + c.len_utf8();
        // 按照谁公开…, and …谁负责的原则.
        let Some(who) = text[clause.clone()].find('谁') else {
            chain.clear();
            continue;
        };
        chain.push(clause.start + who..clause.end);
        if let [.., a, b, c, d] = chain.as_slice()
            && text[a.clone()] == text[c.clone()]
            && text[d.clone()].starts_with(&text[b.clone()])
        {
            found.push((a.start..b.end, c.start..d.start + b.len()));
            chain.clear();
        } else if let [.., a, b] = chain.as_slice()
            && text[a.clone()].matches('谁').count() > 1
            && text[b.clone()].starts_with(&text[a.clone()])
        {
            // 谁公开谁审查，谁公开谁审查.
            found.push((a.clone(), b.start..b.start + a.len()));
            chain.clear();
        }
    }
    found
}

/// Whole clauses that the next clause begins with, and items of a list that are repeated.
fn across(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut last: Option<(Range<usize>, char)> = None;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_han(c) || c.is_ascii_alphanumeric() || c.is_whitespace() && c != '\n' {
            continue;
        }
        let clause = trimmed(text, start..at);
        if let Some((before, mark)) = last.take() {
            let word = &text[before.clone()];
            let n = word.chars().take(LONGEST + 1).count();
            let this = &text[clause.clone()];
            let repeats = match mark {
                '，' | ',' | '；' | ';' | '：' | ':' => this.starts_with(word),
                '、' => this == word,
                _ => false,
            };
            if repeats && n <= LONGEST && is_wrong(word, n) {
                found.push((before.clone(), clause.start..clause.start + word.len()));
            }
        }
        last = Some((clause, c));
        start = at + c.len_utf8();
    }
    if let Some((before, mark)) = last {
        let clause = trimmed(text, start..text.len());
        let word = &text[before.clone()];
        let n = word.chars().take(LONGEST + 1).count();
        if n <= LONGEST
            && mark != '、'
            && ",，；;".contains(mark)
            && text[clause.clone()].starts_with(word)
            && is_wrong(word, n)
        {
            found.push((before, clause.start..clause.start + word.len()));
        }
    }
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

#[cfg(test)]
mod tests {
    use super::{RULE, legal_words, short_words};
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s002_06_the_same_word_twice_across_a_comma() {
        overview("全年公开信息90条，其中，其中转载60条。", &[("其中", "“其中，其中”写了两遍")]);
    }

    #[test]
    fn words_that_follow_themselves() {
        overview("落实专项资金资金保障。", &[("资金", "删去一个“资金”")]);
        overview("进一步进一步完善。", &[("进一步", "写了两遍")]);
        overview(
            "做好政务公开政务公开工作，2023年2023年发布。",
            &[("政务公开", ""), ("2023年", "")],
        );
        overview("政策解读、政策解读、政务动态", &[("政策解读", "写了两遍")]);
    }

    #[test]
    fn words_of_two_characters_by_what_stands_round_them() {
        overview("推进政府政府信息公开。", &[("政府政府", "多了一个“政府”")]);
        overview("属于三类三类内部事务信息。", &[("三类三类", "多了一个“三类”")]);
        overview("有关事项事项已公布。", &[("事项事项", "像是多了一个“事项”")]);
        overview("人大代表代表团、经济组织组织开展，深入了解了解。", &[]);
    }

    #[test]
    fn legal_doubles_are_left_alone() {
        for text in [
            "某某县人民政府政府信息公开工作年度报告",
            "收取政府信息公开信息处理费，信息管理管理办法，规范规范性文件",
            "一件一件办，一个环节一个环节抓，常常检查，件件有回音，条条有着落，人人参与",
            "第一，第一时间公开。加强加强再加强。研究研究再研究",
            "公开、公平、公正，公开公平公正，依法依规，各级各部门，多角度多频次，全面全程，逐级逐项",
            "召开会议，会议强调，常务委员会委员会议，办公室办公室主任",
            "坚持公开为常态，公开内容更加丰富；做好主动公开，公开信息90条",
            "12件12件，一季度12条、12条，2023年，2023个，县区、县区部门",
        ] {
            overview(text, &[]);
        }
    }

    #[test]
    fn slogans_that_are_chains_and_that_are_doubled() {
        for mark in ["，", "、", "；"] {
            overview(&format!("坚持“谁起草、谁解读{mark}谁解读、谁回应”。"), &[]);
            overview(&format!("坚持谁制作、谁审核{mark}谁审核、谁公开{mark}谁公开、谁负责。"), &[]);
        }
        overview("坚持谁主管谁负责、谁运营谁负责，谁公开谁审查、谁审查谁负责。", &[]);
        overview("按照谁公开谁审查，谁公开谁审查的原则。", &[("谁公开谁审查", "写了两遍")]);
        for text in
            ["坚持“谁公开、谁审查，谁公开、谁审查”。", "按照谁公开、谁审查，谁公开、谁审查的原则。"]
        {
            overview(text, &[("谁公开、谁审查", "写了两遍")]);
        }
    }

    #[test]
    fn a_title_names_its_year_once() {
        let title = |title: &str| format!("[report]\ntitle = \"{title}\"\n");
        points_at(
            &RULE,
            &title("2024年某某局2024年度政府信息公开工作年度报告"),
            &[("2024", "写了两遍")],
        );
        points_at(&RULE, &title("某某局2024年政府信息公开工作年度报告"), &[]);
    }

    #[test]
    fn characters_that_follow_themselves() {
        overview("推进重大政策的的出台。", &[("的的", "多了一个“的”")]);
        overview("更新目录了了，发布通知20条条。", &[("了了", ""), ("条条", "多了一个“条”")]);
        overview("修订行行政诉讼指引，做好主动公公开。", &[("行行", ""), ("公公", "")]);
        overview(
            "县水利局局牵头，全县县政府网站统一。县县政府网站改版。",
            &[("局局", ""), ("县县", "像是多了一个")],
        );
    }

    #[test]
    fn characters_that_may_follow_themselves() {
        for text in [
            "某某县县政府办公室，我县县政府网站，全县县级部门，市场监督管理局局长，2023年年底，12月月末",
            "以公开为目的的制度，纳税税率，申请人人身权益，公开开展，常常、仅仅、渐渐、多多，天天更新",
            "工作中常常检查，政策说说，由专人层层落实，井井有条、生生不息，校校通、组组有专人",
            "件件有回音，事事有着落，月月有主题，认认真真，一九九九年，委员会会议，健全全流程管理",
        ] {
            overview(text, &[]);
        }
    }

    #[test]
    fn the_lists_are_well_formed() {
        assert!(short_words().iter().all(|word| word.chars().count() == 2));
        assert!(legal_words().iter().all(|word| word.chars().count() > 2));
    }
}
