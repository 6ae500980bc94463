//! Checks and renders 政府信息公开工作年度报告, the yearly open-government report of a Chinese
//! administrative body, from one data file.
//!
//! ```
//! use nianbao::rules::Given;
//! use nianbao::source::SourceFile;
//!
//! let source = SourceFile::parse("年报.toml", r#"
//! format = "2021"
//! [report]
//! year = 2023
//! [agency]
//! name = "某某县人民政府"
//! kind = "government"
//! [requests]
//! received = [3, 0, 0, 0, 0, 0, 4]
//! "#);
//! let review = nianbao::review(&source, Given::default());
//! let wrong = review.findings.iter().find(|finding| finding.code == "NB304").unwrap();
//! assert!(wrong.message.contains("各类申请人相加是 3，总计写的是 4"));
//!
//! let document = nianbao::document::build(review.report.as_ref().unwrap(), true);
//! let renderer = nianbao::render::Renderer::new();
//! let page = renderer.render(&document, nianbao::render::Format::Html)?;
//! assert!(String::from_utf8_lossy(&page).contains("三、收到和处理政府信息公开申请情况"));
//! # Ok::<(), nianbao::render::RenderError>(())
//! ```

pub mod batch;
pub mod bind;
pub mod branding;
pub mod cli;
pub mod compare;
pub mod diag;
pub mod digest;
pub mod document;
pub mod edition;
pub mod files;
pub mod installed;
pub mod law;
pub mod layout;
pub mod load;
pub mod ordered;
mod package;
#[cfg(feature = "preview")]
pub mod preview;
mod prose;
pub mod render;
pub mod report;
pub mod review;
pub mod rules;
pub mod source;
pub mod template;
pub mod units;
pub mod words;
pub mod workbook;

pub use review::{Review, problems, review};
