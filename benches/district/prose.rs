//! The data file of a body: its figures, and a narrative in which they are bound.

use super::figures::Figures;
use super::{Body, Level, YEAR};

/// The data file of a body.
pub(super) fn data_file(body: &Body) -> String {
    let (kind, level, published, we) = match body.level {
        Level::CityDepartment => ("department", "city", "01-19", "我单位"),
        Level::CountyDepartment => ("department", "county", "01-16", "我单位"),
        Level::County => ("government", "county", "01-30", "我县"),
        Level::Township => ("government", "township", "01-12", "我镇"),
    };
    let mut text = format!(
        "format = \"2021\"\n\n[report]\nyear = {YEAR}\npublished = {}-{published}\n\n[agency]\nname = \"{}\"\n\
         kind = \"{kind}\"\nlevel = \"{level}\"\n\n[agency.contact]\noffice = \"办公室\"\n\
         address = \"人民路{}号\"\nphone = \"0900-555{:04}\"\nwebsite = \"岚川市人民政府门户网站\"\n\n",
        YEAR + 1,
        body.name,
        1 + body.name.len() % 90,
        body.figures.received() + 10 * body.name.len() as u64,
    );
    text.push_str(&overview(body, we));
    text.push_str(&tables(&body.figures));
    text.push_str(&problems(we));
    text.push_str(
        "\n[other]\nhandling_fee = { notices = 0, amount = 0 }\ntext = '''\n\
         {{ report.year }}年未发出信息处理费收费通知，收取信息处理费{{ other.handling_fee.amount }}元。没有其他需要报告的事项。\n'''\n",
    );
    text
}

/// A data file with one mistake, of one of four kinds.
pub(super) fn with_error(text: &str, kind: usize) -> String {
    let changed = |from: &str, to: &str| text.replacen(from, to, 1);
    match kind % 4 {
        // One application too many.
        0 => changed("[requests]\nreceived = [", "[requests]\nreceived = [1"),
        // A row that is not filled.
        1 => changed("carried_out =", "# carried_out ="),
        // A misspelt key.
        2 => changed("licences =", "licence ="),
        // A list that is not closed.
        _ => changed("penalties = ", "penalties = [ "),
    }
}

fn overview(body: &Body, we: &str) -> String {
    let results = match body.level {
        Level::County | Level::Township => {
            "三是开展工作考核。政府信息公开列为年度考核内容，考核结果作为评价工作的依据。四是接受社会评议。就公开工作听取群众意见，反映的问题均已办理。五是落实责任追究。全年未发生因违反政府信息公开规定被追究责任的情形。"
        }
        Level::CityDepartment | Level::CountyDepartment => {
            "三是加强日常检查，每季度检查公开栏目的更新情况，发现问题及时改正。"
        }
    };
    let part = |aspect: &str, heading: &str, words: &str| {
        format!(
            "[[overview.parts]]\naspect = \"{aspect}\"\nheading = \"{heading}\"\ntext = '''\n{words}\n'''\n\n"
        )
    };
    let mut text = String::from("[overview]\n\n");
    text.push_str(&part("disclosure", "主动公开情况", &format!(
        "{we}在职责范围内及时公开政府信息。全年制发行政规范性文件{{{{ disclosure.normative_documents.issued }}}}件，年末现行有效{{{{ disclosure.normative_documents.in_force }}}}件；作出行政许可决定{{{{ disclosure.licences }}}}件、行政处罚决定{{{{ disclosure.penalties }}}}件、行政强制决定{{{{ disclosure.coercive_measures }}}}件，收取行政事业性收费{{{{ disclosure.fees }}}}万元。"
    )));
    text.push_str(&part("requests", "依申请公开情况", &format!(
        "{we}按照法定时限和程序办理政府信息公开申请。全年新收申请{{{{ requests.received.total }}}}件，上年结转{{{{ requests.carried_in.total }}}}件；办结{{{{ requests.outcome.total.total }}}}件，其中予以公开{{{{ requests.outcome.granted.total }}}}件、部分公开{{{{ requests.outcome.partly_granted.total }}}}件等；结转下年度继续办理{{{{ requests.carried_out.total }}}}件。"
    )));
    text.push_str(&part(
        "management",
        "政府信息管理情况",
        "一是严格公开审核，信息公开前逐件进行保密审查。二是定期清理已公开的信息，内容发生变化的及时更新。",
    ));
    text.push_str(&part(
        "platform",
        "政府信息公开平台建设情况",
        "一是维护网站公开专栏，保证栏目更新及时、链接有效。二是办好政务新媒体，发布前核对内容。",
    ));
    text.push_str(&part(
        "supervision",
        "监督保障情况",
        &format!("一是明确责任分工，由办公室统筹公开工作。二是组织业务培训，学习公开范围和办理程序。{results}"),
    ));
    text
}

fn tables(figures: &Figures) -> String {
    let get = |path: &str| figures.get(path);
    let documents = |row: &str| {
        let cell = |column: &str| get(&format!("disclosure.{row}.{column}"));
        format!(
            "{row} = {{ issued = {}, repealed = {}, in_force = {} }}\n",
            cell("issued"),
            cell("repealed"),
            cell("in_force")
        )
    };
    let list = |row: &str| {
        let cells: Vec<String> = figures.row(row).iter().map(u64::to_string).collect();
        format!("[{}]", cells.join(", "))
    };
    let mut text = String::from("[disclosure]\n");
    text.push_str(&documents("regulations"));
    text.push_str(&documents("normative_documents"));
    for row in ["licences", "penalties", "coercive_measures"] {
        text.push_str(&format!("{row} = {}\n", get(&format!("disclosure.{row}"))));
    }
    text.push_str(&format!("fees = {}\n\n[requests]\n", figures.fees()));
    for row in ["received", "carried_in", "carried_out"] {
        text.push_str(&format!("{row} = {}\n", list(row)));
    }
    let mut table = String::new();
    for row in Figures::outcomes() {
        let (inside, key) = row.rsplit_once('.').unwrap();
        if inside != table {
            table = inside.to_owned();
            text.push_str(&format!("\n[requests.{table}]\n"));
        }
        let values = list(row);
        let values = if figures.row(row).iter().all(|n| *n == 0) { "0" } else { &values };
        text.push_str(&format!("{key} = {values}\n"));
    }
    text.push_str("\n[challenges]\n");
    for proceeding in ["reconsideration", "litigation_direct", "litigation_after"] {
        let cells: Vec<String> = ["upheld", "corrected", "other_result", "pending"]
            .iter()
            .map(|column| get(&format!("challenges.{proceeding}.{column}")).to_string())
            .collect();
        text.push_str(&format!("{proceeding} = [{}]\n", cells.join(", ")));
    }
    text
}

fn problems(we: &str) -> String {
    format!(
        "\n[problems]\ntext = '''\n{YEAR}年{we}政府信息公开工作还存在以下问题：一是解读材料形式较少，多数文件只有文字说明；二是经办人员变动较多，业务不够熟练，个别答复书的理由写得过于简略。针对这些问题，本年度已采取以下改进措施：一是为涉及群众切身利益的文件增加图表和问答形式的解读；二是组织了两次业务培训，编印办理手册，答复书由专人复核后发出。\n'''\n"
    )
}
