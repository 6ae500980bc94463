//! A chart as Word's own: a part that holds its figures, and the drawing that shows it in the body.

use super::link::bookmark_name;
use super::namespace::R;
use super::workbook;
use crate::document::{Chart, ChartKind};
use crate::package::xml::{DECLARATION, Element, Node, escape};
use crate::package::{OFFICE_RELATIONS, Part, Relation, relations_part};
use crate::render::RenderError;
use crate::report::Date;

/// The namespaces of drawings.
const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const INLINE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// English Metric Units, in which drawings are measured.
const PER_TWIP: u32 = 635;
const PER_POINT: u32 = 12_700;

/// A chart of the body.
pub(super) struct ChartFacts {
    /// The bookmark of the paragraph in which it stands.
    pub(super) bookmark: String,
    /// The drawing for that paragraph.
    pub(super) drawing: Element,
    /// The part with the figures, its workbook, and the relation between the two.
    pub(super) parts: [Part; 3],
    /// The relation of the body to that part.
    pub(super) relation: Relation,
}

/// The name of the bookmark at a chart.
pub(super) fn bookmark(kind: ChartKind) -> String {
    bookmark_name(kind.name())
}

/// The chart with that number, counted from 1, over `width` twips; a workbook carries the date of
/// publication.
pub(super) fn facts(
    chart: &Chart,
    number: usize,
    width: u32,
    published: Option<Date>,
) -> Result<ChartFacts, RenderError> {
    const TYPES: &str = "application/vnd.openxmlformats-officedocument.";
    let id = format!("chart{number}");
    let target = format!("charts/chart{number}.xml");
    let workbook = format!("embeddings/chart{number}.xlsx");
    let relation = Relation::inside(WORKBOOK, "package", &format!("../{workbook}"));
    let parts = [
        Part::new(&format!("word/{target}"), format!("{TYPES}drawingml.chart+xml"), part(chart)),
        relations_part(&format!("word/charts/_rels/chart{number}.xml.rels"), &[relation]),
        Part {
            path: format!("word/{workbook}"),
            content_type: format!("{TYPES}spreadsheetml.sheet"),
            bytes: workbook::bytes(chart, published)?,
        },
    ];
    Ok(ChartFacts {
        bookmark: bookmark(chart.kind),
        drawing: drawing(chart, number, &id, width),
        parts,
        relation: Relation {
            id,
            kind: format!("{OFFICE_RELATIONS}chart"),
            target,
            external: false,
        },
    })
}

/// The name under which a chart speaks of its workbook.
const WORKBOOK: &str = "workbook";

/// The drawing: as wide as the text, on the line like a character, with what it shows in words.
fn drawing(chart: &Chart, number: usize, id: &str, width: u32) -> Element {
    /// The height of a row, with one bar and with two.
    const ROW: [u32; 2] = [24, 34];
    const MARGIN: u32 = 8;
    let compares = chart.series.len() > 1;
    let n_rows = u32::try_from(chart.rows.len()).unwrap_or(u32::MAX);
    // A page is 640 points high; the form has far fewer rows than would fill it.
    let height = n_rows.saturating_mul(ROW[usize::from(compares)]).min(500) + MARGIN;
    let extent = Element::new("wp:extent")
        .with("cx", &(width * PER_TWIP).to_string())
        .with("cy", &(height * PER_POINT).to_string());
    let properties = Element::new("wp:docPr")
        .with("id", &(900 + number).to_string())
        .with("name", &chart.title)
        .with("descr", &chart.description);
    let reference = Element::new("c:chart").with("xmlns:c", CHART).with("r:id", id);
    let data = within(Element::new("a:graphicData").with("uri", CHART), [reference]);
    let graphic = within(Element::new("a:graphic").with("xmlns:a", MAIN), [data]);
    let frame = Element::new("wp:cNvGraphicFramePr");
    let inline = ["distT", "distB", "distL", "distR"]
        .iter()
        .fold(Element::new("wp:inline").with("xmlns:wp", INLINE), |inline, side| {
            inline.with(side, "0")
        });
    let inline = within(inline, [extent, properties, frame, graphic]);
    within(Element::new("w:r"), [within(Element::new("w:drawing"), [inline])])
}

fn within<const N: usize>(mut element: Element, children: [Element; N]) -> Element {
    element.children.extend(children.map(Node::Element));
    element
}

/// The chart, with the figures and words of its workbook, so that it can be shown without opening that.
fn part(chart: &Chart) -> String {
    let compares = chart.series.len() > 1;
    let points = |points: &mut dyn Iterator<Item = (usize, String)>| -> String {
        points.map(|(i, v)| format!("<c:pt idx=\"{i}\"><c:v>{}</c:v></c:pt>", escape(&v))).collect()
    };
    let n_rows = chart.rows.len();
    let labels = points(&mut chart.rows.iter().map(|row| row.label.clone()).enumerate());
    let series: String = chart
        .series
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let values = chart.rows.iter().map(|row| row.values.get(i).copied().flatten());
            let values =
                points(&mut values.enumerate().filter_map(|(row, v)| Some((row, v?.to_string()))));
            format!(
                "<c:ser><c:idx val=\"{i}\"/><c:order val=\"{i}\"/>\
                 <c:tx><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"1\"/>\
                 <c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>{}\
                 <c:invertIfNegative val=\"0\"/>{LABELS}\
                 <c:cat><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val=\"{n_rows}\"/>{labels}\
                 </c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>{}</c:f><c:numCache>\
                 <c:formatCode>0</c:formatCode><c:ptCount val=\"{n_rows}\"/>{values}\
                 </c:numCache></c:numRef></c:val></c:ser>",
                workbook::range(i + 1, None),
                escape(name),
                look(i),
                workbook::range(0, Some(n_rows)),
                workbook::range(i + 1, Some(n_rows)),
            )
        })
        .collect();
    let gap = if compares { 45 } else { 60 };
    format!(
        "{DECLARATION}<c:chartSpace xmlns:c=\"{CHART}\" xmlns:a=\"{MAIN}\" xmlns:r=\"{R}\">\
         <c:date1904 val=\"0\"/><c:lang val=\"zh-CN\"/><c:roundedCorners val=\"0\"/>\
         <c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>\
         <c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>\
         {series}<c:gapWidth val=\"{gap}\"/><c:overlap val=\"0\"/>\
         <c:axId val=\"1001\"/><c:axId val=\"1002\"/></c:barChart>{AXES}</c:plotArea>\
         <c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>\
         <c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{TEXT}\
         <c:externalData r:id=\"{WORKBOOK}\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
    )
}

/// The colour of the bars of a series.
pub(super) fn fill(series: usize) -> &'static str {
    if series == 0 { "4D4D4D" } else { "E6E6E6" }
}

/// Dark for this year, light with an edge for the year before: told apart in black and white, too.
fn look(series: usize) -> String {
    let fill = fill(series);
    format!(
        "<c:spPr><a:solidFill><a:srgbClr val=\"{fill}\"/></a:solidFill><a:ln w=\"9525\"><a:solidFill>\
         <a:srgbClr val=\"000000\"/></a:solidFill></a:ln></c:spPr>"
    )
}

/// Every bar has its number behind it.
const LABELS: &str = "<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>\
    <c:dLblPos val=\"outEnd\"/><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/>\
    <c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/>\
    <c:showBubbleSize val=\"0\"/></c:dLbls>";

/// The first label stands on top; the scale of the numbers is not shown, because each bar has its own.
const AXES: &str = "<c:catAx><c:axId val=\"1001\"/><c:scaling><c:orientation val=\"maxMin\"/>\
    </c:scaling><c:delete val=\"0\"/><c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" \
    sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
    <c:tickLblPos val=\"nextTo\"/><c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"000000\"/>\
    </a:solidFill></a:ln></c:spPr><c:crossAx val=\"1002\"/><c:crosses val=\"autoZero\"/>\
    <c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"60\"/><c:noMultiLvlLbl val=\"0\"/>\
    </c:catAx><c:valAx><c:axId val=\"1002\"/><c:scaling><c:orientation val=\"minMax\"/>\
    <c:min val=\"0\"/></c:scaling><c:delete val=\"1\"/><c:axPos val=\"t\"/><c:numFmt \
    formatCode=\"0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark \
    val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1001\"/><c:crosses \
    val=\"autoZero\"/><c:crossBetween val=\"between\"/></c:valAx>";

/// 五号 宋体, as in the tables.
const TEXT: &str = "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1050\"><a:solidFill>\
    <a:srgbClr val=\"000000\"/></a:solidFill><a:latin typeface=\"Times New Roman\"/>\
    <a:ea typeface=\"宋体\"/></a:defRPr></a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ChartRow;
    use crate::package::xml;

    #[test]
    fn the_parts_are_well_formed_whatever_the_words() {
        let chart = Chart {
            kind: ChartKind::Outcomes,
            title: "甲<乙>&“丙”".into(),
            series: vec!["2023年".into(), "<2022年>".into()],
            rows: vec![ChartRow { label: "予以公开&".into(), values: vec![Some(7), None] }],
            list: Vec::new(),
            description: "\"<&>\"".into(),
        };
        let facts = facts(&chart, 1, 8844, None).unwrap();
        let text = String::from_utf8(facts.parts[0].bytes.clone()).unwrap();
        let root = xml::parse(&text).unwrap();
        assert_eq!(root.name, "c:chartSpace");
        // A number that is not there is left out, not 0.
        assert_eq!(text.matches("<c:v>7</c:v>").count(), 1);
        assert!(!text.contains("<c:v>0</c:v>"));
        let mut out = String::new();
        facts.drawing.write(&mut out);
        assert!(xml::parse(&out).is_ok(), "{out}");
    }
}
