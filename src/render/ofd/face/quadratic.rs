//! Outlines in cubic curves as contours of quadratic ones.
//!
//! A cubic curve is cut into `n` parts of equal length in its parameter, and each part becomes the quadratic curve with
//! the same ends and the mean of the two tangents. The greatest distance between the two is `|d| √3 / 36 n³`, where `d` is the
//! third difference of the control points, so `n` follows without trying. Where two parts meet, the point between
//! their control points lies exactly on the curve, and TrueType leaves it out. Only sums, products and comparisons
//! are used, so that every system gives the same outline.

use ttf_parser::OutlineBuilder;

/// The greatest distance of a curve from the original, in parts of an em; rounding to whole units adds at most
/// seven tenths of a unit.
const PRECISION: f64 = 1.0 / 4000.0;

/// The most parts of one curve: enough for one a hundred times as large as an em.
const MOST_PARTS: u32 = 64;

/// A point of a contour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: i16,
    pub(super) y: i16,
    /// True if it lies on the outline, false if it only bends it.
    pub(super) on: bool,
}

/// The contours of one glyph, while it is drawn.
pub(super) struct Contours {
    /// The greatest square of `|d|` that one part may have.
    limit: f64,
    contours: Vec<Vec<Point>>,
    open: Vec<Point>,
    /// The pen, and where the contour began.
    at: (f64, f64),
    start: (f64, f64),
    /// True if a point is too far off for a file of this kind.
    too_far: bool,
}

impl Contours {
    /// No contours yet, of a face with so many units to the em.
    pub(super) fn new(em: u16) -> Self {
        let distance = f64::from(em) * PRECISION;
        // |d| √3 / 36 ≤ distance, squared.
        let limit = 432.0 * distance * distance;
        let (contours, open) = (Vec::new(), Vec::new());
        Self { limit, contours, open, at: (0.0, 0.0), start: (0.0, 0.0), too_far: false }
    }

    /// The contours, in the direction of TrueType: the inside lies to the right. `None` if they reach too far.
    pub(super) fn finish(mut self) -> Option<Vec<Vec<Point>>> {
        self.end();
        (!self.too_far).then_some(self.contours)
    }

    fn end(&mut self) {
        let mut points = std::mem::take(&mut self.open);
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        // A point or a line has no inside.
        if points.len() > 2 {
            points[1..].reverse();
            self.contours.push(points);
        }
    }

    fn push(&mut self, x: f64, y: f64, on: bool) {
        let (Ok(x), Ok(y)) = (i16::try_from(rounded(x)), i16::try_from(rounded(y))) else {
            self.too_far = true;
            return;
        };
        let point = Point { x, y, on };
        if !(on && self.open.last() == Some(&point)) {
            self.open.push(point);
        }
    }

    fn go_to(&mut self, x: f64, y: f64) {
        self.push(x, y, true);
        self.at = (x, y);
    }

    fn parts(&self, d: (f64, f64)) -> u32 {
        let square = d.0 * d.0 + d.1 * d.1;
        let fits = |n: &u32| {
            let cube = f64::from(n * n * n);
            square <= self.limit * cube * cube
        };
        (1..MOST_PARTS).find(fits).unwrap_or(MOST_PARTS)
    }
}

impl OutlineBuilder for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.end();
        self.start = (x.into(), y.into());
        self.go_to(x.into(), y.into());
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.go_to(x.into(), y.into());
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push(x1.into(), y1.into(), false);
        self.go_to(x.into(), y.into());
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (p0, p3) = (self.at, (f64::from(x), f64::from(y)));
        let (p1, p2) = ((f64::from(x1), f64::from(y1)), (f64::from(x2), f64::from(y2)));
        let third = |p0: f64, p1: f64, p2: f64, p3: f64| p3 - 3.0 * p2 + 3.0 * p1 - p0;
        let d = (third(p0.0, p1.0, p2.0, p3.0), third(p0.1, p1.1, p2.1, p3.1));
        let n = self.parts(d);
        for part in 0..n {
            let control = |p0, p1, p2, p3| control(part, n, p0, p1, p2, p3);
            let x = control(p0.0, p1.0, p2.0, p3.0);
            let y = control(p0.1, p1.1, p2.1, p3.1);
            self.push(x, y, false);
        }
        self.go_to(p3.0, p3.1);
    }

    fn close(&mut self) {
        let (x, y) = self.start;
        self.go_to(x, y);
        self.end();
    }
}

/// The nearest whole number, the one farther from zero of two; some processors make a call of what the library has.
fn rounded(length: f64) -> i32 {
    (length + 0.5_f64.copysign(length)) as i32
}

/// The control point of one part of `n`, in one coordinate.
///
/// The ends of the part and its tangents there give two control points, of which this is the mean.
fn control(part: u32, n: u32, p0: f64, p1: f64, p2: f64, p3: f64) -> f64 {
    if n == 1 {
        return (3.0 * (p1 + p2) - p0 - p3) / 4.0;
    }
    let h = 1.0 / f64::from(n);
    let (a, b, c) = (p3 - 3.0 * p2 + 3.0 * p1 - p0, 3.0 * (p2 - 2.0 * p1 + p0), 3.0 * (p1 - p0));
    let at = |t: f64| ((a * t + b) * t + c) * t + p0;
    let slope = |t: f64| (3.0 * a * t + 2.0 * b) * t + c;
    let (from, to) = (f64::from(part) * h, f64::from(part + 1) * h);
    let forward = at(from) + slope(from) * h / 2.0;
    let back = at(to) - slope(to) * h / 2.0;
    (forward + back) / 2.0
}
