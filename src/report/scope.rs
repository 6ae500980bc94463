//! [`FigureScope`]: whose some figures of the texts are, where the data file settles it.

use std::ops::Range;

use super::FieldPath;

/// The scope of the figures of one text, or of one sentence of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureScope {
    /// The text, or the part that holds it.
    pub at: FieldPath,
    /// Some words of the one sentence that is meant; all of the text when absent.
    pub words: Option<String>,
    /// The scope.
    pub whose: Option<Whose>,
    /// The reason.
    pub reason: String,
}

/// The scope of some figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of the tables, whatever body the words before them name.
    Own,
    /// Those of another body, or of more or less than the tables count.
    Other,
}

impl Whose {
    /// All of them with their keys in the data file and their names.
    pub const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Own, "own", "就是三张表统计的，照常核对"),
        (Self::Other, "other", "不是三张表统计的，不与表核对"),
    ];
}

/// The sentence that some words stand in cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceError {
    /// The words do not stand in the text.
    Missing,
    /// They stand in more than one sentence.
    Several,
}

impl FigureScope {
    /// True if it speaks of the text with that address.
    pub fn is_of(&self, text: &FieldPath) -> bool {
        !self.at.is_root() && (*text == self.at || text.parent() == self.at && is_part(&self.at))
    }

    /// The bytes of a text as typed that it speaks of.
    ///
    /// # Errors
    ///
    /// When it names words that do not stand in one sentence of the text.
    pub fn range(&self, typed: &str) -> Result<Range<usize>, SentenceError> {
        let Some(words) = self.words.as_deref().map(str::trim).filter(|words| !words.is_empty())
        else {
            return Ok(0..typed.len());
        };
        let first = typed.find(words).ok_or(SentenceError::Missing)?;
        let sentence = sentence_at(typed, first..first + words.len());
        match typed[sentence.end..].find(words) {
            Some(_) => Err(SentenceError::Several),
            None => Ok(sentence),
        }
    }
}

/// True if an address is that of one part of a section, and not of a section.
fn is_part(at: &FieldPath) -> bool {
    at.as_str().ends_with(']')
}

/// The bytes of the sentence, or of the sentences, that some bytes stand in.
fn sentence_at(text: &str, words: Range<usize>) -> Range<usize> {
    const ENDS: [char; 4] = ['。', '！', '？', '\n'];
    let start = text[..words.start]
        .char_indices()
        .rev()
        .find(|(_, c)| ENDS.contains(c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[words.end..]
        .char_indices()
        .find(|(_, c)| ENDS.contains(c))
        .map_or(text.len(), |(at, c)| words.end + at + c.len_utf8());
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(at: &str, words: Option<&str>) -> FigureScope {
        FigureScope {
            at: FieldPath::new(at),
            words: words.map(str::to_owned),
            ..FigureScope::default()
        }
    }

    #[test]
    fn a_declaration_is_of_one_text_or_one_part_and_never_of_a_section() {
        let text = FieldPath::new("overview.parts[1].text");
        assert!(scope("overview.parts[1].text", None).is_of(&text));
        assert!(scope("overview.parts[1]", None).is_of(&text));
        for at in ["overview.parts", "overview", "", "overview.parts[2]"] {
            assert!(!scope(at, None).is_of(&text), "{at}");
        }
        assert!(!scope("overview", None).is_of(&FieldPath::new("overview.text")));
    }

    #[test]
    fn the_sentence_is_found_by_some_of_its_words() {
        let text = "甲3件。乙政府收到4件，办结5件。\n丙6件";
        let found = |words| scope("overview.text", Some(words)).range(text);
        assert_eq!(found("乙政府").map(|range| &text[range]), Ok("乙政府收到4件，办结5件。"));
        assert_eq!(found("丙").map(|range| &text[range]), Ok("丙6件"));
        assert_eq!(found("丁"), Err(SentenceError::Missing));
        assert_eq!(found("件"), Err(SentenceError::Several));
        assert_eq!(scope("overview.text", None).range(text), Ok(0..text.len()));
    }
}
