//! The written file, walked object by object: what an archive and a screen reader rely on.

use nianbao::layout::{Faces, lay_out};
use nianbao::render::pdf;
use nianbao::{bind, document, source};

/// Every report under `examples`, by name.
#[expect(clippy::disallowed_methods, reason = "a test reads its own inputs")]
pub(crate) fn examples() -> Vec<(String, document::Document)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let file = source::SourceFile::parse(name.clone(), text);
            let (report, _) = source::read(&file);
            let (report, _) = bind::bind(report.unwrap(), None);
            (name, document::build(&report, false))
        })
        .collect()
}

#[test]
fn the_same_document_gives_the_same_bytes_in_every_thread() {
    let faces = Faces::bundled();
    for (name, document) in examples() {
        let written: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let render = || pdf::render(&lay_out(&document, &faces).unwrap()).unwrap();
            let threads: Vec<_> = (0..2).map(|_| scope.spawn(render)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(written[0] == written[1], "{name} differs");
        assert!(written[0] == pdf::render(&lay_out(&document, &faces).unwrap()).unwrap());
    }
}
