//! Open XML packages: zip files of XML parts, read within limits and packed alike on every system.
//!
//! [`Zipped`] opens any zip file; [`Package`] adds the content types of parts and the relations between
//! them (ECMA-376 part 2). [`pack`] writes a package; [`normalize`] sets in one that a library has packed
//! the only byte that depends on the system.

mod open;
mod packing;
mod part;
pub(crate) mod xml;
mod zipped;

pub(crate) use open::{Package, decoded, is_kind};
pub(crate) use packing::{Packer, stored, zipped};
pub(crate) use part::{OFFICE_RELATIONS, Part, Relation, pack, relations_part};
pub(crate) use zipped::{Limits, PackageError, Zipped, normalize};
