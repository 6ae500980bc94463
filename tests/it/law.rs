//! The law as it is cited: every passage in quotation marks that is ascribed to a provision, and every article
//! number, is looked up in the texts of `tests/law`.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use nianbao::diag::{Authority, Provision};
use nianbao::internals::law;
use nianbao::rules::RULES;

use crate::support::project;

/// Provisions whose text nobody has seen yet: those of standards that are not published for reading, and the
/// annex of the notice of 2019, known from reports that were made by it. Who finds one puts its text into
/// `tests/law` and takes it off this list.
const UNSEEN: &[&str] = &[
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）附件（六个部分及其标题）",
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）附件第二部分“主动公开政府信息情况”表",
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）附件第三部分“收到和处理政府信息公开申请情况”表",
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）附件第四部分“政府信息公开行政复议、行政诉讼情况”表",
    "《党政机关公文格式》（GB/T 9704-2012）第7.2.5条",
    "《标点符号用法》（GB/T 15834-2011）",
    "《出版物上数字用法》（GB/T 15835-2011）",
];

/// Clauses of standards that comments in the code name, and that nobody has seen yet.
const UNSEEN_CLAUSES: &[&str] = &["GB/T 9704-2012, 5.2.3", "GB/T 15834-2011, 5.1"];

/// Names of acts besides their titles and numbers, each with its title.
const ALIASES: &[(&str, &str)] = &[
    ("条例", "中华人民共和国政府信息公开条例"),
    ("新条例", "中华人民共和国政府信息公开条例"),
    (
        "格式文件",
        "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
    ),
    ("信息处理费管理办法", "国务院办公厅关于印发《政府信息公开信息处理费管理办法》的通知"),
];

/// The text of a standard of which only the table of contents was seen.
const NOT_SEEN: &str = "[原文未见]";

/// A text of `tests/law`.
struct Text {
    file: String,
    head: Vec<(String, String)>,
    articles: Vec<Article>,
}

/// An article, or a part of a notice.
struct Article {
    name: String,
    paragraphs: Vec<String>,
}

impl Article {
    fn words(&self) -> String {
        format!("{}{}", self.name, self.paragraphs.concat())
    }
}

impl Text {
    fn head(&self, key: &str) -> Option<&str> {
        self.head.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    fn title(&self) -> &str {
        self.head("名称").unwrap_or_default()
    }

    /// The articles that a name means: `第五十条第一款第四项` is one, `“一、报告内容”“（一）总体情况”` is one part of
    /// a notice, and `附件` is all parts of its annex.
    fn find(&self, name: &str) -> Vec<&Article> {
        let name = bare(name);
        let exact: Vec<&Article> = self.articles.iter().filter(|a| a.name == name).collect();
        if !exact.is_empty() {
            return exact;
        }
        let of_article: Vec<&Article> = self
            .articles
            .iter()
            .filter(|a| name.strip_prefix(&*a.name).is_some_and(|rest| a.has(rest)))
            .collect();
        match (of_article.is_empty(), name.as_str()) {
            (true, "附件") => {
                self.articles.iter().filter(|a| a.name.starts_with("附件")).collect()
            }
            _ => of_article,
        }
    }
}

impl Article {
    /// True if it has what is named behind its number: `第一款第四项`, or nothing.
    fn has(&self, rest: &str) -> bool {
        let (paragraph, rest) = ordinal(rest, '款').unwrap_or((0, rest));
        let (item, rest) = ordinal(rest, '项').unwrap_or((0, rest));
        let is_item = |words: &&String| words.starts_with('（');
        let n = self.paragraphs.iter().filter(|words| !is_item(words)).count();
        let mut at = 0;
        let has_item = self.paragraphs.iter().any(|words| {
            at += usize::from(!is_item(&words));
            let of_paragraph = paragraph == 0 || paragraph == at;
            of_paragraph && words.starts_with(&format!("（{}）", numeral(item)))
        });
        rest.is_empty() && paragraph <= n && (item == 0 || has_item)
    }
}

/// The number of `第四项`, and what follows it.
fn ordinal(words: &str, unit: char) -> Option<(usize, &str)> {
    let (number, rest) = words.strip_prefix('第')?.split_once(unit)?;
    let number = number.trim_matches(['（', '）']);
    (1..30).find(|n| numeral(*n) == number).map(|n| (n, rest))
}

fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (n / 10, n % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

/// A name without its quotation marks and without what explains it in brackets behind it.
fn bare(name: &str) -> String {
    let name = name.trim_end_matches('表');
    let name = if name.contains("附件") || name.contains("明确责任") {
        name.split("（“").next().unwrap_or(name).split("（六个").next().unwrap_or(name)
    } else {
        name
    };
    match name.find("部分“") {
        Some(at) => name[..at + "部分".len()].to_owned(),
        None => name.replace(['“', '”'], ""),
    }
}

fn texts() -> Vec<Text> {
    let mut found = Vec::new();
    for path in files(&project("tests/law"), &["txt"]) {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let head = text.lines().filter_map(|line| line.strip_prefix("% ")?.split_once('：'));
        let head = head.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let articles = text.lines().filter(|line| !line.starts_with(['%', '#'])).map(|line| {
            let (name, words) = line.split_once('\t').unwrap_or_else(|| panic!("{file}: {line}"));
            Article {
                name: name.to_owned(),
                paragraphs: words.split(" | ").map(str::to_owned).collect(),
            }
        });
        let articles = articles.collect();
        found.push(Text { file, head, articles });
    }
    assert!(found.len() > 15);
    found
}

fn files(folder: &Path, endings: &[&str]) -> Vec<std::path::PathBuf> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_text_says_where_it_is_from_and_whether_it_is_whole() {
    let texts = texts();
    for text in &texts {
        for key in ["名称", "公布", "来源"] {
            assert!(text.head(key).is_some_and(|value| !value.is_empty()), "{}: {key}", text.file);
        }
        let whole = text.head("完整").is_some();
        assert!(whole != text.head("不完整").is_some(), "{}", text.file);
        assert!(!text.articles.is_empty(), "{}", text.file);
        // A whole text has every article once and in order.
        let numbers = text.articles.iter().map(|a| &a.name).filter(|name| name.ends_with('条'));
        let numbers: Vec<&String> = numbers.collect();
        let distinct: BTreeSet<&&String> = numbers.iter().collect();
        assert_eq!(numbers.len(), distinct.len(), "{}", text.file);
    }
}

#[test]
fn every_provision_is_found_in_its_text_or_listed_as_unseen() {
    let texts = texts();
    let mut unseen = Vec::new();
    for provision in law::ALL {
        if matches!(provision.authority, Authority::Practice | Authority::Office) {
            continue;
        }
        let title = provision.title.trim_start_matches('《').trim_end_matches('》');
        let title = title.replace('〈', "《").replace('〉', "》");
        let text = texts.iter().find(|text| {
            text.title() == title && text.head("文号").unwrap_or_default() == provision.number
        });
        match text {
            Some(text) if is_seen(provision, text) => {
                let day = |(year, month, day)| format!("{year}年{month}月{day}日");
                if let Some(since) = provision.since {
                    assert_eq!(text.head("施行"), Some(&*day(since)), "{provision}");
                }
            }
            _ => unseen.push(provision.to_string()),
        }
    }
    assert_eq!(unseen, UNSEEN);
}

fn is_seen(provision: &Provision, text: &Text) -> bool {
    let names = match provision.article {
        "" => return true,
        article if article.contains(['“', '附']) => vec![article],
        article => article.split('、').collect(),
    };
    names.iter().all(|name| {
        let articles = text.find(name);
        let words: String = articles.iter().map(|article| article.words()).collect();
        let quoted = quotations(name).into_iter().all(|quoted| words.contains(quoted));
        !articles.is_empty() && !words.contains(NOT_SEEN) && quoted
    })
}

/// The text in the outer quotation marks of some words.
fn quotations(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = words[at..].find('“') {
        let start = at + start + '“'.len_utf8();
        let Some(length) = closing(&words[start..]) else { break };
        found.push(&words[start..start + length]);
        at = start + length;
    }
    found
}

/// The end of the quotation whose opening mark stands before these words.
fn closing(words: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in words.char_indices() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Everything the project says: where, and the words.
fn said() -> Vec<(String, String)> {
    let mut paths = files(&project("src"), &["rs", "toml", "txt", "xml"]);
    paths.extend(files(&project("docs"), &["md", "json"]));
    paths.extend(files(&project("templates"), &["md", "html", "js", "css"]));
    paths.extend(files(&project("examples"), &["md", "toml"]));
    paths.extend(["README.md", "README.zh-CN.md", "CHANGELOG.md", "ARCHITECTURE.md"].map(project));
    let read = paths.into_iter().map(|path| {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        // Tests hold sentences of reports, right and wrong.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let text = text.replace("\\n", "\n").replace("\\\"", "\"");
        let name = path.strip_prefix(project("")).unwrap_or(&path).display().to_string();
        (name, text)
    });
    read.collect()
}

/// A passage or an article number that is ascribed to an act.
struct Cited<'a> {
    place: &'a str,
    line: &'a str,
    act: Option<&'a str>,
    article: Option<&'a str>,
    quoted: Option<&'a str>,
}

impl fmt::Display for Cited<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, line, act, article, quoted } = self;
        write!(f, "{place}: {act:?} {article:?} {quoted:?} in: {line}")
    }
}

/// Reads a line: an act named in it holds for the article numbers behind it, and both hold for what is quoted
/// behind them in the same sentence.
fn cited<'a>(place: &'a str, line: &'a str, names: &[(&'a str, &'a str)]) -> Vec<Cited<'a>> {
    let mut found = Vec::new();
    let (mut act, mut in_sentence, mut article) = (None, false, None);
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let name = names.iter().filter(|(name, _)| rest.starts_with(name));
        if let Some((name, title)) = name.max_by_key(|(name, _)| name.len()) {
            (act, in_sentence, article) = (Some(*title), true, None);
            at += name.len();
        } else if let Some(number) = article_number(rest) {
            article = Some(number);
            in_sentence = true;
            found.push(Cited { place, line, act, article, quoted: None });
            at += number.len();
        } else if let Some(quote) = rest.strip_prefix('“') {
            let Some(length) = closing(quote) else { break };
            if in_sentence && (act.is_some() || article.is_some()) {
                let quoted = Some(&quote[..length]);
                found.push(Cited { place, line, act, article, quoted });
            }
            at += '“'.len_utf8() + length + '”'.len_utf8();
        } else {
            let c = rest.chars().next().unwrap();
            if matches!(c, '。' | '！' | '？') {
                (in_sentence, article) = (false, None);
            }
            at += c.len_utf8();
        }
    }
    found
}

/// `第五十条第一款第四项` at the beginning of some words.
fn article_number(words: &str) -> Option<&str> {
    let number = |words: &str, unit: char| -> Option<usize> {
        let inner = words.strip_prefix('第')?;
        let (number, _) = inner.split_once(unit)?;
        let digits = number.trim_matches(['（', '）']);
        let is_number =
            !digits.is_empty() && digits.chars().all(|c| "一二三四五六七八九十百千零".contains(c));
        is_number.then(|| '第'.len_utf8() + number.len() + unit.len_utf8())
    };
    let mut length = number(words, '条')?;
    for unit in ['款', '项'] {
        length += number(&words[length..], unit).unwrap_or(0);
    }
    Some(&words[..length])
}

#[test]
fn what_is_cited_and_quoted_stands_in_the_texts() {
    let texts = texts();
    let shorter = texts.iter().flat_map(|text| {
        let title = text.title();
        let number = text.head("文号").into_iter().filter(|number| number.contains('号'));
        std::iter::once((title.trim_start_matches("中华人民共和国"), title))
            .chain(number.map(move |number| (number.split('，').next().unwrap_or(number), title)))
    });
    let mut names: Vec<(&str, &str)> = shorter.collect();
    names.extend(ALIASES);
    let form = texts.iter().find(|text| text.file.contains("2021-30")).unwrap();
    let labels: String = form.find("附件").iter().map(|article| article.words()).collect();
    let (mut wrong, mut n_quoted, mut n_articles) = (Vec::new(), 0, 0);
    let said = said();
    // The list of provisions has a test of its own, and names each act once for all its articles.
    for (place, text) in said.iter().filter(|(place, _)| !place.starts_with("src/law/")) {
        for line in text.lines() {
            for cited in cited(place, line, &names) {
                match cited.quoted {
                    Some(quoted) if is_quoted_right(&cited, quoted, &texts, &labels) => {
                        n_quoted += 1;
                    }
                    None if has_article(&cited, &texts) => n_articles += 1,
                    _ => wrong.push(cited.to_string()),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} in all", wrong.join("\n"), wrong.len());
    // Both are many; were they none, nothing would have been looked up.
    assert!(n_quoted > 30 && n_articles > 100, "{n_quoted} {n_articles}");
}

fn has_article(cited: &Cited<'_>, texts: &[Text]) -> bool {
    let Some(article) = cited.article else { return true };
    // The heads of table 1 name items of article 20 of the Regulation and nothing else.
    let title = match cited.act {
        Some(title) => title,
        None if article.starts_with("第二十条第（") => "中华人民共和国政府信息公开条例",
        None => return false,
    };
    texts.iter().any(|text| text.title() == title && !text.find(article).is_empty())
}

fn is_quoted_right(cited: &Cited<'_>, quoted: &str, texts: &[Text], labels: &str) -> bool {
    let of_act = texts.iter().filter(|text| cited.act.is_none_or(|title| text.title() == title));
    let words: Vec<String> = of_act
        .map(|text| match cited.article {
            Some(article) => text.find(article).iter().map(|article| article.words()).collect(),
            None => text.articles.iter().map(Article::words).collect(),
        })
        .collect();
    let stands = |passage: &str| words.iter().any(|words| words.contains(passage));
    let passages = quoted.split("……").map(|passage| passage.trim_end_matches(['。', '；', '，']));
    // A sentence on a provision may well name a row of the form.
    passages.clone().all(stands) || passages.clone().all(|passage| labels.contains(passage))
}

#[test]
fn every_clause_of_a_standard_is_in_its_table_of_contents() {
    let texts = texts();
    let mut unseen = BTreeSet::new();
    for (place, text) in said() {
        for (at, _) in text.match_indices("GB/T ") {
            let rest = &text[at..];
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || " /.,-".contains(c)));
            let name = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ' ']);
            let Some((standard, clauses)) = name.split_once(", ") else { continue };
            let number = clauses.split([' ', ',']).next().unwrap_or_default();
            if !number.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let known = texts.iter().find(|text| text.head("文号") == Some(standard));
            if known.is_none_or(|text| text.find(&format!("第{number}条")).is_empty()) {
                assert!(!place.starts_with("docs"), "{place}: {name}");
                unseen.insert(format!("{standard}, {number}"));
            }
        }
    }
    assert_eq!(unseen, UNSEEN_CLAUSES.iter().map(ToString::to_string).collect());
}

#[test]
fn only_what_binds_is_called_so() {
    let mut n_free = 0;
    for rule in RULES.iter().filter(|rule| !rule.authority.binds()) {
        for text in [rule.title, rule.docs.what, rule.docs.why] {
            assert!(!has_command(text), "{}: {text}", rule.code);
        }
    }
    for (place, text) in said() {
        let is_rule = place.starts_with("src/rules/") && text.contains("static RULE: Rule");
        let binds = ["Authority::Law,", "Authority::Notice,"];
        if is_rule
            && !binds.iter().any(|authority| text.contains(&format!("authority: {authority}")))
        {
            n_free += 1;
            assert!(!has_command(&text), "{place}");
        }
    }
    assert!(n_free > 40, "{n_free}");
}

fn has_command(text: &str) -> bool {
    ["应当", "必须"].iter().any(|word| text.contains(word))
}

#[test]
fn a_passage_that_is_not_in_the_text_is_noticed() {
    let texts = texts();
    let names = [("条例", "中华人民共和国政府信息公开条例")];
    let labels = "1.属于国家秘密";
    let judged = |line: &'static str| {
        let cited = cited("t", line, &names);
        cited
            .iter()
            .map(|cited| match cited.quoted {
                Some(quoted) => is_quoted_right(cited, quoted, &texts, labels),
                None => has_article(cited, &texts),
            })
            .collect::<Vec<_>>()
    };
    let right = "《条例》第四十九条要求“向社会公布”，填在“属于国家秘密”一行。";
    assert_eq!(judged(right), [true, true, true]);
    assert_eq!(judged("《条例》第四十九条要求“向社会公开”。"), [true, false]);
    assert_eq!(judged("《条例》第五十条第一款第四项、第五十条第一款第六项。"), [true, false]);
    assert_eq!(
        judged("《条例》第五十七条；第五十条第二款；第五十条第三款。"),
        [false, true, false]
    );
    assert_eq!(judged("《条例》第四十九条。“别的话”"), [true]);
    assert_eq!(judged("第四十九条要求公布，第二十条第（九）项是采购"), [false, true]);
}
