//! Several of something in each period, and all of a year: 每季度举办2期，全年共举办8期; 16个村每季度张榜2次，全年共128次.

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Lexicon, Mention, Passage, one_slip};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports every number of all of a year that is not what each period has, times their number, where it is near to it.
pub(super) fn judge_rounds_of_several(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for all in 1..passage.mentions.len() {
        let Some(told) = each_before(passage, text.printed(), all) else { continue };
        let [each, total] = [told.each, all].map(|i| &passage.mentions[i]);
        let right = each.value.saturating_mul(told.n);
        let said = told.said(each);
        // A plan, perhaps, or of some other number of them.
        let near = is_near(total.value, right, each.value, told.bodies);
        if total.value != right && !near || total.bound && each.bound {
            continue;
        }
        for figure in [told.each, all] {
            findings.held(passage, figure, Held::Text(said.clone()));
        }
        if total.value == right {
            continue;
        }
        let words = clause(text, &total.phrase);
        let finding = findings.report(
            place(passage, text, &total.digits),
            format!("{said}，是 {right}，这里写的是“{words}”"),
            format!("其余无误时是 {right}"),
        );
        finding.related.push(Label::new(place(passage, text, &each.digits), "每次的数"));
        finding
            .help
            .push("核对每次多少、一年几次和全年的数；多办、少办了的，在文字中写明".to_owned());
    }
}

/// A figure of each period, with the number of them in a year, or of all bodies in a year.
struct Each {
    each: usize,
    n: Decimal,
    /// The number of bodies that have as many, one where none is told.
    bodies: Decimal,
}

impl Each {
    /// The two factors as a reader is told them: 每次 2，一年 4 次.
    fn said(&self, each: &Mention) -> String {
        let rounds = self.n.checked_div(self.bodies).unwrap_or(self.n).normalize();
        let each = each.value.normalize();
        if self.bodies > Decimal::ONE {
            format!("{} 个，每次 {each}，一年 {rounds} 次", self.bodies)
        } else {
            format!("每次 {each}，一年 {rounds} 次")
        }
    }
}

/// The figure of each period right before a figure of all of a year.
fn each_before(passage: &Passage, text: &str, all: usize) -> Option<Each> {
    /// The most figures between the two, of which one may be the number of months.
    const NEAR: usize = 2;
    let mentions = &passage.mentions;
    let total = &mentions[all];
    let counts = |m: &Mention| m.counts_exactly() && m.unit.counter().is_some();
    if !counts(total) || !is_of_year(passage.words_before(text, all)) {
        return None;
    }
    let near = (1..=NEAR).filter_map(|back| all.checked_sub(back));
    let each = near.into_iter().find(|each| {
        let mention = &mentions[*each];
        counts(mention)
            && mention.same_unit(total)
            && mention.sentence == total.sentence
            && mention.value > Decimal::ONE
    })?;
    let n = periods(passage.words_before(text, each))?;
    let bodies = bodies_before(passage, text, each);
    let several = bodies.unwrap_or(Decimal::ONE);
    Some(Each { each, n: n.saturating_mul(several), bodies: several })
}

/// True if the words before a figure say that it is all of the year.
fn is_of_year(words: &str) -> bool {
    /// The most characters of a verb.
    const VERB: usize = 6;
    let clauses = &Lexicon::get().clauses;
    let clause = words.rsplit(['，', '；', '。', '：', '、']).next().unwrap_or_default();
    let year = clauses.own_years.start_of(clause).map(|year| &clause[year.len()..]);
    let weeks = clause.strip_prefix("52周");
    let rest = year.or(weeks);
    rest.is_some_and(|rest| rest.chars().count() <= VERB && rest.chars().all(char::is_alphabetic))
        && words.contains('，')
}

/// The number of periods of a year that the words before a figure tell: 每季度举办; 平均每周.
fn periods(words: &str) -> Option<Decimal> {
    const EACH: char = '每';
    const VERB: usize = 6;
    let sums = &Lexicon::get().sums;
    let clause = words.rsplit(['，', '；', '。', '：', '、']).next()?;
    let (subject, of_each) = clause.rsplit_once(EACH)?;
    let of_weeks = sums.periods.weeks.start_of(of_each).map(|week| (week.len(), "52"));
    let longest = sums.periods.rounds_of_a_year.iter();
    let longest = longest.filter(|(period, _)| of_each.starts_with(period.as_str()));
    let longest = longest.max_by_key(|(period, _)| period.len());
    let (length, n) = longest.map(|(period, n)| (period.len(), n.as_str())).or(of_weeks)?;
    let verb = &of_each[length..];
    // 各村每月更新2次: of several bodies whose number is not told.
    let several = sums.periods.several_have.are_in(subject.trim_end_matches("平均"));
    let bounded = sums.bounds.are_in(verb) || sums.bounds.are_in(subject);
    let plain = verb.chars().count() <= VERB && verb.chars().all(char::is_alphabetic);
    (plain && !bounded && !several).then(|| n.parse().ok()).flatten()
}

/// The number of bodies that the clause of a figure of each period begins with: 16个村坚持每季度.
fn bodies_before(passage: &Passage, text: &str, each: usize) -> Option<Decimal> {
    let before = each.checked_sub(1)?;
    let bodies = &passage.mentions[before];
    let between = passage.words_before(text, each);
    let near = !between.contains(['，', '；', '。', '：', '、', '\n']);
    let counts = bodies.counts_exactly() && bodies.value > Decimal::ONE;
    (near && counts && bodies.sentence == passage.mentions[each].sentence).then_some(bodies.value)
}

/// True if a number of all is near enough to what it should be to be meant for it.
fn is_near(told: Decimal, right: Decimal, each: Decimal, bodies: Decimal) -> bool {
    const ROUNDS: u32 = 2;
    let off = (told - right).abs();
    let in_rounds = (told % each).is_zero() && off <= each.saturating_mul(Decimal::from(ROUNDS));
    let whole = bodies > Decimal::ONE && off <= each.saturating_mul(bodies);
    in_rounds || whole || told >= Decimal::TEN && one_slip(told, right)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::average_wrong::RULE;

    #[test]
    fn all_of_a_year_that_its_periods_do_not_give() {
        for wrong in [
            "坚持每季度举办2期，全年共举办6期。",
            "坚持每月制作短视频6条，12个月从未间断，全年共制作66条。",
            "公众号坚持周周更新，平均每周6篇，52周共推送322篇。",
            "全镇16个村坚持每季度张榜公开财务2次，全年共张榜124次。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn all_of_a_year_that_its_periods_give_or_need_not() {
        for fine in [
            "坚持每季度举办2期，全年共举办8期。",
            "每月发布3条，全年发布40条。",
            "各村每季度公示2次，全年公示96次。",
            "每季度至少举办2期，全年共举办10期。",
            "每季度抽查2个单位，全年通报6次。",
            "全镇16个村坚持每季度张榜公开财务2次，全年共张榜128次。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
