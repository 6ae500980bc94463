//! Numbers of lists in Word files, which stand nowhere in their texts.

use std::collections::BTreeMap;

use crate::package::xml::{Element, Node, unescape};

/// A name without its prefix, which producers choose.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute, whatever its prefix.
pub(super) fn value<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let found = element.attributes.iter().find(|(n, _)| local(n) == name);
    found.map(|(_, value)| value.as_str())
}

pub(super) fn find<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    element.elements().find(|element| local(&element.name) == name)
}

/// All text below an element.
pub(super) fn plain(element: &Element) -> String {
    let of = |node: &Node| match node {
        Node::Text(text) => unescape(text),
        Node::Element(element) => plain(element),
    };
    element.children.iter().map(of).collect()
}

/// The numbers that Word puts before paragraphs.
#[derive(Default)]
pub(super) struct Numbering {
    /// The levels of each list: form of the numbers, text round them, first number.
    levels: BTreeMap<(String, usize), Level>,
    /// The list and level of paragraph styles.
    styles: BTreeMap<String, (String, usize)>,
    counters: BTreeMap<(String, usize), usize>,
}

#[derive(Clone, Default)]
struct Level {
    form: String,
    text: String,
    start: usize,
}

impl Numbering {
    pub(super) fn of(numbering: Option<Element>, styles: Option<Element>) -> Self {
        let mut own = Self::default();
        let inner = |element: &Element, name: &str| {
            find(element, name).and_then(|e| value(e, "val")).map(unescape)
        };
        if let Some(root) = numbering {
            let mut lists: BTreeMap<String, Vec<(usize, Level)>> = BTreeMap::new();
            for list in root.elements().filter(|e| local(&e.name) == "abstractNum") {
                let id = value(list, "abstractNumId").unwrap_or_default().to_owned();
                let levels = list.elements().filter(|e| local(&e.name) == "lvl").map(|level| {
                    let at = value(level, "ilvl").and_then(|n| n.parse().ok()).unwrap_or(0);
                    let start = inner(level, "start").and_then(|n| n.parse().ok()).unwrap_or(1);
                    let form = inner(level, "numFmt").unwrap_or_default();
                    let text = inner(level, "lvlText").unwrap_or_default();
                    (at, Level { form, text, start })
                });
                lists.insert(id, levels.collect());
            }
            for list in root.elements().filter(|e| local(&e.name) == "num") {
                let id = value(list, "numId").unwrap_or_default().to_owned();
                let of = inner(list, "abstractNumId").unwrap_or_default();
                for (at, level) in lists.get(&of).into_iter().flatten() {
                    own.levels.insert((id.clone(), *at), level.clone());
                }
            }
        }
        for style in styles.iter().flat_map(Element::elements) {
            let number = find(style, "pPr").and_then(number_of);
            if let (Some(id), Some(number)) = (value(style, "styleId"), number) {
                own.styles.insert(id.to_owned(), number);
            }
        }
        own
    }

    /// The number of a paragraph, if it has one, for example `（二）`.
    pub(super) fn next(&mut self, paragraph: &Element) -> String {
        let Some(properties) = find(paragraph, "pPr") else { return String::new() };
        let style = find(properties, "pStyle").and_then(|style| value(style, "val"));
        let by_style = || style.and_then(|style| self.styles.get(style)).cloned();
        let Some((list, at)) = number_of(properties).or_else(by_style) else {
            return String::new();
        };
        let Some(level) = self.levels.get(&(list.clone(), at)).cloned() else {
            return String::new();
        };
        let counter = self.counters.entry((list.clone(), at)).or_insert(level.start);
        let number = *counter;
        *counter += 1;
        self.counters.retain(|(id, deeper), _| *id != list || *deeper <= at);
        if level.form == "bullet" || level.form == "none" {
            return String::new();
        }
        let shown = |at: usize| {
            let level = self.levels.get(&(list.clone(), at)).cloned().unwrap_or_default();
            let now = self.counters.get(&(list.clone(), at)).map_or(1, |n| n.saturating_sub(1));
            in_form(now, &level.form)
        };
        let mut text = level.text.clone();
        for above in 0..at {
            text = text.replace(&format!("%{}", above + 1), &shown(above));
        }
        text.replace(&format!("%{}", at + 1), &in_form(number, &level.form))
    }
}

/// The list and level of a paragraph's properties.
fn number_of(properties: &Element) -> Option<(String, usize)> {
    let number = find(properties, "numPr")?;
    let id = find(number, "numId").and_then(|e| value(e, "val"))?;
    let level = find(number, "ilvl").and_then(|e| value(e, "val"));
    let level = level.and_then(|n| n.parse().ok()).unwrap_or(0);
    (id != "0").then(|| (id.to_owned(), level))
}

/// A number as lists of that form show it.
fn in_form(number: usize, form: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    let is_chinese = form.starts_with("chinese")
        || ["japaneseCounting", "ideographDigital", "taiwaneseCounting"].contains(&form);
    match (number / 10, number % 10) {
        (tens, ones) if is_chinese && number < 100 => match tens {
            0 => DIGITS[ones].to_owned(),
            1 => format!("十{}", DIGITS[ones]),
            _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        },
        _ if form == "ideographTraditional" => {
            let stem = number.checked_sub(1).and_then(|i| STEMS.chars().nth(i));
            stem.map_or_else(|| number.to_string(), String::from)
        }
        _ => number.to_string(),
    }
}
