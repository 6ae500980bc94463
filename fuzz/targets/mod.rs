//! The inputs that others could send this program, each with the function that takes it: any bytes must be answered, and
//! what must hold afterwards is asserted. The fuzzer drives them (`fuzz_targets`), and so do seeded rounds of the test suite.

#![allow(dead_code, reason = "each program of the fuzzer uses one target")]

mod browser;
mod data;
mod foreign;
mod seeds;

/// Something that takes input from outside.
pub(crate) struct Target {
    /// Its name, which is that of the fuzzer's program.
    pub(crate) name: &'static str,
    /// Takes any bytes.
    pub(crate) run: fn(&[u8]),
    /// Inputs to begin with.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Changes of seeds that the test suite tries each time, about a quarter of a second of work; the gate tries forty times
    /// as many.
    pub(crate) rounds: usize,
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "data_file", run: data::data_file, seeds: seeds::data_files, rounds: 5 },
    Target { name: "outputs", run: data::outputs, seeds: seeds::data_files, rounds: 5 },
    Target { name: "edits", run: data::edits, seeds: seeds::edits, rounds: 8 },
    Target { name: "expression", run: data::expression, seeds: seeds::expressions, rounds: 5000 },
    Target { name: "template", run: data::template, seeds: seeds::templates, rounds: 60 },
    Target { name: "units", run: data::units, seeds: seeds::units, rounds: 110 },
    Target { name: "published", run: foreign::published, seeds: seeds::published, rounds: 14 },
    Target { name: "parts", run: foreign::parts, seeds: seeds::parts, rounds: 4 },
    Target { name: "objects", run: foreign::objects, seeds: seeds::objects, rounds: 5 },
    Target { name: "face", run: foreign::face, seeds: seeds::faces, rounds: 3 },
    Target { name: "request", run: browser::request, seeds: seeds::requests, rounds: 30 },
    Target { name: "form", run: browser::form, seeds: seeds::changes, rounds: 60 },
];

/// The fuzzer ends at every panic; those of foreign readers that the program answers are none of its business.
pub(crate) fn only_panics_that_leave() {
    drop(std::panic::take_hook());
}

/// Gives bytes to the target of that name.
pub(crate) fn run(name: &str, bytes: &[u8]) {
    for target in TARGETS.iter().filter(|target| target.name == name) {
        (target.run)(bytes);
    }
}
