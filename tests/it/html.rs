//! The web page: its words, its tables, its data, its look, and the office's own templates.

use nianbao::document::{self, Document};
use nianbao::edition::{Axis, ChallengeColumn, Edition, Proceeding, RequestColumn};
use nianbao::render::RenderError;
use nianbao::render::html::{self, Options, Templates};
use nianbao::report::{Aspect, Date, Entry, HandlingFee, HeadingStyle, Note, Part, Report, Text};

/// A report with every cell filled, in which every character that could break a page occurs.
fn report() -> Report {
    let mut report = Report::empty(Edition::Y2021);
    report.header.year = Some(2023);
    report.header.published = Date::new(2024, 1, 26);
    report.agency.name = Some("某某市“A<B”&人民政府办公室".to_owned());
    report.agency.contact.website = Some("http://www.example.gov.cn/".to_owned());
    report.agency.contact.email = Some("office@example.gov.cn".to_owned());
    report.overview.heading_style = HeadingStyle::OwnLine;
    let long =
        "依托政府门户网站的信息公开专栏，及时公开职责范围内的政府信息，制发行政规范性文件15件。"
            .repeat(6);
    for (heading, aspect) in
        [("主动公开情况", Aspect::Disclosure), ("依申请公开情况", Aspect::Requests)]
    {
        let text = format!("{long}\n\n二是<b>加强</b>“</script>”审核 & 'x'。{long}");
        report.overview.parts.push(Part {
            aspect: Some(aspect),
            heading: Some(Text::new(heading)),
            text: Some(Text::new(text)),
        });
    }
    report.problems.text = Some(Text::new(long.repeat(2)));
    report.problems.heading_style = HeadingStyle::RunIn;
    report.problems.parts.push(Part {
        aspect: None,
        heading: Some(Text::new("改进情况")),
        text: Some(Text::new(long)),
    });
    let form = report.form();
    let mut next = 0_u64;
    let mut figure = |every| {
        next += 1;
        Entry::Value(if next.is_multiple_of(every) { next * 37 } else { 0 })
    };
    for (row, column) in form.disclosure.cells() {
        report.disclosure.cells[(row, column)] = figure(1);
    }
    report.disclosure.fees = Entry::Value("1725.6160".parse().unwrap());
    for row in form.requests.rows {
        for column in RequestColumn::APPLICANTS {
            report.requests.cells[(row.row, *column)] = figure(5);
        }
    }
    for proceeding in Proceeding::ALL {
        for column in ChallengeColumn::RESULTS {
            report.challenges.cells[(*proceeding, *column)] = figure(4);
        }
    }
    report.other.handling_fee =
        Some(HandlingFee { notices: Entry::Value(0), amount: Entry::Value("0".parse().unwrap()) });
    report
}

fn page(document: &Document) -> String {
    String::from_utf8(html::render(document, &Options::default()).unwrap()).unwrap()
}

fn fragment(document: &Document) -> String {
    String::from_utf8(html::fragment(document, &Options::default()).unwrap()).unwrap()
}

#[test]
fn scratch() {
    let document = document::build(&report(), false);
    std::fs::write("/tmp/html/page.html", page(&document)).unwrap();
    std::fs::write("/tmp/html/fragment.html", fragment(&document)).unwrap();
    let draft = document::build(&report(), true);
    std::fs::write("/tmp/html/draft.html", page(&draft)).unwrap();
}
