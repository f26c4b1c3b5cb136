//! The booklet of good practices: what observers found remarkable, as they described it, by axe, at
//! sites that agreed to share it.

use super::Frame;
use super::document::{Block, Document, Fact, Head, Section};
use super::equipe::section;
use crate::disclosure::ClearedBooklet;
use crate::text::{count, list};

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
            "{}, décrites par ceux qui les ont vues et partagées avec l’accord des équipes.",
            count(n, "pratique remarquable", "pratiques remarquables")
        ),
    };
    let mut blocs = vec![Block::strong(said)];
    if booklet.withheld > 0 {
        blocs.push(Block::note(format!(
            "{} dans ce livret : l’équipe n’a pas encore donné son accord.",
            if booklet.withheld == 1 {
                "Une autre pratique n’est pas".to_owned()
            } else {
                format!("{} autres pratiques ne sont pas", booklet.withheld)
            }
        )));
    }
    blocs.push(Block::text("Une pratique remarquable n’est ni une note ni un modèle : c’est une idée à aller voir et à adapter."));
    section("Des idées à partager", "Présentation", blocs)
}

fn axe_section(
    booklet: &ClearedBooklet,
    frame: &Frame,
    axe: &crate::referentiel::Axe,
) -> Option<Section> {
    let r = frame.referentiel;
    let inside = |code: &str| {
        r.critere(code)
            .is_some_and(|c| r.axes[r.criteres[c].axe].code == axe.code)
    };
    let mut blocs = Vec::new();
    let mut last = "";
    for practice in booklet.practices.iter().filter(|p| inside(&p.critere)) {
        if practice.critere != last {
            let label = r
                .critere(&practice.critere)
                .map(|c| r.criteres[c].label.as_str());
            let heading = format!("{} {}", practice.critere, label.unwrap_or_default());
            blocs.push(Block::heading(heading));
            last = &practice.critere;
        }
        blocs.push(Block::Faits {
            lignes: vec![Fact::new(frame.site(&practice.structure), &practice.texte)],
        });
    }
    (!blocs.is_empty()).then(|| section(&axe.label, &axe.code, blocs))
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
