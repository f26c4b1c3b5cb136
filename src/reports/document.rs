//! One content for every format: a document is a head and sections, a section is blocks, a block
//! is texts already rounded and worded. HTML, PDF and workbooks lay out the same blocks, so that
//! no format can say what another does not, and a template holds no arithmetic.

use serde::Serialize;

use crate::base::text::Datum;
use crate::reports::charts::Print;

/// A report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// First band.
    pub tete: Head,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// The first band of every report: what, where, when.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Title.
    pub titre: String,
    /// Line under it.
    pub sous_titre: String,
    /// Who reads: equipe, elus, familles, renouvellement, pratiques, or index.
    pub public: String,
    /// Campaign in words.
    pub campagne: String,
    /// Territory.
    pub territoire: String,
    /// « Édité le 15 décembre 2026 ».
    pub edition: String,
    /// Date of edition, ISO: the date that files carry.
    pub date: String,
    /// Version of the référentiel.
    pub version: String,
    /// Whether every page says « DONNÉES FICTIVES ».
    pub fictif: bool,
    /// Whom to ask.
    pub contact: String,
}

/// A part of a report under its heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Section {
    /// Heading.
    pub titre: String,
    /// Name of its sheet in a workbook: at most 31 characters, none of `[]:*?/\`.
    pub feuille: String,
    /// Whether it begins a page in print.
    pub saut: bool,
    /// Content.
    pub blocs: Vec<Block>,
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Plain.
    #[default]
    Courant,
    /// Secondary.
    Second,
    /// The sentence that carries the section.
    Fort,
}

/// How a list looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListStyle {
    /// Bullets.
    #[default]
    Puces,
    /// The messages of page one.
    Messages,
    /// Words of people, each with where they come from.
    Pratiques,
}

/// One block.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside a section.
    SousTitre {
        /// Its text.
        texte: String,
    },
    /// A paragraph.
    Paragraphe {
        /// Its text.
        texte: String,
        /// Its look.
        style: Style,
    },
    /// A list.
    Liste {
        /// Its items.
        items: Vec<Item>,
        /// Its look.
        style: ListStyle,
    },
    /// Labels and values.
    Faits {
        /// One line each.
        lignes: Vec<Fact>,
    },
    /// Impératifs with their marks.
    Imperatifs {
        /// One each.
        items: Vec<Must>,
    },
    /// A chart and its figures.
    Figure(Figure),
    /// A table.
    Tableau(Tableau),
    /// Critères put forward.
    Cartes {
        /// One each.
        cartes: Vec<CritereView>,
    },
}

impl Block {
    /// A plain paragraph.
    pub fn text(texte: impl Into<String>) -> Self {
        Self::Paragraphe {
            texte: texte.into(),
            style: Style::Courant,
        }
    }

    /// A secondary paragraph.
    pub fn note(texte: impl Into<String>) -> Self {
        Self::Paragraphe {
            texte: texte.into(),
            style: Style::Second,
        }
    }

    /// The sentence that carries the section.
    pub fn strong(texte: impl Into<String>) -> Self {
        Self::Paragraphe {
            texte: texte.into(),
            style: Style::Fort,
        }
    }

    /// A heading inside a section.
    pub fn heading(texte: impl Into<String>) -> Self {
        Self::SousTitre {
            texte: texte.into(),
        }
    }

    /// A bulleted list of sentences.
    pub fn bullets(sentences: impl IntoIterator<Item = String>) -> Self {
        Self::Liste {
            items: sentences.into_iter().map(Item::plain).collect(),
            style: ListStyle::Puces,
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Item {
    /// First words, set apart; may be empty.
    pub fort: String,
    /// The text.
    pub texte: String,
    /// Items under it.
    pub sous: Vec<String>,
}

impl Item {
    /// A sentence.
    pub fn plain(texte: String) -> Self {
        Self {
            texte,
            ..Self::default()
        }
    }
}

/// A label and its value.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// What.
    pub nom: String,
    /// Value in words.
    pub valeur: String,
    /// Note, may be empty.
    pub note: String,
}

impl Fact {
    /// A fact without note.
    pub fn new(nom: impl Into<String>, valeur: impl Into<String>) -> Self {
        Self {
            nom: nom.into(),
            valeur: valeur.into(),
            note: String::new(),
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
    pub marque: String,
    /// The word that goes with the mark.
    pub mot: String,
    /// Style: atteint, non-atteint, non-evalue, hors, sans-objet.
    pub classe: String,
    /// What is missing or below, as sentences.
    pub details: Vec<String>,
}

/// What a chart shows, for workbooks that draw it natively.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawing {
    /// Levels side by side, campaigns and target.
    #[default]
    Profil,
    /// Shares to 100 %.
    Repartition,
    /// From one campaign to the next.
    Evolution,
    /// Two regards per critère.
    Ecarts,
    /// Sites × axes.
    Matrice,
    /// Sites on the territory.
    Carte,
}

/// A chart in a report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figure {
    /// What it shows.
    pub dessin: Drawing,
    /// The drawing, as SVG.
    pub svg: String,
    /// The same for a phone.
    pub etroit: String,
    /// The same for paper.
    #[serde(skip)]
    pub imprime: Print,
    /// The idea, as a sentence.
    pub titre: String,
    /// One sentence with the figures, for who cannot see the drawing.
    pub alternative: String,
    /// Under the drawing.
    pub legende: String,
    /// Its figures.
    pub tableau: Tableau,
}

/// A table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tableau {
    /// What it holds, read aloud before it and printed above it when it is not a chart's.
    pub titre: String,
    /// Column headings.
    pub entetes: Vec<Heading>,
    /// Rows; the first cell of each is its heading.
    pub lignes: Vec<Vec<Datum>>,
    /// Under the table, may be empty.
    pub note: String,
}

/// The heading of a column.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Heading {
    /// What is printed.
    pub texte: String,
    /// What it stands for, when it is a code; may be empty.
    pub aide: String,
    /// Whether the column holds marks or short numbers, centred.
    pub centre: bool,
    /// Relative width in print, 1 for a column of figures.
    pub largeur: f64,
}

impl Heading {
    /// A column of texts.
    pub fn words(texte: impl Into<String>) -> Self {
        Self {
            texte: texte.into(),
            largeur: 3.0,
            ..Self::default()
        }
    }

    /// A column of figures or marks.
    pub fn figures(texte: impl Into<String>) -> Self {
        Self {
            texte: texte.into(),
            centre: true,
            largeur: 1.0,
            ..Self::default()
        }
    }

    /// The same with a relative width.
    #[must_use]
    pub fn wide(mut self, largeur: f64) -> Self {
        self.largeur = largeur;
        self
    }

    /// The same with what its code stands for.
    #[must_use]
    pub fn meaning(mut self, aide: impl Into<String>) -> Self {
        self.aide = aide.into();
        self
    }
}

/// A critère in detail.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CritereView {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Why it is put forward; empty when it is not.
    pub pourquoi: String,
    /// « 3,2 sur 4 », or why there is none.
    pub valeur: String,
    /// « objectif 3,0 atteint ».
    pub objectif: String,
    /// « en progrès (+0,4) ».
    pub evolution: String,
    /// « fragile », « provisoire »…
    pub marques: Vec<String>,
    /// What the level reached looks like.
    pub descripteur: String,
    /// What the next level looks like, empty at the top.
    pub suite: String,
}

/// A link of the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexEntry {
    /// What it opens.
    pub titre: String,
    /// One line about it.
    pub description: String,
    /// (format in capitals, relative address), one per format.
    pub liens: Vec<(String, String)>,
}

/// The page from which every report opens.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexPage {
    /// First band.
    pub tete: Head,
    /// (heading, links), one per audience.
    pub groupes: Vec<(String, Vec<IndexEntry>)>,
    /// How many figures were masked, and why; may be empty.
    pub masques: Vec<String>,
}
