//! Reads an expression before it is worked out: which signs, names and filters it may use.

use std::ops::Range;

use super::EvaluateError;

/// The filters an expression may use, each with the arguments it must have.
pub(super) const FILTERS: &[(&str, &[&str])] =
    &[("share", &["of", "places"]), ("growth", &["from", "places"]), ("abs", &[])];

/// The longest expression in bytes. Work and result are bounded by it: there are no loops.
pub(super) const MAX_EXPRESSION: usize = 1000;

/// Brackets inside brackets beyond this are a slip of the hand.
const MAX_DEPTH: usize = 16;

const KEYWORDS: &[&str] = &["if", "else", "and", "or", "not"];

/// The value under a dotted name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// Nothing.
    Absent,
    /// A name that has no figure yet.
    Unfilled,
    /// A figure or a text.
    Figure,
    /// Further names, sorted.
    Group(Vec<String>),
}

/// Refuses what an expression may not hold; `node` says what stands under a dotted name.
pub(super) fn check(expression: &str, node: impl Fn(&[&str]) -> Node) -> Result<(), EvaluateError> {
    let whole = 0..expression.len();
    if expression.trim().is_empty() {
        return Err(fail("“{{ }}”中没有内容", whole));
    }
    if expression.len() > MAX_EXPRESSION {
        return Err(fail(format!("表达式过长，最多 {MAX_EXPRESSION} 字节"), whole));
    }
    let tokens = scan(expression)?;
    let mut reader = Reader { tokens: &tokens, open: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at, &node)?;
    }
    match reader.open.last() {
        Some((bracket, _)) => Err(fail("缺少右括号", bracket.clone())),
        None => Ok(()),
    }
}

/// A filter: its name and its arguments.
type Filter = (&'static str, &'static [&'static str]);

/// Walks over the tokens and remembers which brackets are open.
struct Reader<'a> {
    tokens: &'a [Token<'a>],
    /// The position of each open bracket, and the filter whose arguments it holds, if any.
    open: Vec<(Range<usize>, Option<Filter>)>,
}

impl Reader<'_> {
    /// Checks the token at `at`; gives the index of the one to go on with.
    fn step(&mut self, at: usize, node: &impl Fn(&[&str]) -> Node) -> Result<usize, EvaluateError> {
        let token = &self.tokens[at];
        let next = self.tokens.get(at + 1).map_or("", |next| next.text);
        match (token.kind, token.text) {
            (TokenKind::Sign, "|") => return self.filter(at),
            (TokenKind::Sign, "(") => self.open(token, None)?,
            (TokenKind::Sign, ")") if self.open.pop().is_none() => {
                return Err(fail("多出一个右括号", token.range()));
            }
            (TokenKind::Sign, "=") => return Err(fail("比较是否相等应写“==”", token.range())),
            (TokenKind::Sign, ".") => return Err(fail("“.”前后应为名称", token.range())),
            (TokenKind::Name, word) if KEYWORDS.contains(&word) => {}
            (TokenKind::Name, _) if next == "=" => return self.argument(at),
            (TokenKind::Name, word) if next == "(" => {
                let message =
                    format!("不能使用函数“{word}(…)”；计算写在数据之后，例如“数据 | abs”");
                return Err(EvaluateError { message, range: token.range(), known: filters() });
            }
            (TokenKind::Name, _) => return name(self.tokens, at, node),
            (TokenKind::Sign | TokenKind::Number | TokenKind::Text, _) => {}
        }
        Ok(at + 1)
    }

    fn open(&mut self, token: &Token<'_>, filter: Option<Filter>) -> Result<(), EvaluateError> {
        if self.open.len() == MAX_DEPTH {
            return Err(fail("括号层数过多", token.range()));
        }
        self.open.push((token.range(), filter));
        Ok(())
    }

    /// `| name` with or without the bracket that opens its arguments.
    fn filter(&mut self, bar: usize) -> Result<usize, EvaluateError> {
        let Some(name) = self.tokens.get(bar + 1).filter(|token| token.kind == TokenKind::Name)
        else {
            return Err(EvaluateError {
                message: "“|”后应为计算方法的名称".to_owned(),
                range: self.tokens[bar].range(),
                known: filters(),
            });
        };
        let Some(filter) = FILTERS.iter().find(|(filter, _)| *filter == name.text) else {
            let known = filters();
            let message = format!("没有名为“{}”的计算方法，可用 {}", name.text, known.join("、"));
            return Err(EvaluateError { message, range: name.range(), known });
        };
        match self.tokens.get(bar + 2).filter(|token| token.text == "(") {
            Some(bracket) => {
                self.open(bracket, Some(*filter))?;
                Ok(bar + 3)
            }
            None => Ok(bar + 2),
        }
    }

    /// `name =` directly inside the brackets of a filter that has this argument.
    fn argument(&self, at: usize) -> Result<usize, EvaluateError> {
        let token = &self.tokens[at];
        let Some((_, Some((filter, arguments)))) = self.open.last() else {
            return Err(fail("比较是否相等应写“==”", self.tokens[at + 1].range()));
        };
        if !arguments.contains(&token.text) {
            return Err(EvaluateError {
                message: format!("{filter} 没有名为“{}”的参数", token.text),
                range: token.range(),
                known: arguments.iter().map(|name| (*name).to_owned()).collect(),
            });
        }
        Ok(at + 2)
    }
}

fn filters() -> Vec<String> {
    FILTERS.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// Checks a dotted name; gives the index of the token to go on with.
fn name(
    tokens: &[Token<'_>],
    first: usize,
    node: &impl Fn(&[&str]) -> Node,
) -> Result<usize, EvaluateError> {
    let mut steps = vec![tokens[first].text];
    let mut last = first;
    while tokens.get(last + 1).is_some_and(|token| token.text == ".") {
        let Some(step) = tokens.get(last + 2).filter(|token| token.kind == TokenKind::Name) else {
            return Err(fail("“.”后应为名称", tokens[last + 1].range()));
        };
        steps.push(step.text);
        last += 2;
    }
    let range = tokens[first].start..tokens[last].range().end;
    let path = steps.join(".");
    match node(&steps) {
        Node::Figure => Ok(last + 1),
        Node::Unfilled => Err(fail(format!("“{path}”未填，无法引用"), range)),
        Node::Group(known) => {
            let example = known.first().map(|name| format!("，例如 {path}.{name}"));
            let message =
                format!("“{path}”是一组数据，请写到具体一项{}", example.unwrap_or_default());
            Err(EvaluateError { message, range, known })
        }
        Node::Absent => Err(unknown(&steps, range, node)),
    }
}

/// Says which step of a dotted name is not there and what is there instead.
fn unknown(steps: &[&str], range: Range<usize>, node: &impl Fn(&[&str]) -> Node) -> EvaluateError {
    let path = steps.join(".");
    let n_found = (0..steps.len()).rev().find(|n| node(&steps[..*n]) != Node::Absent).unwrap_or(0);
    let known = match node(&steps[..n_found]) {
        Node::Group(known) => known,
        Node::Absent | Node::Unfilled | Node::Figure => Vec::new(),
    };
    let above = steps[..n_found].join(".");
    let wrong = steps[n_found];
    let nearest = known
        .iter()
        .map(|name| (strsim::jaro_winkler(name, wrong), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| if above.is_empty() { name.clone() } else { format!("{above}.{name}") });
    let mut message = format!("没有名为“{path}”的数据");
    if let Some(nearest) = nearest {
        message.push_str(&format!("，是否应为“{nearest}”"));
    } else if known.is_empty() {
        message.push_str(&format!("，“{above}”下没有更细的项目"));
    }
    EvaluateError { message, range, known }
}

fn fail(message: impl Into<String>, range: Range<usize>) -> EvaluateError {
    EvaluateError { message: message.into(), range, known: Vec::new() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Name,
    Number,
    Text,
    Sign,
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: TokenKind,
    text: &'a str,
    start: usize,
}

impl Token<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// Two-character signs first, so that they are found whole.
const SIGNS: &[&str] =
    &["//", "==", "!=", "<=", ">=", "+", "-", "*", "%", "(", ")", ",", "=", "<", ">", "|", "."];

fn scan(expression: &str) -> Result<Vec<Token<'_>>, EvaluateError> {
    for mark in ["{{", "}}", "{%", "%}", "{#", "#}"] {
        if let Some(at) = expression.find(mark) {
            return Err(fail(format!("表达式内不能出现“{mark}”"), at..at + mark.len()));
        }
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = expression[at..].chars().next() {
        let rest = &expression[at..];
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (kind, len) = if first.is_ascii_alphabetic() || first == '_' {
            (TokenKind::Name, run(rest, |c| c.is_ascii_alphanumeric() || c == '_'))
        } else if first.is_ascii_digit() {
            (TokenKind::Number, number(rest, at)?)
        } else if first == '"' || first == '\'' {
            (TokenKind::Text, quoted(rest, first, at)?)
        } else if rest.starts_with("**") {
            return Err(fail("不能使用乘方“**”", at..at + 2));
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (TokenKind::Sign, sign.len())
        } else {
            return Err(fail(stray(first), at..at + first.len_utf8()));
        };
        tokens.push(Token { kind, text: &rest[..len], start: at });
        at += len;
    }
    Ok(tokens)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn number(rest: &str, at: usize) -> Result<usize, EvaluateError> {
    let len = run(rest, |c| c.is_ascii_digit());
    let tail = &rest[len..];
    if tail.starts_with('.') || tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        let end = len + run(tail, |c| c.is_ascii_alphanumeric() || ".,_".contains(c));
        let message = format!("“{0}”不是整数；小数应加引号，写成 \"{0}\"", &rest[..end]);
        return Err(fail(message, at..at + end));
    }
    if rest[..len].parse::<i64>().is_err() {
        return Err(fail("数字过大", at..at + len));
    }
    Ok(len)
}

/// The length of a text in quotes. A backslash has no use here and is refused with its place.
fn quoted(rest: &str, quote: char, at: usize) -> Result<usize, EvaluateError> {
    let Some(inner) = rest[1..].find(quote) else {
        return Err(fail(format!("引号 {quote} 没有成对"), at..at + rest.len()));
    };
    if let Some(slash) = rest[1..=inner].find('\\') {
        let slash = at + 1 + slash;
        return Err(fail("引号内不能使用反斜杠", slash..slash + 1));
    }
    Ok(inner + 2)
}

fn stray(c: char) -> String {
    let half_width = match c {
        '（' => "(",
        '）' => ")",
        '，' | '、' => ",",
        '。' | '．' => ".",
        '＋' => "+",
        '－' | '—' | '–' | '−' => "-",
        '×' | '＊' => "*",
        '＝' => "=",
        '｜' => "|",
        '＜' => "<",
        '＞' => ">",
        '“' | '”' | '‘' | '’' => "\"",
        '　' | '\u{a0}' => return "此处是全角空格，应为半角空格".to_owned(),
        '/' | '÷' | '／' => {
            return "不能使用除号；百分比请用 share(of=…, places=…)，整数商请用 //".to_owned();
        }
        '０'..='９' => return format!("“{c}”是全角数字，应为半角数字"),
        c if c.is_control() => return format!("不能使用控制字符 U+{:04X}", u32::from(c)),
        c if c.is_alphanumeric() => {
            return format!("“{c}”不能用在表达式中；名称用数据文件中的英文键名");
        }
        _ => return format!("“{c}”不能用在表达式中"),
    };
    format!("“{c}”应写成半角的 {half_width}")
}
