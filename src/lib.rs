//! Checks and renders 政府信息公开工作年度报告, the yearly open-government report of a Chinese
//! administrative body, from one data file.
//!
//! A whole run, from the text of a data file to its findings and its three outputs:
//!
//! ```
//! use nianbao::document::build;
//! use nianbao::render::{Format, Renderer};
//! use nianbao::rules::Given;
//! use nianbao::source::{Position, SourceFile, locate};
//!
//! let text = r#"
//! format = "2021"
//! [report]
//! year = 2023
//! [agency]
//! name = "某某县人民政府"
//! kind = "government"
//! [requests]
//! received = [3, 0, 0, 0, 0, 0, 4]
//! "#;
//! let source = SourceFile::parse("年报.toml", text);
//!
//! // Every problem of the file and every finding of the rules, in the order of the file.
//! let review = nianbao::review(&source, Given::default());
//! let wrong = review.findings.iter().find(|finding| finding.code == "NB304").unwrap();
//! assert!(wrong.message.contains("各类申请人相加是 3，总计写的是 4"));
//! let place = locate(&source, &wrong.primary.place);
//! assert_eq!(&text[place.clone()], "4");
//! assert_eq!(Position::of(text, place.start).line, 9);
//!
//! // With errors, only a draft can be made.
//! let document = build(review.report.as_ref().unwrap(), true);
//! let renderer = Renderer::new();
//! let page = renderer.render(&document, Format::Html)?;
//! assert!(String::from_utf8_lossy(&page).contains("某某县人民政府2023年政府信息公开工作年度报告"));
//! for format in [Format::Docx, Format::Pdf] {
//!     assert!(!renderer.render(&document, format)?.is_empty());
//! }
//! # Ok::<(), nianbao::render::RenderError>(())
//! ```
//!
//! The modules follow that run: [`source`] reads a data file into a [`report`], [`review`](mod@review) holds it against the
//! [`rules`], [`document`] says in blocks and tables what the paper says, and [`render`] makes its bytes. [`edition`] is the
//! national form, [`diag`] a finding.

#![cfg_attr(
    not(feature = "preview"),
    allow(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "some of what reads and writes files serves the browser pages alone"
    )
)]

pub mod diag;
pub mod document;
pub mod edition;
pub mod render;
pub mod report;
pub mod review;
pub mod rules;
pub mod source;

#[doc(hidden)]
pub mod internals;

mod about;
mod batch;
mod bind;
mod branding;
mod budget;
mod cli;
mod compare;
mod digest;
mod files;
#[cfg(feature = "preview")]
mod form;
mod guard;
mod import;
mod installed;
mod invisible;
mod law;
mod layout;
mod load;
mod manual;
mod office;
mod ordered;
mod package;
#[cfg(feature = "preview")]
mod preview;
mod prose;
mod read_back;
#[cfg(feature = "preview")]
mod serve;
mod sheet;
mod template;
mod trace;
mod units;
mod words;
mod workbook;

pub use review::{Review, problems, review, review_by};
