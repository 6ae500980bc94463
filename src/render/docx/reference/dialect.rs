//! One spelling of Word's markup, whatever prefixes a file uses and whichever of the standard's two forms.
//!
//! A prefix means what a file declares it to mean, and Word's own strict form has other namespaces, lengths
//! with units, and `start` and `end` for left and right (ISO/IEC 29500, parts 1 and 4). Here everything gets
//! the prefixes and the form of the files that Word writes by default.

use crate::package::xml::Element;

/// Namespaces under the prefixes that this program uses, in the usual and in the strict form.
const NAMESPACES: &[(&str, &str, &str)] = &[
    ("w", super::super::namespace::W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("r", super::super::namespace::R, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (
        "m",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ),
    (
        "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    (
        "a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    ),
    (
        "pic",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://purl.oclc.org/ooxml/drawingml/picture",
    ),
    (
        "c",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://purl.oclc.org/ooxml/drawingml/chart",
    ),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006", ""),
    ("v", "urn:schemas-microsoft-com:vml", ""),
    ("o", "urn:schemas-microsoft-com:office:office", ""),
    ("w10", "urn:schemas-microsoft-com:office:word", ""),
];

/// The beginning of the name of every namespace and relation of the strict form.
const STRICT: &str = "http://purl.oclc.org/ooxml/";

/// Puts a part into the spelling above; all its namespaces are declared at its root.
pub(super) fn normalize(root: &mut Element) {
    let mut names = Names::default();
    names.walk(root, &mut Vec::new());
    let declared = names.declared.into_iter().map(|(prefix, uri)| (format!("xmlns:{prefix}"), uri));
    root.attributes.splice(0..0, declared);
    measure(root);
    if names.strict {
        turn_sides(root);
    }
}

/// True if a part is of the strict form.
pub(super) fn is_strict(root: &Element) -> bool {
    root.attributes.iter().any(|(_, value)| value.starts_with(STRICT))
}

/// The namespaces of a part, each with the one prefix that it has from here on.
#[derive(Default)]
struct Names {
    /// Prefixes and namespaces, as they are written into the file.
    declared: Vec<(String, String)>,
    /// True if the part is of the strict form.
    strict: bool,
}

impl Names {
    /// Renames an element and all in it; `scope` holds the prefixes that are in force, the last one first.
    fn walk(&mut self, element: &mut Element, scope: &mut Vec<(String, String)>) {
        let outside = scope.len();
        element.attributes.retain(|(name, uri)| {
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                _ if name == "xmlns" => "",
                _ => return true,
            };
            let ours = self.prefix_of(prefix, uri);
            scope.push((prefix.to_owned(), ours));
            false
        });
        let meant = |prefix: &str| -> Option<String> {
            let found = scope.iter().rev().find(|(declared, _)| declared == prefix);
            found.map(|(_, ours)| ours.clone())
        };
        let renamed = |name: &str, default: bool| -> Option<String> {
            let (prefix, local) = name.split_once(':').unwrap_or(("", name));
            if prefix.is_empty() && !default {
                return None;
            }
            let ours = meant(prefix)?;
            Some(if ours.is_empty() { local.to_owned() } else { format!("{ours}:{local}") })
        };
        if let Some(name) = renamed(&element.name, true) {
            element.name = name;
        }
        for (name, value) in &mut element.attributes {
            if let Some(ours) = renamed(name, false) {
                *name = ours;
            }
            // Here prefixes stand as values: which of them a reader may not know.
            let lists_prefixes = matches!(
                name.as_str(),
                "mc:Ignorable" | "mc:MustUnderstand" | "mc:PreserveElements" | "Requires"
            );
            if lists_prefixes && (name != "Requires" || element.name == "mc:Choice") {
                let ours =
                    value.split_whitespace().map(|p| meant(p).unwrap_or_else(|| p.to_owned()));
                *value = ours.collect::<Vec<_>>().join(" ");
            }
        }
        for child in element.elements_mut() {
            self.walk(child, scope);
        }
        scope.truncate(outside);
    }

    /// The prefix that a namespace has in this part, declared anew if it is met for the first time.
    fn prefix_of(&mut self, wanted: &str, uri: &str) -> String {
        if uri.is_empty() {
            return String::new();
        }
        self.strict |= uri.starts_with(STRICT);
        let known = NAMESPACES.iter().find(|(_, usual, strict)| *usual == uri || *strict == uri);
        let uri = known.map_or(uri, |(_, usual, _)| usual);
        if let Some((prefix, _)) = self.declared.iter().find(|(_, declared)| declared == uri) {
            return prefix.clone();
        }
        let is_free = |names: &Self, prefix: &str| {
            !prefix.is_empty()
                && NAMESPACES.iter().all(|(ours, ..)| *ours != prefix)
                && names.declared.iter().all(|(declared, _)| declared != prefix)
        };
        let prefix = match known {
            Some((prefix, ..)) => (*prefix).to_owned(),
            None if is_free(self, wanted) => wanted.to_owned(),
            None => {
                let numbered = (1..).map(|i| format!("n{i}"));
                numbered.into_iter().find(|prefix| is_free(self, prefix)).unwrap_or_default()
            }
        };
        self.declared.push((prefix.clone(), uri.to_owned()));
        prefix
    }
}

/// Elements whose lengths are twentieths of a point, and those whose lengths are halves of one.
const IN_TWENTIETHS: [&str; 19] = [
    "w:pgSz",
    "w:pgMar",
    "w:cols",
    "w:col",
    "w:docGrid",
    "w:spacing",
    "w:ind",
    "w:tab",
    "w:defaultTabStop",
    "w:framePr",
    "w:tblW",
    "w:tblInd",
    "w:tcW",
    "w:gridCol",
    "w:trHeight",
    "w:top",
    "w:bottom",
    "w:left",
    "w:right",
];
const IN_HALVES: [&str; 4] = ["w:sz", "w:szCs", "w:kern", "w:position"];

/// Replaces lengths with a unit, such as `595.3pt`, by plain numbers.
fn measure(element: &mut Element) {
    let name = element.name.as_str();
    let per_point = match name {
        _ if IN_HALVES.contains(&name) => Some(2.0),
        "w:start" | "w:end" => Some(20.0),
        _ if IN_TWENTIETHS.contains(&name) => Some(20.0),
        _ => None,
    };
    if let Some(per_point) = per_point {
        for (_, value) in &mut element.attributes {
            if let Some(points) = points(value) {
                *value = format!("{:.0}", points * per_point);
            }
        }
    }
    element.elements_mut().for_each(measure);
}

/// A length with one of the units of the standard (22.9.2.15), in points.
fn points(value: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [
        ("pt", 1.0),
        ("in", 72.0),
        ("cm", 72.0 / 2.54),
        ("mm", 7.2 / 2.54),
        ("pc", 12.0),
        ("pi", 12.0),
    ];
    let (unit, size) = UNITS.iter().find(|(unit, _)| value.ends_with(unit))?;
    let number = value.strip_suffix(unit)?;
    let is_plain = number.chars().all(|c| c.is_ascii_digit() || ".-".contains(c));
    number.parse::<f64>().ok().filter(|_| is_plain).map(|number| number * size)
}

/// The strict form says `start` and `end`, and names directions by their first letters.
fn turn_sides(element: &mut Element) {
    const HAVE_SIDES: [&str; 4] = ["w:tblCellMar", "w:tcMar", "w:tblBorders", "w:tcBorders"];
    const DIRECTIONS: [(&str, &str); 6] = [
        ("tb", "lrTb"),
        ("rl", "tbRl"),
        ("lr", "btLr"),
        ("tbV", "lrTbV"),
        ("rlV", "tbRlV"),
        ("lrV", "tbLrV"),
    ];
    let side = |name: &str| match name {
        "start" => Some("left"),
        "end" => Some("right"),
        _ => None,
    };
    if HAVE_SIDES.contains(&element.name.as_str()) {
        for child in element.elements_mut() {
            if let Some(side) = child.name.strip_prefix("w:").and_then(side) {
                child.name = format!("w:{side}");
            }
        }
    }
    match element.name.as_str() {
        "w:ind" => {
            for (name, _) in &mut element.attributes {
                for (strict, usual) in [("w:start", "w:left"), ("w:end", "w:right")] {
                    if let Some(rest) = name.strip_prefix(strict) {
                        *name = format!("{usual}{rest}");
                        break;
                    }
                }
            }
        }
        "w:jc" | "w:lvlJc" | "w:tab" | "w:ptab" => {
            for (_, value) in &mut element.attributes {
                if let Some(side) = side(value) {
                    *value = side.to_owned();
                }
            }
        }
        "w:textDirection" => {
            for (_, value) in &mut element.attributes {
                if let Some((_, usual)) = DIRECTIONS.iter().find(|(strict, _)| strict == value) {
                    *value = (*usual).to_owned();
                }
            }
        }
        _ => {}
    }
    element.elements_mut().for_each(turn_sides);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::xml;

    fn normalized(text: &str) -> String {
        let mut root = xml::parse(text).unwrap();
        normalize(&mut root);
        let mut out = String::new();
        root.write(&mut out);
        out
    }

    const W: &str = super::super::super::namespace::W;

    #[test]
    fn a_prefix_means_what_the_file_says() {
        let usual = format!("<w:p xmlns:w=\"{W}\"><w:r w:x=\"1\"><w:t>字</w:t></w:r></w:p>");
        assert_eq!(normalized(&usual), usual);
        assert_eq!(
            normalized(&usual.replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=")),
            usual
        );
        // Declared in the middle, as the default, and under a prefix that is ours for something else.
        let inside = format!("<a:p xmlns:a=\"{W}\"><r xmlns=\"{W}\" a:x=\"1\"><t>字</t></r></a:p>");
        assert_eq!(normalized(&inside), usual);
        let foreign = "<q xmlns=\"urn:x\" xmlns:w=\"urn:y\" w:z=\"1\" z=\"2\"/>";
        assert_eq!(
            normalized(foreign),
            "<n1:q xmlns:n1=\"urn:x\" xmlns:n2=\"urn:y\" n2:z=\"1\" z=\"2\"/>"
        );
    }

    #[test]
    fn lists_of_prefixes_follow() {
        let text = "<x:p xmlns:x=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                    xmlns:w14=\"urn:a\" xmlns:v=\"urn:b\" x:Ignorable=\"w14 v\"><x:Choice Requires=\"v\"/></x:p>";
        let out = normalized(text);
        assert!(
            out.contains("mc:Ignorable=\"w14 n1\"") && out.contains("Requires=\"n1\""),
            "{out}"
        );
    }

    #[test]
    fn the_strict_form_is_turned_into_the_usual_one() {
        let strict = "<w:sectPr xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">\
                      <w:pgSz w:w=\"595.30pt\" w:h=\"29.7cm\"/><w:sz w:val=\"16pt\"/>\
                      <w:ind w:start=\"1in\" w:endChars=\"200\"/><w:jc w:val=\"end\"/>\
                      <w:tblCellMar><w:start w:w=\"5.4pt\"/></w:tblCellMar>\
                      <w:name w:val=\"12pt\"/><w:textDirection w:val=\"tb\"/></w:sectPr>";
        assert_eq!(
            normalized(strict),
            format!(
                "<w:sectPr xmlns:w=\"{W}\"><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:sz w:val=\"32\"/>\
                 <w:ind w:left=\"1440\" w:rightChars=\"200\"/><w:jc w:val=\"right\"/>\
                 <w:tblCellMar><w:left w:w=\"108\"/></w:tblCellMar>\
                 <w:name w:val=\"12pt\"/><w:textDirection w:val=\"lrTb\"/></w:sectPr>"
            )
        );
    }
}
