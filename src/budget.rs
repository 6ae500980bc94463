//! The budget of one run: how much of anything from outside is taken. SECURITY.md lists it.
//!
//! Everything is far above what a report needs and far below what harms: what exceeds it is some other file, or
//! means harm, and is refused with a message. Nothing here is a time: the same input has the same outcome on
//! every machine.

/// The bytes of a data file, a list of units or a template: a few pages of text.
pub(crate) const TEXT_BYTES: u64 = 8 << 20;

/// The bytes of a font, a Word file, or any other file that is read whole; the largest fonts have tens of megabytes.
pub(crate) const FILE_BYTES: u64 = 128 << 20;

/// The bytes of a file that is looked at only to tell whether it is still the same.
pub(crate) const DIGEST_BYTES: u64 = 512 << 20;

/// The bytes of a workbook; those of the three tables have some tens of kilobytes.
pub(crate) const WORKBOOK_BYTES: usize = 4 << 20;

/// The bytes to which the parts of a workbook unpack.
pub(crate) const WORKBOOK_UNPACKED_BYTES: u64 = 16 << 20;

/// The bytes of XML that are read of a workbook in all: every sheet may be as large as all parts together.
pub(crate) const WORKBOOK_READ_BYTES: usize = 64 << 20;

/// The tags of a part of a workbook that holds cells, and of one that holds only looks and names.
pub(crate) const WORKBOOK_TAGS: [usize; 2] = [2_000_000, 50_000];

/// The sheets of a workbook.
pub(crate) const SHEETS: usize = 200;

/// The filled cells of a sheet.
pub(crate) const SHEET_CELLS: usize = 100_000;

/// Cells within the extents of all sheets of an old workbook (`.xls`), whose reader lays out blank ones, too.
pub(crate) const LAID_OUT_CELLS: u64 = 1_000_000;

/// The characters of a cell that are looked at.
pub(crate) const CELL_CHARS: usize = 1_000;

/// The bytes of a text in a cell: the 32,767 characters that spreadsheets allow.
pub(crate) const CELL_BYTES: usize = 32_767 * 3;

/// The bytes that formulas which share one text come to when each is written out.
pub(crate) const SHARED_FORMULA_BYTES: usize = 4 << 20;

/// The parts of a zip file.
pub(crate) const PACKAGE_PARTS: usize = 2_000;

/// The bytes to which the parts of a Word file unpack.
pub(crate) const PACKAGE_BYTES: u64 = 64 << 20;

/// The elements, attributes and texts of a Word file; in memory each takes a hundred times its bytes in the file.
pub(crate) const PACKAGE_NODES: usize = 200_000;

/// The findings of one code in a file that are kept; of the rest only their number is told.
pub(crate) const FINDINGS: usize = 200;

/// The figures of the texts of a file that are listed with what they were held against; the rest is counted.
pub(crate) const FIGURES: usize = 10_000;

/// The declarations of whose some figures of the texts are.
pub(crate) const SCOPES: usize = 200;

/// The entries of a list in a data file, such as notes, waivers or units, and the lines of one of words.
pub(crate) const LIST_ENTRIES: usize = 10_000;

/// The lines or rows of a list of names of which `units.toml` is made.
pub(crate) const ROLL_ROWS: usize = 20_000;

/// The columns of such a list; what stands further right is not read.
pub(crate) const ROLL_COLUMNS: usize = 200;

/// The characters of a name in such a list; what is longer is no name.
pub(crate) const ROLL_NAME_CHARS: usize = 100;

/// The characters of a sentence that are read for what it counts; a longer one is named as not judged.
pub(crate) const SENTENCE_CHARS: usize = 4_000;

/// The pages of a report or another document.
pub(crate) const PAGES: usize = 2_000;

/// The characters of an address that is made a link; a longer one is printed as plain text.
pub(crate) const LINK_CHARS: usize = 2_000;

/// The links of a paragraph; what follows is printed as plain text.
pub(crate) const LINKS: usize = 200;

/// The turns of all loops and components of an office's templates, for one page.
pub(crate) const TEMPLATE_STEPS: usize = 1_000_000;

/// The bytes of a text that a filter of a template makes longer.
pub(crate) const GROWN_BYTES: usize = 16 << 20;

/// The bytes of a page that templates make.
pub(crate) const PAGE_BYTES: usize = 64 << 20;

/// The stack of a thread on which a foreign library reads what comes from outside.
pub(crate) const STACK_BYTES: usize = 8 << 20;

/// The bytes of a published report that is text: a web page, a letter or a plain text.
pub(crate) const PUBLISHED_BYTES: usize = 32 << 20;

/// The paragraphs and tables of a published report.
pub(crate) const PUBLISHED_BLOCKS: usize = 20_000;

/// The elements and texts of a published web page, and the cells that the rows of an old Word file have room for.
pub(crate) const PUBLISHED_NODES: usize = 400_000;

/// The depth of the elements of a published web page.
pub(crate) const PUBLISHED_DEPTH: usize = 400;

/// The elements of a published web page that stand open at one place.
pub(crate) const PUBLISHED_UNCLOSED: usize = 1_000;

/// The comparisons of an attribute with another of its tag, of all tags of a published web page.
pub(crate) const PUBLISHED_COMPARED: usize = 1_000_000_000;

/// The pages of a published PDF or OFD file.
pub(crate) const PUBLISHED_PAGES: usize = 300;

/// The characters of a published PDF or OFD file, the pieces of its lines, and its drawings each time they are printed.
pub(crate) const PUBLISHED_MARKS: usize = 2_000_000;

/// The places where the level lines of a page of a published PDF or OFD file could cross the upright ones.
pub(crate) const PUBLISHED_CROSSINGS: usize = 10_000_000;

/// The bytes that what is packed in a published PDF unpacks to, pictures aside: faces are the largest.
#[cfg(feature = "pdf-import")]
pub(crate) const PUBLISHED_UNPACKED: usize = 256 << 20;
