//! NB813: telephone numbers, post codes and addresses of websites are well written, and nobody's own.

use std::ops::Range;

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{is_han, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB813",
    name: "personal-contact",
    title: "联系方式写错，或是个人的号码、邮箱",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::PERSONAL_INFORMATION, law::CIVIL_CODE_1034, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "电话的区号与号码之间是否用连字符“-”，号码是否少了位数，邮政编码是否六位，网址里是否漏了点、冒号；联系方式和文字中是否有手机号、身份证号、以数字为名的 QQ 邮箱。",
        why: "《个人信息保护法》第二十五条：“个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外。”第三十四条规定国家机关处理个人信息“不得超出履行法定职责所必需的范围和限度”；《民法典》第一千零三十四条列举的个人信息包括“身份证件号码”“电话号码”“电子邮箱”。年度报告长期公开，一般只留单位的电话和邮箱。号码少了一位，读者就联系不上；区号与号码之间用连接号，才便于拨打和检索。",
        example: "[agency.contact]\nphone = \"0999—1234567\"",
        corrected: "[agency.contact]\nphone = \"0999-1234567\"",
    },
    check,
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ContactKind {
    Dash,
    /// A telephone number with a figure too few or too many.
    Length,
    /// A post code that has not six figures.
    PostCode,
    /// The address of a website in which a mark lacks.
    Address,
    Mobile,
    Identity,
    Mailbox,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        let text = piece.printed();
        let all = numbers(text).into_iter().chain(post_codes(text)).chain(addresses(text));
        for (kind, range) in all {
            seen.add(kind, &piece, range);
        }
    }
    for seen in seen.into_kinds() {
        let first = seen.first();
        let finding = report_kind(seen.kind, first, &seen.words, &seen.times(), findings);
        seen.show_others(finding);
    }
    let contact = &report.agency.contact;
    for (key, value) in [("phone", &contact.phone), ("email", &contact.email)] {
        for (kind, range) in value.iter().flat_map(|value| numbers(value)) {
            let words = &value.as_deref().unwrap_or_default()[range.clone()];
            let place = Place::Text(FieldPath::new("agency.contact").key(key), range);
            report_kind(kind, place, words, "", findings);
        }
    }
}

fn report_kind<'a>(
    kind: ContactKind,
    place: Place,
    words: &str,
    times: &str,
    findings: &'a mut Findings<'_>,
) -> &'a mut crate::diag::Diagnostic {
    let (severity, message, help) = match kind {
        ContactKind::Dash => {
            (Severity::Hint, format!("电话号码“{words}”里的不是连字符{times}"), "改用键盘上的“-”")
        }
        ContactKind::Length => (
            Severity::Warning,
            format!("电话号码“{words}”的位数不对{times}"),
            "核对号码：区号后面应有七位或八位",
        ),
        ContactKind::PostCode => (
            Severity::Warning,
            format!("邮政编码“{words}”不是六位{times}"),
            "核对邮政编码，补成六位数字",
        ),
        ContactKind::Address => (
            Severity::Warning,
            format!("网址“{words}”打不开{times}"),
            "核对网址：写成 http://www.某某.gov.cn 这样的",
        ),
        ContactKind::Mobile => (
            Severity::Hint,
            format!("“{words}”是手机号{times}"),
            "换成单位的座机；确是单位公用的，可以不改",
        ),
        ContactKind::Identity => (
            Severity::Warning,
            format!("“{words}”像是身份证号{times}"),
            "删去；年度报告不应公开个人信息",
        ),
        ContactKind::Mailbox => (
            Severity::Hint,
            format!("“{words}”像是个人的邮箱{times}"),
            "换成单位的邮箱；确是单位公用的，可以不改",
        ),
    };
    let finding = findings.report_as(severity, place, message, "");
    match kind {
        ContactKind::Dash => {
            finding.authority = Some(Authority::Standard);
            finding.basis = vec![law::PUNCTUATION];
        }
        ContactKind::Length | ContactKind::PostCode | ContactKind::Address => {
            finding.authority = Some(Authority::Practice);
            finding.basis = vec![law::PRACTICE];
        }
        ContactKind::Mobile | ContactKind::Identity | ContactKind::Mailbox => {}
    }
    finding.help.push(help.to_owned());
    finding
}

/// Numbers that look like one of the kinds, found run by run of figures.
fn numbers(text: &str) -> Vec<(ContactKind, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        if run == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let end = at + run;
        let behind = &text[end..];
        let apart = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        if !apart {
            at = end;
            continue;
        }
        if behind.starts_with("@qq.com") {
            found.push((ContactKind::Mailbox, at..end + "@qq.com".len()));
        } else if run == 11 && is_mobile(&rest[..run]) && !begins_word(behind) {
            found.push((ContactKind::Mobile, at..end));
        } else if let Some(last) = identity(rest, run) {
            found.push((ContactKind::Identity, at..at + last));
        } else if let Some(length) = dashed(rest, run) {
            found.push((ContactKind::Dash, at..at + length));
            at += length;
            continue;
        } else if let Some(length) = of_wrong_length(&text[..at], rest, run) {
            found.push((ContactKind::Length, at..at + length));
            at += length;
            continue;
        }
        at = end;
    }
    found
}

fn is_mobile(digits: &str) -> bool {
    digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// True if a counted thing follows, so that the figures are no telephone number.
fn begins_word(text: &str) -> bool {
    text.starts_with(|c: char| {
        c.is_ascii_alphabetic() || is_han(c) && "元条件个次份万亿人户".contains(c)
    })
}

/// The bytes of an identity number at the beginning of a text whose date and check figure are right.
fn identity(text: &str, run: usize) -> Option<usize> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let id = text.get(..18).filter(|id| id.is_ascii())?;
    let last = id.as_bytes()[17];
    let whole = run == 18 || run == 17 && matches!(last, b'X' | b'x');
    let date = (1900..2100).contains(&id[6..10].parse::<u32>().ok()?)
        && (1..=12).contains(&id[10..12].parse::<u32>().ok()?);
    if !whole || !date {
        return None;
    }
    let sum: u32 = id.bytes().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let check = b"10X98765432"[usize::try_from(sum % 11).ok()?];
    last.eq_ignore_ascii_case(&check).then_some(18)
}

/// The bytes of `0999—1234567` at the beginning of a text: an area code, a dash that is none of
/// the keyboard's, a number.
fn dashed(text: &str, run: usize) -> Option<usize> {
    if !(3..=4).contains(&run) || !text.starts_with('0') {
        return None;
    }
    let rest = &text[run..];
    let dash = rest.len()
        - rest.trim_start_matches(['—', '–', '－', '～', '─', '‐', '‑', '−', '一']).len();
    let digits = rest[dash..].bytes().take(9).take_while(u8::is_ascii_digit).count();
    (dash > 0 && (7..=8).contains(&digits)).then_some(run + dash + digits)
}

/// The bytes of `0999-12345` at the beginning of a text: behind an area code a number of neither seven nor eight
/// figures, where the words before it say that it is dialled.
fn of_wrong_length(before: &str, text: &str, run: usize) -> Option<usize> {
    /// As far before a number as the word for it stands.
    const REACH: usize = 30;
    if !(3..=4).contains(&run) || !text.starts_with('0') {
        return None;
    }
    let from = before.char_indices().rev().take(REACH).last().map_or(0, |(at, _)| at);
    let line = before[from..].rsplit('\n').next().unwrap_or_default();
    let rest = text[run..].strip_prefix(['-', '—', '－'])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = &rest[..digits];
    // 0999-12345 is a hotline, 010 and 02x have eight figures.
    let hotline = digits <= 5 && number.starts_with('1') || number.starts_with("96") && digits <= 6;
    let long = run == 3;
    let right = digits == 8 || digits == 7 && !long;
    let dialled = WordLists::get().phones.are_in(line);
    let ends = !rest[digits..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (dialled && ends && digits >= 4 && !right && !hotline).then(|| text.len() - rest.len() + digits)
}

/// Post codes that have not six figures.
fn post_codes(text: &str) -> Vec<(ContactKind, Range<usize>)> {
    const FIGURES: usize = 6;
    let mut found = Vec::new();
    for name in WordLists::get().post_codes.iter() {
        for (at, _) in text.match_indices(name) {
            let start = at + name.len();
            let rest = text[start..].trim_start_matches(['：', ':', ' ', '为', '是']);
            let start = text.len() - rest.len();
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 2 && digits != FIGURES {
                found.push((ContactKind::PostCode, start..start + digits));
            }
        }
    }
    found
}

/// Addresses of websites that lack a point or a colon, or have a Chinese one: wwwexample.gov.cn, http：//www.example.gov.cn.
fn addresses(text: &str) -> Vec<(ContactKind, Range<usize>)> {
    const NAMES: [&str; 2] = ["http", "www"];
    let of_address = |c: char| c.is_ascii_alphanumeric() || "./:-_：".contains(c);
    let mut found = Vec::new();
    for name in NAMES {
        for (at, _) in text.match_indices(name) {
            // The www of http://www.example.gov.cn is judged with it.
            let inside = |c: char| c.is_ascii_alphanumeric() || "./".contains(c);
            if text[..at].ends_with(inside) {
                continue;
            }
            let length = text[at..].find(|c| !of_address(c)).unwrap_or(text.len() - at);
            let address = text[at..at + length].trim_end_matches(['：', ':', '.']);
            let host = if name == "www" {
                Some(address)
            } else {
                address[name.len()..].trim_start_matches('s').strip_prefix("://")
            };
            let right =
                host.is_some_and(|host| !host.starts_with("www") || host.starts_with("www."));
            if !right && address.contains('.') {
                found.push((ContactKind::Address, at..at + address.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    #[test]
    fn s000_12_a_dash_in_a_telephone_number() {
        points_at(
            &RULE,
            "[opening]\ntext = \"请与办公室联系（电话：0999—1234567）。\"\n",
            &[("0999—1234567", "不是连字符")],
        );
        points_at(
            &RULE,
            "[agency.contact]\nphone = \"0999－1234567\"\n",
            &[("0999－1234567", "不是连字符")],
        );
    }

    #[test]
    fn numbers_of_persons() {
        points_at(
            &RULE,
            "[agency.contact]\nphone = \"13800001111\"\nemail = \"12345678@qq.com\"\n[overview]\ntext = \"证号11010519491231002X。\"\n",
            &[
                ("11010519491231002X", "身份证号"),
                ("13800001111", "手机号"),
                ("12345678@qq.com", "个人的邮箱"),
            ],
        );
    }

    #[test]
    fn numbers_of_offices_and_figures() {
        points_at(
            &RULE,
            "[agency.contact]\nphone = \"0356-1234567\"\nemail = \"zfxxgk@163.com\"\n[overview]\ntext = \"12345热线，收费13800001111元，2023—2025年，010-12345678，010—12条，110105194912310021\"\n",
            &[],
        );
    }

    #[test]
    fn numbers_and_addresses_that_lead_nowhere() {
        points_at(
            &RULE,
            "[opening]\ntext = \"见http：//www.example.gov.cn，wwwexample.gov.cn；联系电话：0999-123456，传真010-1234567，邮编：80000。\"\n",
            &[
                ("0999-123456", "位数不对，共2处"),
                ("80000", "不是六位"),
                ("http：//www.example.gov.cn", "打不开，共2处"),
            ],
        );
    }

    #[test]
    fn numbers_and_addresses_that_lead_somewhere() {
        points_at(
            &RULE,
            "[opening]\ntext = \"见https://www.example.gov.cn/a、www.example.gov.cn、http://example.gov.cn：；电话0999-12345、010-12345678转801，0999-1234567-8012，编号010-2024，邮编：830000，邮政编码830000。\"\n",
            &[],
        );
    }
}
