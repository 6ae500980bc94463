//! JSON whose fields keep their order, and the shapes of figures in it.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::report::MAX_COUNT;

/// A value of JSON whose fields keep their order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
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

pub(super) fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

pub(super) fn object<const N: usize>(fields: [(&str, Node); N]) -> Node {
    Node::Object(fields.map(|(key, value)| (key.to_owned(), value)).to_vec())
}

/// A node with the text that editors show in front.
pub(super) fn described(description: &str, node: Node) -> Node {
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
pub(super) fn closed(properties: Vec<(String, Node)>, required: Vec<Node>) -> Node {
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

/// A table in which something must stand.
pub(super) fn not_empty(table: Node) -> Node {
    match table {
        Node::Object(mut fields) => {
            fields.push(("minProperties".to_owned(), Node::Number(1)));
            Node::Object(fields)
        }
        Node::Text(_) | Node::Number(_) | Node::No | Node::List(_) => table,
    }
}

pub(super) fn count() -> Node {
    object([
        ("type", text("integer")),
        ("minimum", Node::Number(0)),
        ("maximum", Node::Number(MAX_COUNT)),
    ])
}

pub(super) fn money() -> Node {
    object([("type", text("number")), ("minimum", Node::Number(0))])
}

/// A figure, or empty quotes that keep its place.
pub(super) fn or_blank(figure: Node) -> Node {
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
