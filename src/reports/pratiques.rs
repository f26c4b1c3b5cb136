//! The booklet of good practices: what observers found remarkable, as they described it, by axe, at
//! sites that agreed to share it.

use super::document::{Block, Document, Fact, Head, ListItem, ListStyle, ReportSection};
use super::report_context::ReportContext;
use crate::base::text::{count, list};
use crate::disclosure::{ClearedBooklet, ClearedRemarkable};

/// Builds the booklet.
pub fn build(booklet: &ClearedBooklet, context: &ReportContext, head: Head) -> Document {
    let mut sections = vec![intro(booklet)];
    for axe in &context.referentiel.axes {
        sections.extend(axe_section(booklet, context, axe));
    }
    sections.extend(visits(booklet, context));
    Document { head, sections }
}

fn intro(booklet: &ClearedBooklet) -> ReportSection {
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
    let mut blocks = vec![Block::strong(said)];
    if booklet.withheld > 0 {
        blocks.push(Block::note(format!(
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
    blocks.push(Block::text("Une pratique remarquable n’est ni une note ni un modèle : c’est une idée à aller voir et à adapter."));
    ReportSection::new("Des idées à partager", "Présentation", blocks)
}

fn axe_section(
    booklet: &ClearedBooklet,
    context: &ReportContext,
    axe: &crate::vocabulary::referentiel::Axe,
) -> Option<ReportSection> {
    let r = context.referentiel;
    let inside = |code: &str| {
        r.critere(code)
            .is_some_and(|c| r.axes[r.criteres[c].axe].code == axe.code)
    };
    let own: Vec<&ClearedRemarkable> = (booklet.practices.iter())
        .filter(|p| inside(&p.critere))
        .collect();
    let mut blocks = Vec::new();
    for same in own.chunk_by(|a, b| a.critere == b.critere) {
        let code = &same[0].critere;
        let label = r.critere(code).map(|c| r.criteres[c].label.as_str());
        blocks.push(Block::heading(format!(
            "{code} {}",
            label.unwrap_or_default()
        )));
        blocks.push(Block::List {
            items: same.iter().map(|p| item(p, context)).collect(),
            style: ListStyle::Practices,
        });
    }
    (!blocks.is_empty()).then(|| ReportSection::new(&axe.label, &axe.code, blocks))
}

/// What was seen, then where to go and see it.
fn item(practice: &ClearedRemarkable, context: &ReportContext) -> ListItem {
    let site = context.structures.get(practice.structure.as_str());
    let commune = site.map(|s| s.commune.as_str()).filter(|c| !c.is_empty());
    let mut place = vec![context.site(&practice.structure)];
    place.extend(commune.map(str::to_owned));
    ListItem {
        text: practice.texte.to_string(),
        under: vec![place.join(", ")],
        ..ListItem::default()
    }
}

/// Sites whose level exceeds the others' by more than noise: who could visit whom.
fn visits(booklet: &ClearedBooklet, context: &ReportContext) -> Option<ReportSection> {
    let rows: Vec<Fact> = (booklet.visits.iter())
        .map(|p| {
            let learners: Vec<String> = p.learners.iter().map(|c| context.site(c)).collect();
            Fact {
                name: format!("{} {}", p.code, p.label),
                value: context.site(&p.structure),
                note: if learners.is_empty() {
                    String::new()
                } else {
                    format!("une visite pour {}", list(&learners))
                },
                keys: vec![context.territory().of("PRATIQUES")],
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        ReportSection::new(
            "Des accueils à aller voir",
            "À aller voir",
            vec![
                Block::text("Ces accueils dépassent les autres, et l’objectif, au-delà de la marge de mesure."),
                Block::Facts { rows },
            ],
        )
    })
}
