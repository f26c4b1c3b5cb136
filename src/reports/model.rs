//! Content of the pages: texts already rounded and worded. A template holds no arithmetic.

use serde::Serialize;

/// The first band of every page: what, where, when.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Head {
    /// Title of the page.
    pub titre: String,
    /// Line under it.
    pub sous_titre: String,
    /// Campaign in words.
    pub campagne: String,
    /// Territory.
    pub territoire: String,
    /// « Édité le 15 décembre 2026 ».
    pub edition: String,
    /// Version of the référentiel.
    pub version: String,
    /// Whether every page says « DONNÉES FICTIVES ».
    pub fictif: bool,
    /// Whom to ask.
    pub contact: String,
}

/// A chart in a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figure {
    /// The drawing.
    pub svg: String,
    /// The same for a phone.
    pub etroit: String,
    /// The idea, as a sentence.
    pub titre: String,
    /// Under the drawing.
    pub legende: String,
    /// Column headings of its figures.
    pub entetes: Vec<String>,
    /// Its figures.
    pub lignes: Vec<Vec<String>>,
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

/// An impératif.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Must {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// ✓ ✕ ? or !
    pub marque: String,
    /// The word that goes with the mark.
    pub mot: String,
    /// CSS class: atteint, non-atteint, non-evalue, hors.
    pub classe: String,
    /// What is missing or below, as sentences.
    pub details: Vec<String>,
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

/// An axe and its critères.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AxeView {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Marker.
    pub marque: String,
    /// Value in words.
    pub valeur: String,
    /// Its critères.
    pub criteres: Vec<CritereView>,
}

/// A voice: families, children, staff.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Voice {
    /// « Les familles ».
    pub titre: String,
    /// How many answered, in words.
    pub intro: String,
    /// Charts, one per set of modalities.
    pub figures: Vec<Figure>,
}

/// A word or a theme, how many used it, and what they wrote.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Word {
    /// The word.
    pub mot: String,
    /// « dans 7 réponses sur 23 ».
    pub compte: String,
    /// Screened quotations.
    pub citations: Vec<String>,
}

/// The report of one site, for its team.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EquipeReport {
    /// First band.
    pub tete: Head,
    /// Facts of the site.
    pub faits: Vec<Fact>,
    /// How it was evaluated.
    pub methode: Vec<Fact>,
    /// « 7 atteints sur 9 applicables ».
    pub imperatifs_phrase: String,
    /// Impératifs.
    pub imperatifs: Vec<Must>,
    /// Axis profile.
    pub profil: Option<Figure>,
    /// What goes well.
    pub appuis: Vec<CritereView>,
    /// What could be better.
    pub pistes: Vec<CritereView>,
    /// Perception gaps.
    pub ecarts: Option<Figure>,
    /// Questions to discuss.
    pub questions: Vec<String>,
    /// Voices.
    pub voix: Vec<Voice>,
    /// Words that come back in families' answers.
    pub mots: Vec<Word>,
    /// Themes of interviews.
    pub themes: Vec<Word>,
    /// Remarks of the team: « REL-2 : … ».
    pub remarques: Vec<Fact>,
    /// Activity indicators.
    pub activite: Vec<Fact>,
    /// All critères.
    pub axes: Vec<AxeView>,
    /// Method and limits.
    pub limites: Vec<String>,
}

/// Impératifs of one site in the synthesis.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteMusts {
    /// Code and name.
    pub nom: String,
    /// « 8/9 ».
    pub bilan: String,
    /// One cell per impératif: mark and word.
    pub cases: Vec<Must>,
}

/// The synthesis of the territory, for elected people.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ElusReport {
    /// First band.
    pub tete: Head,
    /// Page one.
    pub messages: Vec<String>,
    /// Territory profile.
    pub profil: Option<Figure>,
    /// Evolution on the matched panel.
    pub evolution: Option<Figure>,
    /// Who is compared.
    pub panel: String,
    /// Headings of the impératifs table.
    pub imperatifs_codes: Vec<Fact>,
    /// Impératifs by site.
    pub imperatifs: Vec<SiteMusts>,
    /// Sites × axes.
    pub carte: Option<Figure>,
    /// Critères most often below target.
    pub ecarts: Vec<Fact>,
    /// Words that come back in families' answers.
    pub mots: Vec<Word>,
    /// Themes of interviews.
    pub themes: Vec<Word>,
    /// Practices worth a visit: where, and who could learn.
    pub pratiques: Vec<Fact>,
    /// Agreement between observers, for the annex.
    pub accord: String,
    /// Participation figures.
    pub participation: Vec<Fact>,
    /// Voices, territory.
    pub voix: Vec<Voice>,
    /// Method and limits.
    pub limites: Vec<String>,
}

/// A link of the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexEntry {
    /// Relative address.
    pub href: String,
    /// What it opens.
    pub titre: String,
    /// One line about it.
    pub description: String,
}

/// The page from which every report opens.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndexPage {
    /// First band.
    pub tete: Head,
    /// The synthesis.
    pub syntheses: Vec<IndexEntry>,
    /// One report per site.
    pub accueils: Vec<IndexEntry>,
}
