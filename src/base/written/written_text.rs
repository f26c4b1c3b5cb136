//! What a text written by hand is made of.

use serde::Serialize;

/// A text written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrittenText {
    /// Its blocks, in order.
    #[serde(rename = "blocs")]
    pub blocks: Vec<WrittenBlock>,
}

/// One block of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "genre")]
pub enum WrittenBlock {
    /// A heading below that of the section: 1, or 2 under a 1.
    #[serde(rename = "titre")]
    Heading {
        /// 1 or 2.
        #[serde(rename = "rang")]
        depth: u8,
        /// Its words.
        #[serde(rename = "mots")]
        spans: Vec<WrittenSpan>,
    },
    /// A paragraph; a line that was typed is a line.
    #[serde(rename = "paragraphe")]
    Paragraph {
        /// Its words.
        #[serde(rename = "mots")]
        spans: Vec<WrittenSpan>,
    },
    /// A list.
    #[serde(rename = "liste")]
    List(HandwrittenList),
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandwrittenList {
    /// Number of its first item; none for bullets.
    #[serde(rename = "debut")]
    pub first: Option<u32>,
    /// Its items.
    pub items: Vec<WrittenItem>,
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrittenItem {
    /// Its words.
    #[serde(rename = "mots")]
    pub spans: Vec<WrittenSpan>,
    /// Lists under it; none has lists under its own items.
    #[serde(rename = "sous")]
    pub under: Vec<HandwrittenList>,
}

/// Words of one look; `\n` parts lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrittenSpan {
    /// The words.
    #[serde(rename = "texte")]
    pub text: String,
    /// Whether they are bold.
    #[serde(rename = "gras")]
    pub bold: bool,
    /// Whether they are in italics.
    #[serde(rename = "italique")]
    pub italic: bool,
    /// Whether they say that something is still to be written.
    #[serde(rename = "manque")]
    pub missing: bool,
}

impl WrittenText {
    /// How many places say that something is still to be written.
    pub fn missing(&self) -> usize {
        let spans = self.spans();
        spans.iter().filter(|span| span.missing).count()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.spans().iter().all(|s| s.text.trim().is_empty())
    }

    /// Its words, without their looks.
    pub fn plain(&self) -> String {
        let blocks = self.blocks.iter().map(WrittenBlock::plain);
        blocks.collect::<Vec<_>>().join("\n")
    }

    fn spans(&self) -> Vec<&WrittenSpan> {
        self.blocks.iter().flat_map(WrittenBlock::spans).collect()
    }
}

impl WrittenBlock {
    /// All its words, in order.
    pub fn spans(&self) -> Vec<&WrittenSpan> {
        match self {
            Self::Heading { spans, .. } | Self::Paragraph { spans } => spans.iter().collect(),
            Self::List(list) => list.spans(),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Heading { spans, .. } | Self::Paragraph { spans } => plain(spans),
            Self::List(list) => {
                let items = list.items.iter().map(|item| plain(&item.spans));
                items.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

impl HandwrittenList {
    fn spans(&self) -> Vec<&WrittenSpan> {
        let items = self.items.iter().flat_map(|item| {
            let under = item.under.iter().flat_map(Self::spans);
            item.spans.iter().chain(under)
        });
        items.collect()
    }
}

/// Words without their looks.
fn plain(spans: &[WrittenSpan]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
