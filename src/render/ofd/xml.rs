//! Elements of OFD's name space, and lengths as it writes them.

use crate::package::xml::{Element, Node, escape};

/// The only name space of the format.
const NAMESPACE: &str = "http://www.ofdspec.org/2016";

/// The root of a file.
pub(super) fn root(name: &str) -> Element {
    Element::new(name).with("xmlns:ofd", NAMESPACE)
}

/// The start tag of a root, for files written as text.
pub(super) fn root_tag(name: &str) -> String {
    format!("<{name} xmlns:ofd=\"{NAMESPACE}\">")
}

/// An element with these in it.
pub(super) fn holding(name: &str, children: impl IntoIterator<Item = Element>) -> Element {
    with_children(Element::new(name), children)
}

/// An element with more elements at its end.
pub(super) fn with_children(
    mut element: Element,
    children: impl IntoIterator<Item = Element>,
) -> Element {
    element.children.extend(children.into_iter().map(Node::Element));
    element
}

/// An element with a text in it.
pub(super) fn leaf(name: &str, text: &str) -> Element {
    let mut element = Element::new(name);
    element.children.push(Node::Text(escape(text)));
    element
}

/// Points as thousandths of a millimetre, so that sums of what is written are exact.
pub(super) fn micrometres(points: f64) -> i64 {
    (points * 25_400.0 / 72.0).round() as i64
}

/// Writes thousandths of a millimetre as millimetres, without needless zeros.
pub(super) fn push_mm(out: &mut String, micrometres: i64) {
    if micrometres < 0 {
        out.push('-');
    }
    let whole = micrometres.unsigned_abs();
    push_number(out, whole / 1000);
    let rest = whole % 1000;
    if rest > 0 {
        out.push('.');
        let digits = [rest / 100, rest / 10 % 10, rest % 10];
        let n = digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
        digits[..n].iter().for_each(|digit| push_number(out, *digit));
    }
}

/// Writes a number.
pub(super) fn push_number(out: &mut String, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    digits[at..].iter().for_each(|digit| out.push(char::from(*digit)));
}

/// Thousandths of a millimetre as millimetres.
pub(super) fn mm(micrometres: i64) -> String {
    let mut out = String::new();
    push_mm(&mut out, micrometres);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_short_as_they_can_be() {
        for (length, written) in
            [(0, "0"), (1, "0.001"), (-1500, "-1.5"), (210_000, "210"), (12_340, "12.34")]
        {
            assert_eq!(mm(length), written);
        }
        assert_eq!(micrometres(72.0), 25_400);
    }
}
