//! The study of an exchange of data, to be filled and signed: what the register says is there, the rest is left to write.

use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::reports::document::{Block, Document, Fact, Head, ReportSection};

/// What is left to write.
const BLANK: &str = "[à compléter]";
/// Where someone writes.
const LINE: &str = "……………………………………………………………………………………";

/// A field that is asked for.
pub(crate) struct StudiedField {
    /// As the register writes it.
    pub code: String,
    /// What it is.
    pub words: String,
    /// How near to persons.
    pub nature: &'static str,
    /// What each line is about.
    pub grain: &'static str,
    /// Under how many it is hidden; empty where that has no meaning.
    pub least: String,
    /// Three invented values.
    pub samples: [String; 3],
}

/// A step of the study.
pub(crate) struct StudyStep {
    /// « Opportunité ».
    pub name: &'static str,
    /// What it must answer.
    pub questions: &'static [&'static str],
    /// Who must say.
    pub who: String,
    /// « oui, le 10/03/2026, par direction »; empty while nobody said.
    pub opinion: String,
    /// Why; may be empty.
    pub reason: String,
}

/// An exchange to study.
pub(crate) struct ExchangeStudy {
    /// Labels and values: who asks, who holds, what for, on what ground…
    pub request: Vec<(&'static str, String)>,
    /// The exact list.
    pub fields: Vec<StudiedField>,
    /// Opportunity, feasibility, conformity.
    pub steps: Vec<StudyStep>,
    /// Whose délégué à la protection des données.
    pub dpo_of: String,
    /// « favorable avec réserves, le 20/03/2026 »; empty while nothing was answered.
    pub dpo: String,
    /// What he or she asks for.
    pub advice: Vec<String>,
    /// « accord, le 25/03/2026 »; empty while nothing is decided.
    pub decision: String,
    /// Where it stands in the register of treatments; empty while nowhere.
    pub register: String,
    /// What is missing, and who must give it.
    pub lacks: Vec<String>,
}

impl ExchangeStudy {
    /// The document.
    pub(crate) fn document(&self, head: Head) -> Document {
        let mut sections = vec![self.asked(), self.list()];
        sections.extend(self.steps.iter().map(step));
        sections.push(self.dpo());
        sections.push(self.decided());
        Document { head, sections }
    }

    fn asked(&self) -> ReportSection {
        let rows = self.request.iter();
        let rows = rows.map(|(name, value)| Fact::new(*name, or_blank(value)));
        let mut blocks = vec![Block::Facts {
            rows: rows.collect(),
        }];
        blocks.push(if self.lacks.is_empty() {
            Block::note("Rien ne manque à cet échange.")
        } else {
            Block::bullets(self.lacks.iter().cloned())
        });
        ReportSection::new("La demande", "Demande", blocks)
    }

    fn list(&self) -> ReportSection {
        if self.fields.is_empty() {
            let blank = vec![Block::text(format!("{BLANK} : un champ par ligne."))];
            return ReportSection::new("La liste exacte des données", "Données", blank);
        }
        let columns = vec![
            Heading::words("Champ").wide(1.5),
            Heading::words("Ce que c’est").wide(3.5),
            Heading::words("Nature").wide(1.2),
            Heading::words("Une ligne par").wide(1.2),
            Heading::words("Masqué sous").wide(1.2),
        ];
        let rows = self.fields.iter().map(|f| {
            [&f.code, &f.words, f.nature, f.grain, &f.least]
                .map(|t: &str| Datum::words(t))
                .to_vec()
        });
        let list = Table::new("Tous les champs, et eux seuls", columns, rows.collect());
        ReportSection::new(
            "La liste exacte des données",
            "Données",
            vec![Block::Table(list), self.samples()],
        )
    }

    /// Three rows as they would be sent, invented.
    fn samples(&self) -> Block {
        let mut columns = vec![Heading::words("Ligne").wide(1.6)];
        columns.extend(self.fields.iter().map(|f| Heading::words(&f.code)));
        let rows = (0..3).map(|row| {
            let name = format!("Exemple {}", row + 1);
            let mut cells = vec![Datum::words(name)];
            cells.extend(self.fields.iter().map(|f| Datum::words(&f.samples[row])));
            cells
        });
        let table = Table::new("Trois lignes fictives", columns, rows.collect());
        Block::Table(table.noted(
            "Valeurs inventées : elles montrent la forme de ce qui serait transmis, rien d’autre.",
        ))
    }

    fn dpo(&self) -> ReportSection {
        let mut blocks = vec![Block::text(format!(
            "Avis du délégué à la protection des données de {}, qui détient les données.",
            or_blank(&self.dpo_of)
        ))];
        if self.dpo.is_empty() {
            blocks.push(Block::text(
                "☐ favorable   ☐ favorable avec réserves   ☐ défavorable",
            ));
            blocks.push(Block::text(format!("Recommandations : {LINE}")));
            blocks.push(Block::text(LINE));
            blocks.push(Block::text("Le ……/……/…………        Signature :"));
        } else {
            blocks.push(Block::strong(format!("Avis rendu : {}.", self.dpo)));
            if !self.advice.is_empty() {
                blocks.push(Block::heading("Ses recommandations"));
                blocks.push(Block::bullets(self.advice.iter().cloned()));
            }
        }
        ReportSection::new("L’avis du DPO", "DPO", blocks)
    }

    fn decided(&self) -> ReportSection {
        let decision = if self.decision.is_empty() {
            "☐ accord   ☐ refus   le ……/……/…………".to_owned()
        } else {
            self.decision.clone()
        };
        let rows = vec![
            Fact::new("Décision de qui détient les données", decision),
            Fact::new("Registre des traitements", or_blank(&self.register)),
        ];
        ReportSection::new("La décision", "Décision", vec![Block::Facts { rows }])
    }
}

fn step(step: &StudyStep) -> ReportSection {
    let mut blocks = vec![Block::note(format!("À dire par {}.", step.who))];
    let questions = step.questions.iter().map(|q| (*q).to_owned());
    blocks.push(Block::bullets(questions));
    if step.opinion.is_empty() {
        blocks.push(Block::text(
            "Avis :   ☐ oui   ☐ oui, sous réserve   ☐ non        le ……/……/…………",
        ));
        blocks.push(Block::text(format!("Pourquoi : {LINE}")));
    } else {
        blocks.push(Block::strong(format!("Avis rendu : {}.", step.opinion)));
        blocks.push(Block::text(format!(
            "Pourquoi : {}",
            or_blank(&step.reason)
        )));
    }
    ReportSection::new(step.name, step.name, blocks)
}

fn or_blank(value: &str) -> String {
    if value.is_empty() {
        BLANK.to_owned()
    } else {
        value.to_owned()
    }
}
