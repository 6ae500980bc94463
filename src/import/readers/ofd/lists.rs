//! Lists of numbers in an OFD file: the distances between characters, and the steps of a path.

use super::super::pages::Place;
use super::value;
use crate::package::xml::Element;

/// The distances from each character of a text to the next.
pub(super) struct Distances {
    list: Vec<f64>,
    /// For each character, the number of distances up to the next: two where one beyond U+FFFF counts twice.
    starts: Vec<usize>,
}

impl Distances {
    pub(super) fn new(code: &Element, name: &str, words: &[char]) -> Self {
        let list = value(code, name).map(|list| spread(&list, 2 * words.len())).unwrap_or_default();
        let units: usize = words.iter().map(|c| c.len_utf16()).sum();
        let counts_units = units > words.len() && list.len() + 1 >= units;
        let mut starts = Vec::with_capacity(words.len() + 1);
        let mut at = 0;
        for character in words {
            starts.push(at);
            at += if counts_units { character.len_utf16() } else { 1 };
        }
        starts.push(at);
        Self { list, starts }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn after(&self, i: usize) -> Option<f64> {
        let of = self.list.get(*self.starts.get(i)?..*self.starts.get(i + 1)?)?;
        Some(of.iter().sum())
    }
}

/// The shapes of a path: places, each with whether a straight line leads to it.
pub(super) fn shapes(data: &str) -> Vec<Vec<(bool, Place)>> {
    let mut shapes: Vec<Vec<(bool, Place)>> = Vec::new();
    let mut words = data.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let mut take = |n: usize| -> Option<Vec<f64>> {
            (0..n).map(|_| words.next()?.parse::<f64>().ok().filter(|n| n.is_finite())).collect()
        };
        // How many numbers follow, the last two of which are the end, and whether the way there is straight.
        let (n, is_straight) = match word {
            "M" | "S" => (2, false),
            "L" => (2, true),
            "Q" => (4, false),
            "B" => (6, false),
            "A" => (7, false),
            "C" => {
                if let Some(shape) = shapes.last_mut()
                    && let Some((_, first)) = shape.first().copied()
                {
                    shape.push((true, first));
                }
                continue;
            }
            _ => break,
        };
        let Some(numbers) = take(n) else { break };
        let end = (numbers[n - 2], numbers[n - 1]);
        match (word, shapes.last_mut()) {
            ("M" | "S", _) | (_, None) => shapes.push(vec![(false, end)]),
            (_, Some(shape)) => shape.push((is_straight, end)),
        }
    }
    shapes
}

/// A list of distances, in which `g n v` stands for n times v; no more of them than there can be.
fn spread(list: &str, most: usize) -> Vec<f64> {
    let mut spread = Vec::new();
    let mut words = list.split_whitespace();
    while let Some(word) = words.next() {
        let (n, word) = match word {
            "g" => (words.next().and_then(|n| n.parse().ok()).unwrap_or(0), words.next()),
            word => (1_usize, Some(word)),
        };
        let Some(distance) = word.and_then(|w| w.parse::<f64>().ok()).filter(|d| d.is_finite())
        else {
            break;
        };
        let room = most.saturating_sub(spread.len());
        spread.extend(std::iter::repeat_n(distance, n.min(room)));
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_read_as_all_writers_write_them() {
        assert_eq!(spread("1 g 3 2.5 4", 10), [1.0, 2.5, 2.5, 2.5, 4.0]);
        assert_eq!(spread("g 4000000000 1", 10).len(), 10);
        assert_eq!(spread("1 x 2", 10), [1.0]);
        let code = |list: &str| Element::new("ofd:TextCode").with("DeltaX", list);
        let words = ['甲', '𬭸', '乙', '丙'];
        let of = |list: &str, i| Distances::new(&code(list), "DeltaX", &words).after(i);
        assert_eq!((of("5 6 7", 1), of("5 6 7", 2)), (Some(6.0), Some(7.0)));
        assert_eq!((of("5 6 0 7", 1), of("5 6 0 7", 2)), (Some(6.0), Some(7.0)));
    }

    #[test]
    fn paths_are_read_by_their_letters() {
        let shapes = shapes("M 0 0 L 5 0 L 5 0.1 L 0 0.1 C M 1 1 B 1 2 3 4 5 6 L 7 8");
        assert_eq!(shapes.len(), 2);
        assert_eq!(shapes[0].len(), 5);
        assert_eq!(shapes[1], [(false, (1.0, 1.0)), (false, (5.0, 6.0)), (true, (7.0, 8.0))]);
    }
}
