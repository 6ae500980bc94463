//! [`Grid`]: a table of values addressed by a row and a column enum.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use crate::edition::Axis;

/// One value for every row and column; the enums make a wrong address impossible to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid<R, C, T> {
    cells: Vec<T>,
    axes: PhantomData<(R, C)>,
}

impl<R: Axis, C: Axis, T: Default> Default for Grid<R, C, T> {
    fn default() -> Self {
        let mut cells = Vec::new();
        cells.resize_with(R::ALL.len() * C::ALL.len(), T::default);
        Self { cells, axes: PhantomData }
    }
}

impl<R: Axis, C: Axis, T> Index<(R, C)> for Grid<R, C, T> {
    type Output = T;

    fn index(&self, (row, column): (R, C)) -> &T {
        &self.cells[row.index() * C::ALL.len() + column.index()]
    }
}

impl<R: Axis, C: Axis, T> IndexMut<(R, C)> for Grid<R, C, T> {
    fn index_mut(&mut self, (row, column): (R, C)) -> &mut T {
        &mut self.cells[row.index() * C::ALL.len() + column.index()]
    }
}

impl<R: Axis, C: Axis, T> Grid<R, C, T> {
    /// All values, row by row.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.cells.iter()
    }
}
