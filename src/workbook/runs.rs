//! Runs of a cell that say by their look that they are no part of the text beside them: the reader of cells joins all runs,
//! and a struck 78 before 87 would be 7887.

use std::borrow::Cow;

/// The mark before words of a cell that are struck out.
pub(crate) const STRUCK: &str = "〔划掉：";
/// The mark before words of a cell that are raised.
pub(crate) const RAISED: &str = "〔上标：";
/// The mark behind both.
pub(crate) const END: char = '〕';

/// A part that holds texts of cells, in which runs that are struck out or raised stand between marks.
pub(super) fn marked(part: &str) -> Cow<'_, str> {
    if !part.contains("strike") && !part.contains("superscript") {
        return Cow::Borrowed(part);
    }
    let mut out = String::with_capacity(part.len());
    let mut mark = None;
    let mut is_run = false;
    let mut pieces = part.split('<');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let is_closed = tag.ends_with('/');
        let name =
            tag.trim_end_matches('/').split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
        let (ends, name) = name.strip_prefix('/').map_or((false, name), |name| (true, name));
        let name = name.rsplit(':').next().unwrap_or_default();
        match (name, ends) {
            ("r", _) => (is_run, mark) = (!ends && !is_closed, None),
            ("strike", false) if is_run && !is_off(tag) => mark = Some(STRUCK),
            ("vertAlign", false) if is_run && mark.is_none() && tag.contains("superscript") => {
                mark = Some(RAISED);
            }
            ("t", true) if is_run && mark.is_some() => out.push(END),
            _ => {}
        }
        out.push('<');
        out.push_str(&piece[..piece.len() - text.len()]);
        if let Some(mark) = mark.filter(|_| is_run && name == "t" && !ends && !is_closed) {
            out.push_str(mark);
        }
        out.push_str(text);
    }
    Cow::Owned(out)
}

/// True if a property is named in order to say that it does not hold.
fn is_off(tag: &str) -> bool {
    let value = tag.split_once("val").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    matches!(value, Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn struck_and_raised_runs_stand_between_marks_and_others_as_they_were() {
        let si = |properties: &str| {
            format!(
                "<si><r><rPr>{properties}</rPr><t xml:space=\"preserve\">78</t></r><r><t>87</t></r></si>"
            )
        };
        let text = |part: &str| {
            let texts = part.split('<').filter_map(|piece| piece.split_once('>'));
            texts.map(|(_, text)| text).collect::<String>()
        };
        for (properties, expected) in [
            ("<strike/><sz val=\"11\"/>", "〔划掉：78〕87"),
            ("<x:strike val=\"1\"/>", "〔划掉：78〕87"),
            ("<vertAlign val=\"superscript\"/>", "〔上标：78〕87"),
            ("<strike val='0'/>", "7887"),
            ("<vertAlign val=\"subscript\"/><color theme=\"1\"/>", "7887"),
        ] {
            let part = si(properties);
            assert_eq!(text(&marked(&part)), expected, "{properties}");
            assert!(!text(&part).contains(END));
        }
        // A style that strikes out, in no run, and tags that never end.
        let style = "<font><strike/></font><si><t>78</t></si>";
        assert_eq!(marked(style), style);
        assert_eq!(marked("<r><strike/><t>8<"), "<r><strike/><t>〔划掉：8<");
        assert_eq!(
            marked("<r><strike/><t/></r><row r=\"1\"/>"),
            "<r><strike/><t/></r><row r=\"1\"/>"
        );
    }
}
