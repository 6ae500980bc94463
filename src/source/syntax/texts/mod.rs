//! Texts over several lines whose quotes are amiss. TOML takes all that follows for a part of such a text, or
//! the text for keys, and stumbles much later or not at all: so these are looked for before anything is parsed.

mod line;
mod quotes;

use std::ops::Range;

use super::{SyntaxError, problem};
pub(super) use line::is_comment;
use line::{Line, is_no_part_of_text, is_structure, is_word, looks_like_prose};
use quotes::{QUOTES, ends_text, is_quote, is_quotes, next_quotes, trimmed};

/// The faults of the texts over several lines of a file, each with the lines that are spoilt by it.
pub(super) fn find(text: &str) -> Vec<SyntaxError> {
    let lines: Vec<Line<'_>> = Line::all(text);
    let mut scan = Scan { text, lines: &lines, errors: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        at = scan.outside(at);
    }
    scan.errors
}

/// A text that has been opened.
struct Open {
    /// The line on which it begins.
    line: usize,
    /// The quotes that must close it.
    quotes: &'static str,
    /// Their place.
    at: Range<usize>,
    /// True if they were typed as they must be; if not, that has been said.
    is_right: bool,
}

/// The step that a line outside of texts leads to.
enum Step {
    /// The next line.
    Next,
    /// A text begins behind these bytes of the line.
    Opens(Open, usize),
    /// This line, once all before it has been read.
    Past(usize),
    /// A text begins without the quotes that should stand before it.
    Unopened(Open),
    /// Nothing that is known.
    Prose,
}

struct Scan<'a> {
    text: &'a str,
    lines: &'a [Line<'a>],
    errors: Vec<SyntaxError>,
}

impl Scan<'_> {
    /// Reads a line outside of texts, and the text that begins on it; the number of the line to go on with.
    fn outside(&mut self, at: usize) -> usize {
        match self.step(at) {
            Step::Next => at + 1,
            Step::Opens(open, behind) => self.inside(open, at, behind),
            Step::Unopened(open) => self.inside(open, at + 1, 0),
            Step::Past(next) => next,
            Step::Prose => self.prose(at),
        }
    }

    fn step(&mut self, at: usize) -> Step {
        let line = self.lines[at];
        let mut from = 0;
        while let Some((start, quotes)) = next_quotes(line.text, from) {
            let behind = start + quotes.len();
            if let Some(end) = line.text[behind..].find(quotes) {
                from = behind + end + quotes.len();
                continue;
            }
            if trimmed(&line.text[..start]).is_empty() {
                return self.stray(at, start, quotes);
            }
            let bytes = line.start + start..line.start + behind;
            let open = Open { line: at, quotes, at: bytes, is_right: true };
            return Step::Opens(open, behind);
        }
        match line.text.split_once(['=', '＝']) {
            Some((key, value)) if is_word(key.trim()) => self.half_open(at, value),
            _ if looks_like_prose(line.trimmed()) => Step::Prose,
            _ => Step::Next,
        }
    }

    /// A value that should begin a text and does not quite: `''`, `“””`, or nothing before lines of prose.
    fn half_open(&mut self, at: usize, value: &str) -> Step {
        let line = self.lines[at];
        let value = trimmed(value.split('#').next().unwrap_or_default());
        if !value.chars().all(is_quote) {
            return Step::Next;
        }
        let follows = self.lines[at + 1..].iter().map(Line::trimmed).find(|next| !next.is_empty());
        let Some(next) = follows.filter(|next| looks_like_prose(next) || is_quotes(next)) else {
            return Step::Next;
        };
        let is_prose = looks_like_prose(next);
        if value.is_empty() && QUOTES.contains(&next) {
            return self.parted(at);
        }
        let n = value.chars().count();
        let message = if value.is_empty() && is_prose && self.closes_below(at) {
            "等号后面缺少开头的三个引号".to_owned()
        } else if !value.is_empty() && n < 3 && is_prose {
            format!("开头的三个引号只写了 {n} 个")
        } else if n >= 3 && value != "''''''" && value != "\"\"\"\"\"\"" {
            "开头的三个引号不是英文引号".to_owned()
        } else {
            return Step::Next;
        };
        let key = line.text.split(['=', '＝']).next().unwrap_or_default().trim();
        let place = match line.text.rfind(value).filter(|_| !value.is_empty()) {
            Some(start) => line.start + start..line.start + start + value.len(),
            None => line.range(),
        };
        let help = format!("这一行写成 {key} = '''，文字从下一行写起，末尾另起一行写 '''");
        let diagnostic = problem(place.clone(), message, "", help);
        // What stands behind the sign; the key and a remark stay.
        let diagnostic = match line.text.find(['=', '＝']) {
            Some(sign) if value.is_empty() => {
                let end = line.start + sign + 1;
                diagnostic.repaired(end..end, " '''")
            }
            _ => diagnostic.repaired(place.clone(), "'''"),
        };
        self.errors.push(SyntaxError { diagnostic, lines: line.start..line.end() });
        Step::Unopened(Open { line: at, quotes: QUOTES[0], at: place, is_right: false })
    }

    /// A key whose text begins on the next line, which TOML does not take.
    fn parted(&mut self, at: usize) -> Step {
        let line = self.lines[at];
        let quotes = (at + 1..self.lines.len()).find(|i| !self.lines[*i].trimmed().is_empty());
        let Some(i) = quotes else { return Step::Next };
        let below = self.lines[i].range();
        let sign = line.text.find(['=', '＝']).map_or(line.end(), |sign| line.start + sign + 1);
        let help = "把下一行的三个引号移到等号后面，文字从下一行写起".to_owned();
        let diagnostic = problem(below.clone(), "三个引号要与等号写在同一行".to_owned(), "", help)
            .repaired(sign..below.start, " ");
        self.errors.push(SyntaxError { diagnostic, lines: line.start..below.end });
        let behind = below.end - self.lines[i].start;
        let open = Open { line: at, quotes: QUOTES[0], at: below, is_right: false };
        let next = self.inside(open, i, behind);
        Step::Past(next)
    }

    /// True if lines of prose below end with quotes before the next key.
    fn closes_below(&self, at: usize) -> bool {
        let mut below = self.lines[at + 1..].iter().map(Line::trimmed);
        below.find(|line| is_quotes(line) || is_structure(line)).is_some_and(is_quotes)
    }

    /// Three quotes on a line of their own that no key stands before: the end of a text that did not begin,
    /// or ended before.
    fn stray(&mut self, at: usize, start: usize, quotes: &'static str) -> Step {
        let line = self.lines[at];
        let place = line.start + start..line.start + start + quotes.len();
        let diagnostic = problem(
            place,
            format!("这一行的 {quotes} 没有对应的开头"),
            "",
            format!("多出来的删去；它前面要是有文字，就在那段文字之前写一行 text = {quotes}"),
        );
        self.errors.push(SyntaxError { diagnostic, lines: line.start..line.end() });
        Step::Next
    }

    /// Lines of prose outside of any text. If quotes follow, the text was ended too early or never begun;
    /// if not, each line is a matter for itself.
    fn prose(&mut self, at: usize) -> usize {
        let end = (at..self.lines.len())
            .find(|i| is_quotes(self.lines[*i].trimmed()) || is_structure(self.lines[*i].trimmed()))
            .unwrap_or(self.lines.len());
        let quotes = self.lines.get(end).map(Line::trimmed).filter(|line| is_quotes(line));
        let above = self.lines[..at].iter().rposition(|line| !line.trimmed().is_empty());
        let ended = above.map(|i| (i, self.lines[i])).filter(|(_, line)| ends_text(line.text));
        let first = self.lines[at];
        let (Some(_), number) = (quotes, at + 1) else { return at + 1 };
        let spoilt = first.start..self.lines[end].end();
        let diagnostic = match ended {
            Some((i, above)) => {
                let quote = above.range().end - 3..above.range().end;
                let message = format!("文字到这里就结束了，第{number}行起的文字落在外面");
                let help =
                    format!("删去第{}行的这三个引号，文字里面不能有它们；全文末尾的留着", i + 1);
                problem(quote.clone(), message, "", help).repaired(quote, "")
            }
            None => problem(
                first.range(),
                "这段文字前面没有开头的三个引号".to_owned(),
                "",
                "在这一行之前另起一行写 text = '''".to_owned(),
            )
            .repaired(first.start..first.start, "text = '''\n"),
        };
        self.errors.push(SyntaxError { diagnostic, lines: spoilt });
        end + 1
    }

    /// Reads the lines of a text up to its end; the number of the line behind it.
    fn inside(&mut self, open: Open, first: usize, behind: usize) -> usize {
        let mut is_spoilt = !open.is_right;
        for i in first..self.lines.len() {
            let line = self.lines[i];
            let from = if i == first { behind } else { 0 };
            let rest = &line.text[from..];
            if i > open.line && is_no_part_of_text(line.text) {
                self.unclosed(&open, i);
                return i;
            }
            if let Some(at) = rest.find(open.quotes) {
                let quote = line.start + from + at..line.start + from + at + open.quotes.len();
                // Up to two more quotes belong to the text.
                let tail = rest[at + open.quotes.len()..].trim_start_matches(&open.quotes[..1]);
                let tail = trimmed(tail);
                if tail.is_empty() || tail.starts_with('#') {
                    if is_spoilt {
                        self.spoil(&open, line.end());
                    }
                    return i + 1;
                }
                if !self.goes_on(i) && !tail.contains(open.quotes) {
                    // A remark, a mark or blanks that came behind the end.
                    let end = line.range().end;
                    let message = format!("结尾的 {} 后面还有文字", open.quotes);
                    let help =
                        format!("{} 单独写一行，后面什么都不写；说明写在 # 之后", open.quotes);
                    let place = quote.end..end;
                    let diagnostic = problem(place.clone(), message, "", help).repaired(place, "");
                    let lines = self.lines[open.line].start..end;
                    self.errors.push(SyntaxError { diagnostic, lines });
                    return i + 1;
                }
                self.within(&open, i, quote);
                is_spoilt = true;
            } else if let Some(wrong) = wrong_close(line, &open).filter(|_| i > first || from == 0)
            {
                self.closed_wrong(&open, i, wrong);
                return i + 1;
            }
        }
        self.unclosed(&open, self.lines.len());
        self.lines.len()
    }

    /// Of a text with something amiss nothing is read, down to its end.
    fn spoil(&mut self, open: &Open, end: usize) {
        if let Some(last) = self.errors.last_mut() {
            last.lines = self.lines[open.line].start..end;
        }
    }

    /// True if the text that a line is part of goes on to quotes further down before the next key.
    fn goes_on(&self, at: usize) -> bool {
        let below = self.lines[at + 1..].iter().map(|line| line.text);
        let end = below.clone().position(is_no_part_of_text).unwrap_or(below.len());
        below.take(end).any(|line| is_quotes(trimmed(line)) || ends_text(line))
    }

    /// Three quotes in the middle of a text.
    fn within(&mut self, open: &Open, at: usize, quote: Range<usize>) {
        let line = self.lines[at];
        let mut marks: Vec<Range<usize>> = line.text[quote.start - line.start..]
            .match_indices(open.quotes)
            .map(|(i, quotes)| quote.start + i..quote.start + i + quotes.len())
            .collect();
        let is_last = |mark: &Range<usize>| trimmed(&line.text[mark.end - line.start..]).is_empty();
        if marks.len() > 1 && marks.len() % 2 == 1 {
            // The last of an odd number is the end of the text.
            marks.retain(|mark| !is_last(mark));
        }
        let last = marks.last().cloned().unwrap_or(quote.clone());
        let mut words = String::new();
        let mut from = quote.start;
        for (n, mark) in marks.iter().enumerate() {
            words.push_str(&self.text[from..mark.start]);
            words.push_str(if n % 2 == 0 { "“" } else { "”" });
            from = mark.end;
        }
        let message = format!("文字里面不能有三个连着的引号 {}", open.quotes);
        let help = "文字里面要用引号的，用中文引号“”；三个连着的引号只写在文字的开头和末尾";
        let diagnostic =
            problem(quote.clone(), message, "", help).repaired(quote.start..last.end, words);
        let lines = self.lines[open.line].start..line.end();
        self.errors.push(SyntaxError { diagnostic, lines });
    }

    /// A text that ends with quotes of another kind.
    fn closed_wrong(&mut self, open: &Open, at: usize, wrong: Range<usize>) {
        let line = self.lines[at];
        let lines = self.lines[open.line].start..line.end();
        let typed = &self.text[wrong.clone()];
        let n = typed.chars().count();
        let message = if typed.chars().all(|c| c == '\'' || c == '"') && n != 3 {
            format!("结尾的三个引号写了 {n} 个")
        } else if typed.chars().all(|c| c == '\'' || c == '"') {
            format!("开头是 {}，结尾写成了 {typed}", open.quotes)
        } else {
            "结尾的三个引号不是英文引号".to_owned()
        };
        let number = open.line + 1;
        let help = format!("改为与第{number}行开头相同的 {}，用英文输入法输入", open.quotes);
        let label = problem(wrong.clone(), message, "", help).repaired(wrong, open.quotes);
        self.errors.push(SyntaxError { diagnostic: label, lines });
    }

    /// A text that runs into what is plainly no part of it, on line `stop`, or into the end of the file.
    fn unclosed(&mut self, open: &Open, stop: usize) {
        let start = self.lines[open.line].start;
        let end = match self.lines.get(stop) {
            Some(line) => line.start.saturating_sub(1).max(start),
            None => self.text.len(),
        };
        let last = self.lines[open.line..stop].iter().rposition(|line| !line.trimmed().is_empty());
        let last = open.line + last.unwrap_or(0);
        let quotes = open.quotes;
        let message = match self.lines.get(stop) {
            Some(line) => {
                let words: String = line.trimmed().chars().take(24).collect();
                format!("这里的 {quotes} 没有结束，后面第{}行的“{words}”被当成了文字", stop + 1)
            }
            None => format!("这里的 {quotes} 没有结束，后面的内容都被当成了文字"),
        };
        let help = format!("在第{}行之后另起一行写上 {quotes}（与开头相同的三个引号）", last + 1);
        let mend = self.lines[last].end();
        let diagnostic = problem(open.at.clone(), message, "从这里开始", help)
            .repaired(mend..mend, format!("\n{quotes}"));
        self.errors.push(SyntaxError { diagnostic, lines: start..end });
    }
}

/// The quotes with which a line ends a text, although they are not those that it began with.
fn wrong_close(line: Line<'_>, open: &Open) -> Option<Range<usize>> {
    let words = line.trimmed();
    let range = line.range();
    if is_quotes(words) {
        return Some(range);
    }
    // Behind the last words; two closing quotes of Chinese may well stand there, three do not.
    let behind = words.trim_end_matches(is_quote);
    let tail = &words[behind.len()..];
    let first = tail.chars().next()?;
    let is_three = tail.chars().count() == 3 && tail.chars().all(|c| c == first);
    (is_three && tail != open.quotes).then(|| range.end - tail.len()..range.end)
}
