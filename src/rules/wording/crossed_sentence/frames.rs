//! Frames of a clause that begin in one way and end in another, and words that say one thing twice.

use std::ops::Range;

use crate::prose::Words;
use crate::rules::machinery::text::is_han;
use crate::rules::machinery::word_lists::WordLists;

/// 本着便民为原则: the word that opens the frame, the words that close another one, and the bytes of both.
pub(super) struct Mixed {
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) range: Range<usize>,
}

/// Clauses that open with 本着 or 按照 and close with 为原则, which wants 以.
pub(super) fn taken_as(sentence: &str) -> Vec<Mixed> {
    let lists = WordLists::get();
    // 公开为原则，不公开为例外 is one phrase, whatever stands before it.
    if sentence.contains("为例外") {
        return Vec::new();
    }
    clauses(sentence)
        .filter_map(|clause| as_noun(&sentence[clause.clone()], lists, clause.start))
        .collect()
}

fn as_noun(clause: &str, lists: &WordLists, start: usize) -> Option<Mixed> {
    let nouns: Vec<(usize, &str)> = clause
        .match_indices('为')
        .filter(|(at, sign)| {
            // 作为重点 and 确定为重点 are verbs of their own.
            let verb = clause[..*at].chars().next_back().is_none_or(|c| TAKES.contains(c));
            !verb && *at + sign.len() < clause.len()
        })
        .filter_map(|(at, sign)| {
            let noun = lists.taken_as.start_of(&clause[at + sign.len()..])?;
            let behind = clause[at + sign.len() + noun.len()..].chars().next();
            behind.is_none_or(|c| !is_han(c) || c == '为').then_some((at, noun))
        })
        .collect();
    let (at, noun) = *nouns.last()?;
    let (open, opens) = lists
        .taken_as_opens
        .iter()
        .filter_map(|word| Some((clause[..at].find(word)?, word)))
        .min()?;
    let between = &clause[open + opens.len()..at];
    // 确定教育领域为重点 is well built.
    let takers: usize = lists.takes_as.iter().map(|word| between.matches(word).count()).sum();
    // “……为原则” may stand whole inside the quotation marks.
    let quoted = between.matches('“').count() > between.matches('”').count();
    if quoted || nouns.len() <= takers {
        return None;
    }
    let end = at + "为".len() + noun.len();
    Some(Mixed {
        opens: opens.to_owned(),
        closes: format!("为{noun}"),
        range: start + open..start + end,
    })
}

/// Characters that make a verb of 为, or stand before it where it means is.
const TAKES: &str =
    "作成定列视认称变化转分设确改评升级整入选归均多要仍即皆都也不非就实较更最极颇所并已因";

/// Clauses that open with 通过 or 对于 and close with 努力下 or 问题上, which want 在.
pub(super) fn under(sentence: &str) -> Vec<Mixed> {
    let lists = WordLists::get();
    let mut found = Vec::new();
    for range in clauses(sentence) {
        let clause = &sentence[range.clone()];
        found.extend(taken_as_under(clause, lists, range.start));
        let Some(closes) = lists.under_closes.end_of(clause) else { continue };
        let body = &clause[..clause.len() - closes.len()];
        if clause.contains(['在', '从', '《', '“']) {
            continue;
        }
        let open = lists.under_opens.iter().filter_map(|word| Some((body.find(word)?, word))).min();
        let Some((open, opens)) = open else { continue };
        // 将要求嵌入办理过程中: the place belongs to the verb.
        let between = &body[open + opens.len()..];
        if lists.put_into.are_in(between) {
            continue;
        }
        // 审核通过 and 实施以来 are no openings.
        let begins =
            open == 0 || !clause[..open].ends_with(is_han) || body[..open].chars().count() <= LEAD;
        if begins && between.chars().filter(|c| is_han(*c)).count() >= 2 {
            found.push(Mixed {
                opens: opens.to_owned(),
                closes: closes.to_owned(),
                range: range.start + open..range.end,
            });
        }
    }
    found
}

/// 以《条例》为依据下: 以…为依据 and 在…下.
fn taken_as_under(clause: &str, lists: &WordLists, start: usize) -> Option<Mixed> {
    let body = clause.strip_suffix('下')?;
    let noun = lists.taken_as.end_of(body)?;
    let before = body[..body.len() - noun.len()].strip_suffix('为')?;
    let open = before.find('以')?;
    (!clause.contains('在')).then(|| Mixed {
        opens: "以".to_owned(),
        closes: format!("{noun}下"),
        range: start + open..start + clause.len(),
    })
}

/// The most characters of a subject before the opening of a frame: 我局, 各科室.
const LEAD: usize = 4;

/// 防止问题不再发生: the negation turns the sense round.
pub(super) fn negated(sentence: &str) -> Vec<Range<usize>> {
    let pairs = WordLists::get().negated_pairs.iter();
    let pairs: Vec<&(String, String)> =
        pairs.filter(|(first, _)| sentence.contains(first.as_str())).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let in_clause = |range: Range<usize>| {
        let clause = &sentence[range.clone()];
        pairs.iter().find_map(|(first, second)| {
            let at = clause.find(first.as_str())?;
            let behind = at + first.len();
            let length = clause[behind..].find(second.as_str())? + second.len();
            // 严禁不得公开的信息流出: the negation says which.
            if clause[behind + length..].contains('的') {
                return None;
            }
            Some(range.start + at..range.start + behind + length)
        })
    };
    clauses(sentence).filter_map(in_clause).collect()
}

/// 大约20条左右, 近30余人, 20余条以上, 目的是为了.
pub(super) fn redundant(sentence: &str) -> Vec<Range<usize>> {
    let lists = WordLists::get();
    let mut found: Vec<Range<usize>> = lists
        .redundant
        .all_in(sentence)
        .flat_map(|words| sentence.match_indices(words).map(|(at, w)| at..at + w.len()))
        .collect();
    let mut add = |range: Range<usize>| {
        if !found.iter().any(|other| other.start < range.end && range.start < other.end) {
            found.push(range);
        }
    };
    let pairs = lists.redundant_pairs.iter();
    for (first, second) in pairs.filter(|(first, _)| sentence.contains(first.as_str())) {
        for (at, _) in sentence.match_indices(first.as_str()) {
            let ends_other = lists.round_of_other_words.end_of(&sentence[..at + first.len()]);
            let begins = ends_other.is_none()
                && sentence[..at].chars().next_back().is_none_or(|c| !OF_OTHER_WORDS.contains(c));
            let length =
                begins.then(|| round_figure(&sentence[at + first.len()..], second)).flatten();
            if let Some(length) = length {
                add(at..at + first.len() + length);
            }
        }
    }
    for (at, more) in sentence.match_indices(['余', '多']) {
        // 20余条以上: both say that it is more.
        if !sentence[..at].ends_with(is_figure) {
            continue;
        }
        let from = sentence[..at].trim_end_matches(is_figure).len();
        let rest = &sentence[at + more.len()..];
        let near: usize =
            rest.chars().take_while(|c| is_han(*c)).take(UNIT + 2).map(char::len_utf8).sum();
        let again =
            lists.said_more.iter().filter_map(|word| Some((rest[..near].find(word)?, word))).min();
        if let Some((length, word)) = again {
            let behind = rest[length + word.len()..].chars().next();
            // 20余家规模以上企业: what stands between is more than a unit.
            let unit = rest[..length].trim_start_matches(['十', '百', '千', '万', '亿']);
            let is_unit = unit.chars().count() <= 1 || unit == "人次";
            // 20余份以上级名义印发的文件.
            if is_unit && behind.is_none_or(|c| !HIGHER.contains(c)) {
                add(from..at + more.len() + length + word.len());
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Characters behind 以上 with which 上 is another word: 以上级名义.
const HIGHER: &str = "级述报传司面层市";

/// The most characters of a unit behind a figure: 20余万条以上.
const UNIT: usize = 4;

/// The characters before 约 and 近 with which they are other words: 节约, 最近.
const OF_OTHER_WORDS: &str = "节预合签履违公条契特邀稀简制束最附临靠邻远就亲";

/// The bytes from the first of two words to the end of the second, where only a figure with its unit stands between.
fn round_figure(rest: &str, second: &str) -> Option<usize> {
    let length = rest.find(second)?;
    let between = &rest[..length];
    let figure = between
        .trim_start_matches(['有', '为', '是', '共', '达', '需'])
        .starts_with(|c: char| c.is_ascii_digit());
    let short = between.chars().filter(|c| is_han(*c)).count() <= 4;
    let plain = between.chars().all(|c| is_han(c) || c.is_ascii_digit() || ".%％".contains(c));
    let behind = &rest[length + second.len()..];
    // 近10多年 is a span of time, and 近10多 wants its figure right before it.
    let fits = if second.ends_with(['余', '多']) {
        between.ends_with(is_figure)
            && !behind.starts_with(['年', '天', '日', '月', '周', '届', '个'])
    } else {
        // 约30份以上级名义印发.
        second != "以上" || behind.chars().next().is_none_or(|c| !HIGHER.contains(c))
    };
    (figure && short && plain && fits).then_some(length + second.len())
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "十百千万亿".contains(c)
}

/// 是否准确性, 是否及时性: 是否 asks for a verb or an adjective, not for the name of a quality.
pub(super) fn quality(sentence: &str) -> Option<Range<usize>> {
    const WHETHER: &str = "是否";
    if !sentence.contains(WHETHER) {
        return None;
    }
    sentence.match_indices(WHETHER).find_map(|(at, _)| {
        let rest = &sentence[at + WHETHER.len()..];
        let noun: Vec<char> = rest.chars().take(3).collect();
        let [first, second, '性'] = noun.as_slice() else { return None };
        // 是否有弹性 is well built, and so is 是否一次性告知.
        let verb = "有存具属无是为成带呈显".contains(*first);
        // 是否公益性 asks of which kind it is.
        let kind = WordLists::get().kinds.has(&format!("{first}{second}"));
        let length: usize = noun.iter().map(|c| c.len_utf8()).sum();
        let behind = rest[length..].chars().next();
        let ends = behind.is_none_or(|c| !is_han(c) || "等和与及".contains(c));
        (is_han(*first) && is_han(*second) && !verb && !kind && ends)
            .then(|| at..at + WHETHER.len() + length)
    })
}

/// 可以在网站可以下载: the verb is there twice.
pub(super) fn verb_twice(sentence: &str) -> Option<Range<usize>> {
    const MAY: &str = "可以";
    if !sentence.contains(MAY) {
        return None;
    }
    let lists: &Words = &WordLists::get().copy_act;
    // 可通过可以通过: nothing but 可以 stands between.
    let joined = sentence.match_indices(MAY).find_map(|(at, may)| {
        let before = &sentence[..at];
        let start = before.char_indices().rev().nth(1)?.0;
        let word = &before[start..];
        let again = &sentence[at + may.len()..];
        (word.chars().all(is_han) && again.starts_with(word))
            .then(|| start..at + may.len() + word.len())
    });
    if joined.is_some() {
        return joined;
    }
    clauses(sentence).find_map(|range| {
        let clause = &sentence[range.clone()];
        let (first, last) = (clause.find(MAY)?, clause.rfind(MAY)?);
        let verb = lists.start_of(&clause[last + MAY.len()..])?;
        // 可以领取也可以下载 tells two ways.
        let other_way = clause[..last]
            .ends_with(['也', '还', '又', '并', '均', '都', '且', '、', '或', '就', '便', '即']);
        (first < last && !other_way)
            .then(|| range.start + first..range.start + last + MAY.len() + verb.len())
    })
}

/// The clauses of a sentence, without the marks behind them; 、 does not end one.
fn clauses(sentence: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    sentence.split_inclusive(['，', '。', '；', '：', '！', '？', '\n', ',']).map(move |part| {
        let range = start
            ..start + part.trim_end_matches(|c: char| !is_han(c) && !"”》）".contains(c)).len();
        start += part.len();
        range
    })
}
