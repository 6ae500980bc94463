//! The targets of the fuzzer, with seeded changes of their seeds and with the inputs that once broke something.

use std::path::Path;

use crate::support::{Numbers, files, project, read, rounds};

#[path = "../../fuzz/targets.rs"]
mod targets;

/// One input with some bytes changed, taken out, doubled or put in from elsewhere.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        let end = (at + 1 + numbers.below(12)).min(bytes.len());
        match numbers.below(4) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.extend_from_within(at..end),
            2 => {
                let from = numbers.below(seed.len());
                let piece = &seed[from..(from + numbers.below(24)).min(seed.len())];
                drop(bytes.splice(at..at, piece.iter().copied()));
            }
            _ if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            _ => {}
        }
    }
    bytes
}

#[test]
fn changed_seeds_are_answered() {
    for (i, target) in targets::TARGETS.iter().enumerate() {
        let mut numbers = Numbers(7 + i as u64);
        let seeds = (target.seeds)();
        for seed in &seeds {
            (target.run)(seed);
        }
        for _ in 0..rounds(8) {
            (target.run)(&changed(&seeds[numbers.below(seeds.len())], &mut numbers));
        }
    }
}

#[test]
fn what_broke_something_once_does_no_more() {
    for target in targets::TARGETS {
        let folder = project("fuzz/found").join(target.name);
        if !Path::new(&folder).exists() {
            continue;
        }
        for path in files(&format!("fuzz/found/{}", target.name), "bin") {
            (target.run)(&read(&path));
        }
    }
}
