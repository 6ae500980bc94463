//! NB705: a rate of growth is what the figures of both years give, at the precision printed.

use rust_decimal::{Decimal, RoundingStrategy};

use super::prose::{Exactness, Mention, Passage, clause, place, readings};
use super::{Docs, Findings, Rule, years};
use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law;
use crate::report::{Report, Text};

pub(super) static RULE: Rule = Rule {
    code: "NB705",
    name: "growth-wrong",
    title: "增减幅度与两年的数据不符",
    severity: Severity::Hint,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，“同比增长 x%”“较上年下降 x%”一类的增减幅度，是否等于本年数减上年数再除以上年数，按文字的小数位数四舍五入。只看紧跟在一个能确定是表中哪一格的数后面、明确与上年相比的；约数、环比、与其他年份相比的不判断；数与本年的表不等的由其他规则指出。",
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

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for mention in passage.mentions.iter().filter(|mention| !mention.bound) {
            let Some(growth) = mention.growth else { continue };
            let claimed = if growth.up { mention.value } else { -mention.value };
            let right = |pair: &Pair| rate(pair, mention.places) == Some(claimed);
            // 收到128件，其中自然人107件，同比增长28%: the growth may be that of the whole.
            let meant: Vec<Vec<Pair>> = with_wholes(passage, growth.of)
                .map(|figure| pairs(report, last, &passage.mentions[figure]))
                .collect();
            let certain = meant.iter().all(|pairs| !pairs.is_empty());
            if mention.exactness != Exactness::Exact
                || !certain
                || meant.iter().flatten().any(right)
            {
                continue;
            }
            if let Some(pair) = meant.first().and_then(|pairs| pairs.first()) {
                report_one(report, findings, (passage, text), mention, growth.of, pair);
            }
        }
    }
}

/// A figure, and the wholes that it is a part of, from the inside outwards.
fn with_wholes(passage: &Passage, figure: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(figure), |part| {
        let list = passage.mentions[*part].list?;
        // A whole stands before its parts, so this comes to an end.
        Some(passage.lists[list].whole).filter(|whole| whole < part)
    })
}

/// What a figure may stand for, this year and last; nothing when that is not certain.
fn pairs(report: &Report, last: &Report, figure: &Mention) -> Vec<Pair> {
    let counted = figure.counted.as_ref().filter(|counted| !counted.only_hint);
    let Some(counted) = counted.filter(|_| figure.exactness == Exactness::Exact) else {
        return Vec::new();
    };
    let now = readings(report, counted).into_iter().flatten();
    let before = readings(last, counted).into_iter().flatten();
    let mut pairs = Vec::new();
    for (now, before) in now.zip(before) {
        let comparable = now.keys == before.keys
            && now.keys.iter().all(|key| years::is_comparable(report, last, key));
        if now.loose || now.value != Some(figure.value) {
            continue;
        }
        let (true, Some(last)) = (comparable, before.value) else { return Vec::new() };
        let key = match now.keys.as_slice() {
            [key] => key.to_string(),
            _ => String::new(),
        };
        pairs.push(Pair { name: now.name, key, this: figure.value, last });
    }
    pairs
}

/// The change in percent, rounded half up; `None` when there was nothing to grow from.
fn rate(pair: &Pair, places: u32) -> Option<Decimal> {
    let change = pair.this.checked_sub(pair.last)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let rate = change.checked_div(pair.last)?;
    Some(rate.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

fn report_one(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    mention: &Mention,
    figure: usize,
    pair: &Pair,
) {
    let said = clause(text, &(mention.phrase.start..mention.range.end));
    let Pair { name, key, this, last } = pair;
    let places = usize::try_from(mention.places).unwrap_or(0);
    let right = rate(pair, mention.places).map(|rate| {
        let direction = if rate.is_sign_negative() { "下降" } else { "增长" };
        format!("{direction} {:.*}%", places, rate.abs())
    });
    let (compared, label) = match &right {
        Some(right) => (format!("应为{right}"), format!("应为{right}")),
        None => ("算不出增减幅度".to_owned(), "上年为 0".to_owned()),
    };
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!("“{said}”：{name}本年 {this}、上年 {last}，{compared}"),
        label,
    );
    let at = text.typed_range(passage.mentions[figure].digits.clone());
    finding.related.push(Label::new(Place::Text(passage.path.clone(), at), "本年"));
    years::relate(report, finding, format!("其中{name} {last}"));
    finding.help.push(match right {
        Some(_) if !key.is_empty() => {
            format!(
                "核对后改正；写成 {{{{ {key} | growth(from=previous.{key}, places={places}) | abs }}}}，由程序计算并印出百分号"
            )
        }
        Some(_) => "核对后改正".to_owned(),
        None => "删去增减幅度，写明上年没有".to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{report_of_last_year, run_given};
    use super::RULE;
    use crate::source::SourceFile;

    const TABLE: &str =
        "[requests]\nreceived = [128, 0, 0, 0, 0, 0]\noutcome.granted = [58, 0, 0, 0, 0, 0]\n";
    const LAST: &str =
        "[requests]\nreceived = [100, 0, 0, 0, 0, 0]\noutcome.granted = [77, 0, 0, 0, 0, 0]\n";

    fn found(text: &str, last: &str) -> Vec<String> {
        let last = report_of_last_year(last);
        let file = format!(
            "format = \"2021\"\n[report]\nyear = 2023\n[overview]\ntext = '''\n{text}\n'''\n{TABLE}"
        );
        let found = run_given(&RULE, &SourceFile::parse("t", file), Some(&last));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn rates_that_the_figures_do_not_give() {
        for (wrong, right) in [
            ("全年新收政府信息公开申请128件，同比增长22%。", "增长 28%"),
            ("全年新收政府信息公开申请128件（较上年下降28%）。", "增长 28%"),
            ("全年新收政府信息公开申请128件，比2022年增加28.5%。", "增长 28.0%"),
            ("收到政府信息公开申请128件，其中予以公开58件，与上年相比减少32.8%。", "下降 24.7%"),
            ("新收政府信息公开申请{{ requests.received.total }}件，同比增长22%。", "增长 28%"),
        ] {
            let found = found(wrong, LAST);
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
            assert!(found[0].contains(right), "{found:?}");
        }
        let none = LAST.replace("100", "0");
        let found = found("全年新收政府信息公开申请128件，同比增长100%。", &none);
        assert!(found.len() == 1 && found[0].contains("上年 0，算不出"), "{found:?}");
    }

    #[test]
    fn rates_that_are_right() {
        for right in [
            "全年新收政府信息公开申请128件，同比增长28%。",
            "全年新收政府信息公开申请128件，较去年上升28.0%。",
            "收到政府信息公开申请128件，其中予以公开58件，同比下降24.7%。",
            "收到政府信息公开申请128件，其中予以公开58件，同比增长28%。",
            "新收政府信息公开申请128件，同比增长{{ requests.received.total | growth(from=100, places=0) }}。",
        ] {
            assert_eq!(found(right, LAST), Vec::<String>::new(), "{right}");
        }
    }

    #[test]
    fn rates_of_something_else() {
        for other in [
            "全年发布信息128条，同比增长22%。",
            "全年受理事项900件，其中政府信息公开申请128件，同比增长22%。",
            "全年新收政府信息公开申请128件，环比增长22%。",
            "全年新收政府信息公开申请128件，较2021年增长22%。",
            "全年新收政府信息公开申请128件，同比增长约22%。",
            "全年新收政府信息公开申请128件，增长22%。",
            "全年新收政府信息公开申请128件，网站访问量同比增长22%。",
            "全年新收政府信息公开申请128件，占22%，同比增长9%。",
            "全年新收政府信息公开申请127件，同比增长22%。",
            "12345热线受理诉求128件，同比增长22%。",
        ] {
            assert_eq!(found(other, LAST), Vec::<String>::new(), "{other}");
            assert_eq!(found(other, ""), Vec::<String>::new(), "{other}");
        }
    }
}
