//! Figures that are compared with the one right behind them, whatever they are called: 3件，多于另一类的9件; 20件，比不予公开13件少7件;
//! 6件，是年初3件的3倍.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::alone::{is_reported, sentence};
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every comparison of two figures beside each other that they contradict, and that no other rule has judged.
pub(super) fn judge_lone_comparisons(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for other in 1..passage.mentions.len() {
        let Some(said) = compared(passage, text.printed(), other) else { continue };
        let [own, base] = [other - 1, other].map(|i| &passage.mentions[i]);
        let round = sentence(text.printed(), own.digits.start);
        let figure = said.figure().unwrap_or(other);
        if findings.is_held(passage, figure) || is_reported(findings, passage, text, &round) {
            continue;
        }
        let pair = format!("{} 与 {}", as_told(own.value, own), as_told(base.value, base));
        // More or fewer, by no figure: few slips would show.
        if said.figure().is_some() {
            findings.held(passage, figure, Held::Text(pair));
        }
        let bound = own.bound && base.bound;
        let Some(right) = said.contradicted(passage, own, base).filter(|_| !bound) else {
            continue;
        };
        let words = clause(text, &(base.phrase.start..passage.mentions[figure].range.end));
        let at = said.figure().map_or(&base.digits, |i| &passage.mentions[i].digits);
        let finding = findings.report(
            place(passage, text, at),
            format!("“{words}”：前面是 {}，{right}", as_told(own.value, own)),
            right,
        );
        finding.related.push(Label::new(place(passage, text, &own.digits), "相比的数"));
        finding.help.push("核对两个数和说法，改正写错的那一个".to_owned());
    }
}

/// The words of a comparison between two figures.
enum Said {
    /// More or fewer, by no figure.
    Than { more: bool },
    /// More or fewer by as many as a third figure tells.
    By { more: bool, figure: usize },
    /// As many times as a third figure tells.
    Times(usize),
}

impl Said {
    fn figure(&self) -> Option<usize> {
        match self {
            Self::Than { .. } => None,
            Self::By { figure, .. } | Self::Times(figure) => Some(*figure),
        }
    }

    /// The truth about two figures, where it is not told.
    fn contradicted(&self, passage: &Passage, own: &Mention, base: &Mention) -> Option<String> {
        let apart = own.value - base.value;
        let way = if apart > Decimal::ZERO { "多" } else { "少" };
        let truth = match apart.is_zero() {
            true => "两者相等".to_owned(),
            false => format!("比它{way} {}", as_told(apart.abs(), own)),
        };
        match self {
            Self::Than { more } => {
                let right = if *more { apart > Decimal::ZERO } else { apart < Decimal::ZERO };
                (!right).then_some(truth)
            }
            Self::By { more, figure } => {
                let by = passage.mentions[*figure].value;
                (apart != if *more { by } else { -by }).then_some(truth)
            }
            Self::Times(figure) => {
                let told = &passage.mentions[*figure];
                let right = own.value.checked_div(base.value)?;
                let places = told.places.max(1);
                let printed =
                    right.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
                let near = (right - told.value).abs() < told.step;
                (!near).then(|| format!("是它的 {} 倍", printed.normalize()))
            }
        }
    }
}

/// The comparison of a figure with the one right before it, if the words between them are no more than that.
fn compared(passage: &Passage, text: &str, other: usize) -> Option<Said> {
    /// The most characters of the name of a figure.
    const NAME: usize = 16;
    let mentions = &passage.mentions;
    let [own, base] = [&mentions[other - 1], &mentions[other]];
    let plain = |m: &Mention| m.is_exact_number() && !m.is_of_each(text);
    if !plain(own)
        || own.growth.is_some()
        || !plain(base)
        || !own.same_unit(base)
        || own.sentence != base.sentence
    {
        return None;
    }
    let between = passage.words_before(text, other);
    let (noun, lead) = between.split_once('，')?;
    let short = |words: &str| {
        words.chars().count() <= NAME && !words.contains(['，', '；', '、', '（', '。', '：'])
    };
    if !short(noun) || !short(lead) {
        return None;
    }
    let comparisons = &WordLists::get().comparisons;
    // 比上年的91.8分高2.8分，比全市的90.1分高4.5分: a difference is compared with nothing.
    let own_lead = text.get(..own.digits.start).unwrap_or_default();
    let differs = [&comparisons.more, &comparisons.fewer];
    if differs.into_iter().any(|words| words.end_of(own_lead).is_some()) {
        return None;
    }
    let filler = comparisons.degrees.start_of(lead).unwrap_or_default();
    let lead = &lead[filler.len()..];
    let third = mentions.get(other + 1).filter(|m| m.sentence == base.sentence);
    let behind = |m: &Mention| text.get(base.range.end..m.digits.start).unwrap_or_default();
    if let Some(than) = comparisons.than.start_of(lead) {
        let of_last_year = Lexicon::get().growth.last_year.are_in(&lead[than.len()..]);
        let told = third.filter(|m| m.counts_exactly() || m.growth.is_some())?;
        let said = behind(told).trim_start_matches('，').trim_end_matches('了');
        let (more, fewer) = (comparisons.more.has(said), comparisons.fewer.has(said));
        let exact = told.same_unit(own) && told.exactness == Exactness::Exact;
        return (exact && more != fewer && !of_last_year)
            .then_some(Said::By { more, figure: other + 1 });
    }
    if comparisons.equals.start_of(lead).is_some() {
        let times = third.filter(|m| m.unit == Unit::Times && behind(m) == "的")?;
        let exact = times.exactness == Exactness::Exact && base.value > Decimal::ZERO;
        return exact.then_some(Said::Times(other + 1));
    }
    let above = comparisons.above.start_of(lead);
    let below = comparisons.below.start_of(lead);
    let ends = text[base.range.end..].starts_with(['，', '。', '；', '\n']);
    // 低于限额23.3亿元: by so much.
    let named = lead.ends_with('的');
    (ends && named && above.is_some() != below.is_some())
        .then_some(Said::Than { more: above.is_some() })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn comparisons_that_the_two_figures_contradict() {
        for wrong in [
            "咨询类来信3件，多于投诉类的9件，需加强引导。",
            "图文解读20篇，比视频解读13篇少7篇。",
            "年末粉丝6万个，是年初3万个的3倍，增长较快。",
            "街道办理7件，远高于部门办理的12件。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn comparisons_of_the_figures_or_of_something_else() {
        for fine in [
            "咨询类来信3件，少于投诉类的9件，需加强引导。",
            "图文解读20篇，比视频解读13篇多7篇。",
            "年末粉丝6万个，是年初3万个的2倍，增长较快。",
            "街道办理17件，远高于部门办理的12件。",
            "更新120条，少于50条的栏目有3个。",
            "考核得94.6分，比上年的91.8分高2.8分，比全市平均分90.1分高4.5分。",
            "债务余额389.3亿元，低于限额23.3亿元。",
            "解读20篇，较好地回应了13个热点问题，增加7期访谈。",
            "年末粉丝6.2万个，是年初3万个的2.1倍。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
