//! NB103: the report says where its electronic copy lies and whom to ask.

use super::contact_differs::names_number;
use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Words;
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::sentences;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB103",
    name: "contact-missing",
    title: "没有写明电子版的获取途径或联系方式",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "印出的文字是否写明电子版在哪里查阅下载、有疑问与谁联系。不写 [opening] 的，看 [agency.contact] 是否填了 website 和联系方式；自拟引言的，看文字。",
        why: "公众要查阅、下载报告或者提出疑问，要知道到哪里、找谁；形式完整的年度报告都在引言写明。",
        example: "[agency]\nname = \"某某县人民政府\"\n# 没有 [agency.contact]，也没有 [opening]",
        corrected: "[agency]\nname = \"某某县人民政府\"\n\n[agency.contact]\noffice = \"某某县人民政府办公室\"\nphone = \"0000-1234567\"\nwebsite = \"http://www.example.gov.cn/\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let texts = report.texts();
    let lists = WordLists::get();
    let says = |words: &Words| texts.iter().any(|(_, text)| words.are_in(text.printed()));
    let contact = &report.agency.contact;
    let standard = report.opening.is_none();
    let has_copy = standard && contact.website.is_some()
        || says(&lists.copies)
        || texts.iter().any(|(path, text)| {
            let path = path.as_str();
            let in_opening = path.starts_with("opening");
            (in_opening || path.starts_with("other"))
                && sentences(text.printed())
                    .any(|range| tells_where(&text.printed()[range], in_opening))
        });
    let has_contact = standard
        && [&contact.office, &contact.address, &contact.phone, &contact.email]
            .iter()
            .any(|field| field.is_some())
        || says(&lists.contact_signs)
        || report.opening.as_ref().is_some_and(|opening| names_number(opening.printed()));
    let mut missing = Vec::new();
    if !has_copy {
        missing.push("电子版的获取途径");
    }
    if !has_contact {
        missing.push("联系方式");
    }
    if missing.is_empty() {
        return;
    }
    let message = format!("印出的报告没有写明{}", missing.join("和"));
    let (place, help) = if standard {
        let mut keys = Vec::new();
        if !has_copy {
            keys.push("website（电子版下载处）");
        }
        if !has_contact {
            keys.push("office（联系科室）、phone（电话）");
        }
        let help = format!("在 [agency.contact] 填写 {}，由程序写入引言", keys.join("、"));
        (Place::Key(FieldPath::new("agency.contact")), help)
    } else {
        let help = format!(
            "在引言补写{}；或者删去 [opening]，由程序按 [agency.contact] 写出",
            missing.join("和")
        );
        (Place::Value(FieldPath::new("opening.text")), help)
    };
    findings.report(place, message, format!("未写{}", missing.join("和"))).help.push(help);
}

/// True if a sentence tells where the report itself can be read: it names the report, an act of making it
/// public or of reading it, and a place. What an opening asks its reader to look up is the report.
fn tells_where(sentence: &str, in_opening: bool) -> bool {
    let lists = WordLists::get();
    let named = lists.copy_report.are_in(sentence) && lists.copy_act.are_in(sentence);
    let asked = in_opening && lists.openings.copy_readers.are_in(sentence);
    (named || asked) && lists.copy_place.are_in(sentence)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn opening(text: &str, expected: &str) {
        check(&RULE, &format!("[opening]\ntext = \"{text}\"\n{expected}"));
    }

    #[test]
    fn s000_10_no_electronic_copy() {
        opening(
            "如有疑问，请与某某办公室联系（电话：0000-1234567）。",
            "#      ^ 未写电子版的获取途径\n",
        );
    }

    #[test]
    fn s002_11_neither_copy_nor_contact() {
        opening("现公布年度报告。", "#      ^ 未写电子版的获取途径和联系方式\n");
    }

    #[test]
    fn s004_19_no_contact() {
        opening("本报告电子版在某某市政府门户网站公开。", "#      ^ 未写联系方式\n");
    }

    #[test]
    fn the_standard_opening_prints_what_is_filled() {
        check(
            &RULE,
            "[agency.contact]\noffice = \"办公室\"\nwebsite = \"http://www.example.gov.cn/\"\n",
        );
        check(&RULE, "[agency.contact]\n#       ^ 未写电子版的获取途径\noffice = \"办公室\"\n");
        check(
            &RULE,
            "[agency.contact]\n#       ^ 未写联系方式\nwebsite = \"http://www.example.gov.cn/\"\n",
        );
        check(&RULE, "[agency]\n#^ 填写 website\nname = \"某某局\"\n");
    }

    #[test]
    fn the_place_in_other_words() {
        for place in [
            "年度报告通过某某县人民政府网站（www.example.gov.cn）公布。",
            "本报告将在县政府门户网站“政府信息公开年报”专栏公布。",
            "报告全文可在县政府网站查阅或下载。",
            "本报告在县政府网站全文公开。",
            "公众可登录某某市政务网查看本年报。",
            "公众可在县人民政府网站查阅，也可到办公室当面咨询。",
            "欢迎登录某某局网站“政府信息公开”栏目查阅、下载。",
            "社会各界可通过县人民政府门户网站阅览。",
            "报告在“某某发布”公众号同步刊载。如有疑问，请致电0000-0000000。",
        ] {
            opening(&format!("{place}联系电话：0000-1234567。"), "");
        }
        // A site that is named for something else tells nothing of the report.
        opening(
            "我局在门户网站公开信息9条。现公布年度报告，联系电话：0000-1234567。",
            "#      ^ 未写电子版的获取途径\n",
        );
    }

    #[test]
    fn a_number_to_call_is_a_contact() {
        for contact in [
            "地址：新街2号；电话：0999-1234567。",
            "由办公室（学府路17号，010-12345678）负责解释。",
        ] {
            opening(&format!("本报告在县政府网站全文公开。{contact}"), "");
        }
    }

    #[test]
    fn both_said_anywhere() {
        check(
            &RULE,
            "[opening]\ntext = \"如有疑问，请与办公室联系。\"\n[other]\ntext = \"电子版可在网站下载。\"\n",
        );
    }
}
