//! The option that says how findings are listed, for every command that lists them.

use clap::Args;

use super::output::{Figures, OutputFormat, Style};

/// Options for listing findings.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Listing {
    #[arg(
        long,
        help = "问题怎样列出：full（附原文和改法）、concise（每处一行）、json、jsonl（每份一行）、sarif、github；不写则用环境变量 NIANBAO_OUTPUT_FORMAT 指定的，再没有则用 full",
        value_name = "格式",
        value_parser = OutputFormat::from_key,
        help_heading = "选项"
    )]
    output_format: Option<OutputFormat>,

    /// 只列错误，不列警告和提示
    #[arg(long, help_heading = "选项")]
    errors_only: bool,

    /// 一次检查多份时，逐份列出全部问题；不写则每份一行
    #[arg(long, help_heading = "选项")]
    full: bool,
}

impl Listing {
    /// The style of a run over many files, or one.
    ///
    /// # Errors
    ///
    /// When the format that the environment asks for is none.
    pub(super) fn style(self, waived: bool, figures: Figures, many: bool) -> Result<Style, String> {
        Ok(Style {
            format: OutputFormat::chosen(self.output_format)?,
            waived,
            errors_only: self.errors_only,
            // A format that is named is to be read.
            details: self.full
                || figures == Figures::Listed
                || self.output_format == Some(OutputFormat::Full),
            figures,
            many,
        })
    }
}
