//! What the engine says, made readable: documents, pages, diagnostics and machine output. No IO, no clock.

pub mod document;
pub mod documents;
pub mod html;
pub mod library;
pub mod report;
pub mod risk;
pub mod standards;
