//! Rates that are named after one of the figures before them: 满意113份，不满意5份，满意率95.8%.

use rust_decimal::Decimal;

use super::Sum;
use super::gap::MARKS;
use crate::prose::arithmetic::{added, percent};
use crate::prose::lexicon::Lexicon;
use crate::prose::list::List;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;

/// A rate with the two figures that give it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ratio {
    /// The rate.
    pub(crate) rate: usize,
    /// The figure it is named after.
    pub(crate) part: usize,
    /// Further figures that are added to it: 优良率 is that of 优秀 and 良好.
    pub(crate) others: Vec<usize>,
    /// The figure that it is a part of.
    pub(crate) whole: usize,
    /// The rate that the two give.
    pub(crate) value: Decimal,
    /// True if only the name of the part says so, so that the figure told is wrong only where one slip explains it.
    pub(crate) by_name: bool,
}

/// The rates of a text whose figures stand in the same sentence. One that none of the figures gives is told with
/// those that come nearest to it, where only one figure can be the part.
pub(super) fn ratios(text: &str, mentions: &[Mention], lists: &[List], sums: &[Sum]) -> Vec<Ratio> {
    let is_rate = |i: &usize| {
        let mention = &mentions[*i];
        mention.unit == Unit::Percent && mention.growth.is_none() && mention.share.is_none()
    };
    let whole = |part: usize| {
        let of_list = mentions[part].list.map(|list| lists[list].whole);
        of_list.or_else(|| sums[mentions[part].sum?].total)
    };
    let of_rate = |rate| match ratio(text, mentions, rate) {
        Some(ratio) => vec![ratio],
        None => shares_by_name(text, mentions, rate, whole),
    };
    (0..mentions.len()).filter(is_rate).flat_map(of_rate).collect()
}

/// The figures that a share may be of by the name before it, each with the whole that it is told as a part of:
/// 网上157件、信函49件、当面6件，网上申请占比74.1%.
fn shares_by_name(
    text: &str,
    mentions: &[Mention],
    rate: usize,
    whole: impl Fn(usize) -> Option<usize>,
) -> Vec<Ratio> {
    /// The most figures before a share that are looked at.
    const NEAR: usize = 24;
    /// The fewest characters of a share that can tell a slip from another share.
    const DECISIVE: usize = 3;
    let told = &mentions[rate];
    let Some(name) = name_of_share(text, mentions, rate) else { return Vec::new() };
    if told.exactness != Exactness::Exact || told.digits.len() < DECISIVE {
        return Vec::new();
    }
    let of = |part: usize| {
        let (a, whole) = (&mentions[part], whole(part)?);
        let b = &mentions[whole];
        let exact = [a, b].into_iter().all(|m| m.exactness == Exactness::Exact);
        let fits = exact && a.value <= b.value && is_called(text, a, name);
        let value = percent(a.value, b.value, told.places).filter(|_| fits)?;
        Some(Ratio { rate, part, others: Vec::new(), whole, value, by_name: true })
    };
    let mut all: Vec<Ratio> = (rate.saturating_sub(NEAR)..rate).rev().filter_map(of).collect();
    match all.iter().find(|ratio| ratio.value == told.value) {
        Some(fitting) => vec![fitting.clone()],
        None => {
            all.retain(|ratio| !is_past_another_whole(text, mentions, ratio));
            all
        }
    }
}

/// True if a share that a part does not give may be of what was told since: 网站157条、公众号55条；解读35篇，网站占比71.4%.
fn is_past_another_whole(text: &str, mentions: &[Mention], ratio: &Ratio) -> bool {
    let part = &mentions[ratio.part];
    let between = text.get(part.range.end..mentions[ratio.rate].digits.start).unwrap_or_default();
    let beside = |other: &Mention| {
        part.list.is_some() && other.list == part.list
            || part.sum.is_some() && other.sum == part.sum
    };
    let counts = |other: &&Mention| matches!(other.unit, Unit::Counter(_));
    let mut since = mentions[ratio.part + 1..ratio.rate].iter().filter(counts);
    between.contains(['；', ';', '。']) || since.any(|other| !beside(other))
}

/// The name before a share: 房屋征收 of 房屋征收类占近半，为48.0%.
pub(crate) fn name_of_share<'a>(
    text: &'a str,
    mentions: &[Mention],
    rate: usize,
) -> Option<&'a str> {
    /// The reach of the words, in bytes.
    const REACH: usize = 90;
    const SHORTEST: usize = 2;
    let end = mentions[rate].digits.start;
    let from = rate.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let from = from.max(end.saturating_sub(REACH));
    let from = (from..=end).find(|at| text.is_char_boundary(*at))?;
    let said = text[from..end].trim_end_matches(['（', '(']);
    let said = said.rsplit(['；', '。', '：', '\n', '（', '）']).next()?;
    let clauses = &Lexicon::get().clauses;
    let mut pieces = said.rsplit(MARKS);
    let mut name = pieces.find_map(|piece| {
        let at = clauses.shares.iter().filter_map(|word| piece.find(word)).min()?;
        Some(&piece[..at])
    })?;
    let words = &Lexicon::get().sums;
    let end = |name: &str| {
        clauses.before_share.end_of(name).or_else(|| words.share_names.end_of(name)).map(str::len)
    };
    while let Some(n) = end(name) {
        name = &name[..name.len() - n];
    }
    (name.chars().count() >= SHORTEST).then_some(name)
}

/// True if the words before a figure are a name, or a part of it.
fn is_called(text: &str, figure: &Mention, name: &str) -> bool {
    const SHORTEST: usize = 2;
    let counts = matches!(figure.unit, Unit::Counter(_)) && figure.of_this_year;
    let before = text.get(figure.phrase.start..figure.digits.start).unwrap_or_default();
    let own = before.rsplit(MARKS).next().unwrap_or_default();
    let opens = &Lexicon::get().sums.opens;
    let own = opens.start_of(own).map_or(own, |word| &own[word.len()..]);
    let long = own.chars().count() >= SHORTEST;
    // 全市网上 and 网站解读 are others than 网上 and 网站.
    let opened = || {
        let lead = name.strip_suffix(own);
        lead.is_some_and(|lead| lead.is_empty() || opens.start_of(lead) == Some(lead))
    };
    // 实名52封，实名信占68.4%
    let with_noun = || {
        let rest = name.strip_prefix(own).map(str::chars).map(Iterator::count);
        rest == Some(1)
    };
    let named = own.contains(name) || long && (opened() || with_noun());
    counts && figure.growth.is_none() && named
}

fn ratio(text: &str, mentions: &[Mention], rate: usize) -> Option<Ratio> {
    /// The most figures before a rate that it may be made of.
    const NEAR: usize = 12;
    let ((stem, name), told) = (stem(text, mentions, rate)?, &mentions[rate]);
    let counts = |i: &usize| {
        let mention = &mentions[*i];
        mention.exactness == Exactness::Exact
            && matches!(mention.unit, Unit::Counter(_))
            && mention.growth.is_none()
            && !mention.is_excluded(text)
    };
    let near = || (rate.saturating_sub(NEAR)..rate).filter(counts);
    let of_sentence = |i: &usize| mentions[*i].sentence == told.sentence;
    let figures: Vec<usize> = near().filter(of_sentence).collect();
    // 超额完成计划的260条，完成率110%: of a goal, and no part of anything.
    // 合格率98.0%，监督抽检合格率97.2%: of another check.
    let again = is_told_before(text, mentions, rate, &stem);
    if again || told.exactness != Exactness::Exact || told.value > Decimal::ONE_HUNDRED {
        return None;
    }
    let parts = parts_of_rate(text, mentions, &figures, &stem);
    // 当场解答1188个，当场解答率90%, but not 监督抽检合格率 of 合格637批次.
    let named = |parts: &Vec<usize>| names(text, mentions, parts[0], &name);
    let of_these = is_of_sentence(text, mentions, rate, name.trim_end_matches(&*stem));
    let by_name = parts.len() > 1 || !of_these && !parts.iter().all(named);
    let of = |parts: &[usize], whole: usize, by_name: bool| {
        let (part, others) = parts.split_first()?;
        let value = added(mentions, parts);
        let (a, b) = (&mentions[*part], &mentions[whole]);
        let fits = !parts.contains(&whole) && a.same_unit(b) && value <= b.value;
        // 检查网页128万个，整改问题1573个，整改率100%: of other things.
        let near = |share: &Decimal| share.saturating_mul(Decimal::TEN) >= told.value;
        let value = percent(value, b.value, told.places).filter(|share| fits && near(share))?;
        Some(Ratio { rate, part: *part, others: others.to_vec(), whole, value, by_name })
    };
    let of_figures = |wholes: &[usize], by_name: bool| -> Vec<Ratio> {
        let each = parts.iter().flat_map(|parts| wholes.iter().map(move |whole| (parts, *whole)));
        each.filter_map(|(parts, whole)| of(parts, whole, by_name)).collect()
    };
    let pairs = of_figures(&figures, by_name);
    // 收回468份。其中满意391份，满意率83.5%: of a figure of the sentence before.
    let earlier: Vec<usize> =
        near().filter(|i| mentions[*i].sentence + 1 == told.sentence).collect();
    let mut before = of_figures(&earlier, true);
    if parts.len() == 1 && pairs.is_empty() {
        before.extend(
            done_of_named(text, mentions, &figures, &parts[0])
                .and_then(|(part, whole)| of(&[part], whole, true)),
        );
    }
    if let Some(fitting) = pairs.iter().chain(&before).find(|pair| pair.value == told.value) {
        return Some(fitting.clone());
    }
    if pairs.iter().any(|pair| is_of_decided(text, mentions, pair, &figures)) {
        return None;
    }
    let pairs = if pairs.is_empty() { before } else { pairs };
    nearest(text, mentions, told, pairs)
}

/// 复议67件，纠正11件，未审结7件，纠错率18.3%: true if a rate is of those that have been decided.
fn is_of_decided(text: &str, mentions: &[Mention], pair: &Ratio, figures: &[usize]) -> bool {
    let (whole, told) = (&mentions[pair.whole], &mentions[pair.rate]);
    let parts = added(mentions, &[&[pair.part], pair.others.as_slice()].concat());
    let open = figures.iter().filter(|figure| is_open(text, mentions, **figure));
    open.into_iter().any(|other| {
        let rest = whole.value - mentions[*other].value;
        percent(parts, rest, told.places) == Some(told.value)
    })
}

/// The figures that a rate may be named after, each alone or with others that may be meant: 满意 of 满意80份，比较满意30份 alone or
/// both; the first is the likeliest.
fn parts_of_rate(
    text: &str,
    mentions: &[Mention],
    figures: &[usize],
    stem: &str,
) -> Vec<Vec<usize>> {
    let named = |name: &str| -> Vec<usize> {
        figures.iter().copied().filter(|i| names(text, mentions, *i, name)).collect()
    };
    let words = &Lexicon::get().sums;
    let of_two = |[_, one, other]: &[String; 3]| match (&named(one)[..], &named(other)[..]) {
        ([one], [other]) => Some(vec![*one, *other]),
        _ => None,
    };
    let mut two = words.rates_of_two.iter().filter(|rate| rate[0] == stem);
    if let Some(both) = two.find_map(of_two) {
        return vec![both];
    }
    let softened = |figure: usize| {
        let from = figure.checked_sub(1).map_or(0, |before| mentions[before].range.end);
        let before = text.get(from..mentions[figure].digits.start).unwrap_or_default();
        // 15个通过整改后基本达标
        let behind = text.get(mentions[figure].range.end..).unwrap_or_default();
        let behind = behind.split(['，', '、', '；', '。']).next().unwrap_or_default();
        let names = |word: &str| {
            let name = format!("{word}{stem}");
            before.contains(&name) || behind.contains(&name)
        };
        words.softened.iter().any(names)
    };
    match named(stem).as_slice() {
        [only] if !softened(*only) => vec![vec![*only]],
        [plain, soft] if !softened(*plain) && softened(*soft) => {
            vec![vec![*plain], vec![*plain, *soft]]
        }
        _ => Vec::new(),
    }
}

/// 整改问题7个，完成6个，整改率85.7%: what was done of the figure that has the name of the rate, and that figure.
fn done_of_named(
    text: &str,
    mentions: &[Mention],
    figures: &[usize],
    named: &[usize],
) -> Option<(usize, usize)> {
    let [whole] = named else { return None };
    let is_done = |figure: &&usize| {
        let from = figure.checked_sub(1).map_or(0, |before| mentions[before].range.end);
        let before = text.get(from..mentions[**figure].digits.start).unwrap_or_default();
        let name = before.rsplit(MARKS).next().unwrap_or_default();
        **figure > *whole && Lexicon::get().sums.done.start_of(name).is_some()
    };
    let mut done = figures.iter().filter(is_done);
    let part = done.next().filter(|_| done.next().is_none())?;
    Some((*part, *whole))
}

/// The pair that comes nearest to a rate, of those that belong together.
fn nearest(text: &str, mentions: &[Mention], told: &Mention, pairs: Vec<Ratio>) -> Option<Ratio> {
    // 受理申请41件；复议纠错3件，纠错率23.1%: what stands behind a semicolon is of another whole.
    let together = |pair: &Ratio| {
        let (a, b) = (pair.part.min(pair.whole), pair.part.max(pair.whole));
        let between = text.get(mentions[a].range.end..mentions[b].digits.start).unwrap_or_default();
        !between.contains(['；', ';'])
    };
    // 临时停电24条；及时公告22条，及时率97.1%: unless one slip makes it the rate of that one.
    let in_steps = |value: Decimal| value.checked_div(told.step).unwrap_or_default();
    let slip =
        |pair: &Ratio| told.places > 0 && one_slip(in_steps(pair.value), in_steps(told.value));
    let may_be = |pair: &Ratio| together(pair) || slip(pair);
    pairs.into_iter().filter(may_be).min_by_key(|pair| (pair.value - told.value).abs())
}

/// True if a figure counts what is not yet decided.
fn is_open(text: &str, mentions: &[Mention], figure: usize) -> bool {
    let words = text.get(mentions[figure].phrase.clone()).unwrap_or_default();
    Lexicon::get().clauses.unfinished.are_in(words) || words.contains("在审")
}

/// True if the words before the name of a rate are told before in its sentence, or say nothing: 行政复议13件，行政复议纠错率.
fn is_of_sentence(text: &str, mentions: &[Mention], rate: usize, words: &str) -> bool {
    const REACH: usize = 300;
    let end = mentions[rate].digits.start;
    let from = (end.saturating_sub(REACH)..=end).find(|at| text.is_char_boundary(*at));
    let said = text[from.unwrap_or(end)..end].rsplit(['。', '\n']).next().unwrap_or_default();
    words.is_empty() || words.ends_with('的') || said.match_indices(words).nth(1).is_some()
}

/// True if a rate of the same name stands before another one in its sentence.
fn is_told_before(text: &str, mentions: &[Mention], rate: usize, name: &str) -> bool {
    const NEAR: usize = 4;
    (rate.saturating_sub(NEAR)..rate)
        .filter(|i| mentions[*i].unit == Unit::Percent)
        .filter(|i| mentions[*i].sentence == mentions[rate].sentence)
        .any(|i| stem(text, mentions, i).is_some_and(|(other, _)| other == name))
}

/// The word that a rate is named after, and its whole name: 满意 and 群众满意 of 群众满意率.
fn stem(text: &str, mentions: &[Mention], rate: usize) -> Option<(String, String)> {
    const LENGTH: usize = 2;
    const RATE: char = '率';
    /// Of this, people say how much there is of it, and mean how many are.
    const DEGREE: &str = "满意";
    let from = rate.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = text.get(from..mentions[rate].digits.start)?;
    let clause = words.rsplit(MARKS).next()?;
    let links = &Lexicon::get().sums.rate_links;
    let name = links.end_of(clause).and_then(|link| clause.strip_suffix(link)).unwrap_or(clause);
    // 满意432份，满意度90%
    let degree = || name.strip_suffix('度').filter(|name| name.ends_with(DEGREE));
    let name = name.strip_suffix(RATE).or_else(degree)?;
    let n = name.chars().count();
    // 不合格率 is that of those that are not.
    let negated = name.chars().rev().nth(LENGTH).is_some_and(|c| matches!(c, '不' | '未'));
    let length = LENGTH + usize::from(negated);
    (n >= length).then(|| (name.chars().skip(n - length).collect(), name.to_owned()))
}

/// True if a figure is named by the word of a rate, and not by its opposite.
fn names(text: &str, mentions: &[Mention], figure: usize, stem: &str) -> bool {
    /// The reach behind a figure, in characters: 14家合格.
    const BEHIND: usize = 6;
    let words = &Lexicon::get().sums;
    let spellings = words.rates.iter().find(|rate| rate[0] == stem);
    let from = figure.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let before = text.get(from..mentions[figure].digits.start).unwrap_or_default();
    let before = before.rsplit(|c| MARKS.contains(&c) || "。（(：".contains(c)).next();
    let behind = &text[mentions[figure].range.end..];
    let ends = |c: char| MARKS.contains(&c) || "。（(）)".contains(c) || c.is_ascii_digit();
    let behind: String = behind.chars().take(BEHIND).take_while(|c| !ends(*c)).collect();
    let said = |name: &str| {
        [before.unwrap_or_default(), &behind].into_iter().any(|told| {
            told.find(name).is_some_and(|at| words.rate_opposites.end_of(&told[..at]).is_none())
        })
    };
    match spellings {
        Some(all) => all.iter().any(|name| said(name)),
        None => said(stem),
    }
}
