//! A page of whatever kind of file: characters with their places, and lines.

use std::ops::Range;

use crate::import::sheet::Own;

/// A file as it is printed.
pub(in crate::import::readers) struct File {
    pub(in crate::import::readers) pages: Vec<Page>,
    pub(in crate::import::readers) author: Option<String>,
    pub(in crate::import::readers) attached: Option<Own>,
}

/// A page: what stands on it, measured in points from its upper left corner.
#[derive(Debug, Clone, Default)]
pub(in crate::import::readers) struct Page {
    pub(in crate::import::readers) width: f64,
    pub(in crate::import::readers) height: f64,
    pub(in crate::import::readers) glyphs: Vec<Glyph>,
    pub(in crate::import::readers) rules: Vec<Rule>,
    /// The share of the page that pictures cover.
    pub(in crate::import::readers) picture: f64,
    /// The number of its glyphs that are not to be seen, as those that a program recognised in a scan.
    pub(in crate::import::readers) n_unseen: usize,
}

/// A character with its box.
#[derive(Debug, Clone)]
pub(in crate::import::readers) struct Glyph {
    /// Its characters; none where the file does not say which they are.
    pub(in crate::import::readers) text: Option<String>,
    /// The left end of its base line.
    pub(in crate::import::readers) x: f64,
    pub(in crate::import::readers) y: f64,
    /// The end of its advance.
    pub(in crate::import::readers) end: f64,
    pub(in crate::import::readers) size: f64,
}

impl Glyph {
    /// The middle of the character, from which its place in a table is told.
    pub(super) fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.x, self.end), self.y - self.size * 0.35)
    }
}

/// The sizes of glyphs, in points.
pub(super) const SIZES: Range<f64> = 2.0..200.0;

/// A size as measured; 0 where it can be that of no glyph.
pub(in crate::import::readers) fn size_of(measured: f64) -> f64 {
    if SIZES.contains(&measured) { measured } else { 0.0 }
}

/// A line along one of the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::import::readers) struct Rule {
    pub(in crate::import::readers) is_vertical: bool,
    /// Its position across its direction.
    pub(in crate::import::readers) at: f64,
    pub(in crate::import::readers) start: f64,
    pub(in crate::import::readers) end: f64,
}

/// A place on a page.
pub(in crate::import::readers) type Place = (f64, f64);

/// The thickest filled shape that is a line; thicker ones are shading.
const THICKEST: f64 = 2.2;

impl Page {
    /// Keeps a straight line, if it lies along an axis.
    pub(in crate::import::readers) fn line(&mut self, from: Place, to: Place) {
        let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        let rule = if dx <= 1.0 && dy > 1.0 {
            let at = f64::midpoint(from.0, to.0);
            Rule { is_vertical: true, at, start: from.1.min(to.1), end: from.1.max(to.1) }
        } else if dy <= 1.0 && dx > 1.0 {
            let at = f64::midpoint(from.1, to.1);
            Rule { is_vertical: false, at, start: from.0.min(to.0), end: from.0.max(to.0) }
        } else {
            return;
        };
        self.rules.push(rule);
    }

    /// Keeps a filled shape, given by two corners of its box, that is as thin as a line.
    pub(in crate::import::readers) fn bar(&mut self, least: Place, most: Place) {
        let (width, height) = (most.0 - least.0, most.1 - least.1);
        if width <= THICKEST && height > THICKEST {
            let x = f64::midpoint(least.0, most.0);
            self.line((x, least.1), (x, most.1));
        } else if height <= THICKEST && width > THICKEST {
            let y = f64::midpoint(least.1, most.1);
            self.line((least.0, y), (most.0, y));
        }
    }

    /// Notes that a picture covers so much of the page.
    pub(in crate::import::readers) fn cover(&mut self, area: f64) {
        let page = self.width * self.height;
        if page > 0.0 {
            self.picture = (self.picture + area / page).min(1.0);
        }
    }
}
