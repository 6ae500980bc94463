//! The figures of the texts: how many were held against something, and on request each with its verdict.

use super::excerpt::{columns, left, right};
use super::format::{Figures, Style};
use super::outside::on_one_line;
use super::wrap::wrapped;
use crate::load::Loaded;
use crate::rules::FigureClass;
use crate::source::{Lines, locate};

/// The widths of the columns before the words on a verdict: the line, the words of the text, the verdict.
const LINE: usize = 5;
const WORDS: usize = 28;
const VERDICT: usize = 6;
/// The blanks between columns.
const GAP: &str = "  ";
/// The widest list: no one reads longer lines.
const WIDEST: usize = 120;

/// The words of a check on the figures of a file: one line with counts, and before it each of them where that
/// was asked for. Nothing where there are none, or nothing was to be told.
pub(super) fn render(loaded: &Loaded, style: Style, width: usize) -> String {
    let coverage = &loaded.review.coverage;
    let listed = match style.figures {
        Figures::Untold => return String::new(),
        Figures::Counted => false,
        Figures::Listed => true,
    };
    if coverage.n_quantities() == 0 && !listed || loaded.review.is_fresh() {
        return String::new();
    }
    let list = if listed { list(loaded, width.min(WIDEST)) } else { String::new() };
    let unjudged = coverage.count(FigureClass::Unjudged) > 0;
    let hint = if unjudged && !listed { "（用 --coverage 列出）" } else { "" };
    format!("{list}{}{hint}\n", coverage.line())
}

fn list(loaded: &Loaded, width: usize) -> String {
    let source = &loaded.source;
    let lines = Lines::of(source.text());
    let indent = LINE + WORDS + VERDICT + 3 * GAP.len();
    let room = width.saturating_sub(indent).max(WORDS);
    let mut text = format!(
        "{}{GAP}{}{GAP}{}{GAP}读作什么，与什么核对；未判断的原因\n",
        right("行", LINE),
        left("文字", WORDS),
        left("结果", VERDICT)
    );
    for figure in &loaded.review.coverage.figures {
        let line = lines.position(locate(source, &figure.place).start).line;
        let words = tail(&on_one_line(&figure.words), WORDS);
        let told = on_one_line(&figure.explanation());
        let mut rows = wrapped(&told, room).into_iter();
        text.push_str(&format!(
            "{}{GAP}{}{GAP}{}{GAP}{}\n",
            right(&line.to_string(), LINE),
            left(&words, WORDS),
            left(figure.result(), VERDICT),
            rows.next().unwrap_or_default()
        ));
        for row in rows {
            text.push_str(&format!("{}{row}\n", " ".repeat(indent)));
        }
    }
    text
}

/// The end of some words that fits into so many columns: the figure stands there.
fn tail(words: &str, width: usize) -> String {
    const LEFT_OUT: &str = "…";
    if columns(words) <= width {
        return words.to_owned();
    }
    let words = words.trim_start_matches('…');
    let fits = |start: &usize| columns(&words[*start..]) + columns(LEFT_OUT) <= width;
    let start = words.char_indices().map(|(at, _)| at).find(fits).unwrap_or(words.len());
    format!("{LEFT_OUT}{}", &words[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_end() {
        assert_eq!(tail("收到42件", 8), "收到42件");
        assert_eq!(tail("……共收到申请42件", 11), "…申请42件");
    }
}
