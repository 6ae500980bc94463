//! Running text as tokens: figures, phrases that mean something, marks, and all the rest.

use std::ops::Range;

use super::lexicon::{Lexicon, QuantityKind, Sense, Word};
use super::numeral::{Numeral, Unit, digit, digits_at, numeral_at};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// The bytes.
    pub(crate) range: Range<usize>,
    /// Its kind.
    pub(crate) what: What,
}

/// The kind of a piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// A figure with its unit.
    Number(Numeral),
    /// A phrase that means something.
    Phrase(Sense),
    /// A mark that ends a clause or more.
    Mark(Mark),
    /// Anything else.
    Other,
}

/// A mark, by what it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// 、
    Pause,
    /// ，
    Comma,
    /// ：
    Colon,
    /// ；
    Semicolon,
    /// 。！？ or the end of a paragraph.
    Stop,
    /// （
    Open,
    /// ）
    Close,
}

/// The tokens of a text in order; blanks are left out, and so is what stands inside 《》.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let lexicon = Lexicon::get();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        if let Some(next) = title_end(text, at, c) {
            merge_other(&mut tokens, at..next);
            at = next;
            continue;
        }
        if let Some(mark) = mark(c) {
            push_mark(&mut tokens, text, at..end, mark);
            at = end;
            continue;
        }
        if c.is_whitespace() {
            at = end;
            continue;
        }
        if is_change_alone(text, at, end) {
            tokens.push(Token { range: at..end, what: What::Phrase(Sense::Word(Word::Change)) });
            at = end;
            continue;
        }
        let phrase = lexicon.phrase_at(&text[at..]);
        let numeral = numeral_at(text, at);
        at = match (phrase, numeral) {
            (Some((length, _)), Some(numeral)) if at + length <= numeral.range.end => {
                number(&mut tokens, numeral)
            }
            (Some((length, sense)), _) => {
                tokens.push(Token { range: at..at + length, what: What::Phrase(sense) });
                at + length
            }
            (None, Some(numeral)) => number(&mut tokens, numeral),
            (None, None) if digit(c).is_some() => {
                let end = digits_at(text, at);
                match period(text, at, end) {
                    Some(token) => {
                        tokens.push(token);
                        tokens.last().map_or(end, |token| token.range.end)
                    }
                    None => {
                        merge_other(&mut tokens, at..end);
                        end
                    }
                }
            }
            (None, None) => {
                merge_other(&mut tokens, at..end);
                end
            }
        };
    }
    tokens
}

/// True if the one character from `at` to `end` tells a change in percent: 降18.5%, but not 增设 or 升级.
fn is_change_alone(text: &str, at: usize, end: usize) -> bool {
    let growth = &Lexicon::get().growth;
    let word = &text[at..end];
    (growth.up_alone.has(word) || growth.down_alone.has(word))
        && numeral_at(text, end).is_some_and(|numeral| numeral.unit == Unit::Percent)
}

/// Adds a figure; 一件 behind 没有 is no figure.
fn number(tokens: &mut Vec<Token>, numeral: Numeral) -> usize {
    let end = numeral.range.end;
    let negated = tokens.last().is_some_and(|token| {
        matches!(token.what, What::Phrase(Sense::Word(Word::Without | Word::NotReceived)))
    });
    let what = if negated && numeral.value == rust_decimal::Decimal::ONE {
        What::Phrase(Sense::Word(Word::Filler))
    } else {
        What::Number(numeral.clone())
    };
    tokens.push(Token { range: numeral.range, what });
    end
}

/// Adds a piece that means nothing, to the one before it if they touch.
pub(crate) fn merge_other(tokens: &mut Vec<Token>, range: Range<usize>) {
    match tokens.last_mut() {
        Some(Token { range: last, what: What::Other }) if last.end == range.start => {
            last.end = range.end;
        }
        _ => tokens.push(Token { range, what: What::Other }),
    }
}

/// Adds a mark. A line that breaks behind a comma was broken by the copying, not by the writer; one that
/// breaks behind the end of a sentence belongs to that end.
fn push_mark(tokens: &mut Vec<Token>, text: &str, range: Range<usize>, mark: Mark) {
    let is_break = &text[range.clone()] == "\n";
    match tokens.last_mut() {
        Some(Token { what: What::Mark(Mark::Comma | Mark::Pause), .. }) if is_break => {}
        Some(Token { what: What::Mark(Mark::Stop), range: stop }) if is_break => {
            stop.end = range.end;
        }
        _ => tokens.push(Token { range, what: What::Mark(mark) }),
    }
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '、' => Mark::Pause,
        '，' | ',' => Mark::Comma,
        '：' | ':' => Mark::Colon,
        '；' | ';' => Mark::Semicolon,
        '。' | '！' | '？' | '\n' => Mark::Stop,
        '（' | '(' => Mark::Open,
        '）' | ')' => Mark::Close,
        _ => return None,
    })
}

/// The byte behind 》 for a 《 that has one near.
fn title_end(text: &str, at: usize, c: char) -> Option<usize> {
    const LONGEST: usize = 200;
    if c != '《' {
        return None;
    }
    let mut depth = 0;
    for (i, c) in text[at..].char_indices().take(LONGEST) {
        match c {
            '《' => depth += 1,
            '》' if depth <= 1 => return Some(at + i + c.len_utf8()),
            '》' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// The signs that join the two ends of a period.
const UP_TO: &[char] = &['—', '-', '－', '–', '～', '~', '至', '到'];

/// The period that begins or ends with some digits that are no figure of their own: 2021—2023年, 1—6月.
fn period(text: &str, start: usize, end: usize) -> Option<Token> {
    let phrase =
        |end: usize, word| Token { range: start..end, what: What::Phrase(Sense::Word(word)) };
    if text[end..].starts_with('月') {
        let whole_year =
            &text[start..end] == "12" && is_january(text[..start].trim_end_matches(UP_TO));
        let word = if whole_year { Word::Filler } else { Word::OtherPeriod };
        return Some(phrase(end + '月'.len_utf8(), word));
    }
    let second = text[end..].strip_prefix(UP_TO)?;
    let second = text.len() - second.trim_start_matches(UP_TO).len();
    let second_end = digits_at(text, second);
    let years = end - start == YEAR && second_end - second == YEAR;
    (years && text[second_end..].starts_with('年'))
        .then(|| phrase(second_end + '年'.len_utf8(), Word::OtherPeriod))
}

/// The number of digits a year has.
const YEAR: usize = 4;

/// True if a text ends with the number of the first month, its sign or not.
fn is_january(text: &str) -> bool {
    let digits = text.trim_end_matches(['月', '份']);
    let before = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(&digits[before.len()..], "1" | "01")
}

/// True if a month is only the first or the last of the whole year: 1月1日, 12月31日, 1月至12月, 12月底.
pub(crate) fn bounds_year(text: &str, month: &Range<usize>, digits: &Range<usize>) -> bool {
    let behind = text[month.end..].trim_start();
    let day = behind.len() - behind.trim_start_matches(|c: char| digit(c).is_some()).len();
    match &text[digits.clone()] {
        "1" | "01" if day > 0 => behind.starts_with("1日") || behind.starts_with("01日"),
        "1" | "01" => behind
            .strip_prefix(UP_TO)
            .is_some_and(|rest| rest.trim_start_matches(UP_TO).starts_with("12月")),
        "12" if day > 0 => behind.starts_with("31日"),
        "12" => {
            let before = text[..month.start].trim_end();
            behind.starts_with(['底', '末'])
                || before.ends_with(UP_TO) && is_january(before.trim_end_matches(UP_TO))
        }
        _ => false,
    }
}

/// True if what follows a text is the end of a period.
pub(crate) fn ends_with_up_to(text: &str) -> bool {
    text.trim_end().ends_with(UP_TO)
}

/// The same piece of text, saying nothing.
pub(crate) fn filler(token: &Token) -> Token {
    Token { range: token.range.clone(), what: What::Phrase(Sense::Word(Word::Filler)) }
}

/// True if a word compares with what follows: 较.
pub(crate) fn compares(token: &Token) -> bool {
    token.what == What::Phrase(Sense::Word(Word::Compares))
}

/// True if a word speaks of growth.
pub(crate) fn changes(token: &Token) -> bool {
    token.what == What::Phrase(Sense::Word(Word::Change))
}

/// True if a word is a kind of applicant.
pub(crate) fn is_applicant(token: &Token) -> bool {
    matches!(token.what, What::Phrase(Sense::Applicant(_)))
}

/// True if a word opens a list.
pub(crate) fn opens(token: &Token) -> bool {
    matches!(token.what, What::Phrase(Sense::Word(Word::Opens | Word::OpensAll | Word::OpensSome)))
}

/// True if a word is a verb of coming in or being handled.
pub(crate) fn takes_object(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            let kind = Lexicon::get().quantities[quantity].kind;
            matches!(kind, QuantityKind::Intake | QuantityKind::Handled)
        }
        _ => false,
    }
}

/// True if a word is what is done with documents: 制发17件规范性文件.
pub(crate) fn is_document_act(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Aspect(aspect)) => {
            let aspect = &Lexicon::get().aspects[aspect];
            aspect.kind() == QuantityKind::Document && !aspect.only_hint
        }
        _ => false,
    }
}

/// True if a word says nothing of what is counted.
pub(crate) fn is_filler(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Word(word)) => matches!(
            word,
            Word::Filler
                | Word::And
                | Word::OwnPeriod
                | Word::Opens
                | Word::OpensAll
                | Word::OpensSome
                | Word::Every
                | Word::Area
        ),
        // 其余15件无法提供: of what, the words behind say.
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].key == "remaining"
        }
        _ => false,
    }
}

/// True if a word is 其他.
pub(crate) fn is_rest(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::Rest
        }
        _ => false,
    }
}

/// True if a word decides nothing: 市科委有1件行政复议.
pub(crate) fn is_colourless(token: &Token) -> bool {
    token.what == What::Other || is_filler(token)
}

/// The phrases of some words, in their order.
pub(crate) fn senses(words: &str) -> Vec<Sense> {
    let phrase = |token: Token| match token.what {
        What::Phrase(sense) => Some(sense),
        What::Number(_) | What::Mark(_) | What::Other => None,
    };
    tokens(words).into_iter().filter_map(phrase).collect()
}

/// True if the last words before a figure name something that the tables count: 部分公开, 政府信息公开申请.
pub(crate) fn names_quantity(words: &str) -> bool {
    let all = tokens(words);
    let last = all.iter().rev().find(|token| !is_filler(token));
    last.is_some_and(|token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            let kind = Lexicon::get().quantities[quantity].kind;
            !matches!(kind, QuantityKind::Rest | QuantityKind::Handled | QuantityKind::Intake)
        }
        What::Phrase(Sense::Subject(_) | Sense::Applicant(_)) => true,
        What::Phrase(Sense::Word(word)) => matches!(word, Word::Request),
        _ => false,
    })
}

/// True if the last words before a figure name what became of cases: 维持.
pub(crate) fn names_result(words: &str) -> bool {
    let all = tokens(words);
    all.iter().rev().find(|token| !is_filler(token)).is_some_and(|token| match token.what {
        What::Phrase(Sense::Aspect(aspect)) => {
            Lexicon::get().aspects[aspect].kind() == QuantityKind::Proceeding
        }
        _ => false,
    })
}

/// The bytes from the first of some words to the last.
pub(crate) fn span(words: &[Token]) -> Range<usize> {
    let start = words.first().map_or(0, |token| token.range.start);
    start..words.last().map_or(start, |token| token.range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_a_title_counts() {
        let text = "印发《关于2022年收到申请100件的通知》3件";
        let numbers = tokens(text).into_iter().filter(|t| matches!(t.what, What::Number(_)));
        assert_eq!(numbers.count(), 1);
    }

    #[test]
    fn tokens_cover_the_text_in_order() {
        let text = "全年共收到和办理依申请公开9件,全部为自然人申请（占100%）。\n12345热线受理68848 件，\n\n办结99.8%";
        let tokens = tokens(text);
        for pair in tokens.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start);
        }
        let stops = tokens.iter().filter(|t| t.what == What::Mark(Mark::Stop)).count();
        assert_eq!(stops, 1);
    }
}
