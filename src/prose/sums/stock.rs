//! [`Balance`]: a stock at the beginning, what came and went, and the stock at the end: 年初36个，注销5个、新开2个，年末33个.

use rust_decimal::Decimal;

use super::Figures;
use super::gap::MARKS;
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;

/// Figures of which two sides come to the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Balance {
    /// The stock at the beginning, and all that came.
    pub(crate) came: Vec<usize>,
    /// The stock at the end, and all that went.
    pub(crate) went: Vec<usize>,
    /// True if both sides come to the same.
    pub(crate) fits: bool,
    /// The figure that the others decide: the stock at the end, or what came less what went.
    pub(crate) outcome: usize,
    /// True if it tells what came less what went, and no stock.
    pub(crate) is_net: bool,
}

/// The part of a balance that a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Start,
    End,
    Came,
    Went,
    /// All that came less all that went.
    NetMore,
    /// All that went less all that came.
    NetFewer,
}

/// The balances of the figures of a sentence, unit by unit, if each of a unit is a stock or what came or went, and there is one
/// stock at the beginning and one at the end. One that does not come out is one only if a slip in some figure explains it.
pub(super) fn balances(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Balance> {
    if !tells_beginning(text, mentions, figures) {
        return Vec::new();
    }
    let mut units: Vec<usize> = Vec::new();
    for i in &figures.own {
        let counted = matches!(mentions[*i].unit, Unit::Counter(_));
        if counted && !units.iter().any(|unit| mentions[*unit].same_unit(&mentions[*i])) {
            units.push(*i);
        }
    }
    let of_unit = |unit: &usize| {
        let same = |i: &usize| mentions[*i].same_unit(&mentions[*unit]);
        let own: Vec<usize> = figures.own.iter().copied().filter(same).collect();
        balances_of_unit(text, mentions, &with_growths(text, mentions, &own))
    };
    units.iter().flat_map(of_unit).collect()
}

/// True if a sentence may tell a stock at the beginning; most tell none, and need not be read.
fn tells_beginning(text: &str, mentions: &[Mention], figures: &Figures) -> bool {
    const FEWEST: usize = 3;
    /// The bytes behind the last figure in which a change may name a stock: 年末96件，较上年末净增.
    const REACH: usize = 40;
    let lexicon = Lexicon::get();
    let last = figures.own.last().map_or(figures.start, |last| mentions[*last].digits.start);
    let last = text.floor_char_boundary(last + REACH);
    let said = text.get(figures.start..last).unwrap_or_default();
    figures.own.len() >= FEWEST && (lexicon.growth.base_from.are_in(said) || begins(said))
}

/// True if some words say that a stock is that of the beginning of the year.
fn begins(words: &str) -> bool {
    let lexicon = Lexicon::get();
    lexicon.growth.last_state.are_in(words) || lexicon.sums.stock_begins.are_in(words)
}

/// The figures of a sentence with those among them that tell a stock at the beginning and a net change, which the reading takes for
/// what something grew from and by.
fn with_growths(text: &str, mentions: &[Mention], own: &[usize]) -> Vec<usize> {
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
    let belongs = |i: &usize| {
        let mention = &mentions[*i];
        let near = mention.sentence == mentions[*first].sentence;
        // 较上年末净增3件 names no figure that has grown.
        let grown = mention.growth.is_some() || !mention.of_this_year;
        let like = near && grown && mention.same_unit(&mentions[*first]);
        like && matches!(
            role(text, mentions, *i),
            Some(Role::Start | Role::NetMore | Role::NetFewer)
        )
    };
    let (from, to) = (*first, (*last + 1).min(mentions.len() - 1));
    (from..=to).filter(|i| own.contains(i) || belongs(i)).collect()
}

fn balances_of_unit(text: &str, mentions: &[Mention], own: &[usize]) -> Vec<Balance> {
    const FEWEST: usize = 3;
    const MOST: usize = 12;
    if !(FEWEST..=MOST).contains(&own.len()) {
        return Vec::new();
    }
    let roles: Vec<(usize, Role)> =
        own.iter().filter_map(|i| Some((*i, role(text, mentions, *i)?))).collect();
    let all = |role: Role| -> Vec<usize> {
        roles.iter().filter(|(_, own)| *own == role).map(|(i, _)| *i).collect()
    };
    if let Some(net) = net_of_flows(mentions, &all) {
        return vec![net];
    }
    let (begun, ended) = (all(Role::Start), all(Role::End));
    let ([start], [end]) = (begun.as_slice(), ended.as_slice()) else { return Vec::new() };
    let exact = roles.iter().all(|(i, _)| mentions[*i].exactness == Exactness::Exact);
    let (came, went) = (all(Role::Came), all(Role::Went));
    let (more, fewer) = (all(Role::NetMore), all(Role::NetFewer));
    // Figures of anything else among them leave open of what each is told.
    let first = roles.first().map_or(0, |(i, _)| *i);
    let last = roles.last().map_or(0, |(i, _)| *i);
    let within = own.iter().filter(|i| (first..=last).contains(i)).count();
    let flows = [&came, &went, &more, &fewer];
    if !flows.into_iter().flatten().all(|i| is_flow_of(text, mentions, *start, *i))
        || !exact
        || more.len() + fewer.len() > 1
        || within > roles.len()
    {
        return Vec::new();
    }
    let with = |one: &[usize], other: &[usize]| [one, other].concat();
    // 年初53件，制发7件，废止4件，年末52件: all that there can be.
    let complete = came.len() == 1 && went.len() == 1 && more.is_empty() && fewer.is_empty();
    let stock = |came: &[usize], went: &[usize]| {
        let (came, went) = (with(&[*start], came), with(&[*end], went));
        balance(mentions, came, went, *end, complete)
    };
    if came.is_empty() && went.is_empty() {
        let told = !more.is_empty() || !fewer.is_empty();
        return stock(&more, &fewer).filter(|_| told).into_iter().collect();
    }
    let stock = stock(&came, &went);
    // 制定6件，废止4件，在上年末29件的基础上净增4件，现有31件: what the stocks confirm, the net change must be.
    let confirmed = stock.as_ref().is_some_and(|stock| stock.fits);
    let net = more.first().or(fewer.first()).filter(|_| confirmed);
    let net = net.map(|net| {
        let (came, went) = (with(&came, &fewer), with(&went, &more));
        let fits = added(mentions, &came) == added(mentions, &went);
        Balance { came, went, fits, outcome: *net, is_net: true }
    });
    stock.into_iter().chain(net).collect()
}

/// True if a figure that came or went may be of the stock that begins with another one.
fn is_flow_of(text: &str, mentions: &[Mention], start: usize, flow: usize) -> bool {
    // 复议5件，减少2件；被纠正的由2件减为1件: what stands before another semicolon is no change of a stock.
    if flow > start {
        return true;
    }
    // 新收净增12件，办结由103件增至113件: a net change before a figure that became another is of something else.
    let is_net = matches!(role(text, mentions, flow), Some(Role::NetMore | Role::NetFewer));
    let between = text.get(mentions[flow].range.end..mentions[start].digits.start);
    let together = between.is_some_and(|words| !words.contains('；'));
    together && !(is_net && starts(text, mentions, start))
}

/// 制定11件、废止14件，较上年末净增3件: what came less what went, or the other way round, where no stock at the beginning is told.
fn net_of_flows(mentions: &[Mention], all: &dyn Fn(Role) -> Vec<usize>) -> Option<Balance> {
    let [more, fewer] = [Role::NetMore, Role::NetFewer].map(all);
    let ([came], [went]) = (&all(Role::Came)[..], &all(Role::Went)[..]) else { return None };
    let net = [more.as_slice(), &fewer].concat();
    let [net] = net.as_slice() else { return None };
    let exact = [came, went, net].iter().all(|i| mentions[**i].exactness == Exactness::Exact);
    let apart = (mentions[*came].value - mentions[*went].value).abs();
    let told = exact && all(Role::Start).is_empty() && apart == mentions[*net].value;
    let (came, went) = ([&[*came][..], &fewer].concat(), [&[*went][..], &more].concat());
    let fits = added(mentions, &came) == added(mentions, &went);
    (told && apart > Decimal::ZERO).then_some(Balance {
        came,
        went,
        fits,
        outcome: *net,
        is_net: true,
    })
}

/// Two sides that come to the same, or would but for a slip in one figure.
fn balance(
    mentions: &[Mention],
    came: Vec<usize>,
    went: Vec<usize>,
    outcome: usize,
    complete: bool,
) -> Option<Balance> {
    /// The most by which a complete balance is off.
    const OFF: u32 = 9;
    let (one, other) = (added(mentions, &came), added(mentions, &went));
    let fits = one == other;
    let fitting = |i: &usize, sign: Decimal| mentions[*i].value + (other - one) * sign;
    let slip = |i: &usize, sign: Decimal| {
        let right = fitting(i, sign);
        right >= Decimal::ZERO && one_slip(mentions[*i].value, right)
    };
    let explained = came.iter().any(|i| slip(i, Decimal::ONE))
        || went.iter().any(|i| slip(i, Decimal::NEGATIVE_ONE));
    let near =
        complete && (one - other).abs() <= Decimal::from(OFF) && one > Decimal::from(2 * OFF);
    (fits || explained || near).then_some(Balance { came, went, fits, outcome, is_net: false })
}

/// The part of a balance that a figure is by the words before it.
fn role(text: &str, mentions: &[Mention], i: usize) -> Option<Role> {
    const ENDS: &[char] = &['。', '：', '（', '）', '\n'];
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[i].digits.start)?;
    let said = said.rsplit(ENDS).next()?;
    let lexicon = Lexicon::get();
    let (words, growth) = (&lexicon.sums, &lexicon.growth);
    let piece = said.rsplit(MARKS).next()?;
    // 由年初的14个整合为12个: the one it came to follows the one it came from.
    let turned = i.checked_sub(1).is_some_and(|before| starts(text, mentions, before));
    if turned && said == piece && growth.base_to.end_of(piece).is_some() {
        return Some(Role::End);
    }
    if starts(text, mentions, i) {
        return Some(Role::Start);
    }
    match (words.net_more.end_of(piece), words.net_fewer.end_of(piece)) {
        (Some(_), None) => return Some(Role::NetMore),
        (None, Some(_)) => return Some(Role::NetFewer),
        (Some(_), Some(_)) | (None, None) => {}
    }
    let clause = said.trim_start_matches(MARKS);
    let came = words.comes.are_in(piece) || words.stock_came.are_in(piece);
    let went = words.goes.are_in(piece) || words.stock_went.are_in(piece);
    // 上年末 is a beginning, and no 年末.
    let first = begins(clause);
    let named = growth
        .last_state
        .all_in(clause)
        .fold(clause.to_owned(), |clause, word| clause.replace(word, ""));
    let last = words.stock_ends.are_in(&named);
    match (came, went, first, last) {
        (true, false, _, false) => Some(Role::Came),
        (false, true, _, false) => Some(Role::Went),
        // 比上年末多1件 is a change, and no stock.
        (false, false, true, false) if !tells_change(piece) => Some(Role::Start),
        (false, false, false, true) => Some(Role::End),
        (false, false, false, false) if is_taken_apart(text, mentions, i) => Some(Role::End),
        _ => None,
    }
}

/// True if what came of a figure, and nothing but what there was before, is told right behind it: 粉丝412万，其中年内新增37万，上年末为375万.
fn is_taken_apart(text: &str, mentions: &[Mention], i: usize) -> bool {
    const LONGEST: usize = 8;
    let [Some(part), Some(start)] = [i + 1, i + 2].map(|next| mentions.get(next)) else {
        return false;
    };
    let [came, left] = [(&mentions[i], part), (part, start)]
        .map(|(one, other)| text.get(one.range.end..other.digits.start).unwrap_or_default());
    let words = &Lexicon::get().sums;
    let opens = came.strip_prefix(MARKS).is_some_and(|came| words.opens.start_of(came).is_some());
    let near = left.starts_with(MARKS) && left.chars().count() <= LONGEST;
    opens && words.comes.are_in(came) && near && begins(left)
}

/// True if the words right before a figure say that it is more or less than another.
fn tells_change(piece: &str) -> bool {
    let growth = &Lexicon::get().growth;
    growth.up.end_of(piece).is_some() || growth.down.end_of(piece).is_some()
}

/// True if something is said to have changed from a figure to the next: 由53个减到39个, 由年初438家整合为427家.
fn starts(text: &str, mentions: &[Mention], i: usize) -> bool {
    const LONGEST: usize = 8;
    let Some(next) = mentions.get(i + 1) else { return false };
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[i].digits.start).unwrap_or_default();
    let piece = said.rsplit(MARKS).next().unwrap_or_default();
    let between = text.get(mentions[i].range.end..next.digits.start).unwrap_or_default();
    let growth = &Lexicon::get().growth;
    let from = growth.base_from.iter().any(|word| piece.contains(word));
    let short = between.chars().count() <= LONGEST && !between.contains(MARKS);
    from && short && growth.base_to.end_of(between).is_some() && next.same_unit(&mentions[i])
}
