//! Sentences of an opening: how the report is drawn up, its parts, and whom to get in touch with.

use std::ops::Range;

use super::Crossing;
use crate::prose::Words;
use crate::rules::machinery::text::is_han;
use crate::rules::machinery::word_lists::WordLists;

/// 本报告…根据…编制本报告: the object is the subject once more.
pub(super) fn report_twice(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let after = self_as_subject(sentence).or_else(|| title_as_subject(sentence))?;
    lists.drawing_up.iter().find_map(|verb| {
        sentence[after..].match_indices(verb).find_map(|(at, _)| {
            let end = after + at + verb.len();
            let rest = sentence[end..].strip_prefix('了').unwrap_or(&sentence[end..]);
            let skipped = sentence.len() - end - rest.len();
            let again =
                lists.said_again.start_of(rest).map(str::len).or_else(|| year_of_report(rest))?;
            let behind = &rest[again..];
            // 编制本报告格式 or 编制本报告所需 is another object.
            let ends = behind.chars().next().is_none_or(|c| !is_han(c));
            // 《关于编制2024年年度报告的通知》 is what it rests on.
            let quoted =
                sentence[..end].matches('《').count() > sentence[..end].matches('》').count();
            (ends && !quoted).then(|| after + at..end + skipped + again)
        })
    })
}

/// The place behind 本报告, where the sentence says how it is drawn up.
fn self_as_subject(sentence: &str) -> Option<usize> {
    let lists = WordLists::get();
    let (subject, after) = first(sentence, &lists.self_names)?;
    let begins = sentence[..subject].chars().next_back().is_none_or(|c| !is_han(c));
    let rest = &sentence[after..];
    (begins && (rest.starts_with('由') || first(rest, &lists.resting_on).is_some()))
        .then_some(after)
}

/// Likewise where the sentence begins with the whole title: 某某局2024年政府信息公开工作年度报告根据….
fn title_as_subject(sentence: &str) -> Option<usize> {
    let lists = WordLists::get();
    let name = WordLists::get().yearly_reports.iter().find(|name| sentence.contains(name))?;
    let after = sentence.find(name)? + name.len();
    let plain = |c: char| is_han(c) || c.is_ascii_digit() || "《》".contains(c);
    let rest = sentence[after..].trim_start_matches('》');
    let rests = lists.self_verbs.start_of(rest).is_some();
    // 编制年度报告根据… has another subject.
    let acts = [&lists.drawing_up, &lists.resting_on, &lists.announced];
    let name = sentence[..after].replace("信息公开", "");
    let acts = acts.iter().any(|words| words.are_in(&name));
    (rests && !acts && sentence[..after].trim_start().chars().all(plain)).then_some(after)
}

/// The bytes of 2024年政府信息公开工作年度报告 at the beginning of some words.
fn year_of_report(words: &str) -> Option<usize> {
    let end = words.find(|c: char| !is_han(c) && !c.is_ascii_digit()).unwrap_or(words.len());
    let dated =
        words.starts_with("20") && words.get(4..).is_some_and(|rest| rest.starts_with('年'));
    (dated && words[..end].ends_with("年度报告")).then_some(end)
}

/// 本报由…, 本报根据….
pub(super) fn name_cut(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    lists.self_names_cut.all_in(sentence).find_map(|name| {
        sentence.match_indices(name).find_map(|(at, _)| {
            let begins = sentence[..at].chars().next_back().is_none_or(|c| !is_han(c));
            let rest = &sentence[at + name.len()..];
            (begins && lists.self_verbs.start_of(rest).is_some()).then(|| at..at + name.len())
        })
    })
}

/// 包括…部分组成.
pub(super) fn parts(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (end_at, end) = first(sentence, &lists.parts_ends)?;
    let before = &sentence[..end_at];
    let verb =
        lists.parts_verbs.iter().filter_map(|verb| Some((before.rfind(verb)?, verb))).max()?;
    // 由…组成，包括… and 包括由…组成的… are well built; 由办公室编制，包括…组成 is not.
    let by = before.rfind('由');
    let says_by = by.is_some_and(|by| by > verb.0 || !before[by..verb.0].contains('，'));
    let goes_on = sentence[end..].starts_with('的');
    (!says_by && !goes_on).then_some(verb.0..end)
}

/// 由总体情况、…六个部分, without 组成.
pub(super) fn parts_open(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    sentence.match_indices('由').find_map(|(at, by)| {
        let rest = &sentence[at + by.len()..];
        let lists_parts =
            lists.part_signs.get("overview").is_some_and(|signs| signs.start_of(rest).is_some());
        let number =
            rest.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '个', '大']);
        let counts = number.len() < rest.len() && lists.parts.start_of(number).is_some();
        if !lists_parts && !counts || lists.made_up.are_in(rest) {
            return None;
        }
        // The number of the parts ends the clause: 由总体情况、…六个部分。 or 由六个部分：….
        let ends =
            lists.parts.iter().flat_map(|part| rest.match_indices(part)).find(|(i, part)| {
                let behind = &rest[i + part.len()..];
                let behind = behind.strip_prefix("内容").unwrap_or(behind);
                behind.starts_with(['。', '，', '；', '：'])
            });
        ends.map(|(i, part)| at..at + by.len() + i + part.len())
    })
}

/// 现将某某年度报告。, and nothing is done with it.
pub(super) fn unannounced(sentence: &str) -> Option<Range<usize>> {
    const NOW: &str = "现将";
    let at = sentence.find(NOW)?;
    let rest = sentence[at + NOW.len()..].trim_end();
    let named =
        rest.strip_suffix('。').and_then(|rest| rest.trim_end_matches('》').strip_suffix("报告"));
    // 现将全年情况一并报告: behind an adverb it is a verb.
    let ends = named.is_some_and(|named| WordLists::get().reported.end_of(named).is_none());
    // The name of the report has 公开 in it.
    let verbs = rest.replace("信息公开", "").replace("政务公开", "");
    (ends && !WordLists::get().announced.are_in(&verbs))
        .then(|| at..at + NOW.len() + rest.len() - '。'.len_utf8())
}

/// 电子版可在县政府网站（网址）。, and no verb.
pub(super) fn copy(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (_, named) = first(sentence, &lists.copies)?;
    let (at, after) = first(&sentence[named..], &lists.copy_at)?;
    let clause = without_brackets(&sentence[named + after..]);
    let clause = clause.trim_end().strip_suffix(['。', '；'])?;
    let verb = lists.copy_act.are_in(clause) || lists.copy_verbs.are_in(clause);
    let place = clause.trim_end_matches(|c: char| !is_han(c) && !c.is_ascii_alphanumeric());
    let cut = lists.copy_place.end_of(place).is_some() || lists.copy_ends.end_of(place).is_some();
    let end = sentence[named + after..].find(['（', '(', '，', '。', '；'])?;
    (!verb && cut && !clause.contains(['，', '。'])).then_some(named + at..named + after + end)
}

/// The fault where the reader is asked to get in touch.
pub(super) fn contact(sentence: &str) -> Option<(Crossing, Range<usize>)> {
    let lists = WordLists::get();
    if let Some((at, end)) = first(sentence, &lists.contact_twice) {
        return Some((Crossing::ContactTwice, at..end));
    }
    if let Some(range) = dialled(sentence) {
        return Some((Crossing::Dialled, range));
    }
    let (at, after) = first(sentence, &lists.contact_asks)?;
    if !lists.contact_reasons.iter().any(|reason| sentence[..at].contains(reason)) {
        return None;
    }
    let rest = without_brackets(&sentence[after..]);
    let is_whole = sentence.ends_with(['。', '！', '？', '\n']) || sentence.ends_with('）');
    let clause = rest.split(['。', '\n']).next().unwrap_or_default();
    let named = clause.chars().filter(|c| is_han(*c)).count() >= 2;
    // 请与办公室 ends with an office where it should end with a verb.
    let phrase = clause.split(['，', '：', '；', ',']).next().unwrap_or_default();
    let phrase = phrase.trim_end_matches(|c: char| !is_han(c));
    let cut =
        [&lists.office_ends, &lists.contact_ends].iter().any(|ends| ends.end_of(phrase).is_some());
    let says = lists.contact_verbs.iter().any(|verb| clause.contains(verb));
    let length = sentence[after..].find(['（', '(', '，', '。', '：', '\n', '；']);
    let end = length.map_or(sentence.len(), |length| after + length);
    (is_whole && named && cut && !says).then_some((Crossing::Contact, at..end))
}

/// 请拨打办公室联系, and no number.
fn dialled(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (at, after) = first(sentence, &lists.dials)?;
    let clause = without_brackets(&sentence[after..]);
    let clause = clause.split(['，', '。', '；', '\n']).next().unwrap_or_default();
    let numbered = clause.contains(|c: char| c.is_ascii_digit()) || lists.dialled.are_in(clause);
    let verb = lists.contact_verbs.iter().filter_map(|verb| sentence[after..].find(verb)).min()?;
    let short = sentence[after..after + verb].chars().count() <= 20;
    (!numbered && short && lists.contact_verbs.are_in(clause)).then_some(at..after + verb)
}

/// A text without its round brackets and their contents.
fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The first place of any of some words, and where it ends.
fn first(text: &str, words: &Words) -> Option<(usize, usize)> {
    words.first_in(text).map(|(at, word)| (at, at + word.len()))
}
