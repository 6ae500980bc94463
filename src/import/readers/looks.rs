//! The looks of runs in Word files that say that their words are not of the text, or no part of the word before them.

use super::super::sheet::Reason;
use super::numbering::{find, value};
use crate::package::xml::Element;

/// The look of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Raised behind other words, as numbers of notes are.
    Raised,
    /// Left out of the text.
    Left(Reason),
}

impl Look {
    /// The look that a run has by its own properties.
    pub(super) fn of(run: &Element) -> Self {
        let Some(properties) = find(run, "rPr") else { return Self::Plain };
        let is_on = |name: &str| {
            let typed = find(properties, name).map(|property| value(property, "val"));
            typed.is_some_and(|typed| !matches!(typed, Some("0" | "false" | "off")))
        };
        if is_on("vanish") {
            Self::Left(Reason::Hidden)
        } else if is_on("strike") || is_on("dstrike") {
            Self::Left(Reason::Struck)
        } else if find(properties, "vertAlign").and_then(|a| value(a, "val")) == Some("superscript")
        {
            Self::Raised
        } else {
            Self::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_told_by_the_properties_of_runs() {
        let look = |properties: &str| {
            let run = format!("<w:r><w:rPr>{properties}</w:rPr><w:t>1</w:t></w:r>");
            Look::of(&crate::package::xml::parse(&run).unwrap())
        };
        for (properties, expected) in [
            ("<w:b/>", Look::Plain),
            ("<w:vertAlign w:val=\"superscript\"/>", Look::Raised),
            ("<w:vertAlign w:val=\"baseline\"/><w:strike w:val=\"0\"/>", Look::Plain),
            ("<w:strike/>", Look::Left(Reason::Struck)),
            ("<w:dstrike w:val=\"true\"/>", Look::Left(Reason::Struck)),
            ("<w:strike/><w:vanish/>", Look::Left(Reason::Hidden)),
        ] {
            assert_eq!(look(properties), expected, "{properties}");
        }
    }
}
