//! The house style of an office: styles, headers, footers and page setup out of one of its Word files.
//!
//! Nothing else is taken: no text, no properties, no names of persons, no macros, no links to files.

mod copy;
mod dialect;
mod merge;
mod opened;
mod sections;

use std::collections::BTreeSet;

use super::namespace::W;
use super::parts;
use super::shell::Shell;
use super::style::{Role, StyleIds};
use crate::document::{Block, Document};
use crate::package::xml::{self, Element, Node};
use crate::package::{Package, Relation, is_kind};
use crate::render::RenderError;
use copy::Copier;
use merge::Merged;
use opened::{main_part, open, target, word_xml, wrong};
use sections::Chosen;

/// The parts of a section's setup that are taken over. Columns are not: the tables need the whole width.
const SETUP: [&str; 13] = [
    "w:headerReference",
    "w:footerReference",
    "w:pgSz",
    "w:pgMar",
    "w:paperSrc",
    "w:pgBorders",
    "w:lnNumType",
    "w:pgNumType",
    "w:vAlign",
    "w:titlePg",
    "w:textDirection",
    "w:rtlGutter",
    "w:docGrid",
];

/// The settings taken over from a file: what bears on the look of a page.
const SETTINGS: [&str; 14] = [
    "w:mirrorMargins",
    "w:bordersDoNotSurroundHeader",
    "w:bordersDoNotSurroundFooter",
    "w:gutterAtTop",
    "w:defaultTabStop",
    "w:evenAndOddHeaders",
    "w:characterSpacingControl",
    "w:noLineBreaksAfter",
    "w:noLineBreaksBefore",
    "w:compat",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:decimalSymbol",
    "w:listSeparator",
];

/// True if odd and even pages differ.
const EVEN_AND_ODD: &str = "w:evenAndOddHeaders";

/// Notes on the parts taken over from an office's Word file, for the reader, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// The parts taken: page setup, headers, footers, styles, and from which section.
    pub summary: String,
    /// The parts that are missing or could not be used, each with its substitute.
    pub lacking: Vec<String>,
}

/// The shell of the file in `bytes`, and what was taken over.
///
/// `document` decides which styles are needed, and whether pages are marked as a draft's.
pub(super) fn shell(bytes: &[u8], document: &Document) -> Result<(Shell, Taken), RenderError> {
    let draft = document.meta.draft;
    let has_charts = document.blocks.iter().any(|block| matches!(block, Block::Chart(_)));
    let mut package = open(bytes)?;
    let mut lacking = Vec::new();
    let main = main_part(&mut package)?;
    let document =
        word_xml(&mut package, &main, "w:document")?.ok_or_else(|| wrong("文件中没有正文部件"))?;
    let relations = package.relations(&main)?;
    let chosen = sections::choose(&document);
    let section = section(chosen.as_ref().map(|chosen| &chosen.properties))?;
    let n_parts = |kind| section.elements().filter(|e| page_part_kind(e) == Some(kind)).count();
    let [n_headers, n_footers] = ["header", "footer"].map(n_parts);
    // A page number may stand in the header.
    let has_own_feet = n_footers > 0 || numbers_in_headers(&mut package, &relations, &section)?;
    let settings = match target(&relations, "settings") {
        Some(path) => word_xml(&mut package, path, "w:settings")?,
        None => None,
    };
    let mut settings = taken_settings(settings)?;
    if !has_own_feet {
        lacking.push(without_feet(&mut settings, n_headers));
    }
    let needed: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| is_needed(*role, has_own_feet, draft, has_charts))
        .collect();
    let merged = merged_styles(&mut package, &relations, &needed, &mut lacking)?;
    let n_styles = needed.len() - merged.missing.len();
    let summary = summary(chosen.as_ref(), &section, [n_headers, n_footers, n_styles]);
    let fonts = fonts(&mut package, &relations)?;

    let mut shell = Shell {
        styles: merged.ids,
        has_own_looks: merged.looks_like_ours,
        section,
        relations: Vec::new(),
        parts: Vec::new(),
    };
    shell.add("styles", "styles", "styles.xml", merged.styles.to_part());
    shell.add("settings", "settings", "settings.xml", settings.to_part());
    shell.add("fonts", "fontTable", "fontTable.xml", fonts);
    let mut copier = Copier::new(package, main);
    if let Some(path) = target(&relations, "theme") {
        let path = copier.copy(path)?;
        shell.relations.push(Relation::inside("theme", "theme", &format!("/{path}")));
    }
    copy_pages(&mut shell, &mut copier, &relations, draft)?;
    if copier.unlinked {
        lacking.push("参考文档的页眉页脚链接了外部文件，链接已断开".to_owned());
    }
    shell.parts.extend(copier.parts);
    if !has_own_feet {
        add_feet(&mut shell)?;
    }
    if draft {
        mark_other_pages(&mut shell, &settings)?;
    }
    Ok((shell, Taken { summary, lacking }))
}

/// Makes room in the settings for our own page numbers, and says that they stand in.
fn without_feet(settings: &mut Element, n_headers: usize) -> String {
    if n_headers > 0 {
        // Its even pages would lose their header if they were told from odd ones.
        return "参考文档没有页脚和页码，已用程序自带的页码".to_owned();
    }
    distinguish_even_pages(settings);
    "参考文档没有页眉页脚，已用程序自带的页码".to_owned()
}

/// Adds our own page numbers.
fn add_feet(shell: &mut Shell) -> Result<(), RenderError> {
    let feet =
        [("footer1", "default", parts::odd_footer()), ("footer2", "even", parts::even_footer())];
    for (id, pages, text) in feet {
        let text = restyled(&text, &shell.styles)?.to_part();
        shell.add(id, "footer", &format!("{id}.xml"), text);
        shell.add_reference("footer", pages, id);
    }
    Ok(())
}

/// `采用了它的页面设置（A4 竖向；共 2 节，取正文所在的第 2 节）、页眉 1 个、页脚 1 个（沿用第 1 节的）、样式 18 种`.
fn summary(
    chosen: Option<&Chosen>,
    section: &Element,
    [n_headers, n_footers, n_styles]: [usize; 3],
) -> String {
    let mut taken = Vec::new();
    if let Some(chosen) = chosen {
        let mut pages = paper(section);
        if chosen.n_sections > 1 {
            let (n, number) = (chosen.n_sections, chosen.number);
            pages.push_str(&format!("；共 {n} 节，取正文所在的第 {number} 节"));
        }
        taken.push(format!("页面设置（{pages}）"));
    }
    for (n, name) in [(n_headers, "页眉"), (n_footers, "页脚")] {
        if n > 0 {
            taken.push(format!("{name} {n} 个"));
        }
    }
    let from = chosen.map_or(&[][..], |chosen| &chosen.inherited_from);
    if let (Some(last), false) = (taken.last_mut(), from.is_empty()) {
        let from: Vec<String> = from.iter().map(|number| format!("第 {number} 节")).collect();
        last.push_str(&format!("（有沿用{}的）", from.join("、")));
    }
    if n_styles > 0 {
        taken.push(format!("样式 {n_styles} 种"));
    }
    match taken.as_slice() {
        [] => "没有采用它的任何样式和设置".to_owned(),
        taken => format!("采用了它的{}", taken.join("、")),
    }
}

/// The size of the paper and which way it lies.
fn paper(section: &Element) -> String {
    let size = |name: &str| {
        let value = section.find("w:pgSz").and_then(|size| size.get(name));
        value.and_then(|value| value.parse::<u32>().ok()).unwrap_or_default()
    };
    // A twip is 127/7200 mm.
    let [width, height] = ["w:w", "w:h"].map(|name| (size(name) * 127 + 3600) / 7200);
    let name = match (width.min(height), width.max(height)) {
        (210, 297) => "A4".to_owned(),
        (297, 420) => "A3".to_owned(),
        (short, long) => format!("{short}×{long} 毫米"),
    };
    let way = if sections::is_on_its_side(section) { "横向" } else { "竖向" };
    format!("{name} {way}")
}

/// True if a header of the section counts the pages.
fn numbers_in_headers(
    package: &mut Package<'_>,
    relations: &[Relation],
    section: &Element,
) -> Result<bool, RenderError> {
    fn counts(element: &Element) -> bool {
        let is_page = |field: &str| field.split_whitespace().next() == Some("PAGE");
        let text = || -> String {
            let texts = element.children.iter().filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            });
            texts.collect()
        };
        match element.name.as_str() {
            "w:instrText" => is_page(&text()),
            "w:fldSimple" => element.get("w:instr").is_some_and(is_page),
            _ => element.elements().any(counts),
        }
    }
    for reference in section.elements().filter(|e| page_part_kind(e) == Some("header")) {
        let relation = reference.get("r:id").and_then(|id| relations.iter().find(|r| r.id == id));
        let Some(relation) = relation.filter(|relation| !relation.external) else { continue };
        if word_xml(package, &relation.target, "w:hdr")?.is_some_and(|header| counts(&header)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Copies the headers and footers of the section, and points the section at the copies.
fn copy_pages(
    shell: &mut Shell,
    copier: &mut Copier<'_>,
    relations: &[Relation],
    draft: bool,
) -> Result<(), RenderError> {
    let Shell { section, relations: ours, styles, .. } = shell;
    for (i, reference) in section.elements_mut().enumerate() {
        let Some(kind) = page_part_kind(reference) else { continue };
        let relation = reference.get("r:id").and_then(|id| relations.iter().find(|r| r.id == id));
        let relation = relation.filter(|relation| is_kind(relation, kind) && !relation.external);
        let relation = relation.ok_or_else(|| wrong("页眉或页脚的部件缺失"))?;
        let mark = match draft && kind == "header" {
            true => Some(restyled(&parts::draft_header(i.min(5) + 4), styles)?),
            false => None,
        };
        let path = copier.copy_page_part(&relation.target, kind, mark.as_ref())?;
        let id = format!("page{}", i + 1);
        ours.push(Relation::inside(&id, kind, &format!("/{path}")));
        reference.attributes.retain(|(name, _)| name == "w:type");
        reference.set("r:id", &id);
    }
    Ok(())
}

fn page_part_kind(element: &Element) -> Option<&'static str> {
    match element.name.as_str() {
        "w:headerReference" => Some("header"),
        "w:footerReference" => Some("footer"),
        _ => None,
    }
}

/// The setup of the section that was chosen, completed by ours where it says nothing.
fn section(chosen: Option<&Element>) -> Result<Element, RenderError> {
    let own = xml::parse(&parts::section()).map_err(RenderError::Library)?;
    let mut section = chosen.cloned().unwrap_or_else(|| Element::new("w:sectPr"));
    section.attributes.clear();
    section.children.retain(
        |node| matches!(node, Node::Element(child) if SETUP.contains(&child.name.as_str())),
    );
    section.elements_mut().filter(|e| page_part_kind(e).is_none()).for_each(forget_relations);
    if let Some(grid) = section.find_mut("w:docGrid") {
        // LibreOffice writes a negative pitch as a large positive one, which the schema forbids.
        let pitch = grid.get("w:charSpace").and_then(|value| value.parse::<u32>().ok());
        if let Some(pitch) = pitch {
            grid.set("w:charSpace", &pitch.cast_signed().to_string());
        }
    }
    for name in ["w:pgSz", "w:pgMar"] {
        if let (None, Some(ours)) = (section.find(name), own.find(name)) {
            section.children.push(Node::Element(ours.clone()));
        }
    }
    Ok(section)
}

/// Drops attributes that lead to other parts, such as the pictures of a border.
fn forget_relations(element: &mut Element) {
    element.attributes.retain(|(name, _)| name.starts_with("w:"));
    element.elements_mut().for_each(forget_relations);
}

/// The office's settings, as far as they bear on the look of a page; ours when it has none.
fn taken_settings(settings: Option<Element>) -> Result<Element, RenderError> {
    let mut settings = match settings {
        Some(settings) => settings,
        None => {
            let mut own = xml::parse(&parts::settings(&BTreeSet::new(), false))
                .map_err(RenderError::Library)?;
            own.retain(|child| child.name != EVEN_AND_ODD);
            own
        }
    };
    settings.attributes = vec![("xmlns:w".to_owned(), W.to_owned())];
    settings.children.retain(
        |node| matches!(node, Node::Element(child) if SETTINGS.contains(&child.name.as_str())),
    );
    Ok(settings)
}

/// Lets odd and even pages differ.
fn distinguish_even_pages(settings: &mut Element) {
    settings.retain(|child| child.name != EVEN_AND_ODD);
    let rank = |name: &str| SETTINGS.iter().position(|other| *other == name);
    let place = settings.elements().take_while(|e| rank(&e.name) < rank(EVEN_AND_ODD)).count();
    settings.children.insert(place, Node::Element(Element::new(EVEN_AND_ODD)));
}

/// True if a role occurs in the file: page feet are the office's own if it has any.
fn is_needed(role: Role, has_own_feet: bool, draft: bool, has_charts: bool) -> bool {
    match role {
        Role::Header => draft,
        Role::ChartTitle | Role::Chart => has_charts,
        Role::Footer | Role::EvenFooter | Role::PageNumber => !has_own_feet,
        _ => true,
    }
}

fn merged_styles(
    package: &mut Package<'_>,
    relations: &[Relation],
    needed: &[Role],
    lacking: &mut Vec<String>,
) -> Result<Merged, RenderError> {
    let styles = match target(relations, "styles") {
        Some(path) => word_xml(package, path, "w:styles")?,
        None => None,
    };
    let names = |roles: &[Role]| {
        roles.iter().map(|role| format!("“{}”", role.names().2)).collect::<Vec<_>>().join("、")
    };
    let merged = merge::merge(
        styles.unwrap_or_else(|| Element::new("w:styles").with("xmlns:w", W)),
        needed,
    )?;
    if !merged.missing.is_empty() {
        let names = names(&merged.missing);
        lacking.push(format!("参考文档没有下列样式，已用程序自带的：{names}"));
    }
    if !merged.numbered.is_empty() {
        let names = names(&merged.numbered);
        lacking.push(format!("参考文档的下列样式带自动编号，已去掉（序号写在正文中）：{names}"));
    }
    Ok(merged)
}

/// The office's fonts and ours, without embedded faces.
fn fonts(package: &mut Package<'_>, relations: &[Relation]) -> Result<String, RenderError> {
    let own = xml::parse(&parts::font_table()).map_err(RenderError::Library)?;
    let theirs = match target(relations, "fontTable") {
        Some(path) => word_xml(package, path, "w:fonts")?,
        None => None,
    };
    let Some(mut fonts) = theirs else { return Ok(own.to_part()) };
    for font in fonts.elements_mut() {
        font.retain(|child| !child.name.starts_with("w:embed"));
    }
    for font in own.elements() {
        if !fonts.elements().any(|other| other.get("w:name") == font.get("w:name")) {
            fonts.children.push(Node::Element(font.clone()));
        }
    }
    Ok(fonts.to_part())
}

/// One of our own parts, with the office's styles in place of ours.
fn restyled(part: &str, styles: &StyleIds) -> Result<Element, RenderError> {
    fn walk(element: &mut Element, styles: &StyleIds) {
        if ["w:pStyle", "w:rStyle"].contains(&element.name.as_str()) {
            let own = element.get("w:val").unwrap_or_default();
            let role = Role::ALL.into_iter().find(|role| role.names().0 == own);
            if let Some(role) = role {
                element.set("w:val", styles.of(role));
            }
        }
        element.elements_mut().for_each(|child| walk(child, styles));
    }
    let mut root = xml::parse(part).map_err(RenderError::Library)?;
    walk(&mut root, styles);
    Ok(root)
}

/// Gives the mark of a draft to the pages for which the office has no header of its own.
fn mark_other_pages(shell: &mut Shell, settings: &Element) -> Result<(), RenderError> {
    let is_on = |element: &Element| !matches!(element.get("w:val"), Some("0" | "false" | "off"));
    let even = settings.find(EVEN_AND_ODD).is_some_and(is_on);
    let first = shell.section.find("w:titlePg").is_some_and(is_on);
    let kinds = [("default", true), ("even", even), ("first", first)];
    for (i, (pages, occurs)) in kinds.into_iter().enumerate() {
        let has_own = shell.section.elements().any(|element| {
            let of = element.get("w:type").unwrap_or("default");
            element.name == "w:headerReference" && of == pages
        });
        if occurs && !has_own {
            let id = format!("draft{}", i + 1);
            let text = restyled(&parts::draft_header(i + 1), &shell.styles)?.to_part();
            shell.add(&id, "header", &format!("{id}.xml"), text);
            shell.add_reference("header", pages, &id);
        }
    }
    Ok(())
}
