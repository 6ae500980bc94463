//! The filters of the templates that say where lines may end: they add elements, never a character.

use crate::document::words;
use crate::package::xml;
use crate::template::Setter;

/// The filters by name.
pub(super) const SETTERS: &[Setter] = &[("by_words", by_words), ("running", running)];

/// A name, a title or a label whose lines end between words: the style sheet forbids all other ends.
fn by_words(text: &str, _: &dyn Fn(&str) -> bool) -> String {
    let words: Vec<String> = words::words(text).iter().map(|word| escape(word.text)).collect();
    words.join("<wbr>")
}

/// Running text: what must stay on one line stands in an element of class `whole`, and Western characters
/// that touch Chinese ones in one of class `west`, for browsers that leave no white between them.
///
/// `last` says that the text ends its paragraph; `inline` writes styles in place of classes, for pages
/// whose style sheet is not ours. There nothing can ask what a browser knows, and the white is always a margin.
fn running(text: &str, is_true: &dyn Fn(&str) -> bool) -> String {
    let inline = is_true("inline");
    let gaps = words::gaps(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for part in words::whole_parts(text, is_true("last")) {
        west(text, at..part.start, &gaps, inline, &mut out);
        out.push_str(match inline {
            true => r#"<span style="white-space:nowrap">"#,
            false => r#"<span class="whole">"#,
        });
        west(text, part.clone(), &gaps, inline, &mut out);
        out.push_str("</span>");
        at = part.end;
    }
    west(text, at..text.len(), &gaps, inline, &mut out);
    out
}

/// Writes a part of a text, with its Western characters marked that have a gap at either end.
fn west(text: &str, part: std::ops::Range<usize>, gaps: &[usize], inline: bool, out: &mut String) {
    let is_western = |c: char| !words::is_ideograph(c) && !matches!(c, '\u{2000}'..);
    let mut rest = part.start;
    while let Some(found) = text[rest..part.end].find(is_western) {
        let start = rest + found;
        let length = text[start..part.end].find(|c| !is_western(c)).unwrap_or(part.end - start);
        let end = start + length;
        out.push_str(&escape(&text[rest..start]));
        let opening = match (gaps.binary_search(&start).is_ok(), gaps.binary_search(&end).is_ok()) {
            (true, true) if inline => r#"<span style="margin:0 .125em">"#,
            (true, false) if inline => r#"<span style="margin-left:.125em">"#,
            (false, true) if inline => r#"<span style="margin-right:.125em">"#,
            (true, true) => r#"<span class="west">"#,
            (true, false) => r#"<span class="west-first">"#,
            (false, true) => r#"<span class="west-last">"#,
            (false, false) => "",
        };
        let closing = if opening.is_empty() { "" } else { "</span>" };
        let words = escape(&text[start..end]);
        out.extend([opening, words.as_str(), closing]);
        rest = end;
    }
    out.push_str(&escape(&text[rest..part.end]));
}

/// As the template library escapes values.
fn escape(text: &str) -> String {
    xml::escape(text).replace("&apos;", "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_by_places_to_break_at() {
        let set = by_words("（二）部分公开<1>", &|_| false);
        assert_eq!(set, "（二）部分<wbr>公开<wbr>&lt;1&gt;");
    }

    #[test]
    fn running_text_keeps_its_characters() {
        let text = "全年收到128件，占45.3%；用APP、2023年 <a>&（8条）。";
        for (last, inline) in [(true, false), (false, true)] {
            let set = running(text, &|name| if name == "last" { last } else { inline });
            let mut bare = String::new();
            let mut inside = false;
            for c in set.chars() {
                inside |= c == '<';
                if !inside {
                    bare.push(c);
                }
                inside &= c != '>';
            }
            assert_eq!(bare, escape(text));
        }
        assert_eq!(
            running("共8条，45%；", &|_| false),
            r#"共<span class="whole"><span class="west">8</span>条</span>，<span class="whole">45%</span>；"#
        );
        assert_eq!(
            running("用APP办", &|name| name == "inline"),
            r#"用<span style="margin:0 .125em">APP</span>办"#
        );
    }
}
