//! The rows of the three tables in the schema.

use super::json::{Node, closed, count, described, money, not_empty, object, or_blank, text};
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureColumn, Edition, Form, NumberKind, Proceeding,
    RequestColumn, RequestRowPlace, Section,
};
use crate::report::Requests;

/// The rows of one of the three tables, of all editions; the newest edition describes them, and an older one says
/// what it calls them where that is something else.
pub(super) fn figures(section: Section) -> Node {
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

/// The name of the rows whose keys share a table.
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

pub(super) fn zero() -> Node {
    described("各列都是 0", object([("const", Node::Number(0))]))
}

/// Empty quotes in the place of a whole row.
fn blank() -> Node {
    described("还没有填", object([("const", text(""))]))
}

/// The words that editors show of a row: label, note, ways of writing it, provisions to look up.
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
