//! The JSON Schema of the data file, for editors: made from the same lists as the reader.

mod figures;
mod json;

use super::keys::{self, Key, KeyKind, KeyTable};
use crate::edition::{Axis as _, Edition, Section};
use figures::{figures, zero};
use json::{Node, closed, count, described, money, object, or_blank, text};

/// Writes the schema: JSON Schema 2020-12, as the language servers of TOML editors read it.
///
/// Each key carries its official label, its note and the articles to look up as the text that editors show.
/// The schema never refuses what [`read`](super::read()) takes without a word, except empty quotes where a
/// word must be chosen.
pub fn schema() -> String {
    let Node::Object(fields) = table(&keys::ROOT) else { return String::new() };
    let mut whole = vec![
        ("$schema".to_owned(), text("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), text(&format!("{}数据文件", Edition::LATEST.form().report_name))),
    ];
    whole.extend(fields);
    // What is made of texts, numbers and lists is always JSON.
    let mut json = serde_json::to_string_pretty(&Node::Object(whole)).unwrap_or_default();
    json.push('\n');
    json
}

fn table(known: &KeyTable) -> Node {
    if known.is_open() {
        let levels = known.keys.first().map(choice);
        let any = levels.unwrap_or_else(|| object([("type", text("string"))]));
        return described(
            known.label(Edition::LATEST),
            object([("type", text("object")), ("additionalProperties", any)]),
        );
    }
    let properties = known.keys.iter().map(|key| (key.name.to_owned(), value(known, key)));
    let required = known.keys.iter().filter(|key| key.required).map(|key| text(key.name));
    described(known.label(Edition::LATEST), closed(properties.collect(), required.collect()))
}

/// The kind of value of a key.
fn value(known: &KeyTable, key: &Key) -> Node {
    let node = match key.kind {
        KeyKind::Line | KeyKind::Text | KeyKind::Lines | KeyKind::Path | KeyKind::File => {
            object([("type", text("string"))])
        }
        KeyKind::Names => {
            object([("type", text("array")), ("items", object([("type", text("string"))]))])
        }
        KeyKind::Year => object([
            ("type", text("integer")),
            ("minimum", Node::Number(1949)),
            ("maximum", Node::Number(2999)),
        ]),
        KeyKind::Date => object([("type", text("string")), ("format", text("date"))]),
        KeyKind::Boolean => object([("type", text("boolean"))]),
        KeyKind::Whole(least, most) => object([
            ("type", text("integer")),
            ("minimum", Node::Number(least)),
            ("maximum", Node::Number(most)),
        ]),
        KeyKind::Count => or_blank(count()),
        KeyKind::Money => or_blank(money()),
        KeyKind::Choice => choice(key),
        KeyKind::Table => inner(known, key),
        KeyKind::Tables => {
            let element = known.inner(key).map_or_else(|| object([]), table);
            object([("type", text("array")), ("items", element)])
        }
    };
    let mut description = key.label(Edition::LATEST).to_owned();
    let note = key.note(None);
    if !note.is_empty() {
        description = format!("{description}。{note}");
    }
    if key.kind == KeyKind::Choice {
        description = format!("{description}\n\n{}", meanings(key));
    }
    described(&description, node)
}

/// A table within a table: one of the lists of keys, or one of figures.
fn inner(known: &KeyTable, key: &Key) -> Node {
    match (known.inner(key), Section::from_key(key.name)) {
        // The fee is written on one line, as a row of figures is.
        (Some(fee), _) if fee.name == keys::HANDLING_FEE.name => {
            object([("anyOf", Node::List(vec![zero(), table(fee)]))])
        }
        (Some(inner), _) => table(inner),
        (None, Some(section)) => figures(section),
        (None, None) => object([("type", text("object"))]),
    }
}

/// The choices, for editors that show nothing of their own beside the words.
fn meanings(key: &Key) -> String {
    let choices = key.choices();
    let words: Vec<String> =
        choices.iter().map(|(word, meaning)| format!("`{word}` {meaning}")).collect();
    words.join("；")
}

fn choice(key: &Key) -> Node {
    // The Chinese words are taken too; those in the list of suggestions come first.
    let choices = key.choices();
    let meant = choices.iter().filter(|(_, meaning)| !meaning.is_empty());
    let words = choices.iter().map(|(word, _)| text(word));
    let words = words.chain(meant.clone().map(|(_, meaning)| text(meaning))).collect();
    let meanings = choices.iter().map(|(_, meaning)| text(meaning));
    let meanings = meanings.chain(meant.map(|(word, _)| text(word))).collect();
    object([
        ("type", text("string")),
        ("enum", Node::List(words)),
        ("x-taplo", object([("docs", object([("enumValues", Node::List(meanings))]))])),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::FieldPath;

    fn whole() -> serde_json::Value {
        serde_json::from_str(&schema()).unwrap()
    }

    /// The value of a key in a table, or in any of the shapes that a value may have.
    fn inside<'a>(node: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
        let shapes = node["anyOf"].as_array().into_iter().flatten();
        node["properties"].get(key).or_else(|| shapes.filter_map(|shape| inside(shape, key)).next())
    }

    #[test]
    fn every_figure_has_its_key_with_its_label() {
        let schema = whole();
        for edition in Edition::ALL {
            let form = edition.form();
            for cell in form.cells() {
                let mut node = &schema;
                for step in FieldPath::of(cell).as_str().split('.') {
                    node = inside(node, step).unwrap_or_else(|| panic!("{cell:?}"));
                }
                let label = node["description"].as_str().unwrap();
                assert!(label.contains(form.column_name(cell)), "{cell:?}: {label}");
            }
        }
    }

    #[test]
    fn each_edition_says_what_it_calls_a_row() {
        let schema = whole();
        let row = &schema["properties"]["disclosure"]["properties"]["normative_documents"];
        let description = row["description"].as_str().unwrap();
        assert!(description.starts_with("行政规范性文件：本年制发件数、"), "{description}");
        assert!(description.ends_with(
            "\n\n2019年格式：规范性文件：本年新制作数量、本年新公开数量、对外公开总数量"
        ));
        let same = &schema["properties"]["requests"]["properties"]["received"]["description"];
        assert!(!same.as_str().unwrap().contains("年格式"), "{same}");
    }

    #[test]
    fn every_key_is_described_and_no_other_is_allowed() {
        fn walk(node: &serde_json::Value, path: &str) {
            let Some(properties) = node["properties"].as_object() else { return };
            assert_eq!(node["additionalProperties"], false, "{path}");
            for (key, inner) in properties {
                let path = format!("{path}.{key}");
                let is_section = Section::from_key(key).is_some();
                assert!(is_section || inner["description"].is_string(), "{path}");
                walk(inner, &path);
                walk(&inner["items"], &path);
            }
        }
        let schema = whole();
        walk(&schema, "");
        assert_eq!(schema["required"], serde_json::json!(["format", "report", "agency"]));
        let kind = &schema["properties"]["agency"]["properties"]["kind"];
        assert_eq!(kind["enum"][1], "department");
        assert!(kind["description"].as_str().unwrap().contains("`department` 部门；"), "{kind}");
    }
}
