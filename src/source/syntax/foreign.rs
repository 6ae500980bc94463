//! Text that is no data file at all, named for what it is.

use super::problem;
use crate::diag::Diagnostic;

/// A diagnostic on a text that some other program has written, where its first words tell.
pub(in super::super) fn foreign(text: &str) -> Option<Diagnostic> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = start.chars().take(200).collect::<String>().to_lowercase();
    let (what, help) = if head.starts_with("{\\rtf") {
        ("RTF 文件（Word、写字板存的）", EXPORTED)
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        ("网页文件", EXPORTED)
    } else if head.starts_with("<?xml") || head.starts_with("<") && head.contains("xmlns") {
        ("XML 文件", EXPORTED)
    } else if head.starts_with("%pdf") {
        ("PDF 文件", EXPORTED)
    } else if head.starts_with('{') && head.contains("\":") {
        ("JSON 文件", EXPORTED)
    } else {
        return None;
    };
    let end = start.chars().next().map_or(0, char::len_utf8);
    let at = text.len() - start.len();
    Some(problem(at..at + end, format!("这是{what}，不是年报的数据文件"), "", help))
}

/// The remedy for a file of another program.
const EXPORTED: &str =
    "要检查的是数据文件（.toml）；没有的，先用 nianbao new 年报.toml 新建，再把内容填进去";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_programs_are_known_by_their_beginning() {
        let of = |text: &str| foreign(text).map(|found| found.message);
        assert!(of("{\\rtf1\\ansi 年报}").unwrap().contains("RTF"));
        assert!(of("\u{feff}\n<!DOCTYPE html><html>").unwrap().contains("网页"));
        assert!(of("<html lang=zh>").unwrap().contains("网页"));
        assert!(of("{\"year\": 2023}").unwrap().contains("JSON"));
        assert_eq!(of("# 说明\nformat = \"2021\"\n"), None);
        assert_eq!(of(""), None);
    }
}
