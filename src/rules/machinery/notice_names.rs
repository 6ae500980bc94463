//! The form and the office that issued it, named wrongly in running text and inside other titles.

use super::official_names::{Misnamed, bare, distance, parts};
use super::text::is_han;
use crate::law;

/// The name of the form inside another title, or without one, where it is another: 中华人民共和国政务公开工作年度报告格式.
pub(in crate::rules) fn misnamed_form(text: &str) -> Vec<Misnamed> {
    /// More edits make another form of it.
    const MOST: usize = 6;
    let [_, form, _] = parts();
    let (nation, end) = (&form[..7 * '中'.len_utf8()], "格式");
    let mut found = Vec::new();
    if !text.contains(nation) {
        return found;
    }
    let right = bare(form);
    let longest = form.chars().count() + MOST;
    for (at, _) in text.match_indices(nation) {
        let run = text[at..].chars().take(longest).take_while(|c| is_han(*c));
        let run: String = run.collect();
        let Some(length) = run.find(end).map(|at| at + end.len()) else { continue };
        let name = bare(&text[at..at + length]);
        let ours = name.len() <= right.len() + MOST && distance(&name, &right) <= MOST;
        let words = &text[at + nation.len()..at + length];
        // 条例和年度报告格式 are two documents.
        let joined = words.contains(['和', '及', '与']);
        let open = words.contains("公开") && words.contains("报告") && !joined;
        if name != right && ours && open {
            found.push(Misnamed { range: at..at + length, right: form.to_owned() });
        }
    }
    found
}

/// Names of the office that issued the notice on the form, nearly right: 国务院办公厅政府信息公开与政务公开办公室.
pub(in crate::rules) fn misnamed_issuer(text: &str) -> Vec<Misnamed> {
    /// More edits make another office of it, and so do the longest names.
    const MOST: usize = 3;
    const LONGEST: usize = 24;
    let title = law::FORMAT_2021.title.trim_start_matches('《');
    let Some((right, _)) = title.split_once("关于") else { return Vec::new() };
    let nation = &right[..5 * '国'.len_utf8()];
    let mut found = Vec::new();
    if !text.contains(nation) {
        return found;
    }
    let (right_chars, office) = (bare(right), '室');
    for (at, _) in text.match_indices(nation) {
        let run = text[at..].chars().take(LONGEST).take_while(|c| is_han(*c));
        let run: String = run.collect();
        let ends = run.match_indices(office).map(|(at, office)| at + office.len());
        let near = ends.map(|end| (distance(&bare(&run[..end]), &right_chars), end)).min();
        if let Some((1..=MOST, end)) = near {
            found.push(Misnamed { range: at..at + end, right: right.to_owned() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_and_its_issuer_without_their_marks() {
        let wrong = |text: &str| -> Vec<String> {
            let (form, issuer) = (misnamed_form(text), misnamed_issuer(text));
            form.iter().chain(&issuer).map(|found| text[found.range.clone()].to_owned()).collect()
        };
        assert_eq!(
            wrong("《关于印发中华人民共和国政务公开工作年度报告格式的通知》"),
            ["中华人民共和国政务公开工作年度报告格式"]
        );
        assert_eq!(
            wrong("国务院办公厅政府信息公开与政务公开办公室《关于印发〈格式〉的通知》"),
            ["国务院办公厅政府信息公开与政务公开办公室"]
        );
        for text in [
            law::FORMAT_2021.title,
            "国务院办公厅政务公开办公室，国务院办公厅，国务院办公厅电子政务办公室",
            "中华人民共和国政府信息公开条例和年度报告格式，中华人民共和国统计报表格式",
        ] {
            assert_eq!(wrong(text), [""; 0], "{text}");
        }
    }
}
