//! One content for every format: a document is a head and sections, a section is blocks, a block
//! is texts already rounded and worded. HTML, PDF and workbooks lay out the same blocks, so that
//! no format can say what another does not, and a template holds no arithmetic. Serde gives the
//! fields the French names under which templates, the users' own included, read them.

use serde::Serialize;

use crate::base::tabular::Table;
use crate::base::text::{Datum, list};
use crate::reports::charts::Print;
use crate::reports::writing_box::WritingBox;

/// A report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// First band.
    #[serde(rename = "tete")]
    pub head: Head,
    /// Sections in order.
    pub sections: Vec<ReportSection>,
}

/// The first band of every report: what, where, when.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Title.
    #[serde(rename = "titre")]
    pub title: String,
    /// Line under it.
    #[serde(rename = "sous_titre")]
    pub subtitle: String,
    /// Who reads: equipe, elus, familles, renouvellement, pratiques, or index.
    #[serde(rename = "public")]
    pub audience: String,
    /// Campaign in words.
    #[serde(rename = "campagne")]
    pub campaign: String,
    /// Territory.
    #[serde(rename = "territoire")]
    pub territory: String,
    /// « Édité le 15 décembre 2026 ».
    pub edition: String,
    /// Date of edition, ISO: the date that files carry.
    pub date: String,
    /// Version of the référentiel.
    pub version: String,
    /// Whether every page says « DONNÉES FICTIVES ».
    #[serde(rename = "fictif")]
    pub fictitious: bool,
    /// Whom to ask.
    pub contact: String,
}

/// A part of a report under its heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReportSection {
    /// Heading.
    #[serde(rename = "titre")]
    pub title: String,
    /// Name of its sheet in a workbook: at most 31 characters, none of `[]:*?/\`.
    #[serde(rename = "feuille")]
    pub sheet: String,
    /// Whether it begins a page in print.
    #[serde(rename = "saut")]
    pub page_break: bool,
    /// Whether it goes on paper with the workbook alone: folded on screen, a sheet of its own, not printed.
    #[serde(rename = "annexe")]
    pub annex: bool,
    /// Content.
    #[serde(rename = "blocs")]
    pub blocks: Vec<Block>,
}

impl Document {
    /// The parts that are printed.
    pub(super) fn printed(&self) -> impl Iterator<Item = &ReportSection> {
        self.sections.iter().filter(|section| !section.annex)
    }

    /// Where the rest is, in a sentence; nothing where all is printed.
    pub(super) fn elsewhere(&self) -> Option<String> {
        let annexes = self.sections.iter().filter(|section| section.annex);
        let sheets: Vec<String> = annexes
            .map(|section| format!("« {} »", section.sheet))
            .collect();
        (!sheets.is_empty()).then(|| {
            format!(
                "La forme Excel de ce document, écrite avec lui ou à la demande, a le détail ({}) et les chiffres de chaque graphique.",
                list(&sheets)
            )
        })
    }
}

impl ReportSection {
    /// A section that goes on where the one before ends.
    pub fn new(title: &str, sheet: &str, blocks: Vec<Block>) -> Self {
        Self {
            title: title.to_owned(),
            sheet: sheet.to_owned(),
            page_break: false,
            annex: false,
            blocks,
        }
    }

    /// The same, left to the workbook in print.
    #[must_use]
    pub fn annexed(mut self) -> Self {
        self.annex = true;
        self
    }
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Style {
    /// Plain.
    #[default]
    #[serde(rename = "courant")]
    Plain,
    /// Secondary.
    #[serde(rename = "second")]
    Secondary,
    /// The sentence that carries the section.
    #[serde(rename = "fort")]
    Strong,
}

/// How a list looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum ListStyle {
    /// Bullets.
    #[default]
    #[serde(rename = "puces")]
    Bullets,
    /// The messages of page one.
    #[serde(rename = "messages")]
    Messages,
    /// Words of people, each with where they come from.
    #[serde(rename = "pratiques")]
    Practices,
}

/// One block.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "genre")]
pub enum Block {
    /// A heading inside a section.
    #[serde(rename = "sous_titre")]
    Subheading {
        /// Its text.
        #[serde(rename = "texte")]
        text: String,
    },
    /// A paragraph.
    #[serde(rename = "paragraphe")]
    Paragraph {
        /// Its text.
        #[serde(rename = "texte")]
        text: String,
        /// Its look.
        style: Style,
        /// Keys that explain its figures.
        #[serde(rename = "cles")]
        keys: Vec<String>,
    },
    /// A list.
    #[serde(rename = "liste")]
    List {
        /// Its items.
        items: Vec<ListItem>,
        /// Its look.
        style: ListStyle,
    },
    /// Labels and values.
    #[serde(rename = "faits")]
    Facts {
        /// One line each.
        #[serde(rename = "lignes")]
        rows: Vec<Fact>,
    },
    /// Impératifs with their marks.
    #[serde(rename = "imperatifs")]
    Musts {
        /// One each.
        items: Vec<Must>,
    },
    /// A chart and its figures.
    #[serde(rename = "figure")]
    Figure(Box<DrawnFigure>),
    /// A table.
    #[serde(rename = "tableau")]
    Table(Table<Datum>),
    /// Critères put forward.
    #[serde(rename = "cartes")]
    Cards {
        /// One each.
        #[serde(rename = "cartes")]
        cards: Vec<CritereView>,
    },
    /// What people write by hand.
    #[serde(rename = "ecrit")]
    Writing(WritingBox),
}

impl Block {
    fn paragraph(text: impl Into<String>, style: Style) -> Self {
        Self::Paragraph {
            text: text.into(),
            style,
            keys: Vec::new(),
        }
    }

    /// The same with the keys of the figures that its own words say: of a paragraph, of a chart’s title and
    /// caption, of a table’s title and note.
    #[must_use]
    pub fn keyed(mut self, own: impl IntoIterator<Item = String>) -> Self {
        match &mut self {
            Self::Paragraph { keys, .. } => keys.extend(own),
            Self::Figure(figure) => figure.keys.extend(own),
            Self::Table(table) => table.keys.extend(own),
            _ => {}
        }
        self
    }

    /// A list of items.
    pub fn items(items: Vec<ListItem>) -> Self {
        Self::List {
            items,
            style: ListStyle::Bullets,
        }
    }

    /// A plain paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Self::paragraph(text, Style::Plain)
    }

    /// A secondary paragraph.
    pub fn note(text: impl Into<String>) -> Self {
        Self::paragraph(text, Style::Secondary)
    }

    /// The sentence that carries the section.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::paragraph(text, Style::Strong)
    }

    /// A heading inside a section.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Subheading { text: text.into() }
    }

    /// A bulleted list of sentences.
    pub fn bullets(sentences: impl IntoIterator<Item = String>) -> Self {
        Self::List {
            items: sentences.into_iter().map(ListItem::plain).collect(),
            style: ListStyle::Bullets,
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListItem {
    /// First words, set apart; may be empty.
    #[serde(rename = "fort")]
    pub strong: String,
    /// The text.
    #[serde(rename = "texte")]
    pub text: String,
    /// Items under it.
    #[serde(rename = "sous")]
    pub under: Vec<String>,
    /// Keys that explain its figures.
    #[serde(rename = "cles")]
    pub keys: Vec<String>,
}

impl ListItem {
    /// The same with the keys of its figures.
    #[must_use]
    pub fn keyed(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.keys.extend(keys);
        self
    }

    /// A sentence.
    pub fn plain(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// A label and its value.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// What.
    #[serde(rename = "nom")]
    pub name: String,
    /// Value in words.
    #[serde(rename = "valeur")]
    pub value: String,
    /// Note, may be empty.
    pub note: String,
    /// Keys that explain its figures.
    #[serde(rename = "cles")]
    pub keys: Vec<String>,
}

impl Fact {
    /// The same with the keys of its figures.
    #[must_use]
    pub fn keyed(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.keys.extend(keys);
        self
    }

    /// A fact without note.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            ..Self::default()
        }
    }
}

/// An impératif.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Must {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// ✓ ✕ ? ! or –.
    #[serde(rename = "marque")]
    pub mark: String,
    /// The word that goes with the mark.
    #[serde(rename = "mot")]
    pub word: String,
    /// Style: atteint, non-atteint, non-evalue, hors, sans-objet.
    #[serde(rename = "classe")]
    pub class: String,
    /// What is missing or below, as sentences.
    pub details: Vec<String>,
    /// Key that explains it.
    #[serde(rename = "cle")]
    pub key: String,
}

/// What a chart shows, for workbooks that draw it natively.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Drawing {
    /// Levels side by side, campaigns and target.
    #[default]
    #[serde(rename = "profil")]
    Profile,
    /// Shares to 100 %.
    #[serde(rename = "repartition")]
    Distribution,
    /// From one campaign to the next.
    #[serde(rename = "evolution")]
    Evolution,
    /// Two regards per critère.
    #[serde(rename = "ecarts")]
    Gaps,
    /// Sites × axes.
    #[serde(rename = "matrice")]
    Matrix,
    /// Sites on the territory.
    #[serde(rename = "carte")]
    Map,
    /// Who hangs on whom.
    #[serde(rename = "organigramme")]
    Organisation,
}

/// A chart in a report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DrawnFigure {
    /// What it shows.
    #[serde(rename = "dessin")]
    pub drawing: Drawing,
    /// The drawing, as SVG.
    pub svg: String,
    /// The same for a phone.
    #[serde(rename = "etroit")]
    pub narrow: String,
    /// The same for paper.
    #[serde(skip)]
    pub print: Print,
    /// The idea, as a sentence.
    #[serde(rename = "titre")]
    pub title: String,
    /// One sentence with the figures, for who cannot see the drawing.
    #[serde(rename = "alternative")]
    pub alt: String,
    /// Under the drawing.
    #[serde(rename = "legende")]
    pub caption: String,
    /// Its figures.
    #[serde(rename = "tableau")]
    pub table: Table<Datum>,
    /// The same to download: a data URI of CSV.
    pub csv: String,
    /// Keys that explain the figures of its title and of its caption.
    #[serde(rename = "cles")]
    pub keys: Vec<String>,
}

/// A critère in detail.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CritereView {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Why it is put forward; empty when it is not.
    #[serde(rename = "pourquoi")]
    pub reason: String,
    /// « 3,2 sur 4 », or why there is none.
    #[serde(rename = "valeur")]
    pub value: String,
    /// « objectif 3,0 atteint ».
    #[serde(rename = "objectif")]
    pub target: String,
    /// « en hausse (+0,4) ».
    pub evolution: String,
    /// « fragile », « provisoire »…
    #[serde(rename = "marques")]
    pub marks: Vec<String>,
    /// What was rated, sentence by sentence; may be empty.
    #[serde(rename = "note")]
    pub rated: Vec<String>,
    /// Keys of these figures.
    #[serde(rename = "cles_note")]
    pub rated_keys: Vec<String>,
    /// What the level reached looks like, where nothing says what was rated.
    #[serde(rename = "descripteur")]
    pub descriptor: String,
    /// What the next level looks like, empty at the top.
    #[serde(rename = "suite")]
    pub next_step: String,
    /// The anchor of what it rests on, on the page; may be empty.
    #[serde(rename = "preuve")]
    pub evidence: String,
    /// Key that explains it.
    #[serde(rename = "cle")]
    pub key: String,
}
