//! Errors of rendering a document.

use std::fmt;

use crate::budget::PAGES;
use crate::guard::Panicked;
use crate::layout::needs_shaping;

/// The reason why a document could not be rendered. Its text is for the reader, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderError {
    /// A template is wrong: its name, the line and column counted from 1, and what is wrong.
    Template {
        /// The name of the template.
        name: String,
        /// The line, when known.
        line: Option<usize>,
        /// The column in characters, when known.
        column: Option<usize>,
        /// The fault.
        message: String,
    },
    /// No face has these characters; each with the words around its first use.
    MissingCharacters(Vec<(char, String)>),
    /// A face cannot be used.
    Font {
        /// The face.
        face: String,
        /// Its fault.
        message: String,
    },
    /// A figure has more digits than its cell has room for; what is wrong, with the cell.
    FigureTooLong(String),
    /// A character that the format cannot carry, with the words around it.
    ForbiddenCharacter {
        /// The character.
        character: char,
        /// A few words before and after it.
        around: String,
    },
    /// A Word file given as reference cannot be used; what is wrong with it.
    Reference(String),
    /// It would take more pages than the budget allows.
    TooLong,
    /// A library refused what it was given.
    Library(String),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { name, line, column, message } => {
                write!(f, "模板 {name}")?;
                if let (Some(line), Some(column)) = (line, column) {
                    write!(f, " 第{line}行第{column}列")?;
                }
                write!(f, "：{message}")
            }
            Self::MissingCharacters(characters) => f.write_str(&unprintable_words(characters)),
            Self::Font { face, message } => write!(f, "字体 {face} 无法使用：{message}"),
            Self::ForbiddenCharacter { character, around } => write!(
                f,
                "字符 U+{:04X} 无法写入文件（见“{around}”），请删去",
                u32::from(*character)
            ),
            Self::FigureTooLong(message) => f.write_str(message),
            Self::Reference(message) => write!(f, "参考文档无法使用：{message}"),
            Self::TooLong => write!(f, "文字太多，超过 {PAGES} 页"),
            Self::Library(message) => f.write_str(message),
        }
    }
}

impl From<Panicked> for RenderError {
    fn from(panicked: Panicked) -> Self {
        Self::Library(panicked.to_string())
    }
}

impl std::error::Error for RenderError {}

/// The characters that pages cannot show, the reason, and the remedy.
fn unprintable_words(characters: &[(char, String)]) -> String {
    /// The most that are named; the check names them all.
    const MOST: usize = 8;
    let (shaped, lacking): (Vec<_>, Vec<_>) =
        characters.iter().partition(|(character, _)| needs_shaping(*character).is_some());
    let mut reasons = Vec::new();
    if !lacking.is_empty() {
        let named = lacking.iter().take(MOST).map(|(character, around)| {
            format!("“{character}”（U+{:04X}，见“{around}”）", u32::from(*character))
        });
        let more = if lacking.len() > MOST {
            format!("等 {} 个字", lacking.len())
        } else {
            String::new()
        };
        reasons.push(format!(
            "字体里没有{}{more}；请用 --font 或 [fonts] 指定有这些字的字体，或者加 --system-fonts 用本机安装的字体",
            named.collect::<Vec<_>>().join("、")
        ));
    }
    let mut scripts: Vec<&str> =
        shaped.iter().filter_map(|(character, _)| needs_shaping(*character)).collect();
    scripts.dedup();
    if let (false, Some((first, around))) = (scripts.is_empty(), shaped.first()) {
        reasons.push(format!(
            "排不出{}（“{first}”，见“{around}”），它们的字母随前后变形；请用网页或 Word 文件",
            scripts.join("、")
        ));
    }
    reasons.join("。")
}
