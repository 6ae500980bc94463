//! The figures of a report as JSON inside its page, so that a published page can be read back.
//!
//! The form of this JSON is a promise: once published it does not change; what must differ later gets
//! another [`FORMAT`]. A page holds it in `<script type="application/json" id="nianbao">`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::digest::Digest;
use crate::document::{Cell, CellKind, Document};
use crate::edition::NumberKind;
use crate::render::RenderError;
use crate::report::{Disclosure, FieldPath};

/// The name and version of the form.
pub const FORMAT: &str = "nianbao/1";
/// The description of a page that is no report, such as a check sheet.
const NO_REPORT: &str = "nianbao-sheet/1";

/// An item on a page.
#[derive(Serialize)]
struct Island<'a> {
    /// [`FORMAT`] for every report.
    format: &'static str,
    /// The edition of the national form, for example `2021`.
    edition: &'static str,
    /// The report year, or null.
    year: Option<u16>,
    /// The body whose report it is; empty when not filled.
    agency: &'a str,
    /// The date of publication as `2024-01-29`, or null.
    published: Option<String>,
    /// True if the page is a draft, whose figures mean nothing yet.
    draft: bool,
    /// The figures by address, in the order of the tables. Each is a string, exactly as printed, so
    /// that an amount keeps its digits and a change its sign; null where nothing usable was filled.
    figures: Pairs<'a>,
    /// The remarks printed behind figures, by address.
    notes: Pairs<'a>,
}

/// A JSON object with its keys in the given order.
struct Pairs<'a>(Vec<(&'a str, Option<&'a str>)>);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The data of a page.
pub(super) struct Data {
    /// The JSON, safe inside a `script` element.
    pub(super) json: String,
    /// Its name in a content policy: `sha256-` and the digest in base 64. The browser never runs data,
    /// but a policy that names it lets checkers see that nothing else is allowed.
    pub(super) hash: String,
}

/// The data of a document.
pub(super) fn data(document: &Document) -> Result<Data, RenderError> {
    let meta = &document.meta;
    let changes = meta.edition.form().disclosure.cells();
    let signed: Vec<FieldPath> = changes
        .filter(|(_, column)| column.kind() == NumberKind::Change)
        .map(|(row, column)| Disclosure::path(row, column))
        .collect();
    let mut figures = Vec::new();
    let mut notes = Vec::new();
    let cells: Vec<(&Cell, String)> = document
        .tables()
        .flat_map(|table| table.rows())
        .flat_map(|row| &row.cells)
        // Programs read a hyphen where a minus is printed.
        .map(|cell| (cell, cell.text.replace('−', "-")))
        .collect();
    for (cell, text) in &cells {
        let (CellKind::Figure, Some(origin)) = (cell.kind, &cell.origin) else { continue };
        let usable = if signed.contains(origin) { is_change } else { is_figure };
        figures.push((origin.as_str(), usable(text).then_some(text.as_str())));
        if let Some(note) = &cell.note {
            notes.push((origin.as_str(), Some(note.as_str())));
        }
    }
    let island = Island {
        format: if figures.is_empty() { NO_REPORT } else { FORMAT },
        edition: meta.edition.key(),
        year: meta.year,
        agency: &meta.agency,
        published: meta.published.map(|date| date.to_string()),
        draft: meta.draft,
        figures: Pairs(figures),
        notes: Pairs(notes),
    };
    let json = serde_json::to_string(&island)
        .map_err(|error| RenderError::Library(format!("无法写出数据：{error}")))?;
    let json = safe(&json);
    let hash = hash(&json);
    Ok(Data { json, hash })
}

/// The name of a script in a content policy.
pub(super) fn hash(script: &str) -> String {
    format!("sha256-{}", base64(Digest::of(script.as_bytes()).bytes()))
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| chunk.get(i).copied().map_or(0, u32::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// Digits with at most one point between them.
fn is_figure(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction]
        .iter()
        .all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Digits with at most one sign before them.
fn is_change(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The same JSON without any character that could end the element or begin a comment in it.
pub(super) fn safe(json: &str) -> String {
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_leave_the_element() {
        let json = serde_json::to_string("</script><!--&").unwrap();
        let safe = safe(&json);
        assert!(!safe.contains(['<', '>', '&']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), "</script><!--&");
    }

    #[test]
    fn base_64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in pairs {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn only_figures_are_figures() {
        for text in ["0", "128", "3297.50", "1725.6168"] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["", ".", "1.", ".5", "1.2.3", "〔未填〕", "１", "-1", "约3"] {
            assert!(!is_figure(text), "{text}");
        }
        for text in ["0", "+1036", "-3"] {
            assert!(is_change(text), "{text}");
        }
        for text in ["", "+", "--3", "1.5", "增3", "〔未填〕"] {
            assert!(!is_change(text), "{text}");
        }
    }
}
