//! All integration tests in one program.

mod html;
mod pdf;
