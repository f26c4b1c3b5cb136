//! The results read in a team: a timed meeting, what words mean, what may not be concluded, first steps by axe.

use super::field_guide::{GuideSubject, cell};
use super::guide_words::{GuideWords, ReadingWords};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::reports::{Block, DAYS_TO_ANSWER, Fact, ReportSection};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{Critere, SourceCode};
use crate::wording::rule_sentences;

/// Every section, in the order in which it is read.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Vec<ReportSection> {
    let own = &words.lecture;
    let bulleted = |lines: &[String]| Block::bullets(lines.iter().cloned());
    let mut sections = vec![
        ReportSection::new("Avant de commencer", "Règles", vec![bulleted(&own.regles)]),
        meeting(own),
        ReportSection::new("Les mots du rapport", "Mots", vec![meanings(subject, own)]),
        ReportSection::new(
            "Ce que l’on ne peut pas conclure",
            "Ne pas conclure",
            vec![bulleted(&own.conclure_pas)],
        ),
        ReportSection::new(
            "Choisir deux ou trois actions",
            "Choisir",
            vec![bulleted(&own.choisir)],
        ),
        ReportSection::new(
            "Les remarques de l’équipe",
            "Remarques",
            vec![Block::text(
                own.remarques
                    .replace("{jours}", &DAYS_TO_ANSWER.to_string()),
            )],
        ),
    ];
    let mut steps = first_steps(subject);
    steps.blocks.push(subject.provenance(words));
    sections.push(steps);
    sections
}

/// The meeting: minutes, which section of the report is opened, then the questions of each step.
fn meeting(words: &ReadingWords) -> ReportSection {
    let rows = words.deroule.iter().enumerate().map(|(at, step)| {
        let before: usize = words.deroule[..at].iter().map(|s| s.minutes).sum();
        vec![
            cell(format!("{before}–{}", before + step.minutes)),
            Datum::count(step.minutes),
            cell(&step.titre),
            cell(&step.rubrique),
        ]
    });
    let columns = vec![
        Heading::figures("De … à …").wide(1.2),
        Heading::figures("Minutes").wide(1.2),
        Heading::words("Étape").wide(4.0),
        Heading::words("Partie du rapport à ouvrir").wide(4.0),
    ];
    let mut blocks = vec![Block::Table(Table::new("", columns, rows.collect()))];
    for step in &words.deroule {
        let minutes = count(step.minutes, "minute", "minutes");
        blocks.push(Block::heading(format!("{} : {minutes}", step.titre)));
        blocks.push(Block::bullets(step.questions.iter().cloned()));
    }
    let minutes = words.deroule.iter().map(|step| step.minutes).sum();
    let title = format!("La réunion : {}", count(minutes, "minute", "minutes"));
    ReportSection::new(&title, "Réunion", blocks)
}

/// Words that the file explains, then those that parameters decide.
fn meanings(subject: &GuideSubject, words: &ReadingWords) -> Block {
    let rules = &subject.referentiel.rules;
    let dated = subject.regulation.dated();
    let mut rows: Vec<Fact> = words
        .mots
        .iter()
        .map(|word| Fact::new(&word.mot, word.sens.replace("{regles}", &dated)))
        .collect();
    let team = &subject.settings.audiences[Audience::Equipe];
    let families = team.per_site(SourceCode::Fam);
    let staff = team.per_site(SourceCode::Eqp);
    rows.extend([
        Fact::new("Marge", rule_sentences::change_announced(rules)),
        Fact::new(
            "Axe publié",
            format!(
                "Seulement si {} : sans cela, il n’a pas de valeur.",
                rule_sentences::axe_published(rules)
            ),
        ),
        Fact::new(
            "Effectif trop faible",
            format!(
                "Moins de {families} réponses de familles ou d’enfants{} : le chiffre n’est pas montré, on n’en déduit rien.",
                if staff == families || staff == 0 {
                    String::new()
                } else {
                    format!(", moins de {staff} de l’équipe")
                }
            ),
        ),
        Fact::new(
            "Fragile",
            format!(
                "Moins de {} réponses, ou trop d’éléments qui n’ont pas pu être vus : une tendance, pas un résultat.",
                rules.effectif_fragile
            ),
        ),
    ]);
    if !rules.note_globale {
        rows.push(Fact::new(
            "Note d’ensemble",
            "Il n’y en a pas, et il n’y a pas lieu d’en faire une.",
        ));
    }
    Block::Facts { rows }
}

/// First steps and who can help, critère by critère, of what these accueils are asked.
fn first_steps(subject: &GuideSubject) -> ReportSection {
    let r = subject.referentiel;
    let mut blocks = Vec::new();
    for axe in &r.axes {
        let applies = |c: &&usize| subject.kinds.iter().any(|kind| r.applies(**c, *kind));
        let criteres = axe.criteres.iter().filter(applies).map(|c| &r.criteres[*c]);
        let rows = criteres
            .filter(|c| !c.first_steps.is_empty())
            .map(steps_row);
        let rows: Vec<Vec<Datum>> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        let columns = vec![
            Heading::words("Critère").wide(2.4),
            Heading::words("Premiers pas, dans le mois").wide(5.2),
            Heading::words("Appuis").wide(2.8),
        ];
        blocks.push(Block::heading(format!("{} {}", axe.marque, axe.label)));
        blocks.push(Block::Table(Table::new("", columns, rows)));
    }
    ReportSection {
        page_break: true,
        ..ReportSection::new("Annexe : premiers pas et appuis", "Premiers pas", blocks)
    }
}

fn steps_row(critere: &Critere) -> Vec<Datum> {
    let who = match (critere.imperatif, critere.organiser) {
        (true, _) => " (impératif)",
        (_, true) => " (décidé par l’organisateur)",
        _ => "",
    };
    let numbered = critere.first_steps.iter().enumerate();
    let steps: Vec<String> = numbered
        .map(|(at, step)| format!("{}. {step}", at + 1))
        .collect();
    vec![
        cell(format!("{} {}{who}", critere.code, critere.label)),
        cell(steps.join("\n")),
        cell(&critere.help),
    ]
}
