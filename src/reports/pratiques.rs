//! The booklet of good practices: what observers found remarkable, as they described it, by axe, at
//! sites that agreed to share it.

use super::Frame;
use super::document::{Block, Document, Fact, Head, Item, ListStyle, Section};
use super::equipe::section;
use crate::base::text::{count, list};
use crate::disclosure::{ClearedBooklet, ClearedRemarkable};

/// Builds the booklet.
pub fn build(booklet: &ClearedBooklet, frame: &Frame, tete: Head) -> Document {
    let mut sections = vec![intro(booklet)];
    for axe in &frame.referentiel.axes {
        sections.extend(axe_section(booklet, frame, axe));
    }
    sections.extend(visits(booklet, frame));
    Document { tete, sections }
}

fn intro(booklet: &ClearedBooklet) -> Section {
    let said = match booklet.practices.len() {
        0 => "Aucune pratique remarquable n’a encore été décrite avec l’accord de son équipe."
            .to_owned(),
        n => format!(
            "{} et partagées avec l’accord des équipes.",
            count(
                n,
                "pratique remarquable, décrite par la personne qui l’a vue",
                "pratiques remarquables, décrites par les personnes qui les ont vues"
            )
        ),
    };
    let mut blocs = vec![Block::strong(said)];
    if booklet.withheld > 0 {
        blocs.push(Block::note(format!(
            "{} dans ce livret : il manque l’accord de l’équipe.",
            if booklet.withheld == 1 {
                "Une autre pratique n’est pas".to_owned()
            } else {
                count(
                    booklet.withheld,
                    "autre pratique n’est pas",
                    "autres pratiques ne sont pas",
                )
            }
        )));
    }
    blocs.push(Block::text("Une pratique remarquable n’est ni une note ni un modèle : c’est une idée à aller voir et à adapter."));
    section("Des idées à partager", "Présentation", blocs)
}

fn axe_section(
    booklet: &ClearedBooklet,
    frame: &Frame,
    axe: &crate::vocabulary::referentiel::Axe,
) -> Option<Section> {
    let r = frame.referentiel;
    let inside = |code: &str| {
        r.critere(code)
            .is_some_and(|c| r.axes[r.criteres[c].axe].code == axe.code)
    };
    let own: Vec<&ClearedRemarkable> = (booklet.practices.iter())
        .filter(|p| inside(&p.critere))
        .collect();
    let mut blocs = Vec::new();
    for same in own.chunk_by(|a, b| a.critere == b.critere) {
        let code = &same[0].critere;
        let label = r.critere(code).map(|c| r.criteres[c].label.as_str());
        blocs.push(Block::heading(format!(
            "{code} {}",
            label.unwrap_or_default()
        )));
        blocs.push(Block::Liste {
            items: same.iter().map(|p| item(p, frame)).collect(),
            style: ListStyle::Pratiques,
        });
    }
    (!blocs.is_empty()).then(|| section(&axe.label, &axe.code, blocs))
}

/// What was seen, then where to go and see it.
fn item(practice: &ClearedRemarkable, frame: &Frame) -> Item {
    let site = frame.structures.get(practice.structure.as_str());
    let commune = site.map(|s| s.commune.as_str()).filter(|c| !c.is_empty());
    let mut place = vec![frame.site(&practice.structure)];
    place.extend(commune.map(str::to_owned));
    Item {
        texte: practice.texte.clone(),
        sous: vec![place.join(", ")],
        ..Item::default()
    }
}

/// Sites whose level exceeds the others' by more than noise: who could visit whom.
fn visits(booklet: &ClearedBooklet, frame: &Frame) -> Option<Section> {
    let lignes: Vec<Fact> = (booklet.visits.iter())
        .map(|p| {
            let learners: Vec<String> = p.learners.iter().map(|c| frame.site(c)).collect();
            Fact {
                nom: format!("{} {}", p.code, p.label),
                valeur: frame.site(&p.structure),
                note: if learners.is_empty() {
                    String::new()
                } else {
                    format!("une visite pour {}", list(&learners))
                },
            }
        })
        .collect();
    (!lignes.is_empty()).then(|| {
        section(
            "Des accueils à aller voir",
            "À aller voir",
            vec![
                Block::text("Ces accueils dépassent les autres, et l’objectif, au-delà de la marge de mesure."),
                Block::Faits { lignes },
            ],
        )
    })
}
