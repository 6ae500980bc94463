//! Checks and renders 政府信息公开工作年度报告, the yearly open-government report.

pub mod bind;
pub mod diag;
pub mod document;
pub mod edition;
pub mod law;
pub mod render;
pub mod report;
pub mod rules;
pub mod source;
pub mod template;
