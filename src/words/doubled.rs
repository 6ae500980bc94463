//! Characters that stand twice.

use super::lexicon::Lexicon;
use super::segment::Words;
use super::terms::Terms;
use super::{Certainty, Found, Own, Run, SlipKind};

/// The slips where a character stands twice.
pub(super) fn find(run: &Run, words: &Words, lexicon: &Lexicon, own: &Own) -> Vec<Found> {
    let text = &run.chars;
    let mut found = Vec::new();
    let mut i = 0;
    while i + 1 < text.len() {
        if text[i] == text[i + 1]
            && let Some(certainty) = judge(run, i, words, lexicon, own)
        {
            found.push(Found {
                range: i..i + 2,
                right: text[i].to_string(),
                kind: SlipKind::Doubled,
                certainty,
            });
            i += 1;
        }
        i += 1;
    }
    found
}

/// The certainty that a character stands twice by mistake; `None` where it may rightly.
fn judge(run: &Run, i: usize, words: &Words, lexicon: &Lexicon, own: &Own) -> Option<Certainty> {
    let text = &run.chars;
    let c = text[i];
    let (left, right) = (words.length(i), words.length(i + 1));
    let is_one_word = words.span(i) == words.span(i + 1);
    // 主动公公开: without one of them it is a term that goes on at both sides.
    if term_across(run, i, lexicon, own) {
        return Some(Certainty::Certain);
    }
    // 10条条, but not 2023年年底.
    if i == 0 && run.follows_figure() && lexicon.is_counter(c) && (is_one_word || right == 1) {
        let may_go_on =
            text.get(2).is_some_and(|c| words.length(2) == 1 && !lexicon.is_grammar(*c));
        return (!is_pair(text, i) && !may_go_on).then_some(Certainty::Certain);
    }
    // 全县|县政府 says 县 twice; 全县|县级部门 does not.
    if lexicon.is_place(c) && names_all(text, i) && is_government(&text[i + 2..]) {
        return Some(Certainty::Possible);
    }
    if is_one_word || is_pair(text, i) || is_numeral(c) || is_one_by_one(text, i, lexicon) {
        return None;
    }
    if left > 1 && (right > 1 || ENDS_ONLY.contains(c)) {
        let slip = right == 1 || gain(text, i, words, lexicon, own) >= GAIN;
        return slip.then_some(Certainty::Possible);
    }
    if left == 1 && right == 1 && lexicon.is_grammar(c) {
        return Some(Certainty::Certain);
    }
    if lexicon.is_place(c) {
        return is_place_twice(run, i, words, lexicon).then_some(Certainty::Possible);
    }
    if lexicon.is_body(c) {
        return (right == 1 && is_body_twice(text, i, left)).then_some(Certainty::Certain);
    }
    // A word may end with the character and the next begin with it: 税税率, 目的的, 健全全流程.
    let goes_on = text.len() > i + 2 && words.length(i + 2) > 1;
    let usual = match (left, right) {
        (1, 1) => lexicon.is_counter(c) && !run.follows_figure(),
        (1, _) => lexicon.may_precede_itself(c) && i > 0 || lexicon.is_counter(c),
        (_, _) => lexicon.is_grammar(c) || (lexicon.is_prefix(c) && goes_on),
    };
    if usual {
        return None;
    }
    // 受理|理赔: the second may begin a word that is in no list.
    let may_go_on =
        text.get(i + 2).is_some_and(|next| words.length(i + 2) == 1 && !lexicon.is_grammar(*next));
    // 行行政复议, 政府信息公开开.
    let at_term = |terms: &Terms| {
        (left == 1 && terms.begins(&text[i + 1..], 0))
            || (right == 1 && terms.ends(&text[..=i]) && !may_go_on)
    };
    if at_term(&lexicon.terms) || at_term(&own.terms) {
        return Some(Certainty::Certain);
    }
    let each = i == 0 && stands_for_each(text, i);
    let rightly = each || is_by_nature(text, i, words, lexicon);
    (!rightly && !cuts_unknown_word(i, words)).then_some(Certainty::Possible)
}

/// True if a counter stands twice behind 一: 一部部原创剧.
fn is_one_by_one(text: &[char], i: usize, lexicon: &Lexicon) -> bool {
    i > 0 && text[i - 1] == '一' && lexicon.is_counter(text[i])
}

/// Characters that end words and begin none, and are no words of grammar behind a word that ends in them: 我们们, 必须须.
const ENDS_ONLY: &str = "们须了";

/// True if the end of a body's name stands twice by mistake: 资源局局认真, but not 办办理, 署署长, 局局领导 or 委员会会务, and not
/// 校校通 or 组组有专人, nor 律师事务所所提.
fn is_body_twice(text: &[char], i: usize, left: usize) -> bool {
    let titled = text.get(i + 2).is_some_and(|next| "长员士领务前后场址史徽".contains(*next));
    let each = left == 1 && stands_for_each(text, i);
    // 所 before a verb is a word of grammar.
    let before_verb = |next: &char| "提在属辖需有涉作示列述说做称办报".contains(*next);
    let grammar = text[i] == '所' && text.get(i + 2).is_some_and(before_verb);
    i > 0 && !titled && !each && !grammar
}

/// The least gain of leaving one of two characters out where each belongs to a word: 复|议案|案件 has none as good as 复议|案件.
const GAIN: u32 = 9;

/// The gain of leaving one of two characters out: so much less do the words around them cost.
fn gain(text: &[char], i: usize, words: &Words, lexicon: &Lexicon, own: &Own) -> u32 {
    let begin = words.border_before(words.span(i).0.saturating_sub(1));
    let end = words.border_behind((words.span(i + 1).1 + 1).min(text.len()));
    let once: Vec<char> = text[begin..i].iter().chain(&text[i + 1..end]).copied().collect();
    let mended = Words::of(&once, lexicon, &own.words).cost(0, once.len());
    words.cost(begin, end).saturating_sub(mended)
}

/// True if the kind of a place stands twice by mistake: 县县政府 at the beginning of a clause or behind 全; 某某县县政府 is the
/// government of that county, and 市市场监管局 the bureau of a city.
fn is_place_twice(run: &Run, i: usize, words: &Words, lexicon: &Lexicon) -> bool {
    let text = &run.chars;
    let begins = i == 0 && !run.follows_bracket();
    let goes_on = text.get(i + 2).is_some_and(|next| "政委级直属".contains(*next));
    let again = words.length(i + 1) == 1 || goes_on;
    // 村村设立公开栏 and 县县有平台 tell of each of them.
    let each = begins && (stands_for_each(text, i) || !goes_on && lexicon.doubled(text).is_some());
    words.length(i) == 1 && again && (begins || names_all(text, i)) && !each
}

/// The cost of a common word.
const COMMON_WORD: u32 = 10;

/// The characters of a word that is one character twice.
const PAIR: usize = 2;

/// True if a character stands twice as it may in words like 层层 and 井井有条; 案件件 is no 件件, 紧紧紧 no 紧紧, and 说说明 no 说说.
fn is_by_nature(text: &[char], i: usize, words: &Words, lexicon: &Lexicon) -> bool {
    let c = text[i];
    let is_third = text.get(i + 2) == Some(&c) || (i > 0 && text[i - 1] == c);
    // 案件件 and 调查查; 中|常常 is cut as if a rare word ended there.
    let (from, to) = words.span(i);
    let ends_word = to - from > 1 && (lexicon.is_counter(c) || words.cost(from, to) <= COMMON_WORD);
    // 常常有 goes on in a word of grammar.
    let goes_on = text.get(i + 2).is_some_and(|next| lexicon.is_grammar(*next));
    let begins_word = words.length(i + 1) > 1 && words.span(i) != words.span(i + 1) && !goes_on;
    lexicon.doubled(&text[i..]).is_some_and(|length| {
        // A phrase can be nothing else.
        length > PAIR || !is_third && !ends_word && !begins_word
    })
}

/// True if a verb of all follows: 校校通, 县县有.
fn stands_for_each(text: &[char], i: usize) -> bool {
    text.get(i + 2).is_some_and(|next| "通有都是达见".contains(*next))
}

/// 全县, 本县, 该县: the place is named, and not by its name.
fn names_all(text: &[char], i: usize) -> bool {
    i > 0 && "本全该".contains(text[i - 1])
}

/// True if a text begins with the government of a place.
fn is_government(text: &[char]) -> bool {
    let begins = |word: &str| word.chars().eq(text.iter().copied().take(word.chars().count()));
    begins("政府") || begins("人民政府")
}

/// True if the single one of the two characters stands beside another that rarely stands alone: they may be a word that
/// is in no list (货币|币值).
fn cuts_unknown_word(i: usize, words: &Words) -> bool {
    (words.length(i + 1) == 1 && words.is_stray(i + 2))
        || (words.length(i) == 1 && i > 0 && words.is_stray(i - 1))
}

/// 团团伙伙: two pairs.
fn is_pair(text: &[char], i: usize) -> bool {
    let pair = |at: usize| text.get(at).is_some_and(|c| text.get(at + 1) == Some(c));
    pair(i + 2) || (i >= 2 && pair(i - 2))
}

pub(super) fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两".contains(c)
}

/// True if the run without one of the two characters holds a term that goes on at both sides of it.
fn term_across(run: &Run, i: usize, lexicon: &Lexicon, own: &Own) -> bool {
    let text = &run.chars;
    // A term has 20 characters at most; one character of it is this.
    let from = i.saturating_sub(20);
    let to = (i + 22).min(text.len());
    let once: Vec<char> = text[from..i].iter().chain(&text[i + 1..to]).copied().collect();
    let at = i - from;
    let across = |terms: &Terms| (0..at).any(|start| terms.begins(&once[start..], at + 1 - start));
    across(&lexicon.terms) || across(&own.terms)
}
