//! All integration tests in one program, so that linking happens once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

/// Charts: when there are any, and what each output makes of them.
mod charts;
/// The commands: what they print, what they write, how they exit.
mod cli;
/// Two years side by side: in the terminal, as JSON, as a sheet, and what is refused.
mod compare;
/// The public conformance set: every rule fires where it must, and nowhere else.
mod conformance;
/// A generated district: what its bodies add up to.
mod district;
/// The generated documentation is what the definitions say.
mod docs;
/// The Word file: parts, tables, styles, house style.
mod docx;
/// Every example in every format: clean, the same words everywhere, the same bytes twice.
mod examples;
/// Whole folders: order, what is made again, what a stopped run leaves.
mod folders;
/// Characters outside the program's faces, and the faces that an office brings for them.
mod fonts;
/// The form in the browser, over a data file.
#[cfg(feature = "preview")]
mod form;
/// Whatever comes from outside, changed at random: the targets of the fuzzer.
#[cfg(feature = "preview")]
mod fuzz;
/// The generator of districts, which the benchmarks use, too.
#[path = "../../benches/district/mod.rs"]
mod generated;
/// Input made to do harm.
#[cfg(target_os = "linux")]
mod hostile;
/// The web page: heads, data, contrast, the office's own templates.
mod html;
/// Published reports read as data: there and back, damaged, and in the layouts of others.
mod import;
/// The text of the form stands in one place only.
mod labels;
/// The law as it is cited: every quotation and every article number in the texts of `tests/law`.
mod law;
/// Pages as readable text, and what must hold on each.
mod layout;
/// The reading of figures against narratives written without sight of it.
mod narratives;
/// The starter file and that of the next year.
mod new;
/// OFD files: numbers, glyphs, tags, what is attached.
mod ofd;
/// The contents of an OFD file, read back from its bytes.
mod ofd_words;
mod office;
/// Findings in every format, and what the codes mean.
mod output;
/// The PDF as written: tags, metadata, fonts.
mod pdf;
/// The words of a PDF, read back from its bytes.
mod pdf_words;
/// The preview: whom it answers, what it tells after a save, that it ends.
#[cfg(feature = "preview")]
mod preview;
/// The promises to other programs, held against the last release.
mod promise;
/// Any input: nothing lost, nothing missed, no panic.
mod properties;
/// Data files of every release are read for ever.
mod releases;
/// The tables entered a second time by another person.
mod second;
/// The check sheet, in every format.
mod sheet;

/// Single sentences, and all that is said of each.
mod sentences;
/// One figure with all that it stands in.
mod show;
/// Slips of the hand in data files, and what is offered to mend them.
mod slips;
/// Adding up the reports of many units.
mod sum;
/// Helpers that the tests share.
mod support;
/// The surroundings of a run: time zone, language, place, age of files.
mod surroundings;
/// Slips on the command line, files of other programs, folders, and what is told of a fresh file.
mod terminal;
/// Running text of every kind: no panic, no text that takes long.
mod texts;
/// Layers, fences and first lines of the source.
mod tidy;
/// The output of the terminal for each kind of mistake.
mod ui;
/// The copies that commands keep of a data file that they change.
mod undo;
/// What readers are told to type and to click: it runs, and it leads somewhere.
#[cfg(feature = "preview")]
mod ways_in;
/// The three tables as a workbook, there and back.
mod words;
mod workbook;
/// A clerk's year from the starter to the sum of the county, through the command line.
mod year;
