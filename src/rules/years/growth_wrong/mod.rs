//! NB705: last year and growth in the text are those of the figures of both years, at the precision printed.

#[cfg(test)]
mod tests;

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{
    Change, Claimed, Exactness, Growth, Mention, Passage, Unit, Wordless, readings,
};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB705",
    name: "growth-wrong",
    title: "文字中上年的数或与上年相比的增减，与两年的数据不符",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，文字中与上年相比的增减是否与两年的数相符：“同比增长 x%”“较上年下降 x%”是否等于本年数减上年数再除以上年数，“比上年增加 n 件”是否等于两年之差，“是上年的 n 倍”“增长 n 倍”“与上年持平”“翻了一番”是否属实，“较上年的 n 件”“上年为 n 件”“上年收到政府信息公开申请 n 件”是否就是上年报告的数；按文字的小数位数四舍五入。大小相符而把增长写成下降、把下降写成增长的，作警告。只看紧跟在一个能确定是表中哪一格的数后面、明确与上年相比的，符合同一句里另一个数的也不指出；约数只看增减的方向，环比、与其他年份相比的不判断；数与本年的表不等的由其他规则指出。",
        why: "增减幅度常常照抄旧稿，或者把分母用成本年；写成 {{ a | growth(from=previous.a, places=1) }} 就由程序计算。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中 received = [100, 0, 0, 0, 0, 0]\n[overview]\ntext = \"全年新收政府信息公开申请128件，同比增长22%。\"",
        corrected: "[report]\nprevious = \"2022.toml\"   # 其中 received = [100, 0, 0, 0, 0, 0]\n[overview]\ntext = \"全年新收政府信息公开申请128件，同比增长28%。\"",
    },
    check,
};

/// A figure of both years.
struct Pair {
    name: String,
    key: String,
    this: Decimal,
    last: Decimal,
}

impl Pair {
    /// Two figures added up.
    fn with(&self, other: &Self) -> Option<Self> {
        let (this, last) = (self.this.checked_add(other.this)?, self.last.checked_add(other.last)?);
        Some(Self { name: String::new(), key: String::new(), this, last })
    }
}

/// A change as a text says it.
struct Said {
    /// The figure that changed.
    of: usize,
    what: What,
    /// The figure that tells it; none where it is told in words.
    figure: Option<usize>,
    /// The bytes to point at.
    at: Range<usize>,
    /// The bytes to quote.
    phrase: Range<usize>,
}

/// The words on a change.
#[derive(Clone, Copy)]
enum What {
    /// With a figure of this value, to so many decimals.
    Figure {
        change: Change,
        value: Decimal,
        places: u32,
        exactness: Exactness,
    },
    Wordless(Wordless),
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        told_of_last_year(report, last, findings, (passage, text));
        for said in changes(passage) {
            // 收到128件，其中自然人107件，同比增长28%: the growth may be that of the whole.
            let meant: Vec<Vec<Pair>> = with_wholes(passage, said.of)
                .map(|figure| pairs(report, last, &passage.mentions[figure]))
                .collect();
            let certain = meant.iter().all(|pairs| !pairs.is_empty());
            // 收到128件，办结120件，同比增长28%: or that of another figure of the sentence.
            let others =
                others_of_sentence(passage, said.of).flat_map(|figure| pairs(report, last, figure));
            let fits = |pair: &Pair| said.what.fits(pair);
            // 收到128件，加上年结转2件，比上年增加28件: or that of both together.
            let with = |other: Pair| {
                meant.iter().flatten().any(|pair| pair.with(&other).as_ref().is_some_and(fits))
                    || fits(&other)
            };
            if let (Some(figure), true) = (said.figure, certain)
                && let Some(pair) = meant.first().and_then(|pairs| pairs.first())
            {
                let told = format!("本年 {}，上年报告 {}", pair.this, pair.last);
                findings.held(passage, figure, Held::LastYear(told));
            }
            if !certain || meant.iter().flatten().any(fits) || others.into_iter().any(with) {
                continue;
            }
            if let Some(pair) = meant.first().and_then(|pairs| pairs.first()) {
                report_one(report, findings, (passage, text), &said, pair);
            }
        }
    }
}

/// Reports every figure told of last year that is not in last year's report: 2022年收到政府信息公开申请100件.
fn told_of_last_year(
    report: &Report,
    last: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
) {
    for claim in &passage.claims {
        let Claimed::LastYear(figure, counted) = &claim.what else { continue };
        let (nth, figure) = (*figure, &passage.mentions[*figure]);
        let before: Vec<_> = readings(last, counted).into_iter().flatten().collect();
        let known = before.iter().all(|reading| {
            let comparable = |key| last_year::is_comparable(report, last, key);
            reading.value.is_some() && reading.paths().all(comparable)
        });
        let right = before.iter().any(|reading| reading.value == Some(figure.value));
        if figure.bound || figure.exactness != Exactness::Exact || !known {
            continue;
        }
        let listed = before.iter().filter_map(|b| Some(format!("{}是 {}", b.name, b.value?)));
        let told = format!("上年报告中{}", listed.collect::<Vec<_>>().join("、"));
        findings.held(passage, nth, Held::LastYear(told));
        if right {
            continue;
        }
        let Some((name, value)) = before.first().and_then(|b| Some((&b.name, b.value?))) else {
            continue;
        };
        let words = clause(text, &claim.range);
        let finding = findings.report(
            place(passage, text, &figure.digits),
            format!("“{words}”：上年报告中{name}是 {value}"),
            format!("上年为 {value}"),
        );
        last_year::relate(report, finding, format!("其中{name} {value}"));
        finding.help.push("核对后改正；统计范围与上年报告不同的，写明范围".to_owned());
    }
}

/// Everything that a text says of changes against the year before, but for what is bound.
fn changes(passage: &Passage) -> Vec<Said> {
    let mentions = passage.mentions.iter().enumerate().filter(|(_, mention)| !mention.bound);
    let with_figure = mentions.filter_map(|(i, mention)| {
        let Growth { of, change } = mention.growth?;
        if matches!(change, Change::Difference(_) | Change::Base)
            && !mention.same_unit(&passage.mentions[of])
        {
            return None;
        }
        let (value, places, exactness) = (mention.value, mention.places, mention.exactness);
        let phrase = mention.phrase.start..mention.range.end;
        let what = What::Figure { change, value, places, exactness };
        Some(Said { of, figure: Some(i), what, at: mention.digits.clone(), phrase })
    });
    let wordless = passage.claims.iter().filter_map(|claim| match claim.what {
        Claimed::Change(of, change) => {
            let (at, phrase) = (claim.range.clone(), claim.range.clone());
            Some(Said { of, figure: None, what: What::Wordless(change), at, phrase })
        }
        Claimed::None(_) | Claimed::AllHandled | Claimed::Wholly(..) | Claimed::LastYear(..) => {
            None
        }
    });
    with_figure.chain(wordless).collect()
}

/// The other figures of a sentence that stand before one.
fn others_of_sentence(passage: &Passage, figure: usize) -> impl Iterator<Item = &Mention> {
    const MOST: usize = 8;
    let sentence = passage.mentions[figure].sentence;
    let before = passage.mentions[..figure].iter().rev().take(MOST);
    before.take_while(move |mention| mention.sentence == sentence)
}

impl What {
    /// True if a pair of figures is as is said.
    fn fits(self, pair: &Pair) -> bool {
        let Pair { this, last, .. } = *pair;
        match self {
            Self::Wordless(Wordless::Same) => this == last,
            // Nobody writes it of exactly twice as much only.
            Self::Wordless(Wordless::Doubled) => {
                let (more, twice) = (last.saturating_add(last), this.saturating_add(this));
                !last.is_zero()
                    && twice >= more.saturating_add(last)
                    && this <= more.saturating_add(last)
            }
            Self::Figure { change, value, places, exactness: Exactness::Exact } => {
                actual(change, pair, places) == Some(signed(change, value))
            }
            // Of 增长约三成 only the direction can be judged.
            Self::Figure { change: Change::Rate(up) | Change::Difference(up), .. } => {
                if up {
                    this >= last
                } else {
                    this <= last
                }
            }
            Self::Figure { change: Change::Multiple | Change::More | Change::Base, .. } => true,
        }
    }
}

impl What {
    /// True if the change is as large as it is said to be, and goes the other way.
    fn is_turned_round(self, pair: &Pair) -> bool {
        match self {
            Self::Figure { change: change @ Change::Rate(_), value, places, .. }
            | Self::Figure { change: change @ Change::Difference(_), value, places, .. } => {
                !value.is_zero() && actual(change, pair, places) == Some(-signed(change, value))
            }
            Self::Figure { change: Change::Multiple | Change::More | Change::Base, .. }
            | Self::Wordless(_) => false,
        }
    }
}

/// A figure that tells a change, below zero for a decrease.
fn signed(change: Change, value: Decimal) -> Decimal {
    match change {
        Change::Rate(false) | Change::Difference(false) => -value,
        Change::Rate(true)
        | Change::Difference(true)
        | Change::Multiple
        | Change::More
        | Change::Base => value,
    }
}

/// The rate of a change, rounded half up; `None` when there was nothing to grow from.
fn actual(change: Change, pair: &Pair, places: u32) -> Option<Decimal> {
    let difference = pair.this.checked_sub(pair.last)?;
    let exact = match change {
        Change::Difference(_) => return Some(difference),
        Change::Rate(_) => difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(pair.last)?,
        Change::Multiple => pair.this.checked_div(pair.last)?,
        Change::More => difference.checked_div(pair.last)?,
        Change::Base => return Some(pair.last),
    };
    Some(exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

/// A figure, and the wholes that it is a part of, from the inside outwards.
fn with_wholes(passage: &Passage, figure: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(figure), |part| {
        let list = passage.mentions[*part].list?;
        // A whole stands before its parts, so this comes to an end.
        Some(passage.lists[list].whole).filter(|whole| whole < part)
    })
}

/// The meaning of a figure, this year and last; none when that is not certain.
fn pairs(report: &Report, last: &Report, figure: &Mention) -> Vec<Pair> {
    let counted = figure.counted.as_ref().filter(|counted| !counted.only_hint);
    let Some(counted) = counted.filter(|_| figure.exactness == Exactness::Exact) else {
        return Vec::new();
    };
    let now = readings(report, counted).into_iter().flatten();
    let before = readings(last, counted).into_iter().flatten();
    let mut pairs = Vec::new();
    for (now, before) in now.zip(before) {
        let comparable = now.paths().eq(before.paths())
            && now.paths().all(|key| last_year::is_comparable(report, last, key));
        if now.loose || now.value != Some(figure.value) {
            continue;
        }
        let (true, Some(last)) = (comparable, before.value) else { return Vec::new() };
        let key = match now.figures.as_slice() {
            [(key, _)] => key.to_string(),
            _ => String::new(),
        };
        pairs.push(Pair { name: now.name, key, this: figure.value, last });
    }
    pairs
}

/// The text's right wording; `None` when there was nothing to grow from.
fn right(said: &Said, pair: &Pair, unit: Unit) -> Option<String> {
    let unit = match unit {
        Unit::Counter(counter) => counter.word.as_str(),
        Unit::Yuan => "元",
        Unit::Percent | Unit::Points | Unit::Times | Unit::Year | Unit::Month | Unit::Day => "",
    };
    let direction = |value: Decimal, up, down| if value.is_sign_negative() { down } else { up };
    let difference = || match pair.this.checked_sub(pair.last)? {
        zero if zero.is_zero() => Some("与上年相同".to_owned()),
        difference => {
            let word = direction(difference, "增加", "减少");
            Some(format!("{word} {} {unit}", difference.abs().normalize()))
        }
    };
    let What::Figure { change, places, .. } = said.what else { return difference() };
    let places_shown = usize::try_from(places).unwrap_or(0);
    let value = actual(change, pair, places)?;
    match change {
        Change::Difference(_) => difference(),
        Change::Base => Some(format!("上年的 {} {unit}", pair.last.normalize())),
        Change::Rate(_) => {
            let word = direction(value, "增长", "下降");
            Some(format!("{word} {:.*}%", places_shown, value.abs()))
        }
        Change::Multiple => Some(format!("上年的 {value:.places_shown$} 倍")),
        Change::More if value.is_sign_negative() => difference(),
        Change::More => Some(format!("增长 {value:.places_shown$} 倍")),
    }
}

/// The way the program fills in the change that is right.
fn binding(said: &Said, pair: &Pair) -> Option<String> {
    let Pair { key, this, last, .. } = pair;
    let What::Figure { change, places, .. } = said.what else { return None };
    match change {
        _ if key.is_empty() => None,
        Change::Rate(_) => Some(format!(
            "写成 {{{{ {key} | growth(from=previous.{key}, places={places}) | abs }}}}，由程序计算并印出百分号"
        )),
        Change::Difference(_) if this >= last => {
            Some(format!("写成 {{{{ {key} - previous.{key} }}}}，由程序计算"))
        }
        Change::Difference(_) => Some(format!("写成 {{{{ previous.{key} - {key} }}}}，由程序计算")),
        Change::Base => Some(format!("写成 {{{{ previous.{key} }}}}，由程序填数")),
        Change::Multiple | Change::More => None,
    }
}

fn report_one(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    said: &Said,
    pair: &Pair,
) {
    let figure = &passage.mentions[said.of];
    let words = clause(text, &said.phrase);
    let Pair { name, this, last, .. } = pair;
    let right = right(said, pair, figure.unit);
    let compared = match &right {
        Some(right) => format!("应为{right}"),
        None => "算不出增减幅度".to_owned(),
    };
    let label = if right.is_some() { compared.clone() } else { "上年为 0".to_owned() };
    let finding = findings.report_as(
        if said.what.is_turned_round(pair) { Severity::Warning } else { findings.severity() },
        place(passage, text, &said.at),
        format!("“{words}”：{name}本年 {this}、上年 {last}，{compared}"),
        label,
    );
    let at = text.typed_range(figure.digits.clone());
    finding.related.push(Label::new(Place::Text(passage.path.clone(), at), "本年"));
    last_year::relate(report, finding, format!("其中{name} {last}"));
    finding.help.push(match (right, binding(said, pair)) {
        (Some(_), Some(binding)) => format!("核对后改正；{binding}"),
        (Some(_), None) => "核对后改正".to_owned(),
        (None, _) => "删去增减幅度，写明上年没有".to_owned(),
    });
}
