//! Dates, numerals and the standard sentences, in Chinese.

use crate::edition::Form;
use crate::report::{Agency, Contact, Date, Entry, HandlingFee, Header, UNFILLED};

/// `2024年1月29日`: Arabic figures, full year, no leading zeros (GB/T 9704-2012, 7.3.5.4).
pub(super) fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `（一）`, `（二）`… for the parts of a section, counted from 1.
pub(super) fn part_number(number: usize) -> String {
    format!("（{}）", numeral(number))
}

/// A number from 1 to 99 in Chinese; beyond that in figures, which no report reaches.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

/// The standard opening: legal basis and the six parts; then the period of the figures, where the
/// electronic copy lies, and how to reach the office, as far as these are known.
pub(super) fn opening(form: &Form, header: &Header, agency: &Agency) -> Vec<String> {
    let names: Vec<&str> = form.sections.iter().map(|section| section.in_text).collect();
    let year = header.year.map_or_else(|| UNFILLED.to_owned(), |year| year.to_string());
    let basis = format!(
        "根据{}和{}（{}）要求，编制本报告。本报告由{}{}个部分组成。本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        crate::law::REGULATION_50.title,
        form.notice.title,
        form.notice.number,
        names.join("、"),
        numeral(names.len()),
    );
    let mut paragraphs = vec![basis];
    paragraphs.extend(reach(&agency.contact));
    paragraphs
}

/// The place of the electronic copy and the contact, as far as they are known.
fn reach(contact: &Contact) -> Option<String> {
    let copy = contact
        .website
        .as_deref()
        .map(|website| format!("本报告的电子版可在{website}查阅和下载。"));
    let details: Vec<String> = [
        ("地址", &contact.address),
        ("邮政编码", &contact.postcode),
        ("联系电话", &contact.phone),
        ("电子邮箱", &contact.email),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}：{value}")))
    .collect();
    let details =
        if details.is_empty() { String::new() } else { format!("（{}）", details.join("，")) };
    let ask = match &contact.office {
        Some(office) => Some(format!("如对本报告有疑问，请与{office}联系{details}。")),
        None if !details.is_empty() => Some(format!("如对本报告有疑问，请与本机关联系{details}。")),
        None => None,
    };
    match (copy, ask) {
        (None, None) => None,
        (copy, ask) => Some(copy.unwrap_or_default() + &ask.unwrap_or_default()),
    }
}

/// The sentence on the handling fee when the section has no text of its own.
pub(super) fn handling_fee(year: Option<u16>, fee: &HandlingFee) -> String {
    let year = year.map_or_else(|| UNFILLED.to_owned(), |year| year.to_string());
    let nil =
        fee.notices.count() == Some(0) && matches!(&fee.amount, Entry::Value(m) if m.is_zero());
    if nil {
        format!("{year}年，本机关未发出收费通知，收取政府信息公开信息处理费0元。")
    } else {
        format!(
            "{year}年，本机关发出收费通知{}件，收取政府信息公开信息处理费{}元。",
            fee.notices, fee.amount
        )
    }
}

/// A figure with the sign of the minus before it, where a hyphen stands in the data file.
pub(super) fn with_minus(figure: String) -> String {
    match figure.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("−{rest}"),
        _ => figure,
    }
}

/// A phrase with a full stop at its end, unless it brings a mark of its own.
pub(super) fn closed(phrase: &str) -> String {
    if phrase.ends_with(['。', '：', '；', '！', '？']) {
        phrase.to_owned()
    } else {
        format!("{phrase}。")
    }
}

/// A section title without its number: `总体情况` for `一、总体情况`.
pub(super) fn without_number(title: &str) -> &str {
    title.split_once('、').map_or(title, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_in_chinese() {
        let numbers: Vec<_> = [1, 10, 11, 20, 35].into_iter().map(part_number).collect();
        assert_eq!(numbers, ["（一）", "（十）", "（十一）", "（二十）", "（三十五）"]);
    }

    #[test]
    fn a_title_loses_only_its_own_number() {
        assert_eq!(
            without_number("四、政府信息公开行政复议、行政诉讼情况"),
            "政府信息公开行政复议、行政诉讼情况"
        );
    }
}
