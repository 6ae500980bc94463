//! NB821: the article of the Regulation that is cited is the one on the matter at hand.

use std::ops::Range;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, Report};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::text::pieces;
use crate::rules::machinery::word_groups::{ArticleWords, Matter};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB821",
    name: "article-wrong",
    title: "引用的条款说的是另一件事",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[
        law::REGULATION_14,
        law::REGULATION_15,
        law::REGULATION_16,
        law::REGULATION_30,
        law::REGULATION_32,
        law::REGULATION_35,
        law::REGULATION_38,
        law::REGULATION_39,
        law::REGULATION_42,
    ],
    editions: Edition::ALL,
    docs: Docs {
        what: "写了《条例》第几条、紧接着又写了所办的事的，那一条说的是不是这件事：公开指南和目录是第十二条，国家秘密是第十四条，第三方合法权益是第十五条，内部事务、过程性信息、执法案卷是第十六条，审查机制是第十七条，动态调整是第十八条，查阅场所是第二十五条，补正是第三十条，答复期限是第三十三条，大量反复申请是第三十五条，区分处理是第三十七条，加工分析是第三十八条，信访投诉举报和公开出版物是第三十九条，收费是第四十二条，培训是第四十八条，年度报告是第四十九条、第五十条，等等；所写的工作日是否超过那一条规定的期限。一句里引用了几条的，有一条相合就不算错；只写条款、不写是什么事的，不作判断。",
        why: "条款引错，等于没有依据；复议、诉讼中首先核对的就是它。",
        example: "[overview]\ntext = \"申请内容不明确的，按《条例》第二十条一次性告知补正。\"",
        corrected: "[overview]\ntext = \"申请内容不明确的，按《条例》第三十条一次性告知补正。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    // What holds for bodies that the Regulation treats as offices is no basis of an office.
    let of_office = match report.agency.effective_kind() {
        Some(AgencyKind::Government | AgencyKind::Department | AgencyKind::Outpost) => true,
        Some(AgencyKind::Authorized) | None => false,
    };
    for piece in pieces(report) {
        for cited in wrong(piece.printed(), of_office) {
            let finding = findings.report(piece.place(cited.range), cited.message, "核对条款");
            finding.help.push(
                "对照《中华人民共和国政府信息公开条例》原文，改正条款或者所说的事".to_owned(),
            );
            let of_regulation = law::ALL.iter().filter(|law| law.title == law::REGULATION_50.title);
            let on_it = of_regulation.filter(|law| cited.right.ends_with(law.article));
            finding.basis = on_it.copied().collect();
        }
    }
}

/// Articles that do not say what is told behind them.
struct Cited {
    /// The bytes of the first of them.
    range: Range<usize>,
    message: String,
    /// The article that is on the matter.
    right: &'static str,
}

/// The articles of the Regulation in a text, of an office or another body, that are not on the matter told behind them.
fn wrong(text: &str, of_office: bool) -> Vec<Cited> {
    let words = &WordLists::get().articles;
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['。', '\n']) {
        let all = articles(sentence);
        let mut first = 0;
        while first < all.len() {
            let mut last = first;
            // Articles with no more than a mark between them are cited together.
            while all
                .get(last + 1)
                .is_some_and(|next| joins(&sentence[all[last].1.end..next.1.start]))
            {
                last += 1;
            }
            let end = all.get(last + 1).map_or(sentence.len(), |next| next.1.start);
            let behind = &sentence[all[last].1.end..end];
            let behind = behind.split(['；', ';']).next().unwrap_or_default();
            let numbers: Vec<u32> = all[first..=last].iter().map(|(n, _)| *n).collect();
            let at = all[first].1.clone();
            if is_of_regulation(words, &sentence[..at.start])
                && let Some((message, right)) = judge(words, &numbers, behind, of_office)
                    .or_else(|| late(words, &numbers, behind))
            {
                let range = start + at.start..start + at.end;
                found.push(Cited { range, message, right });
            }
            first = last + 1;
        }
        start += sentence.len();
    }
    found
}

/// The articles that a sentence names, with their bytes.
fn articles(sentence: &str) -> Vec<(u32, Range<usize>)> {
    const SIGN: char = '第';
    const ARTICLE: &str = "条";
    let named = sentence.match_indices(SIGN).filter_map(|(start, sign)| {
        let number = start + sign.len();
        let (n, length) = whole_number(&sentence[number..])?;
        let end = number + length;
        sentence[end..].starts_with(ARTICLE).then(|| (n, start..end + ARTICLE.len()))
    });
    named.collect()
}

/// True if nothing but marks and paragraphs stand between two articles.
fn joins(between: &str) -> bool {
    const LONGEST: usize = 12;
    let joined = between.contains(['、', '和', '及', '至', '或']);
    joined && between.chars().count() <= LONGEST && !between.contains(['，', '（', '）', '《'])
}

/// True if the last law that is named before an article is the Regulation.
fn is_of_regulation(words: &ArticleWords, before: &str) -> bool {
    if words.unmarked.end_of(before).is_some() {
        return true;
    }
    let Some(open) = before.rfind('《') else { return false };
    let named = &before[open..];
    let Some(close) = named.find('》') else { return false };
    let name = &named[..close + '》'.len_utf8()];
    let behind = &named[name.len()..];
    // 《条例》和法释第三条 is of something else.
    words.regulation.has(name) && !words.others.are_in(behind)
}

/// The words to say of articles that are cited for a matter, where none of them is on any matter that some words name; and the article that
/// is on the first of those.
fn judge(
    words: &'static ArticleWords,
    cited: &[u32],
    said: &str,
    of_office: bool,
) -> Option<(String, &'static str)> {
    if cited.iter().any(|n| words.of_all.contains(n)) {
        return None;
    }
    let named = words.matters.iter().filter(|matter| {
        let with = &matter.with;
        with.iter().next().is_none() || with.are_in(said)
    });
    let named = named.filter_map(|matter| {
        let (at, word) = matter.words.first_in(said)?;
        Some((at, word, matter))
    });
    let mut named: Vec<_> = named.collect();
    // 规定的内容……编制年度报告 is of the contents of the report, and no longer of reports of all kinds.
    let exact: Vec<u32> = named
        .iter()
        .filter(|(_, _, m)| m.with.iter().next().is_some())
        .map(|(_, _, m)| m.article)
        .collect();
    named.retain(|(_, _, m)| !exact.contains(&m.article) || m.with.iter().next().is_some());
    let fits = |n: &u32| named.iter().any(|(_, _, matter)| is_on(matter, *n, said, of_office));
    let (_, word, matter) = named.iter().min_by_key(|(at, _, _)| *at)?;
    let message = || format!("所说的是“{word}”，规定它的是{}", matter.named);
    (!cited.iter().any(fits)).then(|| (message(), matter.named.as_str()))
}

/// True if an article may be cited for a matter.
fn is_on(matter: &Matter, article: u32, said: &str, of_office: bool) -> bool {
    let of_others = !of_office && matter.of_others.contains(&article);
    let is_beside = |words: &(crate::prose::Words, Vec<u32>)| {
        words.1.contains(&article) && words.0.are_in(said)
    };
    matter.article == article
        || matter.beside.contains(&article)
        || of_others
        || matter.beside_with.iter().any(is_beside)
}

/// The words to say of an article that is cited for a time longer than the one it sets, or for another one as the one it sets; and its name.
fn late(words: &'static ArticleWords, cited: &[u32], said: &str) -> Option<(String, &'static str)> {
    let [article] = cited else { return None };
    let limit = words.limits.iter().find(|limit| limit.article == *article)?;
    let (before, _) = said.split_once(words.days.as_str())?;
    let figures = before
        .trim_end_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    let (told, length) = whole_number(&before[figures.len()..])?;
    let whole = figures.len() + length == before.len();
    let set = words.sets.end_of(figures).is_some() && told != limit.days;
    let over = limit.from.are_in(figures) && told > limit.longest;
    let days = &words.days;
    let message = || format!("所说的是“{told}{days}”，{}规定的是{}{days}", limit.named, limit.days);
    (whole && (set || over)).then(|| (message(), limit.named.as_str()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn an_article_on_another_matter() {
        check(
            &RULE,
            r#"
[overview]
text = "申请内容不明确的，按《条例》第二十条一次性告知补正。"
#                                   ^^^^^^^^ 第三十条
"#,
        );
        for (wrong, n) in [
            ("依据《条例》第十四条1件（国家秘密），第十七条14件（内部事务和过程性信息）。", 1),
            ("依照《政府信息公开条例》第二十九条，对以申请公开名义进行信访的3件，告知了渠道。", 1),
            ("按照《条例》第二十八条，属于需要加工、分析的信息，没有提供。", 1),
            ("落实《条例》第二十七条，健全发布审查机制，明确审查程序和责任。", 1),
            ("按照《条例》第二十九条，经同意延期答复1件。", 1),
            ("根据《条例》第四十八条的要求编制本报告。", 1),
            ("落实《条例》第二十条，在图书馆和大厅设置查阅场所。", 1),
            ("依《条例》第十六条，因国家秘密不予公开2件；依第十四条，属于行政执法案卷3件。", 2),
            ("依照《条例》第三十三条征求第三方意见34件。", 1),
            ("《条例》第十四条所列商业秘密，由承办科室标注。", 1),
            ("依照条例第二十条一次性告知补正。", 1),
            ("按照《条例》第四十九条规定的内容，编制2024年度报告。", 1),
            ("依照《条例》第三十条在收到申请之日起15个工作日内一次性发出补正告知。", 1),
            ("按照《条例》第三十三条规定的15个工作日答复。", 1),
            ("按照《条例》第三十二条，第三方应在收到征求意见书之日起二十个工作日内提出意见。", 1),
            ("依照《条例》第三十二条征求意见，第三方应在25个工作日内提出。", 1),
            ("没有落实《条例》第二十七条区分处理的要求。", 1),
            ("依照《条例》第四十条，将多个申请人就相同信息提出的申请纳入主动公开。", 1),
        ] {
            check_text(&RULE, wrong, "", n);
        }
    }

    #[test]
    fn articles_for_other_bodies() {
        use crate::rules::testing::points_at;
        let of = |kind: &str, expected: &[(&str, &str)]| {
            let text = "按照《条例》第五十五条规定的内容，编制2024年度政府信息公开工作年度报告。";
            let lines = format!("[agency]\nkind = \"{kind}\"\n[opening]\ntext = \"{text}\"\n");
            points_at(&RULE, &lines, expected);
        };
        of("department", &[("第五十五条", "第五十条")]);
        of("authorized", &[]);
    }

    #[test]
    fn articles_on_the_matter_or_on_none() {
        for fine in [
            "依据《条例》第十四条1件（国家秘密），第十六条14件（内部事务和过程性信息）。",
            "依照《条例》第三十九条，对以申请公开名义进行信访的3件，告知了渠道。",
            "依据《条例》第三十六条第三项不予公开，涉及商业秘密。",
            "落实《条例》第三十七条区分处理的要求；依照第三十七条部分公开，遮去个人隐私。",
            "依照《条例》第三十二条征求意见，第三方应在10个工作日内答复。",
            "不符合《条例》第二十九条要求的，告知补正。",
            "依据《条例》第十四条、第十五条、第十六条，区分国家秘密、商业秘密和过程性信息。",
            "依据《行政复议法》第十六条补正材料。",
            "按照《条例》第二十条主动公开财政信息。",
            "依照《条例》第十七条建立审查机制，防止泄露国家秘密、个人隐私。",
            "落实《条例》第十七条，健全发布审查机制，明确审查程序和责任。",
            "按照《条例》第三十三条，经同意延期答复1件；按照第三十五条确定延迟答复的期限。",
            "根据《条例》第四十九条、第五十条的要求编制本报告。",
            "落实《条例》第二十条、第二十二条，更新主动公开目录。",
            "按《条例》第三十五条和收费办法第四条，对大量申请收取信息处理费。",
            "按照《条例》第三十三条，征求第三方意见所需时间不计算在答复期限内。",
            "依据《条例》第十四条、第十五条，区分国家秘密和商业秘密。",
            "依照《条例》第四十九条编制并公布年度报告。省政务公开条例第二十条要求补正。",
            "依照《条例》第三十条在收到申请之日起5个工作日内告知补正。",
            "依照《条例》第三十条告知补正，给予申请人15个工作日补正。",
            "按照《条例》第三十三条规定的20个工作日答复，经延长的在收到申请之日起40个工作日内答复。",
            "按照《条例》第二十条规定的内容主动公开。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
