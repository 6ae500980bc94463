//! The written file, walked object by object: what an archive and a screen reader rely on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object, ObjectId};
use nianbao::document::{self, Block, Document, Inline, Paragraph};
use nianbao::internals::layout::{Faces, lay_out};
use nianbao::render::pdf;

use crate::support::{chart_document, document_words, files, load, stem, without_blanks};

/// Every report under `examples`, by name.
pub(crate) fn examples() -> Vec<(String, Document)> {
    let built = |path: &PathBuf| document::build(load(path).1.report.as_ref().unwrap(), false);
    let charts = ("charts-2023".to_owned(), chart_document());
    files("examples", "toml").iter().map(|path| (stem(path), built(path))).chain([charts]).collect()
}

#[test]
fn the_same_document_gives_the_same_bytes_in_every_thread() {
    let faces = Faces::bundled();
    for (name, document) in examples() {
        let written: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let render = || pdf::render(&lay_out(&document, &faces).unwrap(), None).unwrap();
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(render)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(written[0] == written[1], "{name} differs");
        assert!(written[0] == pdf::render(&lay_out(&document, &faces).unwrap(), None).unwrap());
    }
}

fn written(document: &Document) -> File {
    let bytes = pdf::render(&lay_out(document, &Faces::bundled()).unwrap(), None).unwrap();
    File::load_mem(&bytes).unwrap()
}

/// A structure element with its path through the tree resolved.
struct Element<'a> {
    id: ObjectId,
    dictionary: &'a Dictionary,
    kind: String,
    kids: Vec<Element<'a>>,
}

/// The tree from its `Document` element down.
fn tree(file: &File) -> Element<'_> {
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let kids = kids(file.get_dictionary(root).unwrap());
    assert_eq!(kids.len(), 1, "one Document");
    element(file, kids[0].as_reference().unwrap())
}

fn element(file: &File, id: ObjectId) -> Element<'_> {
    let dictionary = file.get_dictionary(id).unwrap();
    let kind =
        String::from_utf8(dictionary.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let kids = kids(dictionary)
        .into_iter()
        .filter_map(|kid| kid.as_reference().ok())
        .map(|id| element(file, id))
        .collect();
    Element { id, dictionary, kind, kids }
}

fn kids(dictionary: &Dictionary) -> Vec<Object> {
    match dictionary.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    }
}

impl Element<'_> {
    fn all(&self) -> Vec<&Element<'_>> {
        let mut all = vec![self];
        for kid in &self.kids {
            all.extend(kid.all());
        }
        all
    }

    fn attribute(&self, name: &[u8]) -> Option<&Object> {
        self.dictionary.get(b"A").ok()?.as_dict().ok()?.get(name).ok()
    }

    fn span(&self, name: &[u8]) -> usize {
        self.attribute(name).map_or(1, |span| span.as_i64().unwrap() as usize)
    }

    /// The marks of this element: page and number.
    fn marks(&self) -> Vec<(ObjectId, i64)> {
        let page = |d: &Dictionary| d.get(b"Pg").and_then(Object::as_reference).unwrap();
        kids(self.dictionary)
            .iter()
            .filter_map(|kid| match kid {
                Object::Integer(number) => Some((page(self.dictionary), *number)),
                Object::Dictionary(mark) if mark.has(b"MCID") => {
                    Some((page(mark), mark.get(b"MCID").unwrap().as_i64().unwrap()))
                }
                _ => None,
            })
            .collect()
    }
}

fn text(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(utf16) => {
            let units: Vec<u16> =
                utf16.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The contents of a page, mark by mark: the number, nothing for an artifact; the words, by `ToUnicode`.
fn shown(file: &File, page: ObjectId) -> Vec<(Option<i64>, String)> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = file
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, characters(file, font)))
        .collect();
    let mut shown = Vec::new();
    let mut font = &BTreeMap::new();
    let mut depth = 0;
    let mut meant = None;
    let mut grey = 0.0;
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    for operation in content.operations {
        match operation.operator.as_str() {
            "BDC" => {
                let properties = operation.operands[1].as_dict().unwrap();
                depth += 1;
                if depth == 1 {
                    let number = properties.get(b"MCID").ok().map(|n| n.as_i64().unwrap());
                    let artifact = operation.operands[0].as_name().unwrap() == b"Artifact";
                    assert_eq!(number.is_none(), artifact);
                    shown.push((number, String::new()));
                } else {
                    meant = Some(text(properties.get(b"ActualText").unwrap()));
                }
            }
            "EMC" => {
                depth -= 1;
                if let (1, Some(meant)) = (depth, meant.take()) {
                    shown.last_mut().unwrap().1.push_str(&meant);
                }
            }
            "Tf" => font = &fonts[operation.operands[0].as_name().unwrap()],
            "Tj" | "TJ" => {
                assert!(depth > 0, "text outside of any mark");
                assert_eq!(grey, 0.0, "text is black only");
                let items = match &operation.operands[0] {
                    Object::Array(items) => items.clone(),
                    item => vec![item.clone()],
                };
                for code in items
                    .iter()
                    .filter_map(|item| item.as_str().ok())
                    .flat_map(|s| s.chunks_exact(2))
                {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    assert_ne!(code, 0, "a glyph is missing");
                    let words = font.get(&code).expect("every code has its character");
                    if meant.is_none() {
                        shown.last_mut().unwrap().1.push_str(words);
                    }
                }
            }
            "re" => assert!(depth > 0, "a rule outside of any mark"),
            "g" => grey = operation.operands[0].as_float().unwrap(),
            "gs" | "Do" | "rg" | "RG" | "k" | "K" | "sh" => {
                panic!("{} on a page", operation.operator)
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    shown
}

/// The meaning of a font's codes.
fn characters(file: &File, font: &Dictionary) -> BTreeMap<u16, String> {
    let id = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
    let map = file.get_object(id).unwrap().as_stream().unwrap().decompressed_content().unwrap();
    let number = |s: &str| s.trim_matches(['<', '>']).to_owned();
    String::from_utf8(map)
        .unwrap()
        .lines()
        .filter(|line| line.starts_with('<') && line.len() > 10 && !line.contains("FFFF"))
        .map(|line| {
            let (code, words) = line.split_once(' ').unwrap();
            let words = number(words);
            let units: Vec<u16> = (0..words.len() / 4)
                .map(|i| u16::from_str_radix(&words[4 * i..4 * i + 4], 16).unwrap())
                .collect();
            (u16::from_str_radix(&number(code), 16).unwrap(), String::from_utf16(&units).unwrap())
        })
        .collect()
}

#[test]
fn every_word_is_there_in_reading_order() {
    for (name, document) in examples() {
        let file = written(&document);
        let words: String = file
            .page_iter()
            .flat_map(|page| shown(&file, page))
            .filter(|(number, _)| number.is_some())
            .map(|(_, words)| words)
            .collect();
        assert_eq!(without_blanks(&words), document_words(&document).concat(), "{name}");
    }
}

#[test]
fn every_mark_has_one_element_and_the_parent_tree_leads_back() {
    for (name, document) in examples() {
        let file = written(&document);
        let tree = tree(&file);
        let mut owners = BTreeMap::new();
        for element in tree.all() {
            for mark in element.marks() {
                assert_eq!(owners.insert(mark, element.id), None, "{name}: a mark has two owners");
            }
        }
        let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let parents =
            file.get_dictionary(root).unwrap().get(b"ParentTree").unwrap().as_reference().unwrap();
        let numbers =
            file.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
        let parents: BTreeMap<i64, &Object> =
            numbers.chunks_exact(2).map(|pair| (pair[0].as_i64().unwrap(), &pair[1])).collect();
        for page in file.page_iter() {
            let marks: Vec<i64> = shown(&file, page).into_iter().filter_map(|(n, _)| n).collect();
            assert_eq!(marks, (0..marks.len() as i64).collect::<Vec<_>>());
            let dictionary = file.get_dictionary(page).unwrap();
            assert_eq!(dictionary.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
            let key = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
            let elements =
                file.get_object(parents[&key].as_reference().unwrap()).unwrap().as_array().unwrap();
            assert_eq!(elements.len(), marks.len());
            for (number, element) in marks.iter().zip(elements) {
                assert_eq!(owners.remove(&(page, *number)), element.as_reference().ok(), "{name}");
            }
        }
        assert!(owners.is_empty(), "{name}: elements name marks that are on no page");
    }
}

#[test]
fn headings_go_down_one_level_at_a_time_and_are_named() {
    for (name, document) in examples() {
        let file = written(&document);
        let tree = tree(&file);
        let levels: Vec<u8> = tree
            .all()
            .iter()
            .filter(|e| e.kind.len() == 2 && e.kind.starts_with('H'))
            .inspect(|e| assert!(!text(e.dictionary.get(b"T").unwrap()).is_empty()))
            .map(|e| e.kind.as_bytes()[1] - b'0')
            .collect();
        assert_eq!(levels[0], 1, "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 2).count(), 6, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
    }
}

#[test]
fn tables_fill_their_grid_and_every_figure_names_its_heads() {
    for (name, document) in examples() {
        let file = written(&document);
        let tree = tree(&file);
        let all = tree.all();
        let named: BTreeSet<String> =
            all.iter().filter_map(|e| e.dictionary.get(b"ID").ok()).map(text).collect();
        let tables: Vec<_> = all.iter().filter(|e| e.kind == "Table").collect();
        let n_blocks = document.meta.edition.form().disclosure.blocks.len();
        assert_eq!(tables.len(), n_blocks + 2, "{name}: groups of table 1, and tables 2 and 3");
        for table in tables {
            assert!(!text(table.attribute(b"Summary").unwrap()).is_empty());
            let kinds: Vec<&str> = table.kids.iter().map(|kid| kid.kind.as_str()).collect();
            assert_eq!(kinds, ["THead", "TBody"]);
            let rows: Vec<&Element<'_>> = table.kids.iter().flat_map(|part| &part.kids).collect();
            let n_columns: usize = rows[0].kids.iter().map(|cell| cell.span(b"ColSpan")).sum();
            let mut taken = vec![vec![false; n_columns]; rows.len()];
            for (i, row) in rows.iter().enumerate() {
                let mut column = 0;
                for cell in &row.kids {
                    while taken[i][column] {
                        column += 1;
                    }
                    for line in &mut taken[i..i + cell.span(b"RowSpan")] {
                        for place in &mut line[column..column + cell.span(b"ColSpan")] {
                            assert!(!std::mem::replace(place, true), "{name}: cells overlap");
                        }
                    }
                    // In the corner of table 2 the form says what must be equal.
                    let is_corner = cell.kind == "TD" && i == 0;
                    if is_corner {
                        assert!(cell.attribute(b"Headers").is_none(), "{name}");
                    } else if cell.kind == "TD" {
                        let heads = cell.attribute(b"Headers").unwrap().as_array().unwrap();
                        assert!(heads.len() >= 2, "{name}");
                        assert!(heads.iter().all(|head| named.contains(&text(head))), "{name}");
                    } else {
                        assert!(cell.attribute(b"Scope").is_some(), "{name}");
                    }
                }
            }
            assert!(taken.iter().flatten().all(|place| *place), "{name}: the grid has a hole");
        }
    }
}

#[test]
fn headings_that_run_into_their_text_are_headings_in_the_tree_and_in_the_outline() {
    let mut n_run_in = 0;
    for (name, document) in examples() {
        let mut expected = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Title(pieces) => expected.push((1, pieces.concat())),
                Block::Heading(heading) => {
                    expected.push((heading.level + 1, heading.text.clone()));
                }
                Block::Paragraph(paragraph) => {
                    if let Some(heading) = &paragraph.lead_in {
                        let title = heading.text.trim_end_matches(['。', '：', '；']);
                        expected.push((heading.level + 1, title.to_owned()));
                        n_run_in += 1;
                    }
                }
                Block::Table(_) | Block::Chart(_) | Block::Closing { .. } => {}
            }
        }
        let file = written(&document);
        let root = tree(&file);
        let found: Vec<(u8, String)> = root
            .all()
            .into_iter()
            .filter_map(|e| Some((e.kind.strip_prefix('H')?.parse().ok()?, e)))
            .map(|(level, e)| (level, text(e.dictionary.get(b"T").unwrap())))
            .collect();
        assert_eq!(found, expected, "{name}");
        let outline: Vec<String> =
            file.get_toc().unwrap().toc.into_iter().map(|entry| entry.title).collect();
        let titles: Vec<String> = expected.into_iter().skip(1).map(|(_, title)| title).collect();
        assert_eq!(outline, titles, "{name}");
    }
    assert!(n_run_in > 0);
}

#[test]
fn info_and_xmp_say_the_same_and_name_no_person() {
    for (name, document) in examples() {
        let file = written(&document);
        let id = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = file.get_dictionary(id).unwrap();
        let id = file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let metadata = file.get_object(id).unwrap().as_stream().unwrap();
        assert!(metadata.dict.get(b"Filter").is_err(), "archives read it as it is");
        let xmp = String::from_utf8(metadata.content.clone()).unwrap();
        assert_eq!(text(info.get(b"Title").unwrap()), document.meta.title, "{name}");
        assert_eq!(text(info.get(b"Author").unwrap()), document.meta.agency, "{name}");
        assert!(xmp.contains(&format!(">{}</rdf:li></rdf:Alt></dc:title>", document.meta.title)));
        assert!(xmp.contains(&format!("<dc:creator><rdf:Seq><rdf:li>{}<", document.meta.agency)));
        let date = document.meta.published.unwrap().to_string();
        assert!(xmp.contains(&format!("<xmp:CreateDate>{date}T00:00:00+08:00<")), "{name}");
        let stamp = format!("D:{}000000+08'00'", date.replace('-', ""));
        assert_eq!(text(info.get(b"CreationDate").unwrap()), stamp);
        assert_eq!(text(info.get(b"ModDate").unwrap()), stamp);
        let producer = text(info.get(b"Producer").unwrap());
        assert!(xmp.contains(&format!("<pdf:Producer>{producer}</pdf:Producer>")));
        assert!(xmp.contains("<pdfaid:part>2<") && xmp.contains("<pdfaid:conformance>A<"));
        assert!(xmp.contains("<pdfuaid:part>1<"));
    }
}

#[test]
fn a_report_without_a_date_carries_none() {
    let (_, mut document) = examples().remove(0);
    document.meta.published = None;
    document.meta.title = "甲 & 乙 <丙>".into();
    let file = written(&document);
    let id = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    assert!(!file.get_dictionary(id).unwrap().has(b"CreationDate"));
    let id = file.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
    let xmp = String::from_utf8(file.get_object(id).unwrap().as_stream().unwrap().content.clone())
        .unwrap();
    assert!(!xmp.contains("CreateDate") && xmp.contains("甲 &amp; 乙 &lt;丙&gt;"));
}

#[test]
fn the_catalog_promises_what_the_file_keeps() {
    for (name, document) in examples() {
        let file = written(&document);
        assert_eq!(file.version, "1.7");
        let catalog = file.catalog().unwrap();
        assert_eq!(text(catalog.get(b"Lang").unwrap()), "zh-CN");
        let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
        assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
        let view = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
        assert!(view.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
        let intent = file.get_dictionary(intents[0].as_reference().unwrap()).unwrap();
        assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
        let profile = intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap();
        let profile = file.get_object(profile).unwrap().as_stream().unwrap();
        assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
        let outline = catalog.get(b"Outlines").unwrap().as_reference().unwrap();
        let outline = file.get_dictionary(outline).unwrap();
        assert!(outline.get(b"Count").unwrap().as_i64().unwrap() >= 6, "{name}");
        for page in file.page_iter() {
            for (_, font) in file.get_page_fonts(page).unwrap() {
                let name = font.get(b"BaseFont").unwrap().as_name().unwrap();
                assert_eq!(name.iter().position(|b| *b == b'+'), Some(6), "a subset has its tag");
            }
        }
    }
}

#[test]
fn addresses_are_links_with_words_of_their_own() {
    let mut n_links = 0;
    for (name, document) in examples() {
        let file = written(&document);
        let tree = tree(&file);
        let links: Vec<_> =
            tree.all().into_iter().filter(|e| e.kind == "Link").map(|e| e.id).collect();
        let mut found: BTreeSet<&ObjectId> = BTreeSet::new();
        for page in file.page_iter() {
            let Ok(annotations) = file.get_dictionary(page).unwrap().get(b"Annots") else {
                continue;
            };
            for annotation in annotations.as_array().unwrap() {
                n_links += 1;
                let id = annotation.as_reference().unwrap();
                let annotation = file.get_dictionary(id).unwrap();
                assert_eq!(annotation.get(b"F").unwrap().as_i64().unwrap(), 4);
                assert!(!text(annotation.get(b"Contents").unwrap()).is_empty());
                // The mark of a note leads to a place in the file, an address out of it.
                match annotation.get(b"Dest") {
                    Ok(place) => assert_eq!(place.as_array().unwrap().len(), 5, "{name}"),
                    Err(_) => {
                        let action = annotation.get(b"A").unwrap().as_dict().unwrap();
                        assert!(text(action.get(b"URI").unwrap()).contains(':'), "{name}");
                    }
                }
                let owner = links.iter().find(|link| {
                    let kids =
                        file.get_dictionary(**link).unwrap().get(b"K").unwrap().as_array().unwrap();
                    kids.iter()
                        .filter_map(|kid| kid.as_dict().ok())
                        .any(|kid| kid.get(b"Obj").and_then(Object::as_reference).ok() == Some(id))
                });
                found.extend(owner);
                assert!(owner.is_some(), "{name}: an annotation is in no Link");
            }
        }
        assert_eq!(found.len(), links.len(), "{name}");
    }
    assert!(n_links >= 2);
}

#[test]
fn characters_that_share_a_glyph_are_copied_as_they_were_typed() {
    let (_, mut document) = examples().remove(0);
    let words = "凉\u{F979}兀\u{FA0C}甲·乙••…⋯／∕～〜";
    let text = vec![Inline::Text(words.into())];
    let paragraph = Paragraph { lead_in: None, text, origin: None };
    document.blocks = vec![Block::Paragraph(paragraph)];
    let file = written(&document);
    let page = file.page_iter().next().unwrap();
    let read: String =
        shown(&file, page).into_iter().filter(|(n, _)| n.is_some()).map(|(_, w)| w).collect();
    assert_eq!(read, words);
}

#[test]
fn a_report_is_small() {
    for (name, document) in examples() {
        let bytes = pdf::render(&lay_out(&document, &Faces::bundled()).unwrap(), None).unwrap();
        assert!(bytes.len() < 260_000, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn the_data_file_travels_inside_when_asked() {
    let path = crate::support::project("examples/haidong-2023.toml");
    let (_, review) = load(&path);
    let document = document::build(&review.report.unwrap(), false);
    let data = crate::support::read(&path);
    let attachment =
        nianbao::render::Attachment { name: "海东.toml".to_owned(), bytes: data.clone() };
    let pages = lay_out(&document, &Faces::bundled()).unwrap();
    let bytes = pdf::render(&pages, Some(&attachment)).unwrap();
    assert!(bytes == pdf::render(&pages, Some(&attachment)).unwrap());
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let specification = file.catalog().unwrap().get(b"AF").unwrap().as_array().unwrap()[0].clone();
    let specification = file.get_dictionary(specification.as_reference().unwrap()).unwrap();
    assert_eq!(specification.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Source");
    let embedded = specification.get(b"EF").unwrap().as_dict().unwrap().get(b"UF").unwrap();
    let stream = file.get_object(embedded.as_reference().unwrap()).unwrap().as_stream().unwrap();
    assert!(stream.get_plain_content().unwrap() == data, "the data file is not as it was");
    assert!(bytes.windows(22).any(|w| w == b"<pdfaid:part>3</pdfaid"));
}
