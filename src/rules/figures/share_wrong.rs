//! NB610: a percentage is its part divided by its whole, at the precision printed.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::edition::{Edition, RequestRow};
use crate::law::{self, Authority};
use crate::prose::{
    self, Counted, Exactness, Lexicon, Mention, Passage, QuantityKind, Share, percent,
};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::is_rate_as_told;
use crate::rules::figures::called_wholes::called_whole;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::lone_shares::judge_lone_shares;
use crate::rules::figures::named_rates::judge_named_rates;
use crate::rules::figures::named_shares::judge_named_shares;
use crate::rules::figures::other_wholes::{of_others_told, refers_back, with_those_before};
use crate::rules::figures::percent_rests::judge_percent_rests;
use crate::rules::figures::possible_wholes::wholes;
use crate::rules::figures::rough_shares::{judge_bare_tenths, judge_rough_shares, judge_tenths};
use crate::rules::figures::rough_words::judge_rough_words;
use crate::rules::figures::shares_elsewhere::judge_shares_elsewhere;
use crate::rules::figures::shares_of_others::judge_shares_of_others;
use crate::rules::figures::shares_of_sums::judge_shares_of_sums;
use crate::rules::figures::stem_rates::judge_stem_rates;
use crate::rules::figures::table_rates::judge_table_rates;
use crate::rules::figures::wholes::{
    Parts, of_others_near, parts, to_handle, told_anywhere, untold, wholes_near, wholes_of_cases,
};
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB610",
    name: "share-wrong",
    title: "占比与件数不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“占 x%”“（x%）”“办结率 x%”是否等于前面的件数除以总数，按文字的小数位数四舍五入。总数是写明的、列举的或者表中申请的总数；“满意率”“整改率”一类按同一句里名称相同的数计算；“是网站的2.5倍”按名称相同的两个数计算，列全的几项里按名称写的“下半年占48.2%”按那一项计算；“占主办件的92.2%”按前面的“主办64件”计算；另一处写了件数的“动态类信息占24.5%”按那里的件数计算，一个数字写错或者两个数字颠倒的才算；判断不了总数的不作判断；“无法提供占答复总数的24.1%”不写件数的，按表中的数计算，先写占比再写几个数的，按它们的和计算；没有结转下年度的，只写收到多少件和办结率的，按表中数据计算；只在末位相差 1 的（没有四舍五入）给出提示。“占47.6%，超过一半”，旁边的说法是否相合；“15件，自然人12件，占九成”也按件数核对。“文字占68.3%，图片占21.2%，其余11.5%”各项加起来不是100%的，也算；“40个村，其中12个优秀，占比超过三分之一”这样只用话说的，按两个数核对；“应关联26件，实际关联24件，关联率100%”“已全部办结，办结率98.9%”也算。一句里只写了两个同单位的数的，“占全年14次的一半以上”“审查1600篇，退回48篇，退稿率3%”按这两个数计算。与上年相比的增长率不在此列。",
        why: "改了件数忘了改占比，是常见的错误；写成 {{ a | share(of=b, places=1) }} 就由程序计算。",
        example: "[overview]\ntext = \"受理诉求470件，办结465件，办结率99.8%。\"",
        corrected: "[overview]\ntext = \"受理诉求470件，办结465件，办结率98.9%。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let parts = parts(prose);
    judge_table_rates(report, findings);
    judge_named_shares(report, findings);
    judge_shares_elsewhere(report, findings);
    for (passage, text) in prose.each(report) {
        judge_named_rates(findings, passage, text);
        judge_percent_rests(findings, passage, text);
        judge_shares_of_sums(findings, passage, text);
        judge_shares_of_others(report, findings, passage, text);
        judge_bare_tenths(report, findings, passage, text);
        for i in 0..passage.mentions.len() {
            judge(report, findings, (passage, text), i, &parts);
        }
        judge_rough_shares(findings, passage, text);
        judge_rough_words(report, findings, passage, text);
        judge_stem_rates(findings, passage, text);
        judge_lone_shares(findings, passage, text);
    }
}

/// Reports a share that its part and none of the figures that may be its whole give.
fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    i: usize,
    parts: &Parts<'_>,
) {
    let mention = &passage.mentions[i];
    let Some(share) = judged_share(passage, mention) else { return };
    let part = &passage.mentions[share.part];
    let others = share.others.iter().map(|other| &passage.mentions[*other]);
    let exact = |mention: &Mention| mention.exactness == Exactness::Exact;
    if !exact(part) || !others.clone().all(exact) {
        return;
    }
    let value = others.fold(part.value, |sum, other| sum.saturating_add(other.value));
    if !exact(mention) {
        let wholes = wholes(report, (passage, text), i);
        judge_tenths(findings, (passage, text), i, value, &wholes);
        return;
    }
    if let Some((handled, all)) = rate_of_all(report, passage, text, i) {
        judge_rate_of_all(findings, (passage, text), i, handled, all);
        return;
    }
    let right = |whole: &Decimal| percent(value, *whole, mention.places);
    // Figures of another time are no parts of the tables.
    let mut wholes = match part.of_this_year || part.list.is_some() || share.whole_figure.is_some()
    {
        true => wholes(report, (passage, text), i),
        false => wholes_near(passage, share.part, mention),
    };
    if wholes.is_empty() && share.whole.is_none() && value == part.value {
        wholes = untold(report, (passage, text), share.part, mention, parts);
    }
    let called = called_whole(passage, text, i);
    wholes = called.map_or(wholes, |called| vec![called]);
    let Some(first) = wholes.first().copied() else { return };
    let right_pair = fitting_pair(report, (passage, text), i, value, &wholes);
    let (part_held, whole_held) = right_pair.unwrap_or((value, first));
    findings.held(passage, i, Held::Text(format!("{part_held} 除以 {whole_held}")));
    if right_pair.is_some() {
        return;
    }
    // 收到73件，办结74件，办结率94.8%: of all that there were, 上年结转 among them.
    let possible = |whole: &&Decimal| !share.finish || **whole >= value;
    let likeliest = wholes.iter().find(possible).or(wholes.first());
    let first = likeliest.and_then(|whole| Some((*whole, right(whole)?)));
    let named = share.whole.is_some() || share.whole_figure.is_some() || called.is_some();
    if let Some((whole, should_be)) = first
        && may_be_meant(text, mention, should_be, named)
    {
        report_share(findings, (passage, text), i, value, whole, should_be);
    }
}

/// The part and the whole of which a share is told: its own, or others that may be meant.
fn fitting_pair(
    report: &Report,
    (passage, text): (&Passage, &Text),
    i: usize,
    value: Decimal,
    wholes: &[Decimal],
) -> Option<(Decimal, Decimal)> {
    let mention = &passage.mentions[i];
    let share = mention.share.as_ref()?;
    let part = &passage.mentions[share.part];
    let fits = |whole: &Decimal| percent(value, *whole, mention.places) == Some(mention.value);
    let fitting = wholes.iter().copied().find(fits);
    let near = || {
        of_others_near(report, (passage, text), share, mention)
            .or_else(|| Some((value, told_within(passage, text, share, mention)?)))
            .or_else(|| with_those_before(passage, share.part, mention, wholes))
    };
    let of_cases = || {
        let wholes = wholes_of_cases(report, part, share).into_iter();
        wholes.map(|whole| (value, whole)).find(|(_, whole)| fits(whole))
    };
    let of_cases_told = |whole: &Counted| whole.kind == QuantityKind::Proceeding;
    let whole = share.whole.as_ref().filter(|whole| !of_cases_told(whole));
    let named = whole.is_some() && !refers_back(text, mention);
    let of_sentence = || of_others_told(report, passage, (share, value, named), mention, wholes);
    let right_pair = fitting.map(|whole| (value, whole));
    right_pair.or_else(near).or_else(of_cases).or_else(of_sentence)
}

/// True if a share may be meant to be that of its likeliest whole: neither many times as much, where nothing names it, nor one of the
/// year before: 比例由10.4%降至8.2%.
fn may_be_meant(text: &Text, told: &Mention, should_be: Decimal, is_named: bool) -> bool {
    let before = text.printed().get(..told.digits.start).unwrap_or_default();
    let is_base = Lexicon::get().growth.base_from.end_of(before).is_some();
    !is_base && (is_named || should_be <= Decimal::TWO * Decimal::ONE_HUNDRED)
}

/// The whole of a share that the clause before its part names: 无法提供的申请中，本机关不掌握的24件，占82.8%.
fn told_within(passage: &Passage, text: &Text, share: &Share, told: &Mention) -> Option<Decimal> {
    let part = share.part;
    let words = passage.words_before(text.printed(), part);
    let mut clauses = words.rsplit(['，', '。', '；', '\n']);
    clauses.next();
    let within = &Lexicon::get().clauses.within;
    let named = clauses.next().is_some_and(|clause| within.end_of(clause).is_some());
    let open = named && share.whole.is_none();
    open.then(|| told_anywhere(passage, part, told)).flatten()
}

/// Reports a share of a whole that is not the one told.
fn report_share(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    i: usize,
    value: Decimal,
    whole: Decimal,
    should_be: Decimal,
) {
    let mention = &passage.mentions[i];
    let Some(share) = mention.share.as_ref() else { return };
    let part = &passage.mentions[share.part];
    let exact = value.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or(should_be);
    // 办结1302件，按时办结率100%: of another number than the one told.
    let is_all = mention.value == Decimal::ONE_HUNDRED;
    let is_other = share.finish && is_all && is_of_those_on_time(text, mention, part);
    let is_near = is_rate_as_told(exact, mention) || is_other;
    let severity = if is_near { Severity::Hint } else { findings.severity() };
    // 占38.2%，计63件: the part may stand behind.
    let start = part.phrase.start.min(mention.phrase.start);
    let said = start..mention.range.end;
    let finding = findings.report_as(
        severity,
        place(passage, text, &mention.digits),
        format!("“{}”：{value} 除以 {whole} 是 {should_be}%", clause(text, &said)),
        format!("应为 {should_be}%"),
    );
    finding.related.push(Label::new(place(passage, text, &part.digits), "分子"));
    let told = told_whole(passage, share, whole);
    let told = told.map(|told| Label::new(place(passage, text, &told.digits), "分母"));
    finding.related.extend(told);
    finding.help.push("核对件数和占比；总数不是这个数的，在文字中写明“占……的”".to_owned());
}

/// True if a rate is of those finished in time, and its part is not said to be those.
fn is_of_those_on_time(text: &Text, rate: &Mention, part: &Mention) -> bool {
    let said = |mention: &Mention| {
        let words = text.printed().get(mention.phrase.start..mention.digits.start);
        words.is_some_and(|words| Lexicon::get().clauses.on_time.are_in(words))
    };
    said(rate) && !said(part)
}

/// The share that a figure tells, if it is of this year or part and whole are told: 占全年1200条的35%; 192条，其中83条在第四季度发布，占43.2%.
fn judged_share<'p>(passage: &Passage, mention: &'p Mention) -> Option<&'p Share> {
    let listed = |share: &Share| {
        let part = &passage.mentions[share.part];
        part.list.is_some() && part.sentence == mention.sentence && mention.growth.is_none()
    };
    let of_one_time = |share: &Share| {
        let part = &passage.mentions[share.part];
        let alike =
            part.sentence == mention.sentence && !part.of_this_year && part.growth.is_none();
        alike && share.whole.is_none() && part.counted.is_none()
    };
    let judged = |share: &&Share| {
        let told_with_part = share.whole_figure.is_some() || listed(share) || of_one_time(share);
        mention.is_typed() || !mention.bound && told_with_part
    };
    mention.share.as_ref().filter(judged)
}

/// The figure before a share that tells its whole, the nearest one.
fn told_whole<'a>(passage: &'a Passage, share: &Share, whole: Decimal) -> Option<&'a Mention> {
    /// The most figures that are looked at.
    const NEAR: usize = 24;
    let part = &passage.mentions[share.part];
    if let Some(told) = share.whole_figure {
        return passage.mentions.get(told);
    }
    let near = passage.mentions[share.part.saturating_sub(NEAR)..share.part].iter().rev();
    let is_it = |m: &&Mention| m.value == whole && m.same_unit(part) && m.growth.is_none();
    near.into_iter().find(is_it).filter(|told| told.value != part.value)
}

/// 受理申请2件，办结率100%: the applications dealt with and those there were, where none was carried over and the text
/// tells only those that came in.
fn rate_of_all(
    report: &Report,
    passage: &Passage,
    text: &Text,
    i: usize,
) -> Option<(Decimal, Decimal)> {
    let mentions = &passage.mentions;
    let share = mentions[i].share.as_ref().filter(|share| share.finish)?;
    let part = &mentions[share.part];
    let counted = part.counted.as_ref()?;
    let came = matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request)
        && counted.applicant.is_empty()
        && !counted.at_most;
    let alone = part.sentence == mentions[i].sentence && share.part + 1 == i;
    let alone = alone && names_rate_of_all(text, &mentions[i]);
    let handled = prose::row_value(report, RequestRow::OutcomeTotal)?;
    let carried_out = prose::row_value(report, RequestRow::CarriedOut)?;
    let all = to_handle(report).last().copied()?;
    let known = carried_out.is_zero() && handled == all && !all.is_zero();
    (came && alone && known).then_some((handled, all))
}

/// True if a rate is named as that of all, and not of those answered in time, on the day or by one way.
fn names_rate_of_all(text: &Text, rate: &Mention) -> bool {
    let clauses = &Lexicon::get().clauses;
    let words = text.printed().get(rate.phrase.start..rate.digits.start).unwrap_or_default();
    let verb = clauses.rates_come_to.end_of(words).map_or(0, str::len);
    clauses.rates_of_all.has(&words[..words.len() - verb])
}

/// Reports a rate of all applications that is not that of the tables.
fn judge_rate_of_all(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    i: usize,
    handled: Decimal,
    all: Decimal,
) {
    let mention = &passage.mentions[i];
    let told = format!("表中办结 {handled} 件，收到和上年结转共 {all} 件");
    findings.held(passage, i, Held::Text(told.clone()));
    if mention.value == Decimal::ONE_HUNDRED {
        return;
    }
    let said = clause(text, &mention.phrase);
    let finding = findings.report(
        place(passage, text, &mention.digits),
        format!("“{said}”：{told}，是 100%"),
        "应为 100%",
    );
    finding.help.push("核对件数和比率；按别的数计算的，在文字中写明".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const TABLE: &str = "[requests]\nreceived = [1295, 0, 0, 0, 0, 0]\ncarried_in = [189, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [1191, 0, 0, 0, 0, 0]";

    #[test]
    fn a_share_that_its_figures_do_not_give() {
        check(
            &RULE,
            r#"
[overview]
text = "受理来信470件，办结465件，办结率99.8%。"
#                                       ^ 465 除以 470 是 98.9%
"#,
        );
        for wrong in [
            "热线受理诉求68848件，其中68710件已经办结，占98.8%。",
            "办结政府信息公开申请1191件，其中予以公开208件（18.46%）。",
            "办结政府信息公开申请1191件，不予公开20件，占办结总数的2.68%。",
            "发布信息200条，其中政策类50条，占26%。",
            "抽检12480批次，公布不合格样品287批次，不合格率3.2%。",
            "地块共有居民4312户，截至年底签约4287户，签约率94.9%。",
            "办结政府信息公开申请1191件，予以公开208件，部分公开92件，合计占办结数的26.2%。",
            "承办291件，公开复文247件，其中建议109件、提案138件，公开比例84.8%。",
            "发布信息212条，其中网站157条、公众号55条，网站信息占比71.4%。",
            "发布信息212条，其中网站157条、公众号55条，网站类占大半，为71.4%。",
            "发布信息259条，培训12次，学院仅提供37条，只占13.4%。",
            "网站发布信息76条，公众号推送312条，是网站的1.4倍。",
            "推文312篇，转载96篇、自编216篇，自编数是转载数的2.52倍。",
            "11个站参加考核，优秀3个、良好6个、合格2个，优良率88.1%。",
            "发现问题14个，当年改完12个，跨年2个，整改率87.5%。",
            "发布信息200条，其中政策类106条，超过半数，占35%。",
            "收回问卷468份。其中满意391份，基本满意62份，不满意15份，满意率85.3%。",
            "整改问题7个，完成6个，整改率87.5%。",
            "发现问题63个，已整改57个，其余6个列入下年计划，整改率95.0%。",
            "第四季度发布420条，占全年1200条的38%。",
            "通报4家，约谈2家，占被考核38家的比例分别为10.5%和5.6%。",
            "网民来信1247件，按期办结1236件，超期11件，按期办结率91.9%。",
            "办理建议224件，其中已办复131件，办复率100%。",
            "办结政府信息公开申请1191件，予以公开208件，部分公开100件，公开比例（含部分公开）28.9%。",
            "办结政府信息公开申请1191件，征地类380件、规划类290件，两类共670件，占收件总数的66.1%。",
            "新收政府信息公开申请1295件。征地、拆迁、财务三类占新收申请的13.0%，分别为71件、38件、25件。",
            "停电公告142条，计划停电118条，临时停电24条；及时公告22条，及时率97.1%。",
        ] {
            check_text(&RULE, wrong, TABLE, 1);
        }
    }

    #[test]
    fn shares_that_are_right() {
        for right in [
            "热线受理诉求68848件，比2022年增长31%，\n\n已经办结68710件，办结率99.8%。受理信箱留言470件，已经办结465件，办结率99%。",
            "办结政府信息公开申请1191件（含上年结转189件），其中予以公开208件（17.46%），不予公开20件（1.68%），无法提供564件（47.36%），不予处理80件（6.72%），其他处理319件（26.78%，含申请人主动撤回157件）。",
            "收到政府信息公开申请1295件，予以公开208件，占16.1%。",
            "新收政府信息公开申请1295件。征地、拆迁、财务三类占新收申请的10.3%，分别为71件、38件、25件。",
            "发布信息200条，其中政策类50条，占{{ 50 | share(of=200, places=0) }}。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn percentages_of_something_else() {
        for other in [
            "12345平台日均接通率和群众满意率达到90%。",
            "共受理群众诉求3047件，办结率100%。",
            "发布信息200条，同比增长25%。",
            "办理建议提案224件，其中主办131件、会办93件，办复率100%。",
            "办结政府信息公开申请1191件，予以公开208件，部分公开100件，公开比例（含部分公开）25.9%。",
            "收到政府信息公开申请1295件，其中部门127件；甲局38件、乙中心29件、丙局17件，三家共84件，占部门收件的66.1%。",
            "非政府网站发布解读42篇，占解读总量的70%以上。",
            "浏览量536万次，同比增长82%，其中47%来自海外。",
            "发布信息212条，其中网站157条、公众号55条，网站信息占比74.1%。",
            "发布信息212条，其中网站157条、公众号55条，网站信息占比62.8%。",
            "发布信息259条，学院仅提供37条，只占14.3%。",
            "网站发布信息76条，公众号推送312条，是网站的4.1倍。",
            "网站发布政策12条，公众号推送60条，是网站的2倍。",
            "网站发布信息76条，公众号推送312条，是上年的1.4倍。",
            "网站发布信息76条，公众号推送312条，是网站访问量的1.4倍。",
            "网站发布信息76条，公众号推送312条，约是网站的4.5倍。",
            "网站转载76条，网站原创40条，公众号推送312条，是网站的4.4倍。",
            "11个站参加考核，优秀3个、良好6个、合格2个，优良率81.8%。",
            "11个站参加考核，优秀3个、合格8个，优良率72.7%。",
            "发现问题14个，整改到位12个，正在整改2个，群众满意率87.5%。",
            "发布信息200条，政策类106条，全部办理完成，公众号占35%。",
            "收回问卷468份。其中满意391份，基本满意62份，不满意15份，满意率96.8%。",
            "收回问卷468份。第三方测评满意率95.2%。",
            "整改问题7个，完成6个，整改率85.7%。",
            "第四季度发布420条，占全年1200条的35%。",
            "通报4家，约谈2家，分别占10.5%和5.3%。",
            "网民来信1247件，按期办结1236件，超期11件，按期办结率99.1%。",
            "抽检650批次，合格637批次，抽检合格率98.0%，监督抽检合格率97.2%。",
            "检查药店30家，合格25家，合格率83.3%，器械合格率92.1%。",
            "受理申请41件；复议纠错3件，纠错率23.1%。",
            "发布信息212条，其中网站157条、公众号55条；解读35篇，网站占比71.4%。",
            "发布信息212条，其中网站157条、公众号55条。解读材料中，网站占比71.4%。",
            "来信60件，其中个人48件、单位12件，个人占比80.0%；办结57件，个人占比80.7%。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }
}
