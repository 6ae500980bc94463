//! The object graph as a file: every object once, those that are no streams packed together (ISO 32000-1, 7.5.7).
//!
//! lopdf holds the objects. Its own writer formats each of them through several buffers and starts a compressor for
//! each stream, which took longer than anything else in a PDF.

use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::RenderError;
use super::pack::Packer;
use super::syntax::{put_hexadecimal, put_integer, put_literal, put_name, put_real};
use crate::digest::{Digest, Digester};

/// The most objects of one object stream: readers unpack all of them to see one.
const TOGETHER: usize = 1000;

/// The end of an object that is a stream.
const END_OF_STREAM: &[u8] = b"\nendstream\nendobj\n";

/// The bytes of the checksum at the end of what is compressed (RFC 1950).
const CHECKSUM: usize = 4;

/// The bytes of a file's identifier, as many as readers know it by.
const ID: usize = 16;

/// The place of an object in the file.
#[derive(Clone, Copy)]
enum Place {
    At(usize),
    In { stream: u32, index: usize },
}

/// The bytes of a document with all objects that can be reached from its catalogue and its description.
///
/// They are numbered in the order in which they are met. The file's identifier follows from its bytes. Fails only when
/// the document names no catalogue.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, RenderError> {
    let trailer = |key: &[u8]| {
        let entry = document.trailer.get(key).and_then(Object::as_reference);
        entry.map_err(super::refused)
    };
    let (root, info) = (trailer(b"Root")?, trailer(b"Info")?);
    let graph = Graph::new(document, [root, info]);
    let mut packer = Packer::new();
    let mut file = format!("%PDF-{}\n%", document.version).into_bytes();
    // Tells programs that transfer the file that it is no text.
    file.extend([0xE2, 0xE3, 0xCF, 0xD3, b'\n']);
    let (mut places, faces) = put_objects(&graph, &mut file, &mut packer);
    let start = file.len();
    let number = places.len() as u32 + 1;
    places.push(Place::At(start));
    let id = digest(&file, &faces).bytes()[..ID].to_vec();
    let id = Object::String(id, StringFormat::Hexadecimal);
    let reference = |id: ObjectId| Object::Reference((graph.number(id), 0));
    let table = Stream::new(
        dictionary! {
            "Type" => "XRef",
            "Size" => i64::from(number) + 1,
            "W" => vec![1.into(), 4.into(), 2.into()],
            "Root" => reference(root),
            "Info" => reference(info),
            "ID" => vec![id.clone(), id],
        },
        table(&places),
    );
    // Its references are those of the file already.
    Graph::written().put_stream(&mut file, number, &table, &mut packer);
    file.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    Ok(file)
}

/// The digest of a file but for its faces, which are told by the checksums behind them: they are most of it, and the
/// pages name them by the glyphs that are in use.
fn digest(file: &[u8], faces: &[Range<usize>]) -> Digest {
    let mut digester = Digester::default();
    let mut from = 0;
    for face in faces {
        digester.add(&file[from..face.start]);
        from = face.end;
    }
    digester.add(&file[from..]);
    digester.digest()
}

/// Writes all objects; gives their places, and those of the compressed faces without their checksums.
fn put_objects(
    graph: &Graph<'_>,
    file: &mut Vec<u8>,
    packer: &mut Packer,
) -> (Vec<Place>, Vec<Range<usize>>) {
    let mut faces = Vec::new();
    let mut places: Vec<Place> = vec![Place::At(0); graph.order.len()];
    let mut others: Vec<(u32, &Object)> = Vec::new();
    for (number, object) in (1..).zip(&graph.order) {
        match object {
            Object::Stream(stream) => {
                places[number as usize - 1] = Place::At(file.len());
                let n_packed = graph.put_stream(file, number, stream, packer);
                if let Some(n) = n_packed.filter(|_| is_cff(&stream.dict)) {
                    let end = file.len() - END_OF_STREAM.len();
                    faces.push(end - n..end.saturating_sub(CHECKSUM).max(end - n));
                }
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..)
            | Object::Array(_)
            | Object::Dictionary(_)
            | Object::Reference(_) => others.push((number, object)),
        }
    }
    for together in others.chunks(TOGETHER) {
        let stream = places.len() as u32 + 1;
        places.push(Place::At(file.len()));
        for (index, (number, _)) in together.iter().enumerate() {
            places[*number as usize - 1] = Place::In { stream, index };
        }
        let packed = graph.together(together);
        graph.put_stream(file, stream, &packed, packer);
    }
    (places, faces)
}

/// The table of places: for every number its kind and two numbers more.
fn table(places: &[Place]) -> Vec<u8> {
    let mut table = Vec::with_capacity(7 * (places.len() + 1));
    let mut put = |kind: u8, first: u32, second: u16| {
        table.push(kind);
        table.extend(first.to_be_bytes());
        table.extend(second.to_be_bytes());
    };
    // The head of the list of free numbers, which has no other.
    put(0, 0, u16::MAX);
    for place in places {
        match *place {
            Place::At(at) => put(1, u32::try_from(at).unwrap_or(u32::MAX), 0),
            Place::In { stream, index } => put(2, stream, index as u16),
        }
    }
    table
}

/// The objects of a document in the order of their new numbers.
struct Graph<'d> {
    order: Vec<&'d Object>,
    /// For each old number the new one; 0 for one that nothing refers to. None where the old ones hold.
    numbers: Option<Vec<u32>>,
}

impl<'d> Graph<'d> {
    fn new(document: &'d Document, first: [ObjectId; 2]) -> Self {
        let mut numbers = vec![0; document.max_id as usize + 1];
        let mut order: Vec<&Object> = Vec::with_capacity(document.objects.len());
        let mut meet = |id: ObjectId, order: &mut Vec<&'d Object>| {
            if let Some(number) = numbers.get_mut(id.0 as usize)
                && *number == 0
                && let Some(object) = document.objects.get(&id)
            {
                order.push(object);
                *number = order.len() as u32;
            }
        };
        for id in first {
            meet(id, &mut order);
        }
        let mut next = 0;
        while let Some(object) = order.get(next).copied() {
            next += 1;
            visit(object, &mut |id| meet(id, &mut order));
        }
        Self { order, numbers: Some(numbers) }
    }

    /// Of objects that refer to others by their new numbers.
    fn written() -> Self {
        Self { order: Vec::new(), numbers: None }
    }

    /// The new number of an object; 0 for one that is not there.
    fn number(&self, id: ObjectId) -> u32 {
        match &self.numbers {
            Some(numbers) => numbers.get(id.0 as usize).copied().unwrap_or(0),
            None => id.0,
        }
    }

    /// Some objects as one stream, which begins with the number and the place of each.
    fn together(&self, objects: &[(u32, &Object)]) -> Stream {
        let (mut head, mut bodies) = (Vec::new(), Vec::new());
        for (number, object) in objects {
            put_integer(&mut head, i64::from(*number));
            head.push(b' ');
            put_integer(&mut head, bodies.len() as i64);
            head.push(b' ');
            self.put(&mut bodies, object);
            bodies.push(b'\n');
        }
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => objects.len() as i64,
            "First" => head.len() as i64,
        };
        head.extend(bodies);
        Stream::new(dictionary, head)
    }

    /// Writes a stream as an object, compressed if that makes it shorter; gives how long it is then.
    fn put_stream(
        &self,
        out: &mut Vec<u8>,
        number: u32,
        stream: &Stream,
        packer: &mut Packer,
    ) -> Option<usize> {
        let Stream { dict, content, allows_compression, .. } = stream;
        let packed = (*allows_compression && !dict.has(b"Filter"))
            .then(|| packer.packed(content, is_cff(dict)))
            .flatten()
            .filter(|packed| packed.len() < content.len());
        put_integer(out, i64::from(number));
        out.extend(b" 0 obj\n<<");
        for (key, value) in dict.iter().filter(|(key, _)| *key != b"Length") {
            self.put_entry(out, key, value);
        }
        if packed.is_some() {
            out.extend(b"/Filter/FlateDecode");
        }
        let content = packed.as_ref().unwrap_or(content);
        self.put_entry(out, b"Length", &Object::Integer(content.len() as i64));
        out.extend(b">>\nstream\n");
        out.extend(content);
        out.extend(END_OF_STREAM);
        packed.map(|packed| packed.len())
    }

    /// Writes an object; a blank stands before it where it would run into what is before.
    fn put(&self, out: &mut Vec<u8>, object: &Object) {
        let delimited = matches!(
            object,
            Object::Name(_)
                | Object::String(..)
                | Object::Array(_)
                | Object::Dictionary(_)
                | Object::Stream(_)
        );
        if !delimited && out.last().is_some_and(|byte| !b"[<>()] \n".contains(byte)) {
            out.push(b' ');
        }
        match object {
            // No stream stands inside another object.
            Object::Null | Object::Stream(_) => out.extend(b"null"),
            Object::Boolean(true) => out.extend(b"true"),
            Object::Boolean(false) => out.extend(b"false"),
            Object::Integer(value) => put_integer(out, *value),
            Object::Real(value) => put_real(out, *value),
            Object::Name(name) => put_name(out, name),
            Object::String(text, StringFormat::Hexadecimal) => put_hexadecimal(out, text),
            Object::String(text, StringFormat::Literal) => put_literal(out, text),
            Object::Array(objects) => {
                out.push(b'[');
                objects.iter().for_each(|object| self.put(out, object));
                out.push(b']');
            }
            Object::Dictionary(dictionary) => {
                out.extend(b"<<");
                dictionary.iter().for_each(|(key, value)| self.put_entry(out, key, value));
                out.extend(b">>");
            }
            Object::Reference(id) => match self.number(*id) {
                0 => out.extend(b"null"),
                number => {
                    put_integer(out, i64::from(number));
                    out.extend(b" 0 R");
                }
            },
        }
    }

    fn put_entry(&self, out: &mut Vec<u8>, key: &[u8], value: &Object) {
        put_name(out, key);
        self.put(out, value);
    }
}

/// Names every object that one refers to.
fn visit(object: &Object, meet: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => meet(*id),
        Object::Array(objects) => objects.iter().for_each(|object| visit(object, meet)),
        Object::Dictionary(dictionary) | Object::Stream(Stream { dict: dictionary, .. }) => {
            dictionary.iter().for_each(|(_, value)| visit(value, meet));
        }
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}

/// True for a face with outlines of CFF; those of TrueType repeat themselves.
fn is_cff(dictionary: &Dictionary) -> bool {
    let name = dictionary.get(b"Subtype").and_then(Object::as_name);
    name.is_ok_and(|name| [&b"CIDFontType0C"[..], b"OpenType"].contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(document: &Document) -> &[u8] {
        let id = document.trailer.get(b"ID").and_then(Object::as_array).unwrap();
        id[0].as_str().unwrap()
    }

    #[test]
    fn files_with_other_faces_have_other_identifiers() {
        let with = |face: &[u8]| {
            let mut document = Document::new();
            let dictionary = dictionary! { "Subtype" => "CIDFontType0C" };
            let face = document.add_object(Stream::new(dictionary, face.to_vec()));
            let root = document.add_object(dictionary! { "Type" => "Catalog", "Face" => face });
            document.trailer.set("Root", root);
            document.trailer.set("Info", root);
            let bytes = write(&document).unwrap();
            id_of(&Document::load_mem(&bytes).unwrap()).to_vec()
        };
        let (one, other) = (b"a".repeat(5000), [b"a".repeat(4999), b"b".to_vec()].concat());
        assert_eq!(with(&one), with(&one));
        assert_ne!(with(&one), with(&other));
        // Not compressed, and no checksum behind it.
        assert_ne!(with(b"a"), with(b"b"));
    }

    #[test]
    fn objects_are_written_as_they_are_read() {
        let mut document = Document::new();
        let inner = document.add_object(Object::string_literal("a(b)\\c\r"));
        let lost = (40, 0);
        let dictionary = dictionary! {
            "Type" => "Catalog",
            "A b#" => vec![1.into(), (-20).into(), Object::Real(-0.5), Object::Null, true.into()],
            "Inner" => inner,
            "Lost" => lost,
            "Hex" => Object::String(vec![0, 171, 255], StringFormat::Hexadecimal),
            "Name" => "N",
        };
        let root = document.add_object(dictionary.clone());
        let stream = document.add_object(Stream::new(Dictionary::new(), b"one two ".repeat(99)));
        let info = document.add_object(dictionary! { "Stream" => stream });
        let unmet = document.add_object("nobody asks for this");
        document.trailer.set("Root", root);
        document.trailer.set("Info", info);
        let bytes = write(&document).unwrap();

        let read = Document::load_mem(&bytes).unwrap();
        let catalog = read.catalog().unwrap();
        for key in [&b"A b#"[..], b"Hex", b"Name"] {
            assert_eq!(catalog.get(key).unwrap(), dictionary.get(key).unwrap());
        }
        assert!(matches!(catalog.get(b"Lost").unwrap(), Object::Null));
        let inner = catalog.get(b"Inner").unwrap().as_reference().unwrap();
        assert_eq!(read.get_object(inner).unwrap().as_str().unwrap(), b"a(b)\\c\r");
        let info = read.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let stream = read.get_dictionary(info).unwrap().get(b"Stream").unwrap();
        let stream = read.get_object(stream.as_reference().unwrap()).unwrap().as_stream().unwrap();
        assert_eq!(stream.decompressed_content().unwrap(), b"one two ".repeat(99));
        assert!(!String::from_utf8_lossy(&bytes).contains("nobody"));
        // The file is known by the digest of all that stands before its table of places.
        let start = read.xref_start;
        assert_eq!(id_of(&read), &Digest::of(&bytes[..start]).bytes()[..ID]);
        assert!(document.objects.contains_key(&unmet) && bytes == write(&document).unwrap());
    }
}
