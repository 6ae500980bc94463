//! NB601: what the text says was received is what table 2 says.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::figures::judge::judge_figures;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB601",
    name: "text-received-wrong",
    title: "文字中收到申请的件数与表不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写“新收”“收到”“受理”政府信息公开申请多少件，是否等于表中本年新收的总计；“收到”“受理”也可以是本年新收加上年结转。通过一种渠道、涉及一类事项收到的只是一部分，比全部还多才算错。只判断本分句自己说明了是政府信息公开申请的数；热线、信箱、其他年度、其他范围的数不作判断。",
        why: "同一个数在文字和表格里不同，公众不知道该信哪一个。格式文件规定，“发布内容不准确不全面”并造成不良后果的，要追究责任。",
        example: "[overview]\ntext = \"全年收到政府信息公开申请18件。\"\n[requests]\nreceived = [15, 0, 0, 0, 0, 0]\ncarried_in = 0",
        corrected: "[overview]\ntext = \"全年收到政府信息公开申请{{ requests.received.total }}件。\"\n[requests]\nreceived = [15, 0, 0, 0, 0, 0]\ncarried_in = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| counted.is_intake() && counted.applicant.is_empty());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diag::Severity;
    use crate::rules::testing::{check, check_text, run};
    use crate::source::SourceFile;

    const TABLE: &str = "[requests]\nreceived = [12, 0, 0, 0, 2, 1]\ncarried_in = [3, 0, 0, 0, 0, 0]\ncarried_out = 0\n[requests.outcome]\ntotal = [15, 0, 0, 0, 2, 1]";

    #[test]
    fn another_number_than_the_table() {
        check(
            &RULE,
            r#"
[overview]
text = "全年收到政府信息公开申请20件。"
#                               ^ 与表中数据不等
[requests]
received = [15, 0, 0, 0, 0, 0]
carried_in = [3, 0, 0, 0, 0, 0]
"#,
        );
        check(
            &RULE,
            r#"
[overview]
text = "本年新收政府信息公开申请18件。"
#                               ^ “一、本年新收政府信息公开申请数量”是 15
[requests]
received = [15, 0, 0, 0, 0, 0]
carried_in = [3, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn however_the_number_is_written() {
        for wrong in [
            "全年共受理信息公开申请２０件。",
            "全年共接收政府信息公开申请二十件。",
            "受理政府信息公开申请，共计 20 件。",
            "收到20件政府信息公开申请。",
            "我局共收到依申请公开事项20件。",
            "2023年，本机关共收到公民、法人和其他组织提出的政府信息公开申请1,820件。",
        ] {
            check_text(&RULE, wrong, TABLE, 1);
        }
    }

    #[test]
    fn either_reading_is_right() {
        for right in [
            "全年收到政府信息公开申请15件。",
            "全年受理政府信息公开申请18件。",
            "收到政府信息公开申请十五件，均在期限内答复。",
            "新收政府信息公开申请{{ requests.received.total }}件。",
            "收到政府信息公开申请约20件。",
            "收到政府信息公开申请10余件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "收到政府信息公开申请15件。申请事项中，征地批文5件，测绘和补偿登记10件。",
            "收到政府信息公开申请15件。申请内容。出警记录、接报警登记类10件，其余5件。",
            "12345热线受理群众来电诉求68848件，其中68710件已经办结。",
            "受理市政府网站市长信箱和网民留言470件，已经办结465件。",
            "收到人大代表建议和政协提案85件。",
            "全年未收到行政许可申请；受理企业开办申请2300件。",
            "上年收到政府信息公开申请9件。",
            "较2022年收到的政府信息公开申请增加6件，同比增长66.7%。",
            "2022年收到政府信息公开申请9件。",
            "2023年1—6月，收到政府信息公开申请7件。",
            "上半年受理政府信息公开申请7件。",
            "全市各级行政机关共收到政府信息公开申请500件。",
            "各部门共收到政府信息公开申请500件。",
            "举办政府信息公开申请办理培训班4次，培训500余人次。",
            "印发《关于受理政府信息公开申请30件的通报》。",
            "根据国办函〔2020〕109号，收到申请后第20个工作日前答复。",
            "通过网站依申请公开栏目发布信息40条。",
            "通过网上平台收到政府信息公开申请9件。",
            "政府信息公开申请一件一审。",
            "健全依申请公开工作机制，全年举办培训20次。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_other_periods_are_left_alone() {
        for other in [
            "2021年至2023年，共收到政府信息公开申请328件。",
            "2021—2023年，共收到政府信息公开申请328件。",
            "2021至2023年共收到政府信息公开申请328件。",
            "近三年收到政府信息公开申请分别为90件、100件、15件。",
            "三年来，累计收到政府信息公开申请328件。",
            "12月收到政府信息公开申请7件。",
            "12月20日收到政府信息公开申请7件。",
            "1月份收到政府信息公开申请7件。",
            "10—12月收到政府信息公开申请7件。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
        for wrong in [
            "2023年1月1日至12月31日，收到政府信息公开申请20件。",
            "1—12月收到政府信息公开申请20件。",
            "1月至12月，收到政府信息公开申请20件。",
            "截至12月底，收到政府信息公开申请20件。",
        ] {
            check_text(&RULE, wrong, TABLE, 1);
        }
    }

    #[test]
    fn figures_of_other_bodies_and_of_some_applications_are_left_alone() {
        for other in [
            "其中，县教育局收到政府信息公开申请3件，县自然资源局收到6件。",
            "部门收到政府信息公开申请9件，乡镇（街道）收到6件。",
            "某某街道办事处全年共受理政府信息公开申请2件。",
            "某某街道办事处本年度共受理政府信息公开申请2件。",
            "收到上级转办政府信息公开申请2件。",
            "收到涉及征地的政府信息公开申请6件。",
            "会商疑难政府信息公开申请2件。",
            "征求第三方意见的政府信息公开申请2件。",
            "协助县法院办理政府信息公开申请2件。",
            "延期答复政府信息公开申请2件。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
        check_text(&RULE, "部门收到申请9件。\n\n收到政府信息公开申请20件。", TABLE, 1);
    }

    #[test]
    fn a_body_by_its_short_name_and_others_with_the_same() {
        let found = |name: &str, text: &str| {
            let lines = format!(
                "format = \"2021\"\nreport.year = 2023\nagency.name = \"{name}\"\n[overview]\ntext = \"{text}\"\n{TABLE}\n"
            );
            run(&RULE, &SourceFile::parse("t", lines)).len()
        };
        for (name, wrong) in [
            ("某某县发展和改革委员会", "县发改委收到政府信息公开申请20件。"),
            ("某某县发展和改革委员会", "2023年度我委政府信息公开申请20件。"),
            ("某某县公安局", "县公安局收到政府信息公开申请20件。"),
            ("某某县教育局", "县教育局政府信息公开申请20件。"),
            ("某某县教育局", "县教育局办公室收到政府信息公开申请20件。"),
            ("某某县教育局", "收到人民群众提交的政府信息公开申请20件。"),
        ] {
            assert_eq!(found(name, wrong), 1, "{wrong}");
        }
        for (name, right) in [
            ("某某市教育局", "其中，某某区教育局收到政府信息公开申请2件。"),
            ("某某县公安局", "市公安局收到政府信息公开申请2件。"),
            ("某某县教育局", "县教育局第一幼儿园收到政府信息公开申请2件。"),
            ("某某县教育局", "县教育局教研室收到政府信息公开申请2件。"),
            ("某某县教育局", "县教育局法规科收到政府信息公开申请2件。"),
            ("某某县教育局", "县数据局收到政府信息公开申请2件。"),
            ("某某县教育局", "市政府办公室收到政府信息公开申请2件。"),
            ("某某县政务服务数据管理局", "市政务服务数据管理局收到政府信息公开申请2件。"),
        ] {
            assert_eq!(found(name, right), 0, "{right}");
        }
    }

    #[test]
    fn a_body_that_names_itself_is_held_to_its_table() {
        let named = |kind: &str, name: &str, text: &str| {
            let lines = format!(
                "format = \"2021\"\nreport.year = 2023\nagency = {{ name = \"{name}\", kind = \"{kind}\" }}\n[overview]\ntext = \"{text}\"\n{TABLE}\n"
            );
            run(&RULE, &SourceFile::parse("t", lines)).into_iter().map(|f| f.severity).collect()
        };
        let own: Vec<Severity> =
            named("department", "某某县教育局", "县教育局收到政府信息公开申请20件。");
        assert_eq!(own, [Severity::Error]);
        let county = "某某县人民政府";
        let other: Vec<Severity> = named("government", county, "镇政府收到政府信息公开申请2件。");
        assert_eq!(other, []);
        let above: Vec<Severity> =
            named("government", county, "市政府办公室收到政府信息公开申请2件。");
        assert_eq!(above, []);
        // With or without its departments, only the writer knows.
        let itself: Vec<Severity> = named(
            "government",
            county,
            "县政府收到政府信息公开申请2件。全县收到政府信息公开申请20件。",
        );
        assert_eq!(itself, [Severity::Hint, Severity::Error]);
        let split: Vec<Severity> = named(
            "government",
            county,
            "其中：县政府收到政府信息公开申请2件，部门收到9件，乡镇（街道）收到4件。",
        );
        assert_eq!(split, []);
    }
}
