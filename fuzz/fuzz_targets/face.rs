#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(init: targets::only_panics_that_leave(), |bytes: &[u8]| targets::face(bytes));
