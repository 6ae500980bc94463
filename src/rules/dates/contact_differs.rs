//! NB111: the contact that the text tells is the one of the data file.

use std::ops::Range;

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::{CLAUSE_ENDS, Piece, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB111",
    name: "contact-differs",
    title: "文字中的联系方式与填写的相差一两个字",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "自拟的引言和其他说到本报告与谁联系的句子里，电话、邮政编码、联系科室、地址、邮箱、网址与 [agency.contact] 填写的是否只差一两位、一两个字，或者两位颠倒；完全不同的号码、传真、监督和投诉电话不作判断。",
        why: "差一两位的，多半是录入或者抄写时写错了，读者会打到别处、寄到别处去。",
        example: "[agency.contact]\nphone = \"0999-1234567\"\n\n[opening]\ntext = \"如有疑问，请致电0999-1234576。\"",
        corrected: "[agency.contact]\nphone = \"0999-1234567\"\n\n[opening]\ntext = \"如有疑问，请致电0999-1234567。\"",
    },
    check,
};

/// A value of the contact as the text tells it, and the same in a form in which two of them can be compared.
struct Told {
    /// The bytes of the text.
    range: Range<usize>,
    form: String,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let contact = &report.agency.contact;
    let fields = [
        (
            "phone",
            "联系电话",
            &contact.phone,
            wrong_phone as fn(&str, &str) -> Option<Range<usize>>,
        ),
        ("postcode", "邮政编码", &contact.postcode, wrong_postcode),
        ("office", "联系科室", &contact.office, wrong_office),
        ("address", "地址", &contact.address, wrong_address),
        ("email", "邮箱", &contact.email, wrong_mailbox),
        ("website", "网址", &contact.website, wrong_site),
    ];
    for piece in pieces(report) {
        for sentence in sentences(piece.printed()).filter(|at| is_of_contact(&piece, at)) {
            let text = &piece.printed()[sentence.clone()];
            for (key, name, value, wrong) in fields {
                let Some(value) = value.as_deref().map(str::trim) else { continue };
                let Some(range) = wrong(text, value) else { continue };
                let said = &text[range.clone()];
                let place = piece.place(sentence.start + range.start..sentence.start + range.end);
                let message = format!("{name}写的是“{said}”，填写的是“{value}”");
                let finding = findings.report(place, message, "与填写的不同");
                let filled = Place::Value(FieldPath::new("agency.contact").key(key));
                finding.related.push(Label::new(filled, "填写的"));
                finding.help.push("核对哪一个是对的，改正写错的那一个".to_owned());
            }
        }
    }
}

/// True if a sentence may say whom to ask about the report: it stands in the opening, or names the report and asks to get in touch.
fn is_of_contact(piece: &Piece<'_>, sentence: &Range<usize>) -> bool {
    let lists = WordLists::get();
    let text = &piece.printed()[sentence.clone()];
    piece.path.as_str().starts_with("opening")
        || lists.copy_report.are_in(text) && lists.contact_signs.are_in(text)
}

/// The first of some values that is nearly the one filled, where that one is not told itself.
fn nearly(
    told: Vec<Told>,
    is: impl Fn(&str) -> bool,
    near: impl Fn(&str) -> bool,
) -> Option<Range<usize>> {
    if told.iter().any(|told| is(&told.form)) {
        return None;
    }
    told.into_iter().find(|told| near(&told.form)).map(|told| told.range)
}

/// A telephone number that is nearly one of those filled, with or without its area code.
fn wrong_phone(text: &str, filled: &str) -> Option<Range<usize>> {
    let own: Vec<String> = numbers(filled).into_iter().map(|told| told.form).collect();
    let others = &WordLists::get().contact.other_numbers;
    let told = numbers(text).into_iter().filter(|told| {
        let clause = text[..told.range.start].rsplit(CLAUSE_ENDS).find(|said| !said.is_empty());
        !clause.is_some_and(|clause| others.are_in(clause))
    });
    let is = |form: &str| own.iter().any(|own| own.ends_with(form) || form.ends_with(own.as_str()));
    // The area code of both is the same, and only the number within it differs.
    let near = |form: &str| {
        own.iter().any(|own| tails(own, form).is_some_and(|(own, form)| is_near(own, form)))
    };
    nearly(told.collect(), is, near)
}

/// The numbers within their area of two telephone numbers; none where the area codes differ or the numbers cannot be compared.
fn tails<'a>(own: &'a str, form: &'a str) -> Option<(&'a str, &'a str)> {
    /// A number without its area code has seven figures or eight.
    const LOCAL: usize = 8;
    match (own.starts_with('0'), form.starts_with('0')) {
        (true, true) => {
            let code = own.len() - LOCAL.min(own.len() - 3);
            let same = own.get(..code)? == form.get(..code)?;
            same.then(|| (&own[code..], &form[code..]))
        }
        (true, false) => Some((own.get(own.len().checked_sub(form.len())?..)?, form)),
        (false, true) => Some((own, form.get(form.len().checked_sub(own.len())?..)?)),
        (false, false) => Some((own, form)),
    }
}

/// True if a text tells a telephone number with its area code.
pub(super) fn names_number(text: &str) -> bool {
    /// An area code of three figures and a number of seven.
    const LEAST: usize = 10;
    numbers(text).iter().any(|told| told.form.starts_with('0') && told.form.len() >= LEAST)
}

/// The telephone numbers in a text: runs of figures, with an area code before them in brackets or with a stroke.
fn numbers(text: &str) -> Vec<Told> {
    const STROKES: &[char] = &['-', '—', '－', '–', '―', ' ', '）', ')', '（', '('];
    let mut found: Vec<Told> = Vec::new();
    for range in runs(text, |c| c.is_ascii_digit()) {
        let digits = &text[range.clone()];
        let behind_code = found.last().is_some_and(|last| {
            let between = text.get(last.range.end..range.start).unwrap_or_default();
            matches!(last.form.len(), 3 | 4)
                && last.form.starts_with('0')
                && (1..=2).contains(&between.chars().count())
                && between.chars().all(|c| STROKES.contains(&c))
        });
        match found.last_mut().filter(|_| behind_code) {
            Some(last) => {
                last.range.end = range.end;
                last.form.push_str(digits);
            }
            None => found.push(Told { range, form: digits.to_owned() }),
        }
    }
    found.retain(|told| told.form.len() >= 7);
    found
}

/// A postcode that is nearly the one filled.
fn wrong_postcode(text: &str, filled: &str) -> Option<Range<usize>> {
    let heads = &WordLists::get().contact.postcode;
    let told = runs(text, |c| c.is_ascii_digit()).into_iter().filter(|range| {
        let before = text[..range.start].trim_end_matches(['：', ':', ' ', '为', '是']);
        heads.end_of(before).is_some()
    });
    let told = told.map(|range| Told { form: text[range.clone()].to_owned(), range });
    nearly(told.collect(), |form| form == filled, |form| is_near(filled, form))
}

/// The name of an office to get in touch with that is nearly the one filled.
fn wrong_office(text: &str, filled: &str) -> Option<Range<usize>> {
    let words = &WordLists::get().contact;
    if text.contains(filled) {
        return None;
    }
    alike(text, filled).find(|range| {
        let (before, behind) = (&text[..range.start], &text[range.end..]);
        words.before_office.end_of(before).is_some()
            || words.behind_office.start_of(behind).is_some()
    })
}

/// An address that is nearly the one filled.
fn wrong_address(text: &str, filled: &str) -> Option<Range<usize>> {
    if text.contains(filled) {
        return None;
    }
    alike(text, filled).next()
}

/// The places of a text that have as many characters as some words and differ from them in one or in two that stand together, and not at
/// both ends of them.
fn alike<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    /// Names of fewer characters are alike by chance.
    const LEAST: usize = 6;
    /// A name of more characters is no name.
    const MOST: usize = 60;
    let own: Vec<char> = words.chars().collect();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let told: Vec<char> = text.chars().collect();
    let n = if (LEAST..=MOST).contains(&own.len()) { own.len() } else { usize::MAX };
    let count = (told.len() + 1).saturating_sub(n);
    (0..count).filter_map(move |at| {
        let there = told.get(at..at + n)?;
        let differ = || (0..n).filter(|i| there[*i] != own[*i]);
        let (first, last) = (differ().next()?, differ().next_back()?);
        let marked = |c: &char| CLAUSE_ENDS.contains(c);
        let (said, meant) = (&there[first..=last], &own[first..=last]);
        // 政府办公室 and 党政办公室 are one office.
        let shared = said.iter().any(|c| meant.contains(c)) && said.iter().rev().ne(meant);
        let fits = last - first <= 1 && first > 0 && last + 1 < n;
        (fits && !shared && !said.iter().any(marked)).then(|| starts[at]..starts[at + n])
    })
}

/// A mailbox that is nearly the one filled.
fn wrong_mailbox(text: &str, filled: &str) -> Option<Range<usize>> {
    let told = addresses(text).into_iter().filter(|told| told.form.contains('@'));
    nearly(told.collect(), |form| form == filled, |form| is_near(filled, form))
}

/// The address of a website that is nearly the one filled; the first part of it tells apart the sites of several bodies.
fn wrong_site(text: &str, filled: &str) -> Option<Range<usize>> {
    let own = host(filled);
    let told = addresses(text).into_iter().filter(|told| !told.form.contains('@'));
    let told = told.map(|told| Told { form: host(&told.form).to_owned(), ..told });
    let near = |form: &str| match (own.split_once('.'), form.split_once('.')) {
        (Some((own_site, own)), Some((site, form))) => own_site == site && is_near(own, form),
        _ => false,
    };
    nearly(told.collect(), |form| form == own, near)
}

/// The name of the machine in the address of a website.
fn host(address: &str) -> &str {
    let address = address.rsplit_once("//").map_or(address, |(_, rest)| rest);
    address.split('/').next().unwrap_or_default()
}

/// The addresses of websites and mailboxes in a text.
fn addresses(text: &str) -> Vec<Told> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
    let runs = runs(text, is_part).into_iter();
    let told = runs.map(|range| Told {
        form: text[range.clone()].trim_end_matches(['.', '/']).to_owned(),
        range,
    });
    told.filter(|told| {
        told.form.contains('.') && told.form.contains(|c: char| c.is_ascii_alphabetic())
    })
    .collect()
}

/// The bytes of the longest runs of some characters.
fn runs(text: &str, is_part: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_part(*c)) {
        match found.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + c.len_utf8(),
            None => found.push(at..at + c.len_utf8()),
        }
    }
    found
}

/// True if two words of ASCII characters are not the same, and one becomes the other by two characters that are changed or by one that
/// is left out or put in.
fn is_near(own: &str, told: &str) -> bool {
    let (own, told) = (own.as_bytes(), told.as_bytes());
    let same =
        |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut own.iter().zip(told));
    let behind = same(&mut own.iter().rev().zip(told.iter().rev()));
    match own.len().abs_diff(told.len()) {
        0 => matches!(own.iter().zip(told).filter(|(a, b)| a != b).count(), 1 | 2),
        1 => before + behind >= own.len().min(told.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    const CONTACT: &str = "[agency.contact]\noffice = \"青堰镇党政办公室\"\naddress = \"青堰镇新街28号\"\npostcode = \"475300\"\nphone = \"0871-6530218\"\nemail = \"zwgk@qingyan.example.cn\"\nwebsite = \"http://www.qingyan.example.gov.cn/\"\n";

    fn opening(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("{CONTACT}[opening]\ntext = \"{text}\"\n"), expected);
    }

    #[test]
    fn one_or_two_characters_apart() {
        for (text, wrong, filled) in [
            ("如需咨询，可致电0871-6530281。", "0871-6530281", "0871-6530218"),
            ("联系电话：（0871）6530228。", "0871）6530228", "0871-6530218"),
            ("联系电话：6530213。", "6530213", "0871-6530218"),
            ("地址：青堰镇新街28号，邮编：473500。", "473500", "475300"),
            ("如有疑问，请联系青堰镇人大办公室。", "青堰镇人大办公室", "党政办公室"),
            ("请与青堰镇党建办公室联系。", "青堰镇党建办公室", "党政办公室"),
            ("地址：青堰镇新街82号。", "青堰镇新街82号", "28号"),
            ("邮箱：zwgk@qinyan.example.cn。", "zwgk@qinyan.example.cn", "qingyan"),
            ("登录www.qingyang.example.gov.cn查阅。", "www.qingyang.example.gov.cn", "qingyan"),
        ] {
            opening(text, &[(wrong, filled)]);
        }
        let other = "[other]\ntext = \"对本报告如有疑问，联系电话：0871-6530281。\"\n";
        points_at(&RULE, &format!("{CONTACT}{other}"), &[("0871-6530281", "0871-6530218")]);
    }

    #[test]
    fn the_same_or_another() {
        for text in [
            "请联系青堰镇党政办公室，地址：青堰镇新街28号，邮编475300，电话：0871-6530218，www.qingyan.example.gov.cn。",
            "电话：（0871）6530218，6530218，+86 0871 6530218，传真：0871-6530219。",
            "电话：0871-6530218、0871-6530219。监督电话：0871-6530217。",
            "请联系镇党政办公室，电话：0871-6531799，或拨打12345。",
            "请联系青堰镇政府办公室。请与青堰镇党政综合办公室联系。",
            "青堰镇人大办公室监督了全年工作。邮编：650031。",
            "见zwgk.qingyan.example.gov.cn和http://www.qingyan.example.gov.cn/zwgk/。",
        ] {
            opening(text, &[]);
        }
        let other = "[overview]\ntext = \"便民服务中心咨询电话：0871-6530219。\"\n";
        points_at(&RULE, &format!("{CONTACT}{other}"), &[]);
    }
}
