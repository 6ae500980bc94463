//! Contours as the outlines of a TrueType font (ISO/IEC 14496-22, `glyf` and `loca`).

use super::quadratic::Point;

/// Flags of a point.
const ON: u8 = 1;
const X_SHORT: u8 = 1 << 1;
const Y_SHORT: u8 = 1 << 2;
const REPEAT: u8 = 1 << 3;
/// Without the flag for a short number: the same as before. With it: the number is positive.
const X_SAME: u8 = 1 << 4;
const Y_SAME: u8 = 1 << 5;

/// Outlines, one behind the other, and what other tables say of them.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    /// The table `glyf`.
    pub(super) bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The most points and contours of one glyph.
    pub(super) most_points: u16,
    pub(super) most_contours: u16,
    /// The box round all of them: left, bottom, right, top.
    pub(super) around: Option<[i16; 4]>,
}

impl Outlines {
    /// Adds a glyph and gives its left edge; `None` if it has too many points.
    pub(super) fn add(&mut self, contours: Vec<Vec<Point>>) -> Option<i16> {
        let left = match around(&contours) {
            None => 0,
            Some(ink) => {
                let n_contours = i16::try_from(contours.len()).ok()?;
                let n_points = u16::try_from(contours.iter().map(Vec::len).sum::<usize>()).ok()?;
                self.most_points = self.most_points.max(n_points);
                self.most_contours = self.most_contours.max(contours.len() as u16);
                self.around = Some(self.around.map_or(ink, |all| joined(all, ink)));
                self.bytes.extend(n_contours.to_be_bytes());
                self.bytes.extend(ink.iter().flat_map(|edge| edge.to_be_bytes()));
                self.write(&contours);
                ink[0]
            }
        };
        self.bytes.resize(self.bytes.len().next_multiple_of(2), 0);
        self.ends.push(self.bytes.len());
        Some(left)
    }

    /// True if the table `loca` has long entries.
    pub(super) fn is_long(&self) -> bool {
        self.bytes.len() > 2 * usize::from(u16::MAX)
    }

    /// The table `loca`.
    pub(super) fn places(&self) -> Vec<u8> {
        let ends = std::iter::once(&0).chain(&self.ends);
        match self.is_long() {
            true => ends.flat_map(|end| (*end as u32).to_be_bytes()).collect(),
            false => ends.flat_map(|end| ((end / 2) as u16).to_be_bytes()).collect(),
        }
    }

    fn write(&mut self, contours: &[Vec<Point>]) {
        let mut last = 0_usize;
        for contour in contours {
            last += contour.len();
            self.bytes.extend(((last - 1) as u16).to_be_bytes());
        }
        // No instructions.
        self.bytes.extend([0, 0]);
        let (mut xs, mut ys) = (Vec::with_capacity(last), Vec::with_capacity(last));
        let (mut x, mut y) = (0, 0);
        // The place of the last flag, which may be repeated.
        let mut flag_at: Option<usize> = None;
        for point in contours.iter().flatten() {
            let flag = (u8::from(point.on) * ON)
                | step(point.x, &mut x, X_SHORT, X_SAME, &mut xs)
                | step(point.y, &mut y, Y_SHORT, Y_SAME, &mut ys);
            match flag_at {
                Some(at) if self.bytes[at] == flag => {
                    self.bytes[at] |= REPEAT;
                    self.bytes.push(1);
                }
                Some(at)
                    if self.bytes[at] == flag | REPEAT
                        && self.bytes.last().is_some_and(|n| *n < u8::MAX) =>
                {
                    if let Some(n) = self.bytes.last_mut() {
                        *n += 1;
                    }
                }
                _ => {
                    flag_at = Some(self.bytes.len());
                    self.bytes.push(flag);
                }
            }
        }
        self.bytes.append(&mut xs);
        self.bytes.append(&mut ys);
    }
}

/// Writes the way to a coordinate from the one before it, and gives its flags.
fn step(to: i16, from: &mut i16, short: u8, same: u8, out: &mut Vec<u8>) -> u8 {
    let way = i32::from(to) - i32::from(*from);
    *from = to;
    match way {
        0 => same,
        1..=255 => {
            out.push(way as u8);
            short | same
        }
        -255..=-1 => {
            out.push(-way as u8);
            short
        }
        // Coordinates are counted round, so that every way fits.
        _ => {
            out.extend((way as i16).to_be_bytes());
            0
        }
    }
}

/// The box round contours; `None` where there are none.
fn around(contours: &[Vec<Point>]) -> Option<[i16; 4]> {
    let points = contours.iter().flatten().map(|p| [p.x, p.y, p.x, p.y]);
    points.reduce(joined)
}

fn joined(a: [i16; 4], b: [i16; 4]) -> [i16; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
