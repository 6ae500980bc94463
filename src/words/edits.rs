//! Terms that are one character off.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::segment::Words;
use super::terms::{LONG, SHORTEST, Step, Terms, head};
use super::{Certainty, Found, Own, Run, SlipKind, meet};

/// The reach of the search for a term.
const MOST: usize = 24;

/// A part of the run that is one edit from a term.
struct Edit<'a> {
    kind: SlipKind,
    term: &'a [char],
    /// The characters of the run that stand for the term.
    window: Range<usize>,
    /// The number of characters of the term before the edit.
    left: usize,
}

impl Edit<'_> {
    /// The character of the run at the edit.
    fn at(&self) -> usize {
        self.window.start + self.left
    }

    /// The number of characters of the term behind the edit.
    fn right(&self) -> usize {
        let touched = if self.kind == SlipKind::Swapped { 2 } else { 1 };
        self.term.len() - self.left - touched
    }
}

/// The places of a run that are one character off a term; of two at one place the more certain, then the longer term.
pub(super) fn find(run: &Run, words: &Words, lexicon: &Lexicon, own: &Own) -> Vec<Found> {
    let text = &run.chars;
    let (edits, covered) = edits(text, words, [&own.terms, &lexicon.terms]);
    let mut best: Vec<(Edit<'_>, Certainty)> = Vec::new();
    for edit in edits {
        let judged = judge(&edit, run, words, lexicon, own, &covered);
        let Some(certainty) = judged else { continue };
        let weight = |edit: &Edit<'_>, certainty| (certainty, edit.term.len());
        match best.iter().position(|(other, _)| meet(&other.window, &edit.window)) {
            Some(i) if weight(&edit, certainty) > weight(&best[i].0, best[i].1) => {
                best[i] = (edit, certainty);
            }
            Some(_) => {}
            None => best.push((edit, certainty)),
        }
    }
    let found = |(edit, certainty): (Edit<'_>, Certainty)| Found {
        range: edit.window,
        right: edit.term.iter().collect(),
        kind: edit.kind,
        certainty,
    };
    best.into_iter().map(found).collect()
}

/// All parts of a run that are one edit from a term, and for each border between two characters whether a term lies across
/// it. Short terms are only looked for where a character stands alone.
fn edits<'a>(text: &[char], words: &Words, lists: [&'a Terms; 2]) -> (Vec<Edit<'a>>, Vec<bool>) {
    let singles = Singles::of(text.len(), words);
    let mut edits = Vec::new();
    let mut covered = vec![false; text.len() + 3];
    for i in 0..text.len() {
        let rest = &text[i..];
        let shortest = |near: bool| if near { SHORTEST } else { LONG };
        let ahead = shortest(singles.any(i, i + LONG));
        let around = shortest(singles.any(i.saturating_sub(3), i + SHORTEST));
        for terms in lists {
            // An edit behind the head of a term, found by its head.
            terms.along(rest, ahead, |step| match step {
                Step::Whole(term) => covered[i + 1..i + term.len()].fill(true),
                Step::Departs(term, left) => behind(rest, i, term, left, &mut edits),
            });
            // An edit in the head, found by the tail.
            terms.with_tail(rest, around, |term| before(text, i, term, &mut edits));
            if text.get(i + 1).is_some_and(|next| *next != text[i]) && singles.any(i, i + 2) {
                at_seam(text, i, terms, &mut edits);
            }
        }
    }
    (edits, covered)
}

/// The edits of a term of which so many characters stand at the beginning of the rest of the run.
fn behind<'a>(
    rest: &[char],
    start: usize,
    term: &'a [char],
    left: usize,
    edits: &mut Vec<Edit<'a>>,
) {
    let (there, meant) = (&rest[left..], &term[left..]);
    let mut add = |kind, length| {
        edits.push(Edit { kind, term, window: start..start + length, left });
    };
    if there.starts_with(&meant[1..]) {
        add(SlipKind::Missing, term.len() - 1);
    }
    if there.len() < meant.len() {
        return;
    }
    if there[1..].starts_with(&meant[1..]) {
        add(SlipKind::Replaced, term.len());
    }
    if let ([first, second, rest @ ..], [one, two, meant @ ..]) = (there, meant)
        && (first, second) == (two, one)
        && rest.starts_with(meant)
    {
        add(SlipKind::Swapped, term.len());
    }
}

/// The edits in the head of a term whose tail stands at a place.
fn before<'a>(text: &[char], tail: usize, term: &'a [char], edits: &mut Vec<Edit<'a>>) {
    let n = head(term.len());
    let meant = &term[..n];
    // Whatever the edit, one of the characters before the tail is as in the head. Most are not.
    let is = |back: usize, i: usize| tail.checked_sub(back).is_some_and(|at| text[at] == meant[i]);
    if !is(1, n - 1) && !is(1, n - 2) && !is(2, n - 2) {
        return;
    }
    let end = tail + term.len() - n;
    let mut add = |kind, start, left| edits.push(Edit { kind, term, window: start..end, left });
    let back = |length: usize| tail.checked_sub(length).map(|start| (start, &text[start..tail]));
    if let Some((start, there)) = back(n)
        && there != meant
    {
        let left = there.iter().zip(meant).take_while(|(a, b)| a == b).count();
        if there[left + 1..] == meant[left + 1..] {
            add(SlipKind::Replaced, start, left);
        }
        if left + 1 < n
            && there[left] == meant[left + 1]
            && there[left + 1] == meant[left]
            && there[left + 2..] == meant[left + 2..]
        {
            add(SlipKind::Swapped, start, left);
        }
        if there == meant {
            return;
        }
    }
    if let Some((start, there)) = back(n - 1)
        && back(n).is_none_or(|(_, there)| there != meant)
    {
        let left = there.iter().zip(meant).take_while(|(a, b)| a == b).count();
        if there[left..] == meant[left + 1..] {
            add(SlipKind::Missing, start, left);
        }
    }
}

/// The terms whose head and tail have changed characters at their seam, which is at two neighbours.
fn at_seam<'a>(text: &[char], i: usize, terms: &'a Terms, edits: &mut Vec<Edit<'a>>) {
    for left in [1, 2] {
        let Some(start) = i.checked_sub(left) else { return };
        // The second character is one that has changed its place, or the one before these.
        if !terms.any_begins(text[start], text[if left == 1 { i + 1 } else { start + 1 }]) {
            continue;
        }
        let mut meant = ['\0'; MOST];
        let length = MOST.min(text.len() - start);
        meant[..length].copy_from_slice(&text[start..start + length]);
        meant.swap(left, left + 1);
        terms.along(&meant[..length], usize::MAX, |step| {
            if let Step::Whole(term) = step
                && head(term.len()) == left + 1
            {
                let window = start..start + term.len();
                edits.push(Edit { kind: SlipKind::Swapped, term, window, left });
            }
        });
    }
}

/// The number of characters that stand alone before each place of a run.
struct Singles(Vec<u16>);

impl Singles {
    fn of(length: usize, words: &Words) -> Self {
        let mut before = Vec::with_capacity(length + 1);
        let mut n = 0u16;
        before.push(n);
        for i in 0..length {
            n = n.saturating_add(u16::from(words.length(i) == 1));
            before.push(n);
        }
        Self(before)
    }

    /// True if a character stands alone from one place to another.
    fn any(&self, from: usize, to: usize) -> bool {
        self.0[to.min(self.0.len() - 1)] > self.0[from]
    }
}

/// The certainty that a part of the run is a slip; `None` where it may well be right.
fn judge(
    edit: &Edit<'_>,
    run: &Run,
    words: &Words,
    lexicon: &Lexicon,
    own: &Own,
    covered: &[bool],
) -> Option<Certainty> {
    let text = &run.chars;
    let window = &edit.window;
    let (at, n) = (edit.at(), edit.term.len());
    // A longer term lies across the place, or it is right as it is.
    let last_touched = match edit.kind {
        SlipKind::Missing => at,
        SlipKind::Doubled | SlipKind::Replaced => at + 1,
        SlipKind::Swapped => at + 2,
    };
    if (at..=last_touched).any(|gap| covered[gap]) && !is_inside_name(edit, lexicon)
        || (n < LONG && cuts_unknown_word(window, text, words, lexicon))
    {
        return None;
    }
    let certainty = judge_kind(edit, run, words, lexicon, own)?;
    let right = lexicon.is_right(&text[window.clone()])
        || (edit.kind == SlipKind::Missing && is_right_without(edit, words, lexicon, own));
    (!right).then_some(certainty)
}

/// Likewise, by the way in which it departs from the term.
fn judge_kind(
    edit: &Edit<'_>,
    run: &Run,
    words: &Words,
    lexicon: &Lexicon,
    own: &Own,
) -> Option<Certainty> {
    let text = &run.chars;
    let (window, at, n) = (&edit.window, edit.at(), edit.term.len());
    let plainer = |margin| gain(edit, text, words, lexicon, own) >= margin;
    // The window was cut out of other words, unless these are no good words either.
    if words.crosses(window.start) || words.crosses(window.end) {
        let inside = edit.left > 1 && edit.right() > 0 && n >= 5;
        let is_slip = inside && may_be_mistaken(edit, text, lexicon) && plainer(GAIN_ACROSS);
        return is_slip.then_some(Certainty::Possible);
    }
    let alone = |i: usize| i < text.len() && words.length(i) == 1;
    match edit.kind {
        SlipKind::Doubled => None,
        SlipKind::Missing => judge_missing(edit, run, words, lexicon, plainer),
        SlipKind::Swapped if n >= LONG || alone(at) || alone(at + 1) => Some(Certainty::Likely),
        SlipKind::Swapped => plainer(GAIN).then_some(Certainty::Possible),
        SlipKind::Replaced => judge_replaced(edit, text, words, lexicon, plainer),
    }
}

/// The certainty that a character of the term is missing.
fn judge_missing(
    edit: &Edit<'_>,
    run: &Run,
    words: &Words,
    lexicon: &Lexicon,
    plainer: impl Fn(i64) -> bool,
) -> Option<Certainty> {
    let (at, left, right, n) = (edit.at(), edit.left, edit.right(), edit.term.len());
    let meant = edit.term[left];
    if left == 0 {
        // A bracket may split a term, and a line that was cut is said by a rule of its own.
        let opens = at == 0 && (run.follows_bracket() || run.before.is_none());
        return (n >= 5 && words.is_stray(at) && !opens).then_some(Certainty::Possible);
    }
    // 2024年工作要点 stands for itself, and so does 民政部负责人.
    let first = run.chars[edit.window.start];
    let of_year = edit.window.start == 0 && run.follows_figure() && first == '年';
    if left == 1 && (of_year || lexicon.is_body(first)) {
        return None;
    }
    let before = words.is_stray(at - 1);
    if right == 0 {
        // 霍尔果斯 is the short name of 霍尔果斯市, and no slip.
        let names = lexicon.is_place(meant) || lexicon.is_body(meant);
        // 专（兼）职: the term goes on behind a bracket.
        let goes_on = edit.window.end == run.chars.len() && run.precedes_bracket();
        // 答复归为五类 is no 答复归档: the verb goes on in 为.
        let next = run.chars.get(edit.window.end);
        let verb = next.is_some_and(|next| "为于入到成在".contains(*next));
        // 各司其，密切配合: no other word goes on with an idiom.
        let alone = next.is_some() && words.length(edit.window.end) == 1;
        let cut = lexicon.is_fixed(edit.term) && !alone || before && !verb;
        return (cut && !names && !goes_on).then_some(Certainty::Possible);
    }
    if before || words.is_stray(at) {
        // 现行有效数 is no 现行有效件数 for sure.
        let likely = n >= 5 && !lexicon.is_optional(meant);
        return Some(if likely { Certainty::Likely } else { Certainty::Possible });
    }
    // 工作质量 less 质 is 工作量, and 栏目更新 less 目 may be 公开栏更新.
    let whole = n >= LONG && (left >= 2 || at == 1) && !words.crosses(at);
    // 充分利用新媒体 has better words than 充分利用新闻媒体.
    if whole && !lexicon.is_optional(meant) && plainer(LOSS) {
        return Some(Certainty::Likely);
    }
    // 计收信息处理费 is no 计收取信息处理费: one character may do for the first word of a term.
    let lacks = lexicon.is_fixed(edit.term) || (n >= 5 && left >= 2 && plainer(0));
    lacks.then_some(Certainty::Possible)
}

/// True if a term is often written without one of its characters: 十堰住房和城乡建设局 names the city without its kind, and
/// 贯彻落实中央 has a word where 贯彻落实党中央 has a longer one.
fn is_right_without(edit: &Edit<'_>, words: &Words, lexicon: &Lexicon, own: &Own) -> bool {
    // 属行政查询事项 is as right as 属于行政查询事项.
    if edit.left > 0 && (edit.term[edit.left - 1], edit.term[edit.left]) == ('属', '于') {
        return true;
    }
    let of_name = edit.right() > 0 && lexicon.is_place(edit.term[edit.left]);
    let is_name = own.words.iter().any(|word| word.starts_with(edit.term));
    if of_name && is_name {
        return true;
    }
    let (from, to) = Words::of(edit.term, lexicon, &[]).span(edit.left);
    // 配专职人员 is as right as 配备专职人员, and 未收信息处理费 as 未收取信息处理费: a verb with its object.
    let begins = from == 0 || lexicon.is_grammar(edit.term[from - 1]);
    let has_object = edit.term.len() > to + 2;
    if begins && has_object && edit.left > from && lexicon.does_alone(&edit.term[from..to]) {
        return true;
    }
    match to - from {
        1 => false,
        // 需要 and 已经 are words of grammar of which either character does alone.
        2 => edit.term[from..to].iter().all(|c| lexicon.is_grammar(*c)),
        length => {
            let start = edit.window.start + from;
            words.span(start) == (start, start + length - 1) && !lexicon.is_fixed(edit.term)
        }
    }
}

/// The certainty that another character stands in the place of one of the term.
fn judge_replaced(
    edit: &Edit<'_>,
    text: &[char],
    words: &Words,
    lexicon: &Lexicon,
    plainer: impl Fn(i64) -> bool,
) -> Option<Certainty> {
    let (at, left, right, n) = (edit.at(), edit.left, edit.right(), edit.term.len());
    let (there, meant) = (text[at], edit.term[left]);
    if tell_apart(there, meant, lexicon) {
        return None;
    }
    if left == 0 {
        // Many right words end alike: only a character that is no word by itself is taken for 政 in 政府信息.
        // 积效考核 has two characters that are none.
        let strays = words.is_stray(at) && (n >= 5 || words.is_stray(at + 1));
        let odd = strays && lexicon.are_alike(there, meant);
        return odd.then_some(Certainty::Possible);
    }
    let near =
        words.is_stray(at - 1) || words.length(at) == 1 || (right > 0 && words.is_stray(at + 1));
    // 农产品质量安佺: what hardly any text has is no other word either, and a name of the form has no other wording.
    let alike = lexicon.are_alike(there, meant) || lexicon.is_rare(there);
    if !alike && is_inside_name(edit, lexicon) {
        return Some(Certainty::Possible);
    }
    if right == 0 || n == 4 {
        let halved = n == 4 && is_broken_half(edit, text, words, lexicon);
        return (alike && near || halved).then_some(Certainty::Possible);
    }
    // 信息公开粒度 is no 信息公开力度: one word for another of the same sound.
    let word = words.span(at);
    let is_word = word.1 - word.0 > 1 && word.1 == edit.window.end && !words.is_stray(at - 1);
    if alike && (near || (n >= LONG && left >= 3 && !is_word)) {
        return Some(Certainty::Likely);
    }
    let odd = words.is_stray(at) && n >= LONG && left >= 2 && right >= 2;
    (odd || (alike && plainer(GAIN))).then_some(Certainty::Possible)
}

/// True if the first word of a term of four characters stands there, and of the second no word is left: 社会救肋, 集体计论.
fn is_broken_half(edit: &Edit<'_>, text: &[char], words: &Words, lexicon: &Lexicon) -> bool {
    let (at, start) = (edit.at(), edit.window.start);
    let partner = if edit.left == 2 { at + 1 } else { at - 1 };
    let broken = words.is_stray(at) && partner < text.len() && words.length(partner) == 1;
    let whole = words.span(start) == (start, start + 2);
    // 部门张某: a name may stand behind a word.
    let end = edit.window.end;
    let goes_on = |next: &char| words.length(end) > 1 || lexicon.is_grammar(*next);
    let alone = text.get(end).is_none_or(goes_on);
    edit.left >= 2 && broken && whole && alone && !lexicon.is_place(text[at])
}

/// True if a character within a name of the form is replaced: 属于行政咨询事项 is none, whatever 咨询事项 is.
fn is_inside_name(edit: &Edit<'_>, lexicon: &Lexicon) -> bool {
    let inside = edit.left >= 2 && edit.right() >= 2;
    edit.kind == SlipKind::Replaced && inside && lexicon.is_fixed(edit.term)
}

/// True if one may have been written for the other, by sound or by shape, where a character is replaced.
fn may_be_mistaken(edit: &Edit<'_>, text: &[char], lexicon: &Lexicon) -> bool {
    if edit.kind != SlipKind::Replaced {
        return true;
    }
    let (there, meant) = (text[edit.at()], edit.term[edit.left]);
    lexicon.are_alike(there, meant) && !tell_apart(there, meant, lexicon)
}

/// The gain that a missing character costs at most: the words with it are dearer, for they are longer.
const LOSS: i64 = -4;
/// The least gain, where no character stands alone, of the words of a term over those that stand there; a missing
/// character would make them dearer if nothing were wrong.
const GAIN: i64 = 5;
/// Likewise, where other words reach into the place.
const GAIN_ACROSS: i64 = 8;

/// The gain of the term: so much less do the words cost, out to the next borders, with it in its place.
fn gain(edit: &Edit<'_>, text: &[char], words: &Words, lexicon: &Lexicon, own: &Own) -> i64 {
    let from = words.border_before(edit.window.start);
    let to = words.border_behind(edit.window.end);
    let before = text[from..edit.window.start].iter();
    let meant: Vec<char> =
        before.chain(edit.term).chain(&text[edit.window.end..to]).copied().collect();
    let repaired = Words::of(&meant, lexicon, &own.words).cost(0, meant.len());
    i64::from(words.cost(from, to)) - i64::from(repaired)
}

/// True if two single characters meet at a border of the window: they may be a word that is in no list.
fn cuts_unknown_word(
    window: &Range<usize>,
    text: &[char],
    words: &Words,
    lexicon: &Lexicon,
) -> bool {
    let single = |i: usize| words.length(i) == 1 && !lexicon.is_grammar(text[i]);
    // 某某市 ends there, whatever stands before.
    let names = |i: usize| lexicon.is_place(text[i]);
    let meets = |border: usize| {
        let inside = border > 0 && border < text.len();
        inside && single(border - 1) && single(border) && !names(border - 1)
    };
    meets(window.start) || meets(window.end)
}

/// True if two characters make two right wordings of one: 和 and 或, 一 and 二, 省 and 市.
fn tell_apart(there: char, meant: char, lexicon: &Lexicon) -> bool {
    let numeral = |c: char| "一二三四五六七八九十百千两首末第".contains(c);
    (lexicon.is_grammar(there) && lexicon.is_grammar(meant))
        || (lexicon.is_place(there) && lexicon.is_place(meant))
        || (numeral(there) && numeral(meant))
}
