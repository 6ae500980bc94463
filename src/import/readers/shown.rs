//! Words of web pages as browsers show them.

use super::super::error::ImportError;
use super::super::letters::{raised, squeezed};
use super::super::sheet::Reason;
use super::tree::{Node, Tree};
use crate::budget::PUBLISHED_DEPTH;

/// Elements whose words are not shown, or are of the page and not of the article.
const UNSHOWN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "option",
    "textarea", "svg", "iframe", "object", "audio", "video", "canvas",
];

/// Elements that stand on lines of their own.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
];

/// The class that marks, on pages of this program, what is of the page and not of the report.
const NOT_REPORT: &str = "not-report";

/// The fate of the words in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    /// Shown, but raised behind other words, as numbers of notes are.
    Raised,
    /// Left out.
    Left(Reason),
    /// No words at all.
    Code,
}

/// The fate of the words in an element by its name and its own style; style sheets are not read.
pub(super) fn fate(node: &Node) -> Fate {
    let class = node.get("class").unwrap_or_default();
    let style = |name: &str, values: &[&str]| {
        let all = node.get("style").unwrap_or_default().split(';');
        all.filter_map(|one| one.split_once(':')).any(|(own, value)| {
            let value = squeezed(value).to_ascii_lowercase();
            let value = value.trim_end_matches("!important");
            own.trim().eq_ignore_ascii_case(name) && values.contains(&value)
        })
    };
    let is_struck = || {
        let decoration = node.get("style").map(squeezed).unwrap_or_default().to_ascii_lowercase();
        decoration.contains("line-through")
    };
    match node.name.as_str() {
        "script" | "style" | "head" | "template" => Fate::Code,
        name if UNSHOWN.contains(&name) || class.split_whitespace().any(|c| c == NOT_REPORT) => {
            Fate::Left(Reason::Frame)
        }
        _ if node.get("hidden").is_some() || style("display", &["none"]) => {
            Fate::Left(Reason::Frame)
        }
        _ if style("visibility", &["hidden", "collapse"])
            || style("opacity", &["0"])
            || style("font-size", &["0", "0px", "0pt", "0em"]) =>
        {
            Fate::Left(Reason::Hidden)
        }
        "s" | "del" | "strike" => Fate::Left(Reason::Struck),
        _ if is_struck() => Fate::Left(Reason::Struck),
        "sup" => Fate::Raised,
        _ if style("vertical-align", &["super"]) => Fate::Raised,
        _ => Fate::Shown,
    }
}

/// Text with its blanks as browsers show them; a line end between Chinese characters is none.
pub(super) fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<bool> = None;
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            pending = Some(pending.unwrap_or(false) || c == '\n' || c == '\r');
            continue;
        }
        if let Some(has_end) = pending.take() {
            let wide = |c: char| u32::from(c) >= 0x2e80 || "“”‘’…—·".contains(c);
            let both = out.chars().next_back().is_none_or(wide) && wide(c);
            if !(out.is_empty() || has_end && both) {
                out.push(' ');
            }
        }
        out.push(c);
    }
    out
}

/// Words that are left out, each with the reason.
pub(super) type Left = Vec<(Reason, String)>;

/// The words below a node that are shown; what is not is kept aside.
pub(super) fn shown(
    tree: &Tree,
    index: usize,
    depth: usize,
    left: &mut Left,
) -> Result<String, ImportError> {
    let node = &tree.nodes[index];
    match fate(node) {
        Fate::Shown => {
            below(tree, index, depth, &mut |child, depth| shown(tree, child, depth, left))
        }
        Fate::Raised => {
            let words =
                below(tree, index, depth, &mut |child, depth| shown(tree, child, depth, left))?;
            Ok(raised(&words))
        }
        Fate::Code => Ok(String::new()),
        Fate::Left(reason) => {
            left.extend(all(tree, index, depth)?.map(|words| (reason, words)));
            Ok(String::new())
        }
    }
}

/// All words below a node, shown or not, without blanks; none if there are no words.
pub(super) fn all(tree: &Tree, index: usize, depth: usize) -> Result<Option<String>, ImportError> {
    fn walk(tree: &Tree, index: usize, depth: usize) -> Result<String, ImportError> {
        match fate(&tree.nodes[index]) {
            Fate::Code => Ok(String::new()),
            Fate::Shown | Fate::Raised | Fate::Left(_) => {
                below(tree, index, depth, &mut |child, depth| walk(tree, child, depth))
            }
        }
    }
    let words = squeezed(&walk(tree, index, depth)?);
    Ok((!words.is_empty()).then_some(words))
}

/// The words of a node and those below it; what stands on lines of its own does.
fn below(
    tree: &Tree,
    index: usize,
    depth: usize,
    of: &mut dyn FnMut(usize, usize) -> Result<String, ImportError>,
) -> Result<String, ImportError> {
    if depth > PUBLISHED_DEPTH {
        return Err(ImportError::too_large("网页的标签套了太多层"));
    }
    let node = &tree.nodes[index];
    let mut text = node.text.clone();
    for child in &node.children {
        let name = tree.nodes[*child].name.as_str();
        let parts = BLOCKS.contains(&name);
        let inner = of(*child, depth + 1)?;
        if name == "br" || (parts && !text.trim().is_empty()) {
            text.push('\n');
        }
        text.push_str(&inner);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    #[test]
    fn line_ends_between_chinese_characters_are_none() {
        assert_eq!(collapsed("  本年\n  新收 3 件，\n共\nA B\n"), "本年新收 3 件，共 A B");
    }

    #[test]
    fn what_is_struck_out_or_hidden_is_no_figure_and_what_is_raised_is_none_either() {
        let read = |html: &str| {
            let (tree, mut left) = (parse(html).unwrap(), Left::new());
            let words = shown(&tree, 0, 0, &mut left).unwrap();
            (words, left)
        };
        let left = |reason, words: &str| vec![(reason, words.to_owned())];
        assert_eq!(read("<p>37<sup>1</sup>").0, "37¹");
        assert_eq!(read("<p>37<sup><a href=#n>注1</a></sup>").0, "37注1");
        for struck in [
            "<s>36</s>",
            "<DEL>36</DEL>",
            "<i style='TEXT-DECORATION:underline line-through'>36</i>",
        ] {
            let page = format!("<p>{struck}37");
            assert_eq!(read(&page), ("37".to_owned(), left(Reason::Struck, "36")), "{struck}");
        }
        for hidden in ["visibility: hidden", "font-size:0px !important", "color:red; Opacity: 0"] {
            let page = format!("<p><b style=\"{hidden}\">3</b>37");
            assert_eq!(read(&page), ("37".to_owned(), left(Reason::Hidden, "3")), "{hidden}");
        }
        let (words, left) = read("<p><b style='font-size:0.8em;opacity:0.9'>3</b>7");
        assert_eq!((words.as_str(), left), ("37", Left::new()));
    }
}
