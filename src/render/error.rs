//! What can go wrong when a document is rendered.

use std::fmt;

/// Why a document could not be rendered. Its text is for the reader, in Chinese.
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
        /// What is wrong.
        message: String,
    },
    /// No face has these characters; each with the words around its first use.
    MissingCharacters(Vec<(char, String)>),
    /// A face cannot be used.
    Font {
        /// Which face.
        face: String,
        /// What is wrong with it.
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
            Self::MissingCharacters(characters) => {
                f.write_str("所有字体中都没有下列字符，无法排版：")?;
                for (i, (character, around)) in characters.iter().enumerate() {
                    let separator = if i == 0 { "" } else { "；" };
                    write!(
                        f,
                        "{separator}“{character}”（U+{:04X}，见“{around}”）",
                        u32::from(*character)
                    )?;
                }
                Ok(())
            }
            Self::Font { face, message } => write!(f, "字体 {face} 无法使用：{message}"),
            Self::ForbiddenCharacter { character, around } => write!(
                f,
                "字符 U+{:04X} 无法写入文件（见“{around}”），请删去",
                u32::from(*character)
            ),
            Self::FigureTooLong(message) => f.write_str(message),
            Self::Reference(message) => write!(f, "参考文档无法使用：{message}"),
            Self::Library(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for RenderError {}
