//! NB608: the parts of a whole do not exceed it, and all of them make it up.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{
    Exactness, List, Mention, Passage, Sum, added, has_own_total, is_filled_between,
};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::{as_told, is_rounding};
use crate::rules::figures::balances::{are_of_one_balance, judge_balances};
use crate::rules::figures::bare_units::judge_bare_units;
use crate::rules::figures::divided_applications::judge_applications;
use crate::rules::figures::held_together::{
    hold_list, hold_sum, is_judged_by_tables, is_of_tables,
};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::listed_points::judge_listed_points;
use crate::rules::figures::more_done::judge_more_done;
use crate::rules::figures::named_members::judge_named_members;
use crate::rules::figures::other_divisions::{are_of_another, has_of_each};
use crate::rules::figures::outcome_unmentioned::names_every_row;
use crate::rules::figures::overlaps::{may_exceed, tell_changes};
use crate::rules::figures::wrong_changes::report_change;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB608",
    name: "parts-do-not-add-up",
    title: "分项相加与总数不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“共 X 条，其中甲 a 条、乙 b 条……”的各分项之和是否超过总数，有没有一项比总数还大，“问题3个，整改5个”也算。说明列全了的（分别为、分为、由……组成、合计，最后一项是“其他”“其余”），或者只用括号、冒号列出的，之和是否少于总数；只写“其中”的不必列全；但差得极少（三项以上差不到五十分之一，或者已到九成、差的又不比最小的一项少），或者恰好差在漏写、颠倒的一位数字上的，多半是写错了一个数，仍作警告，三项以上已到九成的其他情形作提示。条、篇、件混写的，只看超出极少的。写“来源为”“共”“按……分”“上半年、下半年”和各级机关分别受理的，几个数之和是否等于那个总数；“撤下590条，修正83条，补充127个，累计处理790处”这样隔着别的话的，与前面各数之和只差一个数字的才算；什么也没有写的，恰好差在颠倒的两位数字或者漏写的“万”上才算；一个单位写两个数的（甲局1件，收取420元），件与件、元与元各自相加；“由甲增至乙，增加丙”，三个数是否相合；“下半年比上半年多几篇”，是否就是两数之差；“年初36个，注销5个、新开2个，年末33个”，来去相抵是不是那么多，“净增”的又是不是那么多；“甲”“乙”2个专栏，“石湖、金滩、龙泉三个街道”，“三批，分别为……”“3次，分别在……”，列出的是不是那么多；“13个街道都设有，加上图书馆、档案馆，共15处”，相加是不是那么多；“由29项调整为32项，新增……三项”，是不是多了三项；“辖5镇3乡共8个乡镇”，不带量词的各类相加是不是那么多；“存在三个方面的不足：一是……二是……”，列出的是不是三项。单位不同、有约数、可能属于别的总数的，不作判断。",
        why: "分项超过总数，必有一个数是错的；说是列全了而相加不足，读者不知道少的是什么。",
        example: "[overview]\ntext = \"全年公开信息100条，其中政策类60条、动态类50条。\"",
        corrected: "[overview]\ntext = \"全年公开信息110条，其中政策类60条、动态类50条。\"",
    },
    check,
};

/// The most parts that are shown beside the whole.
const SHOWN: usize = 12;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        judge_named_members(findings, passage, text);
        judge_listed_points(findings, passage, text);
        judge_more_done(findings, passage, text);
        judge_balances(findings, passage, text);
        judge_bare_units(findings, passage, text);
        // 年初47个，关停9个、新开2个，年末40个: no parts of the 47.
        let of_balance = |whole: usize, parts: &[usize]| {
            parts.iter().any(|part| are_of_one_balance(passage, whole, *part))
        };
        let mut judged: BTreeSet<usize> = BTreeSet::new();
        // What a sum says with more certainty is said once, by the sum.
        let certain = passage.sums.iter().filter(|sum| sum.complete && !sum.fits);
        let certain: BTreeSet<(usize, &[usize])> =
            certain.filter_map(|sum| Some((sum.total?, sum.parts.as_slice()))).collect();
        let is_of_sum = |list: &List| {
            certain.contains(&(list.whole, list.parts.as_slice()))
                && list.sum < passage.mentions[list.whole].value
        };
        passage.lists.iter().for_each(|list| hold_list(findings, passage, list));
        let sure = passage.sums.iter().filter(|sum| sum.decides || !sum.fits);
        sure.for_each(|sum| hold_sum(findings, passage, sum));
        let lists = passage.lists.iter().filter(|list| !of_balance(list.whole, &list.parts));
        // 11件：公开5件；不予公开2件，一件…；不掌握4件: the list ends too soon, and the sum comes out.
        let comes_out = |list: &List| {
            let all = |sum: &Sum| list.parts.iter().all(|part| sum.parts.contains(part));
            passage.sums.iter().any(|sum| sum.fits && sum.total == Some(list.whole) && all(sum))
                || has_own_total(list, &passage.mentions, &passage.sums)
        };
        for list in lists.filter(|list| !is_of_sum(list) && !comes_out(list)) {
            if judge(report, findings, passage, text, list) {
                judged.insert(list.whole);
                judged.extend(&list.parts);
            }
        }
        let of_stock = |sum: &&Sum| sum.total.is_some_and(|total| of_balance(total, &sum.parts));
        for sum in passage.sums.iter().filter(|sum| !sum.fits && !of_stock(sum)) {
            // One slip is one finding.
            let known = |i: &usize| judged.contains(i);
            if !sum.parts.iter().any(known) && !sum.total.iter().any(known) {
                judge_sum(report, findings, (passage, text), sum);
                judged.extend(sum.parts.iter().chain(&sum.total));
            }
        }
    }
}

fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    list: &List,
) -> bool {
    let mentions = &passage.mentions;
    let (whole, sum) = (&mentions[list.whole], list.sum);
    let all_bound = whole.bound && list.parts.iter().all(|part| mentions[*part].bound);
    let exact = whole.exactness == Exactness::Exact && list.is_exact(mentions);
    let equal = sum == whole.value || is_rounding(whole, &list.parts, mentions, sum);
    if all_bound || list.parts.is_empty() || !exact || equal || list.ambiguous {
        return false;
    }
    let mut rivals = list.rivals.iter().map(|rival| mentions[*rival].value);
    if rivals.any(|rival| rival == sum || rival + whole.value == sum)
        || are_of_another(text, mentions, list.whole, &list.parts)
    {
        return false;
    }
    let over = sum > whole.value && may_exceed(report, passage, text, list.whole, &list.parts);
    if over || list.is_filled(text.printed(), mentions) {
        return false;
    }
    let Some(severity) = severity(report, (mentions, text.printed()), list, sum) else {
        return false;
    };
    report_sum(findings, (passage, text), list.whole, &list.parts, severity);
    true
}

/// The severity of a list that does not come to its whole is a mistake, if it is one.
fn severity(
    report: &Report,
    (mentions, text): (&[Mention], &str),
    list: &List,
    sum: Decimal,
) -> Option<Severity> {
    let whole = mentions[list.whole].value;
    if sum > whole && list.mixed_pieces {
        // 条, 篇 and 件 of one publication: only a slip is sure.
        return list.exceeds_by_slip(mentions).then_some(Severity::Warning);
    }
    if sum > whole {
        let could_be_of_rival = list.rivals.iter().any(|i| mentions[*i].value >= sum);
        let too_large = list.parts.iter().any(|part| mentions[*part].value > whole);
        return match (could_be_of_rival, too_large || list.parts.len() < 2) {
            (false, _) => Some(Severity::Error),
            (true, false) => Some(Severity::Warning),
            (true, true) => None,
        };
    }
    // 科研机构2件、公益组织和其他组织各1件: nobody counts how many have as many.
    if list.parts.iter().any(|part| mentions[*part].is_for_each(text)) {
        return None;
    }
    if list.claims_all(mentions) || names_every_row(report, mentions, list) {
        return Some(Severity::Warning);
    }
    // 176件，其中自然人137件、企业21件: figures of the tables are judged by the tables, and need not be all.
    if list.parts.iter().chain([&list.whole]).all(|i| is_of_tables(&mentions[*i])) {
        return None;
    }
    if list.lacks_by_slip(mentions) {
        return Some(Severity::Warning);
    }
    // A mere 其中 need not name every part.
    list.is_nearly_full(mentions).then_some(Severity::Hint)
}

/// Reports figures that do not come to their whole, with what each would have to be.
fn report_sum(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    whole: usize,
    parts: &[usize],
    severity: Severity,
) {
    let mentions = &passage.mentions;
    let whole = &mentions[whole];
    let sum = added(mentions, parts);
    let over = sum > whole.value;
    let told = |value: Decimal| as_told(value, whole);
    let parts_told = parts.iter().map(|part| &mentions[*part]);
    let listed: Vec<String> = parts_told.map(|part| as_told(part.value, part)).collect();
    let listing = match listed.as_slice() {
        [only] => format!("其中一项是 {only}"),
        _ => format!("分项 {}＝{}", listed.join("＋"), told(sum)),
    };
    let difference = if over { "超过" } else { "少于" };
    let said = clause(text, &whole.phrase);
    let finding = findings.report_as(
        severity,
        place(passage, text, &whole.digits),
        format!("{listing}，{difference}总数“{said}”，相差 {}", told((sum - whole.value).abs())),
        format!("分项相加是 {}", told(sum)),
    );
    let several = parts.len() > 1;
    for part in parts.iter().take(SHOWN) {
        let part = &mentions[*part];
        let at = text.typed_range(part.digits.clone());
        let fitting = whole.value - (sum - part.value);
        let label = if several && fitting >= Decimal::ZERO {
            format!("其余无误时是 {}", told(fitting))
        } else {
            String::new()
        };
        finding.related.push(Label::new(Place::Text(passage.path.clone(), at), label));
    }
    finding.help.push(if over {
        "逐项核对；有的数不属于这个总数的，另起一句写".to_owned()
    } else {
        "逐项核对；没有列全的，补上“其他”或者写“等”".to_owned()
    });
}

/// Reports figures in a row that do not come to what they should.
fn judge_sum(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    sum: &Sum,
) {
    let mentions = &passage.mentions;
    let all_bound = sum.parts.iter().chain(&sum.total).all(|i| mentions[*i].bound);
    if all_bound || is_judged_by_tables(report, mentions, sum) {
        return;
    }
    let Some(total) = sum.total else {
        judge_applications(report, findings, (passage, text), sum);
        return;
    };
    let over = added(mentions, &sum.parts) > mentions[total].value;
    let of_each = !over && has_of_each(text, mentions, &sum.parts);
    let filled = !over && is_filled_between(text.printed(), mentions, &sum.parts, total);
    let changes = !sum.of_change && tell_changes(passage, text, total, &sum.parts);
    let other = of_each || are_of_another(text, mentions, total, &sum.parts);
    if filled || other || changes || over && may_exceed(report, passage, text, total, &sum.parts) {
        return;
    }
    let severity = match (sum.impossible, sum.complete || over) {
        (true, _) => Severity::Error,
        (false, true) => Severity::Warning,
        (false, false) => Severity::Hint,
    };
    match (sum.of_change, sum.parts.as_slice()) {
        (true, &[smaller, change]) => {
            report_change(findings, (passage, text), [smaller, change, total]);
        }
        _ => report_sum(findings, (passage, text), total, &sum.parts, severity),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn s002_04_the_parts_miss_twenty() {
        check(
            &RULE,
            r#"
[overview]
text = "全县公布信息1355条，其中转载动态701条，自行发布618条，概况16条。"
#                   ^ 分项 701＋618＋16＝1335，少于总数
"#,
        );
    }

    #[test]
    fn s002_05_the_parts_in_brackets_exceed_the_whole() {
        check(
            &RULE,
            r#"
[overview]
text = "自行发布618条（包含法规8条、权力180条、资金144条、采购55条、重点47条、会议14条，其他251条）。"
#               ^ 分项 8＋180＋144＋55＋47＋14＋251＝699，超过总数
"#,
        );
    }

    #[test]
    fn parts_that_exceed_the_whole() {
        for wrong in [
            "发布信息100条，其中政策类60条、动态类50条。",
            "发布信息100条（其中政策类101条）。",
            "发布信息一千条，其中：政策类900条，动态类200条。",
            "公开信息50条。其中，政策类30条，动态类21条。",
            "发布信息2139条，其中动态类1744条，政务类393条，解读类21条，回应类2条。",
            "收到政府信息公开申请15件，其中自然人10件、法律服务机构6件。",
            "全年行政复议和诉讼54件，其中行政复议34件、行政诉讼21件。",
            "全年培训250人次（其中村干部260人次）。",
            "办理事项63项，均已公开；其中丁类972项。",
            "信息{{ report.year }}条，其中甲类2000条、乙类24条。",
            "办结政府信息公开申请98件，其中予以公开60件；无法提供31件，本机关不掌握28件、需另行制作3件；不予处理9件。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn figures_that_do_not_come_to_their_sum() {
        for wrong in [
            "办理人大代表建议87件、政协委员提案66件，共150件。",
            "网站新增信息23910条，来源为办公室1874条、直属单位14820条、街道7219条。",
            "发放问卷，收回110份，满意88份，基本满意26份。",
            "检查单位14个，通过验收11个，未通过4个。",
            "20个部门有15个更新及时，6个更新不及时。",
            "发布信息214条，上半年18条、下半年133条。",
            "公众号36个，比上年增加6个，分别为部门4个、乡镇3个。",
            "公开医院名录23家，县级医院3家、乡镇卫生院22家。",
            "公示保障房3264户，公租房2790户、保租房447户。",
            "发布信息2164条，公众号1487条，微博420条，网站275条。",
            "公众号比重由上年的33.5%升到38.8%，提高3.5个百分点。",
            "纠错率22.7%，比上年的30%下降8.3个百分点。",
            "归集惠企政策504条，四级数量分别为96条、148条、206条、57条。",
            "发布解读材料176篇，文字83篇、图文59篇、音视频37篇。",
            "公开信息21条，分为政策6条、动态8条。",
            "公开信息21条，由政策6条和动态8条组成。",
            "公众号全年发布253期1047条，上半年124期、下半年132期。",
            "征集意见47条，已采纳36条，暂不具备条件8条。",
            "全年主动公开信息162条。其中，乡镇文件41条，通过公众号发布293条。",
            "分别培训52人次、47人次和61人次，三期共169人次。",
            "三个专栏共发布信息241条，其中惠企111条，民生76条，年报47条。",
            "通过网站征集58条，通过公众号征集33条，通过座谈会征集21条，共征集121条。",
            "第一轮14家，第二轮16家，第三轮12家，累计43家次。",
            "考核部门31家，优秀12家，良好20家，合格6家，优良率84.2%。",
            "涉及资金1.99亿元，其中中央0.84亿元、省级0.67亿元、县级0.45亿元。",
            "账号年初36个，注销5个，新开2个，年末35个。",
            "新增专栏198个，月均16.5个，比上年的231个减少33个；上半年113个，下半年87个。",
            "收到政府信息公开申请5件，其中自然人4件、企业1件，全部按期答复：予以公开3件，部分公开1件，另有2件转有关单位。",
            "删并重复事项286项，新增事项37项，事项总数由1904项减为1665项。",
            "全县网站由年初的38家整合为27家，关停13家，新开3家。",
            "发布通告186期，第一季度41期，第二季度52期，第三季度67期，第四季度36期。",
            "办班2期，第一期96人、第二期88人，累计参训174人次。",
            "我镇辖14个行政村和2个社区，共17个基层单位。",
            "发布动态214条，其中现场采写83条，网上摘编231条。",
            "公布福利院名录146家，公办62家、民办94家，同时公布床位。",
            "在16个农技站、3个产业园各设1处公开点，一共建成18处公开点。",
            "来信286封，年内答复293封，另有3封尚在办理。",
            "机关286人次、基层638人次，累计894人次。",
            "公示加装电梯27部，完工19部、在建9部。",
            "应急预案共37部，已公开33部，其余6部暂不公开。",
            "耕地补贴3124户、286.4万元，农机补贴47户、38.9万元，两项合计352.3万元。",
            "实有经营主体48216户，个体工商户36514户、企业11382户、合作社680户，登记信息可查。",
            "形成可公开的公告23篇，已公开31篇，另外2篇待期满后公开。",
            "公示2次，招录小学新生2690人、初中新生3120人，合计招录6080人。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn figures_in_a_row_that_are_no_sum() {
        for fine in [
            "制发公文50件，主动公开45件、解读8件。",
            "发布通告186期，第一季度41期，第二季度52期，第三季度57期，第四季度36期。",
            "我镇辖14个行政村和3个社区，共17个基层单位。",
            "在16个农技站、3个产业园各设1处公开点，一共建成19处公开点。",
            "涉及山林权属的最多，为26件，接近半数；征地补偿14件次之，低保救助7件，其他8件。",
            "有效办法由年初的7件减为6件：新发1件，废止2件。",
            "年终考核37家成员单位，优秀9家、良好21家、一般7家，对末位3家约谈。",
            "问得最多的是土地征收，26件，其次是规划许可，13件，其余8件内容分散。",
            "移动端占比过半，达到53.6%，上年为47.9%，提高5.7个百分点。",
            "培训2次，参加人数分别为12人和16人，共28人次。",
            "账号年初36个，注销5个，新开2个，年末33个。",
            "全县网站由年初的38家整合为27家，关停13家，新开2家。",
            "账号由53个减到39个，检查发现问题14个，新增功能2个。",
            "新增专栏198个，月均16.5个，比上年的231个减少33个；上半年113个，下半年85个。",
            "收到政府信息公开申请5件，其中自然人4件、企业1件，全部按期答复：予以公开3件，部分公开1件，另有1件转有关单位。",
            "答复政府信息公开申请结果：全部公开13件，部分公开2件；因涉及第三方合法权益不予公开1件；不掌握的3件；还有1件撤回。",
            "行政诉讼7件，未经复议直接起诉2件，复议后起诉5件；法院维持4件，纠正1件，尚未审结2件。",
            "测评单位50家，参评45家、获奖8家。",
            "督查单位45家，约谈36家、通报18家。",
            "20个部门，18个公开权责清单，3个开通公众号。",
            "满意率由33%升至39%，提高5.6个百分点。",
            "好评率由上年的33.5%升到38.8%，较前年提高8.2个百分点。",
            "好评率由33.5%升到38.8%，超目标提高1.2个百分点。",
            "公众号36个，比上年增加6个，分别为部门4个、乡镇2个。",
            "发放问卷，收回110份，满意80份，基本满意26份。",
            "测评单位50家，优秀30家，良好16家。",
            "收回110份，满意80份，比较满意20份，基本满意6份。",
            "检查单位20个，整改到位15个，未整改2个。",
            "14家单位有8家公开及时，3家未公开。",
            "提交材料30份，审核通过20份，未审核3份。",
            "20个部门有15个更新及时，5个更新不及时。",
            "公开医院名录23家，县级医院3家、乡镇卫生院20家。",
            "公示保障房3264户，公租房2790户、保租房474户。",
            "办理建议87件，意见17条、答复12条。",
            "报送稿件216篇，省级采用24篇，市级采用87篇，合计采用111篇。",
            "三个渠道共发布信息300条，其中政策类118条、服务类76条、公告类50条。",
            "发布信息35条，预警信号22条，原创18条，预警信号占62.9%。",
            "公众号比重由上年的33.5%升到38.8%，提高5.3个百分点。",
            "公众号比重由上年的33.5%升到38.8%，提高5.2个百分点。",
            "公开信息487条，比上年增加51条；其中网站298条、公众号189条。",
            "年内发布政策解读32篇，其中图解12篇，32篇解读均同步推送。",
            "办理人大代表建议87件、政协委员提案63件，共150件。",
            "公开信息21条，其中政策6条、动态8条。",
            "主动公开信息230条，其中门户网站11条；公众号64条；报纸155条。",
            "查处公安类4件、财政类3件、审计类5件。",
            "微信发布1000条，微博600条，抖音300条，头条60条。",
            "培训人员96人次，举办讲座2场、座谈会3场，共5个单位参加。",
            "收到建议100件，办结95件，满意98件。",
            "按申请量排序，居前三位的依次为征地402件、规划187件、教育95件。",
            "通过政务新媒体发布信息448条；通过门户网站信息公开平台发布信息796条。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn parts_that_fall_short_of_a_complete_list() {
        for wrong in [
            "发布信息100条，分别为政策类60条、动态类30条。",
            "发布信息100条，其中政策类60条、动态类30条、其他9条。",
            "整改问题15个：立行立改8个；限期整改5个，均已完成；举办培训3个。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn lists_that_are_right_or_do_not_claim_to_be_complete() {
        for fine in [
            "网站全年发布信息2211条，其中通知公告50条、市政府文件83条（含解读8条）等。",
            "各类信息1355条，其中包括转载动态701条，行政权力类180条、资金类144条等。",
            "发布信息3415条，其中各乡镇公开1424条。",
            "12345热线受理诉求68848件，较上年增长31%，其中68710件已经办结，占99.8%；通过信箱收到诉求470件，其中465件已经办结，占99%。",
            "发布信息1000条，其中解读50条，举办发布会20场，微信推送2920条。",
            "整改问题15个：立行立改8个；限期整改5个，均已完成；列入下年计划继续推进2个。",
            "收到128件，其中自然人107件、法人21件，网上申请100件、信函28件。",
            "收到政府信息公开申请128件，其中自然人107件，办结120件，结转下年度8件。",
            "办结128件，其中予以公开58件，部分公开2件，不予处理31件，包括信访举报投诉类申请30件、重复申请1件；无法提供37件。",
            "行政复议33件、行政诉讼21件，其中复议后起诉3件。",
            "错敏词500余条，其中甲类300条、乙类210条。",
            "公开规章13件（含新制定5件，修改4件，废止4件）。",
            "发布信息100条，同比增长20条，其中政策类60条。",
            "发布信息90条、解读120条，其中图文解读100条。",
            "发布信息100条，其中主要是政策类60条、动态类30条、公告类5条。",
            "办结1191件（含上年结转189件）。",
            "全年培训250人次，参训率96.2%（应训260人次）。",
            "办理事项甲类1127项、乙类2684项、丙类63项，均已公开；其中丁类972项。",
            "办结政府信息公开申请3件：予以公开1件；不予公开1件，为正在征求意见的报告；本机关不掌握1件，已告知查询途径。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
