//! Drawings that an OFD file holds once, as a resource, and that its pages name where they print them.

use std::collections::BTreeMap;

use super::{Package, child, is, resolve, text, value};
use crate::package::xml::Element;

/// Drawings by their numbers.
#[derive(Default)]
pub(super) struct Composites(BTreeMap<String, Composite>);

/// A drawing.
pub(super) struct Composite {
    /// Its objects.
    pub(super) content: Element,
    /// The marks that it counts for each time it is printed, however little is seen of it: drawings name others, and
    /// any number of times.
    pub(super) weight: usize,
}

/// The bytes of a drawing that count as a mark.
const BYTES_OF_A_MARK: usize = 64;

impl Composites {
    /// Adds the drawings of the resource files that an element of a file names. One that cannot be read is passed
    /// over: most hold none, and a drawing that is nowhere is a picture to those who ask for it.
    pub(super) fn add(
        &mut self,
        package: &mut Package<'_>,
        from: &str,
        element: &Element,
        names: &[&str],
    ) {
        for file in element.elements().filter(|child| names.iter().any(|name| is(child, name))) {
            let Ok(resources) = package.xml(&resolve(from, text(file).trim())) else { continue };
            let lists = resources.elements().filter(|list| is(list, "CompositeGraphicUnits"));
            for drawing in lists.flat_map(Element::elements) {
                let (id, content) = (value(drawing, "ID"), child(drawing, "Content"));
                self.0.extend(id.zip(content.cloned().map(Composite::new)));
            }
        }
    }

    /// The drawing with a number.
    pub(super) fn get(&self, id: &str) -> Option<&Composite> {
        self.0.get(id)
    }
}

impl Composite {
    fn new(content: Element) -> Self {
        let mut bytes = String::new();
        content.write(&mut bytes);
        Self { content, weight: 1 + bytes.len() / BYTES_OF_A_MARK }
    }
}
