//! A table of words as a document of its own.

use super::sheet::{fitted, heads_of, row, sentence};
use super::{Block, Document, Meta, Table};
use crate::edition::Edition;

/// A table of words with its title.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The edition of the form of its year.
    pub edition: Edition,
    /// The body that lists.
    pub agency: String,
    /// The year.
    pub year: u16,
    /// The title, as the pieces between which a line may be broken.
    pub title: Vec<String>,
    /// The words over the whole table.
    pub caption: String,
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Builds the document of up to five listings under the title of the first; none of none.
pub fn listings(all: &[Listing]) -> Option<Document> {
    /// The names of the tables behind the first, so that each is found by its own.
    const NAMES: [&str; 4] = ["listing-b", "listing-c", "listing-d", "listing-e"];
    let (first, rest) = all.split_first()?;
    let mut whole = listing(first);
    for (name, more) in NAMES.into_iter().zip(rest) {
        whole.blocks.push(Block::Table(table_of(name, more)));
    }
    Some(whole)
}

/// Builds the document of a listing.
pub fn listing(listing: &Listing) -> Document {
    let table = table_of("listing", listing);
    let meta = Meta {
        edition: listing.edition,
        title: listing.title.concat(),
        agency: listing.agency.clone(),
        year: Some(listing.year),
        published: None,
        draft: false,
    };
    Document { meta, blocks: vec![Block::Title(listing.title.clone()), Block::Table(table)] }
}

fn table_of(name: &'static str, listing: &Listing) -> Table {
    let heads: Vec<&str> = listing.heads.iter().map(String::as_str).collect();
    let rows = listing.rows.iter().map(|cells| row(cells.iter().map(|cell| sentence(cell))));
    fitted(name, &listing.caption, heads_of(&listing.caption, &heads), rows.collect())
}
