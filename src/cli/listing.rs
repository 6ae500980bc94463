//! The option that says how findings are listed, for every command that lists them.

use clap::Args;

use super::output::OutputFormat;

/// How findings are listed.
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
}

impl Listing {
    /// The format that is asked for, here or in the environment.
    ///
    /// # Errors
    ///
    /// When what the environment asks for is no format.
    pub(super) fn format(self) -> Result<OutputFormat, String> {
        OutputFormat::chosen(self.output_format)
    }
}
