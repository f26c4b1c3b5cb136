//! What people write by hand in a text file of their own: read, never changed. A small part of Markdown is understood
//! (paragraphs, lists, bold, italics, headings); all the rest is kept as it was typed.
//!
//! | question | file |
//! |---|---|
//! | what a text is made of; what it leaves « [à compléter] » | `written_text` |
//! | – lines as paragraphs, lists, headings | `written_lines` |
//! | – marks within a line | `written_marks` |
//! | bytes as a text: UTF-8 alone, what is another encoding told with its place | `written_bytes` |

mod written_bytes;
mod written_lines;
mod written_marks;
mod written_text;

pub(crate) use written_bytes::{NotText, text_of};
pub use written_text::{HandwrittenList, WrittenBlock, WrittenItem, WrittenSpan, WrittenText};
