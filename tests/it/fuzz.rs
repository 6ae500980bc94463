//! The targets of the fuzzer, with their seeds, with seeded changes of them and with the inputs that once broke something.

use std::path::Path;

use nianbao::source::KEY_TABLES;

use crate::support::{Numbers, expect_file, files, project, read, rounds};

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

/// One input with some bytes changed, taken out, doubled or put in from elsewhere, and words between quotes exchanged.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        let end = (at + 1 + numbers.below(12)).min(bytes.len());
        match numbers.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.extend_from_within(at..end),
            2 => {
                let from = numbers.below(seed.len());
                let piece = &seed[from..(from + numbers.below(24)).min(seed.len())];
                drop(bytes.splice(at..at, piece.iter().copied()));
            }
            3 | 4 => {
                let (from, to) = (numbers.below(100), numbers.below(100));
                if let (Some(from), Some(to)) = (quoted(seed, from), quoted(&bytes, to)) {
                    drop(bytes.splice(to, seed[from].iter().copied()));
                }
            }
            _ if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            _ => {}
        }
    }
    bytes
}

/// The place between some quote and the next.
fn quoted(bytes: &[u8], n: usize) -> Option<std::ops::Range<usize>> {
    let quotes: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i] == b'"').collect();
    let n = n % quotes.len().max(1);
    Some(quotes.get(n)? + 1..*quotes.get(n + 1)?)
}

/// Runs a target over its seeds, its corpus and what once broke it, then over seeded changes of these.
fn tried(name: &str) {
    let i = targets::TARGETS.iter().position(|target| target.name == name).unwrap();
    let target = &targets::TARGETS[i];
    let mut inputs = (target.seeds)();
    for kept in ["corpus", "found"] {
        let folder = format!("fuzz/{kept}/{name}");
        if Path::new(&project(&folder)).exists() {
            inputs.extend(files(&folder, "bin").iter().map(|path| read(path)));
        }
    }
    for input in &inputs {
        (target.run)(input);
    }
    let mut numbers = Numbers(7 + i as u64);
    for _ in 0..rounds(target.rounds) {
        (target.run)(&changed(&inputs[numbers.below(inputs.len())], &mut numbers));
    }
}

/// One test for each target, so that they run side by side.
macro_rules! each {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                tried(stringify!($name));
            }
        )*

        #[test]
        fn every_target_is_tried() {
            let names: Vec<&str> = targets::TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

each! { data_file outputs edits expression template units published parts objects face request form }

/// The dictionary of the data file follows from its keys.
#[test]
fn the_fuzzer_knows_every_key_of_the_data_file() {
    let mut words: Vec<String> = ["'''", "true", "false", "null"].map(str::to_owned).into();
    for table in KEY_TABLES {
        words.push(match table.name.strip_suffix("[]") {
            Some(list) => format!("[[{list}]]"),
            None => format!("[{}]", table.name),
        });
        words.extend(table.keys.iter().map(|key| format!("{} = ", key.name)));
    }
    let cells = nianbao::edition::Edition::LATEST.form().cells();
    words.extend(cells.map(|cell| nianbao::report::FieldPath::of(cell).to_string()));
    words.retain(|word| word.is_ascii() && word != "[]");
    words.sort();
    words.dedup();
    let mut text = "# Tables, keys and addresses of the data file.\n".to_owned();
    for word in words {
        text.push_str(&format!("{word:?}\n"));
    }
    expect_file("fuzz/dictionaries/data_file.dict", &text);
}
