//! Title, year, body, dates, contact and fee from the words round the sections.

use super::super::letters::{is_unseen, narrow, squeezed};
use crate::edition::Edition;
use crate::report::{Contact, Date, Entry, HandlingFee, Money};

/// The statements of the paragraphs before the first section.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::import) struct Head {
    /// The title on one line.
    pub(in crate::import) title: Option<String>,
    pub(in crate::import) agency: Option<String>,
    pub(in crate::import) year: Option<u16>,
    pub(in crate::import) published: Option<Date>,
    /// The paragraphs of the opening, by their place among those given.
    pub(in crate::import) opening: Vec<usize>,
    /// The paragraphs that are title, body or date.
    pub(in crate::import) used: Vec<usize>,
    /// Those among them that say more than the date: who put the report on the page, how often it was read.
    pub(in crate::import) bylines: Vec<usize>,
}

/// A date with its name is not longer: `（发布日期：2024年01月29日）`.
const LONGEST_DATE: usize = 20;
/// A line that may be a title, or part of one, is not longer.
const LONGEST_TITLE: usize = 60;

/// Reads the paragraphs before the first section.
pub(in crate::import) fn head(paragraphs: &[&str]) -> Head {
    let mut head = Head::default();
    let words: Vec<String> = paragraphs.iter().map(|text| squeezed(text)).collect();
    let short =
        |text: &str| text.chars().count() <= LONGEST_TITLE && !text.contains(['。', '，', '《']);
    let is_title = |text: &String| {
        let bare = text.trim_end_matches(|c: char| "）)〔〕".contains(c));
        short(text)
            && (bare.ends_with("年度报告")
                || bare.ends_with("年报")
                || text.contains("信息公开工作年度报告"))
    };
    let titles: Vec<usize> = (0..words.len())
        .filter(|i| is_title(&words[*i]) || tail_of_title(&words, *i).is_some())
        .collect();
    // The title proper has a year; a list or a path at the top of a page has none, or comes before.
    let with_year = titles.iter().rev().find(|i| year_in(&words[**i]).is_some());
    let Some(at) = with_year.or(titles.last()).copied() else {
        head.opening = (0..paragraphs.len()).collect();
        return head;
    };
    let before = at.checked_sub(1).filter(|before| {
        let text = &words[*before];
        let goes_on = words[at].starts_with(|c: char| {
            narrow(c).is_ascii_digit() || c == '政' || c == '二' || c == '关'
        }) || year_in(&words[at]).is_none();
        goes_on
            && short(text)
            && !text.contains(['：', ':', '>'])
            && !["正文", "目录"].contains(&text.as_str())
            && is_name(text)
    });
    let mut title = before.map_or(String::new(), |before| words[before].clone());
    title.push_str(&words[at]);
    head.used.extend(before);
    head.used.push(at);
    if let Some(tail) = tail_of_title(&words, at) {
        title.push_str(tail);
        head.used.push(at + 1);
    }
    let title = title.trim_start_matches("关于").to_owned();
    head.year = year_in(&title);
    head.agency = agency_in(&title);
    let edition = head.year.and_then(Edition::for_year).unwrap_or(Edition::LATEST);
    let plain = format!(
        "{}{}年{}",
        head.agency.as_deref().unwrap_or_default(),
        head.year.unwrap_or_default(),
        edition.form().report_name
    );
    head.title = (title != plain).then_some(title.clone());
    for (i, text) in words.iter().enumerate() {
        if head.used.contains(&i) {
            continue;
        }
        let repeats = text.chars().count() >= 6 && short(text) && title.contains(text.as_str());
        if repeats || text == "正文" || text == "目录" {
            head.used.push(i);
        } else if let Some(date) = date_of(paragraphs[i]).filter(|_| is_byline(text)) {
            // The first is the date of publication; where it is named, that one.
            let is_named = ["发布", "公开", "公布"].iter().any(|word| text.contains(word));
            if head.published.is_none() || is_named {
                head.published = Some(date);
            }
            head.used.push(i);
            if text.chars().count() > LONGEST_DATE {
                head.bylines.push(i);
            }
        } else if head.agency.as_deref() == Some(text.as_str()) || i < at {
            // What stands above the title and is none of these is not of the report's text.
        } else {
            head.opening.push(i);
        }
    }
    if let Some(i) = words.iter().position(|text| Some(text) == head.agency.as_ref()) {
        head.used.push(i);
    }
    head
}

/// The statements of a line by their labels.
#[derive(Default)]
pub(in crate::import) struct Labelled {
    pub(in crate::import) agency: Option<String>,
    pub(in crate::import) year: Option<u16>,
    /// True if the line says something else, too.
    pub(in crate::import) says_more: bool,
}

/// The last characters of a title that a narrow page broke behind `年度`, `年` or `年度报`.
fn tail_of_title(words: &[String], at: usize) -> Option<&str> {
    const WHOLE: &str = "信息公开工作年度报告";
    let tail = words.get(at + 1)?.as_str();
    let is_tail = ["告", "报告", "度报告"].contains(&tail);
    let is_title = is_tail
        && words[at].chars().count() <= LONGEST_TITLE
        && words[at].ends_with(WHOLE.strip_suffix(tail)?);
    is_title.then_some(tail)
}

/// The body and the year that a line names by their labels, as workbooks have it: `机关：某县民政局　　报告年度：2023`.
pub(in crate::import) fn labelled(text: &str) -> Labelled {
    const BODIES: &[&str] = &["机关", "机关名称", "单位", "单位名称", "填报单位", "编制单位"];
    const YEARS: &[&str] = &["年度", "报告年度", "统计年度"];
    let mut found = Labelled::default();
    for piece in text.split(is_unseen).filter(|piece| !piece.is_empty()) {
        let (label, value) = piece.split_once(['：', ':']).unwrap_or_default();
        // 单位 names a measure, too.
        let is_body = value.chars().count() >= 2 && value.chars().all(char::is_alphabetic);
        let year = || year_in(&format!("{}年", value.trim_end_matches('年')));
        if BODIES.contains(&label) && is_body && !value.ends_with('元') {
            found.says_more |= found.agency.replace(value.to_owned()).is_some();
        } else if YEARS.contains(&label)
            && let Some(year) = year()
        {
            found.says_more |= found.year.replace(year).is_some();
        } else {
            found.says_more = true;
        }
    }
    found
}

/// A name of a body: Chinese characters, perhaps with brackets.
fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || "（）()〔〕·、 ".contains(c) || c.is_ascii_digit())
}

/// A line with a date that is no sentence: it names the date as one of publication, or says hardly more.
fn is_byline(text: &str) -> bool {
    const NAMES: &[&str] =
        &["发布", "公开", "公布", "日期", "时间", "来源", "作者", "浏览", "点击", "字号", "字体"];
    let is_named = NAMES.iter().any(|name| text.contains(name)) && !text.contains('至');
    let n = text.chars().count();
    n <= LONGEST_DATE || n <= 80 && is_named && !text.contains(['。', '，'])
}

/// The year that a title names, in figures or in Chinese.
fn year_in(text: &str) -> Option<u16> {
    let chars: Vec<char> = text.chars().map(narrow).collect();
    chars.windows(5).filter(|window| window[4] == '年').find_map(|window| {
        let digits: Option<String> = window[..4]
            .iter()
            .map(|c| match c {
                '0'..='9' => Some(*c),
                '〇' | '○' | 'Ｏ' | '零' => Some('0'),
                _ => "一二三四五六七八九"
                    .chars()
                    .position(|d| d == *c)
                    .and_then(|i| char::from_digit(u32::try_from(i + 1).ok()?, 10)),
            })
            .collect();
        digits?.parse().ok().filter(|year| (2008..2100).contains(year))
    })
}

/// The body whose report the title says it is: what is left of it.
fn agency_in(title: &str) -> Option<String> {
    let end = ["政府信息公开", "信息公开工作", "政务公开", "年度报告"].iter().filter_map(|words| {
        // 人民政府政府信息公开: the name ends behind the first 政府.
        title.rfind(words)
    });
    let mut name = title[..end.min()?].to_owned();
    let chars: Vec<char> = name.chars().collect();
    let year = chars.windows(5).position(|window| {
        window[4] == '年' && year_in(&window.iter().collect::<String>()).is_some()
    });
    if let Some(at) = year {
        let mut rest: String = chars[..at].iter().collect();
        let behind: String = chars[at + 5..].iter().collect();
        rest.push_str(behind.strip_prefix('度').unwrap_or(&behind));
        name = rest;
    }
    let mut name = name.trim_matches(|c: char| "关于的（）()".contains(c)).to_owned();
    // 人民政府信息公开, where 政府 was left out once.
    if name.ends_with("人民") {
        name.push_str("政府");
    }
    (name.chars().count() >= 2).then_some(name)
}

/// A day that a text names: `2024年1月29日`, `2024-01-29`, `2024/1/29`.
pub(in crate::import) fn date_of(text: &str) -> Option<Date> {
    let folded: Vec<char> = text.chars().map(narrow).collect();
    // A blank beside 年, 月 and 日 is none; elsewhere it ends a number.
    let is_word = |c: Option<&char>| c.is_some_and(|c| "年月日".contains(*c));
    let beside = |i: usize| {
        let before = folded[..i].iter().rfind(|c| !c.is_whitespace());
        let after = folded[i..].iter().find(|c| !c.is_whitespace());
        is_word(before) || is_word(after)
    };
    let chars: Vec<char> = folded
        .iter()
        .enumerate()
        .filter(|(i, c)| !c.is_whitespace() || !beside(*i))
        .map(|(_, c)| *c)
        .collect();
    (0..chars.len()).find_map(|start| {
        if start > 0 && chars[start - 1].is_ascii_digit() {
            return None;
        }
        // A number of at most so many digits, and the place of what stands behind it.
        let number = |at: usize, most: usize| -> Option<(u16, usize)> {
            let digits: String =
                chars.get(at..)?.iter().take(most).take_while(|c| c.is_ascii_digit()).collect();
            Some((digits.parse().ok()?, at + digits.len()))
        };
        let (year, at) = number(start, 4)?;
        let first = *chars.get(at)?;
        let (month, at) = number(at + 1, 2)?;
        let second = *chars.get(at)?;
        let (day, at) = number(at + 1, 2)?;
        let last = chars.get(at).copied();
        let marks = match first {
            '年' => second == '月' && last == Some('日'),
            '-' | '/' | '.' => second == first && !last.is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        let small = |n: u16| u8::try_from(n).ok();
        (marks && (2008..2100).contains(&year))
            .then(|| Date::new(year, small(month)?, small(day)?))?
    })
}

/// The contact that a text names.
pub(in crate::import) fn contact(text: &str) -> Contact {
    /// The most characters of a value.
    const LONGEST: usize = 60;
    let after = |labels: &[&str]| {
        let all = labels
            .iter()
            .flat_map(|label| text.match_indices(label).map(|(at, _)| at + label.len()));
        all.into_iter().find_map(|at| {
            let rest = text[at..].trim_start_matches([' ', '\u{3000}']);
            let rest = rest.strip_prefix(['：', ':', '为'])?.trim_start_matches([' ', '\u{3000}']);
            // No more is looked at than a value may have: a label may stand anywhere, any number of times.
            let past = rest.char_indices().nth(LONGEST + 1).map(|(at, _)| at);
            let mark =
                rest[..past.unwrap_or(rest.len())].find(['，', '。', '；', '）', ')', '\n', '、']);
            let end = mark.or(past.is_none().then_some(rest.len()))?;
            let value = rest[..end].trim();
            (!value.is_empty() && value.chars().count() <= LONGEST).then(|| value.to_owned())
        })
    };
    let between = |before: &[&str], behind: &[&str]| {
        before.iter().find_map(|word| {
            let at = text.rfind(word)? + word.len();
            let rest = &text[at..];
            let end = behind.iter().filter_map(|word| rest.find(word)).min()?;
            let value = rest[..end].trim();
            let is_name = !value.is_empty() && !value.contains(['，', '。', '；']);
            (is_name && value.chars().count() <= 40).then(|| value.to_owned())
        })
    };
    let office = between(&["请与", "请同", "请联系", "请向"], &["联系", "咨询", "（"]);
    Contact {
        office: office.filter(|office| !["本机关", "我们"].contains(&office.as_str())),
        address: after(&["联系地址", "通信地址", "地址"]),
        postcode: after(&["邮政编码", "邮编"]),
        phone: after(&["联系电话", "电话号码", "电话"]),
        email: after(&["电子邮箱", "电子邮件", "邮箱"]),
        website: between(
            &["电子版可在", "电子版可从", "电子版在"],
            &["查阅", "查询", "下载", "上查"],
        ),
    }
}

/// The handling fee that the text of section six reports, as far as it says so.
pub(in crate::import) fn fee(text: &str) -> Option<HandlingFee> {
    let words: String = squeezed(text).chars().map(narrow).collect();
    let sentences = words.split(['。', ';']);
    let of_fee: Vec<&str> =
        sentences.filter(|s| s.contains("信息处理费") || s.contains("收费通知")).collect();
    let mut fee = HandlingFee::default();
    for sentence in of_fee {
        let number_before = |unit: &str, from: &str| -> Option<Money> {
            let start = sentence.find(from)?;
            let end = sentence[start..].find(unit)? + start;
            let digits = &sentence[start + from.len()..end];
            let digits = digits.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next()?;
            digits.parse().ok()
        };
        let denies = ["未发出收费", "没有发出收费", "未产生", "没有产生"];
        if denies.iter().any(|words| sentence.contains(words)) {
            fee.notices = Entry::Value(0);
        } else if let Some(n) =
            ["件", "份", "张", "次"].iter().find_map(|u| number_before(u, "收费通知"))
        {
            fee.notices = u64::try_from(n).map_or(Entry::Absent, Entry::Value);
        }
        let nothing = ["未收取", "没有收取", "未向申请人收取", "未产生"];
        // 万元 is another unit, and how it is rounded is not known.
        if let Some(amount) =
            number_before("元", "收取").or_else(|| number_before("元", "信息处理费"))
        {
            fee.amount = Entry::Value(amount);
        } else if nothing.iter().any(|words| sentence.contains(words)) {
            fee.amount = Entry::Value(Money::ZERO);
        }
    }
    (fee != HandlingFee::default()).then_some(fee)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Head {
        head(lines)
    }

    #[test]
    fn a_title_that_a_narrow_page_broke_in_its_last_words_is_one() {
        for tail in ["告", "报告", "度报告"] {
            let title = "某县人民政府2023年政府信息公开工作年度报告";
            let own = head(&[title.strip_suffix(tail).unwrap(), tail, "根据条例，编制本报告。"]);
            assert_eq!(own.agency.as_deref(), Some("某县人民政府"), "{tail}");
            assert_eq!((own.year, own.opening), (Some(2023), vec![2]), "{tail}");
        }
    }

    #[test]
    fn titles_on_one_line_or_two() {
        for lines in [
            &["甲县人民政府2023年政府信息公开工作年度报告"][..],
            &["甲县人民政府", "2023年政府信息公开工作年度报告"],
            &["正文", "甲县人民政府", "２０２３年政府信息公开工作年度报告", "2024年1月29日"],
        ] {
            let head = read(lines);
            assert_eq!(
                (head.agency.as_deref(), head.year),
                (Some("甲县人民政府"), Some(2023)),
                "{lines:?}"
            );
        }
        let head = read(&["2023年乙局政府信息公开工作年度报告", "根据条例编制。"]);
        assert_eq!(head.agency.as_deref(), Some("乙局"));
        assert_eq!(head.title.as_deref(), Some("2023年乙局政府信息公开工作年度报告"));
        assert_eq!(head.opening, [1]);
        assert_eq!(read(&["二〇二二年丙镇政府信息公开工作年度报告"]).year, Some(2022));
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in
            ["2024年1月29日", "发布日期：2024-01-29 10:20", "2024/1/29", "（2024 年 1 月 29 日）"]
        {
            assert_eq!(date_of(text), Date::new(2024, 1, 29), "{text}");
        }
        for text in ["2024年1月", "12024-01-29", "2024-13-01", "2024-01/29"] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }

    #[test]
    fn labels_name_the_body_and_the_year() {
        let read = |text: &str| {
            let Labelled { agency, year, says_more } = labelled(text);
            (agency.unwrap_or_default(), year.unwrap_or_default(), says_more)
        };
        let both = read("机关：甲县民政局　　报告年度：2023");
        assert_eq!(both, ("甲县民政局".to_owned(), 2023, false));
        assert_eq!(read("填报单位:乙局 年度：2024年"), ("乙局".to_owned(), 2024, false));
        assert_eq!(read("机关：甲局　填表人：王某"), ("甲局".to_owned(), 0, true));
        assert_eq!(read("机关：甲局　单位：乙局"), ("乙局".to_owned(), 0, true));
        for text in ["单位：万元", "单位：件", "机关：（待填）", "第三部分：公开"]
        {
            assert_eq!(read(text), (String::new(), 0, true), "{text}");
        }
    }

    #[test]
    fn labels_without_end_are_read_in_time_that_grows_with_their_number() {
        // Looked through to the end at each label, this would take hours.
        let text = "电话：".repeat(1_000_000) + &"一".repeat(61);
        assert_eq!(contact(&text), Contact::default());
        let long = format!("电话：{}，电话：010-1234567", "一".repeat(61));
        assert_eq!(contact(&long).phone.as_deref(), Some("010-1234567"));
        let longest = format!("地址： {}，", "一".repeat(60));
        assert_eq!(contact(&longest).address, Some("一".repeat(60)));
    }

    #[test]
    fn contact_and_fee_are_read_where_they_are_said() {
        let text = "本报告的电子版可在甲县政府网站查阅和下载。如对本报告有疑问，请与甲县政务公开办联系（地址：甲路1号，邮政编码：100000，联系电话：010-1234567）。";
        let found = contact(text);
        assert_eq!(found.office.as_deref(), Some("甲县政务公开办"));
        assert_eq!(found.address.as_deref(), Some("甲路1号"));
        assert_eq!(found.postcode.as_deref(), Some("100000"));
        assert_eq!(found.phone.as_deref(), Some("010-1234567"));
        assert_eq!(found.website.as_deref(), Some("甲县政府网站"));
        let found =
            fee("2023年，本机关发出收费通知3件，收取政府信息公开信息处理费120元。").unwrap();
        assert_eq!(
            (found.notices.count(), found.amount.value().copied()),
            (Some(3), Some(Money::from(120)))
        );
        let none = fee("本年未发出收费通知，收取信息处理费0元。").unwrap();
        assert_eq!(
            (none.notices.count(), none.amount.value().copied()),
            (Some(0), Some(Money::ZERO))
        );
        assert_eq!(fee("没有其他需要报告的事项。"), None);
    }
}
