//! The nodes of a table in the tree of meaning.

use crate::document::{Placed, Table, TableGrid};
use crate::layout::page::{NodeId, NodeRole};
use crate::layout::tree::Tree;

/// The nodes of a table: one table for each group of rows, since each has a head of its own.
///
/// Gives the node of every cell, in the order of the grid.
pub(super) fn add(table: &Table, grid: &TableGrid<'_>, tree: &mut Tree) -> Vec<NodeId> {
    let mut nodes = Vec::with_capacity(grid.cells.len());
    let mut rows: Vec<NodeId> = Vec::new();
    let many = table.groups.len() > 1;
    for group in &table.groups {
        let name = group.head.first().and_then(|row| row.cells.first()).filter(|_| many);
        let summary = match name {
            Some(cell) => format!("{}：{}", table.caption, cell.text),
            None => table.caption.clone(),
        };
        let node = tree.add(Tree::ROOT, NodeRole::Table { summary });
        for (role, n) in
            [(NodeRole::TableHead, group.head.len()), (NodeRole::TableBody, group.body.len())]
        {
            if n > 0 {
                let part = tree.add(node, role);
                rows.extend((0..n).map(|_| tree.add(part, NodeRole::TableRow)));
            }
        }
    }
    for placed in &grid.cells {
        let Placed { cell, row, .. } = *placed;
        let role = NodeRole::TableCell {
            kind: cell.kind,
            column_span: cell.column_span,
            row_span: cell.row_span,
            heads: Vec::new(),
        };
        let node = tree.add(rows[row], role);
        tree.set_address(node, cell.origin.as_ref().map(|path| path.as_str()));
        nodes.push(node);
    }
    for (i, id) in nodes.iter().enumerate() {
        let of: Vec<NodeId> = grid.heads_of(i).into_iter().map(|head| nodes[head]).collect();
        if let NodeRole::TableCell { heads, .. } = &mut tree.nodes[id.0].role {
            *heads = of;
        }
    }
    nodes
}
