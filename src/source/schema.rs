//! The JSON Schema of the data file, for editors: made from the same lists as the reader.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::keys::{self, Key, KeyKind, KeyTable};
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureColumn, Edition, Form, NumberKind, Proceeding,
    RequestColumn, RequestRowPlace, Section,
};
use crate::report::{MAX_COUNT, Requests};

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

/// A value of JSON whose fields keep their order.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Text(String),
    Number(u64),
    No,
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::No => false.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn object<const N: usize>(fields: [(&str, Node); N]) -> Node {
    Node::Object(fields.map(|(key, value)| (key.to_owned(), value)).to_vec())
}

/// A node with the text that editors show in front.
fn described(description: &str, node: Node) -> Node {
    match node {
        Node::Object(fields) => {
            let mut all = vec![("description".to_owned(), text(description))];
            all.extend(fields.into_iter().filter(|(key, _)| key != "description"));
            Node::Object(all)
        }
        Node::Text(_) | Node::Number(_) | Node::No | Node::List(_) => node,
    }
}

/// A table with nothing but the given keys.
fn closed(properties: Vec<(String, Node)>, required: Vec<Node>) -> Node {
    let mut fields = vec![
        ("type".to_owned(), text("object")),
        ("additionalProperties".to_owned(), Node::No),
        ("properties".to_owned(), Node::Object(properties)),
    ];
    if !required.is_empty() {
        fields.push(("required".to_owned(), Node::List(required)));
    }
    Node::Object(fields)
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

/// What a key holds.
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

/// What may be chosen, for editors that show nothing of their own beside the words.
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

fn count() -> Node {
    object([
        ("type", text("integer")),
        ("minimum", Node::Number(0)),
        ("maximum", Node::Number(MAX_COUNT)),
    ])
}

/// A figure, or empty quotes that keep its place.
fn or_blank(figure: Node) -> Node {
    match figure {
        Node::Object(fields) => {
            let mut fields: Vec<(String, Node)> = fields
                .into_iter()
                .map(|(key, node)| match (key.as_str(), node) {
                    ("type", number) => (key, Node::List(vec![number, text("string")])),
                    (_, node) => (key, node),
                })
                .collect();
            fields.push(("maxLength".to_owned(), Node::Number(0)));
            Node::Object(fields)
        }
        Node::Text(_) | Node::Number(_) | Node::No | Node::List(_) => figure,
    }
}

fn money() -> Node {
    object([("type", text("number")), ("minimum", Node::Number(0))])
}

/// The rows of one of the three tables, of all editions; the newest edition describes them, and an older one says
/// what it calls them where that is something else.
fn figures(section: Section) -> Node {
    let mut rows: Vec<(String, String, Vec<Node>)> = Vec::new();
    for edition in Edition::ALL.iter().rev() {
        for (key, description, node) in rows_of(section, edition.form()) {
            let Some((_, newest, shapes)) = rows.iter_mut().find(|row| row.0 == key) else {
                rows.push((key, description, shapes_of(node)));
                continue;
            };
            let label = |description: &str| description.split("\n\n").next().map(str::to_owned);
            if let Some(old) = label(&description).filter(|old| label(newest).as_ref() != Some(old))
            {
                newest.push_str(&format!("\n\n{}年格式：{old}", edition.key()));
            }
            for shape in shapes_of(node) {
                if !shapes.contains(&shape) {
                    shapes.push(shape);
                }
            }
        }
    }
    let mut properties = Vec::new();
    for (key, description, shapes) in rows {
        let node = match shapes.as_slice() {
            [one] => one.clone(),
            _ => object([("anyOf", Node::List(shapes))]),
        };
        put(&mut properties, &key, section, described(&description, node));
    }
    closed(properties, Vec::new())
}

/// The ways in which a value may be written.
fn shapes_of(node: Node) -> Vec<Node> {
    match node {
        Node::Object(fields) => match fields.as_slice() {
            [(key, Node::List(shapes))] if key == "anyOf" => shapes.clone(),
            _ => vec![Node::Object(fields)],
        },
        Node::Text(_) | Node::Number(_) | Node::No | Node::List(_) => vec![node],
    }
}

/// Puts a row under its dotted key; the tables on the way are made when they are first met.
fn put(properties: &mut Vec<(String, Node)>, key: &str, section: Section, node: Node) {
    let Some((first, rest)) = key.split_once('.') else {
        match properties.iter_mut().find(|(known, _)| known == key) {
            // What one edition divides into rows is a row of its own in another.
            Some((_, known)) => {
                let either = Node::List(vec![known.clone(), node]);
                *known = described(&table_label(section, key), object([("anyOf", either)]));
            }
            None => properties.push((key.to_owned(), node)),
        }
        return;
    };
    if !properties.iter().any(|(known, _)| known == first) {
        let label = table_label(section, first);
        properties.push((first.to_owned(), described(&label, closed(Vec::new(), Vec::new()))));
    }
    let Some((_, Node::Object(fields))) = properties.iter_mut().find(|(known, _)| known == first)
    else {
        return;
    };
    if let Some((_, Node::Object(inside))) = fields.iter_mut().find(|(key, _)| key == "properties")
    {
        put(inside, rest, section, node);
    }
}

/// What the form calls the rows whose keys share a table.
fn table_label(section: Section, name: &str) -> String {
    let form = Edition::LATEST.form();
    let group = form.requests.groups.iter().find(|(group, _)| group.key() == name);
    match (group, section) {
        (Some((_, label)), _) => (*label).to_owned(),
        (None, Section::Requests) => form.requests.outcome_label.to_owned(),
        (None, _) => form.section_title(section).to_owned(),
    }
}

/// Key, description and shape of each row.
fn rows_of(section: Section, form: &Form) -> Vec<(String, String, Node)> {
    match section {
        Section::Disclosure => disclosure(form),
        Section::Requests => {
            let columns: Vec<(&str, &str)> =
                form.requests.columns.iter().map(|c| (c.column.key(), c.label)).collect();
            let rows = form.requests.rows.iter().map(|row| {
                let label = match row.place {
                    RequestRowPlace::Grouped(group) => {
                        format!("{} {}", form.requests.group_label(group), row.label)
                    }
                    RequestRowPlace::Top | RequestRowPlace::Outcome => row.label.to_owned(),
                };
                let cell = Cell::Requests(row.row, RequestColumn::Total);
                let key = Requests::row_path(row.row).to_string();
                let key = key.strip_prefix("requests.").unwrap_or_default().to_owned();
                (key, help(form, cell, &label, &columns), row_of(&columns))
            });
            rows.collect()
        }
        Section::Challenges => {
            let columns: Vec<(&str, &str)> =
                form.challenges.columns.iter().map(|(c, label)| (c.key(), *label)).collect();
            let rows = Proceeding::ALL.iter().map(|proceeding| {
                let cell = Cell::Challenges(*proceeding, ChallengeColumn::Total);
                let label = form.challenges.proceeding_label(*proceeding);
                (proceeding.key().to_owned(), help(form, cell, label, &columns), row_of(&columns))
            });
            rows.collect()
        }
        Section::Overview | Section::Problems | Section::Other => Vec::new(),
    }
}

fn disclosure(form: &Form) -> Vec<(String, String, Node)> {
    let mut rows = Vec::new();
    for block in form.disclosure.blocks {
        for (row, label) in block.rows {
            let figure = |column: DisclosureColumn| {
                or_blank(match column.kind() {
                    NumberKind::Amount => money(),
                    NumberKind::Count => count(),
                    NumberKind::Change => object([("type", text("integer"))]),
                })
            };
            let Some((first, first_label)) = block.columns.first() else { continue };
            let cell = Cell::Disclosure(*row, *first);
            let columns: Vec<(&str, &str)> =
                block.columns.iter().map(|(c, label)| (c.key(), *label)).collect();
            let (node, description) = if let [(column, _)] = block.columns {
                (figure(*column), help(form, cell, &format!("{label}：{first_label}"), &[]))
            } else {
                let properties = block.columns.iter().map(|(column, label)| {
                    (column.key().to_owned(), described(label, figure(*column)))
                });
                let shapes = vec![zero(), blank(), closed(properties.collect(), Vec::new())];
                let names: Vec<&str> = columns.iter().map(|(_, label)| *label).collect();
                let label = format!("{label}：{}", names.join("、"));
                (object([("anyOf", Node::List(shapes))]), help(form, cell, &label, &[]))
            };
            rows.push((row.key().to_owned(), description, node));
        }
    }
    rows
}

/// A table in which something must stand.
fn not_empty(table: Node) -> Node {
    match table {
        Node::Object(mut fields) => {
            fields.push(("minProperties".to_owned(), Node::Number(1)));
            Node::Object(fields)
        }
        Node::Text(_) | Node::Number(_) | Node::No | Node::List(_) => table,
    }
}

/// Empty quotes in the place of a whole row.
fn blank() -> Node {
    described("还没有填", object([("const", text(""))]))
}

fn zero() -> Node {
    described("各列都是 0", object([("const", Node::Number(0))]))
}

/// A row in its three ways: `0`, a list with or without its total, or a table of columns.
fn row_of(columns: &[(&str, &str)]) -> Node {
    let n = u64::try_from(columns.len()).unwrap_or(0);
    let labels: Vec<&str> = columns.iter().map(|(_, label)| *label).collect();
    let list = object([
        ("type", text("array")),
        ("items", or_blank(count())),
        ("minItems", Node::Number(n.saturating_sub(1))),
        ("maxItems", Node::Number(n)),
    ]);
    let properties =
        columns.iter().map(|(key, label)| ((*key).to_owned(), described(label, or_blank(count()))));
    let shapes = vec![
        zero(),
        blank(),
        described(&format!("按列写：{}（最后的可以不写）", labels.join("、")), list),
        described("只写不是 0 的列", not_empty(closed(properties.collect(), Vec::new()))),
    ];
    object([("anyOf", Node::List(shapes))])
}

/// What editors show of a row: label, note, how to write it, what to look up.
fn help(form: &Form, cell: Cell, label: &str, columns: &[(&str, &str)]) -> String {
    let guidance = form.guidance(cell);
    let mut lines = vec![label.to_owned()];
    if !guidance.note.is_empty() {
        lines.push(guidance.note.to_owned());
    }
    if let Some((_, parts)) = columns.split_last() {
        let labels: Vec<&str> = parts.iter().map(|(_, label)| *label).collect();
        lines.push(format!(
            "写法：`0`（各列都是 0）；`[{}]`，后面可加总计；`{{ 列 = 数 }}`，只写不是 0 的列",
            labels.join(", ")
        ));
    }
    let see = guidance.see.iter().filter_map(|provision| form.provision(*provision));
    let see: Vec<String> = see.map(|provision| provision.to_string()).collect();
    if !see.is_empty() {
        lines.push(format!("参见：{}", see.join("；")));
    }
    // A blank line parts paragraphs in what editors show.
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::FieldPath;

    fn whole() -> serde_json::Value {
        serde_json::from_str(&schema()).unwrap()
    }

    /// What a key holds in a table, or in any of the shapes that a value may have.
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
