//! The lines of a data file that a finding speaks of, cut so that each fits on the terminal.
//!
//! A paragraph is one line of the file, however long. What is shown of it is the words round each
//! mark; what lies between is left out.

use std::ops::Range;

use crate::source::Lines;

/// Some lines of a file, one behind the other.
pub(super) struct Excerpt {
    /// The lines; those far from every mark are empty, because nobody prints them.
    pub(super) text: String,
    /// The number of the first line, from 1.
    pub(super) first_line: usize,
    /// The bytes of `text` for each mark, in the order in which they were given.
    pub(super) marks: Vec<Range<usize>>,
}

/// The mark in the place of words left out.
const LEFT_OUT: char = '…';
/// The least columns shown behind the last mark.
const BEHIND: usize = 8;
/// The most lines shown beside a marked one.
const NEAR: usize = 2;

/// Takes out the lines round some marks, each at most `width` columns wide. At least one mark must
/// be given. A mark over several lines is shown on its first one.
pub(super) fn excerpt(
    text: &str,
    lines: &Lines<'_>,
    marks: &[Range<usize>],
    width: usize,
) -> Excerpt {
    let numbers: Vec<usize> = marks.iter().map(|mark| lines.position(mark.start).line).collect();
    let first_line = numbers.iter().copied().min().unwrap_or(1);
    let last_line = numbers.iter().copied().max().unwrap_or(1);
    let mut out = String::new();
    let mut placed = vec![0..0; marks.len()];
    for number in first_line..=last_line {
        let whole = lines.range(number);
        let line = &text[whole.clone()];
        let own: Vec<usize> = (0..marks.len()).filter(|i| numbers[*i] == number).collect();
        let near = own.is_empty() && numbers.iter().any(|n| n.abs_diff(number) <= NEAR);
        if !own.is_empty() {
            let within = |i: &usize| {
                let start = marks[*i].start.clamp(whole.start, whole.end) - whole.start;
                let end = marks[*i].end.clamp(whole.start, whole.end) - whole.start;
                start..end.max(start)
            };
            let inside: Vec<Range<usize>> = own.iter().map(within).collect();
            let (words, shown) = cut(line, &inside, width);
            for (i, mark) in own.iter().zip(shown) {
                placed[*i] = out.len() + mark.start..out.len() + mark.end;
            }
            out.push_str(&words);
        } else if near {
            out.push_str(&cut(line, &[], width).0);
        }
        out.push('\n');
    }
    Excerpt { text: out, first_line, marks: placed }
}

/// A line with the words round each mark, and the marks in it.
fn cut(line: &str, marks: &[Range<usize>], width: usize) -> (String, Vec<Range<usize>>) {
    if fits(line, width) {
        return (line.to_owned(), marks.to_vec());
    }
    // The key before an equals sign says more than the words behind a mark.
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or(0);
    let end = forward(line, 0, width.saturating_sub(1));
    if forward(line, last, BEHIND) <= end {
        return (format!("{}{LEFT_OUT}", &line[..end]), marks.to_vec());
    }
    // A mark is shown as far as it leaves room for the words beside it.
    let longest = (width * 3 / 5 / marks.len().max(1)).max(4);
    let heads: Vec<Range<usize>> = marks
        .iter()
        .map(|mark| mark.start..forward(line, mark.start, longest).min(mark.end))
        .collect();
    let marked: usize = heads.iter().map(|head| columns(&line[head.clone()])).sum();
    let kept = keep(line, &heads, width.saturating_sub(marked));
    let mut words = String::new();
    let mut shown = vec![0..0; marks.len()];
    let mut end = 0;
    for piece in kept {
        if piece.start > end {
            words.push(LEFT_OUT);
        }
        for (head, shown) in heads.iter().zip(&mut shown) {
            if piece.start <= head.start && head.end <= piece.end {
                let at = words.len() + head.start - piece.start;
                *shown = at..at + head.len();
            }
        }
        words.push_str(&line[piece.clone()]);
        end = piece.end;
    }
    if end < line.len() {
        words.push(LEFT_OUT);
    }
    (words, shown)
}

/// The pieces of a line to be shown, in order: the marks with `room` columns shared out beside them.
fn keep(line: &str, heads: &[Range<usize>], room: usize) -> Vec<Range<usize>> {
    let room = room.saturating_sub(2 * (heads.len() + 1));
    if heads.is_empty() {
        return std::iter::once(0..forward(line, 0, room)).collect();
    }
    let before = room * 2 / 5 / heads.len();
    let after = room / heads.len() - before;
    let mut pieces: Vec<Range<usize>> = heads
        .iter()
        .map(|head| {
            let start = backward(line, head.start, before);
            // What is not needed before the mark is used behind it.
            let unused = before.saturating_sub(columns(&line[start..head.start]));
            let unused = if start == 0 { unused } else { 0 };
            start..forward(line, head.end, after + unused)
        })
        .collect();
    if let [only] = pieces.as_mut_slice()
        && only.end == line.len()
    {
        only.start = backward(line, heads[0].start, room - columns(&line[heads[0].end..]));
    }
    pieces.sort_by_key(|piece| piece.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => merged.push(piece),
        }
    }
    merged
}

/// True if a text is at most so many columns wide; reads no more of it than that.
fn fits(text: &str, width: usize) -> bool {
    forward(text, 0, width) == text.len()
}

/// The byte behind as many characters from `from` on as fit into so many columns.
fn forward(text: &str, from: usize, columns: usize) -> usize {
    let mut left = columns;
    for (i, c) in text[from..].char_indices() {
        match left.checked_sub(width_of(c)) {
            Some(rest) => left = rest,
            None => return from + i,
        }
    }
    text.len()
}

/// The byte before as many characters up to `to` as fit into so many columns.
fn backward(text: &str, to: usize, columns: usize) -> usize {
    let mut left = columns;
    let mut start = to;
    for (i, c) in text[..to].char_indices().rev() {
        match left.checked_sub(width_of(c)) {
            Some(rest) => left = rest,
            None => return start,
        }
        start = i;
    }
    start
}

/// The columns of a terminal that a text takes.
pub(in crate::cli) fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// A text with blanks behind it, so that it takes so many columns.
pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", blanks(text, width))
}

/// A text with blanks before it, as figures stand.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", blanks(text, width))
}

fn blanks(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(columns(text)))
}

/// The columns that a terminal gives a character, near enough for cutting.
fn width_of(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{1100}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str], width: usize) -> (Excerpt, Vec<String>) {
        let marks: Vec<Range<usize>> = words
            .iter()
            .map(|word| text.find(word).map(|at| at..at + word.len()).unwrap())
            .collect();
        let excerpt = excerpt(text, &Lines::of(text), &marks, width);
        let marked = excerpt.marks.iter().map(|mark| excerpt.text[mark.clone()].to_owned());
        let marked = marked.collect();
        (excerpt, marked)
    }

    #[test]
    fn a_line_that_fits_stays_whole() {
        let (excerpt, marked) = shown("甲\n乙丙丁\n戊", &["丙"], 40);
        assert_eq!((excerpt.text.as_str(), excerpt.first_line), ("乙丙丁\n", 2));
        assert_eq!(marked, ["丙"]);
    }

    #[test]
    fn a_long_line_is_cut_round_its_mark() {
        let text = format!("{}错字{}", "前".repeat(5000), "后".repeat(5000));
        let (excerpt, marked) = shown(&text, &["错字"], 60);
        assert_eq!(marked, ["错字"]);
        assert!(columns(excerpt.text.trim_end()) <= 60, "{}", excerpt.text);
        assert!(columns(&excerpt.text) >= 50, "{}", excerpt.text);
        assert!(excerpt.text.starts_with("…前") && excerpt.text.ends_with("后…\n"));
    }

    #[test]
    fn marks_at_the_ends_use_the_room_of_the_other_side() {
        let text = format!("错字{}末尾", "中".repeat(500));
        let (excerpt, _) = shown(&text, &["错字"], 60);
        assert!(excerpt.text.starts_with("错字中") && columns(&excerpt.text) >= 50);
        let (excerpt, _) = shown(&text, &["末尾"], 60);
        assert!(excerpt.text.ends_with("中末尾\n") && columns(&excerpt.text) >= 50);
    }

    #[test]
    fn several_marks_of_one_line_are_all_shown() {
        let text = format!("{}一共{}其中{}", "甲".repeat(300), "乙".repeat(300), "丙".repeat(300));
        let (excerpt, marked) = shown(&text, &["其中", "一共"], 80);
        assert_eq!(marked, ["其中", "一共"]);
        assert!(columns(excerpt.text.trim_end()) <= 80, "{}", excerpt.text);
        assert_eq!(excerpt.text.matches('…').count(), 3);
    }

    #[test]
    fn a_long_mark_shows_its_beginning_and_one_over_lines_its_first() {
        let text = format!("a = '{}'\nb = 1", "长".repeat(1000));
        let whole = 0..text.len();
        let excerpt = excerpt(&text, &Lines::of(&text), &[whole], 50);
        assert!(excerpt.text.lines().count() == 1 && columns(excerpt.text.trim_end()) <= 50);
        assert!(excerpt.text[excerpt.marks[0].clone()].starts_with("a = '长"));
    }

    #[test]
    fn lines_between_far_marks_are_left_empty_and_counted() {
        let text = "甲\n1\n2\n3\n4\n5\n6\n乙\n";
        let (excerpt, marked) = shown(text, &["乙", "甲"], 40);
        assert_eq!(marked, ["乙", "甲"]);
        assert_eq!(excerpt.text, "甲\n1\n2\n\n\n5\n6\n乙\n");
    }
}
