//! Rates that are named after one of the figures before them: 满意113份，不满意5份，满意率95.8%.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Sum;
use super::gap::MARKS;
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
fn name_of_share<'a>(text: &'a str, mentions: &[Mention], rate: usize) -> Option<&'a str> {
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
    counts && figure.growth.is_none() && (own.contains(name) || long && opened())
}

fn ratio(text: &str, mentions: &[Mention], rate: usize) -> Option<Ratio> {
    /// The most figures before a rate that it may be made of.
    const NEAR: usize = 12;
    let (stem, told) = (stem(text, mentions, rate)?, &mentions[rate]);
    let exact = |i: &usize| {
        mentions[*i].sentence == told.sentence && mentions[*i].exactness == Exactness::Exact
    };
    let figures: Vec<usize> = (rate.saturating_sub(NEAR)..rate)
        .filter(exact)
        .filter(|i| {
            let figure = &mentions[*i];
            let counts = matches!(figure.unit, Unit::Counter(_)) && figure.growth.is_none();
            counts && !figure.is_excluded(text)
        })
        .collect();
    if told.exactness != Exactness::Exact {
        return None;
    }
    let named = |name: &str| -> Vec<usize> {
        figures.iter().copied().filter(|i| names(text, mentions, *i, name)).collect()
    };
    // 满意80份，比较满意30份: both may be meant.
    let only = |name: &str| match named(name).as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let of_two = |[_, one, other]: &[String; 3]| Some((only(one)?, vec![only(other)?]));
    let mut two = Lexicon::get().sums.rates_of_two.iter().filter(|rate| rate[0] == stem);
    let (part, others) = two.find_map(of_two).or_else(|| Some((only(&stem)?, Vec::new())))?;
    let told_of = |i: &usize| *i == part || others.contains(i);
    let other_parts = others.iter().map(|other| mentions[*other].value);
    let of_parts = other_parts.fold(mentions[part].value, Decimal::saturating_add);
    let of = |whole: &usize| {
        let (a, b) = (&mentions[part], &mentions[*whole]);
        let fits = !told_of(whole) && a.same_unit(b) && of_parts <= b.value;
        let value = percent(of_parts, b.value, told.places).filter(|_| fits)?;
        Some(Ratio { rate, part, others: others.clone(), whole: *whole, value, by_name: false })
    };
    let pairs: Vec<Ratio> = figures.iter().filter_map(of).collect();
    if let Some(fitting) = pairs.iter().find(|pair| pair.value == told.value) {
        return Some(fitting.clone());
    }
    // 复议67件，纠正11件，未审结7件，纠错率18.3%: of those that have been decided.
    let open = figures.iter().filter(|figure| is_open(text, mentions, **figure));
    let without = |pair: &Ratio| {
        let whole = &mentions[pair.whole];
        open.clone().any(|other| {
            let rest = whole.value - mentions[*other].value;
            percent(of_parts, rest, told.places) == Some(told.value)
        })
    };
    if pairs.iter().any(without) {
        return None;
    }
    nearest(text, mentions, told, pairs)
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

/// The word that a rate is named after: 满意 of 群众满意率.
fn stem(text: &str, mentions: &[Mention], rate: usize) -> Option<String> {
    const LENGTH: usize = 2;
    const RATE: char = '率';
    let from = rate.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = text.get(from..mentions[rate].digits.start)?;
    let clause = words.rsplit(MARKS).next()?;
    let links = &Lexicon::get().sums.rate_links;
    let name = links.end_of(clause).and_then(|link| clause.strip_suffix(link)).unwrap_or(clause);
    let name = name.strip_suffix(RATE)?;
    let n = name.chars().count();
    (n >= LENGTH).then(|| name.chars().skip(n - LENGTH).collect())
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

/// A part of a whole in percent, rounded half up.
fn percent(part: Decimal, whole: Decimal, places: u32) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}
