//! Cases of NB608: rests and totals that words besides 共 and 其余 tell.

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn rests_and_totals_that_the_figures_do_not_give() {
        for wrong in [
            "14个村和3个社区共18个村级单位更新了公开栏。",
            "上半年接待146人次、下半年接待184人次，全年接待320人次。",
            "公布县级18名、乡级126名、村级342名，三级河长共468名。",
            "对46家单位开展考核，评出优秀15家、良好24家、一般9家。",
            "14个村、3个社区共18个村（社区）更新了公开栏。",
            "9个学校里有5个在门口设栏，其余3个设在大厅。",
            "上年报告提出的6个问题，5个已经整改，还有2个（人手不足）没有解决。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rests_and_totals_that_come_out_or_are_of_something_else() {
        for fine in [
            "14个村和3个社区共17个村级单位更新了公开栏。",
            "上半年接待146人次、下半年接待184人次，全年接待330人次。",
            "上半年接待146人次、下半年接待184人次，全年讲解320人次。",
            "新增医院5家、诊所20家，二级医院共12家。",
            "对46家单位开展考核，评出优秀15家、良好24家。",
            "14个村和3个社区共18个公开栏换新。",
            "9个学校里有5个在门口设栏，其余4个设在大厅。",
            "全县22个学校，检查了12个，7个在门口设栏，其余10个下年检查。",
            "上年报告提出的6个问题，4个已经整改，还有2个没有解决。",
            "检查的6个单位，4个被通报，还有1个被约谈。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
