//! NB617: a change is the difference of the two figures that the sentence itself gives.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Change, Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::{as_told, shown};
use crate::rules::figures::directions::judge_directions;
use crate::rules::figures::durations::judge_durations;
use crate::rules::figures::earlier_years::judge_earlier;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::lone_changes::judge_lone_changes;
use crate::rules::figures::lone_comparisons::judge_lone_comparisons;
use crate::rules::figures::named_comparisons::judge_named_comparisons;
use crate::rules::figures::pairs_in_words::judge_pairs_in_words;
use crate::rules::figures::plan_missed::judge_plans;
use crate::rules::figures::points::judge_points;
use crate::rules::figures::rates_of_pairs::judge_rates_of_pairs;
use crate::rules::figures::row_trends::judge_row_trends;
use crate::rules::figures::trends::judge_trends;
use crate::rules::figures::turned_changes::judge_turned;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB617",
    name: "change-wrong",
    title: "增减与句中的两个数不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“收到194件，比上年的148件增加46件，增长31.1%”：同一句里写了今年的数、上年的数和增减的，增减是否等于两数之差，增减率是否等于差除以上年的数（按文字的小数位数四舍五入，末位相差1的不算错）。上年的数写在括号里的（“增长4.6%（上年为1229条）”）也算；没有写上年的数、但写了增减多少件的，按差推算；说“与上年持平”的，两个数是否相同。“由6.2万人增至6.1万人”这样说变多、变少，数却没有变多、变少的，也算。前一句写了今年的数，后一句把减少写成增加、把增加写成减少的（“发布684条。总量比上年的731条增长6.4%”），也算；“占67.9%，比上年的48.0%提高19.9%”这样把两个百分比之差写成百分之几的，“比上年的1652条增长14.6个百分点”这样把件数的增减写成百分点的，也算；“计划1324次，实际1187次，比计划多137次”这样与计划相比的多少或者方向不对的，也算；“逐年下降，2021年至2023年依次为……”这样说逐年升降，而各年的数不是这样的，“依次为88分、91分、90分，逐季上升”这样说依次升降，而前面的数不是这样的，也算；“由25人增至40人，增长37.5%”这样写明前后两个数的，增减率按这两个数计算，“由68件变为74件，略有减少”这样不写增减多少的，也看方向；“由50人增至65人，增加四分之一”“人数翻了一番”这样用话说增减多少的，“上半年246条，下半年318条，下半年比上半年多82条”“视频量高于图文”这样按名称比两个数的，“3件，多于另一类的9件”“20篇，比视频13篇多7篇”“6万个，是年初3万个的2倍”这样与紧挨着的数相比的，“用时6.5个工作日，比上年的5.8个工作日缩短”这样把时间长短说反、差算错的，也算；一句里只写了上年的数和另一个数的，增减和增减率按这两个数计算。约数不作判断。",
        why: "三个数中改了一个，另外两个就要跟着改；读者一算就知道对不上。",
        example: "[overview]\ntext = \"全年发布信息978条，较上年的890条增加89条。\"",
        corrected: "[overview]\ntext = \"全年发布信息978条，较上年的890条增加88条。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        let mut of: Vec<usize> =
            passage.mentions.iter().filter_map(|m| m.growth).map(|growth| growth.of).collect();
        of.dedup();
        for of in of {
            judge(findings, passage, text, of);
        }
        judge_earlier(report, findings, passage, text);
        judge_turned(report, findings, passage, text);
        judge_points(findings, passage, text);
        judge_durations(findings, passage, text);
        judge_rates_of_pairs(findings, passage, text);
        judge_directions(findings, passage, text);
        judge_pairs_in_words(findings, passage, text);
        judge_named_comparisons(findings, passage, text);
        judge_plans(findings, passage, text);
        judge_trends(report, findings, passage, text);
        judge_row_trends(findings, passage, text);
        for pair in passage.mentions.windows(2) {
            if let [base, now] = pair {
                judge_direction(findings, (passage, text), base, now);
            }
        }
        judge_lone_changes(findings, passage, text);
        judge_lone_comparisons(findings, passage, text);
    }
}

/// The changes of one figure against the figure of the year before.
fn judge(findings: &mut Findings<'_>, passage: &Passage, text: &Text, of: usize) {
    /// The greatest distance of its changes behind a figure.
    const NEAR: usize = 8;
    let now = &passage.mentions[of];
    let told = |mention: &&Mention| mention.growth.is_some_and(|growth| growth.of == of);
    let all: Vec<&Mention> = passage.mentions.iter().skip(of).take(NEAR).filter(told).collect();
    let exact = |mention: &Mention| mention.exactness == Exactness::Exact;
    if !exact(now) || !all.iter().all(|mention| exact(mention)) {
        return;
    }
    let change = |mention: &Mention| mention.growth.map(|growth| growth.change);
    let base = all.iter().find(|m| change(m) == Some(Change::Base)).copied();
    let base = base.or_else(|| base_of_series(passage, text, of));
    if base.is_none() {
        judge_pair(findings, passage, text, of, &all);
        return;
    }
    let Some(base) = base.filter(|base| base.value > Decimal::ZERO && base.same_unit(now)) else {
        return;
    };
    if now.value != base.value && says_same(text.printed(), base) {
        hold(findings, passage, of, [now, base]);
        report_unlike(findings, (passage, text), now, base);
        return;
    }
    for mention in &all {
        let Some((right, off)) = should_be(mention, now, now.value, base.value) else { continue };
        hold(findings, passage, of, [mention, base]);
        let all_bound = now.bound && base.bound && mention.bound;
        if all_bound
            || (mention.value - right).abs() <= off
            || is_of_row(passage, of, mention, base)
        {
            continue;
        }
        let digits = mention.digits.clone();
        let right = format!("{}{}", shown(right, mention), sign(mention.unit));
        let finding = findings.report(
            place(passage, text, &digits),
            format!(
                "文字写“{}”，而本年是 {}，上年是 {}，增减应为 {right}",
                clause(text, &mention.phrase),
                as_told(now.value, now),
                as_told(base.value, base)
            ),
            format!("两数相比是 {right}"),
        );
        for (figure, name) in [(now, "本年"), (base, "上年")] {
            let at = Place::Text(passage.path.clone(), text.typed_range(figure.digits.clone()));
            finding.related.push(Label::new(at, name));
        }
        finding.help.push("三个数逐一核对，改正写错的那一个".to_owned());
        // A wrong figure makes all changes wrong; one finding says so.
        return;
    }
}

/// 2023年218件、2024年247件，2024年比上年增长13.3%: the figure before one that is that of the year before, by the years both are
/// told with.
fn base_of_series<'a>(passage: &'a Passage, text: &Text, of: usize) -> Option<&'a Mention> {
    const SIGN: char = '年';
    const DIGITS: usize = 4;
    let year = |mention: &Mention| -> Option<u16> {
        let said = text.printed().get(mention.phrase.start..mention.digits.start)?;
        let before = &said[..said.rfind(SIGN)?];
        before.get(before.len().checked_sub(DIGITS)?..)?.parse().ok()
    };
    let (now, base) = (&passage.mentions[of], &passage.mentions[of.checked_sub(1)?]);
    let row = base.exactness == Exactness::Exact && base.sentence == now.sentence;
    (row && year(base)?.checked_add(1)? == year(now)?).then_some(base)
}

/// True if the words behind the figure of the year before say that nothing has changed: 上年为439条，与上年持平.
fn says_same(text: &str, base: &Mention) -> bool {
    let growth = &Lexicon::get().growth;
    let behind = text.get(base.range.end..).unwrap_or_default();
    let clause = behind.trim_start_matches(['）', ')', '，', ',']);
    let clause = clause.split(['，', '。', '；', '、', '（', '\n']).next().unwrap_or_default();
    let named = clause.strip_prefix(['与', '和', '同', '跟']).unwrap_or(clause);
    let named = growth.last_year.start_of(named).map_or(named, |year| &named[year.len()..]);
    growth.same.has(named)
}

/// Reports two figures that are said to be the same.
fn report_unlike(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    now: &Mention,
    base: &Mention,
) {
    let finding = findings.report(
        place(passage, text, &base.digits),
        format!(
            "文字写与上年相同，而本年是 {}，上年是 {}",
            as_told(now.value, now),
            as_told(base.value, base)
        ),
        "上年的数",
    );
    finding.related.push(Label::new(place(passage, text, &now.digits), "本年的数"));
    finding.help.push("核对两个数，改正写错的那一个，或者写明增减".to_owned());
}

/// The change that a figure and that of the year before give, and how far the told one may be from it; `None` where it tells
/// something else.
fn should_be(
    mention: &Mention,
    now: &Mention,
    value: Decimal,
    base: Decimal,
) -> Option<(Decimal, Decimal)> {
    match mention.growth.map(|growth| growth.change)? {
        Change::Difference(up) if mention.same_unit(now) => {
            let difference = value - base;
            Some((if up { difference } else { -difference }, Decimal::ZERO))
        }
        Change::Rate(up) => {
            let rate = rate(value, base, mention.places)?;
            Some((if up { rate } else { -rate }, Decimal::new(1, mention.places)))
        }
        Change::Multiple => times(value, base, mention),
        Change::More => times(value - base, base, mention),
        Change::Difference(_) | Change::Base => None,
    }
}

/// The sign of a change behind its number; none where it is one of things or money.
fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Points => " 个百分点",
        Unit::Times => " 倍",
        Unit::Counter(_) | Unit::Yuan | Unit::Year | Unit::Month | Unit::Day => "",
    }
}

/// A multiple that nobody calls 一倍.
const LEAST_OF_ONE: Decimal = Decimal::from_parts(6, 0, 0, false, 1);

/// So many times as much as the year before, rounded or cut off: 2.5倍.
fn times(value: Decimal, base: Decimal, mention: &Mention) -> Option<(Decimal, Decimal)> {
    let exact = value.checked_div(base)?;
    // 6件增至9件 is no 增加一倍, though half of it rounds to one.
    if mention.value == Decimal::ONE && mention.places == 0 && exact <= LEAST_OF_ONE {
        return Some((exact.round_dp(1), Decimal::ZERO));
    }
    let near = (exact - mention.value).abs() < mention.step;
    let rounded =
        exact.round_dp_with_strategy(mention.places, RoundingStrategy::MidpointAwayFromZero);
    Some((if near { mention.value } else { rounded }, Decimal::ZERO))
}

/// True if a change is that of a row of which the figure is the last, or of one of its members: 省级4篇、市级17篇，比去年的15篇增加6篇;
/// 新收104件，上年结转5件，共109件；新收量比2023年的118件减少14件.
fn is_of_row(passage: &Passage, of: usize, mention: &Mention, base: &Mention) -> bool {
    /// The most members of a row before it.
    const LONGEST: usize = 5;
    let now = &passage.mentions[of];
    let mut sum = now.value;
    let before = passage.mentions[..of].iter().rev().take(LONGEST);
    let row = before.take_while(|other| {
        other.sentence == now.sentence
            && other.same_unit(now)
            && other.exactness == Exactness::Exact
            && other.growth.is_none()
    });
    row.into_iter().any(|other| {
        sum = sum.saturating_add(other.value);
        let comes_out = |value: Decimal| {
            should_be(mention, now, value, base.value)
                .is_some_and(|(right, off)| (mention.value - right).abs() <= off)
        };
        comes_out(sum) || comes_out(other.value)
    })
}

/// 收到9件，比上年减少3件，下降25%: the difference tells what the year before was.
fn judge_pair(
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    of: usize,
    all: &[&Mention],
) {
    let now = &passage.mentions[of];
    let told = |mention: &Mention| mention.growth.map(|growth| growth.change);
    let up = |mention: &Mention, change: fn(bool) -> Change| {
        [true, false].into_iter().find(|up| told(mention) == Some(change(*up)))
    };
    let difference = all.iter().filter(|mention| mention.same_unit(now));
    let difference = difference.clone().find_map(|m| Some((*m, up(m, Change::Difference)?)));
    let change = all.iter().find_map(|m| Some((*m, up(m, Change::Rate)?)));
    let (Some((difference, more)), Some((mention, up))) = (difference, change) else { return };
    let base = if more { now.value - difference.value } else { now.value + difference.value };
    let base = Some(base).filter(|base| *base > Decimal::ZERO && more == up);
    let Some(right) = base.and_then(|base| rate(now.value, base, mention.places)) else { return };
    hold(findings, passage, of, [mention, difference]);
    let off = Decimal::new(1, mention.places);
    if (mention.value - right.abs()).abs() <= off || mention.bound && difference.bound {
        return;
    }
    let right = right.abs();
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!(
            "文字写“{}”，而本年是 {}，增减是 {}，增减率应为 {right}%",
            clause(text, &mention.phrase),
            now.value,
            difference.value
        ),
        format!("应为 {right}%"),
    );
    for (figure, name) in [(now, "本年"), (difference, "增减")] {
        let at = Place::Text(passage.path.clone(), text.typed_range(figure.digits.clone()));
        finding.related.push(Label::new(at, name));
    }
    finding.help.push("三个数逐一核对，改正写错的那一个".to_owned());
}

/// 由6.2万人增至6.1万人: what it became is not more.
fn judge_direction(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    base: &Mention,
    now: &Mention,
) {
    let printed = text.printed();
    let lists = WordLists::get();
    let exact = [base, now].iter().all(|m| m.exactness == Exactness::Exact);
    let before = printed.get(..base.digits.start).unwrap_or_default();
    let between = printed.get(base.range.end..now.digits.start).unwrap_or_default();
    // 由第5名升至第3名 counts from above.
    let told = exact
        && base.sentence == now.sentence
        && base.same_unit(now)
        && !(base.bound && now.bound)
        && lists.change_from.end_of(before).is_some();
    let (rises, falls) = (lists.rises_to.has(between), lists.falls_to.has(between));
    if !told || !(rises && now.value <= base.value || falls && now.value >= base.value) {
        return;
    }
    let way = if rises { "多" } else { "少" };
    let said = clause(text, &(base.digits.start..now.range.end));
    let [from, to] = [base, now].map(|figure| clause(text, &figure.range));
    let finding = findings.report(
        place(passage, text, &now.digits),
        format!("“{said}”：{to}不比{from}{way}"),
        format!("要比{from}{way}"),
    );
    let at = Place::Text(passage.path.clone(), text.typed_range(base.digits.clone()));
    finding.related.push(Label::new(at, "从这个数变来"));
    finding.help.push("两个数逐一核对，改正写错的那一个，或者改写增减".to_owned());
}

/// Says that a figure, the one of the year before and a change decide each other.
fn hold(findings: &mut Findings<'_>, passage: &Passage, of: usize, others: [&Mention; 2]) {
    let told = format!("本年 {}，上年 {}", passage.mentions[of].value, others[1].value);
    for (i, figure) in passage.mentions.iter().enumerate().skip(of) {
        if i == of || others.iter().any(|other| std::ptr::eq(*other, figure)) {
            findings.held(passage, i, Held::Text(told.clone()));
        }
        if figure.sentence > passage.mentions[of].sentence + 1 {
            break;
        }
    }
}

/// The change in per cent of the year before, up as a number above zero.
fn rate(now: Decimal, base: Decimal, places: u32) -> Option<Decimal> {
    let rate = (now - base).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)?;
    Some(rate.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn one_of_three_figures_is_wrong() {
        for wrong in [
            "图解占67.9%，比上年的48.0%提高19.9%。",
            "公布信息1286条，同比增长6.4%(上年为1229条)。",
            "全年发布信息978条，较上年的890条增加89条。",
            "全年发布信息978条，较上年的890条增加88条，增幅8.9%。",
            "发布信息302条，较上年的320条下降6.6%。",
            "全年公开300条，其中县区260条，总量较上年的280条增加30条。",
            "全年公开300条，市直180条，县区120条，总量较上年的280条增加30条。",
            "粉丝由6.2万人增至6.1万人。",
            "发布信息372条，上年发布401条，同比减少7.8%。",
            "办理时长12.4天，上年为14.1天，缩短2.7天。",
            "平均办理时长12.4个工作日，上年为14.1个工作日，缩短2.7个工作日。",
            "收取信息处理费1840元，比上年减收300元，下降12.5%。",
            "办理环节从原来的8个压减至9个。",
            "满意率由95.1%提高到91.5%。",
            "全年发布信息418条，上年为439条，与上年完全持平。",
            "全年发布信息418条，与上年的439条持平。",
            "发布通报37期，上年为29期，增加8期，期数同比增长21.6%。",
            "发布信息436条，上半年197条，下半年239条，比上年的389条增加57条。",
            "办件逐年增多，2021年189件、2022年218件、2023年247件，2023年比上年增长15.3%。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn figures_that_agree_or_are_not_given() {
        for fine in [
            "全年发布信息978条，较上年的890条增加88条，增幅9.89%。",
            "发布信息302条，较上年的320条下降5.6%。",
            "发布信息302条，同比下降5.6%。",
            "发布信息372条，上年发布401条，同比减少7.2%。",
            "平均办理时长12.4个工作日，上年为14.1个工作日，缩短1.7个工作日。",
            "收取信息处理费1840元，比上年减收300元，下降14.0%。",
            "清理文件3件，上年末25件，净增5件，现有30件。",
            "发布信息212条，转载9条；较上年的248条下降14.5%。",
            "发布信息约300条，较上年的320条减少18条。",
            "网站发布1200条，公众号发布300条，总量较上年的1400条增加100条。",
            "粉丝由5.2万人增至6.1万人，栏目从8个压减到6个。",
            "在省级媒体刊稿4篇、市级媒体刊稿17篇，比去年的15篇增加6篇。",
            "排名由第5名升至第3名，问题由3个变为5个。",
            "栏目由12个调整为9个，公众号粉丝约6.2万人，增至6.1万人次阅读。",
            "从6.2万人中增至近6.1万人，由5个增至8次。",
            "全年发布信息418条，与上年的418条持平。",
            "全年发布信息418条，与上年的439条基本持平。",
            "全年发布信息418条，上年为439条，与全市平均数持平。",
            "发布通报37期，上年为29期，增加8期，期数同比增长27.6%。",
            "发布通报37期，上年为29期，人数同比增长21.6%。",
            "发布信息436条，上半年197条，下半年239条，比上年的389条增加47条。",
            "办件逐年增多，2021年189件、2022年218件、2023年247件，2023年比上年增长13.3%。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
