#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(init: targets::only_panics_that_leave(), |bytes: &[u8]| targets::run("parts", bytes));
