//! Report and form to document, section by section.

use super::words::without_typed_gaps;
use super::{Block, Document, Heading, Meta, Paragraph, charts, links, tables, wording};
use crate::edition::{Axis, Section};
use crate::report::{FieldPath, HeadingStyle, Narrative, Report, Text, UNFILLED};

/// Builds the document of a report whose figures have been bound.
///
/// A report that is not complete gives a document too: what is missing is marked `〔未填〕`, which
/// only a draft may show.
pub fn build(report: &Report, draft: bool) -> Document {
    let form = report.form();
    let title = report.title_pieces();
    let title = title.iter().map(|piece| without_typed_gaps(piece)).collect();
    let mut blocks = vec![Block::Title(title)];
    opening(report, &mut blocks);
    for section in form.sections {
        blocks.push(heading(1, section.title.to_owned(), section.section.key().to_owned(), None));
        match section.section {
            Section::Overview => narrative(&report.overview, "overview", draft, &mut blocks),
            Section::Disclosure => {
                blocks.push(Block::Table(tables::disclosure_table(&form.disclosure, report, form)));
            }
            Section::Requests => {
                blocks.push(Block::Table(tables::requests_table(&form.requests, report, form)));
                // Right below the figures they show, in a section that holds nothing else; neither
                // the table nor a text of the clerk's own is parted by them.
                if report.header.charts.unwrap_or(false) {
                    blocks.extend(charts::charts(report).into_iter().map(Block::Chart));
                }
            }
            Section::Challenges => {
                blocks.push(Block::Table(tables::challenges_table(&form.challenges, report, form)));
            }
            Section::Problems => narrative(&report.problems, "problems", draft, &mut blocks),
            Section::Other => other_matters(report, draft, &mut blocks),
        }
        if let (true, Some(Block::Heading(Heading { level: 1, .. }))) = (draft, blocks.last()) {
            let at = FieldPath::new(section.section.key()).key("text");
            blocks.push(paragraph(Begins::default(), UNFILLED, Some(at)));
        }
    }
    if report.header.closing.unwrap_or(true) {
        blocks.push(Block::Closing {
            agency: report.agency.name.as_deref().map(without_typed_gaps).unwrap_or_default(),
            date: match report.header.published {
                Some(date) => Some(wording::date(date)),
                None => draft.then(|| UNFILLED.to_owned()),
            },
        });
    }
    Document { meta: meta(report, draft), blocks }
}

/// The paragraphs of the standard opening of a report, which stand where it has none of its own.
pub fn standard_opening(report: &Report) -> Vec<String> {
    wording::opening(report.form(), &report.header, &report.agency)
}

/// The sentence on the handling fee that stands where section six has no text of its own.
pub fn standard_fee(report: &Report) -> Option<String> {
    let fee = report.other.handling_fee.as_ref()?;
    Some(wording::handling_fee(report.header.year, fee))
}

/// The description of a report's document, without the document.
pub fn meta(report: &Report, draft: bool) -> Meta {
    Meta {
        edition: report.edition,
        title: report.title(),
        agency: report.agency.name.clone().unwrap_or_default(),
        year: report.header.year,
        published: report.header.published,
        draft,
    }
}

fn opening(report: &Report, blocks: &mut Vec<Block>) {
    match &report.opening {
        Some(text) => {
            paragraphs(text, &FieldPath::new("opening.text"), Begins::default(), blocks);
        }
        None => blocks.extend(
            wording::opening(report.form(), &report.header, &report.agency)
                .into_iter()
                .map(|text| paragraph(Begins::default(), &text, None)),
        ),
    }
}

fn narrative(narrative: &Narrative, key: &str, draft: bool, blocks: &mut Vec<Block>) {
    let at = FieldPath::new(key);
    if let Some(text) = &narrative.text {
        paragraphs(text, &at.key("text"), Begins::default(), blocks);
    }
    let mut n_printed = 0;
    for (i, part) in narrative.parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        let at = at.key("parts").index(i);
        n_printed += 1;
        let number = wording::part_number(n_printed);
        let title = part.heading.as_ref().map(|text| text.printed().trim()).unwrap_or_default();
        let words = without_typed_gaps(&format!("{number}{title}"));
        let anchor = format!("{key}-{n_printed}");
        let origin = Some(at.key("heading"));
        let mut begins = Begins::default();
        match narrative.heading_style {
            // A number alone is no heading.
            _ if title.is_empty() => begins.number = number,
            HeadingStyle::RunIn => {
                let text = wording::closed(&words);
                begins.lead_in = Some(Heading { level: 2, text, anchor, origin: origin.clone() });
            }
            HeadingStyle::OwnLine => blocks.push(heading(2, words, anchor, origin.clone())),
        }
        match &part.text {
            Some(text) if !text.is_blank() => paragraphs(text, &at.key("text"), begins, blocks),
            _ if draft && !part.says_something() => {
                blocks.push(paragraph(begins, UNFILLED, Some(at.key("text"))));
            }
            _ if begins.lead_in.is_some() => blocks.push(paragraph(begins, "", None)),
            _ => {}
        }
    }
}

/// The beginning of a part's first paragraph.
#[derive(Default)]
struct Begins {
    /// With a heading that runs into the text.
    lead_in: Option<Heading>,
    /// With the number of a part that has no heading.
    number: String,
}

fn other_matters(report: &Report, draft: bool, blocks: &mut Vec<Block>) {
    let silent = report.other.narrative.is_empty();
    if let (true, Some(fee)) = (silent, &report.other.handling_fee) {
        let sentence = wording::handling_fee(report.header.year, fee);
        let at = FieldPath::new("other.handling_fee");
        blocks.push(paragraph(Begins::default(), &sentence, Some(at)));
    }
    narrative(&report.other.narrative, "other", draft, blocks);
}

fn heading(level: u8, text: String, anchor: String, origin: Option<FieldPath>) -> Block {
    Block::Heading(Heading { level, text, anchor, origin })
}

fn paragraphs(text: &Text, at: &FieldPath, mut begins: Begins, blocks: &mut Vec<Block>) {
    for line in text.paragraphs() {
        blocks.push(paragraph(std::mem::take(&mut begins), line.text, Some(at.clone())));
    }
}

fn paragraph(begins: Begins, text: &str, origin: Option<FieldPath>) -> Block {
    let Begins { lead_in, number } = begins;
    let text = links::inlines(&without_typed_gaps(&format!("{number}{text}")));
    Block::Paragraph(Paragraph { lead_in, text, origin })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;
    use crate::report::{Date, Part};

    #[test]
    fn the_title_breaks_between_body_and_year() {
        let mut report = Report::empty(Edition::Y2021);
        report.agency.name = Some("海东市人民政府".into());
        report.header.year = Some(2023);
        report.header.published = Date::new(2024, 3, 10);
        let document = build(&report, false);
        assert_eq!(
            document.blocks[0],
            Block::Title(vec!["海东市人民政府".into(), "2023年政府信息公开工作年度报告".into()])
        );
        assert_eq!(
            document.blocks.last(),
            Some(&Block::Closing {
                agency: "海东市人民政府".into(),
                date: Some("2024年3月10日".into())
            })
        );
    }

    #[test]
    fn blanks_typed_beside_figures_are_printed_nowhere() {
        let mut report = Report::empty(Edition::Y2021);
        report.agency.name = Some("某某 12345 热线中心".into());
        report.opening = Some(Text::new("收到 128 件 ，见 https://example.cn/a 。"));
        report.overview.parts = vec![Part {
            heading: Some(Text::new("用 APP 公开")),
            text: Some(Text::new("共 3 次。")),
            ..Part::default()
        }];
        report.notes = vec![crate::report::Note {
            at: FieldPath::new("disclosure"),
            text: "含 2022 年 ，共 3 件".into(),
        }];
        let document = build(&report, false);
        let texts: Vec<&str> = document.texts().filter(|text| text.contains(' ')).collect();
        assert_eq!(texts, [""; 0]);
    }

    #[test]
    fn what_is_still_to_be_written_takes_no_number_and_a_number_is_no_heading() {
        let part = |heading: &str, text: &str| Part {
            heading: Some(Text::new(heading)),
            text: Some(Text::new(text)),
            ..Part::default()
        };
        for (style, expected) in [
            (HeadingStyle::OwnLine, "（一）平台 更新9条。 （二）公开3条。"),
            (HeadingStyle::RunIn, "（一）平台。|更新9条。 （二）公开3条。"),
        ] {
            let parts = vec![part(" ", ""), part("平台", "更新9条。"), part("", "公开3条。")];
            let section = Narrative { heading_style: style, parts, ..Narrative::default() };
            let mut blocks = Vec::new();
            narrative(&section, "overview", false, &mut blocks);
            let words: Vec<String> = blocks.iter().map(words).collect();
            assert_eq!(words.join(" "), expected);
        }
    }

    #[test]
    fn a_draft_says_where_something_is_still_to_be_written() {
        let mut report = Report::empty(Edition::Y2021);
        report.agency.name = Some("某某市人民政府".into());
        report.overview.heading_style = HeadingStyle::RunIn;
        report.overview.parts =
            vec![Part { heading: Some(Text::new("平台")), ..Part::default() }, Part::default()];
        let printed = |draft| -> Vec<String> {
            let blocks = build(&report, draft).blocks;
            blocks.iter().map(words).filter(|words| words.contains('〔')).collect()
        };
        assert_eq!(printed(true)[1..], ["（一）平台。|〔未填〕", "〔未填〕", "〔未填〕"]);
        assert_eq!(printed(false).len(), 1, "only the opening names the year");
        let date = |draft| match build(&report, draft).blocks.pop() {
            Some(Block::Closing { date, .. }) => date,
            _ => None,
        };
        assert_eq!((date(true), date(false)), (Some(UNFILLED.to_owned()), None));
    }

    fn words(block: &Block) -> String {
        match block {
            Block::Heading(heading) => heading.text.clone(),
            Block::Paragraph(Paragraph { lead_in, text, .. }) => {
                let text: String = text.iter().map(|inline| inline.text()).collect();
                lead_in.iter().map(|heading| format!("{}|", heading.text)).chain([text]).collect()
            }
            _ => String::new(),
        }
    }
}
