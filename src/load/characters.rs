//! FT01: characters that web pages and Word files show and those with pages cannot, said before one is made.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use crate::branding::faces_of;
use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::document;
use crate::files;
use crate::layout::{Faces, needs_shaping, unprintable};
use crate::report::Report;
use crate::source::SourceFile;

/// The problem of a character that no face has.
pub static UNPRINTABLE: Problem = Problem {
    code: "FT01",
    name: "character-without-face",
    title: "PDF 没有这个字的字形",
    severity: Severity::Warning,
    docs: Docs {
        what: "报告里的每个字，自带的字体和数据文件 [fonts] 中写的字体里有没有。姓名、地名中《通用规范汉字表》以外的字（如扩展 B 区以后的汉字）、彝文等，自带的字体没有；藏文、维吾尔文、蒙古文等要连写、变形，PDF 和 OFD 里排不出。",
        why: "PDF 和 OFD 要把字形一起存进文件，没有字形的字印不出来。网页和 Word 文件用读者电脑上的字体，照常生成；PDF 和 OFD 要另外指定字体，否则不生成，以前生成的不动。",
        example: "[agency]\nname = \"某某市𠮷祥街道办事处\"",
        corrected: "[fonts]\nbody = \"有这个字的字体.ttf\"",
    },
};

/// The number of characters that are named one by one.
const MOST: usize = 20;

/// The findings on the characters of a report, in the order of its data file.
pub(super) fn findings(source: &SourceFile, report: &Report, path: &Path) -> Vec<Diagnostic> {
    // What is printed is typed in the file, unless it is typed by the number of a character.
    let typed = source.text();
    if !typed.contains('\\')
        && unprintable([typed], &Faces::bundled()).is_ok_and(|of| of.is_empty())
    {
        return Vec::new();
    }
    let document = document::build(report, false);
    let lacking = |faces: &Faces| unprintable(document.texts(), faces).unwrap_or_default();
    let mut faces = Faces::bundled();
    let mut characters = lacking(&faces);
    if characters.iter().any(|(character, _)| needs_shaping(*character).is_none()) {
        // What is wrong with a face is said when a file with pages is made.
        for font in faces_of(report, path) {
            let Ok(bytes) = files::read_bytes(&font.file) else { continue };
            if let Ok((with, _)) = faces.clone().with(font.role, bytes, font.face.as_deref()) {
                faces = with;
            }
        }
        characters = lacking(&faces);
    }
    let mut findings = Vec::new();
    let mut scripts: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
    for (character, _) in &characters {
        match needs_shaping(*character) {
            Some(script) => scripts.entry(script).or_default().push(*character),
            None => findings.push(without_face(*character, source.text())),
        }
    }
    findings.truncate(MOST);
    findings.extend(scripts.iter().map(|(script, of)| to_be_shaped(script, of, source.text())));
    findings
}

fn without_face(character: char, text: &str) -> Diagnostic {
    let message = format!("自带的字体里没有“{character}”（U+{:04X}）", u32::from(character));
    finding(message, place(character, text), "PDF 没有这个字的字形")
        .help("网页和 Word 文件照常生成。要生成 PDF、OFD，用 --font 或数据文件的 [fonts] 指定有这个字的字体，或者加 --system-fonts 用本机安装的字体")
        .help("是生僻字的，不要改用别的字代替；是误输入的，改正即可")
}

fn to_be_shaped(script: &str, characters: &[char], text: &str) -> Diagnostic {
    let first = characters.first().copied().unwrap_or_default();
    let message = format!("PDF、OFD 里排不出{script}（如“{first}”，U+{:04X}）", u32::from(first));
    finding(message, place(first, text), "要连写、变形")
        .help(format!("{script}的字母随前后的字母变形，本程序排 PDF、OFD 时不做这种处理，指定字体也不行；网页和 Word 文件照常生成，需要 PDF 的，从 Word 文件另存"))
}

fn finding(message: String, place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(UNPRINTABLE.code, UNPRINTABLE.severity, place, message, label)
}

/// The position of a character in a data file: what is printed, not a remark behind `#`.
fn place(character: char, text: &str) -> Place {
    let length = character.len_utf8();
    let is_remark = |at: usize| {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let before = line.find('#').map(|mark| &line[..mark]);
        before.is_some_and(|before| before.matches('"').count().is_multiple_of(2))
    };
    let all = || text.match_indices(character).map(|(at, _)| at);
    match all().find(|at| !is_remark(*at)).or_else(|| all().next()) {
        Some(at) => Place::Bytes(Range { start: at, end: at + length }),
        // Written as an escape, or put together by the program.
        None => Place::File,
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use crate::source;

    fn found(text: &str) -> Vec<(String, String)> {
        let source = SourceFile::parse("a.toml", format!("format = \"2021\"\n{text}"));
        let (report, _) = source::read(&source);
        let found = report.map(|report| findings(&source, &report, Path::new("a.toml")));
        found
            .into_iter()
            .flatten()
            .map(|finding| {
                let range = source::locate(&source, &finding.primary.place);
                (finding.message, source.text()[..range.start].lines().count().to_string())
            })
            .collect()
    }

    #[test]
    fn what_the_pdf_cannot_print_is_found_where_it_stands() {
        // In a remark nothing is printed.
        let text = "# 𠮷\n[agency]\nname = \"某某市𠮷祥街道\" # 𠮷\n[overview]\ntext = '''\n镕基路#1号𠮷店。\n'''\n";
        assert_eq!(found(text), [("自带的字体里没有“𠮷”（U+20BB7）".to_owned(), "4".to_owned())]);
        let tibetan = "[overview]\ntext = '''\n设有藏文版：བོད་ཡིག།\n维吾尔文版：ئۇيغۇرچە。\n'''\n";
        let found = found(tibetan);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].0.contains("排不出") && found.iter().any(|(m, _)| m.contains("藏文")));
    }

    #[test]
    fn ordinary_text_is_silent() {
        assert!(found("[overview]\ntext = \"全年公开信息3415条，堃、喆、镕。\"\n").is_empty());
    }
}
