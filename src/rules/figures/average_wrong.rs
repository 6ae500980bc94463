//! NB619: what is told of each, times their number, is what they come to.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Mention, Passage, Product};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::listed_means::judge_listed_means;
use crate::rules::figures::lone_means::judge_lone_means;
use crate::rules::figures::lone_rounds::judge_lone_rounds;
use crate::rules::figures::rounds::judge_rounds;
use crate::rules::figures::rounds_of_several::judge_rounds_of_several;
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB619",
    name: "average-wrong",
    title: "每个的数乘以个数与总数不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“9个村，每村2人，共18人”“5件文件配发解读13篇，平均每件2.6篇”“培训4场，场均32人，参训128人次”：同一句里写了每个多少、有几个、一共多少的，三个数是否相合；平均数按写出的位数计算，月均、季均按十二个月、四个季度，日均按全年天数或者工作日，几年的年均按那几年；前面逐个列出几个数的，平均数是否就是它们的平均；“14个村每季度更新一次，全年共56期”，是不是个数乘以次数；“每季度通报一次，全年3次”，次数与间隔是否相合；一句里只写了总数和个数、天数的，平均数按它们计算；“每季度2期，全年6期”“分三批，每批4人，共14人”也算。三个数中改动一个数字就能相合的才算写错，个数、总数和平均数挨着写的，差得多也算；个数和总数不止一种可能、有一种相合的，不算错。约数不作判断。",
        why: "三个数中改了一个，另外两个就要跟着改；读者一算就知道对不上。",
        example: "[overview]\ntext = \"9个村选聘信息员，共19人，每村2人。\"",
        corrected: "[overview]\ntext = \"9个村选聘信息员，共18人，每村2人。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        judge_listed_means(findings, passage, text);
        judge_rounds(findings, passage, text);
        judge_rounds_of_several(findings, passage, text);
        for product in &passage.products {
            hold(findings, passage, product);
            if !product.fits {
                judge(findings, passage, text, product);
            }
        }
        judge_lone_rounds(findings, passage, text);
        judge_lone_means(findings, passage, text);
    }
}

fn hold(findings: &mut Findings<'_>, passage: &Passage, product: &Product) {
    let [each, total] = [product.each, product.total].map(|i| &passage.mentions[i]);
    let [each, total] = [each, total].map(|figure| as_told(figure.value, figure));
    let told = format!("{each} 乘以 {}，总数 {total}", product.n);
    for figure in [Some(product.each), product.times, Some(product.total)].into_iter().flatten() {
        findings.held(passage, figure, Held::Text(told.clone()));
    }
}

fn judge(findings: &mut Findings<'_>, passage: &Passage, text: &Text, product: &Product) {
    let [each, total] = [product.each, product.total].map(|i| &passage.mentions[i]);
    let times = product.times.map(|i| &passage.mentions[i]);
    if each.bound && total.bound && times.is_none_or(|times| times.bound) {
        return;
    }
    let should_be = as_told(each.value.saturating_mul(product.n).normalize(), total);
    let right = Right::of(each, total, product);
    let said = clause(text, &(each.phrase.start..each.range.end));
    let finding = findings.report(
        place(passage, text, &total.digits),
        format!(
            "“{said}”，{} {}合起来是 {should_be}，这里写的是 {}",
            times.map_or(product.n.to_string(), |times| as_told(product.n, times)),
            product.counted,
            as_told(total.value, total)
        ),
        if_others_are_right(right.total, total),
    );
    let mean = if_others_are_right(right.each, each);
    finding.related.push(Label::new(place(passage, text, &each.digits), mean));
    if let Some(times) = times {
        let number = if_others_are_right(right.times, times);
        finding.related.push(Label::new(place(passage, text, &times.digits), number));
    }
    finding
        .help
        .push("三个数逐一核对，改正写错的那一个；说的不是同一件事的，另起一句写".to_owned());
}

/// The value that each of three figures would have if the two others were right; none where there is no such value.
struct Right {
    each: Option<Decimal>,
    times: Option<Decimal>,
    total: Option<Decimal>,
}

impl Right {
    fn of(each: &Mention, total: &Mention, product: &Product) -> Self {
        let n = product.n;
        let off = if product.rounded { each.step } else { Decimal::ZERO };
        let comes_out = |each: Decimal, n: Decimal, total: Decimal| {
            let mean = total.checked_div(n).unwrap_or_default();
            each.saturating_mul(n) == total || (mean - each).abs() * Decimal::TWO <= off
        };
        let shared = |n: Decimal| total.value.checked_div(n).unwrap_or_default();
        let whole = |value: Decimal| {
            value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        };
        let in_steps = |value: Decimal, step: Decimal| {
            whole(value.checked_div(step).unwrap_or_default()).saturating_mul(step)
        };
        let mean = Some(in_steps(shared(n), each.step));
        let times = Some(whole(shared(each.value)));
        let product = Some(in_steps(each.value.saturating_mul(n), total.step));
        Self {
            each: mean.filter(|mean| *mean != each.value && comes_out(*mean, n, total.value)),
            times: times.filter(|times| *times != n && comes_out(each.value, *times, total.value)),
            total: product.filter(|sum| *sum != total.value && comes_out(each.value, n, *sum)),
        }
    }
}

fn if_others_are_right(value: Option<Decimal>, figure: &Mention) -> String {
    let told = |value: Decimal| as_told(value.normalize(), figure);
    value.map_or_else(String::new, |value| format!("其余无误时是 {}", told(value)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text, run};
    use crate::source::SourceFile;

    #[test]
    fn three_figures_that_do_not_come_out() {
        check(
            &RULE,
            r#"
[overview]
text = "9个村选聘信息员，共19人，每村2人。"
#                          ^ 9 个合起来是 18
"#,
        );
        for wrong in [
            "14个村的村务公开栏全年张贴692张次，平均每村48张次。",
            "5件新发文件配套解读13篇，平均每件2.9篇。",
            "培训4场，场均32人，参训138人次。",
            "更新信息97条，折合每月8.9条。",
            "26个部门、14个乡镇共确定信息员83人，每个单位2人。",
            "15个村全年开箱183次，每村每月1次。",
            "办班4期，累计232人次，平均每期62人。",
            "公报编发24期，每期发行3.2万册，全年发行38.4万册。",
            "座谈会9场，解答问题2317个，平均每场约275个。",
            "四个季度得分为92.1分、93.4分、94.0分、95.3分，全年平均93.2分。",
            "高龄津贴每人每月100元，公示2156人，全年共计285.72万元。",
            "补贴每人每年960元，惠及1475人，合计114.6万元。",
            "种粮补贴每亩95元，核定面积12.6万亩，共1917万元。",
            "新建管网86.4公里，投资1.21万元，平均每公里140.5万元。",
            "编发公报24期，免费赠阅至村（社区）和图书馆，每期发行3.2万册，全年发行38.4万册。",
            "热线全年来电4152个，月均约410个。",
            "门户网站全年访问量2.19亿次，日均6.1万次。",
            "四年共收到申请620件，年均151件。",
            "通报4期；4月、6月、11月各办班1期，累计321人次，平均每期170人次。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn only_what_comes_out_is_named_as_right() {
        for (wrong, named) in [
            ("9个村选聘信息员，共19人，每村2人。", &["18"][..]),
            ("5件新发文件配套解读13篇，平均每件2.9篇。", &["2.6"]),
            ("更新信息97条，折合每月8.9条。", &["107", "8.1"]),
            ("培训4场，场均32人，参训138人次。", &["128", "35"]),
        ] {
            let lines = format!("format = \"2021\"\n[overview]\ntext = \"{wrong}\"\n");
            let finding = run(&RULE, &SourceFile::parse("test.toml", lines)).remove(0);
            let labels = std::iter::once(&finding.primary).chain(&finding.related);
            let labels: Vec<&str> = labels.map(|label| label.text.as_str()).collect();
            let told: Vec<String> = named.iter().map(|n| format!("其余无误时是 {n}")).collect();
            assert_eq!(labels.into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>(), told);
        }
    }

    #[test]
    fn figures_that_come_out_or_are_of_something_else() {
        for fine in [
            "9个村选聘信息员，共18人，每村2人。",
            "5件新发文件配套解读13篇，平均每件2.6篇。",
            "更新信息97条，折合每月8.1条。",
            "12个社区各配信息员1名，街道本级3名，合计15名。",
            "每村2人以上，9个村共21人。",
            "更新信息97条，平均每月不足9条。",
            "每月发布3条，全年发布40条。",
            "26个部门、14个乡镇共确定信息员80人，每个单位2人。",
            "15个村全年开箱180次，每村每月1次。",
            "播放政策48条，播放365次，平均每天播放1次。",
            "每村配信息员1名，9个村，全年开展培训20人次。",
            "办班4期，累计232人次，平均每期58人。",
            "公报编发24期，每期发行3.2万册，全年发行76.8万册。",
            "座谈会9场，解答问题2317个，平均每场约260个。",
            "四个季度得分为92.1分、93.4分、94.0分、95.3分，全年平均93.7分。",
            "四个季度得分为92.1分、93.4分、94.0分、95.3分，比全市平均高2.1分。",
            "督查4次，每次抽查12个单位，全年通报96个问题。",
            "高龄津贴每人每月100元，公示2156人，全年共计258.72万元。",
            "高龄津贴每人每月100元，公示2156人，全年共计241.6万元。",
            "补贴每人每年960元，惠及1475人，合计141.6万元。",
            "种粮补贴每亩95元，核定面积12.6万亩，共1197万元。",
            "新建管网86.4公里，投资1.21亿元，平均每公里140.5万元。",
            "编发公报24期，免费赠阅至村（社区）和图书馆，每期发行3.2万册，全年发行76.8万册。",
            "热线全年来电4152个，月均约350个。",
            "7月启用以来来电2460个，月均410个。",
            "下半年来电2460个，月均410个。",
            "门户网站全年访问量2.19亿次，日均60万次。",
            "门户网站累计访问量2.19亿次，日均6.1万次。",
            "全年来电2510个，日均10个。",
            "四年共收到申请620件，年均155件。",
            "建立通报制度，通报4期。4月、6月和11月各办班1期，累计321人次，平均每期107人次。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
